# Renewal of certificates.

event-renewal-begun = Obnovení certifikátu zahájeno
csr-error-key-of-former = To je klíč certifikátu, který obnovujete. Obnovením získáte nový klíč: vytvořte jej.

notice-renewal-code-sent = Kód je na cestě.
notice-renewal-confirmed = Schránka je potvrzena. Zbývá klíč.
order-closed-title = Tato objednávka je uzavřena
order-closed-text = Certifikát, který měla obnovit, byl zneplatněn, a proto se tu nic nevydá. Potřebujete-li ho stále, objednejte si nový certifikát.
next-closed = Objednat nový certifikát

certificate-renew = Obnovit
certificate-successor = Otevřít nástupce

renew-title = Obnovení certifikátu
renew-lead = Nový certifikát uvádí totéž a platí vedle tohoto, jehož klíč si necháte kvůli staré poště.
renew-certificate = Certifikát
renew-successor = Nový certifikát
renew-data = Ověřené údaje
renew-data-until = lze použít do { $until }
renew-same = Jméno, organizace a schránka zůstávají, klíč bude nový. Pokud se něco změnilo, objednejte nový certifikát.
renew-code-text = Na adresu { $email }, tedy do schránky uvedené v certifikátu, pošleme kód. Platí jednou a po dobu 24 hodin.
renew-send = Poslat kód
renew-later = Teď ne
renew-sent = Na adresu { $email } jsme poslali kód.
renew-sent-over = Kód, který jsme poslali na adresu { $email }, už neplatí. Pošlete nový.
renew-not-arrived = Nic nepřišlo? Podívejte se do nevyžádané pošty, nebo pošlete nový kód.
renew-confirm = Potvrdit a pokračovat ke klíči
renew-order = Objednat s novým ověřením
renew-too-many-open = Máte { $max } nedokončených objednávek. Nejprve některou z nich dokončete.

renew-not-title = Tento certifikát nelze obnovit
renew-not-revoked = Je zneplatněný, takže údaje v něm už nemusejí platit. Objednejte nový certifikát.
renew-not-ordered = Nevznikl z vaší objednávky. Objednejte nový certifikát.
renew-not-offered = Tento druh certifikátů už nenabízíme. Vyberte jiný.
renew-not-verified = Údaje v něm byly ověřeny před více než 825 dny nebo se ukázalo, že neplatí, nebo bylo od té doby ověřeno něco jiného. Je třeba je ověřit znovu: objednejte stejný druh a pošlete aktuální doklady.
renew-not-again = Už byl obnoven.

## The key in the browser

activation-key-where = Kde se klíč vytvoří?
activation-key-browser = V tomto prohlížeči (doporučujeme)
activation-key-browser-text = Nic se neinstaluje ani neopisuje: klíč se vytvoří zde při vydání certifikátu, zůstane zde pod vaším heslem a vy dostanete soubor se zálohou pro poštovní program.
activation-key-elsewhere = V mém počítači nebo na tokenu
activation-key-elsewhere-text = Klíč vytvoříte vlastním programem a dáte nám žádost o certifikát (CSR).
activation-summary-key-browser = RSA 3072, vytvoří se v tomto prohlížeči při vydání certifikátu
activation-key-store = Klíč se vytvoří v tomto prohlížeči a zůstane v něm zamčený vaším heslem. My dostaneme jen žádost, nikdy klíč ani heslo.
activation-key-no-script = K vytvoření klíče v prohlížeči potřebuje stránka JavaScript. Povolte jej, nebo se vraťte a dejte nám žádost o certifikát.
activation-issue-browser = Vytvořit klíč a vydat certifikát
activation-register = Chci se zde tímto certifikátem přihlašovat
activation-register-text = Místo hesla. Nezaškrtávejte, pokud má klíč i někdo jiný, například u sdílené schránky.
activation-register-as-before = Bude vás zde přihlašovat stejně jako ten, který obnovuje.
