//! `chancery bench cms`.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use chancery_cms::enveloped::{
    Addressee, ContentCipher, ContentSecrets, Decryptor, Encryptor, Ending, Envelope,
    KeyManagement, Recipient, RejectionSecret, Status, Unverified, decrypt, encrypt,
};
use chancery_keys::{AwsLc, KeyAlgorithm, KeyOperationError, SecretKey, SoftwareKey};
use chancery_x509::{Certificate, Crypto, DigestAlgorithm, KeyNeed, KeyTransport};
use zeroize::Zeroizing;

use super::{Figure, measure, party::Party, peak_rss_mb, print, signing};
use crate::{cli::Bench, commands::envelope::secrets, failure::Failure, streams::PIECE};

/// Octets of the large message.
const LARGE: usize = 1_000_000_000;

/// Signs and decrypts short messages, each of which needs one RSA operation, and streams a gigabyte through each cipher both ways, figures being
/// gigabytes a second beside the bare cipher's.
pub fn cms(words: &Bench) -> Result<(), Failure> {
    let holder = Holder::new()?;
    let signing = signing::short(
        "cms/sign-rsa-2048",
        &holder.key,
        &holder.certificate,
        words.seconds,
    )?;
    print(&signing, words.json)?;
    for (name, transport) in [
        ("cms/decrypt-rsa-2048", KeyTransport::Pkcs1V15),
        (
            "cms/decrypt-rsa-2048-oaep",
            KeyTransport::oaep(DigestAlgorithm::Sha256),
        ),
    ] {
        print(&holder.short(name, transport, words.seconds)?, words.json)?;
    }
    for (to, from, cipher) in [
        (
            "cms/encrypt-gb-aes256-gcm",
            "cms/decrypt-gb-aes256-gcm",
            ContentCipher::Aes256Gcm,
        ),
        (
            "cms/encrypt-gb-aes256-cbc",
            "cms/decrypt-gb-aes256-cbc",
            ContentCipher::Aes256Cbc,
        ),
        (
            "cms/encrypt-gb-aes128-cbc",
            "cms/decrypt-gb-aes128-cbc",
            ContentCipher::Aes128Cbc,
        ),
    ] {
        print(&holder.encrypt_large(to, cipher)?, words.json)?;
        print(&holder.decrypt_large(from, cipher)?, words.json)?;
    }
    Ok(())
}

struct Holder {
    key: SoftwareKey,
    certificate: Certificate,
}

fn refused(error: &dyn std::error::Error) -> Failure {
    Failure::because("the measurement", error)
}

impl Holder {
    fn new() -> Result<Self, Failure> {
        let party = Party::new("Bench Person", KeyAlgorithm::Rsa2048)?;
        Ok(Self {
            certificate: party.certify(&party, &[])?,
            key: party.key,
        })
    }

    fn envelope(
        &self,
        transport: KeyTransport,
        cipher: ContentCipher,
        size: Option<u64>,
    ) -> Result<Envelope, Failure> {
        let management = KeyManagement::Transport(transport);
        let addressee = Addressee::with_management(self.certificate.clone(), management)
            .map_err(|error| refused(&error))?;
        Ok(Envelope::new(vec![addressee], cipher, size))
    }

    fn decryptor(&self) -> Decryptor<'static> {
        let recipient = Recipient::Certificate(Box::new(self.certificate.clone()));
        Decryptor::new(&AwsLc, recipient, RejectionSecret::new([0; 32]))
    }

    fn answer(&self, need: &KeyNeed) -> Result<Option<Zeroizing<Vec<u8>>>, KeyOperationError> {
        self.key.answer(need).map(Some)
    }

    /// A message of a kilobyte, whole, beside the RSA operation in it.
    fn short(&self, name: &str, transport: KeyTransport, seconds: u32) -> Result<Figure, Failure> {
        let cipher = ContentCipher::Aes256Gcm;
        let envelope = self.envelope(transport, cipher, None)?;
        let message = encrypt(&AwsLc, &envelope, &secrets(cipher)?, &[0; 1_000])
            .map_err(|error| refused(&error))?;
        let mut asked = None;
        let mut need_of = |need: &KeyNeed| {
            asked = Some(need.clone());
            self.answer(need)
        };
        decrypt(self.decryptor(), &message, &mut need_of).map_err(|error| refused(&error))?;
        let asked = asked.ok_or_else(|| Failure::new("the key was not asked"))?;
        let work = || {
            let opened = decrypt(self.decryptor(), &message, |need| self.answer(need));
            black_box(opened.map_err(|error| refused(&error))?);
            Ok(())
        };
        let bare = || {
            black_box(self.key.answer(&asked).map_err(|error| refused(&error))?);
            Ok(())
        };
        measure(name, seconds, work, bare)
    }

    fn encrypt_large(&self, name: &str, cipher: ContentCipher) -> Result<Figure, Failure> {
        let envelope = self.envelope(KeyTransport::Pkcs1V15, cipher, Some(LARGE as u64))?;
        let mut race = Race::new(cipher)?;
        let mut out = Vec::new();
        let begun = Instant::now();
        let mut encryptor = Encryptor::begin(&AwsLc, &envelope, &secrets(cipher)?, &mut out)
            .map_err(|error| refused(&error))?;
        race.work += begun.elapsed();
        let mut bare = race.encryptor()?;
        let content = vec![0x5a; PIECE];
        for piece in pieces(&content) {
            let begun = Instant::now();
            encryptor
                .update(piece, &mut out)
                .map_err(|error| refused(&error))?;
            race.work += begun.elapsed();
            black_box(&out);
            out.clear();

            let begun = Instant::now();
            bare.update(piece, &mut out)
                .map_err(|error| refused(&error))?;
            race.bare += begun.elapsed();
            black_box(&out);
            out.clear();
        }
        let begun = Instant::now();
        encryptor
            .finish(&mut out)
            .map_err(|error| refused(&error))?;
        race.work += begun.elapsed();
        Ok(race.figure(name))
    }

    fn decrypt_large(&self, name: &str, cipher: ContentCipher) -> Result<Figure, Failure> {
        let envelope = self.envelope(KeyTransport::Pkcs1V15, cipher, Some(LARGE as u64))?;
        let mut race = Race::new(cipher)?;
        let mut message = Vec::new();
        let mut encryptor = Encryptor::begin(&AwsLc, &envelope, &secrets(cipher)?, &mut message)
            .map_err(|error| refused(&error))?;
        let mut decryptor = self.decryptor();
        let mut bare = race.decryptor()?;
        let mut plain = Unverified::new();
        let mut bare_plain = Vec::new();
        let content = vec![0x5a; PIECE];
        for piece in pieces(&content) {
            encryptor
                .update(piece, &mut message)
                .map_err(|error| refused(&error))?;
            self.push(&mut decryptor, &message, &mut plain, &mut race.work)?;
            message.clear();

            let begun = Instant::now();
            bare.update_unverified(piece, &mut bare_plain)
                .map_err(|error| refused(&error))?;
            race.bare += begun.elapsed();
            black_box(&bare_plain);
            bare_plain.clear();
        }
        encryptor
            .finish(&mut message)
            .map_err(|error| refused(&error))?;
        self.push(&mut decryptor, &message, &mut plain, &mut race.work)?;
        let begun = Instant::now();
        let ending = decryptor
            .finish(&mut plain)
            .map_err(|error| refused(&error))?;
        race.work += begun.elapsed();
        match ending {
            Ending::Opened(_) => Ok(race.figure(name)),
            Ending::Again(_) => Err(Failure::new("the message has attributes")),
        }
    }

    fn push(
        &self,
        decryptor: &mut Decryptor<'_>,
        mut message: &[u8],
        plain: &mut Unverified,
        time: &mut Duration,
    ) -> Result<(), Failure> {
        let begun = Instant::now();
        while let Status::Need(need) = decryptor
            .push(&mut message, plain)
            .map_err(|error| refused(&error))?
        {
            let answer = self.answer(&need).map_err(|error| refused(&error))?;
            decryptor.resume(answer).map_err(|error| refused(&error))?;
        }
        *time += begun.elapsed();
        plain.move_unverified(|octets| {
            black_box(octets);
            Ok(())
        })
    }
}

/// The large content in pieces.
fn pieces(content: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut left = LARGE;
    std::iter::from_fn(move || {
        let piece = content.get(..left.min(content.len()))?;
        left = left.saturating_sub(piece.len());
        (!piece.is_empty()).then_some(piece)
    })
}

/// The time that the message takes, and the bare cipher's, piece by piece in turns.
struct Race {
    cipher: ContentCipher,
    secrets: ContentSecrets,
    work: Duration,
    bare: Duration,
}

impl Race {
    fn new(cipher: ContentCipher) -> Result<Self, Failure> {
        Ok(Self {
            cipher,
            secrets: secrets(cipher)?,
            work: Duration::ZERO,
            bare: Duration::ZERO,
        })
    }

    fn encryptor(&self) -> Result<Box<dyn chancery_x509::crypto::Encryptor>, Failure> {
        AwsLc
            .encryptor(self.cipher.cipher(), &self.secrets.key, &self.secrets.iv)
            .map_err(|error| refused(&error))
    }

    fn decryptor(&self) -> Result<Box<dyn chancery_x509::crypto::Decryptor>, Failure> {
        AwsLc
            .decryptor(self.cipher.cipher(), &self.secrets.key, &self.secrets.iv)
            .map_err(|error| refused(&error))
    }

    fn figure(&self, name: &str) -> Figure {
        // The content is one gigabyte.
        let per_second = self.work.as_secs_f64().recip();
        let limit_per_second = self.bare.as_secs_f64().recip();
        Figure {
            name: name.to_owned(),
            per_second,
            limit_per_second,
            ratio: per_second / limit_per_second,
            peak_rss_mb: peak_rss_mb(),
        }
    }
}
