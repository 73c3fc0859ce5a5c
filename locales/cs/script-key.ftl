# Keys that are made in the browser, for orders.

key-why-make = Klíč se uloží do lokálního úložiště tohoto prohlížeče.
key-why-install = Certifikát se uloží ke svému klíči v lokálním úložišti tohoto prohlížeče.
key-setup-title = Zvolte heslo ke svému klíči
key-setup-text = Váš klíč zůstane v tomto prohlížeči, zamčený tímto heslem. Ani jedno nikdy neuvidíme.
key-setup-forget = Pokud heslo zapomenete, úložiště nikdo neotevře: obnovíte je do výchozího stavu a zálohu naimportujete znovu.
key-setup-submit = Zřídit lokální úložiště
key-new-password = Nové heslo
key-new-password-hint = Dobré heslo tvoří čtyři nebo pět slov, která k sobě nepatří.

key-making = Vytváří se klíč. Potrvá to vteřinu nebo dvě…
key-issuing = Vydává se certifikát…
key-installing = Certifikát se ukládá ke svému klíči…
key-not-issued = Certifikát nebyl vydán. Pokud už klíč vznikl, čeká v tomto prohlížeči na další pokus.

key-waits-title = Váš klíč čeká v tomto prohlížeči
key-waits-text = Certifikát je vydán. Uložte jej ke klíči a obojí bude připraveno k použití.
key-waits-order = Vznikl pro tuto objednávku a použije se, až budete zde pokračovat v aktivaci. V jiném prohlížeči vznikne nový klíč.
key-waits-issued = Certifikát je vydán. Otevřete jej a uložte ke klíči.
key-install = Nainstalovat certifikát
key-installed = Certifikát je nainstalován.
key-not-installed = Certifikát se nepodařilo nainstalovat. O nic jste nepřišli: klíč čeká dál.

key-stored-title = V lokálním úložišti tohoto prohlížeče
key-stored = Certifikát i klíč jsou zde.
key-stored-primary = Certifikát i klíč jsou zde jako váš hlavní certifikát.
key-make-primary = Nastavit jako hlavní
key-backup-now = Klíč vznikl zde a už je ve vašem úložišti. Vytvořte nyní zálohu: bez ní ztráta počítače znamená nový certifikát.
key-backup-text = Soubor se zálohou použijete v poštovním programu nebo na jiném počítači.
key-backup-saved = Záloha v tomto prohlížeči vznikla. Uložte ji tam, kde ji ztráta počítače nevezme s sebou.
key-backup = Vytvořit zálohu (.p12)
key-guides = Zálohu naimportujte do poštovního programu:
key-guide-thunderbird = Thunderbird
key-guide-outlook = Outlook
key-guide-apple = Apple Mail

key-elsewhere-title = Klíč tohoto certifikátu v tomto prohlížeči není
key-elsewhere-text = Vznikl v jiném prohlížeči nebo na jiném zařízení. Otevřete tuto stránku tam, nebo sem naimportujte zálohu.
key-elsewhere-link = Certifikáty v lokálním úložišti
key-unavailable = Klíč tohoto certifikátu vznikl v prohlížeči, tento však klíče uchovávat nemůže
