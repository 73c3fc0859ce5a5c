//! EMSA-PSS-VERIFY (RFC 8017 section 9.1.2). The `rsa` crate has it for one digest in both places only, while signers exist that keep
//! SHA-1 under MGF1. Everything here is public.

use chancery_x509::{DigestAlgorithm, PssParameters, VerifyError};
use rsa::{BoxedUint, RsaPublicKey, hazmat::rsa_encrypt, traits::PublicKeyParts};

use crate::digest::digest;

/// RSASSA-PSS-VERIFY (section 8.1.2), the lengths having been looked at.
pub(super) fn verify(
    key: &RsaPublicKey,
    parameters: PssParameters,
    message_digest: &[u8],
    signature: &[u8],
) -> Result<(), VerifyError> {
    let encoded = open(key, signature).ok_or(VerifyError::Mismatch)?;
    let bits = key.n().bits_vartime().saturating_sub(1);
    if is_consistent(&encoded, bits, parameters, message_digest) == Some(true) {
        Ok(())
    } else {
        Err(VerifyError::Mismatch)
    }
}

/// RSAVP1: the encoded message, as long as the modulus less one bit.
fn open(key: &RsaPublicKey, signature: &[u8]) -> Option<Vec<u8>> {
    let modulus = key.n().as_ref();
    let representative = BoxedUint::from_be_slice(signature, modulus.bits_precision()).ok()?;
    if representative >= *modulus {
        return None;
    }
    let encoded = rsa_encrypt(key, &representative).ok()?.to_be_bytes();
    let length = modulus.bits_vartime().saturating_sub(1).div_ceil(8) as usize;
    let (leading, encoded) = encoded.split_at_checked(encoded.len().checked_sub(length)?)?;
    leading
        .iter()
        .all(|octet| *octet == 0)
        .then(|| encoded.to_vec())
}

/// Steps 3 to 14; `None` where the lengths do not work out.
fn is_consistent(
    encoded: &[u8],
    bits: u32,
    parameters: PssParameters,
    message_digest: &[u8],
) -> Option<bool> {
    let hash_len = parameters.digest.output_len();
    let salt_len = usize::from(parameters.salt_len);
    let (body, [0xbc]) = encoded.split_at_checked(encoded.len().checked_sub(1)?)? else {
        return None;
    };
    let (masked, hash) = body.split_at_checked(body.len().checked_sub(hash_len)?)?;
    // The leftmost bits of the first octet that the encoded message does not reach.
    let unused = match bits % 8 {
        0 => 0,
        used => 0xff_u8 << used,
    };
    if masked.first()? & unused != 0 {
        return None;
    }
    let mut block = mgf1(parameters.mgf1, hash, masked.len());
    for (octet, masked) in block.iter_mut().zip(masked) {
        *octet ^= masked;
    }
    *block.first_mut()? &= !unused;
    let (padding, salt) = block.split_at_checked(block.len().checked_sub(salt_len)?)?;
    let (one, zeros) = padding.split_last()?;
    if *one != 1 || zeros.iter().any(|octet| *octet != 0) {
        return None;
    }
    Some(digest(parameters.digest, &[&[0; 8], message_digest, salt]) == hash)
}

/// MGF1 (appendix B.2.1).
fn mgf1(algorithm: DigestAlgorithm, seed: &[u8], length: usize) -> Vec<u8> {
    let mut mask = Vec::with_capacity(length.saturating_add(algorithm.output_len()));
    for counter in 0_u32.. {
        if mask.len() >= length {
            break;
        }
        mask.extend(digest(algorithm, &[seed, &counter.to_be_bytes()]));
    }
    mask.truncate(length);
    mask
}
