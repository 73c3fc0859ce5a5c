# Registered certificates, organisations that take part, supported authorities, the directory; and letters about them.

## Letters

mail-certificate-taken-subject = A certificate was taken off your account
mail-certificate-taken-why = On { $at } somebody proved at { $environment } that they hold the key of a certificate that was registered for your account without that proof. It was taken off your account.
mail-certificate-taken-text = If the certificate is not yours, there is nothing to do. If it is, somebody else has its key: have the authority that issued it revoke it at once, and tell the operator of { $environment }.
mail-certificate-taken-link = See your certificates

mail-certificate-removed-subject = A certificate was removed from your account
mail-certificate-removed-why = An authorised person of your organisation removed a certificate from your account at { $environment } on { $at }. They had registered it for you before.
mail-certificate-removed-text = Its key does not log in to your account any more. Certificates that you registered yourself stay as they are.
mail-certificate-removed-link = See your certificates

mail-membership-asked-subject = { $participant } asks you to join
mail-membership-asked-why = { $participant } asks you to be one of its members at { $environment }.
mail-membership-asked-text = Once you agree, the authorised persons of { $participant } may register certificates for your account; you are told of each. Decide after logging in.
mail-membership-asked-authorised = Once you agree, you are an authorised person of { $participant }: you ask members, and register and remove certificates for them. Other authorised persons may do the same for you. Decide after logging in.
mail-membership-asked-register = There is no account with this address yet. Register with it first; what you were asked waits for you for 30 days.
mail-membership-asked-not-you = You know nothing of { $participant }? Do nothing, or decline: without your consent nothing happens.
mail-membership-asked-link = Go on

mail-membership-ended-subject = You do not belong to { $participant } any more
mail-membership-ended-why = An authorised person of { $participant } took you out of its members at { $environment } on { $at }.
mail-membership-ended-text = Certificates that it had registered for you were removed and log in no more. Those that you registered yourself stay as they are.
mail-membership-ended-link = See your certificates

mail-authorised-now-subject = You are an authorised person of { $participant }
mail-authorised-now-why = Since { $at } you are an authorised person of { $participant } at { $environment }.
mail-authorised-now-text = You may ask people to be members, and register and remove certificates for those who agreed.
mail-authorised-now-link = See your organisations

mail-authorised-no-more-subject = You are not an authorised person of { $participant } any more
mail-authorised-no-more-why = Since { $at } you are a member of { $participant } at { $environment } without the rights of an authorised person.
mail-authorised-no-more-text = People whom you asked and who have not answered are not asked any more. If that is a mistake, ask one of its authorised persons.
mail-authorised-no-more-link = See your organisations

## Registered certificates

registered-intro = These certificates belong to your account. With one for signing you log in; to one for encryption others write to you.
registered-new = Register a certificate
registered-empty = No certificate is registered
registered-empty-text = Register the public part of a certificate that you have: from then on its key logs you in.
registered-pair = Pair { $number }
registered-pairs-left = You have { $count } of { $limit } pairs. A pair is a certificate for signing and one for encryption, or one for both.
registered-full = All { $limit } pairs are taken. Remove a certificate to register another.
registered-room-signing = There is room for a certificate for signing.
registered-room-encryption = There is room for a certificate for encryption.
registered-use = Used for
registered-use-all = Everything that it allows
registered-use-signing = Log-in and signatures
registered-use-encryption = Encryption
registered-use-both = Log-in, signatures and encryption
registered-subject = Issued to
registered-authority = Certification authority
registered-serial = Serial number
registered-validity = Validity
registered-open = Details
registered-listed = In the directory
registered-not-listed = Not in the directory
registered-by-organization = Registered by { $organization }
registered-not-proved = Not proved that you hold its key
registered-checked = Revocation last checked { $at }
registered-never-checked = Whether it is revoked could not be learnt yet; it is asked again every hour, and at each log-in.
registered-revoked-at = Revoked { $at }. Reason: { $reason }.
registered-suspended-at = Suspended since { $at }. While that lasts it logs nobody in.
registered-revoked-next = It logs nobody in and stays here until you remove it. Register another certificate in its place.
registered-expired-next = It logs nobody in any more. Keep its key for old messages; remove it here to make room.
registered-expiring-next = Get its successor in time and register that one too: both work side by side.

registered-new-intro = Only the public part is wanted: a file that carries no private key. It ends in .cer, .crt, .pem, .der or .p7b.
registered-new-for = For { $name }
registered-new-member = The certificate logs in to the account of { $name } once they prove there that they hold its key, or at once if it names their address. They are told by mail that you registered it, and may remove it.
registered-guide = How to get the public part out of your computer
registered-supported = Which authorities are supported
registered-file = File with the certificate
registered-file-help = The certificate alone or with its chain, up to 512 KiB.
registered-or = Or paste it as text
registered-pem = Certificate as text
registered-pem-help = From -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.
registered-uses = What it is used for
registered-uses-help = A certificate can do what its authority allowed. Choose less if you keep a pair of two certificates.
registered-register = Register certificate
registered-proof-island = If the key of this certificate is in the storage of this browser, you are asked for the storage's password and prove that you hold it: nobody else can claim the certificate then.

registered-refused-empty = The file or text is empty. Choose the file with your certificate, or paste its text.
registered-refused-too-large = The file is larger than { $limit } KiB, which no certificate is. Choose the certificate alone.
registered-refused-private-key = This file carries a private key: it is a backup (.p12, .pfx) or a key. It was not kept, and should be given to nobody. Register the public part only; the guide shows how to get it. To use the key here, import the file into your local storage.
registered-refused-pem = The text is damaged or is no certificate. Copy it whole, with its first and last line.
registered-refused-pkcs7 = The .p7b file is damaged or holds no certificates. Export the certificate once more.
registered-refused-damaged = This is no certificate, or the file is damaged. Export the certificate once more, as .cer.
registered-refused-too-many = There are { $count } certificates in the file; at most { $limit } are read. Export yours alone, or with its chain.
registered-refused-only-authorities = There are only certificates of authorities in the file. Export your own certificate, not its issuer's.
registered-refused-several = There are { $count } certificates beside those of authorities in the file. Register one at a time.
registered-refused-unreadable = What the certificate is for cannot be read from it. Ask the authority that issued it.
registered-refused-unsupported = The certificate was issued by { $issuer }, which leads to no authority that is supported for this use. Send it with its chain (.p7b) if there are authorities between, choose another use, or see the list of supported authorities.
registered-refused-path = The chain from the certificate to the supported authority is not valid. Ask the authority that issued it for the right chain.
registered-refused-expired = The certificate expired { $at }. Register a valid one.
registered-refused-not-yet-valid = The certificate becomes valid { $at }. Register it then.
registered-refused-revoked = The certificate was revoked { $at } ({ $reason }). Register another one.
registered-refused-suspended = The certificate is suspended since { $at }. Register it when the suspension has ended.
registered-refused-already = The certificate is registered for this account already.
registered-refused-by-other = Another account registered this certificate and proved that it holds the key. If that is an account of yours, log in with the certificate and remove it there; if it is not, have the certificate revoked: somebody else has your key.
registered-refused-fit-for-nothing = The certificate is made for something else, such as a server: it allows neither log-in and signatures nor encryption.
registered-refused-unfit = The certificate does not allow this: { $wanted }. It allows: { $allowed }.
registered-refused-no-pair = There is no room among the { $limit } pairs for this use. Remove a certificate first.
registered-refused-proof = The proof that you hold the key was not accepted, perhaps because it took too long. Try again.

registered-directory = Directory
registered-directory-yes = Others who are logged in find this certificate by your address, name or organisation, and can write to you encrypted. They see your name, your e-mail address, your organisations and the certificate.
registered-directory-no = Nobody finds this certificate in the directory. If you agree, others who are logged in find it by your address, name or organisation; they see your name, your e-mail address, your organisations and the certificate.
registered-list = Put into the directory
registered-unlist = Take out of the directory
registered-proof = Proof of possession
registered-proof-at = You proved { $at } that you hold its key. Nobody else can claim the certificate.
registered-proof-none = So far it is only said that this certificate is yours: a certificate is public, and anybody may hand it in. Until you prove that you hold its key it logs you in only if it names your address. Whoever proves it has it alone.
registered-proof-how = If its key is in the storage of this browser, prove it here.
registered-proof-handshake = If its key is on a card, in a token or in the system, the browser shows it on a page of its own, where you confirm that this is your account.
registered-proof-handshake-submit = Prove it with a card or the system
registered-proof-opened = You logged in with this certificate, so its key is in your hands. Is this account yours? Then keep the certificate for it alone. If not, remove the certificate here and register it for your own account.
registered-proof-opened-mine = This is my account
registered-at = Registered
registered-at-by = by { $organization }
registered-remove = Remove from the register
registered-remove-title = Remove the certificate?
registered-remove-text = Its key will not log in any more, nobody will write to it from here, and sessions that it opened end. The certificate itself stays valid, and the key stays where it is.
registered-remove-member = { $name } is told by mail.
registered-remove-confirm = Remove certificate
registered-keep = Keep it

notice-certificate-registered = The certificate is registered.
notice-certificate-listed = The certificate is in the directory.
notice-certificate-unlisted = The certificate is not in the directory any more.
notice-certificate-proved = You proved that you hold the key.
notice-certificate-not-proved = The proof was not accepted, perhaps because it took too long. Try again.
notice-certificate-others = Another account proved that it holds this key. If it is not yours, have the certificate revoked.
notice-certificate-removed = The certificate is removed from the register.

## Organisations

menu-participants = Organisations
participants-title = Organisations
participants-intro = Organisations in whose name you take part. Their authorised persons look after members and their certificates.
participants-asked = You are asked
participants-joined = You belong to
participants-offered = You represent
participants-offered-text = This organisation was verified with you as its representative. Bring it in to ask members and to register certificates for them; you become its first authorised person.
participants-bring-in = Bring it in
participants-empty = You belong to no organisation
participants-empty-text = An authorised person of your organisation can ask you. If your organisation does not take part yet, its verified representative or the registration authority brings it in.
participants-asked-member = Asks you to be a member
participants-asked-authorised = Asks you to be an authorised person
participants-member = Member
participants-authorised = Authorised person
participants-since = since { $at }
participants-decide = Decide
participant-number = Number
participant-since = Takes part since
participant-your-part = Your part
participant-authorised-persons = Authorised persons
participant-consent = What you agree to
participant-consent-member = Its authorised persons may register certificates for your account, with which you log in, and remove those again. You are told of each by mail. They see your name and your e-mail address. You can leave at any time; what they registered for you goes then.
participant-consent-authorised = You ask people to be members, make others authorised persons, and register and remove certificates for members. Other authorised persons may do the same for you, and see your name and your e-mail address.
participant-join = Join { $name }
participant-decline = Decline
participant-leave = Leave the organisation
participant-members = Members
participant-member = Member
participant-part = Part
participant-certificates = Certificates
participant-ask-title = Ask somebody to be a member
participant-who = E-mail address or registration number
participant-who-help = They get a letter and decide themselves. Whether the address has an account is not told.
participant-ask-authorised = As an authorised person: they may do here what you may
participant-ask = Send the request
participant-asked = Asked, without an answer
participant-asked-until = until { $at }
participant-withdraw = Withdraw
participant-you = you
participant-refused-name = This is neither an e-mail address nor a registration number (R-000000-0).
participant-refused-member = They belong to the organisation already. Find them in the list of members.
participant-refused-oneself = Staff do not name themselves. Name somebody of the organisation.
participant-refused-too-many = { $limit } people are asked and have not answered. Withdraw some, or wait for their answers.
participant-refused-wait = Too many letters. Try again in { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
}.
member-since = Member since
member-authorise = Make an authorised person
member-unauthorise = Take the rights of an authorised person away
member-remove = Take out of the organisation
member-certificates-intro = Certificates that your organisation registered for { $name }. Those that they registered themselves are theirs alone.
member-empty = Your organisation registered no certificate
member-empty-text = Register the public part of the certificate that they use for { $participant }.
member-staff = { $name } works for the registration authority. Nobody registers certificates for staff but they themselves.
member-own = This is you. What you register for yourself is under Certificate settings.
going-leave-title = Leave { $participant }?
going-leave-text = Its authorised persons cannot do anything for your account any more. To come back, you have to be asked again.
going-remove-title = Take { $name } out of { $participant }?
going-remove-text = They are told by mail. To come back, they have to be asked again.
going-certificates = { $count ->
    [0] No certificate was registered by the organisation.
    [one] One certificate that the organisation registered is removed; it logs in no more.
   *[other] { $count } certificates that the organisation registered are removed; they log in no more.
}
going-leave = Leave
going-remove = Take out
going-stay = Change nothing

notice-participant-brought-in = The organisation takes part. You are its authorised person.
notice-participant-already-in = The organisation takes part already. One of its authorised persons has to ask you.
notice-participant-joined = You belong to the organisation.
notice-participant-declined = You declined.
notice-participant-left = You left the organisation.
notice-participant-last = The last authorised person cannot go while there are other members. Make somebody else an authorised person first.
notice-member-asked = The request is sent.
notice-asked-withdrawn = The request is withdrawn.
notice-member-removed = They do not belong to the organisation any more.
notice-member-authorised = They are an authorised person from now on.
notice-member-not-authorised = They are a member without special rights from now on.
notice-member-certificate-registered = The certificate is registered. They are told by mail.
notice-authorised-asked = The request is sent. They become an authorised person once they agree.

desk-participants-title = Organisations that take part
desk-participants-intro = Which organisations take part, and who may act for them.
desk-participants-search = Name or number
desk-participants-name = Organisation
desk-participants-members = Members
desk-participants-authorised = Authorised persons
desk-participants-since = Since
desk-participants-asked = { $count ->
    [one] one asked
   *[other] { $count } asked
}
desk-participants-none = No organisation takes part
desk-participants-none-text = Bring in a verified organisation below.
desk-participants-none-found = Nothing was found
desk-participants-none-found-text = Search for a word of the name, or for the number.
desk-participants-more = There are more. Search for a word of the name, or for the number.
desk-participants-name-authorised = Name an authorised person
desk-participants-offered = Verified organisations that do not take part
desk-participants-offered-text = Bring one in and name its first authorised person. They get a letter and decide themselves.
desk-participants-bring-in = Bring in and ask
desk-participants-ask = Ask

## Supported authorities

supported-title = Supported authorities
supported-intro = Certificates of these authorities can be registered and used here, for what is said with each.
supported-own = Authority of this environment
supported-external = External authority
supported-purposes = Accepted for
supported-purpose-log-in = Log-in
supported-purpose-sign = Signatures
supported-purpose-encrypt = Encryption
supported-policies = Policies
supported-policies-any = Any
supported-eku = Purpose (extendedKeyUsage) for log-in
supported-eku-client = TLS client authentication
supported-eku-email = E-mail protection
supported-eku-smartcard = Smart card logon
supported-eku-other = Another
supported-since = Supported since
supported-validity = Validity
supported-fingerprint = SHA-256 fingerprint
supported-none = No authority is supported
supported-none-text = Nobody can register a certificate or log in with one until an authority is added.
supported-add = Add an authority
supported-change = Change the terms
supported-remove = Remove
supported-download = Certificate
supported-count = { $count ->
    [0] no registered certificate
    [one] one registered certificate
   *[other] { $count } registered certificates
}
supported-registered = Registered
supported-authorities-link = Authorities of this environment

supported-add-title = Add a supported authority
supported-add-text = The authority is trusted from then on as it stands, whoever issued it. Compare its fingerprint with the one that it publishes.
supported-change-title = Terms of { $name }
supported-change-text = Log-in goes by the new terms at once. Registered certificates stay; those that do not fit log in no more.
supported-file = Certificate of the authority
supported-file-help = PEM or DER, one authority at a time.
supported-policies-help = Object identifiers of certificate policies, one a line; a certificate needs one of them. None for any.
supported-eku-oid = Object identifier of the purpose
supported-eku-oid-help = Only where another purpose is chosen, such as 1.3.6.1.5.5.7.3.4.
supported-save = Save terms
supported-remove-title = Support { $name } no more?
supported-remove-text = From now on nobody logs in, signs or registers with its certificates. What is registered stays in the register, and counts again once the authority is back.
supported-remove-count = { $count ->
    [0] No registered certificate is touched.
    [one] One registered certificate is touched.
   *[other] { $count } registered certificates are touched.
}
supported-remove-confirm = Remove authority
supported-refused-several = There are { $count } certificates in the file. Add one authority at a time.
supported-refused-no-authority = This is no authority's certificate. Choose the one that issues, not one that it issued.
supported-refused-signs-nothing = This authority's certificate does not allow it to sign certificates.
supported-refused-weak = This authority's RSA key has { $bits } bits; at least { $least } are asked for.
supported-refused-expired = This authority's certificate expired { $at }.
supported-refused-not-yet-valid = This authority's certificate becomes valid { $at }.
supported-refused-no-purpose = Choose what its certificates are accepted for.
supported-refused-policies = { $count } policies are given; at most { $limit } are kept.
supported-refused-policy = This is no object identifier: { $text }. Write numbers with dots, such as 0.4.0.194112.1.2.
supported-refused-eku = Give the object identifier of the purpose: numbers with dots.
supported-refused-listed = This authority is supported already.
notice-authority-added = The authority is supported.
notice-authority-changed = The terms are changed.
notice-authority-removed = The authority is not supported any more.

## Directory

directory-title = Directory
directory-intro = Encryption certificates of others who agreed to be found. Write to them encrypted with it.
directory-who = Address, registration number, name or organisation
directory-who-help = The whole e-mail address, or words of a name or organisation with at least three letters.
directory-search = Look up
directory-none = Nobody was found
directory-none-text = Either there is nobody like that, or they did not agree to be found. Ask them for their certificate.
directory-more = More people were found than are shown. Search for more words, or for the e-mail address.
directory-names = Names are as people typed them: compare the address, and the certificate.
directory-short = Give at least { $least } letters of one word.
directory-wait = So many look-ups are not needed by one person. Try again in { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
}.
directory-address = E-mail address
directory-organization = Organisation
directory-download-pem = Download as PEM
directory-download-der = Download as DER
directory-own = Your own certificate is put into the directory on its page under Certificate settings.
