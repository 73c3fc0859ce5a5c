# What every part that runs in the browser has in common: fields, dialogs, the question for the store's password.

ui-cancel = Cancel
ui-continue = Continue
ui-drop-file = Drop the file here, or choose it:
ui-show-password = Show the password
ui-unavailable = Certificates cannot be kept or used in this browser

ui-certificate = Certificate
ui-certificate-line = { $authority }, valid until { $until }, serial number { $serial }
ui-pick-title = Choose the certificate
ui-store-password = Password of your local storage
ui-unlock-title = Unlock your local storage
ui-unlock = Unlock
ui-no-store-title = There is no local storage in this browser yet
ui-no-store = Certificates in local storage live in the browser on this device, protected by a password that only you know. Set it up first, then come back here.
ui-no-store-link = Certificates in local storage
ui-no-certificate-title = No certificate fits
ui-no-certificate = None of the certificates in the local storage of this browser can be used for this. Import one that can, or make one by an order.

ui-strength-0 = Very weak: it would be guessed at once.
ui-strength-1 = Weak: it would be guessed quickly.
ui-strength-2 = Not enough yet.
ui-strength-3 = Strong enough.
ui-strength-4 = Strong.

ui-password-warning-tooShort = It is too short.
ui-password-warning-straightRow = A row of keys on the keyboard is easy to guess.
ui-password-warning-keyPattern = A pattern on the keyboard is easy to guess.
ui-password-warning-simpleRepeat = Repeated characters are easy to guess.
ui-password-warning-extendedRepeat = Repeated pieces are easy to guess.
ui-password-warning-sequences = Sequences such as abc or 6543 are easy to guess.
ui-password-warning-recentYears = Years are easy to guess.
ui-password-warning-dates = Dates are easy to guess.
ui-password-warning-topTen = It is one of the ten most used passwords.
ui-password-warning-topHundred = It is one of the hundred most used passwords.
ui-password-warning-common = It is a password that many people use.
ui-password-warning-similarToCommon = It resembles a password that many people use.
ui-password-warning-wordByItself = A single word is easy to guess.
ui-password-warning-namesByThemselves = Names are easy to guess.
ui-password-warning-commonNames = Common names are easy to guess.
ui-password-warning-userInputs = It contains your name or address.
ui-password-warning-pwned = It is known from a leak.

ui-password-suggestion-l33t = Digits in place of letters help little.
ui-password-suggestion-reverseWords = Words written backwards help little.
ui-password-suggestion-allUppercase = Capital letters throughout help little.
ui-password-suggestion-capitalization = A capital letter at the beginning helps little.
ui-password-suggestion-dates = Leave out dates that belong to you.
ui-password-suggestion-recentYears = Leave out recent years.
ui-password-suggestion-associatedYears = Leave out years that belong to you.
ui-password-suggestion-sequences = Leave out sequences.
ui-password-suggestion-repeated = Leave out repetitions.
ui-password-suggestion-longerKeyboardPattern = Use longer patterns with several turns.
ui-password-suggestion-anotherWord = Add another word that nobody would expect.
ui-password-suggestion-useWords = Use several words, but not a known phrase.
ui-password-suggestion-noNeed = Symbols, digits and capitals are not needed.
ui-password-suggestion-pwned = Change it wherever you use it.
