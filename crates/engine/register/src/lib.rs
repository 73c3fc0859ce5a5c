//! People, organisations and sessions.
//!
//! Who somebody is ([`Person`], [`NaturalPerson`], [`Organization`]), how they prove it (access code,
//! password, TOTP), what they may do ([`Role`], [`Permission`], [`Principal::require`]) and the
//! letters that all of this causes ([`Notice`]). Every act takes the time as an argument; randomness
//! comes from the [`chancery_keys::Entropy`] given to [`Register::new`].
//!
//! Which authorities are supported ([`Anchor`]), whose a certificate is ([`RegisteredCertificate`]) and log-in with one are use cases
//! of [`Certificates`], which also needs a way to the web. Devices ([`Device`]) are paired with an account and listed here; their
//! certificates come from the registration authority.
//!
//! Secrets: what people type (access codes, passwords) is kept as Argon2id only, what machines carry
//! (session tokens, one-time links, challenges, recovery codes) as SHA-256 only, and TOTP secrets sealed by the
//! vault. An answer never tells whether an address is registered.

#![warn(missing_docs)]

mod access_code;
mod certificates;
mod config;
mod csrf;
mod devices;
mod email;
mod fault;
mod ids;
mod invitation;
mod language;
mod letter;
mod log_in;
mod loopback;
pub mod mail_domain;
mod natural_person;
mod notice;
pub mod numbers;
mod organization;
mod participant;
mod password;
mod person;
mod principal;
mod proved_lately;
mod register;
mod registration;
mod registration_number;
mod replace_code;
mod role;
mod sandbox;
mod session;
mod settle;
pub mod text;
mod throttle;
mod token;
mod totp;
pub mod web_eid;

pub use certificates::{
    Anchor, AnchorError, AnchorPurpose, AnchorTerms, CHALLENGE_LIFE, CONFIRMATION_LIFE,
    CertificateError, CertificateLogInError, Certificates, Challenge, DirectoryEntry,
    DirectoryError, Done, EXPIRING, EnrolCertificate, Fetched, Fetcher, FileError, Found,
    FreePlace, MAX_FILE, MAX_FOUND, MAX_PAIRS, MAX_SIGNATURE, NOTICE_DAYS, Proof, ProofProblem,
    RegisteredCertificate, RegisteredState, SignatureError, SignedDocument, TokenProblem, Uses,
    read_certificates,
};
pub use chancery_store::{Migrations, Timestamp};
pub use config::RegisterConfig;
pub use csrf::CSRF_LIFE;
pub use devices::{
    Begun, CODE_LIFE, Certified, Certifying, DesktopView, Device, DeviceCertificate, DeviceError,
    DeviceState, EXCHANGE_LIFE, FoundPairing, Join, MAX_DEVICE_NAME, MAX_DEVICES, MAX_SEALED,
    NewPairing, POINT, PairingError, PairingState, Peer, PhoneView, Renewing, Way,
};
pub use email::{EmailAddress, EmailError};
pub use fault::Fault;
pub use ids::{
    AnchorId, DeviceId, IdentityId, OrganizationId, PairingId, ParticipantId, PersonId,
    RegisteredCertificateId, SessionId,
};
pub use invitation::{AcceptError, Invitation, InvitationError, Invite, InviteError, InviteLink};
pub use language::{Language, ParseLanguageError, ParseThemeError, Theme};
pub use letter::{Letter, OUTBOX_PURPOSE, OpenLetterError};
pub use log_in::{LogIn, LogInError};
pub use loopback::Loopback;
pub use natural_person::{DocumentKind, NaturalPerson, ParseDocumentKindError, VerifiedIdentity};
pub use notice::{MAIL_TOPIC, Notice};
pub use organization::{Organization, VerifiedOrganization};
pub use participant::{
    ASKED_LIFE, Asked, BroughtIn, Member, Membership, Participant, ParticipantError,
    ParticipantLine,
};
pub use password::{ChangeSecretError, WeakPassword};
pub use person::{NewPerson, Person, PersonError, RolesError};
pub use principal::{AuthLevel, Awaiting, Denied, Granted, OpenedBy, Principal};
pub use proved_lately::{PROOF_LIFE, ProveAgainError};
pub use register::{MIGRATIONS, Register};
pub use registration::{Accepted, EmailProblem, RegisterError, Registration};
pub use registration_number::{ParseRegistrationNumberError, RegistrationNumber};
pub use replace_code::ReplaceCodeError;
pub use role::{ParseRoleError, Permission, Role, Roles};
pub use sandbox::SandboxLogInError;
pub use token::Token;
pub use totp::{Enrolled, Enrolment, EnrolmentError, TotpError};
