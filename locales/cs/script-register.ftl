# Důkaz, že je klíč registrovaného certifikátu po ruce.

possession-why = Klíč tohoto certifikátu je v úložišti tohoto prohlížeče. Heslem úložiště prokážete, že ho máte: nikdo jiný si pak certifikát nemůže přisvojit.
possession-prove = Prokázat, že mám klíč
possession-without-title = Zaregistrovat bez důkazu?
possession-without = Certifikát můžete zaregistrovat i bez toho a klíč prokázat později. Do té doby se jím přihlásíte, jen je-li v něm vaše adresa, a kdo prokáže, že má jeho klíč, ten ho převezme.
possession-without-submit = Zaregistrovat bez důkazu
