//! Who is acting, and the proof that they may.

use std::net::IpAddr;

use chancery_store::Timestamp;

use crate::{Permission, PersonId, Role, Roles, SessionId};

/// How sure a session is of its person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AuthLevel {
    /// The initial access code: good for choosing a password and nothing else.
    Code,
    /// A password alone: staff permissions are denied.
    Password,
    /// A password and a second factor.
    TwoFactor,
    /// A registered certificate, whose key was proved to be at hand: as good as a second factor where two factors registered it.
    Certificate,
    /// One click in the sandbox, from a loopback address.
    SandboxClick,
}

/// The certificate that opened a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedBy {
    /// SHA-256 of it.
    pub sha256: Vec<u8>,
    /// Whether a TLS handshake proved that its key is at hand; else a signed token.
    pub handshake: bool,
    /// Whether it stands for two factors; see [`crate::RegisteredCertificate::second_factor`].
    pub two_factors: bool,
}

/// What a session still waits for before it may do anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaiting {
    /// The code of the second factor.
    TotpCode,
    /// A password in place of the access code.
    NewPassword,
    /// The set-up of a second factor, which staff need.
    TotpEnrolment,
}

/// A person in a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// The person.
    pub person: PersonId,
    /// Their roles now.
    pub roles: Roles,
    /// The session.
    pub session: SessionId,
    /// How sure it is of the person.
    pub level: AuthLevel,
    /// The certificate that opened it, at [`AuthLevel::Certificate`].
    pub opened_by: Option<OpenedBy>,
    /// What it still waits for, if anything.
    pub awaiting: Option<Awaiting>,
    /// When the password, and the second factor where there is one, were proved last in it; see [`Self::proved_lately`].
    pub proved_at: Timestamp,
    /// When the session ends, however busy it is.
    pub ends_at: Timestamp,
    /// Where the present request comes from, for the audit log.
    pub from: Option<IpAddr>,
}

/// Why something may not be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// The session waits for something first.
    #[error("the session waits for {0:?}")]
    Awaiting(Awaiting),
    /// A second factor is needed.
    #[error("{0:?} needs a second factor")]
    SecondFactor(Permission),
    /// None of the person's roles permits it.
    #[error("no role of the person permits {0:?}")]
    Role(Permission),
}

/// Proof that a person may do one thing; made by [`Principal::require`] only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    person: PersonId,
    role: Role,
    permission: Permission,
    from: Option<IpAddr>,
}

impl Principal {
    /// Permits the person to do it, or says why not.
    pub fn require(&self, permission: Permission) -> Result<Granted, Denied> {
        match self.awaiting {
            // Who still has to set up a second factor may act for themselves meanwhile, not for us.
            Some(Awaiting::TotpEnrolment) if !permission.is_staff() => {}
            Some(awaiting) => return Err(Denied::Awaiting(awaiting)),
            None => {}
        }
        let role = self
            .roles
            .permitting(permission)
            .ok_or(Denied::Role(permission))?;
        let sure = match self.level {
            AuthLevel::Code => return Err(Denied::Awaiting(Awaiting::NewPassword)),
            AuthLevel::Password => false,
            AuthLevel::TwoFactor | AuthLevel::Certificate | AuthLevel::SandboxClick => true,
        };
        if permission.is_staff() && !sure {
            return Err(Denied::SecondFactor(permission));
        }
        Ok(Granted {
            person: self.person,
            role,
            permission,
            from: self.from,
        })
    }

    /// Whether two factors were proved in this session.
    pub(crate) fn proved_two_factors(&self) -> bool {
        match self.level {
            AuthLevel::Code | AuthLevel::Password => false,
            AuthLevel::TwoFactor | AuthLevel::SandboxClick => true,
            AuthLevel::Certificate => self.opened_by.as_ref().is_some_and(|by| by.two_factors),
        }
    }

    /// Whether [`Self::require`] would permit it, for menus.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.require(permission).is_ok()
    }

    /// The same, with the address of the present request.
    #[must_use]
    pub fn at(mut self, from: IpAddr) -> Self {
        self.from = Some(from);
        self
    }

    /// For the audit log: the person as themselves.
    #[must_use]
    pub fn actor(&self) -> chancery_audit::Actor {
        chancery_audit::Actor::Person {
            id: self.person.id(),
            role: Role::Subscriber.name(),
            from: self.from,
        }
    }
}

impl Granted {
    /// Who may.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        self.person
    }

    /// In which role.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// What.
    #[must_use]
    pub const fn permission(&self) -> Permission {
        self.permission
    }

    /// For the audit log.
    #[must_use]
    pub fn actor(&self) -> chancery_audit::Actor {
        chancery_audit::Actor::Person {
            id: self.person.id(),
            role: self.role.name(),
            from: self.from,
        }
    }
}

#[cfg(test)]
mod tests {
    use chancery_store::Id;

    use super::*;

    fn principal(roles: &[Role], level: AuthLevel, awaiting: Option<Awaiting>) -> Principal {
        Principal {
            person: PersonId::new(Id::from_bytes([1; 16])),
            roles: Roles::new(roles.iter().copied()),
            session: SessionId::new(Id::from_bytes([2; 16])),
            level,
            opened_by: None,
            awaiting,
            proved_at: Timestamp::from_secs(0),
            ends_at: Timestamp::from_secs(1),
            from: None,
        }
    }

    #[test]
    fn a_password_alone_opens_nothing_of_staff() {
        let officer = principal(&[Role::RaOfficer], AuthLevel::Password, None);
        for permission in Role::RaOfficer.permissions() {
            let answer = officer.require(*permission);
            if permission.is_staff() {
                assert_eq!(answer, Err(Denied::SecondFactor(*permission)));
            } else {
                assert!(answer.is_ok());
            }
        }
    }

    #[test]
    fn a_second_factor_opens_what_the_role_permits_and_no_more() {
        let officer = principal(&[Role::RaOfficer], AuthLevel::TwoFactor, None);
        let granted = officer.require(Permission::DecideApplications).unwrap();
        assert_eq!(granted.role(), Role::RaOfficer);
        assert_eq!(granted.person(), officer.person);
        assert_eq!(
            officer.require(Permission::ReadAudit),
            Err(Denied::Role(Permission::ReadAudit))
        );
        assert!(!officer.may(Permission::PlaceOrder));
    }

    #[test]
    fn an_access_code_opens_nothing() {
        let waiting = Some(Awaiting::NewPassword);
        for awaiting in [waiting, None] {
            let new = principal(&Role::ALL, AuthLevel::Code, awaiting);
            for permission in Permission::ALL {
                assert_eq!(
                    new.require(permission),
                    Err(Denied::Awaiting(Awaiting::NewPassword))
                );
            }
        }
    }

    #[test]
    fn a_missing_totp_code_closes_everything() {
        let half = principal(&Role::ALL, AuthLevel::Password, Some(Awaiting::TotpCode));
        for permission in Permission::ALL {
            assert_eq!(
                half.require(permission),
                Err(Denied::Awaiting(Awaiting::TotpCode))
            );
        }
    }
}
