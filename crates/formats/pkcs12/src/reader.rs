//! Opening a file, step by step.

mod bags;
mod encrypted_key;
mod pfx;

use std::collections::VecDeque;

use chancery_x509::{Crypto, PublicKeyInfo};
use zeroize::Zeroizing;

use crate::attempt::{Attempt, Locked, Preference, Progress};
use crate::budget::{Budget, Limits};
use crate::error::{OpenError, Place, ReadError};
use crate::need::{Need, Primitives, Step};
use crate::opened::{Attributes, CertificateEntry, KeyEntry, Opened, Skipped};
use crate::password::Password;
use crate::private_key;
use crate::scheme::Scheme;
use bags::Bag;
use pfx::{Part, Pfx};

pub use encrypted_key::{KeyOpening, PrivateKeyInfo, open_key};

/// Opens one file: [`Opening::start`], then [`Opening::resume`] with each result until its contents are there.
pub struct Opening {
    limits: Limits,
    budget: Budget,
    password: Password,
    preference: Preference,
    authenticated_safe: Zeroizing<Vec<u8>>,
    work: VecDeque<Work>,
    current: Option<(Work, Option<Attempt>)>,
    /// Whether something has shown that the password is right.
    proven: bool,
    /// Set once the integrity check has failed: the first thing that the password opens tells an altered file from a wrong password.
    diagnosing: bool,
    opened: Opened,
}

/// What is still to be done.
enum Work {
    /// The integrity check; it is done by an attempt.
    Mac,
    /// The list of parts is to be read.
    Parts,
    /// An encrypted part.
    Part(usize, Scheme, Vec<u8>),
    /// An encrypted key.
    Key(usize, Scheme, Vec<u8>, Attributes),
    /// A key whose public key is not known yet, by its index.
    PublicKey(usize),
}

impl Opening {
    /// Begins to open a file.
    pub fn start(
        input: &[u8],
        password: Password,
        limits: Limits,
        crypto: &dyn Crypto,
    ) -> Result<(Self, Step<Opened>), OpenError> {
        let pfx = Pfx::read(input, limits.octets)?;
        let mut opening = Self {
            limits,
            budget: Budget::new(limits),
            password,
            preference: Preference::default(),
            authenticated_safe: pfx.authenticated_safe,
            work: VecDeque::from([Work::Parts]),
            current: None,
            proven: false,
            diagnosing: false,
            opened: Opened::default(),
        };
        if let Some(mac) = pfx.mac {
            opening.opened.integrity = Some(mac.scheme.clone());
            let attempt =
                Attempt::new(Locked::Mac(mac), &opening.password, &mut opening.preference);
            opening.current = Some((Work::Mac, Some(attempt)));
        }
        let step = opening.advance(crypto)?;
        Ok((opening, step))
    }

    /// Goes on with the result of the last [`Need`]. After an error, or once the contents are there, the opening is of no more use.
    pub fn resume(
        &mut self,
        result: Zeroizing<Vec<u8>>,
        crypto: &dyn Crypto,
    ) -> Result<Step<Opened>, OpenError> {
        match &mut self.current {
            None => return Err(OpenError::AlreadyDone),
            Some((_, Some(attempt))) => attempt.take(result)?,
            Some((work, None)) => {
                if let Work::PublicKey(index) = work
                    && let Some(key) = self.opened.keys.get_mut(*index)
                {
                    let info = PublicKeyInfo::from_der(&result).ok();
                    key.public_key = info.map(|info| info.subject_public_key().to_vec());
                }
                self.current = None;
            }
        }
        self.advance(crypto)
    }

    fn advance(&mut self, crypto: &dyn Crypto) -> Result<Step<Opened>, OpenError> {
        loop {
            if let Some((work, attempt)) = self.current.take() {
                let Some(mut attempt) = attempt else { continue };
                let progress = attempt.advance(
                    crypto,
                    &self.authenticated_safe,
                    &mut self.budget,
                    &mut self.preference,
                )?;
                match progress {
                    Progress::Derive(derivation) => {
                        self.current = Some((work, Some(attempt)));
                        return Ok(Step::Need(Need::Derive(derivation)));
                    }
                    Progress::Opened(plain) => self.unlocked(work, plain)?,
                    Progress::Failed => self.failed(&work)?,
                }
                continue;
            }
            match self.work.pop_front() {
                // A file that only lacked the right integrity value has been told by now.
                None if self.diagnosing => return Err(OpenError::WrongPassword),
                None => return Ok(Step::Done(std::mem::take(&mut self.opened))),
                Some(work) => {
                    if let Some(need) = self.begin(work)? {
                        return Ok(Step::Need(need));
                    }
                }
            }
        }
    }

    fn begin(&mut self, work: Work) -> Result<Option<Need>, OpenError> {
        let locked = match &work {
            Work::Mac => return Ok(None),
            Work::Parts => {
                self.read_parts()?;
                return Ok(None);
            }
            Work::PublicKey(index) => {
                let key = self.opened.keys.get(*index);
                let need = key.map(|key| Need::PublicKey {
                    private_key: key.private_key.clone(),
                });
                self.current = need.is_some().then_some((work, None));
                return Ok(need);
            }
            Work::Part(_, scheme, cipher_text) => Locked::Cipher {
                scheme: scheme.clone(),
                cipher_text: cipher_text.clone(),
                plausible: plausible_contents,
            },
            Work::Key(_, scheme, cipher_text, _) => Locked::Cipher {
                scheme: scheme.clone(),
                cipher_text: cipher_text.clone(),
                plausible: plausible_key,
            },
        };
        let attempt = Attempt::new(locked, &self.password, &mut self.preference);
        self.current = Some((work, Some(attempt)));
        Ok(None)
    }

    /// Reads the list of parts; those in the clear at once.
    fn read_parts(&mut self) -> Result<(), OpenError> {
        let parts = pfx::parts(&self.authenticated_safe, self.limits.octets)?;
        for (number, part) in (1..).zip(parts) {
            match part {
                Part::Plain(contents) => {
                    let place = Place::Part(number);
                    let contents = pfx::definite(&contents, self.limits.octets, "SafeContents")
                        .map_err(|source| ReadError::Parse(source).at(place))?;
                    self.read_contents(&contents, place, None)?;
                }
                Part::Encrypted {
                    scheme,
                    cipher_text,
                } => self.work.push_back(Work::Part(number, scheme, cipher_text)),
            }
        }
        if self.diagnosing {
            // One thing that the password opens is enough.
            self.work
                .retain(|work| matches!(work, Work::Part(..) | Work::Key(..)));
            self.work.truncate(1);
        }
        Ok(())
    }

    fn read_contents(
        &mut self,
        contents: &[u8],
        place: Place,
        protection: Option<&Scheme>,
    ) -> Result<(), OpenError> {
        let (opened, work) = (&mut self.opened, &mut self.work);
        bags::read(
            contents,
            place,
            &mut self.budget,
            &mut |bag, attributes| match bag {
                Bag::Key(private_key) => {
                    add_key(opened, work, private_key, attributes, protection.cloned());
                }
                Bag::ShroudedKey {
                    number,
                    scheme,
                    cipher_text,
                } => work.push_back(Work::Key(number, scheme, cipher_text, attributes)),
                Bag::Certificate(certificate) => opened.certificates.push(CertificateEntry {
                    certificate: *certificate,
                    friendly_name: attributes.friendly_name,
                    local_key_id: attributes.local_key_id,
                    protection: protection.cloned(),
                }),
                Bag::Skipped(kind) => opened.skipped.push(Skipped::from((kind, attributes))),
            },
        )
    }

    /// Takes what an attempt opened.
    fn unlocked(&mut self, work: Work, plain: Zeroizing<Vec<u8>>) -> Result<(), OpenError> {
        if self.diagnosing {
            return Err(OpenError::Altered);
        }
        self.proven = true;
        match work {
            Work::Mac | Work::Parts | Work::PublicKey(_) => Ok(()),
            Work::Part(number, scheme, _) => {
                self.read_contents(&plain, Place::Part(number), Some(&scheme))
            }
            Work::Key(_, scheme, _, attributes) => {
                let (opened, work) = (&mut self.opened, &mut self.work);
                add_key(opened, work, plain, attributes, Some(scheme));
                Ok(())
            }
        }
    }

    /// Tells why nothing opened it.
    fn failed(&mut self, work: &Work) -> Result<(), OpenError> {
        match work {
            Work::Mac => {
                self.diagnosing = true;
                Ok(())
            }
            Work::Part(number, ..) if self.proven => Err(OpenError::OtherPassword {
                place: Place::Part(*number),
            }),
            Work::Key(number, ..) if self.proven => Err(OpenError::OtherPassword {
                place: Place::Key(*number),
            }),
            _ => Err(OpenError::WrongPassword),
        }
    }
}

fn add_key(
    opened: &mut Opened,
    work: &mut VecDeque<Work>,
    private_key: Zeroizing<Vec<u8>>,
    attributes: Attributes,
    protection: Option<Scheme>,
) {
    let public_key = private_key::public_key(&private_key);
    if public_key.is_none() {
        work.push_back(Work::PublicKey(opened.keys.len()));
    }
    opened.keys.push(KeyEntry {
        private_key,
        public_key,
        friendly_name: attributes.friendly_name,
        local_key_id: attributes.local_key_id,
        protection,
    });
}

/// `SafeContents` in definite lengths, if octets are that: padding alone is right by chance once in 256 times.
fn plausible_contents(plain: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let contents = pfx::definite(plain, plain.len(), "SafeContents").ok()?;
    (contents.first() == Some(&0x30)).then_some(contents)
}

/// The same of a private key.
fn plausible_key(plain: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let key = pfx::definite(plain, plain.len(), "private key").ok()?;
    bags::check_private_key(&key).ok()?;
    Some(key)
}

/// Opens a file with cryptography that does everything at once. It may take as long as the file's rounds of derivation take: run it
/// where that holds nobody up.
pub fn open(
    input: &[u8],
    password: Password,
    limits: Limits,
    crypto: &dyn Crypto,
    primitives: &dyn Primitives,
) -> Result<Opened, OpenError> {
    let (mut opening, mut step) = Opening::start(input, password, limits, crypto)?;
    loop {
        match step {
            Step::Need(need) => step = opening.resume(need.fulfil(primitives)?, crypto)?,
            Step::Done(opened) => return Ok(opened),
        }
    }
}
