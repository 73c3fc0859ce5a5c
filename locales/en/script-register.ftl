# Proving that the key of a registered certificate is at hand.

possession-why = The key of this certificate is in the storage of this browser. With its password you prove that you hold it: then nobody else can claim the certificate.
possession-prove = Prove that I hold the key
possession-without-title = Register without proof?
possession-without = You can register it without that and prove it later. Until then it logs you in only if it names your address, and whoever proves that they hold the key takes it over.
possession-without-submit = Register without proof
