# Pages of the certificate settings around what lives in the browser.

store-page-lead = This browser can keep your certificates and keys for you, locked with a password. They work in this browser only, and nothing of them is sent to us.
store-page-use = Use the store
store-page-use-text = These pages ask for the password of the store at the moment when the key is needed. What you sign or decrypt stays in your browser.
store-page-log-in = Log in with a certificate
store-page-sign = Sign a file
store-page-decrypt = Decrypt a message

component-lead = A small program for your computer that will sign and log in with keys on cards, tokens and in files.
component-not-yet-title = The signing component is not there yet
component-not-yet = There is nothing to install today. This page says what it will do, and what you can use until then.
component-for = What it will be for
component-keys = Keys on cards and tokens.
component-keys-text = It will offer every certificate on your smart cards and tokens, in files and in Firefox and Thunderbird, and find the right driver by itself.
component-pin = The PIN stays away from web pages.
component-pin-text = The component’s own window will ask for it, say which site wants a signature, and how many tries are left.
component-pairing = Only with your consent.
component-pairing-text = A site will be able to use it only after you paired the two, and you will be able to end that at any time.
component-card = Keys made on the card.
component-card-text = Key pair, certificate and chain will come to the card from the page of your order; PIN and PUK will be set, changed and unblocked there.
component-check = A check that says what is missing.
component-check-text = Browser, component, reader, card and PIN, each with the way to mend it.
component-meanwhile = What you can use today
component-meanwhile-store = A certificate in local storage: the key lies in this browser, locked with a password.
component-meanwhile-token = A certificate on a card or token, where the browser itself can reach it: Firefox, Chrome and Edge can be set up for that.
component-token-guide = Cards and tokens in the browser
