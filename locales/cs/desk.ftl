# Objednávky, certifikáty a pracoviště registrační autority.

## Stavy kroku a certifikátu: jedno slovo pro jednu věc, všude stejné

step-data-verification = Ověření údajů
step-email-verification = Ověření e-mailu
step-activation = Aktivace certifikátu

## Co říká více než jedna stránka

desk-back-to-order = Zpět na objednávku
desk-back-to-catalogue = Zpět do katalogu
desk-days = { $count ->
    [one] { $count } den
    [few] { $count } dny
    [many] { $count } dne
   *[other] { $count } dní
}
desk-documents-count = { $count ->
    [0] žádný dokument
    [one] { $count } dokument
    [few] { $count } dokumenty
    [many] { $count } dokumentu
   *[other] { $count } dokumentů
}
desk-hours = { $count ->
    [one] { $count } hodina
    [few] { $count } hodiny
    [many] { $count } hodiny
   *[other] { $count } hodin
}
desk-minutes = { $count ->
    [one] { $count } minuta
    [few] { $count } minuty
    [many] { $count } minuty
   *[other] { $count } minut
}
desk-page-of = Strana { $page } z { $pages }
desk-page = Strana { $page }
desk-total = { $count ->
    [one] { $count } položka
    [few] { $count } položky
    [many] { $count } položky
   *[other] { $count } položek
}
desk-previous = Předchozí
desk-next = Další
desk-paging = Strany seznamu

## Přehled

dashboard-title = Přehled
dashboard-hello = Dobrý den, { $name }
dashboard-intro = Zde žádáte o certifikáty, sledujete, jak žádosti postupují, a spravujete certifikáty, které máte.
dashboard-orders = Vaše objednávky
dashboard-new-order = Objednat certifikát
dashboard-empty = Zatím žádná objednávka
dashboard-empty-text = Vyberte si certifikát z katalogu. Dál vás provedeme krok za krokem.
dashboard-all-orders = Všechny objednávky
dashboard-events = Události
dashboard-events-empty = Zatím se nic nestalo. Zde uvidíte, co jste s objednávkami udělali vy a co registrační autorita.
dashboard-event-what = Co se stalo
dashboard-event-order = Objednávka
dashboard-event-when = Kdy
dashboard-useful = Užitečné informace
dashboard-useful-steps = Objednávka má tři kroky: sdělíte údaje a my je ověříme, ukážete, že je schránka vaše, a aktivujete certifikát s vlastním klíčem. Každý krok udělejte, až se vám to hodí; co vyplníte, zůstává uloženo.
dashboard-useful-key = Soukromý klíč si vytvoříte sami a zůstává u vás. Nikdo odtud ho po vás nikdy nebude chtít.
dashboard-links = Užitečné odkazy
dashboard-link-catalogue = Certifikáty a potřebné dokumenty
dashboard-link-guides = Návody: vytvoření klíče, instalace certifikátu
dashboard-link-authorities = Certifikáty autorit
dashboard-link-search = Najít některý z vašich certifikátů

tile-ordered = objednáno
tile-steps = Kroky objednávky
tile-common-name = Obecné jméno
tile-certificate-expires = Certifikát platí do

## Co dál

next-data = Vyplnit údaje
next-correct = Opravit údaje
next-documents = Přidat dokument
next-email = Ověřit e-mail
next-email-code = Zadat kód
next-open = Otevřít objednávku
next-activation = Aktivovat certifikát
next-certificate = Otevřít certifikát
next-nothing = Nemusíte nic dělat.
next-wait-limit = Obvyklá lhůta je { $limit ->
    [one] { $limit } den
    [few] { $limit } dny
    [many] { $limit } dne
   *[other] { $limit } dní
}. Napíšeme vám, jakmile se něco změní.
next-wait-lately = Podobné žádosti v poslední době trvaly { $days ->
    [one] { $days } den
    [few] { $days } dny
    [many] { $days } dne
   *[other] { $days } dní
}; obvyklá lhůta je { $limit }. Napíšeme vám, jakmile se něco změní.

## Objednávky

orders-title = Objednávky
orders-empty = Zatím žádná objednávka
orders-empty-text = Co si objednáte z katalogu, najdete zde i se stavem.
orders-number = Objednávka
orders-product = Produkt
orders-ordered = Objednáno
orders-state = Stav
orders-next = Co dál

order-title = Objednávka { $number }
order-confirm-title = Objednat „{ $product }“
order-confirm-text = Objednáváte tento certifikát. Dokud ho neaktivujete, nic se nevydá a nic se neúčtuje.
order-place = Objednat tento certifikát
order-price = Cena
order-validity = Platnost
order-history = Historie
order-history-empty = Zatím se nic nestalo.
order-details = Objednávka
order-number = Číslo
order-waiting-title = Ověřujeme vaše údaje
order-waiting-since = Odesláno { $at }
order-rejected-title = Údaje se nepodařilo ověřit
order-rejected-again = Opravte, co je uvedeno výše, a odešlete údaje znovu; vše ostatní zůstalo.
order-awaiting-data-title = Sdělte nám, pro koho certifikát bude
order-awaiting-data-text = Vyplníte údaje, přidáte dokumenty a vše odešlete k ověření. Můžete kdykoli přestat: koncept zůstane uložen.
order-email-title = Ukažte, že je schránka vaše
order-email-text = Na adresu, která bude v certifikátu, pošleme odkaz a kód. Stačí jedno z obojího.
order-email-not-arrived = Nic nepřišlo? Novou zprávu si můžete poslat na další stránce.
order-activation-title = Aktivujte certifikát
order-activation-text = Vyberete, co v certifikátu bude, zvolíte, kde vznikne klíč, uvidíte všechny údaje tak, jak budou zapsány, a odsouhlasíte je. Certifikát se vydá hned.
order-done-title = Certifikát je vydán
order-done-text = Je připraven ke stažení a poslali jsme vám ho i e-mailem.
order-your-data = Vaše údaje
order-documents = Dokumenty
order-documents-more = Dokumenty můžete přidávat i během ověřování.

## Události

event-order-placed = Objednávka založena
event-data-submitted = Údaje odeslány k ověření
event-data-reused = Znovu použity ověřené údaje
event-document-added = Dokument přidán
event-document-removed = Dokument odebrán
event-data-verified = Údaje ověřeny
event-data-rejected = Údaje zamítnuty
event-data-reopened = Údaje je třeba ověřit znovu, poslední ověření je příliš staré
event-data-withdrawn = Ověřené údaje už neplatí, je třeba zadat jiné
event-code-sent = Ověřovací e-mail odeslán
event-email-verified = E-mail ověřen
event-certificate-issued = Certifikát vydán
event-certificate-revoked = Certifikát zneplatněn
event-order-closed = Objednávka uzavřena, certifikát, který měla obnovit, byl zneplatněn

## Ověření údajů

data-title = Ověření údajů
data-intro = Z těchto údajů později vyberete, co bude v certifikátu. Porovnáme je s vašimi dokumenty a s veřejnými rejstříky.
data-reuse = Údaje, které jsme už ověřili
data-reuse-text = Když je vyberete, nemusíte nic vyplňovat ani na nic čekat, pokud stále platí.
data-reuse-use = Použít tyto údaje
data-reuse-note = Tyto údaje jsme ověřili k objednávce { $number } dne { $at }. Použít je lze do { $until }.
data-reuse-verified = ověřeno { $at }
data-organisation = Organizace
data-organization = Název organizace
data-organization-help = Přesně jako v rejstříku, včetně právní formy.
data-headquarters = Sídlo
data-country = Země
data-state = Kraj, region nebo provincie
data-state-help = Pokud se u adres ve vaší zemi uvádí.
data-locality = Obec
data-street = Ulice a číslo
data-postal-code = PSČ
data-registration = Registrace
data-number-kind = Rejstřík
data-number-kind-choose = Vyberte rejstřík
data-number = Číslo v rejstříku
data-number-help = Pod tímto číslem organizaci vyhledáme.
data-number-anyway = Číslo jsem porovnal(a) s rejstříkem a je správně. Odeslat ho i tak.
data-number-anyway-note = Podívá se na něj pracovník; ověření může trvat déle.
data-number-cz-ico = IČO (Česko)
number-format-cz-ico = 8 číslic, poslední je kontrolní, například { $example }
data-number-pl-nip = NIP (Polsko)
number-format-pl-nip = 10 číslic, poslední je kontrolní, například { $example }
data-number-pl-krs = KRS (Polsko)
number-format-pl-krs = 10 číslic, například { $example }
data-number-pl-regon = REGON (Polsko)
number-format-pl-regon = 9 nebo 14 číslic, poslední je kontrolní, například { $example }
data-number-bg-eik = EIK (Bulharsko)
number-format-bg-eik = 9 nebo 13 číslic, poslední je kontrolní, například { $example }
data-number-lei = LEI (mezinárodní)
number-format-lei = 20 písmen a číslic, poslední dvě jsou kontrolní, například { $example }
data-number-euid = EUID (Evropa)
number-format-euid = země, rejstřík a číslo, například { $example }
data-number-other = Jiný rejstřík
number-format-other = jak je uvedeno ve výpisu z rejstříku
data-proof = Jak ověříme, že organizace existuje
data-proof-short = Existence doložena
data-name = Jméno a příjmení
data-proof-registration-number = Podle čísla v rejstříku
data-proof-registration-number-help = Pracovník vyhledá číslo ve veřejném rejstříku. Nic přidávat nemusíte.
data-proof-document = Podle dokumentu
data-proof-document-help = Přidáte výpis z rejstříku nebo jiný dokument o vzniku organizace.
data-person = Osoba
data-person-help = Jako v dokladu totožnosti, se všemi jmény, která mají být v certifikátu.
data-given-name = Jméno
data-surname = Příjmení
data-identity-kind = Doklad totožnosti
data-identity-kind-choose = Vyberte doklad
data-identity-country = Země, která ho vydala
data-identity-number = Číslo dokladu
data-identity-number-help = Porovnáme ho s dokladem, který přidáte. Do certifikátu se nikdy nedostane.
data-identity-identity-card = Občanský průkaz
data-identity-passport = Cestovní pas
data-identity-residence-permit = Povolení k pobytu
data-identity-driving-licence = Řidičský průkaz
data-role = Role v organizaci
data-role-help = Například: zaměstnanec, člen představenstva, zmocněnec.
data-documents = Dokumenty
data-documents-help = PDF, PNG nebo JPEG, každý nejvýše 10 MB. Přidejte je teď, nebo až po odeslání údajů.
data-documents-needed = Potřebujeme
data-save-draft = Uložit koncept a dokončit později
data-continue = Pokračovat na souhrn
data-summary-title = Zkontrolujte údaje, než je odešlete
data-summary-text = Toto ověříme. Co je správně zde, bude správně i v certifikátu.
data-summary-change = Změnit údaje
data-statements = Prohlášení
data-statements-text = Co potvrdíte, uložíme spolu s dnešním zněním.
data-submit = Odeslat k ověření
data-summary-no-documents = Nepřidali jste žádný dokument a žádný není povinný.
data-summary-documents-missing = Zatím jste nepřidali žádný dokument. Údaje můžete odeslat už teď; povinné dokumenty přidejte potom, bez nich je neověříme.

## Chyby u pole formuláře

problem-missing = Vyplňte toto pole.
problem-missing-choice = Vyberte jednu z možností.
problem-too-long = Příliš dlouhé: vejde se nejvýše { $max } znaků.
problem-too-short = Příliš krátké: je potřeba alespoň { $min } znaků.
problem-forbidden-character = Obsahuje konec řádku nebo neviditelný znak, který v certifikátu být nemůže. Místo vložení to napište znovu.
problem-markup = Znaky < a > v certifikátu být nemohou.
problem-unknown-choice = Vyberte jednu z možností.
problem-unknown-country = Vyberte zemi ze seznamu.
problem-wrong-check-digit = Poslední číslice tohoto čísla jsou kontrolní a k ostatním se nehodí. Nejčastěji jde o překlep nebo o dvě přehozené číslice. Porovnejte číslo s výpisem z rejstříku.
problem-wrong-format = Číslo nemá tvar obvyklý v tomto rejstříku: { $expected }.
problem-no-letter = Není v tom žádné písmeno. Napište jméno písmeny.
problem-other-country = Toto číslo je z rejstříku v zemi { $expected }, ale sídlo je jinde. Vyberte znovu rejstřík nebo zemi.
problem-not-certifiable = Číslo tohoto druhu v certifikátu být nemůže. Vyberte jiný rejstřík, ve kterém organizace je.
problem-not-offered = Toto mezi vašimi ověřenými údaji není.
problem-not-an-address = Toto není e-mailová adresa. Má vypadat jako jmeno@firma.example.
problem-not-ticked = Bez tohoto potvrzení nelze pokračovat.
problem-new-version = Znění se mezitím změnilo. Přečtěte si ho znovu a potvrďte.
problem-document-missing = Tento dokument ještě chybí.
problem-other = Takto to nelze přijmout.

## Dokumenty

documents-title = Dokumenty
documents-intro = Co pošlete, ukládáme zašifrované. Otevřít to můžete jen vy a pracovníci registrační autority.
documents-upload = Nahrát vybrané soubory
documents-choose-help = PDF, PNG nebo JPEG, každý nejvýše 10 MB, k jedné objednávce nejvýše 20. Můžete vybrat několik najednou.
documents-needed-always = povinné
documents-needed-if-chosen = povinné, pokud organizaci dokládáte dokumentem
documents-needed-optional = nepovinné
documents-other = Jiný dokument
documents-other-hint = Cokoli dalšího, co nám pomůže, například plná moc.
documents-remove = Odebrat
documents-remove-named = Nenávratně odebrat „{ $name }“
size-kilobytes = { $size } kB
size-megabytes = { $whole },{ $tenths } MB
documents-error-none = Vyberte alespoň jeden soubor.
documents-error-kind = „{ $name }“ není podle obsahu PDF, PNG ani JPEG. Nic z něj jsme si nenechali.
documents-error-size = „{ $name }“ je větší než 10 MB. Pošlete ho v menším rozlišení nebo po částech.
documents-error-empty = „{ $name }“ je prázdný.
documents-error-damaged = „{ $name }“ je neúplný nebo poškozený. Otevřete ho u sebe; je-li v pořádku, uložte ho znovu a pošlete ještě jednou.
documents-error-hidden = „{ $name }“ v sobě nese ještě něco jiného, například webovou stránku nebo archiv. Vytiskněte ho do nového PDF a pošlete to.
documents-error-active = „{ $name }“ je PDF, které spouští skript nebo program. Vytiskněte ho do nového PDF a pošlete to.
documents-error-pixels = „{ $name }“ je obrázek s příliš mnoha body. Pošlete ho v menším rozlišení.
documents-error-again = „{ $name }“ přišel ve chvíli, kdy se měnilo něco jiného. Pošlete ho ještě jednou.
documents-error-many = K jedné objednávce lze přidat nejvýše 20 dokumentů.
documents-error-closed = K této objednávce už dokumenty přidávat nelze.

## Ověření e-mailu

email-title = Ověření e-mailu
email-intro = Tato adresa bude v certifikátu, proto ověřujeme, že je schránka vaše. Pošleme tam zprávu s odkazem a kódem; stačí jedno z obojího, do 24 hodin.
email-address = E-mailová adresa do certifikátu
email-address-help = Nabízíme adresu vašeho účtu; můžete zvolit jinou, která je vaše.
email-send = Poslat ověřovací e-mail
email-send-again = Poslat novou zprávu
email-sent = Poslali jsme zprávu na { $email }.
email-sent-until = Odkaz a kód platí do { $at }. Nová zpráva zruší platnost předchozího kódu.
email-code = Ověřovací kód
email-code-help = Ze zprávy. Na velikosti písmen, mezerách a pomlčkách nezáleží.
email-confirm = Ověřit e-mail
email-code-wrong = { $left ->
    [0] Tento kód není správný a byl to poslední pokus. Pošlete novou zprávu.
    [one] Tento kód není správný. Opište ho z nejnovější zprávy; zbývá jeden pokus.
    [few] Tento kód není správný. Opište ho z nejnovější zprávy; zbývají { $left } pokusy.
    [many] Tento kód není správný. Opište ho z nejnovější zprávy; zbývá { $left } pokusu.
   *[other] Tento kód není správný. Opište ho z nejnovější zprávy; zbývá { $left } pokusů.
}
email-code-used = Tento kód byl už použit nebo ho nahradila novější zpráva. Opište kód z té nejnovější.
email-code-blocked = Bylo zadáno příliš mnoho chybných kódů, tento už proto neplatí. Pošlete novou zprávu a použijte kód z ní.
email-sent-over = Odkaz a kód, které jsme poslali na { $email }, už nefungují. Pošlete novou zprávu.
email-code-expired = Platnost tohoto kódu vypršela. Pošlete novou zprávu.
email-too-many = Za jeden den lze poslat nejvýše { $max } zpráv. Najděte tu nejnovější, nebo to zkuste zítra.
email-verified = Schránka { $email } je ověřena.
email-not-arrived = Nic nepřišlo? Podívejte se do nevyžádané pošty, zkontrolujte adresu nebo pošlete novou zprávu.
email-link-title = Ověření e-mailové adresy
email-link-text = O certifikát pro tuto schránku žádá { $name }. Potvrďte, že schránka { $email } je vaše a že smí být v certifikátu z objednávky { $number }.
email-link-not-yours = Pokud jste o certifikát nežádali, stránku zavřete. Dokud nestisknete tlačítko, nic se nestane.
email-link-confirm = Ano, schránka je moje
email-link-done-title = Schránka je ověřena
email-link-done-text = Děkujeme. Objednávka může pokračovat aktivací certifikátu.
email-link-continue = Pokračovat v objednávce
email-link-log-in = Přihlásit se a pokračovat
email-link-gone-title = Tento odkaz už nefunguje
email-link-gone-text = Byl už použit, po 24 hodinách vypršel, nebo ho nahradila novější zpráva. Přihlaste se a pošlete si z objednávky novou.

## Aktivace

activation-title = Aktivace certifikátu
activation-fields = Co v certifikátu bude
activation-fields-text = Toto jsou vaše ověřené údaje. Co je v tomto druhu certifikátu povinné, nelze vynechat.
activation-field-required = povinné
activation-common-name = Obecné jméno
activation-common-name-help = Co poštovní program ukazuje u vašeho podpisu.
activation-key = Váš klíč
activation-key-text = Vytvořte si na svém počítači pár klíčů a žádost o certifikát (CSR). Soukromý klíč zůstává u vás; k nám přijde jen žádost.
activation-key-guide = Jak vytvořit klíč a žádost
activation-csr = Žádost o certifikát (CSR)
activation-csr-help = Vložte celý text, od -----BEGIN CERTIFICATE REQUEST----- až po řádek END.
activation-csr-file = nebo vyberte soubor se žádostí
activation-csr-file-help = Soubor .csr nebo .pem, textový nebo binární.
activation-check = Zkontrolovat žádost
activation-continue = Pokračovat na souhrn
activation-csr-correct = V pořádku
activation-csr-key = Klíč
activation-csr-subject = Jméno v žádosti
activation-csr-subject-none = žádné, což nevadí: certifikát převezme vaše ověřené údaje
activation-csr-wrong = Tuto žádost nelze použít
activation-csr-line = Řádek { $line }
activation-csr-checking = Kontrolujeme žádost…
activation-csr-unreachable = Žádost teď nelze zkontrolovat za psaní. Zkontrolujte ji tlačítkem.
activation-summary-title = Certifikát tak, jak bude zapsán
activation-summary-text = Přečtěte si ho ještě jednou. Po vydání v něm už nelze nic změnit.
activation-summary-subject = Kdo
activation-summary-emails = E-mailové adresy
activation-summary-key = Veřejný klíč
activation-summary-validity = Platnost
activation-summary-validity-days = { $days } dní od vydání, do { $until }
activation-summary-issuer = Vydá
activation-summary-profile = Druh
activation-summary-change = Zpět k úpravám
activation-issue = Vydat certifikát
activation-refused = Autorita certifikát odmítla: { $reason }. Změňte, co je vybráno výše, nebo vytvořte novou žádost.
activation-email = E-mailová adresa
activation-common-name-none = bez obecného jména
activation-key-backup = Soukromý klíč dobře uložte a zálohujte: bez něj certifikát nepodepíše a zprávy, které vám někdo zašifroval, nepřečtete.

## Co může být špatně na žádosti o certifikát

csr-error-empty = Vložte žádost nebo vyberte soubor s ní.
csr-error-too-large = Na žádost o certifikát je to příliš velké.
csr-error-private-key = Toto je soukromý klíč! Musí zůstat u vás a nikdo ho po vás nesmí chtít. Zde se neuložil, ale pro jistotu si vytvořte nový klíč a vložte žádost o certifikát (soubor .csr).
csr-error-missing-begin = Chybí první řádek -----BEGIN CERTIFICATE REQUEST-----. Zkopírujte celý text včetně prvního a posledního řádku.
csr-error-not-pem = Toto není žádost o certifikát. Ta začíná řádkem -----BEGIN CERTIFICATE REQUEST-----.
csr-error-missing-end = Chybí poslední řádek -----END { $label }-----. Konec textu se asi nezkopíroval.
csr-error-missing-begin-of = Zde něco končí, ale nemá to začátek. Zkopírujte celý text i s prvním řádkem.
csr-error-end-mismatch = Text začíná { $label }, ale končí { $found }. Zkopírujte jen jednu žádost, a celou.
csr-error-damaged-marker = Tento řádek má začínat i končit pěti pomlčkami a nic jiného v něm být nemá. Pomlčky se při kopírování ztratily nebo změnily.
csr-error-line-breaks-lost = Při kopírování se ztratily konce řádků. Vložte text tak, jak je v souboru, nebo vyberte soubor.
csr-error-not-base64 = Znak „{ $character }“ sem nepatří. Zkopírujte žádost znovu, beze změn textovým nebo poštovním programem.
csr-error-padding = Některé znaky se ztratily. Zkopírujte celou žádost znovu.
csr-error-empty-body = Mezi prvním a posledním řádkem nic není.
csr-error-several = V textu je { $count } bloků. Nechte v něm jen jednu žádost.
csr-error-content = Obsah je poškozený: žádost z něj nelze přečíst. Vytvořte nebo zkopírujte ji znovu.
csr-error-not-text = Toto není ani text, ani žádost o certifikát v binárním tvaru. Vyberte soubor .csr.
csr-error-is-certificate = Toto je certifikát, ne žádost o certifikát. Vyberte soubor, který začíná BEGIN CERTIFICATE REQUEST.
csr-error-is-revocation-list = Toto je seznam zneplatněných certifikátů, ne žádost o certifikát.
csr-error-is-public-key = Toto je jen veřejný klíč. Vytvořte s klíčem žádost o certifikát.
csr-error-is-pkcs12 = Toto je soubor .p12 nebo .pfx se soukromým klíčem. Musí zůstat u vás: zde se neuložil. Vyberte soubor .csr.
csr-error-is-pkcs7 = Toto je soubor s certifikáty (PKCS #7), ne žádost o certifikát.
csr-error-wrong-label = Toto je „{ $found }“, ne žádost o certifikát. Vyberte soubor, který začíná BEGIN CERTIFICATE REQUEST.
csr-error-cut-short = Žádost je uříznutá. Zkopírujte ji znovu celou.
csr-error-unsupported-key = Klíče tohoto druhu ({ $key }) nepřijímáme. Vytvořte klíč RSA o alespoň 2048 bitech nebo klíč na eliptické křivce P-256 či P-384.
csr-error-unsupported-signature = Žádost je podepsána algoritmem { $algorithm }, který nepřijímáme. Vytvořte ji znovu s SHA-256.
csr-error-signature-mismatch = Podpis žádosti neodpovídá jejímu klíči: žádost byla změněna nebo poškozena. Vytvořte novou.
csr-error-unusable-key = Klíč v žádosti je poškozený. Vytvořte nový klíč a novou žádost.
csr-error-key-size = Klíč má { $bits } bitů; přijímáme { $minimum } až { $maximum }. Vytvořte nový klíč.
csr-error-odd-key-size = Klíč o { $bits } bitech nepřijímáme: velikost musí být dělitelná 8. Vytvořte klíč o 2048, 3072 nebo 4096 bitech.
csr-error-curve = Klíče na křivce { $curve } pro tento certifikát nepřijímáme. Vytvořte klíč na P-256 nebo P-384, případně klíč RSA.
csr-error-key-kind = Klíče druhu { $key } pro tento certifikát nepřijímáme. Vytvořte klíč RSA, nebo klíč na P-256 či P-384.
csr-error-weak-exponent = Veřejný exponent klíče nepřijímáme. Vytvořte nový klíč s obvyklým nastavením.
csr-error-weak-factor = Klíč je slabý: jeho modul je dělitelný číslem { $factor }. Program, který ho vytvořil, je vadný; vytvořte nový klíč jiným.
csr-error-weak-roca = Klíč je slabý: vytvořil ho vadný čip (ROCA). Vytvořte nový klíč jinde.
csr-error-weak-point = Klíč je poškozený: jeho bod na křivce neleží. Vytvořte nový klíč.
csr-error-key-of-another = Certifikát s tímto klíčem byl vydán někomu jinému. Vytvořte nový klíč.
csr-error-key-compromised = Certifikát s tímto klíčem byl zneplatněn, protože byl klíč prozrazen. Vytvořte nový klíč.

## Certifikáty

certificates-title = Certifikáty
certificates-intro = Všechny certifikáty, které jsme vám vydali.
certificates-search = Hledat
certificates-search-help = Sériové číslo, jméno, e-mailová adresa nebo otisk
certificates-state = Stav
certificates-state-any = jakýkoli stav
certificates-find = Najít
certificates-clear = Zrušit hledání
certificates-subject = Certifikát
certificates-emails = E-mail
certificates-serial = Sériové číslo
certificates-valid-until = Platí do
certificates-empty = Zatím žádný certifikát
certificates-empty-text = Certifikát se zde objeví, až aktivujete objednávku.
certificates-none-found = Nic jsme nenašli
certificates-none-found-text = Žádný certifikát neodpovídá. Stačí část jména nebo adresy; sériová čísla a otisky se hledají od začátku.
certificates-staff-title = Hledání certifikátů
certificates-staff-intro = Všechny certifikáty vydané v tomto prostředí.
certificates-staff-empty = V tomto prostředí zatím nebyl vydán žádný certifikát.

certificate-title = Certifikát
certificate-revoked-at = Zneplatněn { $at }. Důvod: { $reason }.
certificate-validity = Platí od { $from } do { $to }
certificate-days-until = { $days ->
    [one] začne platit do jednoho dne
    [few] začne platit za { $days } dny
    [many] začne platit za { $days } dne
   *[other] začne platit za { $days } dní
}
certificate-days-left = { $days ->
    [0] vyprší dnes
    [one] zbývá jeden den
    [few] zbývají { $days } dny
    [many] zbývá { $days } dne
   *[other] zbývá { $days } dní
}
certificate-order = Objednávka
certificate-again = Objednat nový
certificate-issued = Vydán
certificate-subject = Pro koho je
certificate-issuer = Kdo ho vydal
certificate-technical = Technické údaje
certificate-downloads = Stažení
certificate-download-pem = Certifikát, PEM
certificate-download-pem-text = text, pro většinu programů
certificate-download-der = Certifikát, DER
certificate-download-der-text = binární, pro Windows a Javu
certificate-download-chain = Certifikát s řetězcem, PEM
certificate-download-chain-text = pro poštovní programy a servery
certificate-download-p7b = Certifikát s řetězcem, PKCS #7
certificate-download-p7b-text = jeden soubor .p7b, pro Windows a Outlook
certificate-install = Instalace
certificate-install-text = Spojte certifikát se svým soukromým klíčem do souboru .p12 a ten importujte do poštovního programu.
certificate-guide-p12 = Vytvořit soubor .p12
certificate-guide-thunderbird = Thunderbird
certificate-guide-outlook = Outlook
certificate-guide-apple = Apple Mail
certificate-guide-token = Token nebo karta v prohlížeči
certificate-take = Přenesení a záloha
certificate-chain = Řetězec
certificate-chain-text = Kdo důvěřuje nejvyššímu certifikátu, důvěřuje i těm pod ním.
certificate-chain-until = platí do { $date }
certificate-chain-this = tento certifikát
certificate-chain-root = kořenová autorita
certificate-chain-issuing = vydávající autorita
certificate-revoke-open = Zneplatnit tento certifikát
certificate-revoked-title = Tento certifikát je zneplatněný
certificate-revoked-old-mail = Nikdo ho už nemá přijímat. Starou poštu lze jeho klíčem stále dešifrovat.
certificate-suspended-title = Tento certifikát je pozastavený
certificate-suspended-at = Pozastavený od { $at }.
certificate-suspended-until = Dokud nebude uvolněn, nemá ho nikdo přijímat.

revoke-title = Zneplatnit certifikát
revoke-text = Od této chvíle nemá tento certifikát nikdo přijímat. Nelze to vzít zpět. Starou poštu lze jeho klíčem stále dešifrovat.
revoke-lost = O co přijdete: s tímto certifikátem už nepůjde podepisovat, šifrovat ani se přihlašovat. Na další budete potřebovat novou objednávku.
revoke-reason = Důvod
revoke-reason-help = Důvod se zveřejní v seznamu zneplatněných certifikátů.
revoke-continue = Pokračovat
revoke-confirm-title = Opravdu zneplatnit?
revoke-confirm-text = Chystáte se zneplatnit certifikát „{ $subject }“, sériové číslo { $serial }. Důvod: { $reason }.
revoke-confirm = Zneplatnit certifikát
revoke-keep = Ponechat certifikát
revoke-reason-choose = Vyberte důvod
revocation-reason-unspecified = Neuveden
revocation-reason-key-compromise = Soukromý klíč se ztratil nebo ho může mít někdo jiný
revocation-reason-ca-compromise = Klíč autority byl prozrazen
revocation-reason-affiliation-changed = Údaje v certifikátu se změnily, například zaměstnavatel
revocation-reason-superseded = Nahrazuje ho nový certifikát
revocation-reason-cessation-of-operation = Už není potřeba
revocation-reason-certificate-hold = Je pozastavený
revocation-reason-remove-from-crl = Byl ze seznamu odebrán
revocation-reason-privilege-withdrawn = Byl vydán chybně, nebo držitel porušil podmínky
revocation-reason-aa-compromise = Klíč atributové autority byl prozrazen

## Autority

authorities-title = Certifikační autority
authorities-intro = Tyto autority vydávají certifikáty tohoto prostředí. Stáhněte si zde jejich certifikáty a porovnejte otisky s těmi, které jste dostali jinou cestou.
authorities-advice-title = Důvěřujte řetězci, ne jednotlivým certifikátům
authorities-advice = Jako důvěryhodný nainstalujte kořenový certifikát a nechte programy, ať si řetězec sestaví od něj. Nikdy neoznačujte za důvěryhodný certifikát jedné osoby nebo serveru: časem ho nahradí jiný, může být zneplatněn a vy byste se to nedozvěděli.
authorities-root = Kořenová autorita
authorities-issuing-smime = Vydávající autorita pro e-mail (S/MIME)
authorities-issuing-tls = Vydávající autorita pro servery (TLS, vnitřní)
authorities-issuing-device = Vydávající autorita pro zařízení lidí (přihlašování)
authorities-subject = Název
authorities-parent = Vydala ji
authorities-self = ona sama
authorities-validity = Platnost
authorities-key = Klíč
authorities-serial = Sériové číslo
authorities-sha256 = Otisk SHA-256
authorities-sha1 = Otisk SHA-1
authorities-crl = Seznam zneplatněných certifikátů (CRL)
authorities-crl-number = číslo { $number }
authorities-crl-update = vydán { $this }, další do { $next }
authorities-download-der = Certifikát, DER (.cer)
authorities-download-pem = Certifikát, PEM
authorities-none = Zatím žádná autorita
authorities-none-text = Provozovatel autority tohoto prostředí ještě nevytvořil.

## Pracoviště registrační autority

queue-title = Fronta
queue-intro = Žádosti, které čekají na registrační autoritu, nejdéle čekající první.
queue-intro-all = Žádosti v jakémkoli stavu.
queue-filter-waiting = čeká na ověření
queue-filter-rejected = zamítnuto
queue-filter-verified = ověřeno
queue-filter-all = jakýkoli stav
queue-search-help = Číslo objednávky, registrační číslo nebo e-mailová adresa žadatele
queue-order = Objednávka
queue-applicant = Žadatel
queue-organisation = Organizace nebo osoba
queue-waiting = Čeká
queue-state = Stav
queue-reload = Podívat se znovu
queue-empty = Fronta je prázdná
queue-empty-text = Žádná žádost nečeká na ověření. Nové se zde objeví, když stránku načtete znovu.
queue-none-found = Nic jsme nenašli
queue-none-found-text = Filtru neodpovídá žádná žádost.
queue-over-limit = po lhůtě { $days } dní
queue-own = vaše vlastní

application-title = Žádost { $number }
application-word = Žádost
application-applicant = Žadatel
application-sent = Odesláno
application-waiting = Čeká { $time }
application-data = Údaje k ověření
application-documents = Dokumenty
application-no-documents = Žádný dokument nebyl přidán
application-no-documents-text = Žádný není povinný. Ověřte údaje ve veřejném rejstříku, nebo žádost zamítněte a o dokument si řekněte.
application-documents-missing-text = Chybí povinné dokumenty. Bez nich osobu ověřit nelze: žádost zamítněte a napište, co má žadatel poslat.
application-open-document = Otevřít v novém okně
application-preview = Náhled „{ $name }“
application-statements = Potvrzená prohlášení
application-statement-version = znění { $version }, { $at }
application-number-ok = kontrolní číslice souhlasí
application-number-wrong = kontrolní číslice nesouhlasí; odesláno vědomě
application-number-format = tvar souhlasí; číslo kontrolní číslici nemá
application-decision = Rozhodnutí
application-decision-text = S rozhodnutím se uloží vaše jméno a čas.
application-former = Dřívější rozhodnutí
application-verify = Ověřit údaje
application-reject-reason = Důvod pro žadatele
application-reject-help = Napište, co je špatně a co má žadatel udělat. Přečte si přesně toto.
application-reject-submit = Zamítnout a napsat žadateli
application-not-waiting = Tato žádost na rozhodnutí nečeká.
application-changed = Žádost se mezitím změnila. Než rozhodnete, přečtěte si ji znovu.
application-own = Toto je vaše vlastní žádost. Rozhodnout o ní musí někdo jiný.
application-verified-by = Ověřil(a) { $by }, { $at }
application-rejected-by = Zamítl(a) { $by }, { $at }
application-rejected-reason = Důvod: { $reason }
application-history = Historie

## Co úkon udělal, na následující stránce

notice-order-placed = Objednávka je založena. První krok je níže.
notice-orders-too-many = Máte nejvyšší možný počet nedokončených objednávek. Nejdřív některou dokončete.
notice-draft-saved = Koncept je uložen. Zatím se nic neodeslalo.
notice-data-submitted = Údaje jsou uloženy a čekají na ověření. Dokumenty můžete ještě přidávat.
notice-data-reused = Ověřené údaje jsou převzaty; otevřel se další krok.
notice-documents-added = Dokumenty jsou přidány.
notice-document-removed = Dokument je odebrán.
notice-document-kept = Dokument zůstává: byl už odeslán k ověření.
notice-email-sent = Zpráva je na cestě.
notice-evidence-too-old = Od ověření uplynulo příliš mnoho času. Ověřte to znovu, pak bude možné certifikát vydat.
notice-email-verified = Schránka je ověřena.
notice-certificate-issued = Certifikát je vydán. Poslali jsme vám ho i e-mailem.
notice-application-verified = Žádost je ověřena. Žadatel se to dozvěděl.
notice-application-rejected = Žádost je zamítnuta. Žadatel se dozvěděl důvod.
notice-certificate-revoked = Certifikát je zneplatněný. Seznam zneplatněných certifikátů i odpovědi OCSP to už uvádějí.
