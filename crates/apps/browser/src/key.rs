//! Private keys in the one form that every browser imports.

use chancery_x509::asn1::{self, Reader, tag};
use chancery_x509::{
    EcCurve, KeyNeed, KeyTransport, ParseError, PublicKeyInfo, PublicKeyKind, SignatureAlgorithm,
    oid,
};
use serde::Serialize;
use zeroize::Zeroizing;

use crate::Refusal;
use crate::message::Parts;
use crate::step::{Hash, Need, SignatureScheme, TransportScheme, part};

/// The largest RSA key that is taken: what is larger takes browsers seconds to use.
const MAX_RSA_BITS: u32 = 8_192;

/// What kind of key a certificate has, as `WebCrypto` imports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub(crate) enum KeyKind {
    /// RSA.
    Rsa {
        /// Bits of the modulus.
        bits: u32,
        /// Whether the certificate binds it to RSASSA-PSS.
        pss: bool,
    },
    /// Elliptic curve.
    Ec {
        /// `P-256`, `P-384` or `P-521`.
        curve: &'static str,
    },
    /// Ed25519.
    Ed25519,
    /// X25519.
    X25519,
}

impl KeyKind {
    pub fn of(key: &PublicKeyInfo) -> Result<Self, Refusal> {
        match key.kind() {
            PublicKeyKind::Rsa { bits, .. } if bits <= MAX_RSA_BITS => {
                Ok(Self::Rsa { bits, pss: false })
            }
            PublicKeyKind::RsaPss { bits, .. } if bits <= MAX_RSA_BITS => {
                Ok(Self::Rsa { bits, pss: true })
            }
            PublicKeyKind::Ec { curve } => match curve_name(curve) {
                Some(curve) => Ok(Self::Ec { curve }),
                None => Err(unsupported(key)),
            },
            PublicKeyKind::Ed25519 => Ok(Self::Ed25519),
            PublicKeyKind::X25519 => Ok(Self::X25519),
            _ => Err(unsupported(key)),
        }
    }
}

const fn curve_name(curve: EcCurve) -> Option<&'static str> {
    match curve {
        EcCurve::P256 => Some("P-256"),
        EcCurve::P384 => Some("P-384"),
        EcCurve::P521 => Some("P-521"),
        _ => None,
    }
}

fn unsupported(key: &PublicKeyInfo) -> Refusal {
    Refusal::UnsupportedKey {
        kind: key.kind().to_string(),
    }
}

/// The private key of this public key as version 1 `PrivateKeyInfo` (RFC 5208) that browsers import: RSA under `rsaEncryption`, curves by name,
/// the public key beside the private one (RFC 5915 section 3), which Firefox wants.
pub(crate) fn normalise(
    private_key: &[u8],
    public_key: &PublicKeyInfo,
) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    let kind = KeyKind::of(public_key)?;
    rewrite(private_key, public_key, kind).map_err(|error| Refusal::damaged(&error))
}

fn rewrite(
    private_key: &[u8],
    public_key: &PublicKeyInfo,
    kind: KeyKind,
) -> Result<Zeroizing<Vec<u8>>, ParseError> {
    let mut info = Reader::sequence(private_key, "private key")?;
    info.integer_u64("version")?;
    info.nested("private key algorithm")?;
    let octets = info.read(tag::OCTET_STRING, "private key octets")?;
    let (algorithm, octets) = match kind {
        KeyKind::Rsa { .. } => {
            let algorithm = asn1::sequence(&[&asn1::oid(&oid::RSA_ENCRYPTION), &asn1::null()]);
            (algorithm, Zeroizing::new(octets.to_vec()))
        }
        KeyKind::Ec { .. } => {
            let mut key = Reader::sequence(octets, "EC private key")?;
            key.integer_u64("version")?;
            let scalar = key.read(tag::OCTET_STRING, "private key")?;
            let curve = match public_key.kind() {
                PublicKeyKind::Ec { curve } => curve.oid(),
                _ => oid::SECP256R1,
            };
            let public = asn1::bit_string(public_key.subject_public_key());
            let scalar = Zeroizing::new(asn1::octet_string(scalar));
            let key = Zeroizing::new(asn1::sequence(&[
                &asn1::integer_u64(1),
                &scalar,
                &asn1::explicit(1, &public),
            ]));
            let algorithm = asn1::sequence(&[&asn1::oid(&oid::EC_PUBLIC_KEY), &asn1::oid(&curve)]);
            (algorithm, key)
        }
        KeyKind::Ed25519 | KeyKind::X25519 => {
            let of = if kind == KeyKind::X25519 {
                oid::X25519
            } else {
                oid::ED25519
            };
            let algorithm = asn1::sequence(&[&asn1::oid(&of)]);
            (algorithm, Zeroizing::new(octets.to_vec()))
        }
    };
    let octets = Zeroizing::new(asn1::octet_string(&octets));
    Ok(Zeroizing::new(asn1::sequence(&[
        &asn1::integer_u64(0),
        &algorithm,
        &octets,
    ])))
}

/// How this key signs unless told otherwise: RSA with SHA-256, curves with the digest of their strength.
pub(crate) fn default_algorithm(key: &PublicKeyInfo) -> Result<SignatureAlgorithm, Refusal> {
    match key.kind() {
        PublicKeyKind::Rsa { .. } => Ok(SignatureAlgorithm::RsaPkcs1Sha256),
        PublicKeyKind::RsaPss { parameters, .. } => {
            Ok(SignatureAlgorithm::RsaPss(parameters.unwrap_or(
                chancery_x509::PssParameters::with(chancery_x509::DigestAlgorithm::Sha256),
            )))
        }
        PublicKeyKind::Ec { curve } => match curve {
            EcCurve::P256 => Ok(SignatureAlgorithm::EcdsaSha256),
            EcCurve::P384 => Ok(SignatureAlgorithm::EcdsaSha384),
            EcCurve::P521 => Ok(SignatureAlgorithm::EcdsaSha512),
            _ => Err(unsupported(key)),
        },
        PublicKeyKind::Ed25519 => Ok(SignatureAlgorithm::Ed25519),
        _ => Err(unsupported(key)),
    }
}

/// What `WebCrypto` is asked for a signature.
pub(crate) fn sign(
    algorithm: SignatureAlgorithm,
    message: Vec<u8>,
) -> Result<(Need, Parts), Refusal> {
    let unsupported = || Refusal::Unsupported {
        name: algorithm.to_string(),
    };
    let scheme = match (algorithm, algorithm.digest()) {
        (SignatureAlgorithm::Ed25519, _) => SignatureScheme::Ed25519,
        (_, None) => return Err(unsupported()),
        (_, Some(digest)) => {
            let hash = Hash::of(digest).ok_or_else(unsupported)?;
            match algorithm {
                SignatureAlgorithm::RsaPss(parameters) if parameters.mgf1 == digest => {
                    SignatureScheme::RsaPss {
                        hash,
                        salt_length: parameters.salt_len,
                    }
                }
                SignatureAlgorithm::RsaPss(_) => return Err(unsupported()),
                _ if algorithm.is_ecdsa() => SignatureScheme::Ecdsa { hash },
                _ => SignatureScheme::RsaPkcs1 { hash },
            }
        }
    };
    Ok((Need::Sign(scheme), vec![part(message)]))
}

/// A signature as structures carry it: `WebCrypto` gives both numbers of ECDSA end to end, structures have them in DER.
pub(crate) fn signature(algorithm: SignatureAlgorithm, answer: &[u8]) -> Vec<u8> {
    if !algorithm.is_ecdsa() {
        return answer.to_vec();
    }
    let (r, s) = answer.split_at(answer.len() / 2);
    asn1::sequence(&[&asn1::integer(r), &asn1::integer(s)])
}

/// What a structure asks of the own key, as `WebCrypto` does it.
pub(crate) fn need(need: &KeyNeed) -> Result<(Need, Parts), Refusal> {
    match need {
        KeyNeed::Sign { algorithm, message } => sign(*algorithm, message.clone()),
        KeyNeed::Decrypt {
            transport: KeyTransport::Pkcs1V15,
            cipher_text,
        } => Ok((
            Need::Decrypt(TransportScheme::RsaPkcs1),
            vec![part(cipher_text.clone())],
        )),
        KeyNeed::Decrypt {
            transport:
                KeyTransport::Oaep {
                    digest,
                    mgf1,
                    label,
                },
            cipher_text,
        } => match Hash::of(*digest) {
            Some(hash) if digest == mgf1 => Ok((
                Need::Decrypt(TransportScheme::RsaOaep { hash }),
                vec![part(cipher_text.clone()), part(label.clone())],
            )),
            _ => Err(Refusal::Unsupported {
                name: format!("RSA-OAEP with {digest} and MGF1 with {mgf1}"),
            }),
        },
        KeyNeed::Agree { peer_spki } => {
            let peer =
                PublicKeyInfo::from_der(peer_spki).map_err(|error| Refusal::damaged(&error))?;
            let curve = match KeyKind::of(&peer)? {
                KeyKind::Ec { curve } => curve,
                KeyKind::X25519 => "X25519",
                _ => return Err(unsupported(&peer)),
            };
            Ok((Need::Agree { curve }, vec![part(peer_spki.clone())]))
        }
    }
}
