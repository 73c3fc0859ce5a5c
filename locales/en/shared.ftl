# Words that pages and their scripts share.

copy = Copy
copied = Copied

date = { $day }{ "\u00A0" }{ $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}{ "\u00A0" }{ $year }
date-and-time = { $date } at{ "\u00A0" }{ $time }

state-awaiting-data = awaiting data
state-waiting-for-verification = waiting for verification
state-verified = verified
state-not-available-yet = not available yet
state-rejected = rejected
state-valid = valid
state-expiring = expiring
state-expired = expired
state-revoked = revoked
state-suspended = suspended
state-not-yet-valid = not yet valid
state-closed = closed
