# Rám každé stránky, veřejné stránky a stránky účtu.
# Klíče začínají tématem. V každém jazyce jsou tytéž; porovnává je test.

language-name = Čeština

## Rám

title-in-environment = { $title } · { $environment }
title-problems = { $count ->
    [one] (1 chyba)
    [few] ({ $count } chyby)
   *[other] ({ $count } chyb)
}
environment = Prostředí
skip-to-content = Přejít k obsahu
menu = Nabídka
menu-dashboard = Přehled
menu-desk = Pracoviště RA
menu-orders = Objednávky
menu-certificates = Certifikáty
menu-people = Lidé
menu-catalogue = Katalog
menu-authorities = Autority
menu-verify = Ověřit
menu-help = Nápověda
log-in = Přihlásit se
log-in-title = Přihlášení
log-out = Odhlásit se
theme = Barvy
theme-system = Barvy podle zařízení
theme-light = Světlé barvy
theme-dark = Tmavé barvy
help-for-this-page = Nápověda k této stránce
sandbox-banner = Jen na zkoušku: nic zde vydaného není skutečné.
sandbox-banner-link = Lidé a pošta k vyzkoušení
role-subscriber = držitel certifikátu
role-ra-officer = pracovník RA
role-ra-supervisor = vedoucí RA
role-ca-operator = správce CA
role-auditor = auditor

## Formuláře

form-problems = { $count ->
    [one] Jednu věc je třeba opravit
    [few] { $count } věci je třeba opravit
   *[other] { $count } věcí je třeba opravit
}
form-optional = nepovinné
form-choose = Vyberte…

## Odmítnutí prostým textem, dokud není stránka

refused-plain-http = Portál nekomunikuje nešifrovaným HTTP, hesla by bylo možné odposlechnout. Použijte { $address }
refused-host = Tato adresa nepatří portálu. Použijte { $address }
error-plain = Na naší straně se něco pokazilo. O nic uloženého jste nepřišli. Příčina je zaznamenána pod tímto číslem: { $event }

## Stránky chyb

go-home = Zpět na začátek
error-again = Zkusit znovu
error-back = Zpět na stránku
error-event = Příčina je zaznamenána pod tímto číslem:
error-not-found-title = Zde nic není
error-not-found-why = Adresa je chybná, nebo to, co označovala, patří někomu jinému či už neexistuje.
error-not-found-do = Zkontrolujte adresu, nebo začněte znovu ze svého přehledu.
error-not-found-do-stranger = Zkontrolujte adresu, nebo začněte znovu od začátku.
error-forbidden-title = K tomuto nemáte oprávnění
error-forbidden-why = Jste přihlášeni, ale žádná z vašich rolí to nedovoluje.
error-forbidden-do = Pokud byste oprávnění mít měli, obraťte se na provozovatele tohoto prostředí.
error-stale-form-title = Formulář nelze přijmout
error-stale-form-why = Byl otevřený příliš dlouho, mezitím jste se přihlásili nebo odhlásili, anebo byl odeslán z jiného webu. Nic se nezměnilo.
error-stale-form-do = Vraťte se, načtěte stránku znovu a formulář odešlete ještě jednou.
error-malformed-title = Požadavku nelze porozumět
error-malformed-why = Jeho část chybí nebo je poškozená. Nic se nezměnilo.
error-malformed-do = Vraťte se, načtěte stránku znovu a zkuste to ještě jednou.
error-not-here-title = Toto zde nelze udělat
error-not-here-why = Adresa existuje, ale ne pro tento druh požadavku. Nic se nezměnilo.
error-not-here-do = Vraťte se a použijte tlačítka na stránce.
error-too-slow-title = Trvalo to příliš dlouho
error-too-slow-why = Požadavek do minuty nedorazil celý, proto jsme přestali čekat. Nic se nezměnilo.
error-too-slow-do = Zkontrolujte připojení a zkuste to znovu. Posíláte-li soubor, zkuste menší.
error-too-large-title = To je příliš mnoho najednou
error-too-large-why = Formulář nebo soubor je větší, než tato stránka přijímá. Nic se nezměnilo.
error-too-large-do = Pošlete menší soubor, nebo více souborů jeden po druhém.
error-too-many-title = Příliš mnoho pokusů
error-too-many-why = Z vaší síťové adresy přišlo za krátkou dobu mnoho pokusů, proto ji zpomalujeme. Váš účet zablokovaný není.
error-too-many-do = { $seconds ->
    [one] Zkuste to znovu za jednu sekundu.
    [few] Zkuste to znovu za { $seconds } sekundy.
   *[other] Zkuste to znovu za { $seconds } sekund.
}
error-overtaken-title = Mezitím se to změnilo
error-overtaken-why = Někdo to změnil, zatímco jste se dívali, možná vy sami v jiném okně. Z vašeho požadavku se nic neprovedlo.
error-overtaken-do = Vraťte se, načtěte stránku znovu a podívejte se, jak to teď vypadá.
error-busy-title = Právě máme příliš mnoho práce
error-busy-why = Přišlo více požadavků, než dokážeme najednou zpracovat. Nic se nezměnilo.
error-busy-do = { $seconds ->
    [one] Zkuste to znovu za jednu sekundu.
    [few] Zkuste to znovu za { $seconds } sekundy.
   *[other] Zkuste to znovu za { $seconds } sekund.
}
error-fault-title = Na naší straně se něco pokazilo
error-fault-why = Není to vaše chyba. Co jste uložili dříve, je v bezpečí.
error-fault-do = Zkuste to za chvíli znovu. Pokud se to bude opakovat, řekněte to provozovateli tohoto prostředí a uveďte číslo.

## Úvodní stránka

home-title = Certifikáty
home-heading = Certifikáty pro podepisování, šifrování a přihlašování
home-lead = Zde o certifikát požádáte, sledujete, co se děje, a certifikát si vyzvednete. Každá stránka vám řekne, co je třeba udělat jako další krok.
door-apply = Požádat o certifikát
door-apply-text = Vyberte druh, zjistěte cenu a potřebné dokumenty.
door-code = Mám kód
door-code-text = E-mailem jste dostali registrační číslo a přístupový kód.
door-collect = Vyzvednout certifikát
door-collect-text = Máte referenční číslo z naší zprávy a autorizační kód od registrační autority.
door-log-in-text = Pokračujte v objednávce, najděte certifikát nebo ho zneplatněte.
door-verify = Ověřit
door-verify-text = Zjistěte, zda je pečeť nebo podpis v pořádku.

## Co se stalo, ukáže další stránka

notice-logged-out = Jste odhlášeni.
notice-logged-out-everywhere = Jste odhlášeni na všech zařízeních.
notice-password-set = Heslo je nastaveno. Odteď se přihlašujete jím.
notice-password-changed = Heslo je změněno. Ostatní zařízení byla odhlášena.
notice-name-saved = Jméno je uloženo.

## Proč nelze přijmout, co jste napsali

refused-text-empty = Vyplňte toto pole.
refused-text-long = Text má { $length } znaků, povoleno je { $max }.
refused-text-line-break = Na pozici { $position } je konec řádku. Napište text na jeden řádek.
refused-text-control = Na pozici { $position } je řídicí znak. Text raději napište, než vložte.
refused-text-invisible = Na pozici { $position } je neviditelný znak. Text raději napište, než vložte.
refused-text-markup = Znak { $character } (na pozici { $position }) zde být nemůže. Vynechte ho.
refused-text-unreadable = Znak na pozici { $position } nelze všude přečíst. Napište ho jinak.
refused-text-no-letter = Jméno má alespoň jedno písmeno.
refused-email-empty = Napište svou e-mailovou adresu.
refused-email-long = Adresa je pro poštovní systém příliš dlouhá.
refused-email-no-at = V adrese je jeden zavináč, například jana@example.com.
refused-email-no-local = Chybí část před zavináčem.
refused-email-no-domain = Chybí část za zavináčem.
refused-email-character = Znak { $character } před zavináčem být nemůže.
refused-email-dots = Před zavináčem nemůže být tečka na začátku, na konci ani vedle jiné tečky.
refused-email-domain = Za zavináčem není doména, například example.com.
refused-domain-missing = Taková doména neexistuje. Zkontrolujte, co jste napsali za zavináč.
refused-domain-null-mx = Tato doména uvádí, že poštu nepřijímá. Použijte jinou adresu.
refused-domain-no-server = Tato doména nemá poštovní server. Zkontrolujte, co jste napsali za zavináč.
refused-password-short = Použijte alespoň { $min } znaků. Dobře poslouží několik slov.
refused-password-long = Použijte nejvýše { $max } znaků.
refused-password-control = Obsahuje řídicí znak, který na jiné klávesnici nenapíšete. Napište heslo bez něj.
refused-password-guessable = Toto heslo se dá snadno uhodnout. Přidejte několik slov, která spolu nesouvisejí.
refused-password-personal = Obsahuje vaše jméno nebo adresu, a to ostatní zkoušejí nejdřív. Vynechte je.
refused-password-same = Toto je dosavadní heslo nebo přístupový kód. Zvolte nové.
refused-wait-seconds = { $count ->
    [one] Příliš mnoho pokusů. Další je možný za jednu sekundu.
    [few] Příliš mnoho pokusů. Další je možný za { $count } sekundy.
   *[other] Příliš mnoho pokusů. Další je možný za { $count } sekund.
}
refused-wait-minutes = { $count ->
    [one] Příliš mnoho pokusů. Další je možný za jednu minutu.
    [few] Příliš mnoho pokusů. Další je možný za { $count } minuty.
   *[other] Příliš mnoho pokusů. Další je možný za { $count } minut.
}

## Registrace

register-title = Registrace
register-go = Zaregistrovat se
register-lead = Na vaši adresu pošleme registrační číslo a přístupový kód. S nimi se poprvé přihlásíte.
register-name = Celé jméno
register-name-hint = Jak se podepisujete, v libovolném písmu. Příklad: Jana Nováková
register-email = E-mailová adresa
register-email-hint = Taková, kterou čtete; přijde na ni kód. Příklad: jana@example.com
register-submit = Poslat přístupový kód
register-known = Registrační číslo už mám
register-wait-title = Registrace neproběhla
register-sent-title = Podívejte se do své schránky
register-sent-to = Zprávu jsme poslali na adresu
register-sent-unknown = Poštovní servery této domény se právě nepodařilo zjistit. Zkontrolujte adresu ještě jednou; je-li správná, zpráva dorazí.
register-sent-open = Otevřete zprávu. Přišla z tohoto portálu a je v ní vaše registrační číslo.
register-sent-log-in = Přihlaste se registračním číslem a přístupovým kódem.
register-sent-password = Zvolte si vlastní heslo. Kód potom přestane platit.
register-sent-go = Přihlásit se kódem
register-sent-nothing = Nic nepřišlo ani za deset minut? Podívejte se do nevyžádané pošty nebo zkontrolujte adresu.
register-sent-again = Zaregistrovat se znovu
sandbox-mail-link = Číst poštu tohoto testovacího prostředí

## Přihlášení

log-in-code-title = Přihlášení přístupovým kódem
log-in-code-lead = Kód přišel e-mailem. Potom si zvolíte heslo, které ho nahradí.
log-in-name = Registrační číslo nebo e-mailová adresa
log-in-name-hint = Příklad: R-204718-3 nebo jana@example.com
log-in-name-empty = Napište své registrační číslo nebo e-mailovou adresu.
log-in-password = Heslo
log-in-password-hint = Při prvním přihlášení: přístupový kód z e-mailu.
log-in-secret-empty = Napište heslo nebo přístupový kód.
log-in-code = Přístupový kód
log-in-code-hint = Příklad: K7QZ-X4M9-PTRW-HE3D. Na velikosti písmen a pomlčkách nezáleží.
log-in-lost = Nemám přístupový kód nebo heslo
log-in-register = Jsem zde poprvé
log-in-sandbox = Přihlásit se jako některá z ukázkových osob
log-in-wrong-title = Přihlášení se nepodařilo
log-in-wrong-text = Jméno nebo heslo není správné. Neříkáme které, aby nikdo nemohl zjistit, kdo je zde registrován.
log-in-expired-title = Platnost přístupového kódu vypršela
log-in-expired-text = O nic jste nepřišli: nechte si poslat nový.

## Ztracený kód

lost-title = Nový přístupový kód
lost-lead = Pošleme ho na adresu, kterou zde máte uvedenou. S ním si zvolíte nové heslo.
lost-submit = Poslat nový kód
lost-kept = Dosavadní heslo platí, dokud si kódem nezvolíte jiné.
lost-sent-title = Podívejte se do své schránky
lost-sent-text = Pokud je zde toto jméno registrováno, je zpráva s novým přístupovým kódem na cestě.
lost-sent-again = Požádat znovu

## Heslo

password-title = Zvolte si heslo
password-first-lead = Nahradí přístupový kód, který potom přestane platit.
password-change-lead = Při změně hesla se ostatní zařízení odhlásí.
password-current = Dosavadní heslo
password-new = Nové heslo
password-new-hint = Alespoň 10 znaků, které se nedají snadno uhodnout. Dobré a dobře zapamatovatelné je několik slov za sebou.
password-again = Nové heslo ještě jednou
password-submit = Nastavit heslo
password-differs = Hesla se neshodují.
password-wrong-current = Toto není vaše dosavadní heslo.

## Pozvánka

invitation-title = Zveme vás ke spolupráci
invitation-lead = Přijměte pozvánku a nastavte si přístup. Odkaz lze použít jednou.
invitation-email = Vaše e-mailová adresa
invitation-roles = Vaše role
invitation-until = Pozvánka platí do
invitation-known = Tato adresa už registrovaná je. Pozvánku přijmete jejím heslem.
invitation-then = V dalším kroku si v telefonu nastavíte druhý faktor. Pracovníci se přihlašují obojím.
invitation-submit = Přijmout pozvánku
invitation-gone-title = Tuto pozvánku nelze použít
invitation-gone-why = Už byla přijata, nahradila ji novější, nebo je příliš stará.
invitation-gone-do = Pokud jste ji přijali, přihlaste se. Jinak požádejte toho, kdo vás pozval, o novou.

## Druhý faktor

totp-title = Kód z ověřovací aplikace
totp-lead = Heslo je správné. Nyní napište kód, který ukazuje aplikace ve vašem telefonu.
totp-code = Kód
totp-code-hint = Šest číslic. Nemáte-li telefon: jeden ze záložních kódů.
totp-code-short-hint = Šest číslic. Příklad: 204 718
totp-submit = Přihlásit se
totp-wrong = Kód není správný. Počkejte na další a zkontrolujte, zda jdou hodiny v telefonu přesně.
totp-used = Tento kód už byl použit. Další se v aplikaci objeví do třiceti sekund.
totp-lost = Nemáte telefon ani záložní kód? Požádejte vedoucího nebo správce o zrušení druhého faktoru.
totp-enrol-title = Nastavení druhého faktoru
totp-enrol-needed = Pracovníci se přihlašují heslem a kódem z telefonu. Nastavení trvá dvě minuty a dělá se jednou.
totp-enrol-chosen = Samotné heslo potom nikomu k přihlášení nestačí.
totp-enrol-app = Otevřete v telefonu ověřovací aplikaci, například Aegis, FreeOTP nebo Google Authenticator.
totp-enrol-scan = Naskenujte v aplikaci tento obrázek.
totp-enrol-picture = QR kód s tajným klíčem pro ověřovací aplikaci
totp-enrol-type = Nebo do aplikace napište tento tajný klíč:
totp-enrol-open = Otevřít v aplikaci v tomto telefonu
totp-enrol-code = Napište kód, který aplikace právě ukazuje.
totp-enrol-submit = Zapnout druhý faktor
totp-enrol-wrong = Kód není správný. Naskenujte obrázek z této stránky znovu a zkontrolujte, zda jdou hodiny v telefonu přesně.
totp-password-first = Přihlášení proběhlo certifikátem, který byl zaregistrován bez druhého faktoru. Sám jej nastavit nemůže: odhlaste se, přihlaste se heslem a druhý faktor nastavte potom.
totp-password-first-submit = Odhlásit se
totp-password-first-back = Zpět do profilu
recovery-title = Vaše záložní kódy
recovery-lead = Druhý faktor je zapnutý. Když přijdete o telefon, přihlásíte se jedním z těchto kódů.
recovery-once = Kódy ukazujeme jen teď a už nikdy. Vytiskněte je nebo opište a uschovejte odděleně od telefonu. Každý platí jednou.
recovery-copy = Kopírovat všechny
recovery-saved = Kódy mám uschované

## Profil

profile-title = Profil
profile-who = Kdo jste
profile-number = Registrační číslo
profile-roles = Role
profile-since = Registrace od
profile-change-name = Změnit
profile-preferences = Jazyk a barvy
profile-language = Jazyk
profile-language-hint = Také jazyk zpráv, které vám posíláme.
profile-log-in = Jak se přihlašujete
profile-change-password = Změnit heslo
profile-second-factor = Druhý faktor
profile-second-factor-on = Zapnutý.
profile-second-factor-set-up = Nastavit
profile-second-factor-replace = Přenést na jiný telefon
profile-sessions = Zařízení
profile-session-ends = Na tomto zařízení zůstanete přihlášeni nejdéle do
profile-log-out-everywhere-text = Ztratili jste zařízení nebo jste se někde zapomněli odhlásit? Ukončí se všechna přihlášení, i toto.
profile-log-out-everywhere = Odhlásit se všude
profile-name-title = Změna jména
profile-name-lead = Takto vás oslovujeme. Ve vydaných certifikátech a v objednávkách zůstává jméno, které v nich je.
profile-name-submit = Uložit jméno
profile-back = Zpět bez uložení

## Testovací prostředí

sandbox-title = Vyzkoušejte si kteroukoli roli
sandbox-lead = Tito lidé jsou vymyšlení. Jedním kliknutím se přihlásíte jako kdokoli z nich, bez hesla. Jde to jen na tomto počítači.
sandbox-log-in-as = Přihlásit se jako { $name }
sandbox-nobody = Zatím zde nikdo není
sandbox-nobody-text = Někoho zaregistrujte, nebo přidejte pracovníky příkazem „chancery user add“.
sandbox-mail-title = Pošta testovacího prostředí
sandbox-mail-lead = Testovací prostředí nic neodesílá. Zde je každá zpráva tak, jak by ji viděl příjemce.
sandbox-mail-empty = Zatím žádná pošta
sandbox-mail-empty-text = Zaregistrujte se a zpráva s přístupovým kódem se objeví zde.
sandbox-mail-subject = Předmět
sandbox-mail-to = Komu
sandbox-mail-at = Odesláno
sandbox-mail-all = Všechna pošta

## Co stavy znamenají

state-awaiting-data-means = Jste na řadě: je třeba něco vyplnit nebo poslat.
state-waiting-for-verification-means = Nemusíte nic dělat. Kontrolujeme, co jste poslali.
state-verified-means = Hotovo. Uchovává se, kdo a kdy ověření provedl.
state-not-available-yet-means = Otevře se, až bude hotový předchozí krok.
state-rejected-means = Něco nebylo v pořádku. Důvod je uveden vedle a můžete to poslat znovu.
state-valid-means = Certifikát lze používat.
state-expiring-means = Lze ho používat, ale do 30 dní skončí. Objednejte si hned nový.
state-expired-means = Jeho doba uplynula. Starou poštu lze jeho klíčem dál dešifrovat.
state-revoked-means = Nikdo by ho už neměl přijmout. Nelze to vzít zpět.
state-suspended-means = Je na čas zablokovaný a lze ho opět uvolnit.
state-not-yet-valid-means = Jeho doba ještě nezačala.
state-closed-means = Skončila bez certifikátu. Objednejte si nový.

## Odkazy na návody na jiných stránkách

guides-take = Certifikát už máte nainstalovaný a potřebujete ho na jiném počítači, v jiném programu nebo jako zálohu? Jak ho exportovat:
guides-take-windows = Windows
guides-take-macos = macOS
guides-take-firefox = Firefox nebo Thunderbird
guides-take-public = Jen veřejná část, bez klíče

## Katalog

catalogue-title = Vyberte certifikát
catalogue-lead = Každá stránka říká, co certifikát dosvědčuje, co kontrolujeme, které dokumenty potřebujete a kolik to stojí.
catalogue-empty = Právě zde nelze nic objednat
catalogue-empty-text = Vraťte se později.
price = { $whole },{ $hundredths } { $currency }
price-free = zdarma
product-days = { $count ->
    [one] platí jeden den
    [few] platí { $count } dny
   *[other] platí { $count } dní
}
product-policy = Co dosvědčuje a co kontrolujeme
product-documents = Dokumenty, které potřebujete
product-no-documents = Žádné.
product-document = Dokument
product-document-when = Je potřeba?
document-needed-always = vždy
document-needed-if-chosen = pokud zvolíte doložení dokumentem
document-needed-optional = ne, ale pomůže
product-statements = Co potvrzujete
product-order-heading = Objednávka
product-order = Objednat tento certifikát
product-log-in-first = Nejdřív se přihlásíte.
product-other = { $count ->
    [one] Totéž na jeden den: { $price }
    [few] Totéž na { $count } dny: { $price }
   *[other] Totéž na { $count } dní: { $price }
}
product-steps = Kroky
