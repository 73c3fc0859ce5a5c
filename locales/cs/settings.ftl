# Nastavení certifikátů: co mají záložky společného.

menu-settings = Nastavení certifikátů
settings-title = Nastavení certifikátů
settings-component = Podpisová komponenta
settings-store = Certifikáty v lokálním úložišti
settings-registered = Registrované certifikáty
settings-devices = Zařízení
island-no-script = Tato část pracuje jen v prohlížeči, aby klíče a soubory nikdy neopustily zařízení. Potřebuje JavaScript: povolte ho pro tento web a načtěte stránku znovu.
