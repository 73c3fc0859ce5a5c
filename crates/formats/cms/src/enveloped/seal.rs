//! Encrypting a message piece by piece (RFC 5652 section 6.1, RFC 5083 section 2.1).

use chancery_x509::asn1;
use chancery_x509::crypto;
use chancery_x509::{Crypto, ObjectIdentifier};
use zeroize::Zeroizing;

use super::EncryptError;
use super::addressee::Addressee;
use super::content::{ContentCipher, TAG};
use super::key_derivation;
use super::recipient::{MAX_RECIPIENTS, RecipientIdentifier, RecipientInfo};
use crate::stream::{ContentKind, Size, Writer};
use crate::{Attribute, oid};

/// The random values of one message. None of them may serve for another message.
#[derive(Clone)]
pub struct ContentSecrets {
    /// [`ContentCipher::key_len`] octets.
    pub key: Zeroizing<Vec<u8>>,
    /// [`ContentCipher::iv_len`] octets.
    pub iv: Vec<u8>,
}

impl std::fmt::Debug for ContentSecrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ContentSecrets").finish_non_exhaustive()
    }
}

/// What is to be encrypted, and for whom.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// For whom; one at least.
    pub recipients: Vec<Addressee>,
    /// How. An authenticating cipher makes an `AuthEnvelopedData`, another an `EnvelopedData`.
    pub cipher: ContentCipher,
    /// The type of the content, id-data as a rule.
    pub content_type: ObjectIdentifier,
    /// Octets of content, where they are known: then the message is DER, otherwise BER with indefinite lengths outside.
    pub content_len: Option<u64>,
    /// Binds the content's key to the cipher (RFC 9709): whoever puts the recipients before other cipher text learns nothing from what
    /// that decrypts to. Few programs read it yet.
    pub bound_key: bool,
    /// Attributes that the cipher authenticates; the content's type is added where it is needed (RFC 5083 section 2.1).
    /// Whoever reads such a message has to read it twice; OpenSSL 3.0 does not read it at all.
    pub authenticated_attributes: Vec<Attribute>,
    /// Attributes that nobody vouches for.
    pub unauthenticated_attributes: Vec<Attribute>,
}

impl Envelope {
    /// Content of the type id-data for these recipients, without attributes.
    #[must_use]
    pub fn new(
        recipients: Vec<Addressee>,
        cipher: ContentCipher,
        content_len: Option<u64>,
    ) -> Self {
        Self {
            recipients,
            cipher,
            content_type: oid::DATA,
            content_len,
            bound_key: false,
            authenticated_attributes: Vec::new(),
            unauthenticated_attributes: Vec::new(),
        }
    }

    fn authenticated(&self) -> Result<Vec<Attribute>, EncryptError> {
        let mut attributes = self.authenticated_attributes.clone();
        if !self.cipher.is_authenticated() {
            return if attributes.is_empty() {
                Ok(attributes)
            } else {
                Err(EncryptError::Attributes {
                    cipher: self.cipher.cipher(),
                })
            };
        }
        let wanted = !attributes.is_empty() || self.content_type != oid::DATA;
        let is_other = |attribute: &Attribute| attribute.oid != oid::CONTENT_TYPE;
        if wanted && attributes.iter().all(is_other) {
            attributes.push(Attribute::new(
                oid::CONTENT_TYPE,
                asn1::oid(&self.content_type),
            ));
        }
        Ok(attributes)
    }

    /// The content's key for each recipient.
    fn recipients(
        &self,
        crypto: &dyn Crypto,
        key: &[u8],
    ) -> Result<Vec<RecipientInfo>, EncryptError> {
        if self.recipients.is_empty() {
            return Err(EncryptError::NoRecipient);
        }
        if self.recipients.len() > MAX_RECIPIENTS {
            return Err(EncryptError::TooManyRecipients {
                limit: MAX_RECIPIENTS,
            });
        }
        self.recipients
            .iter()
            .map(|recipient| recipient.encrypt_key(crypto, key))
            .collect()
    }

    /// `CMSVersion` (RFC 5652 section 6.1; always 0 in RFC 5083 section 2.1).
    fn version(&self, recipients: &[RecipientInfo]) -> u64 {
        let plain = recipients.iter().all(|recipient| {
            matches!(
                recipient,
                RecipientInfo::KeyTransport(info)
                    if matches!(info.recipient, RecipientIdentifier::IssuerAndSerialNumber { .. })
            )
        });
        let simple = plain && self.unauthenticated_attributes.is_empty();
        if self.cipher.is_authenticated() || simple {
            0
        } else {
            2
        }
    }
}

/// An encryption under way: [`Encryptor::begin`], [`Encryptor::update`] as often as needed, [`Encryptor::finish`]. What is to be sent
/// is appended to the `out` of each call.
pub struct Encryptor {
    content: Box<dyn crypto::Encryptor>,
    writer: Writer,
    cipher: ContentCipher,
    authenticated: Vec<Attribute>,
    unauthenticated: Vec<Attribute>,
    cipher_text: Vec<u8>,
}

impl Encryptor {
    /// Encrypts the key to each recipient and appends all that stands before the content.
    pub fn begin(
        crypto: &dyn Crypto,
        envelope: &Envelope,
        secrets: &ContentSecrets,
        out: &mut Vec<u8>,
    ) -> Result<Self, EncryptError> {
        let cipher = envelope.cipher;
        if secrets.key.len() != cipher.key_len() || secrets.iv.len() != cipher.iv_len() {
            return Err(EncryptError::Secrets {
                cipher: cipher.cipher(),
                key: cipher.key_len(),
                iv: cipher.iv_len(),
            });
        }
        let authenticated = envelope.authenticated()?;
        let recipients = envelope.recipients(crypto, &secrets.key)?;
        let encoded = recipients
            .iter()
            .map(RecipientInfo::to_der)
            .collect::<Result<Vec<_>, _>>()
            .map_err(EncryptError::Structure)?;
        let fields = [
            asn1::integer_u64(envelope.version(&recipients)),
            asn1::set_of(encoded),
        ]
        .concat();
        let (algorithm, key) = if envelope.bound_key {
            let der = cipher.to_der(&secrets.iv);
            let key = key_derivation::bind(crypto, &secrets.key, &der);
            (cipher.bound_to_der(&secrets.iv), key)
        } else {
            (cipher.to_der(&secrets.iv), secrets.key.clone())
        };
        let carrier = [asn1::oid(&envelope.content_type), algorithm].concat();

        let mut content = crypto.encryptor(cipher.cipher(), &key, &secrets.iv)?;
        if !authenticated.is_empty() {
            content.aad(&Attribute::set_to_der(&authenticated))?;
        }
        Ok(Self {
            content,
            writer: Writer::begin(
                kind(cipher),
                &fields,
                &carrier,
                Self::size(envelope, &authenticated),
                out,
            )?,
            cipher,
            authenticated,
            unauthenticated: envelope.unauthenticated_attributes.clone(),
            cipher_text: Vec::new(),
        })
    }

    fn size(envelope: &Envelope, authenticated: &[Attribute]) -> Size {
        let content = envelope
            .content_len
            .and_then(|plain| envelope.cipher.cipher_text_len(plain));
        let tag = [0; TAG];
        let suffix = suffix(
            envelope.cipher,
            authenticated,
            &envelope.unauthenticated_attributes,
            &tag,
        );
        match content {
            Some(content) => Size::Known {
                content,
                suffix: suffix.len() as u64,
            },
            None => Size::Unknown,
        }
    }

    /// Encrypts more of the content.
    pub fn update(&mut self, plain: &[u8], out: &mut Vec<u8>) -> Result<(), EncryptError> {
        self.cipher_text.clear();
        self.content.update(plain, &mut self.cipher_text)?;
        if !self.cipher_text.is_empty() {
            self.writer.content(&self.cipher_text, out)?;
        }
        Ok(())
    }

    /// Appends the end of the message.
    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<(), EncryptError> {
        self.cipher_text.clear();
        let tag = self.content.finish(&mut self.cipher_text)?;
        if !self.cipher_text.is_empty() {
            self.writer.content(&self.cipher_text, out)?;
        }
        let suffix = suffix(
            self.cipher,
            &self.authenticated,
            &self.unauthenticated,
            &tag,
        );
        self.writer.finish(&suffix, out)?;
        Ok(())
    }
}

const fn kind(cipher: ContentCipher) -> ContentKind {
    if cipher.is_authenticated() {
        ContentKind::AuthEnvelopedData
    } else {
        ContentKind::EnvelopedData
    }
}

/// The fields behind the content.
fn suffix(
    cipher: ContentCipher,
    authenticated: &[Attribute],
    unauthenticated: &[Attribute],
    tag: &[u8],
) -> Vec<u8> {
    if cipher.is_authenticated() {
        [
            Attribute::set_to_implicit(authenticated, 1),
            asn1::octet_string(tag),
            Attribute::set_to_implicit(unauthenticated, 2),
        ]
        .concat()
    } else {
        Attribute::set_to_implicit(unauthenticated, 1)
    }
}

/// Encrypts content that is at hand: the message, DER.
pub fn encrypt(
    crypto: &dyn Crypto,
    envelope: &Envelope,
    secrets: &ContentSecrets,
    content: &[u8],
) -> Result<Vec<u8>, EncryptError> {
    let envelope = Envelope {
        content_len: Some(content.len() as u64),
        ..envelope.clone()
    };
    let mut out = Vec::with_capacity(content.len().saturating_add(4_096));
    let mut encryptor = Encryptor::begin(crypto, &envelope, secrets, &mut out)?;
    encryptor.update(content, &mut out)?;
    encryptor.finish(&mut out)?;
    Ok(out)
}
