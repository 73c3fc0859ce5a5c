//! The colour of an environment.

use std::{fmt, str::FromStr};

/// An sRGB colour, written `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

/// The text is not `#` and six hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a colour is written #rrggbb, for example #1f6f54")]
pub struct ParseColourError;

impl Colour {
    /// A colour from its parts.
    #[must_use]
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// Black or white, whichever reads better on this colour (WCAG 2.2, relative luminance).
    #[must_use]
    pub fn text(self) -> Self {
        let white = 1.05 / (self.luminance() + 0.05);
        let black = (self.luminance() + 0.05) / 0.05;
        if white >= black {
            Self::new(255, 255, 255)
        } else {
            Self::new(0, 0, 0)
        }
    }

    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl FromStr for Colour {
    type Err = ParseColourError;

    fn from_str(text: &str) -> Result<Self, ParseColourError> {
        let digits = text.strip_prefix('#').ok_or(ParseColourError)?;
        if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(ParseColourError);
        }
        let [_, red, green, blue] = u32::from_str_radix(digits, 16)
            .map_err(|_| ParseColourError)?
            .to_be_bytes();
        Ok(Self::new(red, green, blue))
    }
}

#[cfg(test)]
mod tests {
    use super::{Colour, ParseColourError};

    #[test]
    fn what_is_written_is_read() {
        assert_eq!("#1F6f54".parse::<Colour>().unwrap().to_string(), "#1f6f54");
        for wrong in [
            "1f6f54", "#1f6f5", "#1f6f5g", "#+f6f54", "red;}", "#1f6f541",
        ] {
            assert_eq!(wrong.parse::<Colour>(), Err(ParseColourError), "{wrong}");
        }
    }

    #[test]
    fn text_contrasts() {
        let text = |colour: &str| colour.parse::<Colour>().unwrap().text().to_string();
        assert_eq!(text("#000000"), "#ffffff");
        assert_eq!(text("#1f6f54"), "#ffffff");
        assert_eq!(text("#ffd54a"), "#000000");
    }
}
