//! Log-in by e-mail address or registration number, with a password or an access code.

use std::{net::IpAddr, time::Duration};

use chancery_audit::Actor;
use chancery_store::{Batch, FromRow, Id, Row, RowError, Timestamp, args};
use secrecy::SecretString;

use crate::{
    AuthLevel, EmailAddress, Fault, PersonId, Register, RegistrationNumber, Roles, Token, password,
    person::{roles, themselves},
    registration::typed_code,
    session::{NewSession, add_session},
    text::fold,
    throttle::{self, Place},
};

/// Somebody is logged in, perhaps not yet all the way; the token goes into the cookie.
#[derive(Debug)]
pub enum LogIn {
    /// By access code: a password has to be chosen first.
    ChangeCode(Token),
    /// The code of the second factor has to be given.
    TotpNeeded(Token),
    /// Staff without a second factor: it has to be set up.
    EnrolTotp(Token),
    /// All the way.
    Done(Token),
}

impl LogIn {
    /// The session's token.
    #[must_use]
    pub const fn token(&self) -> &Token {
        match self {
            Self::ChangeCode(token)
            | Self::TotpNeeded(token)
            | Self::EnrolTotp(token)
            | Self::Done(token) => token,
        }
    }

    /// What a session of this kind leads to next.
    pub(crate) fn of(token: Token, level: AuthLevel, proved: bool, who: Standing<'_>) -> Self {
        use crate::Awaiting::{NewPassword, TotpCode, TotpEnrolment};
        match crate::session::awaiting(level, proved, who) {
            Some(TotpCode) => Self::TotpNeeded(token),
            Some(NewPassword) => Self::ChangeCode(token),
            Some(TotpEnrolment) => Self::EnrolTotp(token),
            None => Self::Done(token),
        }
    }
}

/// What decides about the next step of a log-in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing<'a> {
    pub(crate) roles: &'a Roles,
    pub(crate) has_second_factor: bool,
}

/// Nobody was logged in.
#[derive(Debug, thiserror::Error)]
pub enum LogInError {
    /// No such person, or another secret: which of them is not told.
    #[error("the name or the secret is wrong")]
    Wrong,
    /// Too many tries; the next one after this time. Nobody is locked out for good.
    #[error("too many tries")]
    Wait(Duration),
    /// The access code is right and too old; a new one can be asked for.
    #[error("the access code has expired")]
    CodeExpired,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// What somebody types to say who they are.
pub(crate) enum LoginName {
    Email(String),
    Number(RegistrationNumber),
    /// Nobody's; the text as it is counted.
    Nobody(String),
}

impl LoginName {
    pub(crate) fn parse(typed: &str) -> Self {
        if let Ok(email) = typed.parse::<EmailAddress>() {
            Self::Email(email.folded())
        } else if let Ok(number) = typed.parse::<RegistrationNumber>() {
            Self::Number(number)
        } else {
            Self::Nobody(fold(&typed.chars().take(256).collect::<String>()))
        }
    }

    /// As tries are counted under it. An address and a number count apart: counted together they
    /// would tell which number belongs to which address.
    pub(crate) fn counted(&self) -> String {
        match self {
            Self::Email(folded) => folded.clone(),
            Self::Number(number) => number.to_string(),
            Self::Nobody(text) => format!("?{text}"),
        }
    }
}

/// What log-in reads of a person.
pub(crate) struct Secrets {
    pub(crate) person: PersonId,
    pub(crate) roles: Roles,
    pub(crate) password: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) code_expires_at: Option<Timestamp>,
    pub(crate) has_second_factor: bool,
}

impl FromRow for Secrets {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            person: PersonId::new(row.id(0)?),
            roles: roles(row, 1)?,
            password: row.opt_text(2)?,
            code: row.opt_text(3)?,
            code_expires_at: row.opt_time(4)?,
            has_second_factor: row.opt_time(5)?.is_some(),
        })
    }
}

macro_rules! select_secrets {
    ($tail:literal) => {
        concat!(
            "select p.id, p.roles, p.password, p.code, p.code_expires_at, t.confirmed_at
             from register_people p left join register_totp t on t.person = p.id
             where p.disabled_at is null and ",
            $tail
        )
    };
}

/// No person's id: ids are random.
const NOBODY: PersonId = PersonId::new(Id::from_bytes([0; 16]));

/// Which secret was right.
enum Proved {
    Password,
    Code { expired: bool },
    Nothing,
}

impl Register {
    /// Logs somebody in. `from` is the peer's address as far as it can be trusted.
    pub async fn log_in(
        &self,
        login: &str,
        secret: &SecretString,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<LogIn, LogInError> {
        let name = LoginName::parse(login);
        let counted = name.counted();
        let (network, pair) = (Place::network(from), Place::pair(&counted, from));
        for place in [&network, &pair] {
            if let Err(early) = throttle::reserve(&self.store, place, now).await? {
                return Err(LogInError::Wait(early.wait));
            }
        }
        let secrets = self.secrets_of(&name).await?;
        // Asked for nobody too: the same work, whoever it is.
        let person = secrets.as_ref().map_or(NOBODY, |secrets| secrets.person);
        let known_network = self.is_known_network(person, from).await?;
        let whole = Place::name(&counted);
        let crowd = if known_network {
            Ok(())
        } else {
            throttle::reserve(&self.store, &whole, now).await?
        };
        let proved = self.prove(secrets.as_ref(), secret, now).await?;
        let level = match (proved, crowd) {
            (Proved::Code { expired: true }, _) => return Err(LogInError::CodeExpired),
            (Proved::Code { expired: false }, _) => AuthLevel::Code,
            (_, Err(early)) => return Err(LogInError::Wait(early.wait)),
            (Proved::Password, Ok(())) => AuthLevel::Password,
            (Proved::Nothing, Ok(())) => return Err(LogInError::Wrong),
        };
        let secrets = secrets.ok_or(LogInError::Wrong)?;
        let mut batch = Batch::new();
        throttle::give_back(&mut batch, &network);
        throttle::forget(&mut batch, &pair);
        if crowd.is_ok() && !known_network {
            throttle::give_back(&mut batch, &whole);
        }
        self.admit(batch, &secrets, level, from, now).await
    }

    async fn secrets_of(&self, name: &LoginName) -> Result<Option<Secrets>, Fault> {
        Ok(match name {
            LoginName::Email(folded) => {
                let sql = select_secrets!("p.email_folded = $1");
                self.store.first(sql, args![folded]).await?
            }
            LoginName::Number(number) => {
                let sql = select_secrets!("p.registration_number = $1");
                self.store.first(sql, args![number.to_string()]).await?
            }
            LoginName::Nobody(_) => {
                let sql = select_secrets!("p.email_folded = $1");
                self.store.first(sql, args![""]).await?
            }
        })
    }

    pub(crate) async fn secrets_of_person(
        &self,
        person: PersonId,
    ) -> Result<Option<Secrets>, Fault> {
        let sql = select_secrets!("p.id = $1");
        Ok(self.store.first(sql, args![person]).await?)
    }

    /// Compares what was typed. What it costs depends on the typed text alone: one comparison, and
    /// one more where it could be an access code.
    async fn prove(
        &self,
        secrets: Option<&Secrets>,
        secret: &SecretString,
        now: Timestamp,
    ) -> Result<Proved, Fault> {
        let typed = password::composed(secret);
        let stored = secrets.and_then(|s| s.password.as_deref());
        let password = self.hasher.verify(&typed, stored).await?;
        let mut code = false;
        if let Some(typed) = typed_code(secret) {
            let stored = secrets.and_then(|s| s.code.as_deref());
            code = self.hasher.verify(&typed, stored).await?;
        }
        Ok(if password {
            Proved::Password
        } else if code {
            let expires = secrets.and_then(|s| s.code_expires_at);
            Proved::Code {
                expired: expires.is_none_or(|at| at <= now),
            }
        } else {
            Proved::Nothing
        })
    }

    pub(crate) async fn is_known_network(
        &self,
        person: PersonId,
        from: IpAddr,
    ) -> Result<bool, Fault> {
        let rows = self
            .store
            .rows(
                "select seen_at from register_networks where person = $1 and network = $2",
                args![person, throttle::network_digest(from)],
            )
            .await?;
        Ok(!rows.is_empty())
    }

    /// Opens a session for somebody who proved a secret. A network becomes known with a password
    /// only: who reads along in a mailbox is not yet at home.
    pub(crate) async fn admit(
        &self,
        mut batch: Batch,
        secrets: &Secrets,
        level: AuthLevel,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<LogIn, LogInError> {
        let token = add_session(
            &mut batch,
            self,
            &NewSession {
                person: secrets.person,
                level,
                second_factor: false,
                opened_by: None,
                proved_at: now,
            },
            now,
        )?;
        if level == AuthLevel::Password {
            remember_network(&mut batch, secrets.person, from, now);
        }
        let object = ("person", secrets.person.to_string());
        let actor: Actor = themselves(secrets.person, Some(from));
        let after = serde_json::json!({ "level": level.name() });
        self.record(&mut batch, "session.start", actor, object, Some(after), now)?;
        self.store.commit(batch).await.map_err(Fault::from)?;
        let standing = Standing {
            roles: &secrets.roles,
            has_second_factor: secrets.has_second_factor,
        };
        Ok(LogIn::of(token, level, false, standing))
    }
}

pub(crate) fn remember_network(batch: &mut Batch, person: PersonId, from: IpAddr, now: Timestamp) {
    batch.any(
        "insert into register_networks (person, network, seen_at) values ($1, $2, $3)
         on conflict (person, network) do update set seen_at = excluded.seen_at",
        args![person, throttle::network_digest(from), now],
    );
}
