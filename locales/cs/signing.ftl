# Formuláře podepsané jako dokumenty.

signing-title = Podepsat žádost
signing-text = Není to povinné. Certifikátem v tomto prohlížeči můžete podepsat tento dokument: je v něm všechno, co se odešle, přesně tak, jak to podepíšete, a každému dokáže, že jste to byli vy.
signing-document = Dokument k podpisu

signing-refused-unreadable = Co přišlo jako podpis, nelze přečíst. Podepište znovu; nic se neztratilo.
signing-refused-form = Podpis má jinou podobu, než je třeba: jeden podepisující, vedle dokumentu (CAdES-B-B), nic dalšího. Podepište znovu na této stránce.
signing-refused-changed = Podepsáno bylo něco jiného, než co by se teď odeslalo: údaje nebo dokumenty se mezitím změnily, nebo byla stránka otevřená příliš dlouho. Nic se neodeslalo a nic se neztratilo. Přečtěte si dokument znovu a podepište ho.
signing-refused-wrong = Podpis není správný. Nic se neodeslalo. Podepište znovu na této stránce.
signing-refused-not-yours = Certifikát není zaregistrován jako váš pro podepisování. Zaregistrujte ho v Nastavení certifikátů, nebo zvolte jiný.
signing-refused-not-proved = Nikdo zatím neprokázal, že má klíč tohoto certifikátu. Prokažte to v Nastavení certifikátů, Registrované certifikáty, nebo zvolte jiný.
signing-refused-of-device = Vlastní certifikát zařízení formuláře nepodepisuje: jeho klíč nechce žádné heslo. Zvolte jiný.
signing-refused-expired = Certifikát platil do { $at }. Zvolte novější.
signing-refused-not-yet-valid = Certifikát platí až od { $at }. Zvolte jiný.
signing-refused-revoked = Certifikát je od { $at } zneplatněný ({ $reason }). Zvolte jiný.
signing-refused-suspended = Certifikát je od { $at } pozastavený. Zvolte jiný.
signing-refused-unsupported = Certifikát vydala autorita { $issuer }, která zde není podporována pro podepisování. Zvolte jiný.
signing-refused-purpose = Certifikát není určen k podepisování dokumentů. Zvolte jiný.
signing-refused-unknown = Nepodařilo se zjistit, zda certifikát není zneplatněný, protože server jeho vydavatele neodpověděl. Zkuste to za pár minut, nebo odešlete údaje bez podpisu.
signing-refused-path = S certifikátem nebo s některou autoritou nad ním není něco v pořádku. Zvolte jiný; víc vám řekne jeho vydavatel.

signed-by = Podepsal(a) { $by }, certifikát { $serial } autority { $authority }, { $at }
signed-document = Podepsaný dokument (.txt)
signed-signature = Podpis (.p7s)
signed-verify = Kdokoli může podpis s oběma soubory ověřit:
signed-verify-link = Ověřit
notice-data-signed = Žádost je podepsaná a údaje čekají na ověření. Dokumenty můžete ještě přidávat.
event-data-signed = Žádost podepsána

application-document-title = Žádost o certifikát
application-document-number = Číslo objednávky
application-document-version = Verze objednávky
application-document-portal = Portál
application-document-at = Sepsáno
application-document-applicant = Žadatel
application-document-name = Jméno
application-document-email = E-mail
application-document-registration-number = Registrační číslo
application-document-product = Produkt
application-document-certificate = Certifikát
application-document-code = Kód
application-document-days = Platnost ve dnech
application-document-number-anyway = Žadatel potvrzuje, že číslo je správné, ačkoli kontrolní číslice nesouhlasí.
application-document-no-documents = Žádné
application-document-kind = Druh
application-document-octets = Velikost v oktetech
application-document-added = Přidáno
application-document-statement = Prohlášení a verze
