# Devices: the list, and the page that a telephone opens.

devices-lead = Pair a telephone or another computer with your account: it logs in with a key of its own, or gets a copy of one of your certificates.
devices-list = Your devices
devices-none = No device is paired
devices-none-text = Pair one here: it takes a minute, and you need the device at hand.
devices-own-key = Logs in with a key of its own
devices-copy = Holds a copy of a certificate
devices-paired = Paired
devices-used = Last used
devices-used-never = not yet
devices-ends = Certificate valid until
devices-rename = Rename
devices-rename-save = Save the name
devices-name = Name of the device
devices-name-hint = What you call it, for example “My telephone”; up to 60 characters.
devices-revoke = Revoke
devices-revoke-title = Revoke the device
devices-revoke-text = From now on this device cannot log in, and its sessions end at once. This cannot be undone: to use it again, pair it anew.
devices-revoke-lost = It was lost or stolen, or somebody else may have used it
devices-revoke-confirm = Revoke the device
devices-forget = Remove from the list
devices-forget-title = Remove the device from the list
devices-forget-text = The device goes from this list. Nothing else changes.
devices-forget-copy = The copy of the certificate and its key stay on the device: nobody but its holder can delete them there. If you no longer have the device in your hands, revoke the certificate itself.
devices-forget-copy-link = Open my certificates
devices-keep = Keep it as it is
devices-pair = Pair a device
notice-device-renamed = The device has its new name.
notice-device-revoked = The device is revoked: it cannot log in any more.
notice-device-forgotten = The device is no longer on the list.

pair-title = Pair this device
pair-lead = You came here with a code that another device of yours shows. Nothing happens before you have compared the digits on both.
