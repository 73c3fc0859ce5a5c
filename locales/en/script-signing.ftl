# Signing a form as a document, before it is sent.

signing-submit = Sign and send
signing-why = The key of the certificate signs your application { $name }.
signing-keep = Save the document ({ $size })
signing-unticked = Confirm the statements above first: they are part of what you sign.
signing-none = None of the certificates in this browser is registered as yours for signing.
signing-none-link = Register one
signing-sending = Signed. The application is being sent…
