# Pairing of devices: both pages, and a device that keeps itself.

devices-begin = How should the device log in?
devices-way = What the device gets
devices-way-own-key = A key of its own
devices-way-own-key-hint = Made on the device, and it never leaves it. Good for logging in. Its certificate lasts two weeks and is renewed whenever you use the device.
devices-way-copy = A copy of one of my certificates
devices-way-copy-hint = Sent from the local storage of this browser with its key, encrypted so that only your device can open it. Good for signing and reading mail, too.
devices-no-way = This environment issues no certificates for devices, and there is no certificate in the local storage of this browser that could be sent. Import one first.
devices-show-code = Show the code
devices-choose-title = Choose what is sent
devices-choose-text = The certificate goes to the device together with its key. You will be asked for the password of your local storage once the device is known.
devices-scan = Scan this code with the device
devices-scan-text = Point the camera of the device at the code and open the address.
devices-qr = QR code that opens this portal on the device
devices-type = The camera does not work?
devices-type-address = Open this address on the device:
devices-type-code = Type this code there:
devices-waiting = Waiting for the device. The code can be used until { $until }.
devices-photo = Show the code to nobody else: it is good for one device and a few minutes.
devices-compare = Compare the digits
devices-compare-text = “{ $name }” has read the code. Does it show these digits?
devices-same = They are the same
devices-differ = They differ
devices-confirm-there = Confirm on the device, too
devices-confirm-there-text = Waiting until you confirm the digits on the device.
devices-seal-title = Send the certificate
devices-seal-text = “{ $name }” and its key will be encrypted here for your device alone. Enter the password of your local storage to allow it.
devices-seal = Encrypt and send
devices-finishing = Almost done
devices-finishing-text = Waiting for the device.
devices-done = The device is paired
devices-done-own-key = “{ $name }” logs in to your account from now on.
devices-done-copy = “{ $name }” has the certificate now.
devices-to-list = Show my devices
devices-cancelled = Nothing was paired
devices-cancelled-text = The code is worth nothing any more. If the digits differed, somebody may have used a picture of it: show the next one to nobody.
devices-again = Start again
devices-failed = The pairing has ended

devices-problem-not-found = The code is not valid any more, or was never shown. Have a new one shown.
devices-problem-taken = Another device has read this code already. If it was not yours, cancel the pairing where the code is shown, and have a new one shown to nobody else.
devices-problem-out-of-turn = This pairing went on somewhere else, or has ended. Start again.
devices-problem-mismatch = What came is not what was announced: the other side is not who it should be. Nothing was sent. Start again.
devices-problem-too-large = The certificate and its chain are too large to be sent.
devices-problem-name = Give the device a name of up to 60 characters.
devices-problem-too-many-devices = You have as many devices as possible. Revoke one that you no longer use.
devices-problem-wait = Too many tries. { $seconds ->
    [one] Try again in one second.
   *[other] Try again in { $seconds } seconds.
}
devices-problem-malformed = The portal did not understand what this page sent. Reload the page and try again.
devices-problem-request = The portal did not accept the key of this device. Start again.
devices-problem-no-authority = This environment issues no certificates for devices.
devices-problem-proof = The portal does not know this device any more.
devices-problem-refused = The pairing was cancelled on the other side.
devices-problem-revoked = This device was revoked.
devices-problem-late = This device was away for too long: its certificate has expired.
devices-problem-superseded = This device has another certificate since. Perhaps a copy of this browser's data is in use elsewhere.
devices-problem-confirm = Confirm first that it is you.
devices-problem-session = You are not logged in any more. Log in and start again.
devices-problem-unreachable = The portal cannot be reached now. Check the connection and try again.

pair-begin = Name this device
pair-begin-text = So that you recognise it later in the list of your devices. Nothing was sent yet.
pair-code = Code
pair-code-hint = 27 letters and digits, as your other device shows them below the picture.
pair-name = Name of this device
pair-name-hint = For example “My telephone”.
pair-continue = Continue
pair-joined = Connecting
pair-joined-text = Waiting for your other device.
pair-whose-own-key = This device will log in as { $account } at { $environment }.
pair-whose-copy = This device will get a certificate from { $account } at { $environment }.
pair-compare-text = Does your other device show these digits?
pair-confirmed = Confirm on the other device, too
pair-confirmed-text = Waiting for your other device.
pair-refused = Nothing was paired
pair-refused-text = The digits differed, so somebody else may be between your devices. Nothing was sent. Have a new code shown, to nobody but this device.
pair-received = The certificate is in the local storage of this browser
pair-received-text = You can use “{ $name }” here now.
pair-is-paired = This device is paired
pair-is-paired-text = It logs in as { $account } at { $environment }.
pair-valid-until = Its certificate is valid until { $until } and is renewed when you open the portal here.
pair-over-text = It cannot log in any more. Pair it anew from another device on which you are logged in.
pair-log-in = Log in with this device
pair-anew = Pair with another code
pair-forget = Forget the pairing
pair-forget-text = The key of this device is deleted from this browser, for good. Revoke the device in the list as well, so that nobody waits for it.
pair-unlock-text = The certificate that you will be sent goes into it.
pair-store-title = Set up local storage on this device
pair-store-text = Your key stays in this browser, locked with this password. We never see either. If you forget the password, nobody can open the store: you reset it and have the certificate sent again.
pair-store-repeat = The password once more
pair-store-differ = The two passwords differ.
pair-store-make = Set up local storage

problem-pairing = { $reason ->
    [code] This is not a code of this portal, or a character is missing. Type all 27 characters.
    [other] What came is not what was announced: the other side is not who it should be. Nothing was sent. Start again.
   *[order] No pairing is under way in this page. Start again.
}
problem-noDevice = This browser is not a paired device.
