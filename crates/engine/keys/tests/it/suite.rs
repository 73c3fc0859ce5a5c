//! What every provider of private keys must do alike. Each test takes a key of the provider's.

use aws_lc_rs::agreement::{ECDH_P256, ECDH_P384, ECDH_P521, X25519};
use chancery_keys::{AwsLc, KeyOperation, KeyOperationError, SecretKey};
use chancery_x509::{
    Crypto, DigestAlgorithm, EcCurve, KeyNeed, KeyTransport, PssParameters, PublicKeyInfo,
    PublicKeyKind, SignatureAlgorithm, VerifyError,
};

use crate::keys::{Peer, encrypt};

fn oaep(digest: DigestAlgorithm, label: &[u8]) -> KeyTransport {
    KeyTransport::Oaep {
        digest,
        mgf1: digest,
        label: label.to_vec(),
    }
}

fn kind(key: &dyn SecretKey) -> PublicKeyKind {
    PublicKeyInfo::from_der(key.subject_public_key_info())
        .unwrap()
        .kind()
}

/// Every way in which keys of this kind sign.
fn signatures(kind: PublicKeyKind) -> Vec<SignatureAlgorithm> {
    use SignatureAlgorithm as S;
    match kind {
        PublicKeyKind::Rsa { .. } => vec![
            S::RsaPkcs1Sha256,
            S::RsaPkcs1Sha384,
            S::RsaPkcs1Sha512,
            S::RsaPss(PssParameters::with(DigestAlgorithm::Sha256)),
            S::RsaPss(PssParameters::with(DigestAlgorithm::Sha384)),
            S::RsaPss(PssParameters::with(DigestAlgorithm::Sha512)),
        ],
        PublicKeyKind::Ec { .. } => vec![S::EcdsaSha256, S::EcdsaSha384, S::EcdsaSha512],
        PublicKeyKind::Ed25519 => vec![S::Ed25519],
        _ => Vec::new(),
    }
}

/// Signs in each way of its kind, and says of each other that it cannot.
pub fn signs(key: &dyn SecretKey) {
    let (spki, kind) = (key.subject_public_key_info(), kind(key));
    for algorithm in signatures(kind) {
        // Twice: ECDSA's numbers differ in length, and a pooled session is used again.
        for message in [b"message".as_slice(), b""] {
            let signature = key.sign_with(algorithm, message).unwrap();
            let verify = |message| AwsLc.verify(algorithm, spki, message, &signature);
            assert_eq!(verify(message), Ok(()), "{kind} {algorithm}");
            assert_eq!(verify(b"massage"), Err(VerifyError::Mismatch));
        }
    }
    for algorithm in [
        SignatureAlgorithm::RsaPkcs1Sha1,
        SignatureAlgorithm::EcdsaSha1,
        SignatureAlgorithm::RsaPss(PssParameters::with(DigestAlgorithm::Sha1)),
        SignatureAlgorithm::RsaPkcs1Sha256,
        SignatureAlgorithm::EcdsaSha256,
        SignatureAlgorithm::Ed25519,
    ] {
        if !signatures(kind).contains(&algorithm) {
            let outcome = key.sign_with(algorithm, b"message");
            let expected = KeyOperationError::Unsupported(KeyOperation::Sign(algorithm));
            assert_eq!(outcome, Err(expected), "{kind}");
        }
    }
}

/// Decrypts what others encrypted, by each of `digests` and each of `labels` where it is OAEP; whatever is wrong is one
/// error.
pub fn decrypts(key: &dyn SecretKey, digests: &[DigestAlgorithm], labels: &[&[u8]]) {
    let spki = key.subject_public_key_info();
    let mut transports = vec![KeyTransport::Pkcs1V15];
    for digest in digests {
        transports.extend(labels.iter().map(|label| oaep(*digest, label)));
    }
    for transport in &transports {
        for plain in [[7; 32].as_slice(), &[0], b""] {
            let cipher_text = encrypt(spki, transport, plain);
            let need = KeyNeed::Decrypt {
                transport: transport.clone(),
                cipher_text: cipher_text.clone(),
            };
            let outcome = key.answer(&need).unwrap();
            assert_eq!(outcome.as_slice(), plain, "{transport:?}");

            let mut damaged = cipher_text.clone();
            damaged[5] ^= 1;
            let long = [cipher_text.as_slice(), &[0]].concat();
            let huge = vec![0xff; cipher_text.len()];
            for wrong in [&damaged, &cipher_text[1..], &long, &huge, &[]] {
                // One altered cipher text in some thousands is padded right by PKCS#1 v1.5, and is then another text.
                match key.decrypt(transport, wrong) {
                    Ok(other) => assert_ne!(other.as_slice(), plain, "{transport:?}"),
                    Err(error) => assert_eq!(error, KeyOperationError::Decryption, "{transport:?}"),
                }
            }
        }
    }
    for (written, read) in [
        (
            oaep(DigestAlgorithm::Sha256, b"label"),
            oaep(DigestAlgorithm::Sha256, b""),
        ),
        (
            oaep(DigestAlgorithm::Sha256, b""),
            oaep(DigestAlgorithm::Sha1, b""),
        ),
        (KeyTransport::Pkcs1V15, oaep(DigestAlgorithm::Sha1, b"")),
    ] {
        let cipher_text = encrypt(spki, &written, b"key");
        let outcome = key.decrypt(&read, &cipher_text);
        let expected = if digests.contains(&DigestAlgorithm::Sha256)
            || read == oaep(DigestAlgorithm::Sha1, b"")
        {
            KeyOperationError::Decryption
        } else {
            KeyOperationError::Unsupported(KeyOperation::Decrypt(read))
        };
        assert_eq!(outcome.map(|plain| plain.to_vec()), Err(expected));
    }
    assert_eq!(
        key.agree(&Peer::new(&ECDH_P256).public_key()).err(),
        Some(KeyOperationError::Unsupported(KeyOperation::Agree))
    );
}

/// Agrees with peers on its curve and no other.
pub fn agrees(key: &dyn SecretKey) {
    let (spki, kind) = (key.subject_public_key_info(), kind(key));
    let own = match kind {
        PublicKeyKind::Ec {
            curve: EcCurve::P256,
        } => &ECDH_P256,
        PublicKeyKind::Ec {
            curve: EcCurve::P384,
        } => &ECDH_P384,
        PublicKeyKind::Ec {
            curve: EcCurve::P521,
        } => &ECDH_P521,
        _ => &X25519,
    };
    for algorithm in [&ECDH_P256, &ECDH_P384, &ECDH_P521, &X25519] {
        let peer = Peer::new(algorithm);
        let need = KeyNeed::Agree {
            peer_spki: peer.public_key(),
        };
        let outcome = key.answer(&need).map(|secret| secret.to_vec());
        if algorithm == own {
            assert_eq!(outcome, Ok(peer.secret(spki)), "{kind}");
        } else {
            assert_eq!(outcome, Err(KeyOperationError::PeerKey), "{kind}");
        }
    }
    let mut off_curve = Peer::new(own).public_key();
    if own != &X25519 {
        let last = off_curve.len() - 1;
        off_curve[last] ^= 1;
        assert_eq!(
            key.agree(&off_curve).err(),
            Some(KeyOperationError::PeerKey)
        );
    }
    for nonsense in [&spki[1..], b"", b"no key"] {
        assert_eq!(key.agree(nonsense).err(), Some(KeyOperationError::PeerKey));
    }
    assert_eq!(
        key.decrypt(&KeyTransport::Pkcs1V15, b"").err(),
        Some(KeyOperationError::Unsupported(KeyOperation::Decrypt(
            KeyTransport::Pkcs1V15
        )))
    );
}
