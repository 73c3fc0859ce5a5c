//! Roles and what each may do: the matrix is [`Role::permissions`], and its test spells it whole.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// What a person is to the environment; a person holds a set ([`Roles`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Applies for certificates and holds them.
    Subscriber,
    /// Vets applications.
    RaOfficer,
    /// Vets applications, looks after people and invites staff of the registration authority.
    RaSupervisor,
    /// Runs the certification authorities.
    CaOperator,
    /// Reads everything that proves what happened, changes nothing.
    Auditor,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Subscriber,
        Self::RaOfficer,
        Self::RaSupervisor,
        Self::CaOperator,
        Self::Auditor,
    ];

    /// As it is stored, typed on the command line and written to the audit log.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Subscriber => "subscriber",
            Self::RaOfficer => "ra-officer",
            Self::RaSupervisor => "ra-supervisor",
            Self::CaOperator => "ca-operator",
            Self::Auditor => "auditor",
        }
    }

    /// Whether the role belongs to staff, who need a second factor.
    #[must_use]
    pub const fn is_staff(self) -> bool {
        !matches!(self, Self::Subscriber)
    }

    /// Everything that the role may do.
    #[must_use]
    pub const fn permissions(self) -> &'static [Permission] {
        use Permission as P;
        match self {
            Self::Subscriber => &[
                P::EditProfile,
                P::PlaceOrder,
                P::ReadOwnOrders,
                P::EditOwnOrders,
                P::ReadOwnCertificates,
                P::RevokeOwnCertificates,
            ],
            Self::RaOfficer => &[
                P::EditProfile,
                P::ReadApplications,
                P::DecideApplications,
                P::SearchCertificates,
                P::RevokeAnyCertificate,
                P::ReadAuthorities,
            ],
            Self::RaSupervisor => &[
                P::EditProfile,
                P::ReadApplications,
                P::DecideApplications,
                P::SearchCertificates,
                P::RevokeAnyCertificate,
                P::ReadAuthorities,
                P::ReadPeople,
                P::InviteStaff,
                P::ManageParticipants,
                P::ReadStatistics,
            ],
            Self::CaOperator => &[
                P::EditProfile,
                P::SearchCertificates,
                P::RevokeAnyCertificate,
                P::ReadAuthorities,
                P::OperateAuthorities,
                P::ReadOperations,
            ],
            Self::Auditor => &[
                P::EditProfile,
                P::ReadApplications,
                P::SearchCertificates,
                P::ReadAuthorities,
                P::ReadPeople,
                P::ReadStatistics,
                P::ReadOperations,
                P::ReadAudit,
            ],
        }
    }

    /// Whether the role may do it.
    #[must_use]
    pub fn permits(self, permission: Permission) -> bool {
        self.permissions().contains(&permission)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The text names no role.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not one of subscriber, ra-officer, ra-supervisor, ca-operator, auditor")]
pub struct ParseRoleError(pub String);

impl FromStr for Role {
    type Err = ParseRoleError;

    fn from_str(text: &str) -> Result<Self, ParseRoleError> {
        Self::ALL
            .into_iter()
            .find(|role| role.name() == text)
            .ok_or_else(|| ParseRoleError(text.to_owned()))
    }
}

/// Something that a page or command does; every handler names the one that it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Permission {
    /// See and change one's own profile, password and second factor.
    EditProfile,
    /// Order a product.
    PlaceOrder,
    /// See one's own orders, their documents and events.
    ReadOwnOrders,
    /// Fill in, submit and activate one's own orders.
    EditOwnOrders,
    /// See, search and download one's own certificates.
    ReadOwnCertificates,
    /// Revoke one's own certificates.
    RevokeOwnCertificates,
    /// See the queue, applications and their documents.
    ReadApplications,
    /// Verify or reject an application that is not one's own.
    DecideApplications,
    /// See and search every certificate.
    SearchCertificates,
    /// Revoke any certificate.
    RevokeAnyCertificate,
    /// See the authorities, their profiles and status lists.
    ReadAuthorities,
    /// Have status lists signed, change authorities.
    OperateAuthorities,
    /// See and search people.
    ReadPeople,
    /// Invite officers and supervisors of the registration authority.
    InviteStaff,
    /// Bring organisations in and name their first authorised persons.
    ManageParticipants,
    /// See how many applications there are and how long they take.
    ReadStatistics,
    /// See the outbox, leases and other machinery.
    ReadOperations,
    /// Read the audit log.
    ReadAudit,
}

impl Permission {
    /// All of them.
    pub const ALL: [Self; 18] = [
        Self::EditProfile,
        Self::PlaceOrder,
        Self::ReadOwnOrders,
        Self::EditOwnOrders,
        Self::ReadOwnCertificates,
        Self::RevokeOwnCertificates,
        Self::ReadApplications,
        Self::DecideApplications,
        Self::SearchCertificates,
        Self::RevokeAnyCertificate,
        Self::ReadAuthorities,
        Self::OperateAuthorities,
        Self::ReadPeople,
        Self::InviteStaff,
        Self::ManageParticipants,
        Self::ReadStatistics,
        Self::ReadOperations,
        Self::ReadAudit,
    ];

    /// Whether it reaches beyond one's own data, and so needs a second factor.
    #[must_use]
    pub const fn is_staff(self) -> bool {
        !matches!(
            self,
            Self::EditProfile
                | Self::PlaceOrder
                | Self::ReadOwnOrders
                | Self::EditOwnOrders
                | Self::ReadOwnCertificates
                | Self::RevokeOwnCertificates
        )
    }
}

/// The roles that a person holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Roles(Vec<Role>);

impl Roles {
    /// A set of the given roles, each once.
    #[must_use]
    pub fn new(roles: impl IntoIterator<Item = Role>) -> Self {
        let mut roles: Vec<Role> = roles.into_iter().collect();
        roles.sort_unstable();
        roles.dedup();
        Self(roles)
    }

    /// Whether the set holds the role.
    #[must_use]
    pub fn contains(&self, role: Role) -> bool {
        self.0.contains(&role)
    }

    /// The roles in their fixed order.
    pub fn iter(&self) -> impl Iterator<Item = Role> + '_ {
        self.0.iter().copied()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether any of them belongs to staff.
    #[must_use]
    pub fn any_staff(&self) -> bool {
        self.iter().any(Role::is_staff)
    }

    /// The first role that may do it.
    #[must_use]
    pub fn permitting(&self, permission: Permission) -> Option<Role> {
        self.iter().find(|role| role.permits(permission))
    }

    /// Both sets together.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::new(self.iter().chain(other.iter()))
    }

    /// As it is stored: names in order, separated by a space.
    #[must_use]
    pub fn to_stored(&self) -> String {
        self.0
            .iter()
            .map(|role| role.name())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Reads what [`Self::to_stored`] wrote.
    pub fn from_stored(text: &str) -> Result<Self, ParseRoleError> {
        text.split_whitespace()
            .map(str::parse)
            .collect::<Result<Vec<_>, _>>()
            .map(Self::new)
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<T: IntoIterator<Item = Role>>(roles: T) -> Self {
        Self::new(roles)
    }
}

#[cfg(test)]
mod tests;
