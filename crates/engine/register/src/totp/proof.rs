//! Proving the second factor.

use chancery_store::{Batch, Timestamp, args};
use secrecy::{ExposeSecret, SecretString};

use super::{TotpError, matching_step};
use crate::{
    AuthLevel, Awaiting, Fault, LogIn, Notice, Person, Principal, Register, Token, access_code,
    log_in::Standing,
    session::{is_conflict, rotate_session},
    throttle::{self, Place},
};

impl Register {
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
        let mut batch = Batch::new();
        self.take_totp_code(&mut batch, &person, code, now).await?;
        let token = self.raise(&mut batch, &principal, &person, now)?;
        match self.store.commit(batch).await {
            Ok(()) => Ok(token),
            Err(error) if is_conflict(&error) => Err(TotpError::Used),
            Err(error) => Err(Fault::from(error).into()),
        }
    }

    /// Looks at a code from the app, counted as a try. What accepts it goes into `batch`, which conflicts where the code was taken meanwhile.
    pub(crate) async fn take_totp_code(
        &self,
        batch: &mut Batch,
        person: &Person,
        code: &str,
        now: Timestamp,
    ) -> Result<(), TotpError> {
        let place = Place::totp(person.id);
        if let Err(early) = throttle::reserve(&self.store, &place, now).await? {
            return Err(TotpError::Wait(early.wait));
        }
        let stored = self.totp_of(person).await?.ok_or(TotpError::SessionOver)?;
        let sealed = stored.secret.ok_or(TotpError::SessionOver)?;
        let secret = self.open_secret(person, &sealed)?;
        let totp = self.totp(person, &secret)?;
        let step = matching_step(&totp, code, now).ok_or(TotpError::WrongCode)?;
        if step <= stored.last_step {
            return Err(TotpError::Used);
        }
        // RFC 6238 section 5.2: a step is accepted once, whoever is faster.
        batch.one(
            "update register_totp set last_step = $1, version = version + 1
             where person = $2 and last_step < $1 and version = $3",
            args![step, person.id, stored.version],
        );
        throttle::forget(batch, &place);
        Ok(())
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
        let token: Token = rotate_session(batch, self, principal, (level, true), now)?;
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
}
