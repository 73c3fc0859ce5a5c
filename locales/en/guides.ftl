# Guides, at /help, and the words in their pictures.

## Index

help-lead = Short guides, one for each thing to do.
help-all = All guides
help-topic-get = Get a certificate
help-topic-install = Use it in your programs
help-topic-export = Take it with you
help-topic-desk = For staff

## Guides without pictures

help-applying-title = How applying works
help-applying-lead = From the first click to the certificate in your mail program, step by step.
help-applying-way = Step by step
help-applying-register = Register with your name and e-mail address. An access code comes by e-mail; at the first log-in you replace it with a password.
help-applying-order = Choose a kind of certificate in the catalogue and order it. The order gets a number and a tile on your dashboard.
help-applying-data = Data verification: type who you are or for which organisation you act, and attach the documents. The registration authority compares them. A mailbox certificate has no such step.
help-applying-email = E-mail verification: open the link in our message, or type its code. This shows that the mailbox is yours. It is valid for 24 hours.
help-applying-activate = Certificate activation: choose what stands in the certificate, paste your certificate request, look at everything once more, and issue the certificate.
help-applying-collect = Download the certificate or take it from the mail, and install it in your mail program.
help-applying-states = What the states mean
help-applying-states-text = A state looks the same everywhere: an icon, a word and a colour.
help-p12-title = Make the .p12 file
help-p12-lead = Mail programs want certificate and private key in one file with a password. You make it on your own computer; the key never leaves it.
help-p12-request = First the key and the request
help-p12-request-text = This makes a key pair and a certificate request. Paste the request into the step “Certificate activation”.
help-p12-request-openssl = The same with OpenSSL:
help-p12-request-keep = Keep key.pem. Without it the certificate is of no use, and nobody can make it again.
help-p12-make = Then the file
help-p12-make-text = Download certificate and chain from the page of your certificate, write a password into password.txt, and put everything together:
help-p12-make-openssl = The same with OpenSSL, which asks for the password:
help-p12-make-password = You type this password once when you import the file. Delete password.txt afterwards.
help-p12-backup = Keep a backup
help-p12-backup-text = Copy certificate.p12 to a place that survives the loss of your computer. Mail that was encrypted for you can be read only with this key.
help-install-import = Import the file
help-install-use = Use it
help-thunderbird-title = Install in Thunderbird
help-thunderbird-lead = For Thunderbird on Windows, macOS and Linux. You need the .p12 file and its password.
help-thunderbird-settings = Open Settings, then Privacy & Security, and scroll to Certificates.
help-thunderbird-manage = Choose Manage Certificates and the tab Your Certificates.
help-thunderbird-import = Choose Import, pick the .p12 file and type its password.
help-thunderbird-trust = On the tab Authorities find the root authority, choose Edit Trust and tick that it can identify mail users.
help-thunderbird-account = Open Account Settings and End-To-End Encryption of your account.
help-thunderbird-choose = Under S/MIME choose the certificate for signing and for encryption.
help-thunderbird-send = Write a message and switch on Digitally Sign under Security. To encrypt, you need a signed message from the recipient first.
help-outlook-title = Install in Outlook
help-outlook-lead = For Outlook on Windows. You need the .p12 file and its password.
help-outlook-open = Double-click the .p12 file. The Certificate Import Wizard opens; choose Current User.
help-outlook-password = Type the password of the file.
help-outlook-place = Let Windows choose the store, and finish. If it asks whether to trust the root authority, compare the fingerprint with the one published here.
help-outlook-trust-centre = In Outlook open File, Options, Trust Centre, Trust Centre Settings, Email Security.
help-outlook-settings = Choose Settings, and pick your certificate for signing and for encryption.
help-outlook-send = In a new message open Options and switch on Sign or Encrypt.
help-apple-mail-title = Install in Apple Mail
help-apple-mail-lead = For Mail on macOS. You need the .p12 file and its password.
help-apple-open = Double-click the .p12 file. Keychain Access opens; choose the login keychain.
help-apple-password = Type the password of the file.
help-apple-trust = Find the root authority in the keychain, open it, and under Trust allow it for Secure Mail.
help-apple-restart = Quit Mail and open it again.
help-apple-send = Write a message from that address. A seal and a lock appear beside the subject; click the seal to sign, the lock to encrypt.
help-desk-title = Working at the RA desk
help-desk-lead = How an application is decided, and what is kept about it.
help-desk-decide = Deciding an application
help-desk-open = Open the queue. The oldest application is on top.
help-desk-compare = Compare the data with the documents, field by field.
help-desk-verify = If everything agrees, verify. Your name and the time are kept as evidence.
help-desk-reject = If something does not, reject it with a reason that says what is wrong and what to send. The applicant reads it word for word.
help-desk-own = Your own applications
help-desk-own-text = You cannot decide an application of your own. A colleague does.

## What guides with pictures share

help-steps = Step by step
help-then = When it is done
help-export-then = The file holds your private key: whoever has it and its password can sign in your name. Import it where you need it, keep one copy in a safe place, and delete every other. Do not send it by e-mail. We do not need this file and never ask for it.
help-problems = What can go wrong
help-see = See also:

## Export from Windows

help-export-windows-title = Export from Windows
help-export-windows-lead = Certificate and private key leave the store of Windows in one file with a password, for another computer, another program or a backup.
help-export-windows-run = Press the Windows key and R together. Type certmgr.msc and choose OK. The store of your own certificates opens.
help-export-windows-store = On the left open “Personal” and in it “Certificates”. On the right choose the certificate with your name. A small key in its symbol says that the private key is there too.
help-export-windows-menu = Click it with the right mouse button and choose “All Tasks”, then “Export…”.
help-export-windows-welcome = The wizard opens. Choose “Next”.
help-export-windows-key = Choose “Yes, export the private key”, then “Next”.
help-export-windows-format = Leave “Personal Information Exchange – PKCS #12 (.PFX)”. Tick “Include all certificates in the certification path if possible” and “Export all extended properties”. Do not tick “Delete the private key if the export is successful”: the certificate would stop working here.
help-export-windows-security = Tick “Password” and type a new password twice. You type it again at the import. As “Encryption” choose AES256-SHA256. TripleDES-SHA1 is for a Windows older than 10 (version 1709) or Server 2019, which cannot open the other.
help-export-windows-file = Choose “Browse…”, then a folder that you find again, and type a name.
help-export-windows-finish = Look once more: beside “Export Keys” stands “Yes”. Choose “Finish”. If Windows asks whether the key may be used, allow it.
help-export-windows-done = “The export was successful” appears. The file ends in .pfx; this is the same as .p12.
help-export-windows-grey = “Yes, export the private key” is grey
help-export-windows-grey-then = This key may not leave its place: it is on a card, on a token or in the security chip of the computer, or it was imported without the permission to export it. If you still have the file it was imported from, use that file. Otherwise use the certificate where it is, or have a new one issued.
help-export-windows-missing = Your certificate is not in the list
help-export-windows-missing-then = Firefox and Thunderbird keep certificates of their own; there is a guide for them. What belongs to the whole computer is in certlm.msc. What is on a card is listed only while the card is in the reader.
help-export-windows-no-key = The wizard does not ask about the private key
help-export-windows-no-key-then = Only the public part is here. The key is where the certificate request was made. Export it there.
help-export-windows-old = Another program refuses the file or its password
help-export-windows-old-then = Old programs do not know AES: export once more with TripleDES-SHA1. If the password has letters with accents, choose one of plain letters and digits.
help-export-windows-groups = The file opens only inside one company
help-export-windows-groups-then = “Group or user names” was ticked, which ties the file to accounts of a company network. Export once more with “Password” ticked.

## Export from macOS

help-export-macos-title = Export from macOS
help-export-macos-lead = Certificate and private key leave the keychain in one file with a password, for another computer, another program or a backup.
help-export-macos-open = Press cmd and the space bar together, type Keychain Access and press Enter. If macOS offers the app Passwords instead, choose to open Keychain Access. It lies in /System/Library/CoreServices/Applications.
help-export-macos-mine = On the left choose the keychain “login”, on top “My Certificates”. Your certificate has its private key beneath it; the small arrow shows it.
help-export-macos-menu = Click the certificate, not the key, with the right mouse button and choose “Export”.
help-export-macos-format = Type a name. As “File Format” choose “Personal Information Exchange (.p12)”, then “Save”.
help-export-macos-password = Type a new password for the file, twice. You type it again at the import.
help-export-macos-allow = Now macOS asks for the password of the keychain, which is usually that of your account on this Mac, not that of the file. Type it and choose “Allow”.
help-export-macos-grey = The format .p12 cannot be chosen
help-export-macos-grey-then = No private key belongs to what you clicked. Choose the certificate under “My Certificates”. If it is not there, the key is on another computer or on a card.
help-export-macos-missing = Your certificate is not in the list
help-export-macos-missing-then = Look into the other keychains on the left. Firefox and Thunderbird keep certificates of their own; there is a guide for them. Keychain Access does not list what is on a card.
help-export-macos-login = The keychain does not take your password
help-export-macos-login-then = If an administrator changed the password of your account, the keychain still has the former one. Try that.
help-export-macos-refused = The export ends with an error
help-export-macos-refused-then = This key may not leave the Mac: it was stored so. If you still have the file it was imported from, use that file. Otherwise have a new certificate issued.
help-export-macos-old = Another program cannot open the file
help-export-macos-old-then = macOS protects the file with old ciphers. OpenSSL 3 opens it with the option -legacy.

## Export from Firefox and Thunderbird

help-export-firefox-title = Export from Firefox or Thunderbird
help-export-firefox-lead = Both keep certificates of their own, apart from those of the system. They call the export a backup.
help-export-firefox-settings = Open the menu and “Settings”. Type “certificates” into the search field and choose “Manage certificates”. Older versions call it “View Certificates…”.
help-export-firefox-backup = On the tab “Your Certificates” choose the certificate, then “Backup…”.
help-export-firefox-file = Choose a folder that you find again, type a name that ends in .p12, and save. If you use a primary password, Firefox asks for it now.
help-export-firefox-password = Type a new password for the file, twice, and choose OK. You type it again at the import. Firefox says nothing when it has worked: look whether the file is there.
help-export-thunderbird = In Thunderbird
help-export-thunderbird-text = Open “Settings” and “Privacy & Security”, go to “Certificates” and choose “Manage Certificates…”. From there it goes on with step 2.
help-export-firefox-hardware = Firefox says that certificates from a hardware security device cannot be backed up
help-export-firefox-hardware-then = The certificate is on a card, or in the store of Windows or macOS; Firefox only shows it. Export it from Windows or macOS. From a card no key can be exported.
help-export-firefox-missing = Your certificate is not under “Your Certificates”
help-export-firefox-missing-then = Firefox and Thunderbird do not share certificates, and each profile has its own: about:profiles lists the profiles of Firefox. What stands under “People” is a public part only.
help-export-firefox-primary = You do not know the primary password
help-export-firefox-primary-then = Without it nobody can read the keys, and resetting it deletes them. Use another copy, or have a new certificate issued.
help-export-firefox-silent = There is no file afterwards
help-export-firefox-silent-then = Perhaps the folder cannot be written to. Do it again and choose your own documents folder.

## The public part

help-public-part-title = Export the public part only
help-public-part-lead = The certificate without its private key, for those who are to recognise you or to encrypt for you. Anyone may have it.
help-public-what = What it is for
help-public-what-text = The public part is a file that ends in .cer, .crt, .pem or .p7b. You hand it over to have a certificate registered, or to somebody who writes to you. It holds no secret and has no password. If the certificate was issued here, its page offers it for download.
help-public-windows = In Windows
help-public-windows-text = It is the wizard of the export with the key; two answers differ.
help-public-windows-start = Press the Windows key and R together and open certmgr.msc. Under “Personal”, “Certificates” click yours with the right mouse button and choose “All Tasks”, “Export…”, then “Next”.
help-public-windows-key = Choose “No, do not export the private key”, then “Next”.
help-public-windows-format = Choose “Base-64 encoded X.509 (.CER)”, which every program reads, then “Next”.
help-public-windows-file = Choose a folder and a name, then “Next” and “Finish”.
help-public-macos = In macOS
help-public-macos-start = In Keychain Access, under “My Certificates”, click the certificate with the right mouse button and choose “Export”.
help-public-macos-format = As “File Format” choose “Certificate (.cer)”, then “Save”. No password is asked for.
help-public-firefox = In Firefox
help-public-firefox-view = In “Settings” search for “certificates”, choose “Manage certificates”, on the tab “Your Certificates” the certificate, and “View…”.
help-public-firefox-download = A page with the certificate opens. Under “Miscellaneous” choose “PEM (cert)”, or “PEM (chain)” if the authorities above it are wanted too.
help-public-file = From a .p12 file with OpenSSL
help-public-file-openssl = Take the certificate out. OpenSSL asks for the password of the file; the key stays in it.
help-public-file-der = Where DER is wanted instead of text, convert it.
help-public-file-look = Look at what you hand over: name, serial number and fingerprint.
help-public-password = A password is asked for while saving
help-public-password-then = Then the private key is about to be exported. Cancel, and choose the answer without the key.
help-public-wrong = The recipient says that it is the wrong certificate
help-public-wrong-then = It may be an older one of yours, or that of the authority. Compare the serial number with the one on the page of your certificate.
help-public-legacy = OpenSSL says “unsupported”
help-public-legacy-then = The .p12 file is protected with old ciphers. Add the option -legacy.

## A token or card in the browser

help-token-title = A token or card in the browser
help-token-lead = How Firefox, Chrome and Edge come to offer a certificate that is on a USB token or a smart card.
help-token-before = Before the browser
help-token-before-plug = Plug in the token, or the reader with the card in it. A light says that it has power.
help-token-before-driver = Install the driver (middleware) that the maker of the token or card offers. Where OpenSC is installed, this lists what the card holds, without any browser:
help-token-windows = Chrome and Edge in Windows
help-token-windows-text = Both use the store of Windows, and nothing is set in them. The driver (a minidriver or CSP) brings the certificates of the card into the store as soon as the card is in the reader.
help-token-windows-run = See whether it did: press the Windows key and R together and open certmgr.msc.
help-token-windows-store = Look under “Personal”, “Certificates”. If your certificate is there, the browser offers it. If not, the driver is missing or does not fit the card.
help-token-choose = Open the page that asks for a certificate, and choose yours.
help-token-pin = Type the PIN. Windows or the driver asks for it, never a web page.
help-token-macos = Chrome, Edge and Safari in macOS
help-token-macos-text = They use the smart cards of the system (CryptoTokenKit). Cards that follow the PIV standard work at once; for others install the app of the maker and open it once. Keychain Access does not list what is on a card.
help-token-macos-list = See in Terminal whether the system knows the card:
help-token-macos-choose = Open the page that asks for a certificate, choose yours and type the PIN.
help-token-linux = Chrome and Edge in Linux
help-token-linux-text = They use the NSS database of your account. The driver of the card, a PKCS#11 module, is added to it once, while the browser is closed.
help-token-linux-tools = Install OpenSC, the service for readers and the tools of NSS. In Debian and Ubuntu:
help-token-linux-where = See which database counts. If this prints ~/.pki/nssdb, it is that one. If it says that there is none, the place is ~/.local/share/pki/nssdb, as of version 146, and now it is there.
help-token-linux-add = Add the module. If yours is ~/.pki/nssdb, put that path there.
help-token-linux-list = The list now names OpenSC, and with the card in the reader the card as well. Start the browser.
help-token-firefox = Firefox
help-token-firefox-text = In Windows and macOS, Firefox offers what the system offers, and nothing is set. Where the system does not know the card, and in Linux, load the module of the card:
help-token-firefox-settings = Open the menu and “Settings”. Type “certificates” into the search field and choose “Manage security devices”. Older versions call it “Security Devices…”.
help-token-firefox-devices = Choose “Load”.
help-token-firefox-load = Type a name of your choice, pick the file of the module with “Browse…”, and choose OK.
help-token-firefox-choose = Open the page that asks for a certificate. Firefox asks for the PIN and offers your certificate.
help-token-firefox-files = Where OpenSC has its module; other drivers say it in their manual:
help-token-file-windows = Windows
help-token-file-macos = macOS
help-token-file-linux = Debian, Ubuntu
help-token-none = When the browser shows no certificate
help-token-late = The card came after the browser
help-token-late-then = Browsers look once. Close all windows of the browser, put the card in, and open it again.
help-token-unseen = The reader or token is not seen at all
help-token-unseen-then = Try another USB port, without a hub. The program of the driver must show the card; until it does, no browser will. In Linux the service pcscd has to run.
help-token-not-windows = The driver shows the certificate, certmgr.msc does not
help-token-not-windows-then = Windows copies it with the service “Certificate Propagation”. Start that service in services.msc, take the card out and put it in again.
help-token-purpose = The certificate is there, and the browser does not offer it
help-token-purpose-then = It has expired, or it is not meant for logging in. Cards often hold two: one to log in with and one to sign with. Its purposes must include client authentication.
help-token-authority = Others are offered, yours is not
help-token-authority-then = The server says which authorities it accepts, and the browser hides the rest. Ask the operator whether yours is accepted.
help-token-remembered = You chose another certificate before, or none
help-token-remembered-then = The browser remembers it until all its windows are closed. Firefox can remember it longer: delete the entry in the certificate manager, on the tab “Authentication Decisions”.
help-token-sandboxed = The browser came as Snap or Flatpak
help-token-sandboxed-then = Such packages often cannot reach the reader or load a module. Install the browser from the packages of its maker.
help-token-twice = Firefox offers the certificate twice
help-token-twice-then = It comes from the system and from the module. Unload the module in the device manager.
help-token-refused = When the portal does not accept it
help-token-unproved = The portal says that nobody has proved to hold its key
help-token-unproved-then = Log in with name and password. Open the certificate under “Certificate settings”, “Registered certificates”, and choose “Prove it with a card or the system”. The next page says whose account it is; confirm only if it is yours.
help-token-blocked = The PIN is refused
help-token-blocked-then = Stop before the last try: after three wrong ones most cards are blocked. With the PUK you unblock the card in the program of its maker.

## Pictures: what several windows say

drawn-cancel = Cancel
drawn-browse = Browse…
drawn-next = Next
drawn-save = Save
drawn-open = Open
drawn-copy = Copy
drawn-delete = Delete
drawn-yes = Yes
drawn-password = Password:
drawn-file-name = File name:
drawn-file-type = Save as type:
drawn-certificates = Certificates
drawn-documents = Documents

## Pictures: Windows

drawn-run-alt = The keys Win and R, and the window “Run” with certmgr.msc typed into it.
drawn-run = Run
drawn-run-open = Open:
drawn-store-alt = The store of certificates: on the left “Personal” and “Certificates” are open, on the right the certificate of Jana Nováková is chosen.
drawn-store = certmgr – Certificates – Current User
drawn-store-personal = Personal
drawn-menu-alt = The menu of the certificate: “All Tasks” is chosen, and beside it “Export…”.
drawn-all-tasks = All Tasks
drawn-properties = Properties
drawn-export = Export…
drawn-wizard = Certificate Export Wizard
drawn-welcome-alt = The first page of the wizard, with the button “Next”.
drawn-welcome = Welcome to the Certificate Export Wizard
drawn-with-key-alt = The page “Export Private Key”: “Yes, export the private key” is chosen.
drawn-without-key-alt = The page “Export Private Key”: “No, do not export the private key” is chosen.
drawn-export-key = Export Private Key
drawn-export-key-yes = Yes, export the private key
drawn-export-key-no = No, do not export the private key
drawn-format-alt = The page “Export File Format”: PKCS #12 is chosen; the certification path and the extended properties are ticked, deleting the key is not.
drawn-format-public-alt = The page “Export File Format”: Base-64 encoded X.509 is chosen.
drawn-format = Export File Format
drawn-format-pfx = Personal Information Exchange – PKCS #12 (.PFX)
drawn-format-chain = Include all certificates in the certification path if possible
drawn-format-delete = Delete the private key if the export is successful
drawn-format-extended = Export all extended properties
drawn-format-privacy = Enable certificate privacy
drawn-format-der = DER encoded binary X.509 (.CER)
drawn-format-base64 = Base-64 encoded X.509 (.CER)
drawn-format-p7b = Cryptographic Message Syntax Standard – PKCS #7 (.P7B)
drawn-security-alt = The page “Security”: “Password” is ticked, the password is typed twice, and AES256-SHA256 is chosen as encryption.
drawn-security = Security
drawn-security-groups = Group or user names (recommended)
drawn-security-confirm = Confirm password:
drawn-security-encryption = Encryption:
drawn-file-alt = The page “File to Export” with the name of a .pfx file in the folder of documents.
drawn-file-public-alt = The page “File to Export” with the name of a .cer file in the folder of documents.
drawn-file = File to Export
drawn-finish-alt = The last page of the wizard: the name of the file, “Export Keys: Yes”, and the button “Finish”.
drawn-finish = Completing the Certificate Export Wizard
drawn-finish-file = File Name
drawn-finish-keys = Export Keys
drawn-finish-chain = Include all certificates
drawn-finish-do = Finish
drawn-done-alt = The wizard says that the export was successful; the button OK is marked.
drawn-done = The export was successful.
drawn-pin-alt = The window “Windows Security” asks for the PIN of the card.
drawn-pin = Windows Security
drawn-pin-card = Smart Card
drawn-pin-ask = Please enter your PIN.

## Pictures: macOS

drawn-spotlight-alt = The keys cmd and space, and Spotlight, which has found Keychain Access.
drawn-space-key = space
drawn-keychain-alt = Keychain Access: on the left “login” is chosen, on top “My Certificates”; beneath the certificate stands its key.
drawn-keychain = Keychain Access
drawn-keychain-login = login
drawn-keychain-system = System
drawn-keychain-mine = My Certificates
drawn-keychain-keys = Keys
drawn-keychain-menu-alt = The menu of the certificate, in which “Export” is chosen.
drawn-keychain-copy = Copy
drawn-keychain-export = Export “Jana Nováková”…
drawn-keychain-delete = Delete “Jana Nováková”
drawn-save-alt = The window for saving: the name Jana.p12, and as file format Personal Information Exchange (.p12).
drawn-save-public-alt = The window for saving: the name Jana.cer, and as file format Certificate (.cer).
drawn-save-as = Save As:
drawn-save-where = Where:
drawn-save-format = File Format:
drawn-save-format-p12 = Personal Information Exchange (.p12)
drawn-save-format-cer = Certificate (.cer)
drawn-file-password-alt = A window asks for the new password of the file, twice.
drawn-verify = Verify:
drawn-allow-alt = A window asks for the password of the keychain; the button “Allow” is marked.
drawn-allow-ask = Keychain Access wants to export a key from your keychain.
drawn-allow-always = Always Allow
drawn-allow-deny = Deny
drawn-allow = Allow

## Pictures: Firefox

drawn-settings-alt = The settings of Firefox, searched for “certificates”; “Manage certificates” is chosen.
drawn-settings-devices-alt = The settings of Firefox, searched for “certificates”; “Manage security devices” is chosen.
drawn-settings-search = certificates
drawn-settings-certificates = Manage certificates
drawn-settings-devices = Manage security devices
drawn-backup-alt = The certificate manager: on the tab “Your Certificates” the certificate is chosen, and the button “Backup…” is marked.
drawn-view-alt = The certificate manager: on the tab “Your Certificates” the certificate is chosen, and the button “View…” is marked.
drawn-manager = Certificate Manager
drawn-manager-mine = Your Certificates
drawn-manager-people = People
drawn-manager-authorities = Authorities
drawn-manager-view = View…
drawn-manager-backup = Backup…
drawn-manager-import = Import…
drawn-backup-file-alt = The window for saving, with the name jana.p12 and the type PKCS12.
drawn-backup-file = File Name to Backup
drawn-backup-type = PKCS12 Files
drawn-backup-password-alt = A window asks for the password of the backup, twice.
drawn-backup-choose = Choose a Certificate Backup Password
drawn-backup-password = Certificate backup password:
drawn-backup-again = Certificate backup password (again):
drawn-download-alt = The page of the certificate: under “Miscellaneous”, beside “Download”, “PEM (cert)” is chosen.
drawn-view-more = Miscellaneous
drawn-view-serial = Serial Number
drawn-view-download = Download
drawn-view-pem = PEM (cert)
drawn-view-pem-chain = PEM (chain)
drawn-devices-alt = The device manager: a list of modules, and the button “Load”, which is marked.
drawn-devices = Device Manager
drawn-devices-login = Log In
drawn-devices-load = Load
drawn-devices-unload = Unload
drawn-load-alt = A window with the name of the module, OpenSC, and its file opensc-pkcs11.so.
drawn-load = Load PKCS#11 Device Driver
drawn-load-name = Module Name
drawn-load-file = Module filename
drawn-identify-alt = Firefox asks which certificate to present; that of Jana Nováková is chosen.
drawn-identify = User Identification Request
drawn-identify-choose = Choose a certificate to present as identification:
drawn-identify-remember = Remember this decision:
drawn-identify-once = Once
drawn-identify-none = Don’t send a certificate

## Pictures: Chrome, Edge and the table

drawn-table-alt = A smart card stands in its reader; beside it lies a USB token.
drawn-table-reader = Card in its reader
drawn-table-token = USB token
drawn-choose-alt = The browser offers two certificates; that of Jana Nováková is chosen.
drawn-choose = Select a certificate
drawn-choose-text = Select a certificate to authenticate yourself to portal.example.com
