//! Tokens by each kind of key, and each way of confusing them.

use base64::{Engine, engine::general_purpose::STANDARD};
use chancery_keys::{AwsLc, KeyAlgorithm, SecretKey, SoftwareKey};
use chancery_x509::asn1::{self, Reader};
use chancery_x509::{
    Attribute, AttributeKind, Certificate, Crypto, DigestAlgorithm, Name, PssParameters,
    PublicKeyInfo, SerialNumber, SignatureAlgorithm, TbsCertificate,
};
use serde_json::{Value, json};

use super::*;

const ORIGIN: &str = "https://portal.example";
const NONCE: &str = "ZVKn9kRdmmMPCSTlb3ELYdVPBbmdqB7AVtm07pM8EuU=";

struct Holder {
    key: SoftwareKey,
    certificate: Certificate,
}

fn holder(algorithm: KeyAlgorithm) -> Holder {
    let key = SoftwareKey::generate(algorithm).unwrap();
    let name = Name::new([Attribute::new(AttributeKind::CommonName, "Jana")]).unwrap();
    let signature = chancery_keys::Signer::algorithm(&key);
    let tbs = TbsCertificate {
        serial: SerialNumber::new(&[1, 2, 3, 4, 5, 6, 7, 8]).unwrap(),
        signature,
        issuer: name.clone(),
        not_before: 0,
        not_after: 4_000_000_000,
        subject: name,
        subject_public_key: PublicKeyInfo::from_der(key.subject_public_key_info()).unwrap(),
        extensions: Vec::new(),
    };
    let tbs = tbs.to_der().unwrap();
    let signed = key.sign_with(signature, &tbs).unwrap();
    let der = asn1::sequence(&[&tbs, &signature.to_der(), &asn1::bit_string(&signed)]);
    Holder {
        certificate: Certificate::from_der(&der).unwrap(),
        key,
    }
}

/// `r || s` from `ECDSA-Sig-Value`.
fn raw(der: &[u8], octets: usize) -> Vec<u8> {
    let mut both = Reader::sequence(der, "signature").unwrap();
    let mut out = Vec::new();
    for _ in 0..2 {
        let number = both.integer("number").unwrap();
        let number = number.strip_prefix(&[0]).unwrap_or(number);
        out.resize(out.len() + octets - number.len(), 0);
        out.extend_from_slice(number);
    }
    out
}

fn message(digest: DigestAlgorithm, origin: &str, nonce: &str) -> Vec<u8> {
    let mut message = AwsLc.digest(digest, origin.as_bytes());
    message.extend(AwsLc.digest(digest, nonce.as_bytes()));
    message
}

fn json_of(holder: &Holder, algorithm: &str, signature: &[u8]) -> Value {
    json!({
        "unverifiedCertificate": STANDARD.encode(holder.certificate.as_der()),
        "algorithm": algorithm,
        "signature": STANDARD.encode(signature),
        "format": "web-eid:1.0",
        "appVersion": "https://web-eid.eu/web-eid-app/releases/v2.0.0",
    })
}

/// The signature as a card gives it for this algorithm.
fn signature(holder: &Holder, algorithm: TokenAlgorithm, origin: &str, nonce: &str) -> Vec<u8> {
    let message = message(algorithm.digest(), origin, nonce);
    let signed = holder
        .key
        .sign_with(algorithm.signature_algorithm(), &message)
        .unwrap();
    match algorithm {
        TokenAlgorithm::Es256 => raw(&signed, 32),
        TokenAlgorithm::Es384 => raw(&signed, 48),
        TokenAlgorithm::Es512 => raw(&signed, 66),
        _ => signed,
    }
}

fn token(holder: &Holder, algorithm: TokenAlgorithm) -> AuthToken {
    let signature = signature(holder, algorithm, ORIGIN, NONCE);
    AuthToken::parse(&json_of(holder, algorithm.name(), &signature).to_string()).unwrap()
}

fn verdict(json: &Value) -> Result<(), TokenError> {
    AuthToken::parse(&json.to_string())?.verify(ORIGIN, NONCE, &AwsLc)
}

const BY_KEY: [(KeyAlgorithm, &[TokenAlgorithm]); 4] = [
    (KeyAlgorithm::EcP256, &[TokenAlgorithm::Es256]),
    (KeyAlgorithm::EcP384, &[TokenAlgorithm::Es384]),
    (KeyAlgorithm::EcP521, &[TokenAlgorithm::Es512]),
    (
        KeyAlgorithm::Rsa2048,
        &[
            TokenAlgorithm::Ps256,
            TokenAlgorithm::Ps384,
            TokenAlgorithm::Ps512,
            TokenAlgorithm::Rs256,
            TokenAlgorithm::Rs384,
            TokenAlgorithm::Rs512,
        ],
    ),
];

#[test]
fn every_algorithm_verifies_with_its_key_and_under_no_other_name() {
    for (kind, algorithms) in BY_KEY {
        let holder = holder(kind);
        for algorithm in algorithms {
            let good = token(&holder, *algorithm);
            assert_eq!(good.verify(ORIGIN, NONCE, &AwsLc), Ok(()), "{algorithm}");
            assert_eq!(good.algorithm(), *algorithm);
            for other in TokenAlgorithm::ALL {
                if other == *algorithm {
                    continue;
                }
                let renamed = AuthToken {
                    algorithm: other,
                    ..good.clone()
                };
                let expected = if algorithms.contains(&other) {
                    TokenError::Signature
                } else {
                    TokenError::KeyMismatch {
                        algorithm: other,
                        key: holder.certificate.public_key().kind(),
                    }
                };
                assert_eq!(
                    renamed.verify(ORIGIN, NONCE, &AwsLc),
                    Err(expected),
                    "{algorithm} as {other}"
                );
            }
        }
    }
}

#[test]
fn another_origin_or_challenge_does_not_verify() {
    let holder = holder(KeyAlgorithm::EcP256);
    let token = token(&holder, TokenAlgorithm::Es256);
    for origin in [
        "https://portal.example.evil",
        "https://portal.example/",
        "https://portal.example:8443",
        "http://portal.example",
        "HTTPS://portal.example",
        "",
    ] {
        let verdict = token.verify(origin, NONCE, &AwsLc);
        assert_eq!(verdict, Err(TokenError::Signature), "{origin}");
    }
    for nonce in ["", "ZVKn9kRdmmMPCSTlb3ELYdVPBbmdqB7AVtm07pM8EuV="] {
        let verdict = token.verify(ORIGIN, nonce, &AwsLc);
        assert_eq!(verdict, Err(TokenError::Signature), "{nonce}");
    }
}

#[test]
fn origin_and_challenge_cannot_be_shifted_into_one_another() {
    let holder = holder(KeyAlgorithm::EcP256);
    let shifted = signature(
        &holder,
        TokenAlgorithm::Es256,
        "https://portal.exampl",
        &format!("e{NONCE}"),
    );
    let verdict = verdict(&json_of(&holder, "ES256", &shifted));
    assert_eq!(verdict, Err(TokenError::Signature));
}

#[test]
fn another_certificate_with_the_same_subject_does_not_verify() {
    let jana = holder(KeyAlgorithm::EcP256);
    let alike = holder(KeyAlgorithm::EcP256);
    assert_eq!(jana.certificate.subject(), alike.certificate.subject());
    let by_alike = signature(&alike, TokenAlgorithm::Es256, ORIGIN, NONCE);
    let verdict = verdict(&json_of(&jana, "ES256", &by_alike));
    assert_eq!(verdict, Err(TokenError::Signature));
}

#[test]
fn a_single_altered_octet_is_noticed() {
    let holder = holder(KeyAlgorithm::EcP256);
    let good = signature(&holder, TokenAlgorithm::Es256, ORIGIN, NONCE);
    for at in 0..good.len() {
        let mut altered = good.clone();
        altered[at] ^= 1;
        let verdict = verdict(&json_of(&holder, "ES256", &altered));
        assert_eq!(verdict, Err(TokenError::Signature), "octet {at}");
    }
}

#[test]
fn an_ecdsa_signature_in_der_or_of_another_length_is_refused() {
    let holder = holder(KeyAlgorithm::EcP256);
    let message = message(DigestAlgorithm::Sha256, ORIGIN, NONCE);
    let der = holder
        .key
        .sign_with(SignatureAlgorithm::EcdsaSha256, &message)
        .unwrap();
    let good = raw(&der, 32);
    let padded = [&good[..], &[0]].concat();
    for wrong in [&der[..], &good[..63], &padded, &[]] {
        let verdict = verdict(&json_of(&holder, "ES256", wrong));
        let expected = TokenError::SignatureLength {
            algorithm: TokenAlgorithm::Es256,
            expected: 64,
            found: wrong.len(),
        };
        assert_eq!(verdict, Err(expected));
    }
    // Zeros and numbers past the order are no signatures (FIPS 186-5 section 6.4.2).
    for octet in [0x00, 0xff] {
        let verdict = verdict(&json_of(&holder, "ES256", &[octet; 64]));
        assert_eq!(verdict, Err(TokenError::Signature));
    }
}

#[test]
fn the_hash_inside_must_be_that_of_the_algorithm() {
    let holder = holder(KeyAlgorithm::Rsa2048);
    for (inner, outer) in [
        (DigestAlgorithm::Sha256, TokenAlgorithm::Rs384),
        (DigestAlgorithm::Sha512, TokenAlgorithm::Rs256),
        (DigestAlgorithm::Sha256, TokenAlgorithm::Ps512),
    ] {
        let message = message(inner, ORIGIN, NONCE);
        let signed = holder
            .key
            .sign_with(outer.signature_algorithm(), &message)
            .unwrap();
        let verdict = verdict(&json_of(&holder, outer.name(), &signed));
        assert_eq!(verdict, Err(TokenError::Signature), "{inner} {outer}");
    }
}

#[test]
fn the_salt_of_pss_is_as_long_as_the_hash() {
    let holder = holder(KeyAlgorithm::Rsa2048);
    let message = message(DigestAlgorithm::Sha256, ORIGIN, NONCE);
    let short = SignatureAlgorithm::RsaPss(PssParameters {
        salt_len: 20,
        ..PssParameters::with(DigestAlgorithm::Sha256)
    });
    // A provider that cannot make such signatures has nothing to confuse.
    if let Ok(signed) = holder.key.sign_with(short, &message) {
        let verdict = verdict(&json_of(&holder, "PS256", &signed));
        assert_eq!(verdict, Err(TokenError::Signature));
    }
}

#[test]
fn keys_of_other_kinds_sign_no_tokens() {
    let holder = holder(KeyAlgorithm::Ed25519);
    let message = message(DigestAlgorithm::Sha256, ORIGIN, NONCE);
    let signed = holder
        .key
        .sign_with(SignatureAlgorithm::Ed25519, &message)
        .unwrap();
    for algorithm in TokenAlgorithm::ALL {
        let verdict = verdict(&json_of(&holder, algorithm.name(), &signed));
        let expected = TokenError::KeyMismatch {
            algorithm,
            key: PublicKeyKind::Ed25519,
        };
        assert_eq!(verdict, Err(expected));
    }
}

#[test]
fn what_is_no_token_is_told_apart() {
    let holder = holder(KeyAlgorithm::EcP256);
    let signature = signature(&holder, TokenAlgorithm::Es256, ORIGIN, NONCE);
    let good = json_of(&holder, "ES256", &signature);
    let with = |field: &str, value: Value| {
        let mut changed = good.clone();
        changed[field] = value;
        verdict(&changed)
    };
    assert_eq!(verdict(&good), Ok(()));
    assert_eq!(with("format", json!("web-eid:1.1")), Ok(()));
    for format in ["web-eid:2.0", "web-eid:1", "web-eid:1.", "web-eid:1.0x", ""] {
        let verdict = with("format", json!(format));
        assert_eq!(verdict, Err(TokenError::Format), "{format}");
    }
    for algorithm in ["none", "HS256", "es256", "EdDSA", "ES256 ", ""] {
        let verdict = with("algorithm", json!(algorithm));
        assert_eq!(verdict, Err(TokenError::Algorithm), "{algorithm}");
    }
    for field in ["signature", "unverifiedCertificate"] {
        for text in ["*", "AA", "AA==\n"] {
            let verdict = with(field, json!(text));
            assert_eq!(verdict, Err(TokenError::Base64 { field }), "{text:?}");
        }
    }
    let verdict = with("unverifiedCertificate", json!("AAAA"));
    assert!(matches!(verdict, Err(TokenError::Certificate(_))));
    for text in [
        "",
        "[]",
        "{}",
        "null",
        "{\"format\":\"web-eid:1.0\"",
        "{\"format\":\"web-eid:1.0\",\"format\":\"web-eid:1.0\"}",
    ] {
        let verdict = AuthToken::parse(text);
        assert!(matches!(verdict, Err(TokenError::Json { .. })), "{text}");
    }
    let deep = "[".repeat(MAX_TOKEN);
    assert!(matches!(
        AuthToken::parse(&deep),
        Err(TokenError::Json { .. })
    ));
    let long = " ".repeat(MAX_TOKEN + 1);
    assert_eq!(
        AuthToken::parse(&long).unwrap_err(),
        TokenError::TooLarge {
            octets: MAX_TOKEN + 1,
            limit: MAX_TOKEN
        }
    );
}
