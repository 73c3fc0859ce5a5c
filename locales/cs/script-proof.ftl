# Důkazy certifikátem z lokálního úložiště: přihlášení a potvrzování citlivých úkonů.

proof-log-in = Přihlásit se certifikátem
proof-log-in-why = Klíč zvoleného certifikátu podepíše, že jste to vy. Nic tajného se neodesílá.
proof-confirm = Potvrdit certifikátem
proof-confirm-why = Klíč zvoleného certifikátu podepíše, že to chcete vy. Vyberte ten, který je registrovaný k vašemu účtu.
proof-no-certificate = V tomto prohlížeči zatím není žádný certifikát.
proof-other-origin = Certifikátem se lze přihlásit jen na vlastní adrese portálu:
proof-unreachable = Portál neodpověděl. Zkontrolujte připojení a zkuste to znovu.
proof-too-many = Příliš mnoho pokusů z vaší sítě. Počkejte minutu a zkuste to znovu.
proof-stale = Tato stránka je příliš stará. Načtěte ji znovu a zkuste to ještě jednou.
proof-password-title = Potvrďte, že jste to vy
proof-password-why = Zadejte heslo ke svému účtu. Co jste vyplnili, se potom odešle.
proof-password = Heslo
proof-code = Kód druhého faktoru
proof-code-hint = Šest číslic z vaší aplikace
proof-password-submit = Potvrdit a pokračovat
