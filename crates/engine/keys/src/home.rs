//! Where the keys of authorities are made and found.

use std::sync::Arc;

use crate::{
    Entropy, GenerateKeyError, KeyAlgorithm, KeyFileError, Signer, SoftwareKey, Vault,
    pkcs11::{Pkcs11Uri, Token, TokenError, TokenKey},
};

/// A key of an authority was not made, or not found.
#[derive(Debug, thiserror::Error)]
pub enum KeyHomeError {
    /// It could not be made.
    #[error("the key could not be made")]
    Generate(#[from] GenerateKeyError),
    /// It could not be put into the vault or taken out.
    #[error("the key could not be put into the vault or taken out")]
    Vault(#[from] KeyFileError),
    /// The token did not make it, or does not show it.
    #[error("the key in the token {uri}")]
    Token {
        /// The URI of the token or of the key.
        uri: String,
        /// Why.
        #[source]
        source: TokenError,
    },
    /// It is in a token, and no token is configured.
    #[error("the key is in the token {uri}, and the configuration names no token")]
    NoToken {
        /// Where it is.
        uri: Box<Pkcs11Uri>,
    },
}

/// A key that was just made.
pub struct HomedKey {
    /// It.
    pub signer: Arc<dyn Signer>,
    /// Where it is: the file of the vault, or the URI in the token.
    pub place: String,
}

/// Makes keys in the vault or in a token, and finds them where they were made; cheap to clone.
///
/// A key in a token has a file in the vault's folder too, `keys/SLUG.pkcs11`, which holds its URI: nothing secret, and
/// nothing that could be exchanged for another key, for an authority's certificate names its key.
#[derive(Clone, Debug)]
pub struct KeyHome {
    vault: Arc<Vault>,
    token: Option<Token>,
}

impl KeyHome {
    /// New keys go into `token` where there is one, else into the vault.
    #[must_use]
    pub const fn new(vault: Arc<Vault>, token: Option<Token>) -> Self {
        Self { vault, token }
    }

    /// Makes a key under `slug`, durable on return; one that has the name already is set aside. Blocks: RSA takes seconds,
    /// in small tokens minutes.
    pub fn generate(
        &self,
        slug: &str,
        algorithm: KeyAlgorithm,
        entropy: &dyn Entropy,
    ) -> Result<HomedKey, KeyHomeError> {
        let Some(token) = &self.token else {
            let key = SoftwareKey::generate(algorithm)?;
            self.vault.set_aside_key(slug)?;
            self.vault.put_key(slug, &key)?;
            return Ok(HomedKey {
                signer: Arc::new(key),
                place: format!("keys/{slug}.key"),
            });
        };
        // Before the token makes a key that could not be written down.
        self.vault.set_aside_key(slug)?;
        let key =
            token
                .generate(algorithm, slug, entropy)
                .map_err(|source| KeyHomeError::Token {
                    uri: token.uri().to_string(),
                    source,
                })?;
        self.vault.put_key_uri(slug, key.uri())?;
        Ok(HomedKey {
            place: key.uri().to_string(),
            signer: Arc::new(key),
        })
    }

    /// The key that [`Self::generate`] made. Blocks.
    pub fn key(&self, slug: &str) -> Result<Arc<dyn Signer>, KeyHomeError> {
        let Some(uri) = self.vault.key_uri(slug)? else {
            return Ok(self.vault.key(slug)?);
        };
        let Some(token) = &self.token else {
            return Err(KeyHomeError::NoToken { uri: Box::new(uri) });
        };
        let key = TokenKey::open(token, &uri).map_err(|source| KeyHomeError::Token {
            uri: uri.to_string(),
            source,
        })?;
        Ok(Arc::new(key))
    }
}
