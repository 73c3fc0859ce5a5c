//! Letters of the register.

use chancery_register::{Notice, RegistrationNumber, Role};

use super::{ComposeError, Composed, Draft, Place, of_ra::grouped};
use crate::words::Words;

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
            } => with_code(draft("access-code", &[]), registration_number, code)
                .valid_until(*expires_at)
                .link("/login")
                .say("not-you", &[])
                .finish(),
            Notice::NewAccessCode {
                full_name: _,
                registration_number,
                code,
                expires_at,
            } => with_code(draft("new-access-code", &[]), registration_number, code)
                .valid_until(*expires_at)
                .link("/login")
                .say("not-you", &[])
                .finish(),
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
            } => of_certificate(draft("certificate-registered", &at(*when)), subject, serial)
                .say(if *by_other { "by-other" } else { "text" }, &[])
                .say("not-you", &[])
                .link("/profile")
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
            Notice::RegisteredEnds {
                subject,
                serial,
                days,
                not_after,
            } => of_certificate(draft("registered-ends", &in_days(*days)), subject, serial)
                .valid_until(*not_after)
                .say("text", &[])
                .link("/profile")
                .finish(),
            Notice::RegisteredRevoked {
                subject,
                serial,
                suspended,
                at: when,
            } => of_certificate(draft(revoked(*suspended), &at(*when)), subject, serial)
                .say("text", &[])
                .link("/profile")
                .finish(),
        }
    }
}

fn with_code<'a>(draft: Draft<'a>, number: &RegistrationNumber, code: &str) -> Draft<'a> {
    draft
        .say("text", &[])
        .exact("registration-number", number.to_string())
        .exact("access-code", code)
}

const fn revoked(suspended: bool) -> &'static str {
    if suspended {
        "registered-suspended"
    } else {
        "registered-revoked"
    }
}

fn of_certificate<'a>(draft: Draft<'a>, subject: &str, serial: &str) -> Draft<'a> {
    draft
        .fact("subject", subject)
        .exact("serial", grouped(serial))
}

fn names(roles: &[Role], words: &Words) -> String {
    roles
        .iter()
        .map(|role| words.text(&format!("role-{}", role.name()), &[]))
        .collect::<Vec<_>>()
        .join(", ")
}
