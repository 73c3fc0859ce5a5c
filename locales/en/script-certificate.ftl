# A certificate with its fields, as scripts show it.

certificate-view-no-name = Certificate without a name
certificate-view-subject = Holder
certificate-view-issuer = Issuer
certificate-view-technical = Technical details
