//! Registration: a name, an address, and a letter with a number and an access code.

use std::net::IpAddr;

use chancery_store::{Batch, Timestamp};
use secrecy::SecretString;

use crate::{
    EmailAddress, EmailError, Fault, Language, Notice, Person, Register, Role, Roles, access_code,
    mail_domain::MailDomain,
    person::{Entered, Entry, MAX_NAME, themselves},
    text::{TextError, clean_name},
    throttle::{self, Place},
};

/// What a person types to register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// Their full name.
    pub full_name: String,
    /// Their address.
    pub email: String,
    /// The language of the page, and so of the letter.
    pub language: Language,
}

impl Registration {
    /// The domain to look up before [`Register::register_person`], if the address has one.
    #[must_use]
    pub fn mail_domain(&self) -> Option<String> {
        let address: EmailAddress = self.email.parse().ok()?;
        Some(address.domain().to_owned())
    }
}

/// The registration was taken: a letter is on its way to that address, whether or not it was known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Where the letter goes.
    pub email: EmailAddress,
}

/// What is wrong with the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailProblem {
    /// It is not an address.
    Syntax(EmailError),
    /// Its domain takes no mail.
    Domain(MailDomain),
}

/// The registration was not taken.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// Fields are wrong; each that is, is told.
    #[error("fields are wrong")]
    Fields {
        /// What is wrong with the name.
        full_name: Option<TextError>,
        /// What is wrong with the address.
        email: Option<EmailProblem>,
    },
    /// Too many registrations from there; the next one after this time.
    #[error("too many letters were caused from there")]
    Wait(std::time::Duration),
    /// Something beneath failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Register {
    /// Takes a registration. The answer and its cost do not depend on whether the address is known:
    /// to a known one goes a letter that says so.
    pub async fn register_person(
        &self,
        registration: &Registration,
        domain: MailDomain,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<Accepted, RegisterError> {
        let (full_name, email) = checked(registration, domain)?;
        if let Err(early) = throttle::reserve(&self.store, &Place::letters_from(from), now).await? {
            return Err(RegisterError::Wait(early.wait));
        }
        let code = access_code::random(self.entropy.as_ref()).map_err(Fault::from)?;
        let hash = self.code_hash(&code).await?;
        let known = self.find_person(&email.to_string()).await?;
        // Counted for a newcomer too, whom it does not hold up: the same work, whoever it is.
        let to = Place::letters_to(&email.folded());
        let bearable = throttle::reserve(&self.store, &to, now).await?.is_ok();
        if let Some(person) = known {
            if bearable {
                self.tell_known(&person, now).await?;
            } else {
                throttle::touch(&self.store, &to).await?;
            }
            return Ok(Accepted { email });
        }
        let expires_at = now.plus(self.config.code_life);
        let roles = Roles::new([Role::Subscriber]);
        let entry = Entry {
            full_name: &full_name,
            email: &email,
            language: registration.language,
            roles: &roles,
            password: None,
            code: Some((hash, expires_at)),
        };
        let nobody = chancery_audit::Actor::System;
        let entered = self
            .enter(&entry, &nobody, now, |batch, _, number| {
                let notice = Notice::AccessCode {
                    full_name: full_name.clone(),
                    registration_number: number.clone(),
                    code: code.to_string(),
                    expires_at: expires_at.as_secs(),
                };
                self.notify(batch, &email, registration.language, notice, now)
            })
            .await?;
        if matches!(entered, Entered::AddressTaken)
            && let Some(person) = self.find_person(&email.to_string()).await?
        {
            self.tell_known(&person, now).await?;
        }
        Ok(Accepted { email })
    }

    /// Argon2id of an access code.
    pub(crate) async fn code_hash(&self, code: &str) -> Result<String, Fault> {
        let canonical = access_code::canonical(code).ok_or(Fault::Missing("the access code"))?;
        Ok(self.hasher.hash(&canonical).await?)
    }

    /// Tells the holder of an account that somebody registered with their address.
    async fn tell_known(&self, person: &Person, now: Timestamp) -> Result<(), Fault> {
        let mut batch = Batch::new();
        let notice = Notice::AlreadyRegistered {
            full_name: person.full_name.clone(),
            registration_number: person.registration_number.clone(),
        };
        self.notify(&mut batch, &person.email, person.language, notice, now)?;
        let object = ("person", person.id.to_string());
        let actor = themselves(person.id, None);
        self.record(
            &mut batch,
            "person.register-again",
            actor,
            object,
            None,
            now,
        )?;
        Ok(self.store.commit(batch).await?)
    }
}

fn checked(
    registration: &Registration,
    domain: MailDomain,
) -> Result<(String, EmailAddress), RegisterError> {
    let name = clean_name(&registration.full_name, MAX_NAME);
    let email = registration
        .email
        .parse::<EmailAddress>()
        .map_err(EmailProblem::Syntax)
        .and_then(|address| match domain {
            MailDomain::Accepts | MailDomain::Unknown => Ok(address),
            refuses => Err(EmailProblem::Domain(refuses)),
        });
    match (name, email) {
        (Ok(name), Ok(email)) => Ok((name, email)),
        (name, email) => Err(RegisterError::Fields {
            full_name: name.err(),
            email: email.err(),
        }),
    }
}

/// For callers that hold a code as a secret.
pub(crate) fn typed_code(secret: &SecretString) -> Option<SecretString> {
    access_code::canonical(secrecy::ExposeSecret::expose_secret(secret))
}
