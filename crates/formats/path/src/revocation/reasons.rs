//! Sets of reasons for revocation.

/// `ReasonFlags` (RFC 5280 section 4.2.1.13) as a set; bit 0 of the BIT STRING is not used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Reasons(u16);

impl Reasons {
    /// keyCompromise (1) to aACompromise (8).
    pub(super) const ALL: Self = Self(0x1fe);

    /// From the content of a BIT STRING; all where the field is absent.
    pub(super) fn new(content: Option<&[u8]>) -> Self {
        let Some(content) = content else {
            return Self::ALL;
        };
        let octets = content.iter().skip(1).take(2).enumerate();
        let bits = octets.fold(0_u16, |bits, (index, octet)| {
            bits | (u16::from(octet.reverse_bits()) << (8 * index))
        });
        Self(bits & Self::ALL.0)
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn is_within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_counted_from_the_first() {
        // keyCompromise and cACompromise: bits 1 and 2.
        let some = Reasons::new(Some(&[5, 0x60]));
        assert_eq!(some, Reasons(0b110));
        let other = Reasons::new(Some(&[7, 0x1f, 0x80]));
        assert_eq!(some.or(other), Reasons::ALL);
        assert_eq!(some.and(other), Reasons(0));
        assert!(some.is_within(Reasons::ALL) && !Reasons::ALL.is_within(some));
        assert_eq!(Reasons::new(None), Reasons::ALL);
    }
}
