# The certificate settings: what their tabs share.

menu-settings = Certificate settings
settings-title = Certificate settings
settings-component = Signing component
settings-store = Certificates in local storage
settings-registered = Registered certificates
settings-devices = Devices
island-no-script = This part works in the browser alone, so that keys and files never leave it. It needs JavaScript: allow it for this site and reload the page.
