# Podepsání formuláře jako dokumentu před odesláním.

signing-submit = Podepsat a odeslat
signing-why = Klíč certifikátu podepíše vaši žádost { $name }.
signing-keep = Uložit dokument ({ $size })
signing-unticked = Nejdřív potvrďte prohlášení výše: jsou součástí toho, co podepisujete.
signing-none = Žádný z certifikátů v tomto prohlížeči není zaregistrován jako váš pro podepisování.
signing-none-link = Zaregistrovat
signing-sending = Podepsáno. Žádost se odesílá…
