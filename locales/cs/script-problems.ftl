# Co se podle úložiště certifikátů v prohlížeči nepodařilo (Problem ve web/src/store/protocol.ts): co to je a co s tím.

problem-unavailable = Tomuto prohlížeči nebo tomuto sestavení portálu něco chybí: { $detail }. Použijte aktuální prohlížeč přes HTTPS a ne v anonymním okně.
problem-internal = V této stránce se něco pokazilo ({ $detail }). Nic z uloženého není ztraceno. Načtěte stránku znovu a zkuste to ještě jednou.
problem-inactive = V tomto prohlížeči zatím není lokální úložiště. Nejprve ho aktivujte.
problem-alreadyActive = Lokální úložiště je v tomto prohlížeči již aktivní. Načtěte stránku znovu.
problem-locked = Lokální úložiště je zamčené. Odemkněte ho heslem.
problem-wait = Heslo bylo příliš často chybné. { $seconds ->
    [one] Zkuste to znovu za { $seconds } sekundu.
    [few] Zkuste to znovu za { $seconds } sekundy.
   *[other] Zkuste to znovu za { $seconds } sekund.
}
problem-weakPassword = Toto heslo by se dalo příliš snadno uhodnout.
problem-unknownCertificate = Tento certifikát už v lokálním úložišti není. Načtěte stránku znovu.
problem-tooLarge = Soubor je příliš velký. Lze převzít nejvýše { $limit } MB.
problem-noStorage = Prohlížeč této stránce nedovolí nic uložit ({ $detail }). Uvolněte místo v zařízení nebo opusťte anonymní okno a zkuste to znovu.
problem-unusableKey = Klíč tohoto druhu k tomu prohlížeče neumějí použít ({ $kind }).
problem-noPendingKey = V tomto prohlížeči na tento certifikát žádný klíč nečeká. Možná vznikl v jiném prohlížeči nebo v jiném zařízení.
problem-badValue = Hodnotu nelze použít: { $what }.
problem-notKey = V tomto souboru není soukromý klíč.
problem-wrongPassword = Heslo není správné.
problem-unusablePassword-empty = Zadejte heslo.
problem-unusablePassword-control = Heslo obsahuje znaky, které nelze napsat.
problem-unusablePassword-tooLong = Heslo je příliš dlouhé.
problem-notPkcs12-text = Toto je text, ne záloha certifikátu s klíčem (.p12 nebo .pfx). V certifikátu ve formátu PEM klíč není: exportujte ho i se soukromým klíčem.
problem-notPkcs12-javaKeyStore = Toto je úložiště klíčů Javy ve starém formátu. Nejprve ho převeďte: keytool -importkeystore -deststoretype pkcs12
problem-notPkcs12-otherStructure = Toto není záloha certifikátu s klíčem (.p12 nebo .pfx). Možná je to jen samotný certifikát: exportujte ho i se soukromým klíčem.
problem-notPkcs12-empty = Soubor je prázdný.
problem-notPkcs12-unknown = Toto není záloha certifikátu s klíčem (.p12 nebo .pfx). Vyberte jiný soubor.
problem-altered = Buď není správné heslo, nebo byl soubor po vytvoření změněn.
problem-unsupported = Soubor používá metodu, která není podporována: { $name }.
problem-damaged = Soubor je poškozený: { $detail }. Vytvořte zálohu znovu.
problem-tooMuch = Soubor vyžaduje více práce než kterýkoli poctivý soubor: { $detail }.
problem-noKey = V tomto souboru není soukromý klíč, jen certifikáty. Exportujte certifikát znovu, tentokrát i se soukromým klíčem.
problem-noCertificate = V tomto souboru je klíč, ale chybí certifikát, který k němu patří.
problem-unsupportedKey = Klíče tohoto druhu nejsou podporovány: { $kind }.
problem-notCertificate = Toto není certifikát, nebo je poškozený.
problem-name = Jméno nelze použít: { $detail }.
problem-wrongSignature = Klíč k certifikátu nepatří.
problem-notSigned = Toto není podepsaný soubor, nebo je poškozený.
problem-notEncrypted = Toto není zašifrovaná zpráva, nebo je poškozená.
problem-otherRecipients = Tato zpráva je zašifrovaná pro někoho jiného: žádný ze zdejších klíčů ji neotevře.
problem-notDecrypted = Zprávu se nepodařilo dešifrovat. Byla cestou změněna, nebo je určena pro jiný klíč.
problem-notMessage = Toto není podepsaný ani zašifrovaný soubor, nebo je poškozený.
problem-notSignedData = Toto není podepsané: je to obsah CMS typu { $kind }.
problem-notUtf8 = Text nelze zakódovat. Odstraňte znaky, které vypadají poškozeně.
