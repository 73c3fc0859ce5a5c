//! Invitations: the only way to become staff.

mod acceptance;

use std::time::Duration;

use chancery_audit::Actor;
use chancery_store::{Batch, FromRow, Id, Row, RowError, Timestamp, args};

use crate::{
    EmailAddress, Fault, Granted, Language, Notice, Permission, Person, Register, Role, Roles,
    Token, WeakPassword,
    person::{MAX_NAME, parsed, roles},
    text::{TextError, clean_name},
    token,
};

/// Whom to invite, as what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invite {
    /// Their address.
    pub email: EmailAddress,
    /// Their name, where it is known; else they type it.
    pub full_name: Option<String>,
    /// The roles that they get, besides those that they have.
    pub roles: Roles,
    /// The language of the letter.
    pub language: Language,
}

/// A one-time link, `/invitation/{token}`.
#[derive(Clone, Debug)]
pub struct InviteLink {
    /// What the link carries.
    pub token: Token,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

/// Nobody was invited.
#[derive(Debug, thiserror::Error)]
pub enum InviteError {
    /// The name cannot stand.
    #[error("the name cannot stand")]
    Name(#[from] TextError),
    /// No role is given, or none of staff.
    #[error("an invitation needs a role of staff")]
    NoStaffRole,
    /// The inviter may not give this role.
    #[error("the inviter may not give the role {0}")]
    RoleNotTheirs(Role),
    /// The inviter holds no permission to invite.
    #[error("the permission given is {0:?}")]
    NotPermitted(Permission),
    /// Something beneath failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// An invitation that is open: what its page shows. Looking at it spends nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Whose address it is for.
    pub email: EmailAddress,
    /// The name that the inviter gave, or the account has.
    pub full_name: Option<String>,
    /// The roles that they get.
    pub roles: Roles,
    /// The language that the inviter chose.
    pub language: Language,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
    /// Whether the address has an account with a password: then that password is asked for.
    pub has_password: bool,
}

/// The link opens nothing (any more).
#[derive(Debug, thiserror::Error)]
pub enum InvitationError {
    /// Never made, used, replaced or expired: which of them is not told.
    #[error("there is no such invitation any more")]
    Gone,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// The invitation was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum AcceptError {
    /// Never made, used, replaced or expired.
    #[error("there is no such invitation any more")]
    Gone,
    /// The name is missing or cannot stand.
    #[error("the name cannot stand")]
    Name(#[from] TextError),
    /// The chosen password is too weak.
    #[error("the password is too weak")]
    Weak(#[from] WeakPassword),
    /// The account has a password, and this is another.
    #[error("the account's password is another")]
    WrongPassword,
    /// Too many wrong passwords; the next try after this time.
    #[error("too many tries")]
    Wait(Duration),
    /// Something beneath failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

struct Stored {
    id: Id,
    email: EmailAddress,
    full_name: Option<String>,
    language: Language,
    roles: Roles,
    expires_at: Timestamp,
}

impl FromRow for Stored {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            id: row.id(0)?,
            email: parsed(row, 1, "an e-mail address")?,
            full_name: row.opt_text(2)?,
            language: parsed(row, 3, "a language")?,
            roles: roles(row, 4)?,
            expires_at: row.time(5)?,
        })
    }
}

impl Register {
    /// Makes an invitation and returns its link for the operator to hand over: the command line's way.
    /// A former invitation of the same address is worth nothing from then on.
    pub async fn invite(
        &self,
        invite: &Invite,
        actor: Actor,
        now: Timestamp,
    ) -> Result<InviteLink, InviteError> {
        let (batch, link) = self.new_invitation(invite, actor, now)?;
        self.store.commit(batch).await.map_err(Fault::from)?;
        Ok(link)
    }

    /// Makes an invitation and mails its link, which the inviter never sees: the portal's way. A
    /// supervisor gives roles of the registration authority only.
    pub async fn invite_by_mail(
        &self,
        granted: &Granted,
        invite: &Invite,
        now: Timestamp,
    ) -> Result<(), InviteError> {
        if granted.permission() != Permission::InviteStaff {
            return Err(InviteError::NotPermitted(granted.permission()));
        }
        if let Some(role) = invite
            .roles
            .iter()
            .find(|role| !matches!(role, Role::RaOfficer | Role::RaSupervisor))
        {
            return Err(InviteError::RoleNotTheirs(role));
        }
        let (mut batch, link) = self.new_invitation(invite, granted.actor(), now)?;
        let notice = Notice::Invitation {
            full_name: invite.full_name.clone(),
            roles: invite.roles.iter().collect(),
            token: link.token.expose().to_owned(),
            expires_at: link.expires_at.as_secs(),
        };
        self.notify(&mut batch, &invite.email, invite.language, notice, now)?;
        self.store.commit(batch).await.map_err(Fault::from)?;
        Ok(())
    }

    /// What the link opens.
    pub async fn invitation(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<Invitation, InvitationError> {
        let (stored, person) = self
            .stored_invitation(token, now)
            .await?
            .ok_or(InvitationError::Gone)?;
        Ok(Invitation {
            has_password: person.as_ref().is_some_and(|p| p.has_password),
            full_name: person.map(|p| p.full_name).or(stored.full_name),
            email: stored.email,
            roles: stored.roles,
            language: stored.language,
            expires_at: stored.expires_at,
        })
    }

    fn new_invitation(
        &self,
        invite: &Invite,
        actor: Actor,
        now: Timestamp,
    ) -> Result<(Batch, InviteLink), InviteError> {
        if !invite.roles.any_staff() {
            return Err(InviteError::NoStaffRole);
        }
        let full_name = match &invite.full_name {
            Some(name) => Some(clean_name(name, MAX_NAME)?),
            None => None,
        };
        let token = Token::random(self.entropy.as_ref()).map_err(Fault::from)?;
        let id = chancery_keys::random_id(self.entropy.as_ref()).map_err(Fault::from)?;
        let expires_at = now.plus(self.config.invitation_life);
        let mut batch = Batch::new();
        batch
            .any(
                "delete from register_invitations where email = $1",
                args![invite.email.folded()],
            )
            .one(
                "insert into register_invitations (id, token, email, full_name, language, roles,
                    created_at, expires_at)
                 values ($1, $2, $3, $4, $5, $6, $7, $8)",
                args![
                    id,
                    token.digest(),
                    invite.email.folded(),
                    full_name,
                    invite.language.tag(),
                    invite.roles.to_stored(),
                    now,
                    expires_at
                ],
            );
        let after = serde_json::json!({ "roles": invite.roles });
        let object = ("invitation", id.to_string());
        self.record(
            &mut batch,
            "invitation.make",
            actor,
            object,
            Some(after),
            now,
        )?;
        Ok((batch, InviteLink { token, expires_at }))
    }

    async fn stored_invitation(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<Option<(Stored, Option<Person>)>, Fault> {
        let Some(digest) = token::presented(token) else {
            return Ok(None);
        };
        let stored: Option<Stored> = self
            .store
            .first(
                "select id, email, full_name, language, roles, expires_at
                 from register_invitations where token = $1 and expires_at > $2",
                args![digest, now],
            )
            .await?;
        let Some(stored) = stored else {
            return Ok(None);
        };
        let person = self.find_person(&stored.email.to_string()).await?;
        Ok(Some((stored, person)))
    }
}
