//! Whole numbers of some hundred bits, for checks of public values: no secret ever comes here, so nothing is
//! constant-time.

use std::cmp::Ordering;

/// A number, least significant limb first, without leading zero limbs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number(Vec<u32>);

impl Number {
    /// From big-endian octets.
    pub(super) fn from_be(octets: &[u8]) -> Self {
        let limbs = octets
            .rchunks(4)
            .map(|chunk| {
                chunk
                    .iter()
                    .fold(0, |limb, octet| (limb << 8) | u32::from(*octet))
            })
            .collect();
        Self(limbs).trimmed()
    }

    /// From hexadecimal digits; anything else counts as zero.
    pub(super) fn from_hex(digits: &str) -> Self {
        let values: Vec<u8> = digits
            .chars()
            .filter_map(|c| c.to_digit(16))
            .filter_map(|d| u8::try_from(d).ok())
            .collect();
        let octets: Vec<u8> = values
            .rchunks(2)
            .rev()
            .map(|pair| pair.iter().fold(0, |octet, d| (octet << 4) | d))
            .collect();
        Self::from_be(&octets)
    }

    fn trimmed(mut self) -> Self {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }

    fn limb(&self, index: usize) -> u64 {
        self.0.get(index).copied().map_or(0, u64::from)
    }

    pub(super) fn compare(&self, other: &Self) -> Ordering {
        self.0
            .len()
            .cmp(&other.0.len())
            .then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }

    pub(super) fn add(&self, other: &Self) -> Self {
        let mut carry = 0;
        let mut limbs: Vec<u32> = (0..self.0.len().max(other.0.len()))
            .map(|index| {
                let sum = self.limb(index) + other.limb(index) + carry;
                carry = sum >> 32;
                low(sum)
            })
            .collect();
        limbs.push(low(carry));
        Self(limbs).trimmed()
    }

    /// `self - other`, where `other` is not greater.
    pub(super) fn sub(&self, other: &Self) -> Self {
        let mut borrow = 0;
        let limbs = (0..self.0.len())
            .map(|index| {
                let difference = (1 << 32) + self.limb(index) - other.limb(index) - borrow;
                borrow = 1 - (difference >> 32);
                low(difference)
            })
            .collect();
        Self(limbs).trimmed()
    }

    pub(super) fn mul(&self, other: &Self) -> Self {
        let mut limbs = vec![0_u32; self.0.len() + other.0.len() + 1];
        for (offset, left) in self.0.iter().enumerate() {
            let mut carry = 0;
            for (index, slot) in limbs.iter_mut().skip(offset).enumerate() {
                let sum = u64::from(*left) * other.limb(index) + u64::from(*slot) + carry;
                *slot = low(sum);
                carry = sum >> 32;
            }
        }
        Self(limbs).trimmed()
    }

    /// `self mod divisor` for a small divisor, which must not be zero.
    pub(super) fn rem_small(&self, divisor: u64) -> u64 {
        self.0.iter().rev().fold(0, |remainder, limb| {
            ((remainder << 32) | u64::from(*limb)) % divisor
        })
    }

    /// The square root, rounded down, and what is left: digit by digit in base two, as on paper.
    pub(super) fn square_root(&self) -> (Self, Self) {
        let (mut root, mut rest) = (Self::zero(), Self::zero());
        for limb in self.0.iter().rev() {
            for pair in (0..16).rev() {
                rest = rest.add(&rest);
                rest = rest.add(&rest).add(&Self(vec![limb >> (2 * pair) & 3]));
                root = root.add(&root);
                // (2r + 1)² - (2r)² = 4r + 1
                let step = root.add(&root).add(&Self::one());
                if rest.compare(&step) != Ordering::Less {
                    rest = rest.sub(&step);
                    root = root.add(&Self::one());
                }
            }
        }
        (root, rest)
    }

    /// Whether the number is a square.
    pub(super) fn is_square(&self) -> bool {
        // Squares leave few remainders: most numbers are sorted out without a root.
        let may_be = [64, 63, 65, 11]
            .into_iter()
            .all(|modulus| (0..modulus).any(|n| n * n % modulus == self.rem_small(modulus)));
        may_be && self.square_root().1 == Self::zero()
    }

    /// Zero.
    pub(super) const fn zero() -> Self {
        Self(Vec::new())
    }

    /// One.
    pub(super) fn one() -> Self {
        Self(vec![1])
    }

    /// `self mod modulus`, by shifting and subtracting a bit at a time: slow, and fast enough for one point.
    pub(super) fn rem(&self, modulus: &Self) -> Self {
        let mut remainder = Self::zero();
        for limb in self.0.iter().rev() {
            for bit in (0..32).rev() {
                remainder = remainder.add(&remainder);
                if limb >> bit & 1 == 1 {
                    remainder = remainder.add(&Self::one());
                }
                if remainder.compare(modulus) != Ordering::Less {
                    remainder = remainder.sub(modulus);
                }
            }
        }
        remainder
    }
}

/// The low half.
fn low(value: u64) -> u32 {
    u32::try_from(value & u64::from(u32::MAX)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_agrees_with_machine_words() {
        for (a, b, m) in [
            (0_u64, 0_u64, 7_u64),
            (u64::from(u32::MAX), u64::from(u32::MAX), 1_000_003),
            (0xdead_beef_0000, 0x1_0000, 0xffff_ffff),
            (123_456_789, 987_654_321, 2),
        ] {
            let number = |value: u64| Number::from_be(&value.to_be_bytes());
            let wide = |value: u128| Number::from_be(&value.to_be_bytes());
            assert_eq!(
                number(a).mul(&number(b)),
                wide(u128::from(a) * u128::from(b))
            );
            assert_eq!(
                number(a).add(&number(b)),
                wide(u128::from(a) + u128::from(b))
            );
            let product = u128::from(a) * u128::from(b);
            assert_eq!(wide(product).rem(&number(m)), wide(product % u128::from(m)));
        }
        assert_eq!(
            Number::from_hex("1 00000000 ff"),
            Number::from_be(&[1, 0, 0, 0, 0, 0xff])
        );
    }
}
