//! Writing a PKCS#12 file.

use chancery_pkcs12::{self as pkcs12, Contents, Identity, Password, Profile, Writer};
use chancery_x509::Certificate;
use serde_json::json;

use crate::Refusal;
use crate::message::Parts;
use crate::operation::{Begun, Given, Operation, only};
use crate::password::{Progress, Secret, drive};
use crate::provider::{CRYPTO, random};
use crate::step::{Step, part};

struct Write {
    writer: Writer,
    of_store: bool,
}

/// Parts: the password; the private key, PKCS#8; its certificate; the issuers.
pub(crate) fn begin(
    mut given: Given,
    profile: &str,
    friendly_name: Option<String>,
    of_store: bool,
) -> Begun {
    let profile: Profile = profile.parse().map_err(|_| Refusal::Protocol)?;
    let secret = Secret::read(&given.next()?, of_store, Password::new)?;
    if secret.is_of_store() && profile != Profile::Stored {
        return Err(Refusal::Protocol);
    }
    let private_key = given.next()?;
    let certificate: Certificate = given.certificate()?;
    let contents = Contents {
        identities: vec![Identity {
            private_key,
            certificate,
            friendly_name,
        }],
        authorities: given.certificates()?,
    };
    let random = random(contents.randomness(profile))?;
    let next = salts(&random, profile);
    let (writer, step) = Writer::start(contents, profile, secret.password()?, random, &CRYPTO)?;
    let mut write = Write { writer, of_store };
    let mut step = write.advance(step)?;
    if let Step::Need(_, parts) = &mut step {
        parts.extend(next);
    }
    Ok((step, Some(Box::new(write))))
}

/// The salts behind the first, which are asked for one by one: of the key, and of the integrity check where that takes PBKDF2 too.
fn salts(random: &[u8], profile: Profile) -> Parts {
    // As `Writer` takes its random octets: for certificates and key a salt and an initialisation vector each, then the last salt.
    let salts = random.chunks(16).step_by(2).skip(1);
    let wanted = match profile {
        Profile::Stored => 2,
        Profile::Modern => 1,
        Profile::Legacy => 0,
    };
    salts.take(wanted).map(part).collect()
}

impl Write {
    fn advance(&mut self, step: pkcs12::Step<Vec<u8>>) -> Result<Step, Refusal> {
        let writer = &mut self.writer;
        match drive(step, self.of_store, |result| writer.resume(result, &CRYPTO))? {
            Progress::Need(need, parts) => Ok(Step::Need(need, parts)),
            Progress::Done(file) => Ok(Step::Done(json!({}), vec![part(file)])),
        }
    }
}

impl Operation for Write {
    fn resume(&mut self, answer: Parts) -> Result<Step, Refusal> {
        let step = self.writer.resume(only(answer)?, &CRYPTO)?;
        self.advance(step)
    }
}
