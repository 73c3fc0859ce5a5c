# The frame of every page, the public pages and the account pages.
# Keys start with the topic. The same keys are in every language; a test compares them.

language-name = English

## Frame

title-in-environment = { $title } · { $environment }
title-problems = { $count ->
    [one] (1 error)
   *[other] ({ $count } errors)
}
skip-to-content = Skip to the content
menu = Menu
menu-dashboard = Overview
menu-desk = RA desk
menu-orders = Orders
menu-certificates = Certificates
menu-people = People
menu-catalogue = Catalogue
menu-authorities = Authorities
menu-verify = Verify
menu-help = Help
log-in = Log in
log-out = Log out
theme = Colours
theme-system = Colours as on this device
theme-light = Light colours
theme-dark = Dark colours
help-for-this-page = Help for this page
sandbox-banner = This is a sandbox. Nothing issued here is real.
sandbox-banner-link = People and mail to try it with
copy = Copy
copied = Copied
role-subscriber = Subscriber
role-ra-officer = RA officer
role-ra-supervisor = RA supervisor
role-ca-operator = CA operator
role-auditor = Auditor

date = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
date-and-time = { $date } at { $time }

## Forms

form-problems = { $count ->
    [one] One thing needs your attention
   *[other] { $count } things need your attention
}
form-optional = optional
form-choose = Choose…

## States

state-awaiting-data = awaiting data
state-waiting-for-verification = waiting for verification
state-verified = verified
state-not-available-yet = not available yet
state-rejected = rejected
state-valid = valid
state-expiring = expiring
state-expired = expired
state-revoked = revoked
state-suspended = suspended
state-not-yet-valid = not yet valid

## Refusals in plain text, before there is a page

refused-plain-http = This portal does not talk over plain HTTP, because passwords would travel in clear. Use { $address }
refused-host = This address does not belong to the portal. Use { $address }
error-plain = Something broke on our side. Nothing that you saved is lost. Please tell us this number: { $event }

## Pages of errors

go-home = Back to the start
error-event = Please tell us this number if you write to us:
error-not-found-title = There is nothing here
error-not-found-why = The address is wrong, or what it named belongs to somebody else or is gone.
error-not-found-do = Check the address, or start again from your overview.
error-forbidden-title = You may not do this
error-forbidden-why = You are logged in, but none of your roles permits it.
error-forbidden-do = If you should be allowed, ask your supervisor for the role.
error-stale-form-title = The form could not be accepted
error-stale-form-why = It was open for too long, you logged in or out meanwhile, or it was sent from another site. Nothing was changed.
error-stale-form-do = Go back, reload the page and send it again.
error-malformed-title = The request could not be read
error-malformed-why = A part of it is missing or damaged. Nothing was changed.
error-malformed-do = Go back, reload the page and try again.
error-not-here-title = This cannot be done here
error-not-here-why = The address exists, but not for this kind of request. Nothing was changed.
error-not-here-do = Go back and use the buttons of the page.
error-too-large-title = That is too much at once
error-too-large-why = The form or the file is larger than this page accepts. Nothing was changed.
error-too-large-do = Send a smaller file, or several one after another.
error-too-many-title = Too many tries
error-too-many-why = Many attempts came from your network address in a short time, so we slow it down. Your account is not blocked.
error-too-many-do = { $seconds ->
    [one] Try again in one second.
   *[other] Try again in { $seconds } seconds.
}
error-busy-title = We are busy just now
error-busy-why = More work came in than we can do at once. Nothing was changed.
error-busy-do = { $seconds ->
    [one] Try again in one second.
   *[other] Try again in { $seconds } seconds.
}
error-fault-title = Something broke on our side
error-fault-why = It is not your fault. What you saved before is safe.
error-fault-do = Try again in a while. If it happens again, write to us.

## Home

home-title = Certificates
home-heading = Certificates for signing, encrypting and logging in
home-lead = Apply here, follow what happens, and collect your certificate. Each page tells you the one thing to do next.
door-apply = Apply for a certificate
door-apply-text = Choose a kind, see what it costs and which documents you need.
door-code = I have a code
door-code-text = You were sent a registration number and an access code by e-mail.
door-log-in-text = Continue an order, find a certificate, renew or revoke it.
door-verify = Verify
door-verify-text = Find out whether a seal or a signature is good.
