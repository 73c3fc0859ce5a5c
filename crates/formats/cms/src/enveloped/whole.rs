//! Decrypting a message that is at hand.

use chancery_x509::KeyNeed;
use thiserror::Error;
use zeroize::Zeroizing;

use super::{DecryptError, Decryptor, Ending, Opened, Status, Unverified};

/// Why a message at hand gives no plain text.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DecryptWholeError<E: std::error::Error + 'static> {
    /// The message.
    #[error(transparent)]
    Message(#[from] DecryptError),
    /// The recipient's key could not be asked.
    #[error("the recipient's key gives no answer")]
    Key(#[source] E),
}

/// Decrypts a message at hand; plain text comes out only with the proof that it ended well.
///
/// `answer` asks the recipient's key: `Ok(None)` where that refuses the cipher text or the peer's key, an error only where it cannot be
/// asked at all.
pub fn decrypt<E: std::error::Error + 'static>(
    mut decryptor: Decryptor<'_>,
    message: &[u8],
    mut answer: impl FnMut(&KeyNeed) -> Result<Option<Zeroizing<Vec<u8>>>, E>,
) -> Result<(Zeroizing<Vec<u8>>, Opened), DecryptWholeError<E>> {
    loop {
        // No content is longer than the message that it lies in.
        let mut plain = Unverified::with_capacity(message.len());
        let mut rest = message;
        while let Status::Need(need) = decryptor.push(&mut rest, &mut plain)? {
            let key = answer(&need).map_err(DecryptWholeError::Key)?;
            decryptor.resume(key)?;
        }
        match decryptor.finish(&mut plain)? {
            Ending::Opened(opened) => return Ok((plain.release(&opened), opened)),
            Ending::Again(next) => decryptor = *next,
        }
    }
}
