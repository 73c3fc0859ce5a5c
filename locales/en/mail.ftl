# Letters. The first line says why it came; codes and dates stand in the list of facts.

mail-footer = { $environment } wrote this letter by itself. Nobody reads answers to it.

mail-fact-registration-number = Registration number
mail-fact-access-code = Access code
mail-fact-verification-code = Verification code
mail-fact-reference-number = Reference number
mail-fact-valid-until = Valid until
mail-fact-subject = Issued to
mail-fact-serial = Serial number
mail-fact-valid-from = Valid from
mail-fact-reason = Reason
mail-fact-attached = Attached
mail-fact-mailbox = Mailbox
mail-fact-device = Device

## Account

mail-access-code-subject = Your registration number and access code
mail-access-code-why = You registered at { $environment } with this address.
mail-access-code-text = Log in with the registration number or with this address, and with the access code. You choose a password there, and the code is spent.
mail-access-code-link = Log in
mail-access-code-not-you = You did not register? Then somebody typed your address by mistake. Do nothing: the code expires by itself.

mail-new-access-code-subject = Your new access code
mail-new-access-code-why = A new access code was asked for, for your account at { $environment }.
mail-new-access-code-text = Log in with the registration number or with this address, and with the access code. You choose a new password there, and the code is spent.
mail-new-access-code-link = Log in
mail-new-access-code-not-you = You did not ask for it? Do nothing: the password that you have stays good, and the code expires by itself.

mail-already-registered-subject = You have an account already
mail-already-registered-why = Somebody, perhaps you, registered at { $environment } with this address, which has an account already.
mail-already-registered-text = Nothing was changed. Log in with the registration number or with this address. If you do not know your password any more, have a new access code sent.
mail-already-registered-link = Have a new access code sent

mail-invitation-subject = Invitation to { $environment }
mail-invitation-why = You are invited to work at { $environment } as: { $roles }.
mail-invitation-text = You choose a password and set up a second factor. For that you need an authenticator app on your phone.
mail-invitation-link = Accept the invitation
mail-invitation-once = The link works once and is meant for you alone. Do not pass it on.

mail-password-changed-subject = Your password was changed
mail-password-changed-why = The password of your account at { $environment } was changed on { $at }.
mail-password-changed-text = You were logged out everywhere else. If it was you, there is nothing for you to do.
mail-password-changed-not-you = It was not you? Have a new access code sent at once and choose another password.
mail-password-changed-link = Have a new access code sent

mail-second-factor-changed-subject = A second factor was set up
mail-second-factor-changed-why = A second factor was set up for your account at { $environment } on { $at }.
mail-second-factor-changed-text = From now on you log in with your password and a code from the app. If it was you, there is nothing for you to do.
mail-second-factor-changed-not-you = It was not you? Change your password at once and tell the operator of { $environment }.
mail-second-factor-changed-link = Open your account

mail-recovery-code-used-subject = A recovery code was used
mail-recovery-code-used-why = Somebody logged in to your account at { $environment } on { $at } with a recovery code in place of the second factor.
mail-recovery-code-used-left = { $left ->
    [0] It was the last one. Set up the second factor again to get new ones.
    [one] One recovery code is left. Set up the second factor again to get new ones.
   *[other] { $left } recovery codes are left.
}
mail-recovery-code-used-not-you = It was not you? Change your password at once and tell the operator of { $environment }.
mail-recovery-code-used-link = Open your account

mail-certificate-registered-subject = A certificate was registered for you
mail-certificate-registered-why = A certificate was registered for your account at { $environment } on { $at }.
mail-certificate-registered-text = If it is for signing, its key logs in to your account from now on. If it was you, there is nothing to do.
mail-certificate-registered-by-other = An authorised person of your organisation did it. If it is for signing, its key logs in to your account from now on.
mail-certificate-registered-not-you = You do not know this certificate? Remove it from your account, change your password at once and tell the operator of { $environment }.
mail-certificate-registered-link = Open your account

mail-device-paired-subject = A device was paired with your account
mail-device-paired-why = A device was paired with your account at { $environment } on { $at }.
mail-device-paired-own-key = It has a key of its own and logs in to your account from now on. If it was you, there is nothing to do.
mail-device-paired-copy = It was sent a certificate of yours with its key. If it was you, there is nothing to do.
mail-device-paired-not-you = It was not you? Revoke the device at once, change your password and tell the operator of { $environment }. If a certificate was sent to it, revoke that too.
mail-device-paired-link = Open the list of devices

mail-registered-ends-subject = { $days ->
    [one] Your certificate expires within a day
   *[other] Your certificate expires in { $days } days
}
mail-registered-ends-why = { $days ->
    [one] A certificate that is registered for you at { $environment } expires within a day.
   *[other] A certificate that is registered for you at { $environment } expires in { $days } days.
}
mail-registered-ends-text = Get its successor in time and register that one too: both work side by side. Keep the old key, old messages need it.
mail-registered-ends-link = Open your account

mail-registered-revoked-subject = Your registered certificate is revoked
mail-registered-revoked-why = The authority that issued your certificate says that it is revoked since { $at }. It logs nobody in at { $environment } any more.
mail-registered-revoked-text = If you did not ask for that, ask the authority why. Register another certificate to go on.
mail-registered-revoked-link = Open your account

mail-registered-suspended-subject = Your registered certificate is suspended
mail-registered-suspended-why = The authority that issued your certificate says that it is suspended since { $at }. Until that ends it logs nobody in at { $environment }.
mail-registered-suspended-text = If you did not ask for that, ask the authority why. Nothing needs to be done here when the suspension ends.
mail-registered-suspended-link = Open your account

## Orders

mail-data-submitted-subject = Order { $number }: your data have arrived
mail-data-submitted-why = Your data for the order { $number } ({ $product }) have arrived.
mail-data-submitted-text = Nothing for you to do. We check them and write as soon as something changes.
mail-data-submitted-link = See the order

mail-data-verified-subject = Order { $number }: your data are verified
mail-data-verified-why = Your data for the order { $number } ({ $product }) are verified.
mail-data-verified-text = The page of the order shows the next step.
mail-data-verified-link = Go on with the order

mail-data-rejected-subject = Order { $number }: please correct your data
mail-data-rejected-why = Your data for the order { $number } ({ $product }) need a correction. The officer writes:
mail-data-rejected-text = Correct this on the page of the order; everything else is kept.
mail-data-rejected-link = Correct the data

mail-email-verification-subject = Verify this mailbox
mail-email-verification-why = This mailbox is to be named in a certificate ordered at { $environment } (order { $number }, { $product }).
mail-email-verification-text = Verify it with the link, or type the code on the page of the order. Either works once.
mail-email-verification-link = Verify this mailbox
mail-email-verification-not-you = You ordered nothing? Do nothing: without the link or the code nobody gets a certificate for your mailbox.

mail-renewal-code-subject = Code for renewing your certificate
mail-renewal-code-why = The certificate of this mailbox is being renewed at { $environment } (order { $number }, { $product }).
mail-renewal-code-text = Type the code on the page of the renewal, or use the link. Either works once.
mail-renewal-code-link = Confirm the renewal
mail-renewal-code-not-you = You are not renewing it? Do nothing: without the code or the link no certificate is issued. Tell the operator of { $environment } if this happens again.

mail-certificate-ends-subject = { $days ->
    [one] Your certificate expires within a day
   *[other] Your certificate expires in { $days } days
}
mail-certificate-ends-why = { $days ->
    [one] Your certificate from { $environment } expires within a day.
   *[other] Your certificate from { $environment } expires in { $days } days.
}
mail-certificate-ends-text = Renew it in time: it takes a code from this mailbox and a few minutes. The new one works beside the old one, whose key you keep for old mail.
mail-certificate-ends-link = Renew the certificate

mail-collection-subject = Your certificate can be collected, order { $number }
mail-collection-why = Everything about your order { $number } ({ $product }) at { $environment } is verified, and the certificate can be collected.
mail-collection-text = You need two codes: this reference number, and the authorisation code that the registration authority gives you in another way. The key is made where it will live, in your browser for instance.
mail-collection-link = Collect the certificate
mail-collection-not-you = You ordered nothing? Do nothing: this number alone gets nobody a certificate.

mail-certificate-issued-subject = Your certificate, order { $number }
mail-certificate-issued-why = The certificate of your order { $number } ({ $product }) was issued; it is attached.
mail-certificate-issued-text = The private key is not in this letter: it stays where you made it, and only you have it. The page of the certificate has the other formats and guides for your mail program.
mail-certificate-issued-link = Open the certificate

mail-certificate-revoked-subject = Your certificate was revoked
mail-certificate-revoked-why = Your certificate was revoked on { $at }.
mail-certificate-revoked-text = From now on nobody should accept it. This cannot be undone. Old mail can still be decrypted with its key.
mail-certificate-revoked-link = See the certificate

mail-reason-unspecified = not told
mail-reason-keyCompromise = the private key may be in other hands
mail-reason-affiliationChanged = name or organisation changed
mail-reason-superseded = replaced by another certificate
mail-reason-cessationOfOperation = no longer used
mail-reason-privilegeWithdrawn = the right to it was withdrawn
