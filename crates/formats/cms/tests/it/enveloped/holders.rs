//! People with keys, and the shortest way to a message and back.

use std::convert::Infallible;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, OnceLock};

use chancery_cms::enveloped::{
    Addressee, ContentCipher, ContentSecrets, DecryptError, DecryptWholeError, Decryptor, Envelope,
    KeyManagement, Opened, Recipient, RejectionSecret, decrypt, encrypt,
};
use chancery_keys::{
    AwsLc, Entropy, KeyAlgorithm, KeyOperationError, SecretKey, Signer, SoftwareKey, SystemEntropy,
    X25519Key,
};
use chancery_x509::extension::subject_key_identifier;
use chancery_x509::{
    Attribute, AttributeKind, Certificate, KeyNeed, Name, PublicKeyInfo, SerialNumber,
    TbsCertificate,
};
use zeroize::Zeroizing;

pub struct Holder {
    pub key: Arc<dyn SecretKey>,
    pub pkcs8: Zeroizing<Vec<u8>>,
    pub certificate: Certificate,
}

/// The kinds of keys that take encrypted keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Rsa,
    P256,
    P384,
    P521,
    X25519,
}

impl Kind {
    pub const ALL: [Self; 5] = [Self::Rsa, Self::P256, Self::P384, Self::P521, Self::X25519];

    /// A holder of such a key, the same one each time: RSA keys take a while to make.
    pub fn holder(self) -> &'static Holder {
        static HOLDERS: [OnceLock<Holder>; 5] = [const { OnceLock::new() }; 5];
        HOLDERS[self as usize].get_or_init(|| Holder::new(self))
    }
}

impl Holder {
    pub fn new(kind: Kind) -> Self {
        let algorithm = match kind {
            Kind::Rsa => KeyAlgorithm::Rsa2048,
            Kind::P256 => KeyAlgorithm::EcP256,
            Kind::P384 => KeyAlgorithm::EcP384,
            Kind::P521 => KeyAlgorithm::EcP521,
            Kind::X25519 => {
                let key = X25519Key::generate().unwrap();
                let pkcs8 = key.to_pkcs8().unwrap();
                return Self::with(Arc::new(key), pkcs8, kind);
            }
        };
        let key = SoftwareKey::generate(algorithm).unwrap();
        let pkcs8 = key.to_pkcs8().unwrap();
        Self::with(Arc::new(key), pkcs8, kind)
    }

    fn with(key: Arc<dyn SecretKey>, pkcs8: Zeroizing<Vec<u8>>, kind: Kind) -> Self {
        let issuer = SoftwareKey::generate(KeyAlgorithm::EcP256).unwrap();
        let name =
            |text: &str| Name::new([Attribute::new(AttributeKind::CommonName, text)]).unwrap();
        let subject_public_key = PublicKeyInfo::from_der(key.subject_public_key_info()).unwrap();
        let identifier = subject_public_key.key_identifier(&AwsLc);
        let tbs = TbsCertificate {
            serial: SerialNumber::new(&[0x80, kind as u8]).unwrap(),
            signature: issuer.algorithm(),
            issuer: name("Test authority"),
            not_before: 1_795_152_833,
            not_after: 1_826_688_833,
            subject: name(&format!("Holder of {kind:?}")),
            subject_public_key,
            extensions: vec![subject_key_identifier(&identifier)],
        };
        let der = tbs.to_der().unwrap();
        let signature = issuer.sign(&der).unwrap();
        Self {
            key,
            pkcs8,
            certificate: Certificate::assemble(&der, issuer.algorithm(), &signature).unwrap(),
        }
    }

    pub fn addressee(&self) -> Addressee {
        Addressee::new(self.certificate.clone()).unwrap()
    }

    pub fn addressee_by(&self, management: KeyManagement) -> Addressee {
        Addressee::with_management(self.certificate.clone(), management).unwrap()
    }

    pub fn decryptor(&self) -> Decryptor<'static> {
        let certificate = Box::new(self.certificate.clone());
        Decryptor::new(
            &AwsLc,
            Recipient::Certificate(certificate),
            rejection_secret(),
        )
    }

    /// What the key says to a message's question: nothing where it refuses.
    pub fn answer(&self, need: &KeyNeed) -> Option<Zeroizing<Vec<u8>>> {
        match self.key.answer(need) {
            Ok(answer) => Some(answer),
            Err(KeyOperationError::Decryption | KeyOperationError::PeerKey) => None,
            Err(other) => panic!("{other}"),
        }
    }

    pub fn open(&self, message: &[u8]) -> Result<(Vec<u8>, Opened), DecryptError> {
        self.open_with(self.decryptor(), message)
    }

    pub fn open_with(
        &self,
        decryptor: Decryptor<'_>,
        message: &[u8],
    ) -> Result<(Vec<u8>, Opened), DecryptError> {
        match decrypt(decryptor, message, |need| {
            Ok::<_, Infallible>(self.answer(need))
        }) {
            Ok((plain, opened)) => Ok((plain.to_vec(), opened)),
            Err(DecryptWholeError::Message(error)) => Err(error),
            Err(DecryptWholeError::Key(never)) => match never {},
        }
    }

    /// Certificate and key as PEM files that OpenSSL takes.
    pub fn write(&self, folder: &Path) {
        std::fs::write(folder.join("cert.pem"), self.certificate.to_pem()).unwrap();
        std::fs::write(folder.join("key.der"), self.pkcs8.as_slice()).unwrap();
    }
}

/// A secret for messages that yield no key.
pub fn rejection_secret() -> RejectionSecret {
    RejectionSecret::new([7; 32])
}

pub fn secrets(cipher: ContentCipher) -> ContentSecrets {
    let mut key = Zeroizing::new(vec![0; cipher.key_len()]);
    let mut iv = vec![0; cipher.iv_len()];
    SystemEntropy.fill(&mut key).unwrap();
    SystemEntropy.fill(&mut iv).unwrap();
    ContentSecrets { key, iv }
}

pub fn seal(recipients: Vec<Addressee>, cipher: ContentCipher, content: &[u8]) -> Vec<u8> {
    let envelope = Envelope::new(recipients, cipher, None);
    encrypt(&AwsLc, &envelope, &secrets(cipher), content).unwrap()
}

/// Runs a program in a folder; none, with a word about it, where it is missing.
pub fn run(program: &str, folder: &Path, arguments: &str) -> Option<std::process::Output> {
    let outcome = Command::new(program)
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .output();
    if outcome.is_err() {
        eprintln!("skipped: the {program} command is not installed");
    }
    outcome.ok()
}

/// The same for openssl, which has to succeed.
pub fn openssl(folder: &Path, arguments: &str) -> Option<Vec<u8>> {
    let output = run("openssl", folder, arguments)?;
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "openssl {arguments}: {errors}");
    Some(output.stdout)
}
