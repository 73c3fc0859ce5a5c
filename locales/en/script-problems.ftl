# What the store of certificates in the browser says went wrong (Problem in web/src/store/protocol.ts): what it is and what to do.

problem-unavailable = This browser or this build of the portal lacks something that is needed: { $detail }. Use a current browser over HTTPS, outside a private window.
problem-internal = Something broke in this page ({ $detail }). Nothing that was stored is lost. Reload the page and try again.
problem-inactive = There is no local storage in this browser yet. Activate it first.
problem-alreadyActive = Local storage is active in this browser already. Reload the page.
problem-locked = Local storage is locked. Unlock it with its password.
problem-wait = The password was wrong too often. { $seconds ->
    [one] Try again in one second.
   *[other] Try again in { $seconds } seconds.
}
problem-weakPassword = This password would be guessed too easily.
problem-unknownCertificate = This certificate is no longer in the local storage. Reload the page.
problem-tooLarge = The file is too large. At most { $limit } MB can be taken.
problem-noStorage = The browser does not let this page store anything ({ $detail }). Free some space on the device, or leave the private window, and try again.
problem-unusableKey = Browsers cannot use a key of this kind for that ({ $kind }).
problem-noPendingKey = No key in this browser waits for this certificate. It may have been made in another browser or on another device.
problem-badValue = A value cannot be used: { $what }.
problem-notKey = There is no private key in this file.
problem-wrongPassword = The password is not right.
problem-unusablePassword-empty = Enter a password.
problem-unusablePassword-control = The password contains characters that cannot be typed.
problem-unusablePassword-tooLong = The password is too long.
problem-notPkcs12-text = This is a text, not a backup of a certificate with its key (.p12 or .pfx). A certificate in PEM has no key inside: export it with its private key.
problem-notPkcs12-javaKeyStore = This is a Java key store in the old form. Convert it first: keytool -importkeystore -deststoretype pkcs12
problem-notPkcs12-otherStructure = This is no backup of a certificate with its key (.p12 or .pfx). Perhaps it is the certificate alone: export it with its private key.
problem-notPkcs12-empty = The file is empty.
problem-notPkcs12-unknown = This is no backup of a certificate with its key (.p12 or .pfx). Choose another file.
problem-altered = Either the password is not right, or the file was changed after it was made.
problem-unsupported = The file uses a method that is not supported: { $name }.
problem-damaged = The file is damaged: { $detail }. Make the backup again.
problem-tooMuch = The file asks for more work than any honest file does: { $detail }.
problem-noKey = There is no private key in this file, only certificates. Export the certificate again, this time with its private key.
problem-noCertificate = There is a key in this file, but no certificate that belongs to it.
problem-unsupportedKey = Keys of this kind are not supported: { $kind }.
problem-notCertificate = This is no certificate, or it is damaged.
problem-name = The name cannot be used: { $detail }.
problem-wrongSignature = The key does not belong to the certificate.
problem-notSigned = This is no signed file, or it is damaged.
problem-notEncrypted = This is no encrypted message, or it is damaged.
problem-otherRecipients = This message is encrypted for somebody else: none of the keys here opens it.
problem-notDecrypted = The message could not be decrypted. It was changed on the way, or it was made for another key.
problem-notMessage = This is no signed or encrypted file, or it is damaged.
problem-notSignedData = This is not signed: it is CMS content of the type { $kind }.
problem-notUtf8 = The text cannot be encoded. Remove characters that look broken.
