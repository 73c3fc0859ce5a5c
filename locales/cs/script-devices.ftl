# Párování zařízení: obě stránky, a zařízení, které se stará samo o sebe.

devices-begin = Jak se má zařízení přihlašovat?
devices-way = Co zařízení dostane
devices-way-own-key = Vlastní klíč
devices-way-own-key-hint = Vznikne v zařízení a nikdy ho neopustí. Hodí se k přihlašování. Jeho certifikát platí dva týdny a obnoví se, kdykoli zařízení použijete.
devices-way-copy = Kopii jednoho z mých certifikátů
devices-way-copy-hint = Pošle se z lokálního úložiště tohoto prohlížeče i s klíčem, zašifrovaná tak, že ji otevře jen vaše zařízení. Hodí se i k podepisování a čtení pošty.
devices-no-way = Toto prostředí nevydává certifikáty zařízením a v lokálním úložišti tohoto prohlížeče není certifikát, který by šlo poslat. Nejdřív nějaký importujte.
devices-show-code = Ukázat kód
devices-choose-title = Vyberte, co se pošle
devices-choose-text = Certifikát půjde do zařízení i se svým klíčem. Až bude zařízení známo, zeptáme se na heslo vašeho lokálního úložiště.
devices-scan = Načtěte tento kód zařízením
devices-scan-text = Namiřte na kód fotoaparát zařízení a otevřete adresu.
devices-qr = QR kód, který otevře tento portál v zařízení
devices-type = Fotoaparát nefunguje?
devices-type-address = Otevřete v zařízení tuto adresu:
devices-type-code = Napište tam tento kód:
devices-waiting = Čekáme na zařízení. Kód lze použít do { $until }.
devices-photo = Nikomu dalšímu kód neukazujte: stačí pro jedno zařízení a platí několik minut.
devices-compare = Porovnejte číslice
devices-compare-text = „{ $name }“ načetlo kód. Ukazuje tyto číslice?
devices-same = Jsou stejné
devices-differ = Liší se
devices-confirm-there = Potvrďte i v zařízení
devices-confirm-there-text = Čekáme, až číslice potvrdíte v zařízení.
devices-seal-title = Poslat certifikát
devices-seal-text = „{ $name }“ se zde i s klíčem zašifruje jen pro vaše zařízení. Povolte to heslem svého lokálního úložiště.
devices-seal = Zašifrovat a poslat
devices-finishing = Už jen chvilku
devices-finishing-text = Čekáme na zařízení.
devices-done = Zařízení je spárováno
devices-done-own-key = „{ $name }“ se od této chvíle přihlašuje k vašemu účtu.
devices-done-copy = „{ $name }“ už má certifikát.
devices-to-list = Ukázat má zařízení
devices-cancelled = Nic nebylo spárováno
devices-cancelled-text = Kód už neplatí. Pokud se číslice lišily, mohl někdo použít jeho fotografii: další kód nikomu neukazujte.
devices-again = Začít znovu
devices-failed = Párování skončilo

devices-problem-not-found = Kód už neplatí, nebo nebyl nikdy ukázán. Nechte si ukázat nový.
devices-problem-taken = Tento kód už načetlo jiné zařízení. Pokud nebylo vaše, zrušte párování tam, kde je kód vidět, a nový kód nikomu dalšímu neukazujte.
devices-problem-out-of-turn = Toto párování pokračovalo jinde, nebo skončilo. Začněte znovu.
devices-problem-mismatch = Přišlo něco jiného, než bylo ohlášeno: druhá strana není ta, která má být. Nic nebylo odesláno. Začněte znovu.
devices-problem-too-large = Certifikát s řetězcem je na odeslání příliš velký.
devices-problem-name = Pojmenujte zařízení nejvýš 60 znaky.
devices-problem-too-many-devices = Máte tolik zařízení, kolik jich může být. Zneplatněte některé, které už nepoužíváte.
devices-problem-wait = Příliš mnoho pokusů. { $seconds ->
    [one] Zkuste to znovu za sekundu.
    [few] Zkuste to znovu za { $seconds } sekundy.
   *[other] Zkuste to znovu za { $seconds } sekund.
}
devices-problem-malformed = Portál nerozuměl tomu, co tato stránka poslala. Načtěte ji znovu a zkuste to ještě jednou.
devices-problem-request = Portál nepřijal klíč tohoto zařízení. Začněte znovu.
devices-problem-no-authority = Toto prostředí nevydává certifikáty zařízením.
devices-problem-proof = Portál už toto zařízení nezná.
devices-problem-refused = Párování bylo na druhé straně zrušeno.
devices-problem-revoked = Toto zařízení bylo zneplatněno.
devices-problem-late = Toto zařízení bylo příliš dlouho pryč: platnost jeho certifikátu vypršela.
devices-problem-superseded = Toto zařízení má mezitím jiný certifikát. Možná se jinde používá kopie dat tohoto prohlížeče.
devices-problem-confirm = Nejprve potvrďte, že jste to vy.
devices-problem-session = Už nejste přihlášeni. Přihlaste se a začněte znovu.
devices-problem-unreachable = Portál teď není dostupný. Zkontrolujte připojení a zkuste to znovu.

pair-begin = Pojmenujte toto zařízení
pair-begin-text = Abyste ho později poznali v seznamu svých zařízení. Zatím nebylo nic odesláno.
pair-code = Kód
pair-code-hint = 27 písmen a číslic, jak je vaše druhé zařízení ukazuje pod obrázkem.
pair-name = Název tohoto zařízení
pair-name-hint = Například „Můj telefon“.
pair-continue = Pokračovat
pair-joined = Spojujeme
pair-joined-text = Čekáme na vaše druhé zařízení.
pair-whose-own-key = Toto zařízení se bude přihlašovat jako { $account } v prostředí { $environment }.
pair-whose-copy = Toto zařízení dostane certifikát od { $account } v prostředí { $environment }.
pair-compare-text = Ukazuje vaše druhé zařízení tyto číslice?
pair-confirmed = Potvrďte i v druhém zařízení
pair-confirmed-text = Čekáme na vaše druhé zařízení.
pair-refused = Nic nebylo spárováno
pair-refused-text = Číslice se lišily, mezi vašimi zařízeními tedy může být někdo cizí. Nic nebylo odesláno. Nechte si ukázat nový kód, a jen tomuto zařízení.
pair-received = Certifikát je v lokálním úložišti tohoto prohlížeče
pair-received-text = „{ $name }“ teď můžete používat i zde.
pair-is-paired = Toto zařízení je spárováno
pair-is-paired-text = Přihlašuje se jako { $account } v prostředí { $environment }.
pair-valid-until = Jeho certifikát platí do { $until } a obnoví se, když zde otevřete portál.
pair-over-text = Už se nepřihlásí. Spárujte ho znovu z jiného zařízení, na kterém jste přihlášeni.
pair-log-in = Přihlásit se tímto zařízením
pair-anew = Spárovat jiným kódem
pair-forget = Zapomenout spárování
pair-forget-text = Klíč tohoto zařízení se z tohoto prohlížeče navždy smaže. Zneplatněte zařízení i v seznamu, aby na ně nikdo nečekal.
pair-unlock-text = Přijde do něj certifikát, který vám bude poslán.
pair-store-title = Založit v tomto zařízení lokální úložiště
pair-store-text = Váš klíč zůstane v tomto prohlížeči, zamčený tímto heslem. My nevidíme ani jedno. Když heslo zapomenete, nikdo úložiště neotevře: vyprázdníte ho a certifikát si necháte poslat znovu.
pair-store-repeat = Heslo ještě jednou
pair-store-differ = Hesla se liší.
pair-store-make = Založit lokální úložiště

problem-pairing = { $reason ->
    [code] To není kód tohoto portálu, nebo v něm chybí znak. Napište všech 27 znaků.
    [other] Přišlo něco jiného, než bylo ohlášeno: druhá strana není ta, která má být. Nic nebylo odesláno. Začněte znovu.
   *[order] Na této stránce žádné párování neprobíhá. Začněte znovu.
}
problem-noDevice = Tento prohlížeč není spárované zařízení.
