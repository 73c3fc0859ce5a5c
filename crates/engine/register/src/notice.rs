//! What the register writes to people about.

use serde::{Deserialize, Serialize};

use crate::{RegistrationNumber, Role};

/// The outbox topic of [`Notice`]s.
pub const MAIL_TOPIC: &str = "mail:register";

/// A notice of the register; times are seconds UTC since 1970. Codes and tokens in it exist nowhere
/// else in the clear, and are gone once the letter is delivered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Notice {
    /// Registration: the number and the initial access code.
    AccessCode {
        /// Who.
        full_name: String,
        /// Their number.
        registration_number: RegistrationNumber,
        /// `ABCD-EFGH-JKMN-PQRS`.
        code: String,
        /// Until when it can be used.
        expires_at: i64,
    },
    /// A new access code in place of a lost code or password.
    NewAccessCode {
        /// Who.
        full_name: String,
        /// Their number.
        registration_number: RegistrationNumber,
        /// `ABCD-EFGH-JKMN-PQRS`.
        code: String,
        /// Until when it can be used.
        expires_at: i64,
    },
    /// Somebody registered with an address that has an account.
    AlreadyRegistered {
        /// Who has it.
        full_name: String,
        /// Their number.
        registration_number: RegistrationNumber,
    },
    /// An invitation to work here.
    Invitation {
        /// Who, where the inviter said so.
        full_name: Option<String>,
        /// As what.
        roles: Vec<Role>,
        /// Opens `/invitation/{token}`.
        token: String,
        /// Until when it can be accepted.
        expires_at: i64,
    },
    /// The password was changed.
    PasswordChanged {
        /// Whose.
        full_name: String,
        /// When.
        at: i64,
    },
    /// A second factor was set up or replaced.
    SecondFactorChanged {
        /// Whose.
        full_name: String,
        /// When.
        at: i64,
    },
    /// A recovery code was used in place of the second factor.
    RecoveryCodeUsed {
        /// Whose.
        full_name: String,
        /// When.
        at: i64,
        /// How many are left.
        left: u32,
    },
    /// A certificate was registered, which may log in from then on.
    CertificateRegistered {
        /// Its subject, as RFC 4514 writes names.
        subject: String,
        /// Its serial number, hexadecimal.
        serial: String,
        /// Whether an authorised person of an organisation did it for the holder.
        by_other: bool,
        /// When.
        at: i64,
    },
    /// A device was paired with the account.
    DevicePaired {
        /// Whose.
        full_name: String,
        /// What it calls itself.
        device: String,
        /// Whether it has a key of its own, or was sent a certificate with its key.
        own_key: bool,
        /// When.
        at: i64,
    },
    /// Somebody proved to hold the key of a certificate that was registered without proof.
    CertificateTaken {
        /// Its subject, as RFC 4514 writes names.
        subject: String,
        /// Its serial number, hexadecimal.
        serial: String,
        /// When.
        at: i64,
    },
    /// An authorised person removed a certificate that was registered for their organisation.
    CertificateRemoved {
        /// Its subject, as RFC 4514 writes names.
        subject: String,
        /// Its serial number, hexadecimal.
        serial: String,
        /// When.
        at: i64,
    },
    /// Somebody is asked to belong to an organisation.
    MembershipAsked {
        /// The organisation.
        participant: String,
        /// Whether as an authorised person.
        authorised: bool,
        /// Whether they have an account.
        registered: bool,
    },
    /// An authorised person took somebody out of an organisation.
    MembershipEnded {
        /// The organisation.
        participant: String,
        /// When.
        at: i64,
    },
    /// A member became an authorised person, or ceases to be.
    AuthorisationChanged {
        /// The organisation.
        participant: String,
        /// Whether they are from now on.
        authorised: bool,
        /// When.
        at: i64,
    },
    /// A registered certificate ends soon.
    RegisteredEnds {
        /// Its subject, as RFC 4514 writes names.
        subject: String,
        /// Its serial number, hexadecimal.
        serial: String,
        /// In how many days, the last one begun included.
        days: u16,
        /// Its last second.
        not_after: i64,
    },
    /// A registered certificate was found to be revoked.
    RegisteredRevoked {
        /// Its subject, as RFC 4514 writes names.
        subject: String,
        /// Its serial number, hexadecimal.
        serial: String,
        /// Whether for a time only.
        suspended: bool,
        /// Since when.
        at: i64,
    },
}

impl std::fmt::Debug for Notice {
    /// Names the kind only: codes and tokens stay out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::AccessCode { .. } => "AccessCode",
            Self::NewAccessCode { .. } => "NewAccessCode",
            Self::AlreadyRegistered { .. } => "AlreadyRegistered",
            Self::Invitation { .. } => "Invitation",
            Self::PasswordChanged { .. } => "PasswordChanged",
            Self::SecondFactorChanged { .. } => "SecondFactorChanged",
            Self::RecoveryCodeUsed { .. } => "RecoveryCodeUsed",
            Self::CertificateRegistered { .. } => "CertificateRegistered",
            Self::DevicePaired { .. } => "DevicePaired",
            Self::CertificateTaken { .. } => "CertificateTaken",
            Self::CertificateRemoved { .. } => "CertificateRemoved",
            Self::MembershipAsked { .. } => "MembershipAsked",
            Self::MembershipEnded { .. } => "MembershipEnded",
            Self::AuthorisationChanged { .. } => "AuthorisationChanged",
            Self::RegisteredEnds { .. } => "RegisteredEnds",
            Self::RegisteredRevoked { .. } => "RegisteredRevoked",
        })
    }
}
