//! Private keys in files.

use chancery_keys::SoftwareKey;
use pkcs8::{
    PrivateKeyInfoRef, SecretDocument,
    der::pem::{LineEnding, PemLabel},
};
use zeroize::Zeroizing;

use crate::failure::Failure;

/// Unencrypted PKCS#8 PEM.
pub fn to_pem(key: &SoftwareKey) -> Result<Zeroizing<String>, Failure> {
    let der = key
        .to_pkcs8()
        .map_err(|error| Failure::because("the key cannot be written", &error))?;
    pkcs8_to_pem(&der)
}

/// PEM of a DER `PrivateKeyInfo`.
pub fn pkcs8_to_pem(der: &[u8]) -> Result<Zeroizing<String>, Failure> {
    let unwritable =
        |error: pkcs8::der::Error| Failure::because("the key cannot be written", &error);
    let document = SecretDocument::try_from(der).map_err(unwritable)?;
    document
        .to_pem(PrivateKeyInfoRef::PEM_LABEL, LineEnding::LF)
        .map_err(unwritable)
}
