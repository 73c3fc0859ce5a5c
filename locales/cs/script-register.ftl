# Důkaz, že je klíč registrovaného certifikátu po ruce.

possession-why = Klíč tohoto certifikátu je v úložišti tohoto prohlížeče. Heslem úložiště prokážete, že ho máte: nikdo jiný si pak certifikát nemůže přisvojit.
possession-prove = Prokázat, že mám klíč
possession-without-title = Zaregistrovat bez důkazu?
possession-without = Certifikát bude fungovat i tak. Kdokoli ale může tvrdit, že je jeho, a kdo prokáže, že má klíč, ho převezme. Prokázat to můžete i později.
possession-without-submit = Zaregistrovat bez důkazu
