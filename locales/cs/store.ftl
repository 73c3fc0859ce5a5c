# Stránky nastavení certifikátů okolo toho, co žije v prohlížeči.

store-page-lead = Tento prohlížeč vám může uchovávat certifikáty a klíče zamčené heslem. Fungují jen v tomto prohlížeči a nic z nich se k nám neodesílá.
store-page-use = Použít úložiště
store-page-use-text = Tyto stránky se na heslo úložiště zeptají ve chvíli, kdy bude klíč potřeba. Co podepíšete nebo dešifrujete, zůstane ve vašem prohlížeči.
store-page-log-in = Přihlásit se certifikátem
store-page-sign = Podepsat soubor
store-page-decrypt = Dešifrovat zprávu

component-lead = Malý program pro váš počítač, který bude podepisovat a přihlašovat klíči na kartách, tokenech a v souborech.
component-not-yet-title = Podpisová komponenta zatím není k dispozici
component-not-yet = Dnes není co instalovat. Tato stránka říká, co bude umět a co můžete používat do té doby.
component-for = K čemu bude
component-keys = Klíče na kartách a tokenech.
component-keys-text = Nabídne každý certifikát na vašich čipových kartách a tokenech, v souborech i ve Firefoxu a Thunderbirdu a sama najde správný ovladač.
component-pin = PIN mimo webové stránky.
component-pin-text = Zeptá se na něj vlastní okno komponenty; řekne, který web podpis chce a kolik pokusů zbývá.
component-pairing = Jen s vaším souhlasem.
component-pairing-text = Web ji bude moci použít, až když je spárujete, a spárování budete moci kdykoli zrušit.
component-card = Klíče vytvořené na kartě.
component-card-text = Pár klíčů, certifikát i řetězec dostanete na kartu ze stránky své objednávky; PIN a PUK na ní nastavíte, změníte a odblokujete.
component-check = Kontrola, která řekne, co chybí.
component-check-text = Prohlížeč, komponenta, čtečka, karta a PIN, u každého s návodem k nápravě.
component-meanwhile = Co můžete používat dnes
component-meanwhile-store = Certifikát v lokálním úložišti: klíč leží v tomto prohlížeči, zamčený heslem.
component-meanwhile-token = Certifikát na kartě nebo tokenu, ke kterému se dostane sám prohlížeč: Firefox, Chrome i Edge na to lze nastavit.
component-token-guide = Karty a tokeny v prohlížeči
