//! Decrypting a message that arrives in pieces (RFC 5652 section 6, RFC 5083 section 2.3).

use chancery_x509::asn1::{self, Reader, tag};
use chancery_x509::crypto::{self, Cipher, CipherError};
use chancery_x509::{Crypto, KeyNeed, ObjectIdentifier};
use zeroize::Zeroizing;

use super::content::ContentAlgorithm;
use super::key::{ContentKey, RejectionSecret};
use super::key_derivation;
use super::recipient::{Recipient, RecipientInfo, Selected};
use super::suffix::{self, Suffix};
use super::{DecryptError, Unverified};
use crate::stream::{ContentKind, Event, Limits, Parser, Prefix, StreamError};
use crate::{Attribute, oid};

/// What a decryption stands at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// It takes more octets of the message, or its end.
    Reads,
    /// It wants this of the recipient's key; go on with [`Decryptor::resume`], then with what is left of the input.
    Need(KeyNeed),
}

/// Whether anybody would have noticed an alteration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Integrity {
    /// An authenticating cipher vouches for every octet: it is what somebody who had the content's key encrypted. Who that
    /// was, only a signature tells.
    Authenticated,
    /// The cipher vouches for nothing: unless the content carries a signature, whoever had the message in hand may have changed it,
    /// without knowing it, and may get it back through links in what they made of it (EFAIL). Do not show it as a
    /// message, and do not load anything for it.
    Unauthenticated,
}

/// The proof that a message was decrypted to its end. Only [`Decryptor::finish`] makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    content_type: ObjectIdentifier,
    cipher: Cipher,
    authenticated: Vec<Attribute>,
    unauthenticated: Vec<Attribute>,
}

impl Opened {
    /// The type of the content, id-data as a rule; vouched for only by [`Integrity::Authenticated`].
    #[must_use]
    pub const fn content_type(&self) -> ObjectIdentifier {
        self.content_type
    }

    /// The cipher that the content was encrypted with.
    #[must_use]
    pub const fn cipher(&self) -> Cipher {
        self.cipher
    }

    /// Whether an alteration would have been noticed.
    #[must_use]
    pub const fn integrity(&self) -> Integrity {
        if self.cipher.is_aead() {
            Integrity::Authenticated
        } else {
            Integrity::Unauthenticated
        }
    }

    /// The attributes that the cipher vouches for (RFC 5083 section 2.1).
    #[must_use]
    pub fn authenticated_attributes(&self) -> &[Attribute] {
        &self.authenticated
    }

    /// The attributes that nobody vouches for: anybody may have written them.
    #[must_use]
    pub fn unauthenticated_attributes(&self) -> &[Attribute] {
        &self.unauthenticated
    }
}

/// How a decryption ends.
#[must_use]
pub enum Ending<'c> {
    /// The plain text is what was encrypted, so far as [`Opened::integrity`] says.
    Opened(Opened),
    /// Authenticated attributes stand behind the content, and the tag covers them before it. Throw away what came out, and push the
    /// message to this decryptor again from its first octet; the recipient's key is not asked again.
    Again(Box<Decryptor<'c>>),
}

/// A decryption under way: [`Decryptor::push`] the octets of the message as they come, answer the one need with
/// [`Decryptor::resume`], and [`Decryptor::finish`].
pub struct Decryptor<'c> {
    crypto: &'c dyn Crypto,
    recipient: Recipient,
    secret: RejectionSecret,
    limits: Limits,
    authenticated_only: bool,
    parser: Parser,
    state: State,
    again: Option<Again>,
}

enum State {
    /// Reads the fields before the content.
    Prefix,
    /// Waits for the recipient's key.
    Waits(Box<Message>, Box<Selected>),
    /// Reads the content.
    Content(Box<Message>, Under),
    /// Has read all of it.
    Ended(Box<Message>, Under, Vec<u8>),
}

/// What a message says before its content.
struct Message {
    kind: ContentKind,
    content_type: ObjectIdentifier,
    algorithm: ContentAlgorithm,
    /// The fields before the content, to be met again the second time.
    prefix: Prefix,
}

/// A content under its cipher.
struct Under {
    decryptor: Box<dyn crypto::Decryptor>,
    key: ContentKey,
}

/// What is known from the first reading.
struct Again {
    prefix: Prefix,
    key: ContentKey,
    attributes: Vec<u8>,
}

impl<'c> Decryptor<'c> {
    /// Before the first octet. `secret` stands in where the message yields no key: see [`RejectionSecret`].
    #[must_use]
    pub fn new(crypto: &'c dyn Crypto, recipient: Recipient, secret: RejectionSecret) -> Self {
        Self::with_limits(crypto, recipient, secret, Limits::default())
    }

    /// The same with other limits than usual.
    #[must_use]
    pub fn with_limits(
        crypto: &'c dyn Crypto,
        recipient: Recipient,
        secret: RejectionSecret,
        limits: Limits,
    ) -> Self {
        Self {
            crypto,
            recipient,
            secret,
            limits,
            authenticated_only: false,
            parser: Parser::new(limits),
            state: State::Prefix,
            again: None,
        }
    }

    /// Refuses a cipher that lets alterations pass, before the key is asked for. Whoever decrypts for others and lets them see whether
    /// it worked needs this: without a tag, that alone gives the plain text away octet by octet (Vaudenay's attack).
    #[must_use]
    pub fn authenticated_only(self) -> Self {
        Self {
            authenticated_only: true,
            ..self
        }
    }

    /// Takes octets off the front of `input` and appends what they decrypt to. Stops where the recipient's key is needed: what is left
    /// of `input` is for the next call.
    pub fn push(
        &mut self,
        input: &mut &[u8],
        output: &mut Unverified,
    ) -> Result<Status, DecryptError> {
        if let State::Waits(_, selected) = &self.state {
            return Ok(Status::Need(selected.need()));
        }
        while let Some(event) = self.parser.next(input)? {
            match event {
                Event::Prefix(prefix) => {
                    if let Some(need) = self.begin(prefix)? {
                        return Ok(Status::Need(need));
                    }
                }
                Event::Content(piece) => {
                    if let State::Content(_, under) = &mut self.state {
                        under
                            .decryptor
                            .update_unverified(piece, output.as_mut_vec())
                            .map_err(cannot)?;
                    }
                }
                Event::Suffix(suffix) => {
                    self.state = match std::mem::replace(&mut self.state, State::Prefix) {
                        State::Content(message, under) => {
                            State::Ended(message, under, suffix.fields)
                        }
                        other => other,
                    };
                }
            }
        }
        Ok(Status::Reads)
    }

    /// Goes on with what the recipient's key gave. None stands for a cipher text or peer key that it refused, whatever the reason: the
    /// message then fails at its end like any other. What is no fault of the message, as a token that cannot be reached, is for
    /// the caller to report instead.
    pub fn resume(&mut self, answer: Option<Zeroizing<Vec<u8>>>) -> Result<(), DecryptError> {
        match std::mem::replace(&mut self.state, State::Prefix) {
            State::Waits(message, selected) => {
                let mut key = selected.content_key(
                    self.crypto,
                    answer,
                    message.algorithm.key_len,
                    &self.secret,
                );
                if let Some(der) = &message.algorithm.bound {
                    key.octets = key_derivation::bind(self.crypto, &key.octets, der);
                }
                self.state = self.content(message, key, &[])?;
                Ok(())
            }
            other => {
                self.state = other;
                Ok(())
            }
        }
    }

    /// The message is whole: tells whether what came out is what was encrypted. On any error throw the output away; it appends the
    /// last octets otherwise.
    pub fn finish(self, output: &mut Unverified) -> Result<Ending<'c>, DecryptError> {
        let outcome = self.end(output);
        if !matches!(outcome, Ok(Ending::Opened(_))) {
            output.clear();
        }
        outcome
    }

    fn end(self, output: &mut Unverified) -> Result<Ending<'c>, DecryptError> {
        if let State::Waits(..) = self.state {
            return Err(DecryptError::KeyNotGiven);
        }
        self.parser.finish()?;
        let State::Ended(message, under, fields) = self.state else {
            return Err(StreamError::Truncated { part: "content" }.into());
        };
        let suffix = suffix::read(message.kind, &fields, message.algorithm.tag_len)?;
        drop(fields);
        check_content_type(&message, &suffix)?;
        let covered = match &suffix.authenticated {
            Some(attributes) => Attribute::set_to_der(attributes),
            None => Vec::new(),
        };
        let known = self.again.map(|again| again.attributes);
        match known {
            None if !covered.is_empty() => {
                return Ok(Ending::Again(Box::new(Decryptor {
                    crypto: self.crypto,
                    recipient: self.recipient,
                    secret: self.secret,
                    limits: self.limits,
                    authenticated_only: self.authenticated_only,
                    parser: Parser::new(self.limits),
                    state: State::Prefix,
                    again: Some(Again {
                        prefix: message.prefix,
                        key: under.key,
                        attributes: covered,
                    }),
                })));
            }
            Some(known) if known != covered => return Err(DecryptError::Changed),
            _ => {}
        }
        let finished = under.decryptor.finish(&suffix.tag, output.as_mut_vec());
        if finished.is_err() || under.key.refused {
            return Err(DecryptError::NotDecrypted);
        }
        Ok(Ending::Opened(Opened {
            content_type: message.content_type,
            cipher: message.algorithm.cipher,
            authenticated: suffix.authenticated.unwrap_or_default(),
            unauthenticated: suffix.unauthenticated,
        }))
    }

    /// The fields before the content are there: what is wanted of the recipient's key, unless that is known from the first reading.
    fn begin(&mut self, prefix: Prefix) -> Result<Option<KeyNeed>, DecryptError> {
        if let Some(again) = &self.again {
            if again.prefix != prefix {
                return Err(DecryptError::Changed);
            }
            let key = ContentKey {
                octets: again.key.octets.clone(),
                refused: again.key.refused,
            };
            let (message, _) = Message::read(prefix)?;
            self.state = self.content(Box::new(message), key, &again.attributes)?;
            return Ok(None);
        }
        let (message, recipients) = Message::read(prefix)?;
        let cipher = message.algorithm.cipher;
        if self.authenticated_only && !cipher.is_aead() {
            return Err(DecryptError::Unauthenticated { cipher });
        }
        let selected = self.recipient.select(&recipients, self.crypto)?;
        let need = selected.need();
        self.state = State::Waits(Box::new(message), Box::new(selected));
        Ok(Some(need))
    }

    fn content(
        &self,
        message: Box<Message>,
        key: ContentKey,
        attributes: &[u8],
    ) -> Result<State, DecryptError> {
        let algorithm = &message.algorithm;
        let mut decryptor = self
            .crypto
            .decryptor(algorithm.cipher, &key.octets, &algorithm.iv)
            .map_err(cannot)?;
        if !attributes.is_empty() {
            decryptor.aad(attributes).map_err(cannot)?;
        }
        Ok(State::Content(message, Under { decryptor, key }))
    }
}

/// What a cipher met before the end of the content; nothing of it depends on the key.
fn cannot(error: CipherError) -> DecryptError {
    match error {
        CipherError::Mismatch | CipherError::Padding => DecryptError::NotDecrypted,
        other => DecryptError::Cipher(other),
    }
}

impl Message {
    fn read(prefix: Prefix) -> Result<(Self, Vec<RecipientInfo>), DecryptError> {
        let kind = prefix.kind;
        if !matches!(
            kind,
            ContentKind::EnvelopedData | ContentKind::AuthEnvelopedData
        ) {
            return Err(DecryptError::NotEncrypted { kind });
        }
        if !prefix.has_content {
            return Err(DecryptError::Detached);
        }
        let mut fields = Reader::new(&prefix.fields, "encrypted message");
        fields.integer_u64("version")?;
        // Certificates that the sender sends along are of no use in finding the key.
        fields.optional(tag::context_constructed(0), "originator information")?;
        let recipients = RecipientInfo::read_all(fields.read(tag::SET, "recipients")?)?;
        fields.finish()?;
        let mut carrier = Reader::new(&prefix.carrier, "encrypted content");
        let content_type = carrier.oid("content type")?;
        let algorithm =
            ContentAlgorithm::from_der(carrier.raw(tag::SEQUENCE, "content encryption algorithm")?)
                .map_err(DecryptError::ContentAlgorithm)?;
        carrier.finish()?;
        if algorithm.tag_len.is_some() != (kind == ContentKind::AuthEnvelopedData) {
            return Err(DecryptError::MisplacedCipher {
                cipher: algorithm.cipher,
            });
        }
        let message = Self {
            kind,
            content_type,
            algorithm,
            prefix,
        };
        Ok((message, recipients))
    }
}

/// RFC 5083 section 2.1: authenticated attributes name the content's type, and there are some unless that is id-data.
fn check_content_type(message: &Message, suffix: &Suffix) -> Result<(), DecryptError> {
    if message.kind != ContentKind::AuthEnvelopedData {
        return Ok(());
    }
    let Some(attributes) = &suffix.authenticated else {
        return if message.content_type == oid::DATA {
            Ok(())
        } else {
            Err(DecryptError::ContentType)
        };
    };
    let said = asn1::oid(&message.content_type);
    let mut types = attributes
        .iter()
        .filter(|attribute| attribute.oid == oid::CONTENT_TYPE);
    match (types.next(), types.next()) {
        (Some(only), None) if only.values == [said] => Ok(()),
        (None, _) if message.content_type == oid::DATA => Ok(()),
        _ => Err(DecryptError::ContentType),
    }
}
