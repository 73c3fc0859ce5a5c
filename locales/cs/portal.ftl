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
log-out = Odhlásit se
theme = Barvy
theme-system = Barvy podle zařízení
theme-light = Světlé barvy
theme-dark = Tmavé barvy
help-for-this-page = Nápověda k této stránce
sandbox-banner = Toto je testovací prostředí. Nic, co se zde vydá, není skutečné.
sandbox-banner-link = Lidé a pošta k vyzkoušení
copy = Kopírovat
copied = Zkopírováno
role-subscriber = držitel certifikátu
role-ra-officer = pracovník RA
role-ra-supervisor = vedoucí RA
role-ca-operator = správce CA
role-auditor = auditor

date = { $day }. { $month ->
    [1] ledna
    [2] února
    [3] března
    [4] dubna
    [5] května
    [6] června
    [7] července
    [8] srpna
    [9] září
    [10] října
    [11] listopadu
   *[12] prosince
} { $year }
date-and-time = { $date } v { $time }

## Formuláře

form-problems = { $count ->
    [one] Jednu věc je třeba opravit
    [few] { $count } věci je třeba opravit
   *[other] { $count } věcí je třeba opravit
}
form-optional = nepovinné
form-choose = Vyberte…

## Stavy

state-awaiting-data = čeká na údaje
state-waiting-for-verification = čeká na ověření
state-verified = ověřeno
state-not-available-yet = zatím nedostupné
state-rejected = zamítnuto
state-valid = platný
state-expiring = brzy vyprší
state-expired = platnost vypršela
state-revoked = zneplatněný
state-suspended = pozastavený
state-not-yet-valid = dosud neplatný

## Odmítnutí prostým textem, dokud není stránka

refused-plain-http = Portál nekomunikuje nešifrovaným HTTP, hesla by bylo možné odposlechnout. Použijte { $address }
refused-host = Tato adresa nepatří portálu. Použijte { $address }
error-plain = Na naší straně se něco pokazilo. O nic uloženého jste nepřišli. Sdělte nám prosím toto číslo: { $event }

## Stránky chyb

go-home = Zpět na začátek
error-event = Pokud nám napíšete, uveďte prosím toto číslo:
error-not-found-title = Zde nic není
error-not-found-why = Adresa je chybná, nebo to, co označovala, patří někomu jinému či už neexistuje.
error-not-found-do = Zkontrolujte adresu, nebo začněte znovu ze svého přehledu.
error-forbidden-title = K tomuto nemáte oprávnění
error-forbidden-why = Jste přihlášeni, ale žádná z vašich rolí to nedovoluje.
error-forbidden-do = Pokud byste oprávnění mít měli, požádejte o roli svého vedoucího.
error-stale-form-title = Formulář nelze přijmout
error-stale-form-why = Byl otevřený příliš dlouho, mezitím jste se přihlásili nebo odhlásili, anebo byl odeslán z jiného webu. Nic se nezměnilo.
error-stale-form-do = Vraťte se, načtěte stránku znovu a formulář odešlete ještě jednou.
error-malformed-title = Požadavku nelze porozumět
error-malformed-why = Jeho část chybí nebo je poškozená. Nic se nezměnilo.
error-malformed-do = Vraťte se, načtěte stránku znovu a zkuste to ještě jednou.
error-not-here-title = Toto zde nelze udělat
error-not-here-why = Adresa existuje, ale ne pro tento druh požadavku. Nic se nezměnilo.
error-not-here-do = Vraťte se a použijte tlačítka na stránce.
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
error-busy-title = Právě máme příliš mnoho práce
error-busy-why = Přišlo více požadavků, než dokážeme najednou zpracovat. Nic se nezměnilo.
error-busy-do = { $seconds ->
    [one] Zkuste to znovu za jednu sekundu.
    [few] Zkuste to znovu za { $seconds } sekundy.
   *[other] Zkuste to znovu za { $seconds } sekund.
}
error-fault-title = Na naší straně se něco pokazilo
error-fault-why = Není to vaše chyba. Co jste uložili dříve, je v bezpečí.
error-fault-do = Zkuste to za chvíli znovu. Pokud se to bude opakovat, napište nám.

## Úvodní stránka

home-title = Certifikáty
home-heading = Certifikáty pro podepisování, šifrování a přihlašování
home-lead = Zde o certifikát požádáte, sledujete, co se děje, a certifikát si vyzvednete. Každá stránka vám řekne, co je třeba udělat jako další krok.
door-apply = Požádat o certifikát
door-apply-text = Vyberte druh, zjistěte cenu a potřebné doklady.
door-code = Mám kód
door-code-text = E-mailem jste dostali registrační číslo a přístupový kód.
door-log-in-text = Pokračujte v objednávce, najděte certifikát, obnovte jej nebo zneplatněte.
door-verify = Ověřit
door-verify-text = Zjistěte, zda je pečeť nebo podpis v pořádku.
