# Orders, certificates and the registration desk.

## States of a step and of a certificate: one word for one thing, everywhere

step-data-verification = Data verification
step-email-verification = E-mail verification
step-activation = Certificate activation

## What more than one page says

desk-back-to-order = Back to the order
desk-back-to-catalogue = Back to the catalogue
desk-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
desk-documents-count = { $count ->
    [0] no document
    [one] { $count } document
   *[other] { $count } documents
}
desk-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
desk-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
desk-page-of = Page { $page } of { $pages }
desk-page = Page { $page }
desk-total = { $count ->
    [one] { $count } entry
   *[other] { $count } entries
}
desk-previous = Previous
desk-next = Next
desk-paging = Pages of the list

## Dashboard

dashboard-title = Dashboard
dashboard-hello = Hello, { $name }
dashboard-intro = Here you apply for certificates, follow how they come along and manage those you have.
dashboard-orders = Your orders
dashboard-new-order = Order a certificate
dashboard-empty = No order yet
dashboard-empty-text = Choose a certificate from the catalogue. We lead you through the rest, one step at a time.
dashboard-all-orders = All orders
dashboard-events = Events
dashboard-events-empty = Nothing has happened yet. What you and the registration authority do with your orders is listed here.
dashboard-event-what = What happened
dashboard-event-order = Order
dashboard-event-when = When
dashboard-useful = Useful information
dashboard-useful-steps = An order has three steps: you give the data and we verify them, you show that the mailbox is yours, and you activate the certificate with a key of your own. Do each when it suits you; what you typed is kept.
dashboard-useful-key = Your private key is made by you and stays with you. Nobody here ever asks for it.
dashboard-links = Useful links
dashboard-link-catalogue = Certificates and their documents
dashboard-link-guides = Guides: make a key, install the certificate
dashboard-link-authorities = Certificates of the authorities
dashboard-link-search = Find one of your certificates

tile-ordered = ordered
tile-steps = Steps of the order
tile-common-name = Common name
tile-certificate-expires = Certificate valid until

## What is next

next-data = Provide the data
next-correct = Correct the data
next-documents = Add a document
next-email = Verify the e-mail
next-email-code = Enter the code
next-open = Open the order
next-activation = Activate the certificate
next-certificate = Open the certificate
next-nothing = Nothing for you to do.
next-wait-limit = The usual limit is { $limit ->
    [one] { $limit } day
   *[other] { $limit } days
}. We write as soon as something changes.
next-wait-lately = Applications like yours took { $days ->
    [one] { $days } day
   *[other] { $days } days
} lately; the usual limit is { $limit }. We write as soon as something changes.

## Orders

orders-title = Orders
orders-empty = No order yet
orders-empty-text = What you order from the catalogue is listed here with its state.
orders-number = Order
orders-product = Product
orders-ordered = Ordered
orders-state = State
orders-next = What is next

order-title = Order { $number }
order-confirm-title = Order “{ $product }”
order-confirm-text = You order this certificate. Nothing is issued and nothing is charged until you activate it.
order-place = Order this certificate
order-price = Price
order-validity = Validity
order-history = History
order-history-empty = Nothing has happened yet.
order-details = Order
order-number = Number
order-waiting-title = We are verifying your data
order-waiting-since = Sent { $at }
order-rejected-title = We could not verify your data
order-rejected-again = Correct what is said above and send it again; everything else is kept.
order-awaiting-data-title = Tell us whom the certificate is for
order-awaiting-data-text = You fill in the data, add the documents and send it all for verification. You can stop at any time: a draft is kept.
order-email-title = Show that the mailbox is yours
order-email-text = We send a link and a code to the address that the certificate will carry. Either of them confirms it.
order-email-not-arrived = Nothing arrived? You can send a new message on the next page.
order-activation-title = Activate the certificate
order-activation-text = You choose what the certificate says, choose where the key is made, see everything as it will stand, and agree. The certificate is issued at once.
order-done-title = The certificate is issued
order-done-text = It is ready to download, and we mailed it to you as well.
order-your-data = Your data
order-documents = Documents
order-documents-more = You may add documents while we are verifying.

## Events

event-order-placed = Order placed
event-data-submitted = Data sent for verification
event-data-reused = Verified data used again
event-document-added = Document added
event-document-removed = Document removed
event-data-verified = Data verified
event-data-rejected = Data rejected
event-data-reopened = Data to be verified again, the last verification is too old
event-data-withdrawn = The verified data do not hold any more, others are to be given
event-code-sent = Verification e-mail sent
event-email-verified = E-mail verified
event-certificate-issued = Certificate issued
event-certificate-revoked = Certificate revoked
event-order-closed = Order closed, the certificate that it was to renew was revoked

## Data verification

data-title = Data verification
data-intro = From these data you choose later what the certificate says. We compare them with your documents and with public registers.
data-reuse = Data that we verified before
data-reuse-text = Choose them and you have nothing to fill in or to wait for, as long as they are still true.
data-reuse-use = Use these data
data-reuse-note = We verified these data for order { $number } on { $at }. They may be used until { $until }.
data-reuse-verified = verified { $at }
data-organisation = Organisation
data-organization = Name of the organisation
data-organization-help = Exactly as in the register, with its legal form.
data-headquarters = Headquarters
data-country = Country
data-state = State, region or province
data-state-help = If addresses in your country have one.
data-locality = City or town
data-street = Street and number
data-postal-code = Postal code
data-registration = Registration
data-number-kind = Register
data-number-kind-choose = Choose the register
data-number = Number in the register
data-number-help = We look the organisation up under this number.
data-number-anyway = I compared it with the register and the number is as I wrote it. Send it anyway.
data-number-anyway-note = An officer will look at it; verification may take longer.
data-number-cz-ico = IČO (Czechia)
number-format-cz-ico = 8 digits, the last is a check digit, for example { $example }
data-number-pl-nip = NIP (Poland)
number-format-pl-nip = 10 digits, the last is a check digit, for example { $example }
data-number-pl-krs = KRS (Poland)
number-format-pl-krs = 10 digits, for example { $example }
data-number-pl-regon = REGON (Poland)
number-format-pl-regon = 9 or 14 digits, the last is a check digit, for example { $example }
data-number-bg-eik = EIK (Bulgaria)
number-format-bg-eik = 9 or 13 digits, the last is a check digit, for example { $example }
data-number-lei = LEI (international)
number-format-lei = 20 letters and digits, the last two are check digits, for example { $example }
data-number-euid = EUID (Europe)
number-format-euid = country, register and number, for example { $example }
data-number-other = Another register
number-format-other = as it stands in your extract from the register
data-proof = How we verify that the organisation exists
data-proof-short = Existence shown
data-name = Name
data-proof-registration-number = By the number in the register
data-proof-registration-number-help = An officer looks the number up in the public register. Nothing to add.
data-proof-document = By a document
data-proof-document-help = You add an extract from the register or another document of its establishment.
data-person = Person
data-person-help = As in the identity document, with every given name that should be in the certificate.
data-given-name = Given name
data-surname = Surname
data-identity-kind = Identity document
data-identity-kind-choose = Choose the document
data-identity-country = Country that issued it
data-identity-number = Number of the document
data-identity-number-help = We compare it with the document that you add. It never enters the certificate.
data-identity-identity-card = Identity card
data-identity-passport = Passport
data-identity-residence-permit = Residence permit
data-identity-driving-licence = Driving licence
data-role = Role in the organisation
data-role-help = For example: employee, member of the board, authorised representative.
data-documents = Documents
data-documents-help = PDF, PNG or JPEG, up to 10 MB each. Add them now, or after sending the data.
data-documents-needed = We need
data-save-draft = Save the draft and finish later
data-continue = Continue to the summary
data-summary-title = Check the data before you send them
data-summary-text = This is what we verify. What is right here is right in the certificate.
data-summary-change = Change the data
data-statements = Statements
data-statements-text = We keep what you confirm together with the wording of the day.
data-submit = Send for verification
data-summary-no-documents = You have added no document, and none is required.
data-summary-documents-missing = You have added no document yet. You may send the data now; add the required documents afterwards, without them we cannot verify.

## Errors of a form field

problem-missing = Fill this in.
problem-missing-choice = Choose one of the options.
problem-too-long = This is too long: at most { $max } characters fit.
problem-too-short = This is too short: at least { $min } characters are needed.
problem-forbidden-character = This contains a line break or an invisible character, which cannot stand in a certificate. Type it again instead of pasting it.
problem-markup = The characters < and > cannot stand in a certificate.
problem-unknown-choice = Choose one of the options.
problem-unknown-country = Choose the country from the list.
problem-wrong-check-digit = The last digits of this number are check digits, and they do not fit the rest. Most often one digit was mistyped or two were swapped. Compare the number with your extract from the register.
problem-wrong-format = The number does not have the form of this register: { $expected }.
problem-no-letter = There is no letter in this. Write the name in letters.
problem-other-country = This number comes from a register in { $expected }, and the headquarters are elsewhere. Choose the register or the country anew.
problem-not-certifiable = A certificate cannot carry a number of this kind. Choose another register in which the organisation is.
problem-not-offered = This is not among your verified data.
problem-not-an-address = This is not an e-mail address. It should look like name@company.example.
problem-not-ticked = We cannot go on without this confirmation.
problem-new-version = The wording changed while the page was open. Read it again and confirm it.
problem-document-missing = This document is still missing.
problem-other = This cannot be accepted as it is.

## Documents

documents-title = Documents
documents-intro = What you send is encrypted here, and only you and the officers of the registration authority can open it.
documents-upload = Upload the chosen files
documents-choose-help = PDF, PNG or JPEG, up to 10 MB each, 20 for an order. You may choose several at once.
documents-needed-always = required
documents-needed-if-chosen = required if you prove the organisation by a document
documents-needed-optional = optional
documents-other = Another document
documents-other-hint = Whatever else may help us, for example a power of attorney.
documents-remove = Remove
documents-remove-named = Remove “{ $name }” for good
size-kilobytes = { $size } kB
size-megabytes = { $whole }.{ $tenths } MB
documents-error-none = Choose at least one file.
documents-error-kind = “{ $name }” is not a PDF, PNG or JPEG by its content. Nothing was kept of it.
documents-error-size = “{ $name }” is larger than 10 MB. Send it in a smaller resolution or in parts.
documents-error-empty = “{ $name }” is empty.
documents-error-damaged = “{ $name }” is incomplete or damaged. Open it on your computer; if it is fine there, save it anew and send it again.
documents-error-hidden = “{ $name }” carries something else within, such as a web page or an archive. Print it to a new PDF and send that one.
documents-error-active = “{ $name }” is a PDF that starts a script or a program. Print it to a new PDF and send that one.
documents-error-pixels = “{ $name }” is an image with too many pixels. Send it in a smaller resolution.
documents-error-again = “{ $name }” came while something else changed. Send it once more.
documents-error-many = An order holds at most 20 documents.
documents-error-closed = This order takes no more documents.

## E-mail verification

email-title = E-mail verification
email-intro = The certificate will carry this address, so we check that its mailbox is yours. We send a message there with a link and a code; either of them confirms it, within 24 hours.
email-address = E-mail address for the certificate
email-address-help = We offer the address of your account; you may choose another one that is yours.
email-send = Send the verification e-mail
email-send-again = Send a new message
email-sent = We sent a message to { $email }.
email-sent-until = The link and the code are valid until { $at }. A new message makes the former code invalid.
email-code = Verification code
email-code-help = From the message. Capital and small letters do not matter, nor do spaces and dashes.
email-confirm = Verify the e-mail
email-code-wrong = { $left ->
    [0] This code is not right, and it was the last try. Send a new message.
    [one] This code is not right. Copy it from the newest message; one try is left.
   *[other] This code is not right. Copy it from the newest message; { $left } tries are left.
}
email-code-used = This code was used or replaced by a newer message. Copy the code from the newest one.
email-code-blocked = Too many wrong codes were typed, so this one is closed. Send a new message and use its code.
email-sent-over = The link and the code that we sent to { $email } do not work any more. Send a new message.
email-code-expired = This code has expired. Send a new message.
email-too-many = { $max } messages in a day are the most. Look for the newest of them, or try again tomorrow.
email-verified = The mailbox { $email } is verified.
email-not-arrived = Nothing arrived? Look into the spam folder, check the address, or send a new message.
email-link-title = Verify an e-mail address
email-link-text = { $name } asks for a certificate for this mailbox. Confirm that the mailbox { $email } is yours and that it may stand in the certificate of order { $number }.
email-link-not-yours = If you did not ask for a certificate, close this page. Nothing happens until the button is pressed.
email-link-confirm = Yes, this mailbox is mine
email-link-done-title = The mailbox is verified
email-link-done-text = Thank you. The order can go on with the activation of the certificate.
email-link-continue = Continue with the order
email-link-log-in = Log in and continue
email-link-gone-title = This link does not work any more
email-link-gone-text = It was used already, has expired after 24 hours, or was replaced by a newer message. Log in and send a new one from your order.

## Activation

activation-title = Certificate activation
activation-fields = What the certificate says
activation-fields-text = These are your verified data. What is required in this kind of certificate cannot be left out.
activation-field-required = required
activation-common-name = Common name
activation-common-name-help = What a mail program shows beside your signature.
activation-key = Your key
activation-key-text = Make a key pair and a certificate request (CSR) on your computer. The private key stays with you; we get the request only.
activation-key-guide = How to make a key and a request
activation-csr = Certificate request (CSR)
activation-csr-help = Paste the whole text, from -----BEGIN CERTIFICATE REQUEST----- to the END line.
activation-csr-file = or choose the file with the request
activation-csr-file-help = The .csr or .pem file, text or binary.
activation-check = Check the request
activation-continue = Continue to the summary
activation-csr-correct = Correct
activation-csr-key = Key
activation-csr-subject = Subject in the request
activation-csr-subject-none = none, which is fine: the certificate takes your verified data
activation-csr-wrong = This request cannot be used
activation-csr-line = Line { $line }
activation-csr-checking = Checking the request…
activation-csr-unreachable = The request could not be checked just now. Use the button to check it.
activation-summary-title = The certificate as it will stand
activation-summary-text = Read it once more. After issuing, nothing in it can be changed.
activation-summary-subject = Who
activation-summary-emails = E-mail addresses
activation-summary-key = Public key
activation-summary-validity = Validity
activation-summary-validity-days = { $days } days from the moment of issuing, until { $until }
activation-summary-issuer = Issued by
activation-summary-profile = Kind
activation-summary-change = Go back and change it
activation-issue = Issue certificate
activation-refused = The authority refused the certificate: { $reason }. Change what is chosen above, or make a new request.
activation-email = E-mail address
activation-common-name-none = no common name
activation-key-backup = Keep the private key safe and make a backup: without it the certificate cannot sign, and mail that was encrypted to you cannot be read.

## What can be wrong with a certificate request

csr-error-empty = Paste the request or choose its file.
csr-error-too-large = This is too large to be a certificate request.
csr-error-private-key = This is a private key! It has to stay with you, and nobody may ask you for it. It was not stored here, but make a new key to be safe, and paste the certificate request (the .csr file).
csr-error-missing-begin = The first line -----BEGIN CERTIFICATE REQUEST----- is missing. Copy the whole text, with its first and its last line.
csr-error-not-pem = This is not a certificate request. It begins with the line -----BEGIN CERTIFICATE REQUEST-----.
csr-error-missing-end = The last line -----END { $label }----- is missing. The end of the text was probably not copied.
csr-error-missing-begin-of = Here something ends that has no beginning. Copy the whole text, with its first line.
csr-error-end-mismatch = The text begins with { $label } and ends with { $found }. Copy one request only, as a whole.
csr-error-damaged-marker = This line should begin and end with five dashes and hold nothing else. Dashes were lost or changed in copying.
csr-error-line-breaks-lost = The line breaks were lost in copying. Paste the text as it stands in the file, or choose the file.
csr-error-not-base64 = The character “{ $character }” does not belong here. Copy the request again, without changes by a text or mail program.
csr-error-padding = Some characters were lost. Copy the request again as a whole.
csr-error-empty-body = There is nothing between the first and the last line.
csr-error-several = There are { $count } blocks in the text. Leave only one request.
csr-error-content = The content is damaged: no request can be read from it. Make or copy it again.
csr-error-not-text = This is neither a text nor a certificate request in binary form. Choose the .csr file.
csr-error-is-certificate = This is a certificate, not a certificate request. Choose the file that begins with BEGIN CERTIFICATE REQUEST.
csr-error-is-revocation-list = This is a revocation list, not a certificate request.
csr-error-is-public-key = This is a public key alone. Make a certificate request with the key.
csr-error-is-pkcs12 = This is a .p12 or .pfx file with a private key. It has to stay with you: it was not stored here. Choose the .csr file.
csr-error-is-pkcs7 = This is a file with certificates (PKCS #7), not a certificate request.
csr-error-wrong-label = This is “{ $found }”, not a certificate request. Choose the file that begins with BEGIN CERTIFICATE REQUEST.
csr-error-cut-short = The request is cut short. Copy it again as a whole.
csr-error-unsupported-key = Keys of this kind ({ $key }) are not accepted. Make an RSA key of 2048 bits or more, or an elliptic-curve key on P-256 or P-384.
csr-error-unsupported-signature = The request is signed with { $algorithm }, which is not accepted. Make it anew with SHA-256.
csr-error-signature-mismatch = The signature of the request does not fit its key: the request was altered or damaged. Make a new one.
csr-error-unusable-key = The key in the request is damaged. Make a new key and a new request.
csr-error-key-size = The key has { $bits } bits; { $minimum } to { $maximum } are accepted. Make a new key.
csr-error-odd-key-size = A key of { $bits } bits is not accepted: the size has to be divisible by 8. Make one of 2048, 3072 or 4096 bits.
csr-error-curve = Keys on the curve { $curve } are not accepted for this certificate. Make one on P-256 or P-384, or an RSA key.
csr-error-key-kind = Keys of the kind { $key } are not accepted for this certificate. Make an RSA key, or one on P-256 or P-384.
csr-error-weak-exponent = The public exponent of the key is not accepted. Make a new key with the usual settings.
csr-error-weak-factor = The key is weak: its modulus can be divided by { $factor }. The program that made it is faulty; make a new key with another one.
csr-error-weak-roca = The key is weak: it was made by a faulty chip (ROCA). Make a new key elsewhere.
csr-error-weak-point = The key is damaged: its point does not lie on the curve. Make a new key.
csr-error-key-of-another = A certificate with this key was issued to somebody else. Make a new key.
csr-error-key-compromised = A certificate with this key was revoked because the key was compromised. Make a new key.

## Certificates

certificates-title = Certificates
certificates-intro = All certificates issued for you.
certificates-search = Search
certificates-search-help = Serial number, name, e-mail address or fingerprint
certificates-state = State
certificates-state-any = any state
certificates-find = Find
certificates-clear = Clear the search
certificates-subject = Certificate
certificates-emails = E-mail
certificates-serial = Serial number
certificates-valid-until = Valid until
certificates-empty = No certificate yet
certificates-empty-text = A certificate appears here when you activate an order.
certificates-none-found = Nothing found
certificates-none-found-text = No certificate matches. A part of a name or address is enough; serial numbers and fingerprints are searched from their beginning.
certificates-staff-title = Certificate search
certificates-staff-intro = All certificates issued by this environment.
certificates-staff-empty = No certificate has been issued in this environment yet.

certificate-title = Certificate
certificate-revoked-at = Revoked { $at }. Reason: { $reason }.
certificate-validity = Valid from { $from } to { $to }
certificate-days-until = { $days ->
    [one] becomes valid within one day
   *[other] becomes valid in { $days } days
}
certificate-days-left = { $days ->
    [0] it expires today
    [one] one day left
   *[other] { $days } days left
}
certificate-order = Order
certificate-again = Order a new one
certificate-issued = Issued
certificate-subject = Whom it is for
certificate-issuer = Who issued it
certificate-technical = Technical details
certificate-downloads = Download
certificate-download-pem = Certificate, PEM
certificate-download-pem-text = text, for most programs
certificate-download-der = Certificate, DER
certificate-download-der-text = binary, for Windows and Java
certificate-download-chain = Certificate with its chain, PEM
certificate-download-chain-text = for mail programs and servers
certificate-download-p7b = Certificate with its chain, PKCS #7
certificate-download-p7b-text = one .p7b file, for Windows and Outlook
certificate-install = Install it
certificate-install-text = Join the certificate with your private key into a .p12 file, and import that file into your mail program.
certificate-guide-p12 = Make the .p12 file
certificate-guide-thunderbird = Thunderbird
certificate-guide-outlook = Outlook
certificate-guide-apple = Apple Mail
certificate-guide-token = Token or card in the browser
certificate-take = Take it with you
certificate-chain = Chain
certificate-chain-text = Whoever trusts the uppermost certificate trusts the ones below it.
certificate-chain-until = valid until { $date }
certificate-chain-this = this certificate
certificate-chain-root = root authority
certificate-chain-issuing = issuing authority
certificate-revoke-open = Revoke this certificate
certificate-revoked-title = This certificate is revoked
certificate-revoked-old-mail = Nobody should accept it any more. Old mail can still be decrypted with its key.
certificate-suspended-title = This certificate is suspended
certificate-suspended-at = Suspended { $at }.
certificate-suspended-until = It must not be accepted until it is released.

revoke-title = Revoke the certificate
revoke-text = From now on nobody should accept this certificate. This cannot be undone. Old mail can still be decrypted with its key.
revoke-lost = What is lost: signing and encrypting with this certificate, and logging in with it. You will need a new order for another.
revoke-reason = Why
revoke-reason-help = The reason is published in the revocation list.
revoke-continue = Continue
revoke-confirm-title = Revoke it for good?
revoke-confirm-text = You are about to revoke the certificate of { $subject }, serial number { $serial }. Reason: { $reason }.
revoke-confirm = Revoke the certificate
revoke-keep = Keep the certificate
revoke-reason-choose = Choose a reason
revocation-reason-unspecified = Not given
revocation-reason-key-compromise = The private key is lost or somebody else may have it
revocation-reason-ca-compromise = The key of the authority was compromised
revocation-reason-affiliation-changed = The data in the certificate changed, for example the employer
revocation-reason-superseded = A new certificate replaces it
revocation-reason-cessation-of-operation = It is not needed any more
revocation-reason-certificate-hold = It is suspended
revocation-reason-remove-from-crl = It was removed from the list
revocation-reason-privilege-withdrawn = It was issued wrongly, or the holder broke the terms
revocation-reason-aa-compromise = The attribute authority was compromised

## Authorities

authorities-title = Certification authorities
authorities-intro = These authorities issue the certificates of this environment. Download their certificates here and compare the fingerprints with those that you were given through another channel.
authorities-advice-title = Trust the chain, not a single certificate
authorities-advice = Install the root certificate as trusted, and let programs build the chain from it. Never mark a single person’s or server’s certificate as trusted: it will be replaced, may be revoked, and you would not notice.
authorities-root = Root authority
authorities-issuing-smime = Issuing authority for e-mail (S/MIME)
authorities-issuing-tls = Issuing authority for servers (TLS, internal)
authorities-issuing-device = Issuing authority for people’s devices (logging in)
authorities-subject = Name
authorities-parent = Issued by
authorities-self = itself
authorities-validity = Valid
authorities-key = Key
authorities-serial = Serial number
authorities-sha256 = Fingerprint SHA-256
authorities-sha1 = Fingerprint SHA-1
authorities-crl = Revocation list (CRL)
authorities-crl-number = number { $number }
authorities-crl-update = issued { $this }, next by { $next }
authorities-download-der = Certificate, DER (.cer)
authorities-download-pem = Certificate, PEM
authorities-none = No authority yet
authorities-none-text = The operator has not created the authorities of this environment yet.

## Registration desk

queue-title = Queue
queue-intro = Applications that wait for the registration authority, the longest waiting first.
queue-intro-all = Applications in any state.
queue-filter-waiting = waiting for verification
queue-filter-rejected = rejected
queue-filter-verified = verified
queue-filter-all = any state
queue-search-help = Number of the order, registration number or e-mail address of the applicant
queue-order = Order
queue-applicant = Applicant
queue-organisation = Organisation or person
queue-waiting = Waiting
queue-state = State
queue-reload = Look again
queue-empty = The queue is empty
queue-empty-text = No application waits for verification. New ones appear here when you reload the page.
queue-none-found = Nothing found
queue-none-found-text = No application matches the filter.
queue-over-limit = over the limit of { $days } days
queue-own = your own

application-title = Application { $number }
application-word = Application
application-applicant = Applicant
application-sent = Sent
application-waiting = Waiting { $time }
application-data = Data to verify
application-documents = Documents
application-no-documents = No document was added
application-no-documents-text = None is required. Verify the data in the public register, or reject and ask for a document.
application-documents-missing-text = Required documents are missing. The person cannot be verified without them: reject and say what to send.
application-open-document = Open in a new window
application-preview = Preview of “{ $name }”
application-statements = Confirmed statements
application-statement-version = version { $version }, { $at }
application-number-ok = check digits fit
application-number-wrong = check digits do not fit; sent knowingly
application-number-format = the form fits; the number has no check digit
application-decision = Decision
application-decision-text = Your name and the time are kept with the decision.
application-former = Earlier decisions
application-verify = Verify the data
application-reject-reason = Reason for the applicant
application-reject-help = Say what is wrong and what to do. The applicant reads exactly this.
application-reject-submit = Reject and write to the applicant
application-not-waiting = This application does not wait for a decision.
application-changed = The application changed while you were looking at it. Read it again before you decide.
application-own = This is your own application. Somebody else has to decide on it.
application-verified-by = Verified by { $by }, { $at }
application-rejected-by = Rejected by { $by }, { $at }
application-rejected-reason = Reason: { $reason }
application-history = History

## What an act did, on the next page

notice-order-placed = The order is placed. The first step is below.
notice-orders-too-many = You have as many unfinished orders as one may have. Finish one of them first.
notice-draft-saved = The draft is saved. Nothing has been sent yet.
notice-data-submitted = The data are saved and waiting for verification. You may still add documents.
notice-data-reused = The verified data are taken over; the next step is open.
notice-documents-added = The documents are added.
notice-document-removed = The document is removed.
notice-document-kept = The document stays: it was sent for verification already.
notice-email-sent = The message is on its way.
notice-evidence-too-old = Too much time has passed since this was verified. Verify it again, then the certificate can be issued.
notice-email-verified = The mailbox is verified.
notice-certificate-issued = The certificate is issued. We mailed it to you as well.
notice-application-verified = The application is verified. The applicant was told.
notice-application-rejected = The application is rejected. The applicant was told the reason.
notice-certificate-revoked = The certificate is revoked. The revocation list and the OCSP answers already say so.
