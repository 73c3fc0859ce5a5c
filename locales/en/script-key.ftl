# Keys that are made in the browser, for orders.

key-why-make = Your key will be kept in the local storage of this browser.
key-why-install = Your certificate is put beside its key in the local storage of this browser.
key-setup-title = Choose a password for your key
key-setup-text = Your key stays in this browser, locked with this password. We never see either.
key-setup-forget = If you forget the password, nobody can open the store: you reset it and import your backup again.
key-setup-submit = Set up the local storage
key-new-password = New password
key-new-password-hint = Four or five words that do not belong together make a good password.

key-making = The key is being made. This takes a second or two…
key-issuing = The certificate is being issued…
key-installing = The certificate is put beside its key…
key-not-issued = The certificate was not issued. If the key was made already, it waits in this browser for the next try.

key-waits-title = Your key waits in this browser
key-waits-text = The certificate is issued. Put it beside its key, and both are ready for use.
key-waits-order = It was made for this order and will be used when you go on with the activation here. In another browser a new key is made.
key-waits-issued = The certificate is issued. Open it, and put it beside its key.
key-install = Install the certificate
key-installed = The certificate is installed.
key-not-installed = The certificate could not be installed. Nothing is lost: the key still waits.

key-stored-title = In the local storage of this browser
key-stored = Certificate and key are here.
key-stored-primary = Certificate and key are here, as your primary certificate.
key-make-primary = Make it the primary one
key-backup-now = The key was made here and is already in your store. Make a backup now: without it, a lost computer means a new certificate.
key-backup-text = With a backup file you use the certificate in a mail program or on another computer.
key-backup-saved = A backup was made in this browser. Keep it where a lost computer does not take it along.
key-backup = Make a backup (.p12)
key-guides = Import the backup into your mail program:
key-guide-thunderbird = Thunderbird
key-guide-outlook = Outlook
key-guide-apple = Apple Mail

key-elsewhere-title = The key of this certificate is not in this browser
key-elsewhere-text = It was made in another browser, or on another device. Open this page there, or import your backup here.
key-elsewhere-link = Certificates in local storage
key-unavailable = The key of this certificate was made in a browser, and this one cannot keep keys
