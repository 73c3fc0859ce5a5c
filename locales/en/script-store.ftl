# The page of the store of certificates in this browser, as its script words it.

## State

store-state = State of the store
store-status-unlocked = active
store-status-locked = locked
store-status-inactive = inactive
store-says-unlocked = { $count ->
    [0] The store is open and empty.
    [one] The store is open, with one certificate.
   *[other] The store is open, with { $count } certificates.
}
store-says-locks = { $minutes ->
    [one] It locks itself after one minute without use, and at once when you leave this page.
   *[other] It locks itself after { $minutes } minutes without use, and at once when you leave this page.
}
store-says-locked = { $count ->
    [0] The store is empty. Its password opens it.
    [one] One certificate is in it. Your password opens it.
   *[other] { $count } certificates are in it. Your password opens it.
}
store-says-inactive = There is no store in this browser yet.
store-says-pending = { $count ->
    [one] One more key waits for its certificate.
   *[other] { $count } more keys wait for their certificates.
}
store-lock = Lock now
store-locked-now = The store is locked.
store-locked-idle = The store has locked itself.
store-unlocked-now = The store is open.

## Setting up

store-setup-title = Set up the store in this browser
store-setup-text = Your key stays in this browser, locked with this password. We never see either.
store-setup-forget = If you forget the password, nobody can open the store: you reset it and import your backup again.
store-setup-phrase = Four or five words that do not belong together make a good password.
store-password-new = New password
store-password-again = The same password again
store-password-differs = The two are not the same. Type both again.
store-password-missing = Type the password.
store-setup-submit = Set up the store
store-setup-done = The store is set up and open. Now import a certificate, or make one on the page of your order.

## Unlocking

store-unlock-title = Unlock the store
store-password = Password of the store
store-unlock-submit = Unlock
store-forgotten = I forgot the password
store-wait = { $seconds ->
    [one] After several wrong passwords the next one is looked at in one second.
   *[other] After several wrong passwords the next one is looked at in { $seconds } seconds.
}

## Importing

store-import-title = Import a certificate
store-import-text = A backup file with your key: .p12 or .pfx. It is opened here, in your browser. Nothing is sent.
store-import-how = How to export such a file from Windows, macOS or Firefox
store-import-file = File with certificate and key
store-import-password = Password of the file
store-import-password-hint = It was chosen when the file was made. It is not the password of the store.
store-import-submit = Import
store-import-no-file = Choose the file first.
store-import-wrong-password = The password does not open this file. Nothing was imported.
store-import-nothing = Nothing was imported.
store-imported-title = { $count ->
    [one] The certificate is in the store
   *[other] { $count } certificates are in the store
}
store-imported-text = The key is locked with the password of the store from now on. Keep the file in a safe place, not on this computer: it is your backup.
store-imported-skipped = { $count ->
    [one] One more key in the file was left out: it has no certificate, or browsers cannot use its kind.
   *[other] { $count } more keys in the file were left out: they have no certificate, or browsers cannot use their kind.
}
store-imported-expired = It has expired: use it to decrypt old messages. To log in or sign you need a new one.

## List

store-list-title = Certificates in local storage
store-list-empty = No certificate yet
store-list-empty-text = Import a backup file, or activate a certificate with a key made in this browser.
store-list-empty-locked = Unlock the store to import a certificate.
store-primary-yes = primary
store-primary-text = The primary certificate is offered first when you log in, sign or decrypt.
store-holder = Holder
store-authority = Certification authority
store-serial = Serial number
store-from = Valid from
store-to = Valid to
store-validity = State
store-acts = What to do
store-details = Details
store-details-of = Details of { $name }
store-total = { $count ->
    [one] 1 entry
   *[other] { $count } entries
}
store-page-of = page { $page } of { $pages }
store-paging = Pages of the list
store-previous = Previous
store-next = Next
store-revocation = Which of your certificates were revoked is known here once you have logged in. Authorities are not asked about those that were not issued or registered here.

## Details

store-back = All certificates in the store
store-valid-between = Valid from { $from } to { $to }
store-key-place = Where the key is
store-key-place-text = In this browser on this computer, encrypted with the password of the store. Other browsers, other computers and private windows do not have it. Whoever clears the data of this site in the browser deletes it.
store-imported-at = In the store since { $date }
store-chain = { $count ->
    [0] No certificates of authorities lie beside it.
    [one] The certificate of its authority lies beside it.
   *[other] { $count } certificates of authorities lie beside it.
}
store-file-name = Name in the file: { $name }
store-make-primary = Make primary
store-made-primary = { $name } is the primary certificate now.
store-download = Download the certificate (without the key)

## Backup

store-export = Export a backup
store-export-title = Export a backup of { $name }
store-export-text = The file holds certificate and key. Whoever has the file and its password can sign as you. Keep it off this computer.
store-export-form = For which programs
store-export-modern = Current programs
store-export-modern-hint = Windows 10 and newer, macOS, Firefox, Java, OpenSSL. AES-256.
store-export-legacy = Old Windows
store-export-legacy-hint = Windows 7 and 8, Windows Server before 2019, old devices. TripleDES-SHA1 protects weakly: delete the file after importing it.
store-export-file-password = Password for the file
store-export-file-password-hint = The program that opens the file asks for it. Java opens only passwords without accented letters.
store-export-submit = Save the backup
store-export-done = The backup { $file } is saved. Try it on another computer, or with the password in mind, before you rely on it.

## Removing

store-remove = Remove
store-remove-title = Remove { $name } from this browser?
store-remove-text = Certificate and key are deleted from this browser. Without a backup the key is gone for good: what was encrypted for it can never be read again.
store-remove-primary = It is the primary certificate; the newest of the others takes its place.
store-remove-submit = Remove certificate and key
store-removed = { $name } was removed from this browser.

## Settings of the store

store-settings-title = Password and locking
store-idle = Lock after this time without use
store-idle-minutes = { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}
store-idle-done = { $minutes ->
    [one] The store locks itself after one minute without use.
   *[other] The store locks itself after { $minutes } minutes without use.
}
store-change = Change the password
store-change-title = Change the password of the store
store-change-text = All keys are encrypted anew under the new password. Backups that you saved keep their own passwords.
store-password-old = Current password
store-change-submit = Change the password
store-change-done = The password is changed. Other windows with this portal were locked.
store-deactivate = Deactivate the store
store-deactivate-title = Deactivate the store and delete everything in it?
store-deactivate-text = { $count ->
    [0] The store is deleted from this browser. It is empty.
    [one] The store is deleted from this browser, with the one certificate and its key. Without a backup the key is gone for good.
   *[other] The store is deleted from this browser, with all { $count } certificates and their keys. Without backups the keys are gone for good.
}
store-deactivate-pending = { $count ->
    [one] One key that waits for its certificate is deleted, too: that certificate could not be used any more.
   *[other] { $count } keys that wait for their certificates are deleted, too: those certificates could not be used any more.
}
store-deactivate-kept = Certificates stay valid and registered: revoke those that you no longer use.
store-deactivate-submit = Delete the store
store-deactivated = The store and everything in it were deleted from this browser.
store-reset-title = Forgotten password: delete the store and begin again
store-reset-text = Nobody can open the store without its password, not even we. What you can do is to delete it, set up a new one, and import your backups there.
store-reset-loss = { $count ->
    [0] The store is empty: nothing is lost.
    [one] One certificate and its key are deleted. If you have no backup, order a new certificate; what was encrypted for the old key can never be read again.
   *[other] { $count } certificates and their keys are deleted. If you have no backups, order new certificates; what was encrypted for the old keys can never be read again.
}
store-reset-word = DELETE
store-reset-confirm = To go on, type { $word }
store-reset-confirm-wrong = Type { $word }, in capital letters. Or close this window: nothing was deleted.
store-reset-submit = Delete the store and everything in it
store-reset-done = The store was deleted. Set up a new one and import your backups.
