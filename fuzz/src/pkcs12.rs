use chancery_pkcs12::{
    Derivation, Kdf, Limits, Password, PrimitiveError, Primitives, derive_pkcs12, open, open_key,
};
use chancery_x509::crypto::Crypto as _;
use zeroize::Zeroizing;

use crate::provider::CRYPTO;

/// Derives what is derived in a few rounds; other keys are all zeros.
struct FewRounds;

impl Primitives for FewRounds {
    fn derive(&self, derivation: &Derivation) -> Result<Zeroizing<Vec<u8>>, PrimitiveError> {
        assert!(
            derivation.octets <= 1 << 10,
            "nobody needs a key of {} octets",
            derivation.octets
        );
        match derivation.kdf {
            Kdf::Pkcs12 {
                digest,
                purpose,
                rounds,
            } if rounds <= 4 => Ok(derive_pkcs12(
                &mut |input, output| output.copy_from_slice(&CRYPTO.digest(digest, input)),
                digest,
                purpose,
                rounds,
                &derivation.password,
                &derivation.salt,
                derivation.octets,
            )),
            _ => Ok(Zeroizing::new(vec![0; derivation.octets])),
        }
    }

    fn public_key(&self, _: &[u8]) -> Option<Vec<u8>> {
        None
    }
}

const LIMITS: Limits = Limits {
    octets: 1 << 16,
    rounds: 10_000,
    memory: 1 << 20,
    bags: 100,
    keys: 10,
};

/// PKCS#12 files under the password `heslo`.
pub fn pkcs12(data: &[u8]) {
    let password = Password::existing("heslo").expect("a password");
    if let Ok(opened) = open(data, password, LIMITS, &CRYPTO, &FewRounds) {
        let _ = opened.identities();
        let issuers = opened.issuers();
        for entry in &opened.certificates {
            let _ = issuers.chain_of(&entry.certificate);
        }
    }
}

/// Encrypted private keys under the password `heslo`.
pub fn private_key(data: &[u8]) {
    let password = Password::existing("heslo").expect("a password");
    let _ = open_key(data, &password, LIMITS, &CRYPTO, &FewRounds);
}
