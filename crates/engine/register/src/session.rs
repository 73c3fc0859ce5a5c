//! Sessions: found by the digest of their token, over when idle or old, new at each rise of level.

use std::time::Duration;

use chancery_store::{Batch, CommitError, FromRow, Row, RowError, Timestamp, args};

use crate::{
    AuthLevel, Awaiting, Fault, OpenedBy, PersonId, Principal, Register, Roles, SessionId, Token,
    log_in::Standing,
    person::{end_sessions, roles},
    token,
};

/// A request is noted at most so often.
const NOTE_EVERY: Duration = Duration::from_mins(1);

impl AuthLevel {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Password => "password",
            Self::TwoFactor => "two-factor",
            Self::Certificate => "certificate",
            Self::SandboxClick => "sandbox-click",
        }
    }
}

/// A session to be opened.
pub(crate) struct NewSession {
    pub(crate) person: PersonId,
    pub(crate) level: AuthLevel,
    /// Whether the second factor was proved in it, or the certificate stands for two.
    pub(crate) second_factor: bool,
    /// The certificate that opens it.
    pub(crate) opened_by: Option<OpenedBy>,
    /// When the secrets that opened it were proved; see [`Principal::proved_at`].
    pub(crate) proved_at: Timestamp,
}

struct Found {
    id: SessionId,
    person: PersonId,
    level: AuthLevel,
    second_factor: bool,
    seen_at: Timestamp,
    ends_at: Timestamp,
    roles: Roles,
    has_second_factor: bool,
    certificate: Option<Vec<u8>>,
    handshake: bool,
    proved_at: Timestamp,
}

impl FromRow for Found {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            id: SessionId::new(row.id(0)?),
            person: PersonId::new(row.id(1)?),
            level: level(row, 2)?,
            second_factor: row.bool(3)?,
            seen_at: row.time(4)?,
            ends_at: row.time(5)?,
            roles: roles(row, 6)?,
            has_second_factor: row.opt_time(7)?.is_some(),
            certificate: row.opt_bytes(8)?,
            handshake: row.bool(9)?,
            proved_at: row.time(10)?,
        })
    }
}

fn level(row: &Row, column: usize) -> Result<AuthLevel, RowError> {
    let name = row.text(column)?;
    [
        AuthLevel::Code,
        AuthLevel::Password,
        AuthLevel::TwoFactor,
        AuthLevel::Certificate,
        AuthLevel::SandboxClick,
    ]
    .into_iter()
    .find(|level| level.name() == name)
    .ok_or(RowError {
        column,
        expected: "a level of a session",
    })
}

/// What a session waits for: the second factor before anything else, so that a code that a stranger
/// found in a mailbox does not even change the password.
pub(crate) fn awaiting(level: AuthLevel, proved: bool, who: Standing<'_>) -> Option<Awaiting> {
    match level {
        AuthLevel::SandboxClick | AuthLevel::TwoFactor => None,
        _ if who.has_second_factor && !proved => Some(Awaiting::TotpCode),
        AuthLevel::Code => Some(Awaiting::NewPassword),
        AuthLevel::Password if who.roles.any_staff() && !who.has_second_factor => {
            Some(Awaiting::TotpEnrolment)
        }
        AuthLevel::Password | AuthLevel::Certificate => None,
    }
}

impl Register {
    /// The person in the session with that token; `None` when there is none, or it is over.
    pub async fn session(&self, token: &str, now: Timestamp) -> Result<Option<Principal>, Fault> {
        let Some(digest) = token::presented(token) else {
            return Ok(None);
        };
        let found: Option<Found> = self
            .store
            .first(
                "select s.id, s.person, s.level, s.second_factor, s.seen_at, s.ends_at, p.roles,
                    t.confirmed_at, s.certificate, s.handshake, s.proved_at
                 from register_sessions s
                 join register_people p on p.id = s.person
                 left join register_totp t on t.person = s.person
                 where s.token = $1 and p.disabled_at is null",
                args![digest],
            )
            .await?;
        let Some(found) = found else {
            return Ok(None);
        };
        if found.ends_at <= now || found.seen_at.plus(self.config.session_idle) <= now {
            return Ok(None);
        }
        // A one-click session is worth nothing outside the sandbox, whoever carries the data there.
        if found.level == AuthLevel::SandboxClick && !self.config.sandbox {
            return Ok(None);
        }
        // A certificate that one factor registered is one factor: nobody becomes staff with it alone, whenever the role was given.
        if found.level == AuthLevel::Certificate
            && !found.second_factor
            && !found.has_second_factor
            && found.roles.any_staff()
        {
            return Ok(None);
        }
        if found.seen_at.plus(NOTE_EVERY) <= now {
            let mut batch = Batch::new();
            batch.any(
                "update register_sessions set seen_at = $1 where id = $2 and seen_at < $1",
                args![now, found.id],
            );
            self.store.commit(batch).await?;
        }
        let standing = Standing {
            roles: &found.roles,
            has_second_factor: found.has_second_factor,
        };
        let awaiting = awaiting(found.level, found.second_factor, standing);
        Ok(Some(Principal {
            person: found.person,
            session: found.id,
            level: found.level,
            opened_by: found.certificate.map(|sha256| OpenedBy {
                sha256,
                handshake: found.handshake,
                two_factors: found.second_factor,
            }),
            awaiting,
            proved_at: found.proved_at,
            ends_at: found.ends_at,
            from: None,
            roles: found.roles,
        }))
    }

    /// Logs out.
    pub async fn end_session(&self, principal: &Principal, now: Timestamp) -> Result<(), Fault> {
        let mut batch = Batch::new();
        batch.any(
            "delete from register_sessions where id = $1",
            args![principal.session],
        );
        let object = ("person", principal.person.to_string());
        self.record(
            &mut batch,
            "session.end",
            principal.actor(),
            object,
            None,
            now,
        )?;
        Ok(self.store.commit(batch).await?)
    }

    /// Logs the person out everywhere.
    pub async fn end_all_sessions(
        &self,
        principal: &Principal,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let mut batch = Batch::new();
        end_sessions(&mut batch, principal.person);
        let object = ("person", principal.person.to_string());
        self.record(
            &mut batch,
            "session.end-all",
            principal.actor(),
            object,
            None,
            now,
        )?;
        Ok(self.store.commit(batch).await?)
    }
}

/// Adds a session to the batch; its token is in no one's hands before the batch is committed.
pub(crate) fn add_session(
    batch: &mut Batch,
    register: &Register,
    new: &NewSession,
    now: Timestamp,
) -> Result<Token, Fault> {
    let token = Token::random(register.entropy.as_ref())?;
    let id = SessionId::new(chancery_keys::random_id(register.entropy.as_ref())?);
    batch.one(
        "insert into register_sessions (id, token, person, level, second_factor, created_at,
            seen_at, ends_at, certificate, handshake, proved_at)
         values ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9, $10)",
        args![
            id,
            token.digest(),
            new.person,
            new.level.name(),
            new.second_factor,
            now,
            now.plus(register.config.session_absolute),
            new.opened_by.as_ref().map(|by| by.sha256.as_slice()),
            new.opened_by.as_ref().is_some_and(|by| by.handshake),
            new.proved_at
        ],
    );
    Ok(token)
}

/// Replaces a session by one of a higher level: the former token and all CSRF tokens made under it
/// are worth nothing from then on (session fixation). Exactly one of two at once succeeds. The secrets that opened the former one
/// were proved when they were: a further factor makes no older one fresh.
pub(crate) fn rotate_session(
    batch: &mut Batch,
    register: &Register,
    former: &Principal,
    (level, second_factor): (AuthLevel, bool),
    now: Timestamp,
) -> Result<Token, Fault> {
    batch.one(
        "delete from register_sessions where id = $1",
        args![former.session],
    );
    let opened_by = match level {
        AuthLevel::Certificate => former.opened_by.clone(),
        _ => None,
    };
    let new = NewSession {
        person: former.person,
        level,
        second_factor,
        opened_by,
        proved_at: former.proved_at,
    };
    add_session(batch, register, &new, now)
}

/// Whether a batch failed because somebody else was faster.
pub(crate) const fn is_conflict(error: &CommitError) -> bool {
    matches!(error, CommitError::Conflict { .. })
}
