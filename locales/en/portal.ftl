# The frame of every page, the public pages and the account pages.
# Keys start with the topic. The same keys are in every language; a test compares them.

language-name = English

## Frame

title-in-environment = { $title } · { $environment }
title-problems = { $count ->
    [one] (1 error)
   *[other] ({ $count } errors)
}
environment = Environment
skip-to-content = Skip to the content
menu = Menu
menu-dashboard = Dashboard
menu-desk = RA desk
menu-orders = Orders
menu-certificates = Certificates
menu-people = People
menu-catalogue = Catalogue
menu-authorities = Authorities
menu-verify = Verify
menu-help = Help
log-in = Log in
log-in-title = Log in
log-out = Log out
theme = Colours
theme-system = Colours as on this device
theme-light = Light colours
theme-dark = Dark colours
help-for-this-page = Help for this page
sandbox-banner = Only for trying out: nothing issued here is real.
sandbox-banner-link = People and mail to try it with
role-subscriber = Subscriber
role-ra-officer = RA officer
role-ra-supervisor = RA supervisor
role-ca-operator = CA operator
role-auditor = Auditor

## Forms

form-problems = { $count ->
    [one] One thing needs your attention
   *[other] { $count } things need your attention
}
form-optional = optional
form-choose = Choose…

## Refusals in plain text, before there is a page

refused-plain-http = This portal does not talk over plain HTTP, because passwords would travel in clear. Use { $address }
refused-host = This address does not belong to the portal. Use { $address }
error-plain = Something broke on our side. Nothing that you saved is lost. The cause is recorded under this number: { $event }

## Pages of errors

go-home = Back to the start
error-again = Try again
error-back = Back to the page
error-event = The cause is recorded under this number:
error-not-found-title = There is nothing here
error-not-found-why = The address is wrong, or what it named belongs to somebody else or is gone.
error-not-found-do = Check the address, or start again from your dashboard.
error-not-found-do-stranger = Check the address, or start again from the beginning.
error-forbidden-title = You may not do this
error-forbidden-why = You are logged in, but none of your roles permits it.
error-forbidden-do = If you should be allowed, ask the operator of this environment.
error-stale-form-title = The form could not be accepted
error-stale-form-why = It was open for too long, you logged in or out meanwhile, or it was sent from another site. Nothing was changed.
error-stale-form-do = Go back, reload the page and send it again.
error-malformed-title = The request could not be read
error-malformed-why = A part of it is missing or damaged. Nothing was changed.
error-malformed-do = Go back, reload the page and try again.
error-not-here-title = This cannot be done here
error-not-here-why = The address exists, but not for this kind of request. Nothing was changed.
error-not-here-do = Go back and use the buttons of the page.
error-too-slow-title = This took too long
error-too-slow-why = The request did not arrive whole within a minute, so we stopped waiting. Nothing was changed.
error-too-slow-do = Check your connection and try again, with a smaller file if you were sending one.
error-too-large-title = That is too much at once
error-too-large-why = The form or the file is larger than this page accepts. Nothing was changed.
error-too-large-do = Send a smaller file, or several one after another.
error-too-many-title = Too many tries
error-too-many-why = Many attempts came from your network address in a short time, so we slow it down. Your account is not blocked.
error-too-many-do = { $seconds ->
    [one] Try again in one second.
   *[other] Try again in { $seconds } seconds.
}
error-overtaken-title = It changed meanwhile
error-overtaken-why = Somebody changed it while you were looking, perhaps you yourself in another window. Nothing of yours was done.
error-overtaken-do = Go back, reload the page and see how it stands now.
error-busy-title = We are busy just now
error-busy-why = More work came in than we can do at once. Nothing was changed.
error-busy-do = { $seconds ->
    [one] Try again in one second.
   *[other] Try again in { $seconds } seconds.
}
error-fault-title = Something broke on our side
error-fault-why = It is not your fault. What you saved before is safe.
error-fault-do = Try again in a while. If it happens again, tell the operator of this environment and name the number.

## Home

home-title = Certificates
home-heading = Certificates for signing, encrypting and logging in
home-lead = Apply here, follow what happens, and collect your certificate. Each page tells you the one thing to do next.
door-apply = Apply for a certificate
door-apply-text = Choose a kind, see what it costs and which documents you need.
door-code = I have a code
door-code-text = You were sent a registration number and an access code by e-mail.
door-collect = Collect a certificate
door-collect-text = You have a reference number from our message and an authorisation code from the registration authority.
door-log-in-text = Continue an order, find a certificate or revoke it.
door-verify = Verify
door-verify-text = Find out whether a seal or a signature is good.

## What became of an act, shown on the next page

notice-logged-out = You are logged out.
notice-logged-out-everywhere = You are logged out on all devices.
notice-password-set = Your password is set. From now on you log in with it.
notice-password-changed = Your password is changed. Other devices were logged out.
notice-name-saved = Your name is saved.

## Why something typed is refused

refused-text-empty = Fill this in.
refused-text-long = This has { $length } characters; { $max } are allowed.
refused-text-line-break = There is a line break at character { $position }. Write it on one line.
refused-text-control = There is a control character at character { $position }. Type the text instead of pasting it.
refused-text-invisible = There is an invisible character at character { $position }. Type the text instead of pasting it.
refused-text-markup = The character { $character } (number { $position }) cannot stand here. Leave it out.
refused-text-unreadable = The character number { $position } cannot be read everywhere. Type it differently.
refused-text-no-letter = A name has at least one letter.
refused-email-empty = Type your e-mail address.
refused-email-long = This address is too long for the mail system.
refused-email-no-at = An address has one @, for example jana@example.com.
refused-email-no-local = The part before the @ is missing.
refused-email-no-domain = The part behind the @ is missing.
refused-email-character = The character { $character } cannot stand before the @.
refused-email-dots = A dot cannot stand at the start, at the end or beside another dot before the @.
refused-email-domain = What stands behind the @ is not a domain, such as example.com.
refused-domain-missing = There is no such domain. Check what you typed behind the @.
refused-domain-null-mx = This domain says that it takes no mail. Use another address.
refused-domain-no-server = This domain has no mail server. Check what you typed behind the @.
refused-password-short = Use at least { $min } characters. Several words work well.
refused-password-long = Use at most { $max } characters.
refused-password-control = There is a control character in it, which other keyboards cannot type. Type it without it.
refused-password-guessable = This is easily guessed. Add a few words that have nothing to do with each other.
refused-password-personal = It contains your name or address, which others try first. Leave them out.
refused-password-same = This is the present password or the access code. Choose a new one.
refused-wait-seconds = { $count ->
    [one] Too many tries. The next one is possible in one second.
   *[other] Too many tries. The next one is possible in { $count } seconds.
}
refused-wait-minutes = { $count ->
    [one] Too many tries. The next one is possible in one minute.
   *[other] Too many tries. The next one is possible in { $count } minutes.
}

## Registering

register-title = Register
register-go = Register
register-lead = We send a registration number and an access code to your address. With them you log in for the first time.
register-name = Full name
register-name-hint = As you sign it, in any script. Example: Jana Nováková
register-email = E-mail address
register-email-hint = One that you read; the code goes there. Example: jana@example.com
register-submit = Send me the access code
register-known = I have a registration number already
register-wait-title = You were not registered
register-sent-title = Look into your mailbox
register-sent-to = We sent a message to
register-sent-unknown = The mail servers of this domain could not be looked up just now. Check the address once more; if it is right, the message arrives.
register-sent-open = Open the message. It comes from this portal and names your registration number.
register-sent-log-in = Log in with the number and the access code.
register-sent-password = Choose a password of your own. The code is worth nothing after that.
register-sent-go = Log in with the code
register-sent-nothing = Nothing there after ten minutes? Look into the folder for unwanted mail, or check the address.
register-sent-again = Register again
sandbox-mail-link = Read the mail of this sandbox

## Logging in

log-in-code-title = Log in with your access code
log-in-code-lead = The code came by e-mail. After this you choose a password, which replaces it.
log-in-name = Registration number or e-mail address
log-in-name-hint = Example: R-204718-3 or jana@example.com
log-in-name-empty = Type your registration number or e-mail address.
log-in-password = Password
log-in-password-hint = At the first log-in: the access code from the e-mail.
log-in-secret-empty = Type your password or access code.
log-in-code = Access code
log-in-code-hint = Example: K7QZ-X4M9-PTRW-HE3D. Capitals and dashes do not matter.
log-in-lost = I lost my access code or password
log-in-register = I am here for the first time
log-in-sandbox = Log in as one of the demonstration people
log-in-wrong-title = You were not logged in
log-in-wrong-text = The name or the password is not right. We do not say which, so that nobody can find out who is registered here.
log-in-expired-title = The access code has expired
log-in-expired-text = Nothing is lost: have a new one sent.

## Lost code

lost-title = A new access code
lost-lead = We send it to the address that belongs to your name here. With it you choose a new password.
lost-submit = Send me a new code
lost-kept = Your present password keeps working until you choose another with the code.
lost-sent-title = Look into your mailbox
lost-sent-text = If that name is registered here, a message with a new access code is on its way to its address.
lost-sent-again = Ask again

## Password

password-title = Choose a password
password-first-lead = It replaces the access code, which is worth nothing after that.
password-change-lead = Other devices are logged out when you change it.
password-current = Present password
password-new = New password
password-new-hint = At least 10 characters, not easily guessed. Several words in a row are good and easy to remember.
password-again = New password once more
password-submit = Set the password
password-differs = The two passwords are not the same.
password-wrong-current = This is not your present password.

## Invitation

invitation-title = You are invited to work here
invitation-lead = Accept the invitation and set up your access. The link works once.
invitation-email = Your e-mail address
invitation-roles = Your roles
invitation-until = The invitation is open until
invitation-known = This address is registered already. Log in with its password to accept.
invitation-then = Next you set up a second factor on your phone. Staff log in with both.
invitation-submit = Accept the invitation
invitation-gone-title = This invitation cannot be used
invitation-gone-why = It was accepted already, replaced by a newer one, or it is too old.
invitation-gone-do = If you have accepted it, log in. Otherwise ask the one who invited you for a new one.

## Second factor

totp-title = Code from your authenticator app
totp-lead = The password was right. Now type the code that the app on your phone shows.
totp-code = Code
totp-code-hint = Six digits. Without your phone: one of your recovery codes.
totp-code-short-hint = Six digits. Example: 204 718
totp-submit = Log in
totp-wrong = The code is not right. Wait for the next one, and check that the clock of your phone is exact.
totp-used = This code was used already. The app shows the next one within thirty seconds.
totp-lost = Neither phone nor recovery code? Ask your supervisor or operator to reset the second factor.
totp-enrol-title = Set up the second factor
totp-enrol-needed = Staff log in with a password and a code from their phone. This takes two minutes, once.
totp-enrol-chosen = From then on nobody can log in with your password alone.
totp-enrol-app = Open an authenticator app on your phone, such as Aegis, FreeOTP or Google Authenticator.
totp-enrol-scan = Scan this picture with the app.
totp-enrol-picture = QR code with the secret for your authenticator app
totp-enrol-type = Or type this secret into the app:
totp-enrol-open = Open in the app on this phone
totp-enrol-code = Type the code that the app shows now.
totp-enrol-submit = Switch the second factor on
totp-enrol-wrong = The code is not right. Scan the picture of this page again, and check that the clock of your phone is exact.
totp-password-first = You logged in with a certificate that was registered without a second factor. It cannot set one up for you: log out, log in with your password and set it up then.
totp-password-first-submit = Log out
totp-password-first-back = Back to your profile
recovery-title = Your recovery codes
recovery-lead = The second factor is on. If you lose your phone, one of these codes lets you in.
recovery-once = They are shown now and never again. Print them or write them down, and keep them away from your phone. Each works once.
recovery-copy = Copy all
recovery-saved = I have kept the codes

## Profile

profile-title = Profile
profile-who = Who you are here
profile-number = Registration number
profile-roles = Roles
profile-since = Registered since
profile-change-name = Change
profile-preferences = Language and colours
profile-language = Language
profile-language-hint = Also the language of the mail that we send you.
profile-log-in = How you log in
profile-change-password = Change the password
profile-second-factor = Second factor
profile-second-factor-on = On.
profile-second-factor-set-up = Set it up
profile-second-factor-replace = Move it to another phone
profile-sessions = Devices
profile-session-ends = On this device you stay logged in until at most
profile-log-out-everywhere-text = Lost a device, or forgot to log out somewhere? This ends all sessions, this one too.
profile-log-out-everywhere = Log out everywhere
profile-name-title = Change your name
profile-name-lead = This is how we address you. Certificates and orders that exist keep the name they have.
profile-name-submit = Save the name
profile-back = Back without saving

## Sandbox

sandbox-title = Try it as anybody
sandbox-lead = These people are invented. One click logs you in as any of them, without a password. This works on this machine only.
sandbox-log-in-as = Log in as { $name }
sandbox-nobody = Nobody is here yet
sandbox-nobody-text = Register somebody, or add staff with “chancery user add”.
sandbox-mail-title = Mail of the sandbox
sandbox-mail-lead = A sandbox sends nothing. Here is each message as its recipient would see it.
sandbox-mail-empty = No mail yet
sandbox-mail-empty-text = Register, and the message with the access code appears here.
sandbox-mail-subject = Subject
sandbox-mail-to = To
sandbox-mail-at = Sent
sandbox-mail-all = All mail

## What the states mean

state-awaiting-data-means = It is your turn: something has to be filled in or sent.
state-waiting-for-verification-means = Nothing for you to do. We check what you sent.
state-verified-means = Done. Who verified it and when is kept.
state-not-available-yet-means = It opens when the step before it is done.
state-rejected-means = Something was not right. The reason is beside it, and you can send it again.
state-valid-means = The certificate can be used.
state-expiring-means = It can be used, but ends within 30 days. Order a new one now.
state-expired-means = Its time is over. Old mail can still be decrypted with its key.
state-revoked-means = Nobody should accept it any more. This cannot be undone.
state-suspended-means = It is blocked for a while and can be released again.
state-not-yet-valid-means = Its time has not begun.
state-closed-means = It ended without a certificate. Order a new one.

## Links to guides, on other pages

guides-take = It is installed already, and you need it on another computer, in another program or as a backup? How to export it:
guides-take-windows = Windows
guides-take-macos = macOS
guides-take-firefox = Firefox or Thunderbird
guides-take-public = Only the public part, without the key

## Catalogue

catalogue-title = Choose a certificate
catalogue-lead = Each page says what the certificate attests, what we check, which documents you need, and what it costs.
catalogue-empty = Nothing can be ordered here just now
catalogue-empty-text = Come back later.
price = { $whole }.{ $hundredths } { $currency }
price-free = free of charge
product-days = { $count ->
    [one] valid for one day
   *[other] valid for { $count } days
}
product-policy = What it attests and what we check
product-documents = Documents that you need
product-no-documents = None.
product-document = Document
product-document-when = Needed?
document-needed-always = always
document-needed-if-chosen = if you choose to prove it by a document
document-needed-optional = no, but it helps
product-statements = What you confirm
product-order-heading = Order
product-order = Order this certificate
product-log-in-first = You log in first.
product-other = { $count ->
    [one] The same for one day: { $price }
   *[other] The same for { $count } days: { $price }
}
product-steps = Steps
