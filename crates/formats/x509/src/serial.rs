//! Certificate serial numbers.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::asn1;

/// A serial number: positive, at most 20 octets as an INTEGER (RFC 5280 section 4.1.2.2).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SerialNumber {
    // Big-endian, right-aligned; 159 bits at most, so the first bit is clear and the order is that of the numbers.
    octets: [u8; 20],
}

/// Why octets or text are not a serial number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SerialNumberError {
    /// Zero is not allowed.
    #[error("a serial number is greater than zero")]
    Zero,
    /// Over 20 octets as an INTEGER.
    #[error("a serial number has at most 20 octets and is below 2^159")]
    TooLong,
    /// Negative.
    #[error("a serial number is not negative")]
    Negative,
    /// Not hexadecimal digits.
    #[error("a serial number is written in hexadecimal digits")]
    NotHexadecimal,
}

impl SerialNumber {
    /// From a big-endian magnitude; leading zeros are allowed.
    pub fn new(magnitude: &[u8]) -> Result<Self, SerialNumberError> {
        let first = magnitude
            .iter()
            .position(|octet| *octet != 0)
            .ok_or(SerialNumberError::Zero)?;
        let digits = magnitude.get(first..).unwrap_or_default();
        let start = 20_usize
            .checked_sub(digits.len())
            .ok_or(SerialNumberError::TooLong)?;
        let mut octets = [0; 20];
        for (to, from) in octets.iter_mut().skip(start).zip(digits) {
            *to = *from;
        }
        if octets.first().is_some_and(|octet| *octet >= 0x80) {
            return Err(SerialNumberError::TooLong);
        }
        Ok(Self { octets })
    }

    /// From the content of an INTEGER, two's complement.
    pub(crate) fn from_integer(content: &[u8]) -> Result<Self, SerialNumberError> {
        if content.first().is_some_and(|octet| *octet >= 0x80) {
            return Err(SerialNumberError::Negative);
        }
        Self::new(content)
    }

    /// The number, big-endian without leading zeros: 1 to 20 octets.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        let first = self.octets.iter().position(|octet| *octet != 0);
        first
            .and_then(|at| self.octets.get(at..))
            .unwrap_or_default()
    }

    /// Two lower-case hexadecimal digits an octet, as the product stores and searches it.
    #[must_use]
    pub fn to_hex(&self) -> String {
        crate::hex::encode(self.as_bytes(), "")
    }

    /// The INTEGER.
    pub(crate) fn to_der(self) -> Vec<u8> {
        asn1::integer(&self.octets)
    }
}

impl fmt::Display for SerialNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_hex())
    }
}

impl fmt::Debug for SerialNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SerialNumber({})", self.to_hex())
    }
}

impl FromStr for SerialNumber {
    type Err = SerialNumberError;

    /// Hexadecimal digits, of either case; colons and spaces between them are skipped, as people copy them from other programs.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut digits = Vec::with_capacity(40);
        for character in text.chars().filter(|c| !matches!(c, ':' | ' ')) {
            let digit = character
                .to_digit(16)
                .ok_or(SerialNumberError::NotHexadecimal)?;
            if digits.len() >= 64 {
                return Err(SerialNumberError::TooLong);
            }
            digits.push(u8::try_from(digit).unwrap_or(0));
        }
        if digits.is_empty() {
            return Err(SerialNumberError::NotHexadecimal);
        }
        if digits.len() % 2 == 1 {
            digits.insert(0, 0);
        }
        let octets: Vec<u8> = digits
            .chunks(2)
            .map(|pair| pair.iter().fold(0, |octet, digit| (octet << 4) | digit))
            .collect();
        Self::new(&octets)
    }
}
