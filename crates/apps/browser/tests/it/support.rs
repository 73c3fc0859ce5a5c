//! A worker in Rust: answers what the module needs as `WebCrypto` would.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex};

use chancery_browser::{Module, message};
use chancery_keys::{AwsLc, KeyAlgorithm, SecretKey, Signer, SoftwareKey};
use chancery_pkcs12::{Derivation, Kdf, Primitives};
use chancery_x509::asn1::Reader;
use chancery_x509::extension::{self, KeyUsage};
use chancery_x509::{
    Attribute, AttributeKind, Certificate, DigestAlgorithm, KeyTransport, Name, PssParameters,
    PublicKeyInfo, SerialNumber, SignatureAlgorithm, TbsCertificate,
};
use serde_json::{Value, json};
use zeroize::Zeroizing;

/// The password of the store.
pub const STORE: &str = "the store's own password";

/// A key with its certificate and the authority's.
pub struct Person {
    pub key: SoftwareKey,
    pub certificate: Certificate,
    pub root: Certificate,
}

pub static RSA: LazyLock<Person> = LazyLock::new(|| Person::new(KeyAlgorithm::Rsa2048));
pub static P256: LazyLock<Person> = LazyLock::new(|| Person::new(KeyAlgorithm::EcP256));

impl Person {
    pub fn new(algorithm: KeyAlgorithm) -> Self {
        let key = SoftwareKey::generate(algorithm).unwrap();
        let root = SoftwareKey::generate(KeyAlgorithm::EcP256).unwrap();
        Self {
            certificate: certificate("Jana Nováková", &key, &root, false),
            root: certificate("Test Root", &root, &root, true),
            key,
        }
    }

    pub fn pkcs8(&self) -> Zeroizing<Vec<u8>> {
        self.key.to_pkcs8().unwrap()
    }
}

fn certificate(
    common_name: &str,
    key: &SoftwareKey,
    issuer: &SoftwareKey,
    ca: bool,
) -> Certificate {
    let name = |value| Name::new([Attribute::new(AttributeKind::CommonName, value)]).unwrap();
    let subject_public_key = PublicKeyInfo::from_der(key.public_key()).unwrap();
    let usage = if ca {
        KeyUsage::KEY_CERT_SIGN
    } else {
        KeyUsage::DIGITAL_SIGNATURE | KeyUsage::KEY_ENCIPHERMENT | KeyUsage::KEY_AGREEMENT
    };
    let key_identifier = subject_public_key.key_identifier(&AwsLc);
    let tbs = TbsCertificate {
        // Another for each key: messages name their recipients by it.
        serial: SerialNumber::new(&[&[7], &key_identifier[..8]].concat()).unwrap(),
        signature: issuer.algorithm(),
        issuer: name("Test Root"),
        not_before: 1_795_152_833,
        not_after: 1_826_688_833,
        subject: name(common_name),
        extensions: vec![
            extension::basic_constraints(ca, None),
            extension::key_usage(usage),
            extension::subject_key_identifier(&key_identifier),
        ],
        subject_public_key,
    };
    let der = tbs.to_der().unwrap();
    Certificate::assemble(&der, issuer.algorithm(), &issuer.sign(&der).unwrap()).unwrap()
}

/// What the module said, and the octets beside it.
pub type Said = (Value, message::Parts);

/// A worker: the module, and whose key answers.
pub struct Worker<'a> {
    module: Module,
    pub key: Option<&'a SoftwareKey>,
    /// The file of that key in the store, for what `WebCrypto` lacks.
    pub file: Vec<u8>,
    /// What was asked of outside, by name.
    pub asked: Vec<String>,
}

impl<'a> Worker<'a> {
    pub fn new(key: Option<&'a SoftwareKey>) -> Self {
        let mut worker = Self {
            module: Module::default(),
            key,
            file: Vec::new(),
            asked: Vec::new(),
        };
        let (said, _) = worker.call(&json!({ "call": "seed" }), &[&[7; 32]]);
        assert_eq!(said["step"], "done");
        worker
    }

    /// One call.
    pub fn call(&mut self, text: &Value, parts: &[&[u8]]) -> Said {
        let parts = parts.iter().map(|part| Zeroizing::new(part.to_vec()));
        let request = message::encode(text.to_string().as_bytes(), &parts.collect());
        let answer = self.module.call(&request);
        let (text, parts) = message::decode(&answer).unwrap();
        (serde_json::from_slice(text).unwrap(), parts)
    }

    /// A call and all that it needs: the result, or the refusal.
    pub fn run(&mut self, text: &Value, parts: &[&[u8]]) -> Result<Said, Value> {
        let said = self.call(text, parts);
        self.settle(said)
    }

    /// A call over content in pieces of this many octets; what came out, joined.
    pub fn run_over(
        &mut self,
        text: &Value,
        parts: &[&[u8]],
        content: &[u8],
        piece: usize,
    ) -> Result<(Value, Vec<u8>), Value> {
        let (said, _) = self.call(text, parts);
        if said["step"] == "refused" {
            return Err(said);
        }
        assert_eq!(said["step"], "reads");
        let operation = &said["operation"];
        loop {
            let mut out = Vec::new();
            for piece in content.chunks(piece) {
                let said = self.call(&json!({ "call": "feed", "operation": operation }), &[piece]);
                let (_, parts) = self.settle(said)?;
                out.extend(parts.iter().flat_map(|part| part.to_vec()));
            }
            let said = self.call(&json!({ "call": "end", "operation": operation }), &[]);
            if said.0["need"] == "again" {
                self.asked.push("again".to_owned());
                continue;
            }
            let (result, parts) = self.settle(said)?;
            out.extend(parts.iter().flat_map(|part| part.to_vec()));
            return Ok((result, out));
        }
    }

    /// Answers needs until there is none.
    fn settle(&mut self, said: Said) -> Result<Said, Value> {
        let (mut text, mut parts) = said;
        loop {
            match text["step"].as_str() {
                Some("done") => return Ok((text["result"].take(), parts)),
                Some("reads") => return Ok((Value::Null, parts)),
                Some("need") => {
                    let answer = self.fulfil(&text, &parts);
                    let answer: Vec<&[u8]> = answer.iter().map(Vec::as_slice).collect();
                    let resume = json!({ "call": "resume", "operation": text["operation"] });
                    (text, parts) = self.call(&resume, &answer);
                }
                _ => return Err(text),
            }
        }
    }

    fn fulfil(&mut self, need: &Value, parts: &message::Parts) -> Option<Vec<u8>> {
        let name = need["need"].as_str().unwrap();
        self.asked.push(name.to_owned());
        match name {
            "derive" => Some(derive(need, parts)),
            "sign" => Some(sign(self.key.unwrap(), need, &parts[0])),
            "decrypt" if need["name"] == "RSAES-PKCS1-v1_5" => {
                let file = self.file.clone();
                let unwrapped = self.run(&json!({ "call": "unwrap" }), &[&file, &parts[0]]);
                unwrapped.unwrap().1.pop().map(|plain| plain.to_vec())
            }
            "decrypt" => {
                let digest = hash(need);
                let transport = KeyTransport::Oaep {
                    digest,
                    mgf1: digest,
                    label: parts[1].to_vec(),
                };
                let plain = self.key.unwrap().decrypt(&transport, &parts[0]).ok();
                plain.map(|plain| plain.to_vec())
            }
            "agree" => {
                let shared = self.key.unwrap().agree(&parts[0]).ok();
                shared.map(|shared| shared.to_vec())
            }
            other => panic!("{other}"),
        }
    }
}

fn hash(need: &Value) -> DigestAlgorithm {
    match need["hash"].as_str() {
        Some("SHA-1") => DigestAlgorithm::Sha1,
        Some("SHA-384") => DigestAlgorithm::Sha384,
        Some("SHA-512") => DigestAlgorithm::Sha512,
        _ => DigestAlgorithm::Sha256,
    }
}

/// Workers draw the same salts, and what is slow is done once a test.
static DERIVED: Mutex<BTreeMap<String, Vec<u8>>> = Mutex::new(BTreeMap::new());

fn derive(need: &Value, parts: &message::Parts) -> Vec<u8> {
    let password = if need["ofStore"] == true {
        assert!(parts[0].is_empty(), "the store's password is not known");
        STORE.as_bytes()
    } else {
        &parts[0]
    };
    let asked = (&need["hash"], &need["rounds"], &need["octets"]);
    let name = format!("{asked:?} {password:?} {:?}", parts[1]);
    if let Some(known) = DERIVED.lock().unwrap().get(&name) {
        return known.clone();
    }
    let derivation = Derivation {
        kdf: Kdf::Pbkdf2 {
            prf: hash(need),
            rounds: u32::try_from(need["rounds"].as_u64().unwrap()).unwrap(),
        },
        password: Zeroizing::new(password.to_vec()),
        salt: parts[1].to_vec(),
        octets: usize::try_from(need["octets"].as_u64().unwrap()).unwrap(),
    };
    let key = AwsLc.derive(&derivation).unwrap().to_vec();
    DERIVED.lock().unwrap().insert(name, key.clone());
    key
}

/// As `WebCrypto` signs: ECDSA's numbers end to end.
fn sign(key: &SoftwareKey, need: &Value, message: &[u8]) -> Vec<u8> {
    let digest = hash(need);
    let algorithm = match need["name"].as_str() {
        Some("RSASSA-PKCS1-v1_5") => SignatureAlgorithm::rsa_pkcs1(digest),
        Some("RSA-PSS") => SignatureAlgorithm::RsaPss(PssParameters::with(digest)),
        Some("ECDSA") => SignatureAlgorithm::ecdsa(digest),
        Some("Ed25519") => SignatureAlgorithm::Ed25519,
        other => panic!("{other:?}"),
    };
    let signature = key.sign_with(algorithm, message).unwrap();
    if !algorithm.is_ecdsa() {
        return signature;
    }
    let field = match algorithm {
        SignatureAlgorithm::EcdsaSha256 => 32,
        SignatureAlgorithm::EcdsaSha384 => 48,
        _ => 66,
    };
    let mut numbers = Reader::sequence(&signature, "signature").unwrap();
    let mut fixed = || {
        let number = numbers.integer("number").unwrap();
        let digits = number.strip_prefix(&[0]).unwrap_or(number);
        [vec![0; field - digits.len()], digits.to_vec()].concat()
    };
    let r = fixed();
    [r, fixed()].concat()
}
