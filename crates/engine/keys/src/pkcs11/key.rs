//! A private key in a token.

use std::sync::{Mutex, PoisonError};

use chancery_x509::{
    EcCurve, KeyTransport, PublicKeyInfo, PublicKeyKind, SignatureAlgorithm, asn1,
};
use cryptoki::{
    context::Function,
    error::{Error, RvError},
    mechanism::{
        Mechanism, MechanismType,
        elliptic_curve::{EcKdf, Ecdh1DeriveParams},
    },
    object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle},
};
use zeroize::Zeroizing;

use super::{
    ObjectType, Pkcs11Uri, Token, TokenError,
    error::{Fault, is_unsupported},
    mechanism, public,
    token::{Doubt, Talk},
};
use crate::{KeyOperation, KeyOperationError, SecretKey, SignError, Signer};

/// A private key that stays in its token.
pub struct TokenKey {
    token: Token,
    uri: Pkcs11Uri,
    id: Vec<u8>,
    label: Option<Vec<u8>>,
    public_key: PublicKeyInfo,
    /// The handle of the private key, and the line within which it means anything.
    handle: Mutex<Option<(u64, ObjectHandle)>>,
    doubt: Doubt,
}

impl std::fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TokenKey")
            .field("uri", &self.uri.to_string())
            .finish_non_exhaustive()
    }
}

/// What names the private key: `CKA_ID`, and the label where there is no id or the URI has one.
fn template(class: ObjectClass, id: &[u8], label: Option<&[u8]>) -> Vec<Attribute> {
    let mut template = vec![Attribute::Class(class)];
    if !id.is_empty() {
        template.push(Attribute::Id(id.to_vec()));
    }
    if let Some(label) = label {
        template.push(Attribute::Label(label.to_vec()));
    }
    template
}

impl TokenKey {
    /// Finds the private key that `uri` names by `id` and `object` (its label).
    pub fn open(token: &Token, uri: &Pkcs11Uri) -> Result<Self, TokenError> {
        let wanted = || uri.to_string();
        if uri
            .object_type
            .is_some_and(|kind| kind != ObjectType::Private)
        {
            return Err(TokenError::NoKey { wanted: wanted() });
        }
        let label = uri.object.as_ref().map(|label| label.as_bytes().to_vec());
        let asked = uri.id.clone().unwrap_or_default();
        let found = token.with(&Doubt::default(), |talk| {
            let session = &talk.session;
            let private = template(ObjectClass::PRIVATE_KEY, &asked, label.as_deref());
            let [private] = session.find_objects(&private)?[..] else {
                let many = session.find_objects(&private)?.len() > 1;
                return Err(Fault::Token(if many {
                    TokenError::SeveralKeys { wanted: wanted() }
                } else {
                    TokenError::NoKey { wanted: wanted() }
                }));
            };
            let mut id = Vec::new();
            for attribute in session.get_attributes(
                private,
                &[AttributeType::Id, AttributeType::AlwaysAuthenticate],
            )? {
                match attribute {
                    Attribute::Id(octets) => id = octets,
                    Attribute::AlwaysAuthenticate(true) => {
                        return Err(TokenError::AlwaysAuthenticate.into());
                    }
                    _ => {}
                }
            }
            // A public object may bear another label than the private one; the id pairs them.
            let beside = if id.is_empty() {
                label.as_deref()
            } else {
                None
            };
            let mut objects =
                session.find_objects(&template(ObjectClass::PUBLIC_KEY, &id, beside))?;
            objects.push(private);
            let public_key = public::read(session, objects)?
                .ok_or_else(|| TokenError::PublicKey { wanted: wanted() })?;
            Ok((id, public_key, talk.line, private))
        });
        let (id, public_key, line, private) = found?;
        Ok(Self {
            token: token.clone(),
            uri: Pkcs11Uri {
                object: uri.object.clone(),
                object_type: Some(ObjectType::Private),
                id: Some(id.clone()).filter(|id| !id.is_empty()),
                ..token.uri().clone()
            },
            label: label.filter(|_| id.is_empty()),
            id,
            public_key,
            handle: Mutex::new(Some((line, private))),
            doubt: Doubt::default(),
        })
    }

    /// The URI that names this key, its token and module.
    #[must_use]
    pub const fn uri(&self) -> &Pkcs11Uri {
        &self.uri
    }

    /// Kind and size of the key.
    #[must_use]
    pub fn kind(&self) -> PublicKeyKind {
        self.public_key.kind()
    }

    /// The handle of the private key on this line; a key that is not there any more was there once, so its token may not
    /// be whole: after a log-out it shows no private objects.
    fn find(&self, talk: &Talk) -> Result<ObjectHandle, Fault> {
        let mut handle = self.handle.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((line, known)) = *handle
            && line == talk.line
        {
            return Ok(known);
        }
        let private = template(ObjectClass::PRIVATE_KEY, &self.id, self.label.as_deref());
        let found = talk.session.find_objects(&private)?;
        let first = *found.first().ok_or_else(|| {
            Fault::Lost(TokenError::NoKey {
                wanted: self.uri.to_string(),
            })
        })?;
        *handle = Some((talk.line, first));
        Ok(first)
    }

    fn is_rsa(&self) -> bool {
        matches!(self.kind(), PublicKeyKind::Rsa { .. })
    }

    fn is_montgomery(&self) -> bool {
        self.kind() == PublicKeyKind::X25519
    }

    /// Octets of a coordinate on a NIST curve.
    fn field(&self) -> Option<usize> {
        match self.kind() {
            PublicKeyKind::Ec { curve } => match curve {
                EcCurve::P256 => Some(32),
                EcCurve::P384 => Some(48),
                EcCurve::P521 => Some(66),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether keys of this kind sign so at all.
    fn fits(&self, algorithm: SignatureAlgorithm) -> bool {
        use SignatureAlgorithm as S;
        match algorithm {
            S::EcdsaSha256 | S::EcdsaSha384 | S::EcdsaSha512 => self.field().is_some(),
            S::Ed25519 => self.kind() == PublicKeyKind::Ed25519,
            _ => self.is_rsa(),
        }
    }

    /// The peer's public key as the token takes it, if it is on the curve of this key.
    fn peer_point(&self, peer_spki: &[u8]) -> Option<Vec<u8>> {
        let peer = PublicKeyInfo::from_der(peer_spki).ok()?;
        (peer.kind() == self.kind()).then(|| peer.subject_public_key().to_vec())
    }
}

impl Signer for TokenKey {
    fn algorithm(&self) -> SignatureAlgorithm {
        match self.kind() {
            PublicKeyKind::Ec { curve } => match curve {
                EcCurve::P384 => SignatureAlgorithm::EcdsaSha384,
                EcCurve::P521 => SignatureAlgorithm::EcdsaSha512,
                _ => SignatureAlgorithm::EcdsaSha256,
            },
            PublicKeyKind::Ed25519 => SignatureAlgorithm::Ed25519,
            _ => SignatureAlgorithm::RsaPkcs1Sha256,
        }
    }

    fn public_key(&self) -> &[u8] {
        self.public_key.as_der()
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        Ok(self.sign_with(self.algorithm(), message)?)
    }
}

impl SecretKey for TokenKey {
    fn subject_public_key_info(&self) -> &[u8] {
        self.public_key.as_der()
    }

    fn sign_with(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
    ) -> Result<Vec<u8>, KeyOperationError> {
        let unsupported = || {
            Fault::Outcome(KeyOperationError::Unsupported(KeyOperation::Sign(
                algorithm,
            )))
        };
        let signature = self.token.with(&self.doubt, |talk| {
            if !self.fits(algorithm) {
                return Err(unsupported());
            }
            let signing = mechanism::signing(talk, algorithm).ok_or_else(unsupported)?;
            let input = signing.input.of(message, self.field());
            let key = self.find(talk)?;
            talk.session
                .sign(&signing.mechanism, key, &input)
                .map_err(|error| match error {
                    error if is_unsupported(&error) => unsupported(),
                    // Signing has no wrong input, so a general error is the token's own, or the key's.
                    error @ Error::Pkcs11(
                        RvError::GeneralError | RvError::FunctionFailed | RvError::DeviceError,
                        _,
                    ) => Fault::Lost(error.into()),
                    error => error.into(),
                })
        })?;
        match self.field() {
            Some(field) => ecdsa_sig_value(&signature, field).ok_or(KeyOperationError::Refused),
            None => Ok(signature),
        }
    }

    fn decrypt(
        &self,
        transport: &KeyTransport,
        cipher_text: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, KeyOperationError> {
        let unsupported =
            || KeyOperationError::Unsupported(KeyOperation::Decrypt(transport.clone()));
        if !self.is_rsa() {
            return Err(unsupported());
        }
        let (kind, mechanism) = match transport {
            KeyTransport::Pkcs1V15 => (MechanismType::RSA_PKCS, Mechanism::RsaPkcs),
            KeyTransport::Oaep {
                digest,
                mgf1,
                label,
            } => (
                MechanismType::RSA_PKCS_OAEP,
                mechanism::oaep(*digest, *mgf1, label),
            ),
        };
        let plain = self.token.with(&self.doubt, |talk| {
            if !talk.has(kind) {
                return Err(Fault::Outcome(unsupported()));
            }
            let key = self.find(talk)?;
            talk.session
                .decrypt(&mechanism, key, cipher_text)
                .map(Zeroizing::new)
                .map_err(|error| match error {
                    error if is_unsupported(&error) => Fault::Outcome(unsupported()),
                    // Whatever else the second step says is about the cipher text, and is not told apart.
                    Error::Pkcs11(answer, Function::Decrypt) if !super::error::is_loss(&answer) => {
                        Fault::Outcome(KeyOperationError::Decryption)
                    }
                    error => error.into(),
                })
        })?;
        Ok(plain)
    }

    fn agree(&self, peer_spki: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyOperationError> {
        let length = match self.field() {
            Some(field) => field,
            None if self.is_montgomery() => 32,
            None => return Err(KeyOperationError::Unsupported(KeyOperation::Agree)),
        };
        let point = self
            .peer_point(peer_spki)
            .ok_or(KeyOperationError::PeerKey)?;
        let secret = self.token.with(&self.doubt, |talk| {
            let unsupported =
                || Fault::Outcome(KeyOperationError::Unsupported(KeyOperation::Agree));
            if !talk.has(MechanismType::ECDH1_DERIVE) {
                return Err(unsupported());
            }
            let key = self.find(talk)?;
            let parameters = Ecdh1DeriveParams::new(EcKdf::null(), &point);
            let session = &talk.session;
            let derived = session
                .derive_key(
                    &Mechanism::Ecdh1Derive(parameters),
                    key,
                    &[
                        Attribute::Class(ObjectClass::SECRET_KEY),
                        Attribute::KeyType(KeyType::GENERIC_SECRET),
                        Attribute::Token(false),
                        Attribute::Sensitive(false),
                        Attribute::Extractable(true),
                        Attribute::ValueLen(length.try_into()?),
                    ],
                )
                .map_err(|error| match error {
                    // The parameters are the peer's key.
                    Error::Pkcs11(
                        RvError::MechanismParamInvalid
                        | RvError::ArgumentsBad
                        | RvError::GeneralError
                        | RvError::FunctionFailed
                        | RvError::PublicKeyInvalid
                        | RvError::DomainParamsInvalid
                        | RvError::DataInvalid
                        | RvError::DataLenRange,
                        _,
                    ) => Fault::Outcome(KeyOperationError::PeerKey),
                    error if is_unsupported(&error) => unsupported(),
                    error => error.into(),
                })?;
            let read = session.get_attributes(derived, &[AttributeType::Value]);
            // It ends with the session at the latest.
            let _ = session.destroy_object(derived);
            for attribute in read? {
                if let Attribute::Value(secret) = attribute {
                    return Ok(Zeroizing::new(secret));
                }
            }
            // A token whose policy keeps every secret inside cannot give it to a key derivation outside.
            Err(unsupported())
        })?;
        // RFC 7748 section 6.1: a point of small order gives zeros, which is no secret; not each token looks.
        if secret.len() != length || secret.iter().all(|octet| *octet == 0) {
            return Err(KeyOperationError::PeerKey);
        }
        Ok(secret)
    }
}

/// `ECDSA-Sig-Value` (RFC 3279 section 2.2.3) of the two numbers that a token puts side by side, each as long as the
/// order (PKCS #11 version 3.0 section 2.3.1).
fn ecdsa_sig_value(raw: &[u8], field: usize) -> Option<Vec<u8>> {
    if raw.len() != 2 * field {
        return None;
    }
    let (r, s) = raw.split_at_checked(field)?;
    Some(asn1::sequence(&[&asn1::integer(r), &asn1::integer(s)]))
}
