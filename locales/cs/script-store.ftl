# Stránka úložiště certifikátů v tomto prohlížeči slovy svého skriptu.

## Stav

store-state = Stav úložiště
store-status-unlocked = aktivní
store-status-locked = zamčené
store-status-inactive = neaktivní
store-says-unlocked = { $count ->
    [0] Úložiště je odemčené a prázdné.
    [one] Úložiště je odemčené, je v něm jeden certifikát.
    [few] Úložiště je odemčené, jsou v něm { $count } certifikáty.
   *[other] Úložiště je odemčené, je v něm { $count } certifikátů.
}
store-says-locks = { $minutes ->
    [one] Samo se zamkne po jedné minutě nečinnosti a hned, jakmile stránku opustíte.
    [few] Samo se zamkne po { $minutes } minutách nečinnosti a hned, jakmile stránku opustíte.
   *[other] Samo se zamkne po { $minutes } minutách nečinnosti a hned, jakmile stránku opustíte.
}
store-says-locked = { $count ->
    [0] Úložiště je prázdné. Otevře ho jeho heslo.
    [one] Je v něm jeden certifikát. Otevře ho vaše heslo.
    [few] Jsou v něm { $count } certifikáty. Otevře ho vaše heslo.
   *[other] Je v něm { $count } certifikátů. Otevře ho vaše heslo.
}
store-says-inactive = V tomto prohlížeči zatím žádné úložiště není.
store-says-pending = { $count ->
    [one] Jeden další klíč čeká na svůj certifikát.
    [few] { $count } další klíče čekají na své certifikáty.
   *[other] { $count } dalších klíčů čeká na své certifikáty.
}
store-lock = Zamknout
store-locked-now = Úložiště je zamčené.
store-locked-idle = Úložiště se samo zamklo.
store-unlocked-now = Úložiště je odemčené.

## Zřízení

store-setup-title = Zřídit úložiště v tomto prohlížeči
store-setup-text = Váš klíč zůstane v tomto prohlížeči, zamčený tímto heslem. My neuvidíme ani klíč, ani heslo.
store-setup-forget = Pokud heslo zapomenete, úložiště už nikdo neotevře: smažete ho a zálohu naimportujete znovu.
store-setup-phrase = Dobré heslo jsou čtyři nebo pět slov, která k sobě nepatří.
store-password-new = Nové heslo
store-password-again = Totéž heslo znovu
store-password-differs = Hesla se neshodují. Napište obě znovu.
store-password-missing = Napište heslo.
store-setup-submit = Zřídit úložiště
store-setup-done = Úložiště je zřízené a odemčené. Teď naimportujte certifikát, nebo si ho vytvořte na stránce své objednávky.

## Odemčení

store-unlock-title = Odemknout úložiště
store-password = Heslo úložiště
store-unlock-submit = Odemknout
store-forgotten = Zapomenuté heslo
store-wait = { $seconds ->
    [one] Po několika chybných heslech se na další podíváme za jednu sekundu.
    [few] Po několika chybných heslech se na další podíváme za { $seconds } sekundy.
   *[other] Po několika chybných heslech se na další podíváme za { $seconds } sekund.
}

## Import

store-import-title = Importovat certifikát
store-import-text = Soubor se zálohou vašeho klíče: .p12 nebo .pfx. Otevře se zde, ve vašem prohlížeči. Nic se neodesílá.
store-import-how = Jak takový soubor vyexportovat z Windows, macOS nebo Firefoxu
store-import-file = Soubor s certifikátem a klíčem
store-import-password = Heslo souboru
store-import-password-hint = Zvolili jste ho, když soubor vznikal. Není to heslo úložiště.
store-import-submit = Importovat
store-import-no-file = Nejdříve vyberte soubor.
store-import-wrong-password = Heslo tento soubor neotevře. Nic se neimportovalo.
store-import-nothing = Nic se neimportovalo.
store-imported-title = { $count ->
    [one] Certifikát je v úložišti
    [few] { $count } certifikáty jsou v úložišti
   *[other] { $count } certifikátů je v úložišti
}
store-imported-text = Klíč je odteď zamčený heslem úložiště. Soubor uschovejte na bezpečném místě mimo tento počítač: je to vaše záloha.
store-imported-skipped = { $count ->
    [one] Jeden další klíč v souboru byl vynechán: nemá certifikát, nebo je druhu, který prohlížeče neumějí použít.
    [few] { $count } další klíče v souboru byly vynechány: nemají certifikát, nebo jsou druhu, který prohlížeče neumějí použít.
   *[other] { $count } dalších klíčů v souboru bylo vynecháno: nemají certifikát, nebo jsou druhu, který prohlížeče neumějí použít.
}
store-imported-expired = Jeho platnost vypršela: poslouží k dešifrování starých zpráv. K přihlášení nebo podpisu potřebujete nový.

## Seznam

store-list-title = Certifikáty v lokálním úložišti
store-list-empty = Zatím žádný certifikát
store-list-empty-text = Naimportujte soubor se zálohou, nebo si aktivujte certifikát s klíčem vytvořeným v tomto prohlížeči.
store-list-empty-locked = Chcete-li importovat certifikát, úložiště odemkněte.
store-primary-yes = hlavní
store-primary-text = Hlavní certifikát se při přihlašování, podepisování a dešifrování nabízí jako první.
store-holder = Držitel
store-authority = Certifikační autorita
store-serial = Sériové číslo
store-from = Platnost od
store-to = Platnost do
store-validity = Stav
store-acts = Co s ním
store-details = Podrobnosti
store-details-of = Podrobnosti: { $name }
store-total = { $count ->
    [one] 1 položka
    [few] { $count } položky
   *[other] { $count } položek
}
store-page-of = strana { $page } z { $pages }
store-paging = Stránky seznamu
store-previous = Předchozí
store-next = Další
store-revocation = Které z vašich certifikátů byly zneplatněny, se zde ukáže po přihlášení. Na ty, které zde nebyly vydány ani registrovány, se autorit neptáme.

## Podrobnosti

store-back = Všechny certifikáty v úložišti
store-valid-between = Platnost od { $from } do { $to }
store-key-place = Kde je klíč
store-key-place-text = V tomto prohlížeči na tomto počítači, zašifrovaný heslem úložiště. Jiné prohlížeče, jiné počítače ani anonymní okna ho nemají. Kdo v prohlížeči vymaže data tohoto webu, ten klíč smaže.
store-imported-at = V úložišti od { $date }
store-chain = { $count ->
    [0] Certifikáty autorit u něj uložené nejsou.
    [one] Je u něj uložený certifikát jeho autority.
    [few] Jsou u něj uložené { $count } certifikáty autorit.
   *[other] Je u něj uloženo { $count } certifikátů autorit.
}
store-file-name = Jméno v souboru: { $name }
store-make-primary = Nastavit jako hlavní
store-made-primary = Hlavní certifikát je teď { $name }.
store-download = Stáhnout certifikát (bez klíče)

## Záloha

store-export = Exportovat zálohu
store-export-title = Exportovat zálohu: { $name }
store-export-text = V souboru je certifikát i klíč. Kdo má soubor a jeho heslo, může se podepisovat za vás. Uschovejte ho mimo tento počítač.
store-export-form = Pro které programy
store-export-modern = Současné programy
store-export-modern-hint = Windows 10 a novější, macOS, Firefox, Java, OpenSSL. AES-256.
store-export-legacy = Starší Windows
store-export-legacy-hint = Windows 7 a 8, Windows Server před verzí 2019, stará zařízení. TripleDES-SHA1 chrání slabě: po importu soubor smažte.
store-export-file-password = Heslo pro soubor
store-export-file-password-hint = Zeptá se na ně program, ve kterém soubor otevřete. Java otevře jen hesla bez diakritiky.
store-export-submit = Uložit zálohu
store-export-done = Záloha { $file } je uložená. Než se na ni spolehnete, vyzkoušejte, že ji heslo otevře.

## Odebrání

store-remove = Odebrat
store-remove-title = Odebrat { $name } z tohoto prohlížeče?
store-remove-text = Certifikát i klíč se z tohoto prohlížeče smažou. Bez zálohy je klíč pryč navždy: co pro něj bylo zašifrováno, už nikdo nepřečte.
store-remove-primary = Je to hlavní certifikát; nahradí ho nejnovější z ostatních.
store-remove-submit = Odebrat certifikát i klíč
store-removed = { $name }: odebráno z tohoto prohlížeče.

## Nastavení úložiště

store-settings-title = Heslo a zamykání
store-idle = Zamknout po této době nečinnosti
store-idle-minutes = { $minutes ->
    [one] 1 minuta
    [few] { $minutes } minuty
   *[other] { $minutes } minut
}
store-idle-done = { $minutes ->
    [one] Úložiště se zamkne po jedné minutě nečinnosti.
    [few] Úložiště se zamkne po { $minutes } minutách nečinnosti.
   *[other] Úložiště se zamkne po { $minutes } minutách nečinnosti.
}
store-change = Změnit heslo
store-change-title = Změnit heslo úložiště
store-change-text = Všechny klíče se znovu zašifrují novým heslem. Uložené zálohy si ponechají svá hesla.
store-password-old = Současné heslo
store-change-submit = Změnit heslo
store-change-done = Heslo je změněné. Ostatní okna s tímto portálem se zamkla.
store-deactivate = Deaktivovat úložiště
store-deactivate-title = Deaktivovat úložiště a smazat všechno, co v něm je?
store-deactivate-text = { $count ->
    [0] Úložiště se z tohoto prohlížeče smaže. Je prázdné.
    [one] Úložiště se z tohoto prohlížeče smaže i s jediným certifikátem a jeho klíčem. Bez zálohy je klíč pryč navždy.
    [few] Úložiště se z tohoto prohlížeče smaže i se všemi { $count } certifikáty a jejich klíči. Bez záloh jsou klíče pryč navždy.
   *[other] Úložiště se z tohoto prohlížeče smaže i se všemi { $count } certifikáty a jejich klíči. Bez záloh jsou klíče pryč navždy.
}
store-deactivate-pending = { $count ->
    [one] Smaže se i jeden klíč, který čeká na svůj certifikát: ten certifikát by už nešlo použít.
    [few] Smažou se i { $count } klíče, které čekají na své certifikáty: ty certifikáty by už nešlo použít.
   *[other] Smaže se i { $count } klíčů, které čekají na své certifikáty: ty certifikáty by už nešlo použít.
}
store-deactivate-kept = Certifikáty zůstanou platné a registrované: ty, které už nepoužíváte, zneplatněte.
store-deactivate-submit = Smazat úložiště
store-deactivated = Úložiště se vším, co v něm bylo, je z tohoto prohlížeče smazané.
store-reset-title = Zapomenuté heslo: smazat úložiště a začít znovu
store-reset-text = Bez hesla úložiště nikdo neotevře, ani my ne. Můžete ho smazat, zřídit nové a své zálohy do něj naimportovat.
store-reset-loss = { $count ->
    [0] Úložiště je prázdné: o nic nepřijdete.
    [one] Smaže se jeden certifikát a jeho klíč. Nemáte-li zálohu, objednejte si nový certifikát; co bylo zašifrováno pro starý klíč, už nikdo nepřečte.
    [few] Smažou se { $count } certifikáty a jejich klíče. Nemáte-li zálohy, objednejte si nové certifikáty; co bylo zašifrováno pro staré klíče, už nikdo nepřečte.
   *[other] Smaže se { $count } certifikátů a jejich klíče. Nemáte-li zálohy, objednejte si nové certifikáty; co bylo zašifrováno pro staré klíče, už nikdo nepřečte.
}
store-reset-word = SMAZAT
store-reset-confirm = Chcete-li pokračovat, napište { $word }
store-reset-confirm-wrong = Napište { $word } velkými písmeny. Nebo toto okno zavřete: nic se nesmazalo.
store-reset-submit = Smazat úložiště se vším, co v něm je
store-reset-done = Úložiště je smazané. Zřiďte nové a naimportujte své zálohy.
