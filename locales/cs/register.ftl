# Registrované certifikáty, organizace, které se účastní, podporované autority, adresář; a dopisy o nich.

## Dopisy

mail-certificate-taken-subject = Z vašeho účtu byl odebrán certifikát
mail-certificate-taken-why = Někdo { $at } v prostředí { $environment } prokázal, že má klíč k certifikátu, který byl k vašemu účtu zaregistrován bez tohoto důkazu. Certifikát byl z vašeho účtu odebrán.
mail-certificate-taken-text = Pokud certifikát není váš, nemusíte nic dělat. Pokud je, má jeho klíč někdo jiný: nechte ho u autority, která ho vydala, hned zneplatnit a dejte vědět provozovateli prostředí { $environment }.
mail-certificate-taken-link = Zobrazit certifikáty

mail-certificate-removed-subject = Z vašeho účtu byl odebrán certifikát
mail-certificate-removed-why = Oprávněná osoba vaší organizace { $at } odebrala z vašeho účtu v prostředí { $environment } certifikát, který pro vás předtím zaregistrovala.
mail-certificate-removed-text = Jeho klíčem se už k vašemu účtu nelze přihlásit. Certifikáty, které jste si zaregistrovali sami, zůstávají.
mail-certificate-removed-link = Zobrazit certifikáty

mail-membership-asked-subject = { $participant } vás zve mezi své členy
mail-membership-asked-why = { $participant } vás žádá, abyste se v prostředí { $environment } stali jejím členem.
mail-membership-asked-text = Když souhlasíte, mohou oprávněné osoby organizace { $participant } registrovat certifikáty k vašemu účtu; o každém se dozvíte. Rozhodnete se po přihlášení.
mail-membership-asked-authorised = Když souhlasíte, budete oprávněnou osobou organizace { $participant }: zvete členy a registrujete a odebíráte jejich certifikáty. Ostatní oprávněné osoby mohou totéž dělat pro vás. Rozhodnete se po přihlášení.
mail-membership-asked-register = S touto adresou tu zatím není žádný účet. Nejprve se s ní zaregistrujte; pozvání na vás počká 30 dní.
mail-membership-asked-not-you = O organizaci { $participant } nic nevíte? Nedělejte nic, nebo odmítněte: bez vašeho souhlasu se nic nestane.
mail-membership-asked-link = Pokračovat

mail-membership-ended-subject = Už nepatříte k organizaci { $participant }
mail-membership-ended-why = Oprávněná osoba organizace { $participant } vás { $at } v prostředí { $environment } vyřadila z jejích členů.
mail-membership-ended-text = Certifikáty, které pro vás organizace zaregistrovala, byly odebrány a nelze se jimi přihlásit. Ty, které jste si zaregistrovali sami, zůstávají.
mail-membership-ended-link = Zobrazit certifikáty

mail-authorised-now-subject = Jste oprávněnou osobou organizace { $participant }
mail-authorised-now-why = Od { $at } jste v prostředí { $environment } oprávněnou osobou organizace { $participant }.
mail-authorised-now-text = Můžete zvát členy a registrovat a odebírat certifikáty těch, kdo souhlasili.
mail-authorised-now-link = Zobrazit organizace

mail-authorised-no-more-subject = Už nejste oprávněnou osobou organizace { $participant }
mail-authorised-no-more-why = Od { $at } jste v prostředí { $environment } členem organizace { $participant } bez práv oprávněné osoby.
mail-authorised-no-more-text = Pozvání, která jste poslali a na která zatím nikdo neodpověděl, byla odvolána. Pokud je to omyl, obraťte se na některou z oprávněných osob.
mail-authorised-no-more-link = Zobrazit organizace

## Registrované certifikáty

registered-intro = Tyto certifikáty patří k vašemu účtu. Podpisovým se přihlašujete, na šifrovací vám ostatní píší.
registered-new = Zaregistrovat certifikát
registered-empty = Žádný certifikát není zaregistrován
registered-empty-text = Zaregistrujte veřejnou část certifikátu, který máte: od té chvíle se jeho klíčem přihlásíte.
registered-pair = Pár { $number }
registered-pairs-left = Máte { $count } z { $limit } párů. Pár je certifikát podpisový a šifrovací, nebo jeden na obojí.
registered-full = Všechny { $limit } páry jsou obsazené. Chcete-li zaregistrovat další, nějaký certifikát odeberte.
registered-room-signing = Je tu místo pro podpisový certifikát.
registered-room-encryption = Je tu místo pro šifrovací certifikát.
registered-use = Použití
registered-use-all = Vše, co dovoluje
registered-use-signing = Přihlášení a podpisy
registered-use-encryption = Šifrování
registered-use-both = Přihlášení, podpisy i šifrování
registered-subject = Vydán pro
registered-authority = Certifikační autorita
registered-serial = Sériové číslo
registered-validity = Platnost
registered-open = Podrobnosti
registered-listed = V adresáři
registered-not-listed = Není v adresáři
registered-by-organization = Zaregistrovala organizace { $organization }
registered-not-proved = Držení klíče není prokázané
registered-checked = Zneplatnění naposledy ověřeno { $at }
registered-never-checked = Zda je zneplatněný, se zatím nepodařilo zjistit; dotaz se opakuje každou hodinu a při každém přihlášení.
registered-revoked-at = Zneplatněn { $at }. Důvod: { $reason }.
registered-suspended-at = Pozastaven od { $at }. Dokud to trvá, nelze se jím přihlásit.
registered-revoked-next = Nelze se jím přihlásit a zůstává tu, dokud ho neodeberete. Zaregistrujte místo něj jiný certifikát.
registered-expired-next = Už se jím nelze přihlásit. Klíč si ponechte kvůli starým zprávám; tady ho odeberte, aby bylo místo.
registered-expiring-next = Opatřete si včas nástupce a zaregistrujte ho také: oba fungují vedle sebe.

registered-new-intro = Potřebujeme jen veřejnou část: soubor, ve kterém není soukromý klíč. Končí na .cer, .crt, .pem, .der nebo .p7b.
registered-new-for = Pro: { $name }
registered-new-member = Tímto certifikátem se půjde přihlásit k účtu { $name }, jakmile tam držitel účtu prokáže, že má jeho klíč, nebo hned, je-li v certifikátu jeho adresa. Dostane zprávu, že jste ho zaregistrovali, a může ho odebrat.
registered-guide = Jak získat veřejnou část z počítače
registered-supported = Které autority jsou podporované
registered-file = Soubor s certifikátem
registered-file-help = Samotný certifikát nebo s řetězcem, nejvýše 512 KiB.
registered-or = Nebo ho vložte jako text
registered-pem = Certifikát jako text
registered-pem-help = Od -----BEGIN CERTIFICATE----- po -----END CERTIFICATE-----.
registered-uses = K čemu se použije
registered-uses-help = Certifikát smí to, co mu dovolila autorita. Zvolte méně, pokud máte pár dvou certifikátů.
registered-register = Zaregistrovat certifikát
registered-proof-island = Je-li klíč tohoto certifikátu v úložišti tohoto prohlížeče, budete požádáni o heslo úložiště a prokážete, že ho máte: nikdo jiný si pak certifikát nemůže přisvojit.

registered-refused-empty = Soubor nebo text je prázdný. Vyberte soubor se svým certifikátem, nebo vložte jeho text.
registered-refused-too-large = Soubor je větší než { $limit } KiB, takový certifikát není. Vyberte samotný certifikát.
registered-refused-private-key = V souboru je soukromý klíč: je to záloha (.p12, .pfx) nebo klíč. Nikam jsme ho neuložili a nemáte ho nikomu dávat. Zaregistrujte jen veřejnou část; návod ukazuje, jak ji získat. Chcete-li tu klíč používat, importujte soubor do svého lokálního úložiště.
registered-refused-pem = Text je poškozený nebo to není certifikát. Zkopírujte ho celý, s prvním i posledním řádkem.
registered-refused-pkcs7 = Soubor .p7b je poškozený nebo v něm nejsou certifikáty. Exportujte certifikát znovu.
registered-refused-damaged = Toto není certifikát, nebo je soubor poškozený. Exportujte certifikát znovu, jako .cer.
registered-refused-too-many = V souboru je { $count } certifikátů, čte se jich nejvýše { $limit }. Exportujte jen svůj, případně s řetězcem.
registered-refused-only-authorities = V souboru jsou jen certifikáty autorit. Exportujte svůj certifikát, ne certifikát vydavatele.
registered-refused-several = Vedle certifikátů autorit je v souboru { $count } certifikátů. Registrujte po jednom.
registered-refused-unreadable = Z certifikátu nelze přečíst, k čemu je. Zeptejte se autority, která ho vydala.
registered-refused-unsupported = Certifikát vydala autorita { $issuer }, která nevede k žádné autoritě podporované pro toto použití. Jsou-li mezi nimi další autority, pošlete ho s řetězcem (.p7b), zvolte jiné použití, nebo se podívejte do seznamu podporovaných autorit.
registered-refused-path = Řetězec od certifikátu k podporované autoritě není platný. O správný řetězec požádejte autoritu, která ho vydala.
registered-refused-expired = Platnost certifikátu vypršela { $at }. Zaregistrujte platný.
registered-refused-not-yet-valid = Certifikát začne platit { $at }. Zaregistrujte ho potom.
registered-refused-revoked = Certifikát byl { $at } zneplatněn ({ $reason }). Zaregistrujte jiný.
registered-refused-suspended = Certifikát je od { $at } pozastaven. Zaregistrujte ho, až pozastavení skončí.
registered-refused-already = Certifikát už je k tomuto účtu zaregistrován.
registered-refused-by-other = Tento certifikát je zaregistrován k jinému účtu, který prokázal, že má jeho klíč. Je-li ten účet také váš, přihlaste se certifikátem a odeberte ho tam; pokud ne, nechte certifikát zneplatnit: váš klíč má někdo jiný.
registered-refused-fit-for-nothing = Certifikát je určen k něčemu jinému, třeba pro server: nedovoluje přihlášení a podpisy ani šifrování.
registered-refused-unfit = Certifikát nedovoluje toto použití: { $wanted }. Dovoluje: { $allowed }.
registered-refused-no-pair = Mezi { $limit } páry není pro toto použití místo. Nejprve nějaký certifikát odeberte.
registered-refused-proof = Důkaz, že máte klíč, nebyl přijat, možná proto, že to trvalo příliš dlouho. Zkuste to znovu.

registered-directory = Adresář
registered-directory-yes = Přihlášení uživatelé najdou tento certifikát podle vaší adresy, jména nebo organizace a mohou vám psát šifrovaně. Vidí vaše jméno, e-mailovou adresu, organizace a certifikát.
registered-directory-no = V adresáři tento certifikát nikdo nenajde. Když souhlasíte, najdou ho přihlášení uživatelé podle vaší adresy, jména nebo organizace; uvidí vaše jméno, e-mailovou adresu, organizace a certifikát.
registered-list = Zařadit do adresáře
registered-unlist = Vyřadit z adresáře
registered-proof = Důkaz držení klíče
registered-proof-at = Prokázali jste { $at }, že máte jeho klíč. Nikdo jiný si certifikát nemůže přisvojit.
registered-proof-none = Zatím je jen řečeno, že je tento certifikát váš: certifikát je veřejný a odevzdat ho může kdokoli. Dokud neprokážete, že máte jeho klíč, přihlásíte se jím, jen je-li v něm vaše adresa. Kdo to prokáže, má ho jediný.
registered-proof-how = Je-li jeho klíč v úložišti tohoto prohlížeče, prokažte to tady.
registered-proof-handshake = Je-li jeho klíč na kartě, v tokenu nebo v systému, ukáže ho prohlížeč na zvláštní stránce, kde potvrdíte, že je tento účet váš.
registered-proof-handshake-submit = Prokázat kartou nebo systémem
registered-proof-opened = Tímto certifikátem jste se přihlásili, jeho klíč tedy máte. Je tento účet váš? Pak si certifikát ponechte jen pro něj. Pokud ne, odeberte ho tu a zaregistrujte ke svému účtu.
registered-proof-opened-mine = Toto je můj účet
registered-at = Zaregistrován
registered-at-by = organizací { $organization }
registered-remove = Odebrat z registru
registered-remove-title = Odebrat certifikát?
registered-remove-text = Jeho klíčem se nebude možné přihlásit, nikdo mu odtud nebude psát a přihlášení, která otevřel, skončí. Sám certifikát platí dál a klíč zůstává tam, kde je.
registered-remove-member = { $name } dostane zprávu e-mailem.
registered-remove-confirm = Odebrat certifikát
registered-keep = Ponechat

notice-certificate-registered = Certifikát je zaregistrován.
notice-certificate-listed = Certifikát je v adresáři.
notice-certificate-unlisted = Certifikát už v adresáři není.
notice-certificate-proved = Prokázali jste, že máte klíč.
notice-certificate-not-proved = Důkaz nebyl přijat, možná proto, že to trvalo příliš dlouho. Zkuste to znovu.
notice-certificate-others = Jiný účet prokázal, že má tento klíč. Není-li váš, nechte certifikát zneplatnit.
notice-certificate-removed = Certifikát je z registru odebrán.

## Organizace

menu-participants = Organizace
participants-title = Organizace
participants-intro = Organizace, jejichž jménem se účastníte. Jejich oprávněné osoby se starají o členy a jejich certifikáty.
participants-asked = Zvou vás
participants-joined = Patříte k
participants-offered = Zastupujete
participants-offered-text = Tato organizace byla ověřena s vámi jako zástupcem. Přiveďte ji, abyste mohli zvát členy a registrovat jejich certifikáty; stanete se její první oprávněnou osobou.
participants-bring-in = Přivést organizaci
participants-empty = Nepatříte k žádné organizaci
participants-empty-text = Pozvat vás může oprávněná osoba vaší organizace. Pokud se organizace zatím neúčastní, přivede ji její ověřený zástupce nebo registrační autorita.
participants-asked-member = Zve vás mezi členy
participants-asked-authorised = Zve vás jako oprávněnou osobu
participants-member = Člen
participants-authorised = Oprávněná osoba
participants-since = od { $at }
participants-decide = Rozhodnout se
participant-number = Číslo
participant-since = Účastní se od
participant-your-part = Vaše role
participant-authorised-persons = Oprávněné osoby
participant-consent = S čím souhlasíte
participant-consent-member = Její oprávněné osoby mohou k vašemu účtu registrovat certifikáty, kterými se přihlašujete, a zase je odebírat. O každém dostanete e-mail. Vidí vaše jméno a e-mailovou adresu. Odejít můžete kdykoli; co pro vás zaregistrovaly, tím končí.
participant-consent-authorised = Zvete členy, jmenujete další oprávněné osoby a registrujete a odebíráte certifikáty členů. Ostatní oprávněné osoby mohou totéž dělat pro vás a vidí vaše jméno a e-mailovou adresu.
participant-join = Přidat se: { $name }
participant-decline = Odmítnout
participant-leave = Odejít z organizace
participant-members = Členové
participant-member = Člen
participant-part = Role
participant-certificates = Certifikáty
participant-ask-title = Pozvat mezi členy
participant-who = E-mailová adresa nebo registrační číslo
participant-who-help = Pozvaný dostane dopis a rozhodne se sám. Zda má adresa účet, se tu nedozvíte.
participant-ask-authorised = Jako oprávněnou osobu: bude tu smět totéž co vy
participant-ask = Poslat pozvání
participant-asked = Pozvaní, kteří neodpověděli
participant-asked-until = do { $at }
participant-withdraw = Odvolat
participant-you = vy
participant-refused-name = Toto není e-mailová adresa ani registrační číslo (R-000000-0).
participant-refused-member = K organizaci už patří. Najdete ho v seznamu členů.
participant-refused-oneself = Pracovníci nejmenují sami sebe. Uveďte někoho z organizace.
participant-refused-too-many = Pozvaných, kteří neodpověděli, je už { $limit }. Některá pozvání odvolejte, nebo počkejte na odpovědi.
participant-refused-wait = Příliš mnoho dopisů. Zkuste to znovu za { $minutes ->
    [one] minutu
    [few] { $minutes } minuty
   *[other] { $minutes } minut
}.
member-since = Členem od
member-authorise = Udělit práva oprávněné osoby
member-unauthorise = Odebrat práva oprávněné osoby
member-remove = Vyřadit z organizace
member-certificates-intro = Certifikáty, které vaše organizace zaregistrovala pro: { $name }. Vlastní registrované certifikáty patří jen držiteli účtu.
member-empty = Vaše organizace žádný certifikát nezaregistrovala
member-empty-text = Zaregistrujte veřejnou část certifikátu, který člen používá pro { $participant }.
member-staff = { $name } pracuje pro registrační autoritu. Certifikáty pracovníků registrují jen oni sami.
member-own = To jste vy. Co si registrujete sami, najdete v Nastavení certifikátů.
going-leave-title = Odejít z organizace { $participant }?
going-leave-text = Její oprávněné osoby už nebudou pro váš účet moci nic udělat. Vrátit se můžete jen na nové pozvání.
going-remove-title = Vyřadit z organizace { $participant }: { $name }?
going-remove-text = Vyřazený dostane zprávu e-mailem. Vrátit se může jen na nové pozvání.
going-certificates = { $count ->
    [0] Organizace žádný certifikát nezaregistrovala.
    [one] Odebere se jeden certifikát, který organizace zaregistrovala; nelze se jím pak přihlásit.
    [few] Odeberou se { $count } certifikáty, které organizace zaregistrovala; nelze se jimi pak přihlásit.
   *[other] Odebere se { $count } certifikátů, které organizace zaregistrovala; nelze se jimi pak přihlásit.
}
going-leave = Odejít
going-remove = Vyřadit
going-stay = Nic neměnit

notice-participant-brought-in = Organizace se účastní. Jste její oprávněnou osobou.
notice-participant-already-in = Organizace se už účastní. Pozvat vás musí některá z jejích oprávněných osob.
notice-participant-joined = Patříte k organizaci.
notice-participant-declined = Odmítli jste.
notice-participant-left = Odešli jste z organizace.
notice-participant-last = Poslední oprávněná osoba nemůže odejít, dokud jsou tu další členové. Nejprve udělte její práva někomu jinému.
notice-member-asked = Pozvání je odesláno.
notice-asked-withdrawn = Pozvání je odvoláno.
notice-member-removed = K organizaci už nepatří.
notice-member-authorised = Od této chvíle je oprávněnou osobou.
notice-member-not-authorised = Od této chvíle je členem bez zvláštních práv.
notice-member-certificate-registered = Certifikát je zaregistrován. Člen dostane zprávu e-mailem.
notice-authorised-asked = Pozvání je odesláno. Oprávněnou osobou se stane, až souhlasí.

desk-participants-title = Organizace, které se účastní
desk-participants-intro = Které organizace se účastní a kdo za ně smí jednat.
desk-participants-search = Název nebo číslo
desk-participants-name = Organizace
desk-participants-members = Členové
desk-participants-authorised = Oprávněné osoby
desk-participants-since = Od
desk-participants-asked = { $count ->
    [one] jedna pozvaná
    [few] { $count } pozvané
   *[other] { $count } pozvaných
}
desk-participants-none = Žádná organizace se neúčastní
desk-participants-none-text = Ověřenou organizaci přivedete níže.
desk-participants-none-found = Nic se nenašlo
desk-participants-none-found-text = Hledejte slovo z názvu nebo číslo.
desk-participants-more = Je jich víc. Hledejte slovo z názvu nebo číslo.
desk-participants-name-authorised = Jmenovat oprávněnou osobu
desk-participants-offered = Ověřené organizace, které se neúčastní
desk-participants-offered-text = Přiveďte organizaci a jmenujte její první oprávněnou osobu. Ta dostane dopis a rozhodne se sama.
desk-participants-bring-in = Přivést a pozvat
desk-participants-ask = Pozvat

## Podporované autority

supported-title = Podporované autority
supported-intro = Certifikáty těchto autorit tu lze registrovat a používat k tomu, co je u každé uvedeno.
supported-own = Autorita tohoto prostředí
supported-external = Externí autorita
supported-purposes = Přijímá se pro
supported-purpose-log-in = Přihlášení
supported-purpose-sign = Podpisy
supported-purpose-encrypt = Šifrování
supported-policies = Certifikační politiky
supported-policies-any = Jakékoli
supported-eku = Účel (extendedKeyUsage) pro přihlášení
supported-eku-client = Ověření klienta TLS
supported-eku-email = Ochrana e-mailu
supported-eku-smartcard = Přihlášení čipovou kartou
supported-eku-other = Jiný
supported-since = Podporována od
supported-validity = Platnost
supported-fingerprint = Otisk SHA-256
supported-none = Žádná autorita není podporována
supported-none-text = Dokud nějaká nepřibude, nelze certifikát zaregistrovat ani se jím přihlásit.
supported-add = Přidat autoritu
supported-change = Změnit podmínky
supported-remove = Odebrat
supported-download = Certifikát
supported-count = { $count ->
    [0] žádný registrovaný certifikát
    [one] jeden registrovaný certifikát
    [few] { $count } registrované certifikáty
   *[other] { $count } registrovaných certifikátů
}
supported-registered = Zaregistrováno
supported-authorities-link = Autority tohoto prostředí

supported-add-title = Přidat podporovanou autoritu
supported-add-text = Autoritě se od té chvíle důvěřuje tak, jak je, ať ji vydal kdokoli. Porovnejte její otisk s tím, který sama zveřejňuje.
supported-change-title = Podmínky autority { $name }
supported-change-text = Přihlášení se novými podmínkami řídí hned. Registrované certifikáty zůstávají; těmi, které podmínkám nevyhovují, se nelze přihlásit.
supported-file = Certifikát autority
supported-file-help = PEM nebo DER, po jedné autoritě.
supported-policies-help = Identifikátory certifikačních politik (OID), každý na vlastním řádku; certifikát potřebuje jednu z nich. Prázdné znamená jakoukoli.
supported-eku-oid = Identifikátor účelu (OID)
supported-eku-oid-help = Jen pokud je zvolen jiný účel, například 1.3.6.1.5.5.7.3.4.
supported-save = Uložit podmínky
supported-remove-title = Přestat podporovat autoritu { $name }?
supported-remove-text = Od té chvíle se jejími certifikáty nelze přihlásit, podepisovat ani je registrovat. Co je registrováno, v registru zůstává a platí znovu, až se autorita vrátí.
supported-remove-count = { $count ->
    [0] Netýká se to žádného registrovaného certifikátu.
    [one] Týká se to jednoho registrovaného certifikátu.
   *[other] Týká se to { $count } registrovaných certifikátů.
}
supported-remove-confirm = Odebrat autoritu
supported-refused-several = V souboru je { $count } certifikátů. Přidávejte po jedné autoritě.
supported-refused-no-authority = Toto není certifikát autority. Vyberte ten, který vydává, ne ten, který vydala.
supported-refused-signs-nothing = Certifikát této autority jí nedovoluje podepisovat certifikáty.
supported-refused-weak = Klíč RSA této autority má { $bits } bitů; požaduje se aspoň { $least }.
supported-refused-expired = Platnost certifikátu této autority vypršela { $at }.
supported-refused-not-yet-valid = Certifikát této autority začne platit { $at }.
supported-refused-no-purpose = Zvolte, k čemu se její certifikáty přijímají.
supported-refused-policies = Zadaných politik je { $count }; uloží se jich nejvýše { $limit }.
supported-refused-policy = Toto není identifikátor objektu: { $text }. Napište čísla s tečkami, například 0.4.0.194112.1.2.
supported-refused-eku = Zadejte identifikátor účelu: čísla s tečkami.
supported-refused-listed = Tato autorita už je podporována.
notice-authority-added = Autorita je podporována.
notice-authority-changed = Podmínky jsou změněny.
notice-authority-removed = Autorita už není podporována.

## Adresář

directory-title = Adresář
directory-intro = Šifrovací certifikáty ostatních, kteří souhlasili s tím, že je tu najdete. Pište jim s nimi šifrovaně.
directory-who = Adresa, registrační číslo, jméno nebo organizace
directory-who-help = Celá e-mailová adresa, nebo slova jména či názvu, aspoň tři písmena.
directory-search = Vyhledat
directory-none = Nikdo se nenašel
directory-none-text = Buď tu nikdo takový není, nebo nesouhlasil, aby tu byl. Požádejte ho o certifikát přímo.
directory-more = Našlo se víc lidí, než je zobrazeno. Hledejte podle více slov, nebo podle e-mailové adresy.
directory-names = Jména jsou tak, jak je lidé napsali: porovnejte adresu a certifikát.
directory-short = Zadejte aspoň { $least } písmena jednoho slova.
directory-wait = Tolik hledání jeden člověk nepotřebuje. Zkuste to znovu za { $minutes ->
    [one] minutu
    [few] { $minutes } minuty
   *[other] { $minutes } minut
}.
directory-address = E-mailová adresa
directory-organization = Organizace
directory-download-pem = Stáhnout jako PEM
directory-download-der = Stáhnout jako DER
directory-own = Vlastní certifikát zařadíte do adresáře na jeho stránce v Nastavení certifikátů.
