//! Accepting an invitation.

use std::net::IpAddr;

use chancery_audit::Actor;
use chancery_store::{Batch, Timestamp, args};
use secrecy::SecretString;

use super::{AcceptError, Stored};
use crate::{
    AuthLevel, Fault, LogIn, LogInError, Person, Register, log_in,
    password::{composed, judge},
    person::{Entered, Entry, MAX_NAME, end_sessions, set_roles, themselves},
    session::is_conflict,
    text::{TextError, clean_name},
    throttle::{self, Place},
};

impl Register {
    /// Accepts the invitation: a newcomer chooses a password, whoever has one gives it. The link is
    /// spent, and the session leads on to the second factor.
    pub async fn accept_invitation(
        &self,
        token: &str,
        full_name: Option<&str>,
        secret: &SecretString,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<LogIn, AcceptError> {
        let (stored, person) = self
            .stored_invitation(token, now)
            .await?
            .ok_or(AcceptError::Gone)?;
        let person = match person {
            Some(person) => {
                self.join(&stored, &person, secret, from, now).await?;
                person.id
            }
            None => self.enter_invited(&stored, full_name, secret, now).await?,
        };
        let secrets = self
            .secrets_of_person(person)
            .await?
            .ok_or(AcceptError::Gone)?;
        match self
            .admit(Batch::new(), &secrets, AuthLevel::Password, from, now)
            .await
        {
            Ok(log_in) => Ok(log_in),
            Err(LogInError::Fault(fault)) => Err(fault.into()),
            Err(LogInError::Wait(wait)) => Err(AcceptError::Wait(wait)),
            Err(LogInError::Wrong | LogInError::CodeExpired) => Err(AcceptError::WrongPassword),
        }
    }

    /// Adds the roles to an account that is there.
    async fn join(
        &self,
        stored: &Stored,
        person: &Person,
        secret: &SecretString,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<(), AcceptError> {
        let mut batch = Batch::new();
        spend(&mut batch, stored);
        if person.has_password {
            let secrets: Option<log_in::Secrets> = self.secrets_of_person(person.id).await?;
            let phc = secrets.and_then(|s| s.password);
            let place = Place::own_secret(person.id);
            if let Err(early) = throttle::reserve(&self.store, &place, now).await? {
                return Err(AcceptError::Wait(early.wait));
            }
            let right = self
                .hasher
                .verify(&composed(secret), phc.as_deref())
                .await
                .map_err(Fault::from)?;
            if !right {
                return Err(AcceptError::WrongPassword);
            }
            throttle::forget(&mut batch, &place);
        } else {
            let hash = self.judged_hash(&person.full_name, stored, secret).await?;
            batch.one(
                "update register_people set password = $1, code = null, code_expires_at = null,
                    code_sent_at = null
                 where id = $2 and password is null",
                args![hash, person.id],
            );
        }
        set_roles(&mut batch, person.id, &person.roles.union(&stored.roles));
        end_sessions(&mut batch, person.id);
        let after = serde_json::json!({ "roles": stored.roles });
        let object = ("person", person.id.to_string());
        let actor = themselves(person.id, Some(from));
        self.record(
            &mut batch,
            "invitation.accept",
            actor,
            object,
            Some(after),
            now,
        )?;
        match self.store.commit(batch).await {
            Ok(()) => Ok(()),
            Err(error) if is_conflict(&error) => Err(AcceptError::Gone),
            Err(error) => Err(Fault::from(error).into()),
        }
    }

    /// Makes an account for a newcomer.
    async fn enter_invited(
        &self,
        stored: &Stored,
        full_name: Option<&str>,
        secret: &SecretString,
        now: Timestamp,
    ) -> Result<crate::PersonId, AcceptError> {
        let full_name = match (full_name, &stored.full_name) {
            (Some(typed), _) => clean_name(typed, MAX_NAME)?,
            (None, Some(given)) => given.clone(),
            (None, None) => return Err(TextError::Empty.into()),
        };
        let password = self.judged_hash(&full_name, stored, secret).await?;
        let entry = Entry {
            full_name: &full_name,
            email: &stored.email,
            language: stored.language,
            roles: &stored.roles,
            password: Some(password),
            code: None,
        };
        let entered = self
            .enter(&entry, &Actor::System, now, |batch, _, _| {
                spend(batch, stored);
                Ok(())
            })
            .await;
        match entered {
            Ok(Entered::New(person)) => Ok(person),
            Ok(Entered::AddressTaken) => Err(AcceptError::Gone),
            Err(Fault::Commit(error)) if is_conflict(&error) => Err(AcceptError::Gone),
            Err(fault) => Err(fault.into()),
        }
    }

    async fn judged_hash(
        &self,
        full_name: &str,
        stored: &Stored,
        secret: &SecretString,
    ) -> Result<String, AcceptError> {
        judge(
            secret,
            full_name,
            &[&stored.email.to_string(), &self.config.environment],
        )?;
        Ok(self
            .hasher
            .hash(&composed(secret))
            .await
            .map_err(Fault::from)?)
    }
}

/// Spends the link; of two at once one succeeds.
fn spend(batch: &mut Batch, stored: &Stored) {
    batch.one(
        "delete from register_invitations where id = $1",
        args![stored.id],
    );
}
