# Proofs by a certificate of the local storage: log-in, and confirming sensitive acts.

proof-log-in = Log in with a certificate
proof-log-in-why = The key of the chosen certificate signs that it is you. Nothing secret is sent.
proof-confirm = Confirm with a certificate
proof-confirm-why = The key of the chosen certificate signs that it is you who wants this. Choose one that is registered for your account.
proof-no-certificate = There is no certificate in this browser yet.
proof-other-origin = Certificates log in under the portal's own address only:
proof-unreachable = The portal did not answer. Look at your connection and try again.
proof-too-many = Too many tries from your network. Wait a minute and try again.
proof-stale = This page is too old. Reload it and try again.
proof-password-title = Confirm that it is you
proof-password-why = Enter the password of your account. What you filled in is sent after that.
proof-password = Password
proof-code = Code of the second factor
proof-code-hint = Six digits from your app
proof-password-submit = Confirm and go on
