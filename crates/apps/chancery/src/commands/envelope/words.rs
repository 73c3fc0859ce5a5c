//! What a person is told where encrypting or decrypting fails.

use chancery_cms::enveloped::{DecryptError, EncryptError, SelectError};

use crate::failure::Failure;

pub fn not_encrypted(place: &str, error: &EncryptError) -> Failure {
    let failure = Failure::because(place, error);
    match error {
        EncryptError::KeyKind { .. } => failure
            .hint("take a certificate with an RSA key, or one on P-256, P-384, P-521 or X25519"),
        EncryptError::KeyUsage => failure.hint(
            "take the recipient's certificate for encryption: its keyUsage names keyEncipherment (RSA) or keyAgreement",
        ),
        _ => failure,
    }
}

/// One message for everything that only a key shows, with the same hint: the cause is not told because it is not known apart.
pub fn not_decrypted(error: &DecryptError) -> Failure {
    let failure = Failure::because("the message was not decrypted", error);
    match error {
        DecryptError::NotDecrypted => failure.hint(
            "take the key that the message was encrypted for; if this is it, ask the sender to send the message again",
        ),
        DecryptError::Unauthenticated { .. } => failure.hint(
            "ask the sender for AES-GCM; or leave --authenticated-only out, and trust the content only after verifying a signature inside",
        ),
        DecryptError::Recipient(SelectError::OtherRecipients { .. }) => {
            failure.hint("take the certificate and key of one of its recipients")
        }
        DecryptError::Recipient(SelectError::Ambiguous) => {
            failure.hint("name your certificate with --recip")
        }
        DecryptError::Stream(_) | DecryptError::Damaged(_) => {
            failure.hint("get the file again: it is not whole, or no encrypted CMS message")
        }
        _ => failure,
    }
}
