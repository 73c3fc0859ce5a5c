//! Letters of the register.

use chancery_register::{Notice, RegistrationNumber, Role};

use super::{ComposeError, Composed, Draft, Place};
use crate::words::Words;

/// Where somebody sees their registered certificates.
const REGISTERED: &str = "/settings/registered";

/// Where somebody sees the organisations that they belong to or are asked to.
const PARTICIPANTS: &str = "/participants";

impl Composed {
    /// A notice of the register in words.
    #[expect(clippy::too_many_lines, reason = "one arm a letter")]
    pub(crate) fn of_register(
        notice: &Notice,
        words: &Words,
        place: &Place,
    ) -> Result<Self, ComposeError> {
        let draft = |name, values: &_| Draft::new(words, place, name, values);
        let at = |secs: i64| [("at", words.time(secs).into())];
        let in_days = |days: u16| [("days", days.into())];
        match notice {
            // Without the name: whoever registers chooses it, and could have anything said to anybody.
            Notice::AccessCode {
                full_name: _,
                registration_number,
                code,
                expires_at,
            } => access_code(
                draft("access-code", &[]),
                registration_number,
                code,
                *expires_at,
            ),
            Notice::NewAccessCode {
                full_name: _,
                registration_number,
                code,
                expires_at,
            } => {
                let draft = draft("new-access-code", &[]);
                access_code(draft, registration_number, code, *expires_at)
            }
            Notice::AlreadyRegistered {
                full_name: _,
                registration_number,
            } => draft("already-registered", &[])
                .say("text", &[])
                .exact("registration-number", registration_number.to_string())
                .link("/lost-code")
                .finish(),
            Notice::Invitation {
                full_name: _,
                roles,
                token,
                expires_at,
            } => draft("invitation", &[("roles", names(roles, words).into())])
                .say("text", &[])
                .valid_until(*expires_at)
                .link(&format!("/invitation/{token}"))
                .say("once", &[])
                .finish(),
            Notice::PasswordChanged {
                full_name: _,
                at: when,
            } => draft("password-changed", &at(*when))
                .say("text", &[])
                .say("not-you", &[])
                .link("/lost-code")
                .finish(),
            Notice::SecondFactorChanged {
                full_name: _,
                at: when,
            } => draft("second-factor-changed", &at(*when))
                .say("text", &[])
                .say("not-you", &[])
                .link("/profile")
                .finish(),
            Notice::RecoveryCodeUsed {
                full_name: _,
                at: when,
                left,
            } => draft("recovery-code-used", &at(*when))
                .say("left", &[("left", (*left).into())])
                .say("not-you", &[])
                .link("/profile")
                .finish(),
            Notice::CertificateRegistered {
                subject,
                serial,
                by_other,
                at: when,
            } => draft("certificate-registered", &at(*when))
                .certificate(subject, serial)
                .say(if *by_other { "by-other" } else { "text" }, &[])
                .say("not-you", &[])
                .link(REGISTERED)
                .finish(),
            Notice::DevicePaired {
                full_name: _,
                device,
                own_key,
                at: when,
            } => draft("device-paired", &at(*when))
                .fact("device", device.as_str())
                .say(if *own_key { "own-key" } else { "copy" }, &[])
                .say("not-you", &[])
                .link("/settings/devices")
                .finish(),
            Notice::CertificateTaken {
                subject,
                serial,
                at: when,
            } => draft("certificate-taken", &at(*when))
                .certificate(subject, serial)
                .say("text", &[])
                .link(REGISTERED)
                .finish(),
            Notice::CertificateRemoved {
                subject,
                serial,
                at: when,
            } => draft("certificate-removed", &at(*when))
                .certificate(subject, serial)
                .say("text", &[])
                .link(REGISTERED)
                .finish(),
            Notice::MembershipAsked {
                participant,
                authorised,
                registered,
            } => membership_asked(words, place, participant, *authorised, *registered),
            Notice::MembershipEnded {
                participant,
                at: when,
            } => of_membership(
                words,
                place,
                ("membership-ended", REGISTERED),
                participant,
                *when,
            ),
            Notice::AuthorisationChanged {
                participant,
                authorised: true,
                at: when,
            } => of_membership(
                words,
                place,
                ("authorised-now", PARTICIPANTS),
                participant,
                *when,
            ),
            Notice::AuthorisationChanged {
                participant,
                authorised: false,
                at: when,
            } => {
                let about = ("authorised-no-more", PARTICIPANTS);
                of_membership(words, place, about, participant, *when)
            }
            Notice::RegisteredEnds {
                subject,
                serial,
                days,
                not_after,
            } => draft("registered-ends", &in_days(*days))
                .certificate(subject, serial)
                .valid_until(*not_after)
                .say("text", &[])
                .link(REGISTERED)
                .finish(),
            Notice::RegisteredRevoked {
                subject,
                serial,
                suspended,
                at: when,
            } => draft(revoked(*suspended), &at(*when))
                .certificate(subject, serial)
                .say("text", &[])
                .link(REGISTERED)
                .finish(),
        }
    }
}

/// To somebody whom an organisation asks; without an account they have to get one first.
fn membership_asked(
    words: &Words,
    place: &Place,
    participant: &str,
    authorised: bool,
    registered: bool,
) -> Result<Composed, ComposeError> {
    let named = [("participant", participant.into())];
    let asked_for = if authorised { "authorised" } else { "text" };
    let draft = Draft::new(words, place, "membership-asked", &named).say(asked_for, &named);
    let draft = if registered {
        draft.link(PARTICIPANTS)
    } else {
        draft.say("register", &[]).link("/register")
    };
    draft.say("not-you", &named).finish()
}

/// What changed about somebody's part in an organisation; the letter's name and where it leads.
fn of_membership(
    words: &Words,
    place: &Place,
    (name, link): (&'static str, &str),
    participant: &str,
    at: i64,
) -> Result<Composed, ComposeError> {
    let values = [
        ("participant", participant.into()),
        ("at", words.time(at).into()),
    ];
    Draft::new(words, place, name, &values)
        .say("text", &values)
        .link(link)
        .finish()
}

fn access_code(
    draft: Draft<'_>,
    number: &RegistrationNumber,
    code: &str,
    expires_at: i64,
) -> Result<Composed, ComposeError> {
    draft
        .say("text", &[])
        .exact("registration-number", number.to_string())
        .exact("access-code", code)
        .valid_until(expires_at)
        .link("/login")
        .say("not-you", &[])
        .finish()
}

const fn revoked(suspended: bool) -> &'static str {
    if suspended {
        "registered-suspended"
    } else {
        "registered-revoked"
    }
}

fn names(roles: &[Role], words: &Words) -> String {
    roles
        .iter()
        .map(|role| words.text(&format!("role-{}", role.name()), &[]))
        .collect::<Vec<_>>()
        .join(", ")
}
