//! Sensitive acts in sessions that a password opened: whoever stole the cookie has not the password, so it must have been proved lately.

use std::time::Duration;

use chancery_store::{Batch, Timestamp, args};
use secrecy::SecretString;

use crate::{
    AuthLevel, Fault, Person, Principal, Register,
    log_in::Secrets,
    password::composed,
    session::is_conflict,
    throttle::{self, Place},
    totp::TotpError,
};

/// For so long after they were proved, the secrets of a session need not be proved again for a sensitive act.
pub const PROOF_LIFE: Duration = Duration::from_mins(10);

/// The secrets were not proved again.
#[derive(Debug, thiserror::Error)]
pub enum ProveAgainError {
    /// The password is wrong.
    #[error("the password is wrong")]
    WrongPassword,
    /// The password is right, the code of the second factor is not.
    #[error("the code is wrong")]
    WrongCode,
    /// The code was used; the next one comes within thirty seconds.
    #[error("the code was used already")]
    UsedCode,
    /// Too many tries, here or at log-in; the next one after this time.
    #[error("too many tries")]
    Wait(Duration),
    /// The session ended meanwhile, or it is none that a password opened.
    #[error("the session is over")]
    SessionOver,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A person's own password was not accepted.
#[derive(Debug)]
pub(crate) enum OwnPasswordError {
    Wrong,
    Wait(Duration),
    Fault(Fault),
}

impl From<Fault> for OwnPasswordError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Principal {
    /// Whether this session proves by password that its person is there. Others do by certificate, or by nothing: in a sandbox by one
    /// click, and by access code, which is good for choosing a password only.
    #[must_use]
    pub const fn proves_by_password(&self) -> bool {
        matches!(self.level, AuthLevel::Password | AuthLevel::TwoFactor)
    }

    /// Whether the code of a second factor goes with the password.
    #[must_use]
    pub const fn proves_by_code(&self) -> bool {
        matches!(self.level, AuthLevel::TwoFactor)
    }

    /// Whether the secrets were proved within [`PROOF_LIFE`]. A clock that was set back proves nothing.
    #[must_use]
    pub fn proved_lately(&self, now: Timestamp) -> bool {
        self.proved_at <= now && now < self.proved_at.plus(PROOF_LIFE)
    }
}

impl Register {
    /// Proves in a session that a password opened that its person is there: from then on [`Principal::proved_lately`] for [`PROOF_LIFE`].
    /// Where there is a second factor, its code is wanted too: what is made next (a device, a certificate) counts for as many factors as
    /// the session, and whoever stole a cookie from a computer often stole the passwords kept there, but not the phone. `act` is why, for
    /// the audit log. Tries are counted with those of log-in.
    pub async fn prove_again(
        &self,
        principal: &Principal,
        act: &str,
        password: &SecretString,
        code: &str,
        now: Timestamp,
    ) -> Result<(), ProveAgainError> {
        if !principal.proves_by_password() || principal.awaiting == Some(crate::Awaiting::TotpCode)
        {
            return Err(ProveAgainError::SessionOver);
        }
        let (Some(person), Some(secrets)) = (
            self.person(principal.person).await?,
            self.secrets_of_person(principal.person).await?,
        ) else {
            return Err(ProveAgainError::SessionOver);
        };
        self.own_password(principal, (&person, &secrets), password, now)
            .await?;
        let mut batch = Batch::new();
        if secrets.has_second_factor || principal.proves_by_code() {
            self.take_totp_code(&mut batch, &person, code, now).await?;
        }
        batch.one(
            "update register_sessions set proved_at = $1 where id = $2",
            args![now, principal.session],
        );
        let object = ("person", person.id.to_string());
        let after = serde_json::json!({ "act": act, "by": principal.level.name() });
        let actor = principal.actor();
        self.record(
            &mut batch,
            "session.confirm",
            actor,
            object,
            Some(after),
            now,
        )?;
        match self.store.commit(batch).await {
            Ok(()) => Ok(()),
            Err(error) if is_conflict(&error) => self.ended_or_used(principal).await,
            Err(error) => Err(Fault::from(error).into()),
        }
    }

    /// What stood in the way: the session is over, or somebody was faster with the code.
    async fn ended_or_used(&self, principal: &Principal) -> Result<(), ProveAgainError> {
        let rows = self
            .store
            .rows(
                "select id from register_sessions where id = $1",
                args![principal.session],
            )
            .await
            .map_err(Fault::from)?;
        if rows.is_empty() {
            Err(ProveAgainError::SessionOver)
        } else {
            Err(ProveAgainError::UsedCode)
        }
    }

    /// Compares what was typed with the person's own password. A session is no place to guess for free: tries count where those of log-in
    /// do, from wherever they come, and the other way round.
    pub(crate) async fn own_password(
        &self,
        principal: &Principal,
        (person, secrets): (&Person, &Secrets),
        typed: &SecretString,
        now: Timestamp,
    ) -> Result<(), OwnPasswordError> {
        let counted = person.email.folded();
        let own = Place::own_secret(person.id);
        let mut forgotten = vec![own];
        let mut given_back = Vec::new();
        let mut known_network = false;
        if let Some(from) = principal.from {
            given_back.push(Place::network(from));
            forgotten.push(Place::pair(&counted, from));
            known_network = self.is_known_network(person.id, from).await?;
        }
        if !known_network {
            given_back.push(Place::name(&counted));
        }
        let mut reserved = Vec::new();
        for place in forgotten.iter().chain(&given_back) {
            if let Err(early) = throttle::reserve(&self.store, place, now).await? {
                // Nothing was tried.
                self.give_back(&reserved).await?;
                return Err(OwnPasswordError::Wait(early.wait));
            }
            reserved.push(*place);
        }
        let stored = secrets.password.as_deref();
        let right = self.hasher.verify(&composed(typed), stored).await;
        if !right.map_err(Fault::from)? {
            return Err(OwnPasswordError::Wrong);
        }
        let mut batch = Batch::new();
        for place in &forgotten {
            throttle::forget(&mut batch, place);
        }
        for place in &given_back {
            throttle::give_back(&mut batch, place);
        }
        self.store.commit(batch).await.map_err(Fault::from)?;
        Ok(())
    }

    async fn give_back(&self, reserved: &[Place]) -> Result<(), Fault> {
        let mut batch = Batch::new();
        for place in reserved {
            throttle::give_back(&mut batch, place);
        }
        Ok(self.store.commit(batch).await?)
    }
}

impl From<OwnPasswordError> for ProveAgainError {
    fn from(error: OwnPasswordError) -> Self {
        match error {
            OwnPasswordError::Wrong => Self::WrongPassword,
            OwnPasswordError::Wait(wait) => Self::Wait(wait),
            OwnPasswordError::Fault(fault) => fault.into(),
        }
    }
}

impl From<TotpError> for ProveAgainError {
    fn from(error: TotpError) -> Self {
        match error {
            TotpError::WrongCode => Self::WrongCode,
            TotpError::Used => Self::UsedCode,
            TotpError::Wait(wait) => Self::Wait(wait),
            TotpError::SessionOver => Self::SessionOver,
            TotpError::Fault(fault) => fault.into(),
        }
    }
}
