//! Writing a file, step by step.

use chancery_x509::{Certificate, asn1};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::bags::{self, Tie};
use crate::need::{Need, PrimitiveError, Primitives, Step};
use crate::password::Password;
use crate::structure;

/// Rounds of each derivation, as OWASP advises for PBKDF2 with HMAC-SHA-256.
pub const ROUNDS: u32 = 600_000;

/// What goes into a file.
pub struct Contents {
    /// The private key, DER `PrivateKeyInfo` (PKCS#8). That it belongs to the certificate is for the caller to see to.
    pub private_key: Zeroizing<Vec<u8>>,
    /// Its certificate.
    pub certificate: Certificate,
    /// The authorities' certificates above, in any order; the root may be left out.
    pub chain: Vec<Certificate>,
    /// The name under which programs list key and certificate.
    pub friendly_name: Option<String>,
}

/// The random octets of a file: salts and initialisation vectors.
pub struct Randomness {
    certificates_salt: [u8; 16],
    certificates_iv: [u8; 16],
    key_salt: [u8; 16],
    key_iv: [u8; 16],
    mac_salt: [u8; 16],
}

impl Randomness {
    /// How many octets it takes.
    pub const LEN: usize = 80;
}

impl From<[u8; Self::LEN]> for Randomness {
    /// From fresh octets of a cryptographic random source, never used again.
    fn from(octets: [u8; Self::LEN]) -> Self {
        let part = |index: usize| {
            let mut part = [0; 16];
            for (to, from) in part.iter_mut().zip(octets.iter().skip(index * 16)) {
                *to = *from;
            }
            part
        };
        Self {
            certificates_salt: part(0),
            certificates_iv: part(1),
            key_salt: part(2),
            key_iv: part(3),
            mac_salt: part(4),
        }
    }
}

/// Why a file was not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WriteError {
    /// A result of a length that the operation cannot give.
    #[error("a cryptographic operation gave {octets} octets, which cannot be right")]
    ResultLength {
        /// Its length.
        octets: usize,
    },
    /// A result that was not asked for: the file is done.
    #[error("the file is already written")]
    AlreadyDone,
    /// The cryptography at hand failed.
    #[error("the file could not be encrypted")]
    Primitive(#[from] PrimitiveError),
}

/// What the next result will be.
enum Awaited {
    CertificatesKey,
    Certificates,
    KeyKey { certificates: Vec<u8> },
    Key { certificates: Vec<u8> },
    MacKey { authenticated_safe: Vec<u8> },
    Mac { authenticated_safe: Vec<u8> },
    Nothing,
}

/// Writes one file: [`Writer::start`], then [`Writer::resume`] with each result until the file is there.
pub struct Writer {
    contents: Contents,
    tie: Tie,
    password: Password,
    random: Randomness,
    awaited: Awaited,
}

impl Writer {
    /// Begins a file.
    #[must_use]
    pub fn start(contents: Contents, password: Password, random: Randomness) -> (Self, Step) {
        // Any octets do that differ between the keys of a collection: the key's own identifier, else the serial number.
        let local_key_id = contents
            .certificate
            .subject_key_identifier()
            .unwrap_or_else(|| contents.certificate.serial().as_bytes().to_vec());
        let tie = Tie {
            local_key_id,
            friendly_name: contents.friendly_name.clone(),
        };
        let step = derive(&password, random.certificates_salt);
        let writer = Self {
            contents,
            tie,
            password,
            random,
            awaited: Awaited::CertificatesKey,
        };
        (writer, step)
    }

    /// Goes on with the result of the last [`Need`]. After an error the writer is of no more use.
    pub fn resume(&mut self, result: Zeroizing<Vec<u8>>) -> Result<Step, WriteError> {
        let (awaited, step) = match std::mem::replace(&mut self.awaited, Awaited::Nothing) {
            Awaited::CertificatesKey => {
                let contents = &self.contents;
                let plain = bags::certificates(&contents.certificate, &self.tie, &contents.chain);
                let need = Need::Aes256CbcEncrypt {
                    key: of_32_octets(result)?,
                    iv: self.random.certificates_iv,
                    plain: Zeroizing::new(plain),
                };
                (Awaited::Certificates, Step::Need(need))
            }
            Awaited::Certificates => {
                let (salt, iv) = (self.random.certificates_salt, self.random.certificates_iv);
                let algorithm = structure::pbes2(&salt, ROUNDS, &iv);
                let certificates = structure::encrypted_data(&algorithm, &whole_blocks(result)?);
                let step = derive(&self.password, self.random.key_salt);
                (Awaited::KeyKey { certificates }, step)
            }
            Awaited::KeyKey { certificates } => {
                let need = Need::Aes256CbcEncrypt {
                    key: of_32_octets(result)?,
                    iv: self.random.key_iv,
                    plain: self.contents.private_key.clone(),
                };
                (Awaited::Key { certificates }, Step::Need(need))
            }
            Awaited::Key { certificates } => {
                let algorithm =
                    structure::pbes2(&self.random.key_salt, ROUNDS, &self.random.key_iv);
                let key = bags::shrouded_key(&algorithm, &whole_blocks(result)?, &self.tie);
                let authenticated_safe = asn1::sequence_of(&[certificates, structure::data(&key)]);
                let need = Need::MacKey {
                    password: self.password.bmp(),
                    salt: self.random.mac_salt,
                    rounds: ROUNDS,
                };
                (Awaited::MacKey { authenticated_safe }, Step::Need(need))
            }
            Awaited::MacKey { authenticated_safe } => {
                let need = Need::HmacSha256 {
                    key: of_32_octets(result)?,
                    message: authenticated_safe.clone(),
                };
                (Awaited::Mac { authenticated_safe }, Step::Need(need))
            }
            Awaited::Mac { authenticated_safe } => {
                let mac = of_32_octets(result)?;
                let salt = self.random.mac_salt;
                let file = structure::pfx(&authenticated_safe, &mac, &salt, ROUNDS);
                (Awaited::Nothing, Step::Done(file))
            }
            Awaited::Nothing => return Err(WriteError::AlreadyDone),
        };
        self.awaited = awaited;
        Ok(step)
    }
}

/// Writes a file with cryptography that does everything at once. It takes as long as three times [`ROUNDS`] take: run it where that
/// holds nobody up.
pub fn write(
    contents: Contents,
    password: Password,
    random: Randomness,
    primitives: &dyn Primitives,
) -> Result<Vec<u8>, WriteError> {
    let (mut writer, mut step) = Writer::start(contents, password, random);
    loop {
        match step {
            Step::Need(need) => step = writer.resume(need.fulfil(primitives)?)?,
            Step::Done(file) => return Ok(file),
        }
    }
}

fn derive(password: &Password, salt: [u8; 16]) -> Step {
    Step::Need(Need::Pbkdf2Sha256 {
        password: password.utf8(),
        salt,
        rounds: ROUNDS,
    })
}

fn of_32_octets(result: Zeroizing<Vec<u8>>) -> Result<Zeroizing<Vec<u8>>, WriteError> {
    match result.len() {
        32 => Ok(result),
        octets => Err(WriteError::ResultLength { octets }),
    }
}

fn whole_blocks(result: Zeroizing<Vec<u8>>) -> Result<Zeroizing<Vec<u8>>, WriteError> {
    match result.len() {
        octets if octets > 0 && octets % 16 == 0 => Ok(result),
        octets => Err(WriteError::ResultLength { octets }),
    }
}
