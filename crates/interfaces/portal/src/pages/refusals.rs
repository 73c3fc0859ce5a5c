//! The one map from what a use case refuses to the page that says so, for what no form can mend.
//!
//! What a form can mend, or what was done already by the same form, is answered by its handler before.

use chancery_ra::{
    ActivateError, ConfirmEmailError, DecideError, DraftError, Fault, GiveOutError,
    PlaceOrderError, ReadError, RemoveDocumentError, RenewError, ReuseError, RevokeError,
    SendEmailError, SubmitError,
};

use chancery_register::{AnchorError, CertificateError, DirectoryError, ParticipantError};

use crate::{error::PageError, routes};

impl From<Fault> for PageError {
    fn from(fault: Fault) -> Self {
        if fault.is_busy() {
            Self::Busy
        } else {
            Self::fault(fault)
        }
    }
}

impl From<chancery_register::Denied> for PageError {
    fn from(denied: chancery_register::Denied) -> Self {
        routes::denial(denied)
    }
}

impl From<ReadError> for PageError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Denied(denied) => denied.into(),
            ReadError::NotFound => Self::NotFound,
            ReadError::Fault(fault) => fault.into(),
        }
    }
}

impl From<PlaceOrderError> for PageError {
    fn from(error: PlaceOrderError) -> Self {
        match error {
            PlaceOrderError::Denied(denied) => denied.into(),
            PlaceOrderError::NoSuchProduct { .. } => Self::NotFound,
            PlaceOrderError::TooManyOpen { .. } | PlaceOrderError::Stale => Self::Busy,
            PlaceOrderError::Fault(fault) => fault.into(),
        }
    }
}

impl From<DraftError> for PageError {
    fn from(error: DraftError) -> Self {
        match error {
            DraftError::Denied(denied) => denied.into(),
            DraftError::NotFound => Self::NotFound,
            DraftError::TooLarge { .. } => Self::TooLarge,
            DraftError::WrongState(_) | DraftError::Stale => Self::Overtaken,
            DraftError::Fault(fault) => fault.into(),
        }
    }
}

impl From<SubmitError> for PageError {
    fn from(error: SubmitError) -> Self {
        match error {
            SubmitError::Denied(denied) => denied.into(),
            SubmitError::NotFound => Self::NotFound,
            SubmitError::Fields(_) | SubmitError::OtherSigner => Self::Malformed,
            SubmitError::WrongState(_) | SubmitError::Stale => Self::Overtaken,
            SubmitError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ReuseError> for PageError {
    fn from(error: ReuseError) -> Self {
        match error {
            ReuseError::Denied(denied) => denied.into(),
            ReuseError::NotFound | ReuseError::NotUsable => Self::NotFound,
            ReuseError::Fields(_) => Self::Malformed,
            ReuseError::WrongState(_) | ReuseError::Stale => Self::Overtaken,
            ReuseError::Fault(fault) => fault.into(),
        }
    }
}

impl From<RemoveDocumentError> for PageError {
    fn from(error: RemoveDocumentError) -> Self {
        match error {
            RemoveDocumentError::Denied(denied) => denied.into(),
            RemoveDocumentError::NotFound => Self::NotFound,
            RemoveDocumentError::Submitted | RemoveDocumentError::Stale => Self::Overtaken,
            RemoveDocumentError::Fault(fault) => fault.into(),
        }
    }
}

impl From<SendEmailError> for PageError {
    fn from(error: SendEmailError) -> Self {
        match error {
            SendEmailError::Denied(denied) => denied.into(),
            SendEmailError::NotFound => Self::NotFound,
            SendEmailError::Fields(_) => Self::Malformed,
            SendEmailError::WrongState(_)
            | SendEmailError::TooMany { .. }
            | SendEmailError::Stale => Self::Overtaken,
            SendEmailError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ConfirmEmailError> for PageError {
    fn from(error: ConfirmEmailError) -> Self {
        match error {
            ConfirmEmailError::Denied(denied) => denied.into(),
            ConfirmEmailError::NotFound => Self::NotFound,
            ConfirmEmailError::UsedUp
            | ConfirmEmailError::Expired
            | ConfirmEmailError::WrongCode { .. }
            | ConfirmEmailError::Blocked
            | ConfirmEmailError::WrongState(_)
            | ConfirmEmailError::Stale => Self::Overtaken,
            ConfirmEmailError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ActivateError> for PageError {
    fn from(error: ActivateError) -> Self {
        match error {
            ActivateError::Denied(denied) => denied.into(),
            ActivateError::NotFound => Self::NotFound,
            ActivateError::Fields(_) | ActivateError::Csr(_) => Self::Malformed,
            ActivateError::WrongState(_)
            | ActivateError::AlreadyIssued { .. }
            | ActivateError::EvidenceTooOld { .. }
            | ActivateError::FormerRevoked { .. }
            | ActivateError::Stale => Self::Overtaken,
            ActivateError::Busy => Self::Busy,
            error @ (ActivateError::Refused(_) | ActivateError::NoProfile { .. }) => {
                Self::fault(error)
            }
            ActivateError::Fault(fault) => fault.into(),
        }
    }
}

impl From<RenewError> for PageError {
    fn from(error: RenewError) -> Self {
        match error {
            RenewError::Denied(denied) => denied.into(),
            RenewError::NotFound => Self::NotFound,
            RenewError::Fields(_) => Self::Malformed,
            RenewError::Obstacle(_) | RenewError::Stale => Self::Overtaken,
            RenewError::TooManyOpen { .. } | RenewError::TooManyCodes { .. } => Self::Busy,
            RenewError::Fault(fault) => fault.into(),
        }
    }
}

impl From<GiveOutError> for PageError {
    fn from(error: GiveOutError) -> Self {
        match error {
            GiveOutError::Denied(denied) => denied.into(),
            GiveOutError::NotFound => Self::NotFound,
            GiveOutError::OwnApplication => Self::Forbidden,
            GiveOutError::NotCollectable(error) => (*error).into(),
            GiveOutError::WrongState(_) | GiveOutError::Stale => Self::Overtaken,
            GiveOutError::Fault(fault) => fault.into(),
        }
    }
}

impl From<DecideError> for PageError {
    fn from(error: DecideError) -> Self {
        match error {
            DecideError::Denied(denied) => denied.into(),
            DecideError::NotFound => Self::NotFound,
            DecideError::OwnApplication => Self::Forbidden,
            DecideError::Reason(_) => Self::Malformed,
            DecideError::Changed { .. } | DecideError::WrongState(_) | DecideError::Stale => {
                Self::Overtaken
            }
            DecideError::Fault(fault) => fault.into(),
        }
    }
}

impl From<RevokeError> for PageError {
    fn from(error: RevokeError) -> Self {
        match error {
            RevokeError::Denied(denied) => denied.into(),
            RevokeError::NotFound => Self::NotFound,
            RevokeError::Reason { .. } => Self::Malformed,
            RevokeError::AlreadyRevoked { .. } | RevokeError::Expired | RevokeError::Stale => {
                Self::Overtaken
            }
            error @ RevokeError::Authority(_) => Self::fault(error),
            RevokeError::Fault(fault) => fault.into(),
        }
    }
}

impl From<CertificateError> for PageError {
    fn from(error: CertificateError) -> Self {
        match error {
            CertificateError::Denied(denied) => denied.into(),
            CertificateError::NotTheirs | CertificateError::NoSuchCertificate => Self::NotFound,
            CertificateError::File(_)
            | CertificateError::OnlyAuthorities
            | CertificateError::Several { .. }
            | CertificateError::Unreadable(_)
            | CertificateError::UnsupportedAuthority { .. }
            | CertificateError::InvalidPath(_)
            | CertificateError::Expired { .. }
            | CertificateError::NotYetValid { .. }
            | CertificateError::Revoked { .. }
            | CertificateError::Unfit { .. }
            | CertificateError::Proof(_) => Self::Malformed,
            CertificateError::AlreadyRegistered
            | CertificateError::RegisteredByOther
            | CertificateError::NoFreePair { .. } => Self::Overtaken,
            CertificateError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ParticipantError> for PageError {
    fn from(error: ParticipantError) -> Self {
        match error {
            ParticipantError::Denied(denied) => denied.into(),
            ParticipantError::NotPermitted(_) => Self::Forbidden,
            // Whether there is such an organisation is nobody's business who is not in it.
            ParticipantError::NotAuthorised
            | ParticipantError::NoSuchMember
            | ParticipantError::NotRepresentative
            | ParticipantError::NoSuchOrganization => Self::NotFound,
            ParticipantError::AlreadyIn
            | ParticipantError::AlreadyMember
            | ParticipantError::LastAuthorised
            | ParticipantError::TooManyAsked { .. } => Self::Overtaken,
            ParticipantError::TryAgain => Self::Busy,
            ParticipantError::NobodysName | ParticipantError::Oneself => Self::Malformed,
            ParticipantError::Wait(wait) => Self::TooMany(wait),
            ParticipantError::Fault(fault) => fault.into(),
        }
    }
}

impl From<AnchorError> for PageError {
    fn from(error: AnchorError) -> Self {
        match error {
            AnchorError::NotPermitted(_) => Self::Forbidden,
            AnchorError::NoSuchAnchor => Self::NotFound,
            AnchorError::AlreadyListed => Self::Overtaken,
            AnchorError::File(_)
            | AnchorError::Several { .. }
            | AnchorError::NoAuthority
            | AnchorError::MaySignNothing
            | AnchorError::WeakKey { .. }
            | AnchorError::Expired { .. }
            | AnchorError::NotYetValid { .. }
            | AnchorError::NoPurpose
            | AnchorError::TooManyPolicies { .. } => Self::Malformed,
            AnchorError::Fault(fault) => fault.into(),
        }
    }
}

impl From<DirectoryError> for PageError {
    fn from(error: DirectoryError) -> Self {
        match error {
            DirectoryError::Denied(denied) => denied.into(),
            DirectoryError::TooShort { .. } => Self::Malformed,
            DirectoryError::Wait(wait) => Self::TooMany(wait),
            DirectoryError::Fault(fault) => fault.into(),
        }
    }
}
