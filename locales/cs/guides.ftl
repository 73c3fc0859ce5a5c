# Návody na adrese /help a slova v jejich obrázcích.

## Rejstřík

help-lead = Krátké návody, pro každou věc jeden.
help-all = Všechny návody
help-topic-get = Jak získat certifikát
help-topic-install = Používání ve vašich programech
help-topic-export = Přenesení a záloha
help-topic-desk = Pro pracovníky

## Návody bez obrázků

help-applying-title = Jak probíhá žádost
help-applying-lead = Od prvního kliknutí po certifikát ve vašem poštovním programu, krok za krokem.
help-applying-way = Postup
help-applying-register = Zaregistrujte se jménem a e-mailovou adresou. E-mailem přijde přístupový kód; při prvním přihlášení ho nahradíte heslem.
help-applying-order = V katalogu vyberte druh certifikátu a objednejte ho. Objednávka dostane číslo a dlaždici ve vašem přehledu.
help-applying-data = Ověření údajů: napište, kdo jste nebo za jakou organizaci jednáte, a přiložte dokumenty. Registrační autorita je porovná. Certifikát pro schránku tento krok nemá.
help-applying-email = Ověření e-mailu: otevřete odkaz v naší zprávě nebo opište kód. Tím ukážete, že je schránka vaše. Platí 24 hodin.
help-applying-activate = Aktivace certifikátu: vyberte, co bude v certifikátu uvedeno, vložte žádost o certifikát, vše si ještě jednou prohlédněte a nechte certifikát vydat.
help-applying-collect = Certifikát stáhněte nebo vezměte ze zprávy a nainstalujte do svého poštovního programu.
help-applying-states = Co stavy znamenají
help-applying-states-text = Stav vypadá všude stejně: ikona, slovo a barva.
help-p12-title = Jak vytvořit soubor .p12
help-p12-lead = Poštovní programy chtějí certifikát a soukromý klíč v jednom souboru s heslem. Vytvoříte ho na svém počítači; klíč počítač nikdy neopustí.
help-p12-request = Nejdřív klíč a žádost
help-p12-request-text = Takto vznikne pár klíčů a žádost o certifikát. Žádost vložte v kroku „Aktivace certifikátu“.
help-p12-request-openssl = Totéž programem OpenSSL:
help-p12-request-keep = Soubor key.pem uschovejte. Bez něj je certifikát k ničemu a nikdo ho nedokáže vytvořit znovu.
help-p12-make = Potom soubor
help-p12-make-text = Na stránce svého certifikátu stáhněte certifikát a řetězec, do souboru password.txt napište heslo a vše spojte:
help-p12-make-openssl = Totéž programem OpenSSL, který se na heslo zeptá:
help-p12-make-password = Heslo zadáte jednou, při importu souboru. Soubor password.txt potom smažte.
help-p12-backup = Mějte zálohu
help-p12-backup-text = Soubor certificate.p12 zkopírujte na místo, které přežije ztrátu počítače. Poštu zašifrovanou pro vás přečtete jen s tímto klíčem.
help-install-import = Import souboru
help-install-use = Používání
help-thunderbird-title = Instalace do Thunderbirdu
help-thunderbird-lead = Pro Thunderbird ve Windows, macOS i Linuxu. Potřebujete soubor .p12 a jeho heslo.
help-thunderbird-settings = Otevřete Nastavení, Soukromí a zabezpečení a přejděte k části Certifikáty.
help-thunderbird-manage = Zvolte Spravovat certifikáty… a kartu Osobní.
help-thunderbird-import = Zvolte Importovat, vyberte soubor .p12 a zadejte jeho heslo.
help-thunderbird-trust = Na kartě Autority najděte kořenovou autoritu, zvolte Upravit důvěru a zaškrtněte, že může identifikovat uživatele pošty.
help-thunderbird-account = Otevřete Nastavení účtu a u svého účtu Koncové šifrování.
help-thunderbird-choose = V části S/MIME vyberte certifikát pro podepisování a pro šifrování.
help-thunderbird-send = Napište zprávu a v nabídce Zabezpečení zapněte Digitálně podepsat. K šifrování potřebujete nejdřív podepsanou zprávu od příjemce.
help-outlook-title = Instalace do Outlooku
help-outlook-lead = Pro Outlook ve Windows. Potřebujete soubor .p12 a jeho heslo.
help-outlook-open = Poklepejte na soubor .p12. Otevře se Průvodce importem certifikátu; zvolte Aktuální uživatel.
help-outlook-password = Zadejte heslo souboru.
help-outlook-place = Úložiště nechte vybrat Windows a dokončete import. Pokud se zeptají na důvěru kořenové autoritě, porovnejte otisk s tím, který je zveřejněn zde.
help-outlook-trust-centre = V Outlooku otevřete Soubor, Možnosti, Centrum zabezpečení, Nastavení Centra zabezpečení, Zabezpečení e-mailu.
help-outlook-settings = Zvolte Nastavení a vyberte svůj certifikát pro podepisování a pro šifrování.
help-outlook-send = V nové zprávě otevřete Možnosti a zapněte Podepsat nebo Šifrovat.
help-apple-mail-title = Instalace do Apple Mailu
help-apple-mail-lead = Pro program Mail v macOS. Potřebujete soubor .p12 a jeho heslo.
help-apple-open = Poklepejte na soubor .p12. Otevře se Klíčenka; zvolte klíčenku přihlášení.
help-apple-password = Zadejte heslo souboru.
help-apple-trust = V Klíčence najděte kořenovou autoritu, otevřete ji a v části Důvěra ji povolte pro zabezpečenou poštu.
help-apple-restart = Ukončete Mail a znovu ho otevřete.
help-apple-send = Napište zprávu z této adresy. Vedle předmětu se objeví pečeť a zámek; pečetí zprávu podepíšete, zámkem zašifrujete.
help-desk-title = Práce na pracovišti RA
help-desk-lead = Jak se o žádosti rozhoduje a co se o tom uchovává.
help-desk-decide = Rozhodnutí o žádosti
help-desk-open = Otevřete frontu. Nejstarší žádost je nahoře.
help-desk-compare = Porovnejte údaje s dokumenty, pole po poli.
help-desk-verify = Pokud vše souhlasí, ověřte. Vaše jméno a čas se uchovají jako důkaz.
help-desk-reject = Pokud něco nesouhlasí, zamítněte s důvodem, který říká, co je špatně a co poslat. Žadatel ho čte slovo od slova.
help-desk-own = Vaše vlastní žádosti
help-desk-own-text = O vlastní žádosti rozhodnout nemůžete. Rozhodne kolega.

## Společné návodům s obrázky

help-steps = Krok za krokem
help-then = Až je hotovo
help-export-then = V souboru je váš soukromý klíč: kdo má soubor a zná heslo, může se podepisovat vaším jménem. Importujte ho tam, kde ho potřebujete, jednu kopii uložte na bezpečném místě a všechny ostatní smažte. Neposílejte ho e-mailem. My tento soubor nepotřebujeme a nikdy o něj nežádáme.
help-problems = Co se může pokazit
help-see = Související návody:

## Export z Windows

help-export-windows-title = Export z Windows
help-export-windows-lead = Certifikát a soukromý klíč se z úložiště Windows uloží do jednoho souboru s heslem, pro jiný počítač, jiný program nebo jako záloha.
help-export-windows-run = Stiskněte zároveň klávesy Windows a R. Napište certmgr.msc a zvolte OK. Otevře se úložiště vašich vlastních certifikátů.
help-export-windows-store = Vlevo otevřete „Osobní“ a v něm „Certifikáty“. Vpravo vyberte certifikát se svým jménem. Malý klíč v jeho ikoně říká, že je zde i soukromý klíč.
help-export-windows-menu = Klikněte na něj pravým tlačítkem myši a zvolte „Všechny úkoly“ a potom „Exportovat…“.
help-export-windows-welcome = Otevře se průvodce. Zvolte „Další“.
help-export-windows-key = Zvolte „Ano, exportovat privátní klíč“ a potom „Další“.
help-export-windows-format = Ponechte „Personal Information Exchange – PKCS #12 (.PFX)“. Zaškrtněte „Zahrnout všechny certifikáty na cestě k certifikátu, pokud je to možné“ a „Exportovat všechny rozšířené vlastnosti“ (Export all extended properties). Nezaškrtávejte odstranění privátního klíče po exportu (Delete the private key): certifikát by zde přestal fungovat.
help-export-windows-security = Zaškrtněte „Heslo“ a dvakrát napište nové heslo. Zadáte ho znovu při importu. Jako šifrování (Encryption) zvolte AES256-SHA256. TripleDES-SHA1 je pro Windows starší než 10 (verze 1709) nebo Server 2019, které to druhé neotevřou.
help-export-windows-file = Zvolte „Procházet…“, vyberte složku, kterou zase najdete, a napište název.
help-export-windows-finish = Ještě jednou se podívejte: u exportu klíčů (Export Keys) je „Ano“. Zvolte „Dokončit“. Pokud se Windows zeptají, zda lze klíč použít, povolte to.
help-export-windows-done = Objeví se zpráva, že export proběhl úspěšně. Soubor končí na .pfx, což je totéž co .p12.
help-export-windows-grey = Volba „Ano, exportovat privátní klíč“ je šedá
help-export-windows-grey-then = Tento klíč nesmí opustit své místo: je na čipové kartě, na tokenu nebo v bezpečnostním čipu počítače, anebo byl importován bez povolení k exportu. Máte-li ještě soubor, ze kterého byl importován, použijte ten. Jinak používejte certifikát tam, kde je, nebo si nechte vydat nový.
help-export-windows-missing = Váš certifikát v seznamu není
help-export-windows-missing-then = Firefox a Thunderbird mají certifikáty vlastní, je pro ně samostatný návod. Co patří celému počítači, je v certlm.msc. Co je na čipové kartě, je v seznamu jen tehdy, když je karta ve čtečce.
help-export-windows-no-key = Průvodce se na privátní klíč neptá
help-export-windows-no-key-then = Zde je jen veřejná část. Klíč je tam, kde vznikla žádost o certifikát. Exportujte ho odtamtud.
help-export-windows-old = Jiný program soubor nebo jeho heslo odmítá
help-export-windows-old-then = Staré programy neznají AES: exportujte znovu s TripleDES-SHA1. Jsou-li v hesle písmena s diakritikou, zvolte heslo z prostých písmen a číslic.
help-export-windows-groups = Soubor jde otevřít jen v jedné firmě
help-export-windows-groups-then = Byla zaškrtnuta skupina nebo uživatelská jména (Group or user names), a soubor je tak vázán na účty firemní sítě. Exportujte znovu a zaškrtněte „Heslo“.

## Export z macOS

help-export-macos-title = Export z macOS
help-export-macos-lead = Certifikát a soukromý klíč se z klíčenky uloží do jednoho souboru s heslem, pro jiný počítač, jiný program nebo jako záloha.
help-export-macos-open = Stiskněte zároveň cmd a mezerník, napište Klíčenka (Keychain Access) a stiskněte Enter. Pokud macOS nabídne aplikaci Hesla, zvolte otevření Klíčenky. Najdete ji v /System/Library/CoreServices/Applications.
help-export-macos-mine = Vlevo vyberte svazek klíčů „přihlášení“ (login), nahoře „Moje certifikáty“. Pod vaším certifikátem je jeho soukromý klíč; ukáže ho malá šipka.
help-export-macos-menu = Klikněte pravým tlačítkem myši na certifikát, ne na klíč, a zvolte „Exportovat“.
help-export-macos-format = Napište název. Jako formát souboru zvolte ten, který končí na .p12 (Personal Information Exchange), a potom „Uložit“.
help-export-macos-password = Dvakrát napište nové heslo souboru. Zadáte ho znovu při importu.
help-export-macos-allow = Nyní se macOS zeptá na heslo svazku klíčů. Bývá to heslo vašeho účtu na tomto Macu, ne heslo souboru. Napište ho a zvolte „Povolit“.
help-export-macos-grey = Formát .p12 nejde vybrat
help-export-macos-grey-then = K tomu, na co jste klikli, nepatří soukromý klíč. Vyberte certifikát v části „Moje certifikáty“. Pokud tam není, je klíč na jiném počítači nebo na čipové kartě.
help-export-macos-missing = Váš certifikát v seznamu není
help-export-macos-missing-then = Podívejte se i do ostatních svazků klíčů vlevo. Firefox a Thunderbird mají certifikáty vlastní, je pro ně samostatný návod. Co je na čipové kartě, Klíčenka neukazuje.
help-export-macos-login = Svazek klíčů vaše heslo nepřijímá
help-export-macos-login-then = Pokud heslo vašeho účtu změnil správce, platí pro svazek klíčů stále to předchozí. Zkuste to.
help-export-macos-refused = Export skončí chybou
help-export-macos-refused-then = Tento klíč nesmí Mac opustit, tak byl uložen. Máte-li ještě soubor, ze kterého byl importován, použijte ten. Jinak si nechte vydat nový certifikát.
help-export-macos-old = Jiný program soubor neotevře
help-export-macos-old-then = macOS chrání soubor starými šiframi. OpenSSL 3 ho otevře s volbou -legacy.

## Export z Firefoxu a Thunderbirdu

help-export-firefox-title = Export z Firefoxu nebo Thunderbirdu
help-export-firefox-lead = Oba mají certifikáty vlastní, oddělené od těch v systému. Exportu říkají zálohování.
help-export-firefox-settings = Otevřete nabídku a „Nastavení“. Do vyhledávacího pole napište „certifikáty“ a zvolte „Spravovat certifikáty“. Starší verze mají „Zobrazit certifikáty…“.
help-export-firefox-backup = Na kartě „Osobní“ vyberte certifikát a potom zvolte „Zálohovat…“.
help-export-firefox-file = Vyberte složku, kterou zase najdete, napište název, který končí na .p12, a uložte. Používáte-li hlavní heslo, Firefox se na ně teď zeptá.
help-export-firefox-password = Dvakrát napište nové heslo souboru a zvolte OK. Zadáte ho znovu při importu. Když se vše podaří, Firefox nic neřekne: podívejte se, zda soubor vznikl.
help-export-thunderbird = V Thunderbirdu
help-export-thunderbird-text = Otevřete „Nastavení“ a „Soukromí a zabezpečení“, přejděte k části „Certifikáty“ a zvolte „Spravovat certifikáty…“. Dál pokračujte krokem 2.
help-export-firefox-hardware = Firefox říká, že certifikáty z hardwarových bezpečnostních zařízení nelze zálohovat
help-export-firefox-hardware-then = Certifikát je na čipové kartě nebo v úložišti Windows či macOS a Firefox ho jen ukazuje. Exportujte ho z Windows nebo z macOS. Z karty klíč exportovat nelze.
help-export-firefox-missing = Váš certifikát na kartě „Osobní“ není
help-export-firefox-missing-then = Firefox a Thunderbird certifikáty nesdílejí a každý profil má své: profily Firefoxu ukáže about:profiles. Na kartě „Lidé“ jsou jen veřejné části.
help-export-firefox-primary = Neznáte hlavní heslo
help-export-firefox-primary-then = Bez něj klíče nikdo nepřečte a jeho obnovení je smaže. Použijte jinou kopii nebo si nechte vydat nový certifikát.
help-export-firefox-silent = Soubor nevznikl
help-export-firefox-silent-then = Do zvolené složky asi nelze zapisovat. Zkuste to znovu a vyberte složku svých dokumentů.

## Veřejná část

help-public-part-title = Export jen veřejné části
help-public-part-lead = Certifikát bez soukromého klíče, pro ty, kdo vás mají poznat nebo pro vás šifrovat. Může ho mít kdokoli.
help-public-what = K čemu je
help-public-what-text = Veřejná část je soubor, který končí na .cer, .crt, .pem nebo .p7b. Předáváte ji k registraci certifikátu nebo tomu, kdo vám píše. Není v ní nic tajného a nemá heslo. Byl-li certifikát vydán zde, můžete ji stáhnout na jeho stránce.
help-public-windows = Ve Windows
help-public-windows-text = Je to stejný průvodce jako u exportu s klíčem, liší se dvě odpovědi.
help-public-windows-start = Stiskněte zároveň klávesy Windows a R a otevřete certmgr.msc. V části „Osobní“, „Certifikáty“ klikněte na svůj certifikát pravým tlačítkem myši a zvolte „Všechny úkoly“, „Exportovat…“ a potom „Další“.
help-public-windows-key = Zvolte „Ne, neexportovat privátní klíč“ a potom „Další“.
help-public-windows-format = Zvolte „X.509, kódování Base-64 (CER)“, kterému rozumí každý program, a potom „Další“.
help-public-windows-file = Vyberte složku a název, potom zvolte „Další“ a „Dokončit“.
help-public-macos = V macOS
help-public-macos-start = V Klíčence v části „Moje certifikáty“ klikněte na certifikát pravým tlačítkem myši a zvolte „Exportovat“.
help-public-macos-format = Jako formát souboru zvolte certifikát s koncovkou .cer a potom „Uložit“. Na heslo se nic neptá.
help-public-firefox = Ve Firefoxu
help-public-firefox-view = V „Nastavení“ vyhledejte „certifikáty“, zvolte „Spravovat certifikáty“, na kartě „Osobní“ vyberte certifikát a zvolte „Zobrazit…“.
help-public-firefox-download = Otevře se stránka s certifikátem. V části „Různé“ zvolte „PEM (certifikát)“, nebo „PEM (řetěz)“, jsou-li potřeba i autority nad ním.
help-public-file = Ze souboru .p12 programem OpenSSL
help-public-file-openssl = Vyjměte certifikát. OpenSSL se zeptá na heslo souboru, klíč v něm zůstane.
help-public-file-der = Chce-li příjemce místo textu DER, převeďte ho.
help-public-file-look = Podívejte se, co předáváte: jméno, sériové číslo a otisk.
help-public-password = Při ukládání se něco ptá na heslo
help-public-password-then = Chystá se tedy export soukromého klíče. Zrušte ho a zvolte odpověď bez klíče.
help-public-wrong = Příjemce říká, že je to nesprávný certifikát
help-public-wrong-then = Možná je to některý váš starší nebo certifikát autority. Porovnejte sériové číslo s tím na stránce svého certifikátu.
help-public-legacy = OpenSSL hlásí „unsupported“
help-public-legacy-then = Soubor .p12 je chráněn starými šiframi. Přidejte volbu -legacy.

## Token nebo karta v prohlížeči

help-token-title = Token nebo čipová karta v prohlížeči
help-token-lead = Aby Firefox, Chrome a Edge nabídly certifikát, který je na tokenu USB nebo na čipové kartě.
help-token-before = Než otevřete prohlížeč
help-token-before-plug = Zapojte token nebo čtečku s vloženou kartou. Světlo říká, že má napájení.
help-token-before-driver = Nainstalujte ovladač (middleware), který k tokenu nebo kartě nabízí výrobce. Kde je nainstalován OpenSC, ukáže tento příkaz obsah karty bez prohlížeče:
help-token-windows = Chrome a Edge ve Windows
help-token-windows-text = Oba používají úložiště Windows a nic se v nich nenastavuje. Ovladač (minidriver nebo CSP) vloží certifikáty z karty do úložiště, jakmile je karta ve čtečce.
help-token-windows-run = Přesvědčte se o tom: stiskněte zároveň klávesy Windows a R a otevřete certmgr.msc.
help-token-windows-store = Podívejte se do části „Osobní“, „Certifikáty“. Je-li tam váš certifikát, prohlížeč ho nabídne. Pokud ne, ovladač chybí nebo ke kartě nepatří.
help-token-choose = Otevřete stránku, která certifikát žádá, a vyberte svůj.
help-token-pin = Napište PIN. Ptají se na něj Windows nebo ovladač, nikdy webová stránka.
help-token-macos = Chrome, Edge a Safari v macOS
help-token-macos-text = Používají čipové karty systému (CryptoTokenKit). Karty podle standardu PIV fungují hned, k ostatním nainstalujte aplikaci výrobce a jednou ji otevřete. Co je na kartě, Klíčenka neukazuje.
help-token-macos-list = V Terminálu zjistěte, zda systém kartu zná:
help-token-macos-choose = Otevřete stránku, která certifikát žádá, vyberte svůj a napište PIN.
help-token-linux = Chrome a Edge v Linuxu
help-token-linux-text = Používají databázi NSS vašeho účtu. Ovladač karty, modul PKCS#11, se do ní přidá jednou, když je prohlížeč zavřený.
help-token-linux-tools = Nainstalujte OpenSC, službu pro čtečky a nástroje NSS. V Debianu a Ubuntu:
help-token-linux-where = Zjistěte, která databáze platí. Vypíše-li příkaz ~/.pki/nssdb, je to tato. Hlásí-li, že taková není, je místem ~/.local/share/pki/nssdb, od verze 146, a teď už existuje.
help-token-linux-add = Přidejte modul. Platí-li u vás ~/.pki/nssdb, napište tuto cestu.
help-token-linux-list = V seznamu je nyní OpenSC a s kartou ve čtečce i karta. Spusťte prohlížeč.
help-token-firefox = Firefox
help-token-firefox-text = Ve Windows a macOS nabízí Firefox to, co nabízí systém, a nic se nenastavuje. Tam, kde systém kartu nezná, a v Linuxu načtěte modul karty:
help-token-firefox-settings = Otevřete nabídku a „Nastavení“. Do vyhledávacího pole napište „certifikáty“ a zvolte správu bezpečnostních zařízení. Starší verze mají „Bezpečnostní zařízení…“.
help-token-firefox-devices = Zvolte „Načíst“.
help-token-firefox-load = Napište libovolný název, tlačítkem „Procházet…“ vyberte soubor modulu a zvolte OK.
help-token-firefox-choose = Otevřete stránku, která certifikát žádá. Firefox se zeptá na PIN a nabídne váš certifikát.
help-token-firefox-files = Kde má svůj modul OpenSC; u jiných ovladačů to říká jejich příručka:
help-token-file-windows = Windows
help-token-file-macos = macOS
help-token-file-linux = Debian, Ubuntu
help-token-none = Když prohlížeč žádný certifikát nenabízí
help-token-late = Karta přišla až po prohlížeči
help-token-late-then = Prohlížeče se dívají jednou. Zavřete všechna okna prohlížeče, vložte kartu a otevřete ho znovu.
help-token-unseen = Čtečka nebo token nejsou vidět vůbec
help-token-unseen-then = Zkuste jiný port USB, bez rozbočovače. Kartu musí ukázat program ovladače; dokud ji neukáže, nenabídne ji žádný prohlížeč. V Linuxu musí běžet služba pcscd.
help-token-not-windows = Ovladač certifikát ukazuje, certmgr.msc ne
help-token-not-windows-then = Windows ho kopírují službou pro šíření certifikátů (Certificate Propagation, CertPropSvc). Spusťte ji v services.msc, kartu vyjměte a znovu vložte.
help-token-purpose = Certifikát tam je, ale prohlížeč ho nenabízí
help-token-purpose-then = Jeho platnost vypršela, nebo není určen k přihlašování. Na kartě bývají dva: jeden k přihlašování a jeden k podpisu. Mezi jeho účely musí být ověření klienta.
help-token-authority = Jiné se nabízejí, váš ne
help-token-authority-then = Server říká, které autority přijímá, a prohlížeč ostatní skryje. Zeptejte se provozovatele, zda přijímá tu vaši.
help-token-remembered = Dříve jste vybrali jiný certifikát, nebo žádný
help-token-remembered-then = Prohlížeč si to pamatuje, dokud nezavřete všechna jeho okna. Firefox si to může pamatovat i déle: ve správci certifikátů na kartě „Rozhodnutí o ověřování“ záznam smažte.
help-token-sandboxed = Prohlížeč je z balíčku Snap nebo Flatpak
help-token-sandboxed-then = Takový balíček se ke čtečce často nedostane a modul nenačte. Nainstalujte prohlížeč z balíčků jeho výrobce.
help-token-twice = Firefox nabízí certifikát dvakrát
help-token-twice-then = Přichází ze systému i z modulu. Modul ve správci bezpečnostních zařízení uvolněte.
help-token-refused = Když ho portál nepřijme
help-token-unproved = Portál hlásí, že držení klíče nikdo neprokázal
help-token-unproved-then = Přihlaste se jménem a heslem. Otevřete certifikát v „Nastavení certifikátů“, „Registrované certifikáty“ a zvolte „Prokázat kartou nebo systémem“. Další stránka říká, čí je to účet; potvrďte, jen je-li váš.
help-token-blocked = PIN není přijat
help-token-blocked-then = Před posledním pokusem přestaňte: po třech chybných se většina karet zablokuje. Kódem PUK kartu odblokujete v programu výrobce.

## Obrázky: co stojí ve více oknech

drawn-cancel = Zrušit
drawn-browse = Procházet…
drawn-next = Další
drawn-save = Uložit
drawn-open = Otevřít
drawn-copy = Kopírovat
drawn-delete = Odstranit
drawn-yes = Ano
drawn-password = Heslo:
drawn-file-name = Název souboru:
drawn-file-type = Uložit jako typ:
drawn-certificates = Certifikáty
drawn-documents = Dokumenty

## Obrázky: Windows

drawn-run-alt = Klávesy Win a R a okno „Spustit“, ve kterém je napsáno certmgr.msc.
drawn-run = Spustit
drawn-run-open = Otevřít:
drawn-store-alt = Úložiště certifikátů: vlevo je otevřeno „Osobní“ a „Certifikáty“, vpravo je vybrán certifikát Jany Novákové.
drawn-store = certmgr – Certifikáty – aktuální uživatel
drawn-store-personal = Osobní
drawn-menu-alt = Nabídka certifikátu: je vybráno „Všechny úkoly“ a vedle „Exportovat…“.
drawn-all-tasks = Všechny úkoly
drawn-properties = Vlastnosti
drawn-export = Exportovat…
drawn-wizard = Průvodce exportem certifikátu
drawn-welcome-alt = První stránka průvodce s tlačítkem „Další“.
drawn-welcome = Vítá vás Průvodce exportem certifikátu
drawn-with-key-alt = Stránka o exportu privátního klíče: je vybráno „Ano, exportovat privátní klíč“.
drawn-without-key-alt = Stránka o exportu privátního klíče: je vybráno „Ne, neexportovat privátní klíč“.
drawn-export-key = Exportovat privátní klíč
drawn-export-key-yes = Ano, exportovat privátní klíč
drawn-export-key-no = Ne, neexportovat privátní klíč
drawn-format-alt = Stránka „Formát souboru pro export“: je vybrán PKCS #12, zaškrtnuta je cesta k certifikátu a rozšířené vlastnosti, odstranění klíče ne.
drawn-format-public-alt = Stránka „Formát souboru pro export“: je vybrán X.509 v kódování Base-64.
drawn-format = Formát souboru pro export
drawn-format-pfx = Personal Information Exchange – PKCS #12 (.PFX)
drawn-format-chain = Zahrnout všechny certifikáty na cestě k certifikátu, pokud je to možné
drawn-format-delete = Odstranit privátní klíč po úspěšném exportu
drawn-format-extended = Exportovat všechny rozšířené vlastnosti
drawn-format-privacy = Povolit ochranu osobních údajů certifikátu
drawn-format-der = Binární X.509, kódování DER (CER)
drawn-format-base64 = X.509, kódování Base-64 (CER)
drawn-format-p7b = Cryptographic Message Syntax Standard – PKCS #7 (P7B)
drawn-security-alt = Stránka „Zabezpečení“: je zaškrtnuto „Heslo“, heslo je napsáno dvakrát a jako šifrování je vybráno AES256-SHA256.
drawn-security = Zabezpečení
drawn-security-groups = Skupina nebo uživatelská jména (doporučeno)
drawn-security-confirm = Potvrdit heslo:
drawn-security-encryption = Šifrování:
drawn-file-alt = Stránka „Soubor pro export“ s názvem souboru .pfx ve složce dokumentů.
drawn-file-public-alt = Stránka „Soubor pro export“ s názvem souboru .cer ve složce dokumentů.
drawn-file = Soubor pro export
drawn-finish-alt = Poslední stránka průvodce: název souboru, u exportu klíčů „Ano“ a tlačítko „Dokončit“.
drawn-finish = Dokončení Průvodce exportem certifikátu
drawn-finish-file = Název souboru
drawn-finish-keys = Exportovat klíče
drawn-finish-chain = Zahrnout všechny certifikáty
drawn-finish-do = Dokončit
drawn-done-alt = Průvodce říká, že export proběhl úspěšně; vyznačeno je tlačítko OK.
drawn-done = Export proběhl úspěšně.
drawn-pin-alt = Okno „Zabezpečení Windows“ se ptá na PIN karty.
drawn-pin = Zabezpečení Windows
drawn-pin-card = Čipová karta
drawn-pin-ask = Zadejte svůj PIN.

## Obrázky: macOS

drawn-spotlight-alt = Klávesy cmd a mezerník a Spotlight, který našel Klíčenku.
drawn-space-key = mezerník
drawn-keychain-alt = Klíčenka: vlevo je vybráno „přihlášení“, nahoře „Moje certifikáty“; pod certifikátem je jeho klíč.
drawn-keychain = Klíčenka
drawn-keychain-login = přihlášení
drawn-keychain-system = Systém
drawn-keychain-mine = Moje certifikáty
drawn-keychain-keys = Klíče
drawn-keychain-menu-alt = Nabídka certifikátu, ve které je vybráno „Exportovat“.
drawn-keychain-copy = Kopírovat
drawn-keychain-export = Exportovat „Jana Nováková“…
drawn-keychain-delete = Smazat „Jana Nováková“
drawn-save-alt = Okno pro uložení: název Jana.p12 a formát souboru s koncovkou .p12.
drawn-save-public-alt = Okno pro uložení: název Jana.cer a formát souboru s koncovkou .cer.
drawn-save-as = Uložit jako:
drawn-save-where = Kam:
drawn-save-format = Formát souboru:
drawn-save-format-p12 = Personal Information Exchange (.p12)
drawn-save-format-cer = Certifikát (.cer)
drawn-file-password-alt = Okno se dvakrát ptá na nové heslo souboru.
drawn-verify = Ověřit:
drawn-allow-alt = Okno se ptá na heslo svazku klíčů; vyznačeno je tlačítko „Povolit“.
drawn-allow-ask = Klíčenka chce exportovat klíč z vašeho svazku klíčů.
drawn-allow-always = Vždy povolit
drawn-allow-deny = Odmítnout
drawn-allow = Povolit

## Obrázky: Firefox

drawn-settings-alt = Nastavení Firefoxu po vyhledání slova „certifikáty“; vybráno je „Spravovat certifikáty“.
drawn-settings-devices-alt = Nastavení Firefoxu po vyhledání slova „certifikáty“; vybrána je správa bezpečnostních zařízení.
drawn-settings-search = certifikáty
drawn-settings-certificates = Spravovat certifikáty
drawn-settings-devices = Spravovat bezpečnostní zařízení
drawn-backup-alt = Správce certifikátů: na kartě „Osobní“ je vybrán certifikát a vyznačeno je tlačítko „Zálohovat…“.
drawn-view-alt = Správce certifikátů: na kartě „Osobní“ je vybrán certifikát a vyznačeno je tlačítko „Zobrazit…“.
drawn-manager = Správce certifikátů
drawn-manager-mine = Osobní
drawn-manager-people = Lidé
drawn-manager-authorities = Autority
drawn-manager-view = Zobrazit…
drawn-manager-backup = Zálohovat…
drawn-manager-import = Importovat…
drawn-backup-file-alt = Okno pro uložení s názvem jana.p12 a typem PKCS12.
drawn-backup-file = Název souboru pro zálohu
drawn-backup-type = Soubory PKCS12
drawn-backup-password-alt = Okno se dvakrát ptá na heslo zálohy.
drawn-backup-choose = Zvolte heslo zálohy certifikátu
drawn-backup-password = Heslo zálohy certifikátu:
drawn-backup-again = Heslo zálohy certifikátu (znovu):
drawn-download-alt = Stránka certifikátu: v části „Různé“ je u slova „Stáhnout“ vybráno „PEM (certifikát)“.
drawn-view-more = Různé
drawn-view-serial = Sériové číslo
drawn-view-download = Stáhnout
drawn-view-pem = PEM (certifikát)
drawn-view-pem-chain = PEM (řetěz)
drawn-devices-alt = Správce bezpečnostních zařízení: seznam modulů a vyznačené tlačítko „Načíst“.
drawn-devices = Správce bezpečnostních zařízení
drawn-devices-login = Přihlásit
drawn-devices-load = Načíst
drawn-devices-unload = Uvolnit
drawn-load-alt = Okno s názvem modulu OpenSC a jeho souborem opensc-pkcs11.so.
drawn-load = Načíst ovladač PKCS#11 zařízení
drawn-load-name = Název modulu
drawn-load-file = Název souboru modulu
drawn-identify-alt = Firefox se ptá, kterým certifikátem se prokázat; vybrán je certifikát Jany Novákové.
drawn-identify = Požadavek na identifikaci uživatele
drawn-identify-choose = Vyberte certifikát, který vás identifikuje:
drawn-identify-remember = Zapamatovat si toto rozhodnutí:
drawn-identify-once = Jednou
drawn-identify-none = Neodesílat certifikát

## Obrázky: Chrome, Edge a stůl

drawn-table-alt = Čipová karta je zasunuta ve čtečce, vedle leží token USB.
drawn-table-reader = Karta ve čtečce
drawn-table-token = Token USB
drawn-choose-alt = Prohlížeč nabízí dva certifikáty; vybrán je certifikát Jany Novákové.
drawn-choose = Výběr certifikátu
drawn-choose-text = Vyberte certifikát, kterým se prokážete na portal.example.com
