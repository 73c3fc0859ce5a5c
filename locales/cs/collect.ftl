# Collecting a certificate by codes.

event-codes-given-out = Předány kódy k vyzvednutí certifikátu

collect-title = Vyzvednutí certifikátu
collect-lead = Potřebujete dva kódy: referenční číslo z naší zprávy a autorizační kód, který vám registrační autorita předala jinou cestou.
collect-reference = Referenční číslo
collect-reference-help = Tři skupiny po čtyřech znacích, ze zprávy.
collect-code = Autorizační kód
collect-code-help = Sedm skupin po čtyřech znacích. Na velikosti písmen, mezerách a pomlčkách nezáleží.
collect-open = Zobrazit certifikát
collect-log-in = Můžete se také přihlásit a objednávku aktivovat tam, bez kódů.
collect-access-code = Máte registrační číslo a přístupový kód?
collect-generator = Nemáte program, který vytváří klíče? Klíč, žádost i soubor .p12 vytvoříte v tomto prohlížeči:
collect-instead = Mám referenční číslo a autorizační kód
collect-wrong = Tyto kódy nejsou správné. Zkontrolujte oba; po několika chybných budou třeba nové.
collect-blocked = Chybné kódy byly zadány příliš často, proto tyto už neplatí. Požádejte registrační autoritu o nové, nebo se přihlaste.
collect-used = Tyto kódy už byly použity nebo je nahradily novější. Pokud byl certifikát vydán, přišel vám e-mailem: přihlaste se a otevřete jej v prohlížeči, který má jeho klíč.
collect-expired = Platnost těchto kódů skončila. Požádejte registrační autoritu o nové, nebo se přihlaste.
collect-not-ready = Tento certifikát teď vyzvednout nelze. Přihlaste se: stránka objednávky ukáže, co dál.
collect-for = Pro: { $name }. Kódy lze použít do { $until }.
collect-where = Jaký druh chcete?
collect-file = Soubory v mém počítači
collect-file-text = Klíč a žádost o certifikát (CSR) vytvoříte vlastním programem, žádost dáte nám a certifikát s klíčem pak spojíte do souboru .p12.
collect-token = Na tokenu nebo kartě
collect-token-text = Vyžaduje podpisovou komponentu, která zatím není k dispozici.
collected-title = Certifikát je vydán
collected-text = Zde je i se svým řetězcem. Poslali jsme jej také na adresu { $email }.

codes-title = Kódy byly předány
codes-text = Referenční číslo s odkazem odešlo na adresu { $email }.
codes-until = Oba kódy lze použít do { $at }.
codes-once = Tento kód se zobrazí jen jednou. Sdělte jej žadateli osobně, na papíře nebo telefonem, nikdy stejným e-mailem.
codes-back = Zpět k žádosti
application-codes = Předat kódy
application-codes-text = Žadatel si certifikát vyzvedne bez přihlášení: referenční číslo přijde e-mailem, autorizační kód se zobrazí vám.
notice-codes-not-collectable = Kódy nebyly vydány, protože by s nimi nebylo co vyzvednout: ověření je příliš staré, nebo z údajů certifikát sestavit nelze. Žadatel v objednávce vidí, co má udělat.
