//! A lost access code or password: a new code by mail.

use std::{net::IpAddr, time::Duration};

use chancery_store::{Batch, Timestamp, args};

use crate::{
    Fault, Notice, Register, access_code, log_in,
    person::themselves,
    throttle::{self, Place},
};

/// No letter was sent, for a reason that says nothing about the name.
#[derive(Debug, thiserror::Error)]
pub enum ReplaceCodeError {
    /// Too many letters from there; the next one after this time.
    #[error("too many letters were caused from there")]
    Wait(Duration),
    /// Something beneath failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Register {
    /// Sends a new access code to whoever has that e-mail address or registration number. The answer
    /// is the same when nobody does. A password stays good until the code has been used to choose
    /// another, so that asking for a code takes nothing away from anybody.
    pub async fn replace_code(
        &self,
        login: &str,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<(), ReplaceCodeError> {
        if let Err(early) = throttle::reserve(&self.store, &Place::letters_from(from), now).await? {
            return Err(ReplaceCodeError::Wait(early.wait));
        }
        let code = access_code::random(self.entropy.as_ref()).map_err(Fault::from)?;
        let hash = self.code_hash(&code).await?;
        // Counted for unknown names too: the same work, whoever it is.
        let name = log_in::LoginName::parse(login);
        let known = self.find_person(login).await?;
        let to = known
            .as_ref()
            .map_or_else(|| name.counted(), |person| person.email.folded());
        let place = Place::letters_to(&to);
        let bearable = throttle::reserve(&self.store, &place, now).await?.is_ok();
        let Some(person) = known.filter(|person| bearable && person.disabled_at.is_none()) else {
            throttle::touch(&self.store, &place).await?;
            return Ok(());
        };
        let expires_at = now.plus(self.config.code_life);
        let mut batch = Batch::new();
        batch.one(
            "update register_people set code = $1, code_expires_at = $2, code_sent_at = $3,
                version = version + 1
             where id = $4",
            args![hash, expires_at, now, person.id],
        );
        let notice = Notice::NewAccessCode {
            full_name: person.full_name.clone(),
            registration_number: person.registration_number.clone(),
            code: code.to_string(),
            expires_at: expires_at.as_secs(),
        };
        self.notify(&mut batch, &person.email, person.language, notice, now)?;
        let object = ("person", person.id.to_string());
        let actor = themselves(person.id, Some(from));
        self.record(&mut batch, "person.replace-code", actor, object, None, now)?;
        self.store.commit(batch).await.map_err(Fault::from)?;
        Ok(())
    }
}
