//! Letters on their way: who, in which language, about what; sealed until they are delivered.

use chancery_keys::{Entropy, OpenSealedError, Vault};
use chancery_store::{Batch, Id, Timestamp, outbox};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{EmailAddress, Fault, Language};

/// The vault's purpose under which the bodies of outbox rows are sealed; the context is the row's id.
pub const OUTBOX_PURPOSE: &str = "outbox";

/// A notice to a person, as it waits in the outbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter<N> {
    /// Where to.
    pub to: EmailAddress,
    /// In which language.
    pub language: Language,
    /// What about.
    pub notice: N,
}

/// A letter could not be taken out of its outbox row.
#[derive(Debug, thiserror::Error)]
pub enum OpenLetterError {
    /// The vault does not open it: another vault's, or altered.
    #[error("the letter is not sealed by this vault")]
    Sealed(#[from] OpenSealedError),
    /// It is none of the notices that this version knows.
    #[error("the letter's notice is unknown")]
    Notice(#[source] serde_json::Error),
}

impl<N: Serialize> Letter<N> {
    /// Puts the letter into the outbox, as part of the batch that is its cause; returns the row's id.
    pub fn post(
        &self,
        batch: &mut Batch,
        topic: &'static str,
        vault: &Vault,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> Result<Id, Fault> {
        let id = chancery_keys::random_id(entropy)?;
        let plain = zeroize::Zeroizing::new(serde_json::to_vec(self).map_err(Fault::Letter)?);
        let body = vault.seal(OUTBOX_PURPOSE, id.as_bytes(), &plain)?;
        let recipient = self.to.to_string();
        outbox::enqueue(
            batch,
            &outbox::Outgoing {
                id,
                topic,
                recipient: &recipient,
                body,
                now,
            },
        );
        Ok(id)
    }
}

impl<N: DeserializeOwned> Letter<N> {
    /// Opens the body of the outbox row `id`.
    pub fn open(vault: &Vault, id: Id, body: &[u8]) -> Result<Self, OpenLetterError> {
        let plain = vault.open_sealed(OUTBOX_PURPOSE, id.as_bytes(), body)?;
        serde_json::from_slice(&plain).map_err(OpenLetterError::Notice)
    }
}
