# Co mají společného všechny části, které běží v prohlížeči: pole, dialogy, dotaz na heslo úložiště.

ui-cancel = Zrušit
ui-continue = Pokračovat
ui-drop-file = Přetáhněte soubor sem, nebo ho vyberte:
ui-show-password = Zobrazit heslo
ui-unavailable = V tomto prohlížeči nelze certifikáty uchovávat ani používat

ui-certificate = Certifikát
ui-certificate-line = { $authority }, platný do { $until }, sériové číslo { $serial }
ui-pick-title = Vyberte certifikát
ui-store-password = Heslo k lokálnímu úložišti
ui-unlock-title = Odemkněte lokální úložiště
ui-unlock = Odemknout
ui-no-store-title = V tomto prohlížeči zatím není lokální úložiště
ui-no-store = Certifikáty v lokálním úložišti jsou uloženy v prohlížeči na tomto zařízení a chrání je heslo, které znáte jen vy. Nejprve úložiště aktivujte, pak se sem vraťte.
ui-no-store-link = Certifikáty v lokálním úložišti
ui-no-certificate-title = Žádný certifikát se nehodí
ui-no-certificate = Žádný z certifikátů v lokálním úložišti tohoto prohlížeče se k tomu nedá použít. Importujte vhodný certifikát, nebo si ho objednejte.

ui-strength-0 = Velmi slabé: bylo by uhodnuto okamžitě.
ui-strength-1 = Slabé: bylo by uhodnuto rychle.
ui-strength-2 = Zatím nestačí.
ui-strength-3 = Dostatečně silné.
ui-strength-4 = Silné.

ui-password-warning-tooShort = Je příliš krátké.
ui-password-warning-straightRow = Řada kláves na klávesnici se dá snadno uhodnout.
ui-password-warning-keyPattern = Vzor na klávesnici se dá snadno uhodnout.
ui-password-warning-simpleRepeat = Opakované znaky se dají snadno uhodnout.
ui-password-warning-extendedRepeat = Opakované části se dají snadno uhodnout.
ui-password-warning-sequences = Posloupnosti jako abc nebo 6543 se dají snadno uhodnout.
ui-password-warning-recentYears = Letopočty se dají snadno uhodnout.
ui-password-warning-dates = Data se dají snadno uhodnout.
ui-password-warning-topTen = Patří k deseti nejpoužívanějším heslům.
ui-password-warning-topHundred = Patří ke stovce nejpoužívanějších hesel.
ui-password-warning-common = Toto heslo používá mnoho lidí.
ui-password-warning-similarToCommon = Podobá se heslu, které používá mnoho lidí.
ui-password-warning-wordByItself = Jediné slovo se dá snadno uhodnout.
ui-password-warning-namesByThemselves = Jména se dají snadno uhodnout.
ui-password-warning-commonNames = Běžná jména se dají snadno uhodnout.
ui-password-warning-userInputs = Obsahuje vaše jméno nebo adresu.
ui-password-warning-pwned = Je známé z úniku dat.

ui-password-suggestion-l33t = Číslice místo písmen mnoho nepomohou.
ui-password-suggestion-reverseWords = Slova psaná pozpátku mnoho nepomohou.
ui-password-suggestion-allUppercase = Samá velká písmena mnoho nepomohou.
ui-password-suggestion-capitalization = Velké písmeno na začátku mnoho nepomůže.
ui-password-suggestion-dates = Vynechejte data, která s vámi souvisejí.
ui-password-suggestion-recentYears = Vynechejte nedávné letopočty.
ui-password-suggestion-associatedYears = Vynechejte letopočty, které s vámi souvisejí.
ui-password-suggestion-sequences = Vynechejte posloupnosti.
ui-password-suggestion-repeated = Vynechejte opakování.
ui-password-suggestion-longerKeyboardPattern = Použijte delší vzory s několika zatáčkami.
ui-password-suggestion-anotherWord = Přidejte další slovo, které by nikdo nečekal.
ui-password-suggestion-useWords = Použijte několik slov, ale ne známé rčení.
ui-password-suggestion-noNeed = Symboly, číslice a velká písmena nejsou nutné.
ui-password-suggestion-pwned = Změňte ho všude, kde ho používáte.
