//! Times: seconds since 1970-01-01T00:00:00Z here, `UTCTime` and `GeneralizedTime` on the wire.

use crate::asn1::{Reader, tag, tlv};
use crate::error::{EncodeError, ParseError};

/// 1950-01-01T00:00:00Z, the first moment that `UTCTime` can tell (RFC 5280 section 4.1.2.5.1).
const YEAR_1950: i64 = -631_152_000;
/// 2050-01-01T00:00:00Z: from here on `GeneralizedTime` is used (RFC 5280 section 4.1.2.5).
const YEAR_2050: i64 = 2_524_608_000;
/// 9999-12-31T23:59:59Z: a certificate without a well-defined end (RFC 5280 section 4.1.2.5).
pub const NO_EXPIRY: i64 = 253_402_300_799;

/// A calendar moment, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Civil {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
}

impl Civil {
    /// Days are turned to dates in eras of 400 years that begin in March, so that the leap day ends a year.
    fn from_secs(seconds: i64) -> Self {
        let of_day = seconds.rem_euclid(86_400);
        let days = seconds.div_euclid(86_400) + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let month = if shifted_month < 10 {
            shifted_month + 3
        } else {
            shifted_month - 9
        };
        Self {
            year: year_of_era + era * 400 + i64::from(month <= 2),
            month,
            day: day_of_year - (153 * shifted_month + 2) / 5 + 1,
            hour: of_day / 3_600,
            minute: of_day / 60 % 60,
            second: of_day % 60,
        }
    }

    fn to_secs(self) -> i64 {
        let year = self.year - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let shifted_month = (self.month + 9) % 12;
        let day_of_year = (153 * shifted_month + 2) / 5 + self.day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let days = era * 146_097 + day_of_era - 719_468;
        days * 86_400 + self.hour * 3_600 + self.minute * 60 + self.second
    }
}

/// `2026-11-20 05:33:53 UTC`, as technical views show it; pages for people use their own zone.
#[must_use]
pub fn display(seconds: i64) -> String {
    let c = Civil::from_secs(seconds);
    format!(
        "{:04}-{:02}-{:02} {:02}:{:02}:{:02} UTC",
        c.year, c.month, c.day, c.hour, c.minute, c.second
    )
}

/// `Time` of certificates and revocation lists: `UTCTime` through 2049, `GeneralizedTime` from 2050 (RFC 5280 section 4.1.2.5).
pub fn encode(seconds: i64) -> Result<Vec<u8>, EncodeError> {
    if !(YEAR_1950..YEAR_2050).contains(&seconds) {
        return encode_generalized(seconds);
    }
    let c = Civil::from_secs(seconds);
    let text = format!(
        "{:02}{:02}{:02}{:02}{:02}{:02}Z",
        c.year.rem_euclid(100),
        c.month,
        c.day,
        c.hour,
        c.minute,
        c.second
    );
    Ok(tlv(tag::UTC_TIME, text.as_bytes()))
}

/// `GeneralizedTime` in whole seconds, as OCSP and invalidity dates want it.
pub fn encode_generalized(seconds: i64) -> Result<Vec<u8>, EncodeError> {
    if !(YEAR_1950..=NO_EXPIRY).contains(&seconds) {
        return Err(EncodeError::TimeOutOfRange { seconds });
    }
    let c = Civil::from_secs(seconds);
    let text = format!(
        "{:04}{:02}{:02}{:02}{:02}{:02}Z",
        c.year, c.month, c.day, c.hour, c.minute, c.second
    );
    Ok(tlv(tag::GENERALIZED_TIME, text.as_bytes()))
}

/// Reads a `Time`: seconds are present and the zone is `Z`. `GeneralizedTime` is taken for years before 2050 too: authorities must not
/// write it so (RFC 5280 section 4.1.2.5), but readers must cope (PKITS test 4.2.4).
pub fn read(reader: &mut Reader<'_>, what: &'static str) -> Result<i64, ParseError> {
    let invalid = ParseError::Invalid {
        what,
        clause: "RFC 5280 section 4.1.2.5",
    };
    match reader.any(what)? {
        (tag::UTC_TIME, text) => {
            let (head, rest) = text.split_at_checked(2).ok_or(invalid.clone())?;
            let short = number(head).ok_or(invalid.clone())?;
            let year = if short < 50 { 2000 } else { 1900 } + short;
            parse(year, rest).ok_or(invalid)
        }
        (tag::GENERALIZED_TIME, text) => parse_generalized(text).ok_or(invalid),
        _ => Err(ParseError::Unexpected { what }),
    }
}

/// Reads a `GeneralizedTime` in whole seconds, UTC (RFC 5280 section 4.1.2.5.2).
pub fn read_generalized(reader: &mut Reader<'_>, what: &'static str) -> Result<i64, ParseError> {
    let text = reader.read(tag::GENERALIZED_TIME, what)?;
    parse_generalized(text).ok_or(ParseError::Invalid {
        what,
        clause: "RFC 5280 section 4.1.2.5.2",
    })
}

fn parse_generalized(text: &[u8]) -> Option<i64> {
    let (head, rest) = text.split_at_checked(4)?;
    parse(number(head)?, rest)
}

/// The rest of either form, `MMDDHHMMSSZ`.
fn parse(year: i64, rest: &[u8]) -> Option<i64> {
    let digits = rest.strip_suffix(b"Z").filter(|text| text.len() == 10)?;
    let mut parts = digits.chunks_exact(2).map(number);
    let mut next = || parts.next().flatten();
    let civil = Civil {
        year,
        month: next()?,
        day: next()?,
        hour: next()?,
        minute: next()?,
        second: next()?,
    };
    let seconds = civil.to_secs();
    // A date that does not exist, 31 April or hour 24, comes back as another.
    (Civil::from_secs(seconds) == civil).then_some(seconds)
}

fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0_i64, |value, digit| {
        digit
            .is_ascii_digit()
            .then(|| value * 10 + i64::from(digit - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_moments_are_written_and_read_back() {
        for (seconds, wire, shown) in [
            (0, "700101000000Z", "1970-01-01 00:00:00 UTC"),
            (YEAR_1950, "500101000000Z", "1950-01-01 00:00:00 UTC"),
            (951_782_400, "000229000000Z", "2000-02-29 00:00:00 UTC"),
            (YEAR_2050 - 1, "491231235959Z", "2049-12-31 23:59:59 UTC"),
            (YEAR_2050, "20500101000000Z", "2050-01-01 00:00:00 UTC"),
            (NO_EXPIRY, "99991231235959Z", "9999-12-31 23:59:59 UTC"),
        ] {
            let der = encode(seconds).unwrap();
            assert_eq!(&der[2..], wire.as_bytes());
            assert_eq!(display(seconds), shown);
            assert_eq!(read(&mut Reader::new(&der, "time"), "time"), Ok(seconds));
        }
        assert!(encode(NO_EXPIRY + 1).is_err());
        assert!(encode(YEAR_1950 - 1).is_err());
    }

    #[test]
    fn generalized_time_is_read_for_every_year_and_written_from_2050() {
        let der = tlv(tag::GENERALIZED_TIME, b"20261120053353Z");
        let seconds = read(&mut Reader::new(&der, "time"), "time").unwrap();
        assert_eq!(seconds, 1_795_152_833);
        assert_eq!(encode(seconds).unwrap()[0], tag::UTC_TIME);
    }

    #[test]
    fn forms_that_the_profile_forbids_are_refused() {
        for (tag, text) in [
            (tag::UTC_TIME, "2611200533Z"),
            (tag::UTC_TIME, "261120053353+0100"),
            (tag::UTC_TIME, "260230000000Z"),
            (tag::UTC_TIME, "261120240000Z"),
            (tag::UTC_TIME, "26112005335xZ"),
            (tag::GENERALIZED_TIME, "20501120053353.5Z"),
            (tag::GENERALIZED_TIME, "20501120053353"),
            (tag::BMP_STRING, "261120053353Z"),
        ] {
            let der = tlv(tag, text.as_bytes());
            assert!(
                read(&mut Reader::new(&der, "time"), "time").is_err(),
                "{text}"
            );
        }
    }
}
