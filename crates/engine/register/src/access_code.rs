//! The code that a letter brings and a person types: `ABCD-EFGH-JKMN-PQRS`, 80 bits.

use chancery_keys::{Entropy, EntropyError, random_code, typed_code};
use secrecy::SecretString;
use zeroize::Zeroizing;

const LENGTH: usize = 16;

/// A new code, in four groups of four.
pub(crate) fn random(entropy: &dyn Entropy) -> Result<Zeroizing<String>, EntropyError> {
    random_code::<LENGTH>(entropy)
}

/// What is hashed for a typed code; `None` where the text cannot be a code.
pub(crate) fn canonical(typed: &str) -> Option<SecretString> {
    typed_code(typed, LENGTH)
}
