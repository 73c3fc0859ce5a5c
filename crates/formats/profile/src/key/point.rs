//! Partial public-key validation (SP 800-56A revision 3 section 5.6.2.3.4): the coordinates are below the prime and
//! fulfil y² = x³ - 3x + b. The three curves have prime order, so a point on the curve is in the right group.

use std::cmp::Ordering;

use super::number::Number;
use crate::file::Curve;

/// Octets of a coordinate, the prime and the coefficient b (SP 800-186 section 3.2.1).
const fn domain(curve: Curve) -> (usize, &'static str, &'static str) {
    match curve {
        Curve::P256 => (
            32,
            "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
            "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
        ),
        Curve::P384 => (
            48,
            "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe\
             ffffffff0000000000000000ffffffff",
            "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875a\
             c656398d8a2ed19d2a85c8edd3ec2aef",
        ),
        Curve::P521 => (
            66,
            "1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\
             fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109\
             e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00",
        ),
    }
}

/// Whether an uncompressed point lies on the curve. Compressed points are refused: RFC 5480 section 2.2 lets
/// implementations not read them, and mail programs do not.
pub(super) fn is_on_curve(curve: Curve, point: &[u8]) -> bool {
    let (length, prime, b) = domain(curve);
    let Some((4, coordinates)) = point.split_first() else {
        return false;
    };
    if coordinates.len() != 2 * length {
        return false;
    }
    let (x, y) = coordinates.split_at(length);
    let (x, y) = (Number::from_be(x), Number::from_be(y));
    let prime = Number::from_hex(prime);
    if [&x, &y]
        .iter()
        .any(|value| value.compare(&prime) != Ordering::Less)
    {
        return false;
    }
    // y² + 3x = x³ + b, so that nothing is subtracted.
    let three_x = x.add(&x).add(&x);
    let left = y.mul(&y).add(&three_x).rem(&prime);
    let cube = x.mul(&x).rem(&prime).mul(&x);
    let right = cube.add(&Number::from_hex(b)).rem(&prime);
    left == right
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The base points of SP 800-186 section 3.2.1.
    const BASE_POINTS: [(Curve, &str, &str); 3] = [
        (
            Curve::P256,
            "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
            "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
        ),
        (
            Curve::P384,
            "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7",
            "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f",
        ),
        (
            Curve::P521,
            "00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ff\
             a8de3348b3c1856a429bf97e7e31c2e5bd66",
            "011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad\
             0761353c7086a272c24088be94769fd16650",
        ),
    ];

    fn octets(hex: &str) -> Vec<u8> {
        let digits: Vec<u8> = hex
            .chars()
            .filter_map(|c| c.to_digit(16))
            .map(|d| u8::try_from(d).unwrap())
            .collect();
        digits
            .chunks(2)
            .map(|pair| (pair[0] << 4) | pair[1])
            .collect()
    }

    #[test]
    fn base_points_lie_on_their_curves_and_their_neighbours_do_not() {
        for (curve, x, y) in BASE_POINTS {
            let mut point = [vec![4], octets(x), octets(y)].concat();
            assert!(is_on_curve(curve, &point), "{curve:?}");
            *point.last_mut().unwrap() ^= 1;
            assert!(!is_on_curve(curve, &point), "{curve:?}");
        }
    }

    #[test]
    fn other_forms_are_refused() {
        let (curve, x, y) = BASE_POINTS[0];
        let (x, y) = (octets(x), octets(y));
        assert!(!is_on_curve(curve, &[vec![2], x.clone()].concat()));
        assert!(!is_on_curve(curve, &[0]));
        assert!(!is_on_curve(curve, &[]));
        assert!(!is_on_curve(Curve::P384, &[vec![4], x, y].concat()));
        // x = p is zero modulo p, but not below p.
        let prime = octets(domain(curve).1);
        assert!(!is_on_curve(
            curve,
            &[vec![4], prime.clone(), prime].concat()
        ));
    }
}
