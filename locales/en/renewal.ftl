# Renewal of certificates.

event-renewal-begun = Renewal of a certificate begun
csr-error-key-of-former = This is the key of the certificate that you renew. A renewal brings a new key: make one.

notice-renewal-code-sent = The code is on its way.
notice-renewal-confirmed = The mailbox confirmed. Now the key.
order-closed-title = This order is closed
order-closed-text = The certificate that it was to renew was revoked, so nothing is issued here. If you still need one, order a new certificate.
next-closed = Order a new certificate

certificate-renew = Renew
certificate-successor = Open its successor

renew-title = Renew a certificate
renew-lead = The new certificate says the same and works beside this one, whose key you keep for old mail.
renew-certificate = Certificate
renew-successor = New certificate
renew-data = Verified data
renew-data-until = can be used until { $until }
renew-same = Name, organisation and mailbox stay as they are, and you bring a new key. If something changed, order a new certificate instead.
renew-code-text = We send a code to { $email }, the mailbox in the certificate. It is valid once and for 24 hours.
renew-send = Send the code
renew-later = Not now
renew-sent = We sent a code to { $email }.
renew-sent-over = The code that we sent to { $email } does not work any more. Send a new one.
renew-not-arrived = Nothing arrived? Look into the spam folder, or send a new code.
renew-confirm = Confirm and go on to the key
renew-order = Order it with new verification
renew-too-many-open = You have { $max } orders that are not finished. Finish one of them first.

renew-not-title = This certificate cannot be renewed
renew-not-revoked = It is revoked, so what it said may not hold any more. Order a new certificate.
renew-not-ordered = It did not come from an order of yours. Order a new certificate.
renew-not-offered = Certificates of this kind are not offered any more. Choose another kind.
renew-not-verified = The data in it were verified more than 825 days ago or turned out not to hold, or what was verified since is something else. They must be verified again: order the same kind, and send current documents.
renew-not-again = It was renewed already.

## The key in the browser

activation-key-where = Where is the key made?
activation-key-browser = In this browser (recommended)
activation-key-browser-text = Nothing to install and nothing to type: the key is made here when you issue the certificate, stays here under a password of yours, and you get a backup file for your mail program.
activation-key-elsewhere = On my computer or in a token
activation-key-elsewhere-text = You make the key with your own program and give us a certificate request (CSR).
activation-summary-key-browser = RSA 3072, made in this browser when you issue the certificate
activation-key-store = The key is made in this browser and kept there, locked with your password. We get the request only, never the key or the password.
activation-key-no-script = To make the key in this browser, the page needs JavaScript. Allow it, or go back and give us a certificate request.
activation-issue-browser = Make the key and issue the certificate
activation-register = Let me log in here with this certificate
activation-register-text = In place of the password. Leave it out where others have the key too, as with a shared mailbox.
activation-register-as-before = It will log you in here, as the one that it renews does.
