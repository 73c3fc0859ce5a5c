//! Log-in by one click, in the sandbox and from this machine only.

use chancery_store::{Batch, Timestamp};

use crate::{
    AuthLevel, Fault, Loopback, PersonId, Register, Token,
    person::themselves,
    session::{NewSession, add_session},
};

/// Nobody was logged in.
#[derive(Debug, thiserror::Error)]
pub enum SandboxLogInError {
    /// This environment is no sandbox.
    #[error("this environment is no sandbox")]
    NoSandbox,
    /// There is no such person.
    #[error("there is no such person")]
    NoSuchPerson,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Register {
    /// Logs in as a person without asking for anything. The proof that the request comes from this
    /// machine and the environment's own setting are both needed.
    pub async fn sandbox_session(
        &self,
        person: PersonId,
        proof: Loopback,
        now: Timestamp,
    ) -> Result<Token, SandboxLogInError> {
        if !self.config.sandbox {
            return Err(SandboxLogInError::NoSandbox);
        }
        let known = self.person(person).await?;
        if known.is_none_or(|person| person.disabled_at.is_some()) {
            return Err(SandboxLogInError::NoSuchPerson);
        }
        let mut batch = Batch::new();
        let new = NewSession {
            person,
            level: AuthLevel::SandboxClick,
            second_factor: false,
            opened_by: None,
            proved_at: now,
        };
        let token = add_session(&mut batch, self, &new, now)?;
        let object = ("person", person.to_string());
        let actor = themselves(person, Some(proof.address()));
        let after = serde_json::json!({ "level": AuthLevel::SandboxClick.name() });
        self.record(&mut batch, "session.start", actor, object, Some(after), now)?;
        self.store.commit(batch).await.map_err(Fault::from)?;
        Ok(token)
    }
}
