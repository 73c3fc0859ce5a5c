//! Setting the second factor up.

use chancery_store::{Batch, CommitError, Timestamp, args};
use secrecy::{ExposeSecret, SecretString};
use totp_rs::Secret;
use zeroize::Zeroizing;

use super::{
    Enrolled, Enrolment, EnrolmentError, PENDING, PURPOSE, RECOVERY_CODES, matching_step,
    pending_context,
};
use crate::{
    AuthLevel, Fault, LogIn, Notice, Person, Principal, Register, access_code,
    session::{is_conflict, rotate_session},
    throttle::{self, Place},
};

impl Register {
    /// Makes a secret for the person, or shows again the one that this session has seen
    /// and not confirmed yet.
    pub async fn begin_enrolment(
        &self,
        principal: &Principal,
    ) -> Result<Enrolment, EnrolmentError> {
        let person = self.enrolling(principal).await?;
        let stored = self.totp_of(&person).await?;
        let shown = stored
            .as_ref()
            .and_then(|stored| self.open_pending(principal, stored));
        if let Some(secret) = shown {
            return self.shown(&person, &secret);
        }
        let secret = Zeroizing::new(
            chancery_keys::random::<20>(self.entropy.as_ref()).map_err(Fault::from)?,
        );
        let sealed = self
            .vault
            .seal(PENDING, &pending_context(principal), secret.as_slice())
            .map_err(Fault::from)?;
        let mut batch = Batch::new();
        match stored {
            None => batch.one(
                "insert into register_totp (person, pending, last_step, version)
                 values ($1, $2, 0, 1)",
                args![person.id, sealed],
            ),
            Some(stored) => batch.one(
                "update register_totp set pending = $1, version = version + 1
                 where person = $2 and version = $3",
                args![sealed, person.id, stored.version],
            ),
        };
        match self.store.commit(batch).await {
            Ok(()) => self.shown(&person, secret.as_slice()),
            // Two pages at once: both show the one that was stored.
            Err(CommitError::Conflict { .. } | CommitError::Constraint { unique: true, .. }) => {
                let stored = self.totp_of(&person).await?;
                let secret = stored
                    .and_then(|stored| self.open_pending(principal, &stored))
                    .ok_or(EnrolmentError::NotBegun)?;
                self.shown(&person, &secret)
            }
            Err(error) => Err(Fault::from(error).into()),
        }
    }

    /// Sets the second factor up with a first code from the app.
    pub async fn confirm_enrolment(
        &self,
        principal: &Principal,
        code: &str,
        now: Timestamp,
    ) -> Result<Enrolled, EnrolmentError> {
        let person = self.enrolling(principal).await?;
        let place = Place::totp(person.id);
        if let Err(early) = throttle::reserve(&self.store, &place, now).await? {
            return Err(EnrolmentError::Wait(early.wait));
        }
        let stored = self
            .totp_of(&person)
            .await?
            .ok_or(EnrolmentError::NotBegun)?;
        let secret = self
            .open_pending(principal, &stored)
            .ok_or(EnrolmentError::NotBegun)?;
        let sealed = self
            .vault
            .seal(PURPOSE, person.id.id().as_bytes(), &secret)
            .map_err(Fault::from)?;
        let totp = self.totp(&person, &secret)?;
        let step = matching_step(&totp, code, now).ok_or(EnrolmentError::WrongCode)?;
        let mut batch = Batch::new();
        batch.one(
            "update register_totp set secret = $1, pending = null, confirmed_at = $2,
                last_step = $3, version = version + 1
             where person = $4 and version = $5",
            args![sealed, now, step, person.id, stored.version],
        );
        let recovery_codes = self.new_recovery_codes(&mut batch, &person)?;
        throttle::forget(&mut batch, &place);
        let level = match principal.level {
            AuthLevel::SandboxClick => AuthLevel::SandboxClick,
            _ => AuthLevel::TwoFactor,
        };
        let token = rotate_session(&mut batch, self, principal, (level, true), now)?;
        let notice = Notice::SecondFactorChanged {
            full_name: person.full_name.clone(),
            at: now.as_secs(),
        };
        self.notify(&mut batch, &person.email, person.language, notice, now)?;
        let object = ("person", person.id.to_string());
        let actor = principal.actor();
        self.record(&mut batch, "person.enrol-totp", actor, object, None, now)?;
        match self.store.commit(batch).await {
            Ok(()) => Ok(Enrolled {
                log_in: LogIn::Done(token),
                recovery_codes,
            }),
            Err(error) if is_conflict(&error) => Err(EnrolmentError::SessionOver),
            Err(error) => Err(Fault::from(error).into()),
        }
    }

    async fn enrolling(&self, principal: &Principal) -> Result<Person, EnrolmentError> {
        let person = self
            .person(principal.person)
            .await?
            .ok_or(EnrolmentError::SessionOver)?;
        match principal.level {
            AuthLevel::Code => Err(EnrolmentError::PasswordFirst),
            // Whoever has one proves it before it is replaced.
            AuthLevel::Password | AuthLevel::Certificate
                if person.has_second_factor && !principal.proved_two_factors() =>
            {
                Err(EnrolmentError::AlreadyEnrolled)
            }
            // A certificate that one factor registered, or somebody else, does not make itself two.
            AuthLevel::Certificate if !principal.proved_two_factors() => {
                Err(EnrolmentError::OneFactor)
            }
            _ => Ok(person),
        }
    }

    fn shown(&self, person: &Person, secret: &[u8]) -> Result<Enrolment, EnrolmentError> {
        let totp = self.totp(person, secret)?;
        let url = totp
            .to_url()
            .map_err(|_| Fault::Missing("a usable TOTP address"))?;
        Ok(Enrolment {
            otpauth_url: SecretString::from(url),
            secret_base32: SecretString::from(Secret::from(secret.to_vec()).to_base32()),
        })
    }

    fn new_recovery_codes(
        &self,
        batch: &mut Batch,
        person: &Person,
    ) -> Result<Vec<SecretString>, Fault> {
        batch.any(
            "delete from register_recovery_codes where person = $1",
            args![person.id],
        );
        let mut codes = Vec::with_capacity(RECOVERY_CODES);
        for _ in 0..RECOVERY_CODES {
            let code = access_code::random(self.entropy.as_ref())?;
            let canonical =
                access_code::canonical(&code).ok_or(Fault::Missing("a recovery code"))?;
            // 80 random bits need no slow hash: there is no list to try.
            batch.one(
                "insert into register_recovery_codes (person, digest) values ($1, $2)",
                args![
                    person.id,
                    chancery_keys::digest_code(canonical.expose_secret())
                ],
            );
            codes.push(SecretString::from(code.as_str()));
        }
        Ok(codes)
    }
}
