# Certifikát s jeho údaji, jak ho ukazují skripty.

certificate-view-no-name = Certifikát beze jména
certificate-view-subject = Držitel
certificate-view-issuer = Vydavatel
certificate-view-technical = Technické údaje
