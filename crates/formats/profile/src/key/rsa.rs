//! Checks of RSA moduli and exponents.

use super::number::Number;

/// Rounds of Fermat's method, as the TLS Baseline Requirements (6.1.1.3) ask for.
const FERMAT_ROUNDS: usize = 100;

/// 65537 generates the residues that faulty keys are made of (CVE-2017-15361; Nemec and others, "The Return of
/// Coppersmith's Attack", section 2.1).
const ROCA_GENERATOR: u32 = 65_537;

/// The first odd primes, those whose residues the fingerprint looks at: the product M of the faulty library for keys
/// of up to 960 bits, which divides the products for longer keys.
const ROCA_PRIMES: [u32; 38] = [
    3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
    101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
];

/// Factors below this are looked for (S/MIME BR 6.1.6, SP 800-89 section 5.3.3).
const SMALL_FACTOR_BOUND: u32 = 752;

/// `modulus mod divisor`, the modulus big-endian.
fn remainder(modulus: &[u8], divisor: u32) -> u32 {
    modulus.iter().fold(0, |remainder, octet| {
        ((remainder << 8) | u32::from(*octet)) % divisor
    })
}

/// The smallest factor under 752, 2 among them.
pub(crate) fn small_factor(modulus: &[u8]) -> Option<u32> {
    (2..SMALL_FACTOR_BOUND).find(|divisor| remainder(modulus, *divisor) == 0)
}

/// Odd, and 3 or more.
pub(super) fn exponent_is_sound(exponent: &[u8]) -> bool {
    exponent.last().is_some_and(|last| last % 2 == 1) && *exponent != [1]
}

/// Whether Fermat's method takes the modulus apart, because its primes lie too close together (CVE-2022-26320), or
/// because it is a square: looks for `a` just above the root with `a² - modulus` a square.
pub(crate) fn has_close_factors(modulus: &[u8]) -> bool {
    let number = Number::from_be(modulus);
    let (root, rest) = number.square_root();
    if rest == Number::zero() {
        return true;
    }
    let mut a = root.add(&Number::one());
    let mut difference = a.mul(&a).sub(&number);
    for _ in 0..FERMAT_ROUNDS {
        if difference.is_square() {
            return true;
        }
        // (a + 1)² - modulus
        difference = difference.add(&a).add(&a).add(&Number::one());
        a = a.add(&Number::one());
    }
    false
}

/// Whether the modulus is, modulo each small prime, a power of 65537: one modulus in 2^27 is by chance, every faulty
/// one is.
pub(crate) fn has_roca_fingerprint(modulus: &[u8]) -> bool {
    ROCA_PRIMES.iter().all(|prime| {
        let residue = remainder(modulus, *prime);
        let generator = ROCA_GENERATOR % prime;
        std::iter::successors(Some(1), |power| Some(power * generator % prime))
            .take(*prime as usize)
            .any(|power| power == residue)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_and_exponents() {
        assert_eq!(small_factor(&[0x01, 0x00]), Some(2));
        // 751 and 757 are neighbouring primes on both sides of the bound.
        assert_eq!(small_factor(&(751_u32 * 757).to_be_bytes()), Some(751));
        assert_eq!(small_factor(&(757_u32 * 761).to_be_bytes()), None);
        assert!(exponent_is_sound(&[3]) && exponent_is_sound(&[1, 0, 1]));
        assert!(!exponent_is_sound(&[1]) && !exponent_is_sound(&[4]) && !exponent_is_sound(&[]));
    }

    #[test]
    fn close_primes_and_squares_are_recognised() {
        // 2^31 - 1 and the prime before it, 2147483629; then the square; then primes far apart.
        let close = 2_147_483_647_u64 * 2_147_483_629;
        assert!(has_close_factors(&close.to_be_bytes()));
        assert!(has_close_factors(
            &(2_147_483_647_u64 * 2_147_483_647).to_be_bytes()
        ));
        assert!(!has_close_factors(
            &(2_147_483_647_u64 * 65_537).to_be_bytes()
        ));
    }

    #[test]
    fn powers_of_the_generator_are_recognised() {
        // 65537³ is a power modulo every prime; its neighbour is not modulo all of them.
        let cube = 65_537_u64.pow(3);
        assert!(has_roca_fingerprint(&cube.to_be_bytes()));
        assert!(!has_roca_fingerprint(&(cube + 2).to_be_bytes()));
    }
}
