# Proving that the key of a registered certificate is at hand.

possession-why = The key of this certificate is in the storage of this browser. With its password you prove that you hold it: then nobody else can claim the certificate.
possession-prove = Prove that I hold the key
possession-without-title = Register without proof?
possession-without = The certificate works then, too. But anybody may say that it is theirs, and whoever proves that they hold the key takes it over. You can prove it later.
possession-without-submit = Register without proof
