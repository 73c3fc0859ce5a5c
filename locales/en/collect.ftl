# Collecting a certificate by codes.

event-codes-given-out = Codes for collecting the certificate given out

collect-title = Collect a certificate
collect-lead = You need two codes: the reference number from our message, and the authorisation code that the registration authority gave you in another way.
collect-reference = Reference number
collect-reference-help = Three groups of four, from the message.
collect-code = Authorisation code
collect-code-help = Seven groups of four. Capital and small letters do not matter, nor do spaces and dashes.
collect-open = Show the certificate
collect-log-in = You can also log in and activate the order there, without codes.
collect-access-code = Is it a registration number and an access code that you have?
collect-generator = No program that makes keys? Make a key, its request and a .p12 file in this browser:
collect-instead = I have a reference number and an authorisation code
collect-wrong = These codes are not right. Check both; after a few wrong ones new codes are needed.
collect-blocked = Wrong codes were typed too often, so these are closed. Ask the registration authority for new ones, or log in.
collect-used = These codes were used, or replaced by newer ones. If the certificate was issued, it was mailed to you: log in, and open it in the browser that has its key.
collect-expired = These codes have expired. Ask the registration authority for new ones, or log in.
collect-not-ready = This certificate cannot be collected now. Log in: the page of the order shows what is next.
collect-for = For { $name }. The codes can be used until { $until }.
collect-where = What kind do you want?
collect-file = Files on my computer
collect-file-text = You make the key and a certificate request (CSR) with your own program, give us the request, and join certificate and key into a .p12 file afterwards.
collect-token = On a token or card
collect-token-text = Needs the signing component, which is not there yet.
collected-title = The certificate is issued
collected-text = Here it is with its chain. It was also mailed to { $email }.

codes-title = Codes were given out
codes-text = The reference number and a link went to { $email }.
codes-until = Both codes can be used until { $at }.
codes-once = This code is shown once. Tell it to the applicant in person, on paper or by telephone, never by the same mail.
codes-back = Back to the application
application-codes = Give out codes
application-codes-text = The applicant can collect the certificate without logging in: the reference number goes by mail, the authorisation code is shown to you.
notice-codes-not-collectable = No codes were given out, for nothing could be collected with them: what was verified is too old, or the data do not make a certificate. The applicant sees in the order what is to be done.
