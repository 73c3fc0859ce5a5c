//! Confirming a sensitive act: a session that a certificate opened shows once more that its key is at hand.

use std::time::Duration;

use chancery_store::{Batch, Timestamp, args};
use chancery_x509::Certificate;

use super::{
    CertificateLogInError, Certificates, Challenge, TokenProblem, challenge, log_in::Recognised,
};
use crate::{
    Fault, Principal,
    session::is_conflict,
    throttle::{self, Place},
};

/// An act that was confirmed before its form was sent can be done within this time, once.
pub const CONFIRMATION_LIFE: Duration = Duration::from_mins(5);

/// When a confirmed act is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// With the confirmation: the caller does it now.
    AtOnce,
    /// After it, once, within [`CONFIRMATION_LIFE`].
    Ahead,
}

/// What a challenge or confirmation is good for: one session and one act in it.
fn bound(principal: &Principal, act: &str) -> [u8; 32] {
    chancery_keys::digest_code(&format!("confirm|{}|{act}", principal.session))
}

impl Certificates {
    /// A challenge for the key of a certificate of this person, good for this session and this act only. `act` names what is
    /// done and to what, such as `certificate.revoke 0af3…`.
    pub async fn confirmation_challenge(
        &self,
        principal: &Principal,
        act: &str,
        now: Timestamp,
    ) -> Result<Challenge, Fault> {
        self.make_challenge(bound(principal, act), now).await
    }

    /// Confirms an act by a Web eID authentication token over a challenge that was made for this session and this act. Any certificate
    /// with which the person could log in will do. Whatever comes of it, the challenge is spent.
    pub async fn confirm(
        &self,
        principal: &Principal,
        (act, done): (&str, Done),
        (token, nonce): (&str, &str),
        now: Timestamp,
    ) -> Result<(), CertificateLogInError> {
        let mut batch = Batch::new();
        match done {
            Done::AtOnce => self.record_confirmed(&mut batch, principal, act, now)?,
            Done::Ahead => self.keep(&mut batch, principal, act, now)?,
        }
        self.by_token(batch, principal, act, token, nonce, now)
            .await
    }

    /// Confirms an act ahead by the certificate of a TLS handshake; see [`Self::log_in_by_handshake`]. The handshake must be of the very
    /// connection on which the person asks for this.
    pub async fn confirm_by_handshake(
        &self,
        principal: &Principal,
        act: &str,
        leaf: &Certificate,
        now: Timestamp,
    ) -> Result<(), CertificateLogInError> {
        let place = self.try_confirming(principal, now).await?;
        let recognised = self.recognise(leaf, now).await?;
        theirs(principal, &recognised)?;
        let mut batch = Batch::new();
        throttle::forget(&mut batch, &place);
        self.keep(&mut batch, principal, act, now)?;
        self.register
            .store
            .commit(batch)
            .await
            .map_err(Fault::from)?;
        Ok(())
    }

    /// Spends a confirmation that was given before the form was sent; whether there was one.
    pub async fn take_confirmation(
        &self,
        principal: &Principal,
        act: &str,
        now: Timestamp,
    ) -> Result<bool, Fault> {
        let mut batch = Batch::new();
        batch.one(
            "delete from register_confirmations where session = $1 and act = $2 and expires_at > $3",
            args![principal.session, bound(principal, act), now],
        );
        match self.register.store.commit(batch).await {
            Ok(()) => Ok(true),
            Err(error) if is_conflict(&error) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Counts a try of this person before it is made.
    async fn try_confirming(
        &self,
        principal: &Principal,
        now: Timestamp,
    ) -> Result<Place, CertificateLogInError> {
        let place = Place::own_secret(principal.person);
        match throttle::reserve(&self.register.store, &place, now).await? {
            Ok(()) => Ok(place),
            Err(early) => Err(CertificateLogInError::Wait(early.wait)),
        }
    }

    /// Commits `batch` if the token is good; the challenge is spent in any case.
    async fn by_token(
        &self,
        mut batch: Batch,
        principal: &Principal,
        act: &str,
        token: &str,
        nonce: &str,
        now: Timestamp,
    ) -> Result<(), CertificateLogInError> {
        let place = self.try_confirming(principal, now).await?;
        let open = self
            .find_challenge(bound(principal, act), nonce, now)
            .await?
            .map_err(CertificateLogInError::Proof)?;
        let recognised = match self.proved(token, nonce) {
            Ok(leaf) => self.recognise(&leaf, now).await,
            Err(error) => Err(error),
        };
        if let Err(error) = recognised.and_then(|recognised| theirs(principal, &recognised)) {
            self.burn(&open, now).await?;
            return Err(error);
        }
        challenge::spend(&mut batch, &open, now);
        throttle::forget(&mut batch, &place);
        match self.register.store.commit(batch).await {
            Ok(()) => Ok(()),
            Err(error) if is_conflict(&error) => {
                Err(CertificateLogInError::Proof(TokenProblem::NoChallenge))
            }
            Err(error) => Err(Fault::from(error).into()),
        }
    }

    /// Notes that this session may do the act once, soon.
    fn keep(
        &self,
        batch: &mut Batch,
        principal: &Principal,
        act: &str,
        now: Timestamp,
    ) -> Result<(), Fault> {
        batch.any(
            "insert into register_confirmations (session, act, expires_at) values ($1, $2, $3)
             on conflict (session, act) do update set expires_at = excluded.expires_at",
            args![
                principal.session,
                bound(principal, act),
                now.plus(CONFIRMATION_LIFE)
            ],
        );
        self.record_confirmed(batch, principal, act, now)
    }

    fn record_confirmed(
        &self,
        batch: &mut Batch,
        principal: &Principal,
        act: &str,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let object = ("person", principal.person.to_string());
        let after = serde_json::json!({ "act": act });
        let actor = principal.actor();
        let register = &self.register;
        register.record(batch, "session.confirm", actor, object, Some(after), now)
    }
}

/// Whether the certificate is this person's and worth as much as a log-in of theirs.
fn theirs(principal: &Principal, recognised: &Recognised) -> Result<(), CertificateLogInError> {
    if recognised.known.holder != principal.person {
        return Err(CertificateLogInError::Proof(TokenProblem::OtherPerson));
    }
    if recognised.known.device.is_some() {
        return Err(CertificateLogInError::OfDevice);
    }
    if recognised.secrets.has_second_factor && !recognised.two_factors {
        return Err(CertificateLogInError::OneFactor);
    }
    Ok(())
}
