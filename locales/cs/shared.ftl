# Slova, která mají stránky společná se svými skripty.

copy = Kopírovat
copied = Zkopírováno

date = { $day }.{ "\u00A0" }{ $month ->
    [1] ledna
    [2] února
    [3] března
    [4] dubna
    [5] května
    [6] června
    [7] července
    [8] srpna
    [9] září
    [10] října
    [11] listopadu
   *[12] prosince
}{ "\u00A0" }{ $year }
date-and-time = { $date } v{ "\u00A0" }{ $time }

state-awaiting-data = čeká na údaje
state-waiting-for-verification = čeká na ověření
state-verified = ověřeno
state-not-available-yet = zatím nedostupné
state-rejected = zamítnuto
state-valid = platný
state-expiring = brzy vyprší
state-expired = platnost vypršela
state-revoked = zneplatněný
state-suspended = pozastavený
state-not-yet-valid = dosud neplatný
state-closed = uzavřeno
