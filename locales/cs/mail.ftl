# Dopisy. První řádek říká, proč přišel; kódy a data stojí v seznamu údajů.

mail-footer = Tuto zprávu odeslalo prostředí { $environment } automaticky. Odpovědi na ni nikdo nečte.

mail-fact-registration-number = Registrační číslo
mail-fact-access-code = Přístupový kód
mail-fact-verification-code = Ověřovací kód
mail-fact-reference-number = Referenční číslo
mail-fact-valid-until = Platí do
mail-fact-subject = Vydán pro
mail-fact-serial = Sériové číslo
mail-fact-valid-from = Platí od
mail-fact-reason = Důvod
mail-fact-attached = V příloze
mail-fact-mailbox = Schránka
mail-fact-device = Zařízení

## Účet

mail-access-code-subject = Vaše registrační číslo a přístupový kód
mail-access-code-why = S touto adresou proběhla registrace v prostředí { $environment }.
mail-access-code-text = Přihlaste se registračním číslem nebo touto adresou a přístupovým kódem. Tam si zvolíte heslo a kód přestane platit.
mail-access-code-link = Přihlásit se
mail-access-code-not-you = Neregistrovali jste se? Pak někdo napsal vaši adresu omylem. Nemusíte nic dělat, kód sám vyprší.

mail-new-access-code-subject = Váš nový přístupový kód
mail-new-access-code-why = K vašemu účtu v prostředí { $environment } si někdo, patrně vy, vyžádal nový přístupový kód.
mail-new-access-code-text = Přihlaste se registračním číslem nebo touto adresou a přístupovým kódem. Tam si zvolíte nové heslo a kód přestane platit.
mail-new-access-code-link = Přihlásit se
mail-new-access-code-not-you = Nežádali jste o něj? Nemusíte nic dělat: dosavadní heslo platí dál a kód sám vyprší.

mail-already-registered-subject = Účet už máte
mail-already-registered-why = Někdo, možná vy, se v prostředí { $environment } registroval s touto adresou, která už účet má.
mail-already-registered-text = Nic se nezměnilo. Přihlaste se registračním číslem nebo touto adresou. Pokud už neznáte heslo, nechte si poslat nový přístupový kód.
mail-already-registered-link = Poslat nový přístupový kód

mail-invitation-subject = Pozvánka do prostředí { $environment }
mail-invitation-why = Zveme vás k práci v prostředí { $environment }. Vaše role: { $roles }.
mail-invitation-text = Zvolíte si heslo a nastavíte druhý faktor. Potřebujete k tomu ověřovací aplikaci v telefonu.
mail-invitation-link = Přijmout pozvánku
mail-invitation-once = Odkaz lze použít jednou a je jen pro vás. Nikomu ho nepředávejte.

mail-password-changed-subject = Vaše heslo bylo změněno
mail-password-changed-why = Heslo k vašemu účtu v prostředí { $environment } bylo změněno { $at }.
mail-password-changed-text = Všude jinde jste byli odhlášeni. Pokud jste to byli vy, nemusíte nic dělat.
mail-password-changed-not-you = Nebyli jste to vy? Nechte si hned poslat nový přístupový kód a zvolte si jiné heslo.
mail-password-changed-link = Poslat nový přístupový kód

mail-second-factor-changed-subject = Byl nastaven druhý faktor
mail-second-factor-changed-why = K vašemu účtu v prostředí { $environment } byl { $at } nastaven druhý faktor.
mail-second-factor-changed-text = Od teď se přihlašujete heslem a kódem z aplikace. Pokud jste to byli vy, nemusíte nic dělat.
mail-second-factor-changed-not-you = Nebyli jste to vy? Hned si změňte heslo a dejte vědět provozovateli prostředí { $environment }.
mail-second-factor-changed-link = Otevřít účet

mail-recovery-code-used-subject = Byl použit záložní kód
mail-recovery-code-used-why = K vašemu účtu v prostředí { $environment } se { $at } někdo přihlásil záložním kódem místo druhého faktoru.
mail-recovery-code-used-left = { $left ->
    [0] Byl to poslední. Nové získáte, když druhý faktor nastavíte znovu.
    [one] Zbývá jeden záložní kód. Nové získáte, když druhý faktor nastavíte znovu.
    [few] Zbývají { $left } záložní kódy.
   *[other] Zbývá { $left } záložních kódů.
}
mail-recovery-code-used-not-you = Nebyli jste to vy? Hned si změňte heslo a dejte vědět provozovateli prostředí { $environment }.
mail-recovery-code-used-link = Otevřít účet

mail-certificate-registered-subject = Byl pro vás zaregistrován certifikát
mail-certificate-registered-why = K vašemu účtu v prostředí { $environment } byl { $at } zaregistrován certifikát.
mail-certificate-registered-text = Je-li podpisový, lze se od této chvíle jeho klíčem přihlásit k vašemu účtu. Pokud jste to byli vy, nemusíte nic dělat.
mail-certificate-registered-by-other = Zaregistrovala ho oprávněná osoba vaší organizace. Je-li podpisový, lze se od této chvíle jeho klíčem přihlásit k vašemu účtu.
mail-certificate-registered-not-you = Tento certifikát neznáte? Odeberte ho ze svého účtu, hned si změňte heslo a dejte vědět provozovateli prostředí { $environment }.
mail-certificate-registered-link = Otevřít účet

mail-device-paired-subject = K vašemu účtu bylo spárováno zařízení
mail-device-paired-why = K vašemu účtu v prostředí { $environment } bylo { $at } spárováno zařízení.
mail-device-paired-own-key = Má vlastní klíč a od této chvíle se přihlašuje k vašemu účtu. Pokud jste to byli vy, nemusíte nic dělat.
mail-device-paired-copy = Byl do něj poslán váš certifikát s klíčem. Pokud jste to byli vy, nemusíte nic dělat.
mail-device-paired-not-you = Nebyli jste to vy? Zařízení hned zneplatněte, změňte si heslo a dejte vědět provozovateli prostředí { $environment }. Byl-li do něj poslán certifikát, zneplatněte i ten.
mail-device-paired-link = Otevřít seznam zařízení

mail-registered-ends-subject = { $days ->
    [one] Váš certifikát vyprší do jednoho dne
    [few] Váš certifikát vyprší za { $days } dny
   *[other] Váš certifikát vyprší za { $days } dní
}
mail-registered-ends-why = { $days ->
    [one] Certifikát, který máte registrovaný v prostředí { $environment }, vyprší do jednoho dne.
    [few] Certifikát, který máte registrovaný v prostředí { $environment }, vyprší za { $days } dny.
   *[other] Certifikát, který máte registrovaný v prostředí { $environment }, vyprší za { $days } dní.
}
mail-registered-ends-text = Opatřete si včas nástupce a zaregistrujte ho také: oba fungují vedle sebe. Starý klíč si ponechte, staré zprávy ho potřebují.
mail-registered-ends-link = Otevřít účet

mail-registered-revoked-subject = Váš registrovaný certifikát je zneplatněn
mail-registered-revoked-why = Autorita, která vydala váš certifikát, uvádí, že je od { $at } zneplatněn. K prostředí { $environment } se jím už nelze přihlásit.
mail-registered-revoked-text = Pokud jste o to nežádali, zeptejte se autority na důvod. Abyste mohli pokračovat, zaregistrujte jiný certifikát.
mail-registered-revoked-link = Otevřít účet

mail-registered-suspended-subject = Platnost vašeho registrovaného certifikátu je pozastavena
mail-registered-suspended-why = Autorita, která vydala váš certifikát, uvádí, že jeho platnost je od { $at } pozastavena. Dokud pozastavení trvá, nelze se jím přihlásit k prostředí { $environment }.
mail-registered-suspended-text = Pokud jste o to nežádali, zeptejte se autority na důvod. Až pozastavení skončí, není tu třeba nic dělat.
mail-registered-suspended-link = Otevřít účet

## Objednávky

mail-data-submitted-subject = Objednávka { $number }: vaše údaje dorazily
mail-data-submitted-why = Vaše údaje k objednávce { $number } ({ $product }) dorazily.
mail-data-submitted-text = Nemusíte nic dělat. Ověříme je a napíšeme, jakmile se něco změní.
mail-data-submitted-link = Zobrazit objednávku

mail-data-verified-subject = Objednávka { $number }: vaše údaje jsou ověřeny
mail-data-verified-why = Vaše údaje k objednávce { $number } ({ $product }) jsou ověřeny.
mail-data-verified-text = Další krok ukazuje stránka objednávky.
mail-data-verified-link = Pokračovat v objednávce

mail-data-rejected-subject = Objednávka { $number }: opravte prosím údaje
mail-data-rejected-why = Vaše údaje k objednávce { $number } ({ $product }) je třeba opravit. Pracovník RA píše:
mail-data-rejected-text = Opravte to na stránce objednávky; všechno ostatní zůstává.
mail-data-rejected-link = Opravit údaje

mail-email-verification-subject = Ověřte tuto schránku
mail-email-verification-why = Tato schránka má stát v certifikátu objednaném v prostředí { $environment } (objednávka { $number }, { $product }).
mail-email-verification-text = Ověřte ji odkazem, nebo napište kód na stránce objednávky. Obojí lze použít jednou.
mail-email-verification-link = Ověřit tuto schránku
mail-email-verification-not-you = Nic jste neobjednali? Nemusíte nic dělat: bez odkazu nebo kódu nikdo certifikát pro vaši schránku nedostane.

mail-renewal-code-subject = Kód k obnovení certifikátu
mail-renewal-code-why = V prostředí { $environment } se obnovuje certifikát této schránky (objednávka { $number }, { $product }).
mail-renewal-code-text = Zadejte kód na stránce obnovení, nebo použijte odkaz. Obojí platí jen jednou.
mail-renewal-code-link = Potvrdit obnovení
mail-renewal-code-not-you = Certifikát neobnovujete? Nic nedělejte: bez kódu nebo odkazu se žádný certifikát nevydá. Pokud se to bude opakovat, dejte vědět provozovateli prostředí { $environment }.

mail-certificate-ends-subject = { $days ->
    [one] Platnost vašeho certifikátu skončí do jednoho dne
    [few] Platnost vašeho certifikátu skončí za { $days } dny
   *[other] Platnost vašeho certifikátu skončí za { $days } dní
}
mail-certificate-ends-why = { $days ->
    [one] Platnost vašeho certifikátu z prostředí { $environment } skončí do jednoho dne.
    [few] Platnost vašeho certifikátu z prostředí { $environment } skončí za { $days } dny.
   *[other] Platnost vašeho certifikátu z prostředí { $environment } skončí za { $days } dní.
}
mail-certificate-ends-text = Obnovte jej včas: stačí kód zaslaný do schránky a několik minut. Nový certifikát platí vedle starého, jehož klíč si nechte kvůli staré poště.
mail-certificate-ends-link = Obnovit certifikát

mail-collection-subject = Certifikát je připraven k vyzvednutí, objednávka { $number }
mail-collection-why = Vše k vaší objednávce { $number } ({ $product }) v prostředí { $environment } je ověřeno a certifikát si můžete vyzvednout.
mail-collection-text = Potřebujete dva kódy: toto referenční číslo a autorizační kód, který vám registrační autorita předá jinou cestou. Klíč vznikne tam, kde zůstane, například ve vašem prohlížeči.
mail-collection-link = Vyzvednout certifikát
mail-collection-not-you = Nic jste neobjednali? Nic nedělejte: samotné toto číslo k certifikátu nestačí.

mail-certificate-issued-subject = Váš certifikát, objednávka { $number }
mail-certificate-issued-why = Certifikát z vaší objednávky { $number } ({ $product }) byl vydán; je v příloze.
mail-certificate-issued-text = Soukromý klíč v tomto dopise není: zůstává tam, kde jste ho vytvořili, a máte ho jen vy. Na stránce certifikátu jsou další formáty a návody pro váš poštovní program.
mail-certificate-issued-link = Otevřít certifikát

mail-certificate-revoked-subject = Váš certifikát byl zneplatněn
mail-certificate-revoked-why = Váš certifikát byl { $at } zneplatněn.
mail-certificate-revoked-text = Od této chvíle ho nemá nikdo přijímat. To už nelze vzít zpět. Starou poštu lze jeho klíčem dál dešifrovat.
mail-certificate-revoked-link = Zobrazit certifikát

mail-reason-unspecified = neuveden
mail-reason-keyCompromise = soukromý klíč mohl být prozrazen
mail-reason-affiliationChanged = změnilo se jméno nebo organizace
mail-reason-superseded = nahrazen jiným certifikátem
mail-reason-cessationOfOperation = už se nepoužívá
mail-reason-privilegeWithdrawn = oprávnění k němu bylo odňato
