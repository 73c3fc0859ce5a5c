# Zařízení: seznam, a stránka, kterou otevře telefon.

devices-lead = Spárujte se svým účtem telefon nebo další počítač: bude se přihlašovat vlastním klíčem, nebo dostane kopii některého z vašich certifikátů.
devices-list = Vaše zařízení
devices-none = Není spárováno žádné zařízení
devices-none-text = Spárujte ho zde: trvá to minutu a zařízení potřebujete mít u sebe.
devices-own-key = Přihlašuje se vlastním klíčem
devices-copy = Má kopii certifikátu
devices-paired = Spárováno
devices-used = Naposledy použito
devices-used-never = zatím ne
devices-ends = Certifikát platí do
devices-rename = Přejmenovat
devices-rename-save = Uložit název
devices-name = Název zařízení
devices-name-hint = Jak mu říkáte, například „Můj telefon“; nejvýš 60 znaků.
devices-revoke = Zneplatnit
devices-revoke-title = Zneplatnit zařízení
devices-revoke-text = Od této chvíle se toto zařízení nepřihlásí a jeho přihlášení hned skončí. Nelze to vrátit: abyste ho mohli znovu používat, spárujte ho znovu.
devices-revoke-lost = Ztratilo se, bylo odcizeno, nebo ho mohl použít někdo jiný
devices-revoke-confirm = Zneplatnit zařízení
devices-forget = Odebrat ze seznamu
devices-forget-title = Odebrat zařízení ze seznamu
devices-forget-text = Zařízení zmizí z tohoto seznamu. Nic dalšího se nezmění.
devices-forget-copy = Kopie certifikátu s klíčem v zařízení zůstane: smazat ji tam může jen ten, kdo ho má. Pokud už zařízení nemáte v rukou, zneplatněte samotný certifikát.
devices-forget-copy-link = Otevřít mé certifikáty
devices-keep = Nechat, jak je
devices-pair = Spárovat zařízení
notice-device-renamed = Zařízení má nový název.
notice-device-revoked = Zařízení je zneplatněno: už se nepřihlásí.
notice-device-forgotten = Zařízení už není na seznamu.

pair-title = Spárovat toto zařízení
pair-lead = Přišli jste s kódem, který ukazuje jiné vaše zařízení. Nic se nestane, dokud neporovnáte číslice na obou.
