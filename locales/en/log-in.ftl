# Logging in with a certificate, and confirming with one.

log-in-by-certificate = With a certificate
log-in-by-certificate-lead = Your certificate from the local storage of this browser. Its key signs here; nothing secret is sent.
log-in-by-certificate-no-script = Certificates of the local storage work with JavaScript only. Allow it for this site, or log in with name and password.
log-in-by-handshake = Use a certificate on a card or in the system
log-in-by-handshake-hint = The browser itself asks which one.
log-in-by-password = With name and password

certificate-log-in-registered = Registered certificates
certificate-log-in-order = Order a new certificate
certificate-log-in-proof-title = The proof was not accepted
certificate-log-in-proof = Nothing was found out about the certificate. Try once more with a certificate of your own; the page asks for a new signature each time, and waits five minutes for it.
certificate-log-in-expired-title = The certificate has expired
certificate-log-in-expired = It was valid until { $at }. Choose a newer one, or log in with name and password and get a new certificate.
certificate-log-in-not-yet-valid-title = The certificate is not valid yet
certificate-log-in-not-yet-valid = It will be from { $at } on. Until then choose another one, or log in with name and password.
certificate-log-in-revoked-title = The certificate is revoked
certificate-log-in-revoked = Since { $at } ({ $reason }) it can be used no more. Log in with name and password and get a new one. If it was not you who had it revoked, tell the registration authority.
certificate-log-in-suspended-title = The certificate is suspended
certificate-log-in-suspended = It has been since { $at }. Who suspended it can let it be used again; until then choose another one, or log in with name and password.
certificate-log-in-unregistered-title = The certificate is not registered
certificate-log-in-unregistered = It is a good one, but belongs to no account here, or is registered for encryption only. Log in with name and password once, and register it for signing:
certificate-log-in-not-proved-title = Nobody has proved yet that they hold this certificate's key
certificate-log-in-not-proved = It is registered in an account, but that account has not proved that it holds the key, and the certificate does not name it. Log in with name and password to your own account, and prove it there; if you have not registered it, register it:
certificate-log-in-one-factor-title = This certificate does not stand for two factors
certificate-log-in-one-factor = It was registered with a password alone, or by somebody else. Log in with password and second factor, then remove it and register it again:
certificate-log-in-unsupported-title = The issuer is not supported here
certificate-log-in-unsupported = The certificate was issued by { $issuer }, which is not on the list of supported authorities for log-in. Choose another certificate, or log in with name and password.
certificate-log-in-purpose-title = The certificate is not made for log-in
certificate-log-in-purpose = Its issuer made it for something else. Choose one for log-in, or log in with name and password and get one.
certificate-log-in-unknown-title = The certificate cannot be checked now
certificate-log-in-unknown = Whether it is revoked could not be found out, because its issuer's server did not answer. Try again in a few minutes, or log in with name and password.
certificate-log-in-path-title = The certificate cannot be accepted
certificate-log-in-path = Something is wrong with it or with an authority above it. Choose another certificate, or log in with name and password; its issuer can say more.
certificate-log-in-wait-title = Too many tries

confirm-title = Confirm with your certificate
confirm-lead = You logged in with a certificate. What you want to do is sensitive, so it needs a fresh signature:
confirm-keep = The confirmation holds for this one act and for five minutes. After it send the form once more.
confirm-no-script = Your browser runs no scripts here, so the certificate of its local storage cannot sign. Allow JavaScript for this site and reload the page.
confirm-by-handshake = Confirm with a certificate on a card or in the system
confirm-back = Back without confirming
confirm-hint = You will be asked to confirm this with your certificate.
notice-confirmed = Confirmed. Now send the form once more, within five minutes.

confirm-act-revoke = revoke a certificate
confirm-act-password = change the password
confirm-act-second-factor = set up the second factor anew
confirm-act-register = register a certificate
confirm-act-withdraw = remove a registered certificate
confirm-act-member = change who may act for the organisation
confirm-act-anchor = change the supported authorities
confirm-act-device = pair a device
confirm-act-device-revoke = revoke a device

tls-title = Log in with a certificate
tls-shown = Your browser showed this certificate, and proved that its key is at hand:
tls-issuer = issued by { $issuer }
tls-until = valid until { $at }
tls-submit = Log in with it
tls-confirm-title = Confirm with your certificate
tls-confirm-submit = Confirm
tls-none-title = Your browser showed no certificate
tls-none = It has none that fits, or none was chosen. Import it into the system or browser, or plug in the card; then close the browser and open this page again, for browsers remember the choice.
tls-unreadable-title = The certificate cannot be read
tls-unreadable = What the browser showed is no certificate that is understood here. Choose another one.
tls-back = Other ways to log in
