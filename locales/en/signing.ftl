# Forms that are signed as documents.

signing-title = Sign the application
signing-text = Not required. With a certificate in this browser you can sign this document: it says everything that is sent, exactly as it will be signed, and shows anybody that it was you.
signing-document = The document to be signed

signing-refused-unreadable = What was sent as the signature cannot be read. Sign once more; nothing is lost.
signing-refused-form = The signature has another form than is asked for: one signer, beside the document (CAdES-B-B), with nothing added. Sign once more on this page.
signing-refused-changed = What was signed is not what would be sent now: the data or documents changed meanwhile, or the page was open for too long. Nothing was sent and nothing is lost. Read the document once more, and sign it.
signing-refused-wrong = The signature is wrong. Nothing was sent. Sign once more on this page.
signing-refused-not-yours = The certificate is not registered as yours for signing. Register it under Certificate settings, or choose another one.
signing-refused-not-proved = Nobody has proved yet that they hold this certificate's key. Prove it under Certificate settings, Registered certificates, or choose another one.
signing-refused-of-device = A device's own certificate signs no forms: its key asks for no password. Choose another one.
signing-refused-expired = The certificate was valid until { $at }. Choose a newer one.
signing-refused-not-yet-valid = The certificate is not valid before { $at }. Choose another one.
signing-refused-revoked = The certificate has been revoked since { $at } ({ $reason }). Choose another one.
signing-refused-suspended = The certificate has been suspended since { $at }. Choose another one.
signing-refused-unsupported = The certificate was issued by { $issuer }, which is not supported here for signing. Choose another one.
signing-refused-purpose = The certificate is not made for signing documents. Choose another one.
signing-refused-unknown = Whether the certificate is revoked could not be found out, because its issuer's server did not answer. Try again in a few minutes, or send the data without a signature.
signing-refused-path = Something is wrong with the certificate or with an authority above it. Choose another one; its issuer can say more.

signed-by = Signed by { $by }, certificate { $serial } of { $authority }, { $at }
signed-document = The signed document (.txt)
signed-signature = The signature (.p7s)
signed-verify = Anybody can verify the signature with both files:
signed-verify-link = Verify
notice-data-signed = The application is signed, and the data are waiting for verification. You may still add documents.
event-data-signed = Application signed

application-document-title = Application for a certificate
application-document-number = Order number
application-document-version = Version of the order
application-document-portal = Portal
application-document-at = Drawn up
application-document-applicant = Applicant
application-document-name = Name
application-document-email = E-mail
application-document-registration-number = Registration number
application-document-product = Product
application-document-certificate = Certificate
application-document-code = Code
application-document-days = Validity in days
application-document-number-anyway = The applicant confirms that the number is right although its check digits do not fit.
application-document-no-documents = None
application-document-kind = Kind
application-document-octets = Size in octets
application-document-added = Added
application-document-statement = Statement and version
