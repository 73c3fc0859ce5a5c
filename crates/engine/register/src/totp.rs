//! The second factor: TOTP (RFC 6238) with recovery codes.

mod enrolment;
mod proof;

use std::time::Duration;

use chancery_store::{FromRow, Row, RowError, Timestamp, args};
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use totp_rs::{Algorithm, Builder, Secret, Totp};
use zeroize::Zeroizing;

use crate::{Fault, LogIn, Person, Principal, Register};

/// Seconds of one step, and digits of one code: what every authenticator app does.
const STEP: u64 = 30;
const DIGITS: u8 = 6;
/// A clock may be one step off (RFC 6238 section 5.2).
const SKEW: u16 = 1;
/// How many recovery codes are given out.
const RECOVERY_CODES: usize = 8;
/// The vault's purpose for TOTP secrets; the context is the person.
const PURPOSE: &str = "totp";
/// The same for a secret that was shown and not yet confirmed; the context is the person and the session,
/// so that what one session saw (a stolen one perhaps) is never confirmed in another.
const PENDING: &str = "totp-pending";

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
    /// A certificate that stands for one factor opened the session: setting one up takes a log-in by password.
    #[error(
        "the certificate that opened the session is one factor: a log-in by password comes first"
    )]
    OneFactor,
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

    /// The secret shown in this session, if there is one.
    fn open_pending(&self, principal: &Principal, stored: &Stored) -> Option<Zeroizing<Vec<u8>>> {
        let sealed = stored.pending.as_deref()?;
        self.vault
            .open_sealed(PENDING, &pending_context(principal), sealed)
            .ok()
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
}

fn pending_context(principal: &Principal) -> [u8; 32] {
    let mut context = [0; 32];
    let (person, session) = context.split_at_mut(16);
    person.copy_from_slice(principal.person.id().as_bytes());
    session.copy_from_slice(principal.session.id().as_bytes());
    context
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
