# Přihlášení certifikátem a potvrzování certifikátem.

log-in-by-certificate = Certifikátem
log-in-by-certificate-lead = Vaším certifikátem z lokálního úložiště tohoto prohlížeče. Jeho klíč podepisuje zde; nic tajného se neodesílá.
log-in-by-certificate-no-script = Certifikáty lokálního úložiště fungují jen s JavaScriptem. Povolte ho pro tento web, nebo se přihlaste jménem a heslem.
log-in-by-handshake = Použít certifikát na kartě nebo v systému
log-in-by-handshake-hint = Na výběr se zeptá sám prohlížeč.
log-in-by-password = Jménem a heslem

certificate-log-in-registered = Registrované certifikáty
certificate-log-in-order = Objednat nový certifikát
certificate-log-in-proof-title = Důkaz nebyl přijat
certificate-log-in-proof = O certifikátu se nic nezjistilo. Zkuste to znovu se svým certifikátem; stránka si pokaždé žádá nový podpis a čeká na něj pět minut.
certificate-log-in-expired-title = Platnost certifikátu skončila
certificate-log-in-expired = Platil do { $at }. Vyberte novější, nebo se přihlaste jménem a heslem a pořiďte si nový certifikát.
certificate-log-in-not-yet-valid-title = Certifikát ještě neplatí
certificate-log-in-not-yet-valid = Platit bude od { $at }. Do té doby vyberte jiný, nebo se přihlaste jménem a heslem.
certificate-log-in-revoked-title = Certifikát je zneplatněný
certificate-log-in-revoked = Od { $at } ({ $reason }) ho už nelze použít. Přihlaste se jménem a heslem a pořiďte si nový. Pokud jste ho nenechali zneplatnit vy, oznamte to registrační autoritě.
certificate-log-in-suspended-title = Platnost certifikátu je pozastavena
certificate-log-in-suspended = Pozastavena je od { $at }. Kdo ji pozastavil, může ji zase obnovit; do té doby vyberte jiný certifikát, nebo se přihlaste jménem a heslem.
certificate-log-in-unregistered-title = Certifikát není registrovaný
certificate-log-in-unregistered = Je v pořádku, ale nepatří tu k žádnému účtu, nebo je registrovaný jen pro šifrování. Přihlaste se jednou jménem a heslem a zaregistrujte ho pro podepisování:
certificate-log-in-not-proved-title = Držení klíče tohoto certifikátu ještě nikdo neprokázal
certificate-log-in-not-proved = Je zaregistrovaný u některého účtu, ten ale neprokázal, že má jeho klíč, a certifikát ho nejmenuje. Přihlaste se ke svému účtu jménem a heslem a klíč tam prokažte; pokud jste ho nezaregistrovali, zaregistrujte ho:
certificate-log-in-one-factor-title = Tento certifikát nezastoupí dva faktory
certificate-log-in-one-factor = Byl zaregistrován jen s heslem, nebo ho zaregistroval někdo jiný. Přihlaste se heslem a druhým faktorem, pak ho odeberte a zaregistrujte znovu:
certificate-log-in-unsupported-title = Vydavatel tu není podporovaný
certificate-log-in-unsupported = Certifikát vydala autorita { $issuer }, která není na seznamu podporovaných autorit pro přihlášení. Vyberte jiný certifikát, nebo se přihlaste jménem a heslem.
certificate-log-in-purpose-title = Certifikát není určený k přihlašování
certificate-log-in-purpose = Vydavatel ho určil k něčemu jinému. Vyberte certifikát pro přihlašování, nebo se přihlaste jménem a heslem a pořiďte si ho.
certificate-log-in-unknown-title = Certifikát teď nelze ověřit
certificate-log-in-unknown = Nepodařilo se zjistit, zda není zneplatněný, protože server jeho vydavatele neodpověděl. Zkuste to za pár minut, nebo se přihlaste jménem a heslem.
certificate-log-in-path-title = Certifikát nelze přijmout
certificate-log-in-path = Něco není v pořádku s ním nebo s autoritou nad ním. Vyberte jiný certifikát, nebo se přihlaste jménem a heslem; více vám řekne jeho vydavatel.
certificate-log-in-wait-title = Příliš mnoho pokusů

confirm-title = Potvrďte to svým certifikátem
confirm-lead = Přihlásili jste se certifikátem. To, co chcete udělat, je citlivé, a proto potřebuje nový podpis:
confirm-keep = Potvrzení platí pro tento jediný úkon a po dobu pěti minut. Potom formulář odešlete ještě jednou.
confirm-no-script = Váš prohlížeč tu nespouští skripty, takže certifikát z jeho lokálního úložiště nemůže podepsat. Povolte JavaScript pro tento web a načtěte stránku znovu.
confirm-by-handshake = Potvrdit certifikátem na kartě nebo v systému
confirm-back = Zpět bez potvrzení
confirm-hint = Budete požádáni, abyste to potvrdili svým certifikátem.
notice-confirmed = Potvrzeno. Teď formulář odešlete ještě jednou, a to do pěti minut.

confirm-act-revoke = zneplatnit certifikát
confirm-act-password = změnit heslo
confirm-act-second-factor = znovu nastavit druhý faktor
confirm-act-register = zaregistrovat certifikát
confirm-act-withdraw = odebrat registrovaný certifikát
confirm-act-member = změnit, kdo smí jednat za organizaci
confirm-act-anchor = změnit podporované autority
confirm-act-device = spárovat zařízení
confirm-act-device-revoke = zneplatnit zařízení

tls-title = Přihlášení certifikátem
tls-shown = Váš prohlížeč ukázal tento certifikát a dokázal, že má jeho klíč:
tls-issuer = vydala autorita { $issuer }
tls-until = platí do { $at }
tls-submit = Přihlásit se jím
tls-confirm-title = Potvrďte to svým certifikátem
tls-confirm-submit = Potvrdit
tls-none-title = Váš prohlížeč neukázal žádný certifikát
tls-none = Nemá žádný vhodný, nebo jste žádný nevybrali. Naimportujte ho do systému nebo prohlížeče, případně vložte kartu; pak prohlížeč zavřete a otevřete tuto stránku znovu, protože prohlížeče si výběr pamatují.
tls-unreadable-title = Certifikát nelze přečíst
tls-unreadable = To, co prohlížeč ukázal, není certifikát, kterému by se tu rozumělo. Vyberte jiný.
tls-back = Jiné způsoby přihlášení
