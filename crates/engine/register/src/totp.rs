//! The second factor: TOTP (RFC 6238) with recovery codes.

use std::time::Duration;

use chancery_store::{Batch, CommitError, FromRow, Row, RowError, Timestamp, args};
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use totp_rs::{Algorithm, Builder, Secret, Totp};
use zeroize::Zeroizing;

use crate::{
    AuthLevel, Awaiting, Fault, LogIn, Notice, Person, Principal, Register, Token, access_code,
    log_in::Standing,
    session::{is_conflict, rotate_session},
    throttle::{self, Place},
};

/// Seconds of one step, and digits of one code: what every authenticator app does.
const STEP: u64 = 30;
const DIGITS: u8 = 6;
/// A clock may be one step off (RFC 6238 section 5.2).
const SKEW: u16 = 1;
/// How many recovery codes are given out.
const RECOVERY_CODES: usize = 8;
/// The vault's purpose for TOTP secrets; the context is the person.
const PURPOSE: &str = "totp";

/// A second factor about to be set up; show the address as a QR code and the secret as text.
pub struct Enrolment {
    /// `otpauth://totp/…`.
    pub otpauth_url: SecretString,
    /// The secret for typing.
    pub secret_base32: SecretString,
}

/// A second factor that is set up: the session goes on under a new token.
pub struct Enrolled {
    /// What the session leads to next; its token goes into the cookie.
    pub log_in: LogIn,
    /// Each can be used once in place of a code; shown now and never again.
    pub recovery_codes: Vec<SecretString>,
}

/// The second factor was not set up.
#[derive(Debug, thiserror::Error)]
pub enum EnrolmentError {
    /// One is set up; replacing it takes a session that proved it.
    #[error("a second factor is set up already")]
    AlreadyEnrolled,
    /// A password has to be chosen first.
    #[error("a password comes first")]
    PasswordFirst,
    /// Nobody asked for a secret yet.
    #[error("no set-up was begun")]
    NotBegun,
    /// The code is wrong: another secret was scanned, or the device's clock is off.
    #[error("the code is wrong")]
    WrongCode,
    /// Too many wrong codes; the next try after this time.
    #[error("too many tries")]
    Wait(Duration),
    /// The session ended meanwhile.
    #[error("the session is over")]
    SessionOver,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// The second factor was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum TotpError {
    /// The code is wrong.
    #[error("the code is wrong")]
    WrongCode,
    /// The code was used; the next one comes within thirty seconds.
    #[error("the code was used already")]
    Used,
    /// Too many wrong codes; the next try after this time. Recovery codes are not held up.
    #[error("too many tries")]
    Wait(Duration),
    /// There is no such session, or it does not wait for a code.
    #[error("the session is over")]
    SessionOver,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

struct Stored {
    secret: Option<Vec<u8>>,
    pending: Option<Vec<u8>>,
    last_step: i64,
    version: i64,
}

impl FromRow for Stored {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            secret: row.opt_bytes(0)?,
            pending: row.opt_bytes(1)?,
            last_step: row.int(2)?,
            version: row.int(3)?,
        })
    }
}

impl Register {
    /// Makes a secret for the person, or shows again the one that was not confirmed yet.
    pub async fn begin_enrolment(
        &self,
        principal: &Principal,
    ) -> Result<Enrolment, EnrolmentError> {
        let person = self.enrolling(principal).await?;
        let stored = self.totp_of(&person).await?;
        if let Some(pending) = stored.as_ref().and_then(|s| s.pending.as_deref()) {
            let secret = self.open_secret(&person, pending)?;
            return self.shown(&person, &secret);
        }
        let secret = Zeroizing::new(
            chancery_keys::random::<20>(self.entropy.as_ref()).map_err(Fault::from)?,
        );
        let sealed = self
            .vault
            .seal(PURPOSE, person.id.id().as_bytes(), secret.as_slice())
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
                let pending = stored
                    .and_then(|s| s.pending)
                    .ok_or(EnrolmentError::NotBegun)?;
                let secret = self.open_secret(&person, &pending)?;
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
        let pending = stored.pending.ok_or(EnrolmentError::NotBegun)?;
        let secret = self.open_secret(&person, &pending)?;
        let totp = self.totp(&person, &secret)?;
        let step = matching_step(&totp, code, now).ok_or(EnrolmentError::WrongCode)?;
        let mut batch = Batch::new();
        batch.one(
            "update register_totp set secret = $1, pending = null, confirmed_at = $2,
                last_step = $3, version = version + 1
             where person = $4 and version = $5",
            args![pending, now, step, person.id, stored.version],
        );
        let recovery_codes = self.new_recovery_codes(&mut batch, &person)?;
        throttle::forget(&mut batch, &place);
        let level = match principal.level {
            AuthLevel::SandboxClick => AuthLevel::SandboxClick,
            _ => AuthLevel::TwoFactor,
        };
        let token = rotate_session(&mut batch, self, principal, level, true, now)?;
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

    /// Accepts the code of the second factor, or a recovery code, for a session that waits for it.
    pub async fn verify_totp(
        &self,
        token: &str,
        code: &str,
        now: Timestamp,
    ) -> Result<LogIn, TotpError> {
        let principal = self
            .session(token, now)
            .await?
            .ok_or(TotpError::SessionOver)?;
        if principal.awaiting != Some(Awaiting::TotpCode) {
            return Err(TotpError::SessionOver);
        }
        let person = self
            .person(principal.person)
            .await?
            .ok_or(TotpError::SessionOver)?;
        if let Some(typed) = access_code::canonical(code) {
            return self
                .use_recovery_code(&principal, &person, &typed, now)
                .await;
        }
        let place = Place::totp(person.id);
        if let Err(early) = throttle::reserve(&self.store, &place, now).await? {
            return Err(TotpError::Wait(early.wait));
        }
        let stored = self.totp_of(&person).await?.ok_or(TotpError::SessionOver)?;
        let sealed = stored.secret.ok_or(TotpError::SessionOver)?;
        let secret = self.open_secret(&person, &sealed)?;
        let totp = self.totp(&person, &secret)?;
        let step = matching_step(&totp, code, now).ok_or(TotpError::WrongCode)?;
        if step <= stored.last_step {
            return Err(TotpError::Used);
        }
        let mut batch = Batch::new();
        // RFC 6238 section 5.2: a step is accepted once, whoever is faster.
        batch.one(
            "update register_totp set last_step = $1, version = version + 1
             where person = $2 and last_step < $1 and version = $3",
            args![step, person.id, stored.version],
        );
        throttle::forget(&mut batch, &place);
        let token = self.raise(&mut batch, &principal, &person, now)?;
        match self.store.commit(batch).await {
            Ok(()) => Ok(token),
            Err(error) if is_conflict(&error) => Err(TotpError::Used),
            Err(error) => Err(Fault::from(error).into()),
        }
    }

    /// Takes the second factor away from somebody who lost it, recovery codes and all: an operator's act.
    pub async fn reset_totp(
        &self,
        person: crate::PersonId,
        actor: chancery_audit::Actor,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let mut batch = Batch::new();
        batch
            .any("delete from register_totp where person = $1", args![person])
            .any(
                "delete from register_recovery_codes where person = $1",
                args![person],
            );
        crate::person::end_sessions(&mut batch, person);
        let object = ("person", person.to_string());
        self.record(&mut batch, "person.reset-totp", actor, object, None, now)?;
        Ok(self.store.commit(batch).await?)
    }

    async fn use_recovery_code(
        &self,
        principal: &Principal,
        person: &Person,
        typed: &SecretString,
        now: Timestamp,
    ) -> Result<LogIn, TotpError> {
        let digest = chancery_keys::digest_code(typed.expose_secret());
        let left = self
            .store
            .rows(
                "select digest from register_recovery_codes where person = $1",
                args![person.id],
            )
            .await
            .map_err(Fault::from)?
            .len();
        let mut batch = Batch::new();
        batch.one(
            "delete from register_recovery_codes where person = $1 and digest = $2",
            args![person.id, digest],
        );
        let log_in = self.raise(&mut batch, principal, person, now)?;
        let notice = Notice::RecoveryCodeUsed {
            full_name: person.full_name.clone(),
            at: now.as_secs(),
            left: u32::try_from(left.saturating_sub(1)).unwrap_or(u32::MAX),
        };
        self.notify(&mut batch, &person.email, person.language, notice, now)?;
        match self.store.commit(batch).await {
            Ok(()) => Ok(log_in),
            Err(error) if is_conflict(&error) => Err(TotpError::WrongCode),
            Err(error) => Err(Fault::from(error).into()),
        }
    }

    /// Replaces the waiting session by one that has proved the second factor.
    fn raise(
        &self,
        batch: &mut Batch,
        principal: &Principal,
        person: &Person,
        now: Timestamp,
    ) -> Result<LogIn, Fault> {
        let level = match principal.level {
            AuthLevel::Code => AuthLevel::Code,
            _ => AuthLevel::TwoFactor,
        };
        let token: Token = rotate_session(batch, self, principal, level, true, now)?;
        let object = ("person", person.id.to_string());
        let after = serde_json::json!({ "level": AuthLevel::TwoFactor.name() });
        let actor = principal.actor();
        self.record(
            batch,
            "session.second-factor",
            actor,
            object,
            Some(after),
            now,
        )?;
        let standing = Standing {
            roles: &person.roles,
            has_second_factor: true,
        };
        Ok(LogIn::of(token, level, true, standing))
    }

    async fn enrolling(&self, principal: &Principal) -> Result<Person, EnrolmentError> {
        let person = self
            .person(principal.person)
            .await?
            .ok_or(EnrolmentError::SessionOver)?;
        match principal.level {
            AuthLevel::Code => Err(EnrolmentError::PasswordFirst),
            AuthLevel::Password if person.has_second_factor => Err(EnrolmentError::AlreadyEnrolled),
            _ => Ok(person),
        }
    }

    async fn totp_of(&self, person: &Person) -> Result<Option<Stored>, Fault> {
        Ok(self
            .store
            .first(
                "select secret, pending, last_step, version from register_totp where person = $1",
                args![person.id],
            )
            .await?)
    }

    fn open_secret(&self, person: &Person, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Fault> {
        Ok(self
            .vault
            .open_sealed(PURPOSE, person.id.id().as_bytes(), sealed)?)
    }

    fn totp(&self, person: &Person, secret: &[u8]) -> Result<Totp, Fault> {
        // A colon separates issuer and account in the label (Key URI format).
        let issuer = self.config.environment.replace(':', " ");
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(DIGITS)
            .with_skew(SKEW)
            .with_step_duration(STEP)
            .with_secret(Secret::from(secret.to_vec()))
            .with_account_name(person.email.to_string())
            .with_issuer(Some(issuer))
            .build()
            .map_err(|_| Fault::Missing("a usable TOTP secret"))
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

/// The step whose code was typed, if it is one around now.
fn matching_step(totp: &Totp, typed: &str, now: Timestamp) -> Option<i64> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let typed = SecretSlice::from(typed.into_bytes());
    let now = u64::try_from(now.as_secs()).ok()? / STEP;
    let skew = u64::from(SKEW);
    let mut matching = None;
    // Every step is compared, in constant time, whichever fits.
    for step in now.saturating_sub(skew)..=now + skew {
        let right = totp.generate(step * STEP).to_string();
        if chancery_keys::code_eq(right.as_bytes(), typed.expose_secret()) {
            matching = i64::try_from(step).ok();
        }
    }
    matching
}
