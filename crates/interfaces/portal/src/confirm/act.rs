//! The sensitive acts: what is done, and to what.

use std::fmt;

use chancery_register::{
    AnchorId, AuthLevel, DeviceId, OrganizationId, ParticipantId, PersonId, Principal,
    RegisteredCertificateId,
};
use chancery_store::Id;

use crate::error::PageError;

/// What is done, and to what. Its text, as forms and queries carry it, is the name and the ids: `withdraw 0af3…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// A certificate is revoked.
    Revoke(Id),
    /// The password changes; its form asks for the present one itself.
    Password,
    /// A second factor is set up.
    SecondFactor,
    /// A device is paired, whichever: what is confirmed is that there will be another one.
    Pair,
    DeviceRevoke(DeviceId),
    DeviceForget(DeviceId),
    /// A certificate is registered for oneself.
    Register,
    /// The same for a member of an organisation.
    RegisterFor(ParticipantId, PersonId),
    /// A registered certificate begins to log in; the proof of its key goes along.
    Prove(RegisteredCertificateId),
    Withdraw(RegisteredCertificateId),
    WithdrawFor(ParticipantId, PersonId, RegisteredCertificateId),
    /// An organisation is brought in by who represents it.
    BringIn(OrganizationId),
    /// One agrees to belong to an organisation, whose authorised persons then act for one.
    Join(ParticipantId),
    Leave(ParticipantId),
    /// Somebody is asked to belong to an organisation.
    Ask(ParticipantId),
    /// A member's right to act for the others changes.
    Authorise(ParticipantId, PersonId),
    Expel(ParticipantId, PersonId),
    /// The registration authority brings an organisation in and asks an authorised person.
    DeskBringIn(OrganizationId),
    /// The registration authority asks an authorised person of an organisation that takes part.
    DeskAuthorise(ParticipantId),
    AnchorAdd,
    AnchorChange(AnchorId),
    AnchorRemove(AnchorId),
}

/// How a session shows that its person is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// By a fresh signature for this very act.
    Certificate,
    /// By the password, and the second factor, proved within the last minutes.
    Password,
}

impl Way {
    /// As scripts know it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Certificate => "certificate",
            Self::Password => "password",
        }
    }
}

/// Longest act in a form, in octets; ours have some dozens.
const LONGEST: usize = 200;

impl Act {
    fn parts(self) -> (&'static str, Vec<Id>) {
        match self {
            Self::Revoke(id) => ("revoke", vec![id]),
            Self::Password => ("password", vec![]),
            Self::SecondFactor => ("second-factor", vec![]),
            Self::Pair => ("device", vec![]),
            Self::DeviceRevoke(id) => ("device-revoke", vec![id.id()]),
            Self::DeviceForget(id) => ("device-forget", vec![id.id()]),
            Self::Register => ("register", vec![]),
            Self::RegisterFor(id, person) => ("register-for", vec![id.id(), person.id()]),
            Self::Prove(id) => ("prove", vec![id.id()]),
            Self::Withdraw(id) => ("withdraw", vec![id.id()]),
            Self::WithdrawFor(id, person, certificate) => {
                ("withdraw-for", vec![id.id(), person.id(), certificate.id()])
            }
            Self::BringIn(id) => ("bring-in", vec![id.id()]),
            Self::Join(id) => ("join", vec![id.id()]),
            Self::Leave(id) => ("leave", vec![id.id()]),
            Self::Ask(id) => ("ask", vec![id.id()]),
            Self::Authorise(id, person) => ("authorise", vec![id.id(), person.id()]),
            Self::Expel(id, person) => ("expel", vec![id.id(), person.id()]),
            Self::DeskBringIn(id) => ("desk-bring-in", vec![id.id()]),
            Self::DeskAuthorise(id) => ("desk-authorise", vec![id.id()]),
            Self::AnchorAdd => ("anchor-add", vec![]),
            Self::AnchorChange(id) => ("anchor-change", vec![id.id()]),
            Self::AnchorRemove(id) => ("anchor-remove", vec![id.id()]),
        }
    }

    /// As a form sends it.
    pub(crate) fn parse(text: &str) -> Result<Self, PageError> {
        if text.len() > LONGEST {
            return Err(PageError::Malformed);
        }
        let (name, ids) = text.split_once(' ').unwrap_or((text, ""));
        let ids: Result<Vec<Id>, _> = ids
            .split('/')
            .filter(|id| !id.is_empty())
            .map(str::parse)
            .collect();
        let ids = ids.map_err(|_| PageError::Malformed)?;
        let act = match (name, ids.as_slice()) {
            ("revoke", [id]) => Self::Revoke(*id),
            ("password", []) => Self::Password,
            ("second-factor", []) => Self::SecondFactor,
            ("device", []) => Self::Pair,
            ("device-revoke", [id]) => Self::DeviceRevoke(DeviceId::new(*id)),
            ("device-forget", [id]) => Self::DeviceForget(DeviceId::new(*id)),
            ("register", []) => Self::Register,
            ("register-for", [id, person]) => {
                Self::RegisterFor(ParticipantId::new(*id), PersonId::new(*person))
            }
            ("prove", [id]) => Self::Prove(RegisteredCertificateId::new(*id)),
            ("withdraw", [id]) => Self::Withdraw(RegisteredCertificateId::new(*id)),
            ("withdraw-for", [id, person, certificate]) => Self::WithdrawFor(
                ParticipantId::new(*id),
                PersonId::new(*person),
                RegisteredCertificateId::new(*certificate),
            ),
            ("bring-in", [id]) => Self::BringIn(OrganizationId::new(*id)),
            ("join", [id]) => Self::Join(ParticipantId::new(*id)),
            ("leave", [id]) => Self::Leave(ParticipantId::new(*id)),
            ("ask", [id]) => Self::Ask(ParticipantId::new(*id)),
            ("authorise", [id, person]) => {
                Self::Authorise(ParticipantId::new(*id), PersonId::new(*person))
            }
            ("expel", [id, person]) => Self::Expel(ParticipantId::new(*id), PersonId::new(*person)),
            ("desk-bring-in", [id]) => Self::DeskBringIn(OrganizationId::new(*id)),
            ("desk-authorise", [id]) => Self::DeskAuthorise(ParticipantId::new(*id)),
            ("anchor-add", []) => Self::AnchorAdd,
            ("anchor-change", [id]) => Self::AnchorChange(AnchorId::new(*id)),
            ("anchor-remove", [id]) => Self::AnchorRemove(AnchorId::new(*id)),
            _ => return Err(PageError::Malformed),
        };
        // One text an act: no second spelling of an id.
        if act.to_string() == text {
            Ok(act)
        } else {
            Err(PageError::Malformed)
        }
    }

    /// The key of its words.
    pub(crate) fn words(self) -> String {
        format!("confirm-act-{}", self.parts().0)
    }

    /// Whether it makes or widens a credential, trust or somebody's rights: then a stolen cookie must not do, whatever opened the session.
    /// What only takes away can be made good again, and is not to be held up.
    const fn widens(self) -> bool {
        match self {
            Self::SecondFactor
            | Self::Pair
            | Self::Register
            | Self::RegisterFor(..)
            | Self::Prove(_)
            | Self::BringIn(_)
            | Self::Join(_)
            | Self::Ask(_)
            | Self::Authorise(..)
            | Self::DeskBringIn(_)
            | Self::DeskAuthorise(_)
            | Self::AnchorAdd
            | Self::AnchorChange(_) => true,
            Self::Revoke(_)
            | Self::Password
            | Self::DeviceRevoke(_)
            | Self::DeviceForget(_)
            | Self::Withdraw(_)
            | Self::WithdrawFor(..)
            | Self::Leave(_)
            | Self::Expel(..)
            | Self::AnchorRemove(_) => false,
        }
    }

    /// What the session has to show for it, if anything.
    pub(super) fn way(self, principal: &Principal) -> Option<Way> {
        match principal.level {
            // The proof that goes along is a fresh signature already.
            AuthLevel::Certificate if matches!(self, Self::Prove(_)) => None,
            AuthLevel::Certificate => Some(Way::Certificate),
            _ if principal.proves_by_password() && self.widens() => Some(Way::Password),
            _ => None,
        }
    }

    /// Whether the form can be sent on from the page of the proof. One with passwords in it is not shown again, and that of a pairing is a
    /// script's.
    pub(super) const fn goes_on(self) -> bool {
        !matches!(self, Self::Password | Self::Pair)
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, ids) = self.parts();
        f.write_str(name)?;
        for (at, id) in ids.iter().enumerate() {
            write!(f, "{}{id}", if at == 0 { ' ' } else { '/' })?;
        }
        Ok(())
    }
}

/// One of each, for tests and samples.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn every() -> Vec<Act> {
    let id = Id::from_bytes([1; 16]);
    let (participant, person) = (ParticipantId::new(id), PersonId::new(id));
    let certificate = RegisteredCertificateId::new(id);
    vec![
        Act::Revoke(id),
        Act::Password,
        Act::SecondFactor,
        Act::Pair,
        Act::DeviceRevoke(DeviceId::new(id)),
        Act::DeviceForget(DeviceId::new(id)),
        Act::Register,
        Act::RegisterFor(participant, person),
        Act::Prove(certificate),
        Act::Withdraw(certificate),
        Act::WithdrawFor(participant, person, certificate),
        Act::BringIn(OrganizationId::new(id)),
        Act::Join(participant),
        Act::Leave(participant),
        Act::Ask(participant),
        Act::Authorise(participant, person),
        Act::Expel(participant, person),
        Act::DeskBringIn(OrganizationId::new(id)),
        Act::DeskAuthorise(participant),
        Act::AnchorAdd,
        Act::AnchorChange(AnchorId::new(id)),
        Act::AnchorRemove(AnchorId::new(id)),
    ]
}

#[cfg(test)]
mod tests {
    use super::{Act, every};
    use crate::words::Language;

    #[test]
    fn an_act_reads_as_it_is_written() {
        for act in every() {
            assert_eq!(Act::parse(&act.to_string()).unwrap(), act);
        }
        let id = "01".repeat(16);
        for text in [
            String::new(),
            " x".to_owned(),
            "revoke".to_owned(),
            "revoke x".to_owned(),
            format!("Revoke {id}"),
            format!("revoke  {id}"),
            format!("revoke {id}/"),
            format!("revoke {id}/{id}"),
            format!("device {id}"),
            format!("anchor-change {}", id.replace('0', "A")),
            format!("revoke {}", "0".repeat(200)),
        ] {
            assert!(Act::parse(&text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn every_act_has_words() {
        for language in Language::all() {
            for act in every() {
                let key = act.words();
                assert_ne!(language.message(&key).to_string(), key, "{act}");
            }
        }
    }
}
