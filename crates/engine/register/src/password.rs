//! Choosing a password.

use std::time::Duration;

use chancery_store::{Batch, Timestamp, args};
use secrecy::{ExposeSecret, SecretString};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::{
    AuthLevel, Awaiting, Fault, LogIn, Notice, Person, Principal, Register,
    log_in::Standing,
    proved_lately::OwnPasswordError,
    registration::typed_code,
    session::{is_conflict, rotate_session},
    text::fold,
};

/// Shortest password, in characters.
const SHORTEST: usize = 10;
/// Longest password, in characters: Argon2 takes any, the estimate of strength does not.
const LONGEST: usize = 128;

/// Why a password is too weak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Fewer than `min` characters.
    #[error("shorter than {min} characters")]
    Short {
        /// The least.
        min: usize,
    },
    /// More than `max` characters.
    #[error("longer than {max} characters")]
    Long {
        /// The most.
        max: usize,
    },
    /// A control character in it, which no keyboard types twice the same way.
    #[error("a control character in it")]
    Control,
    /// Easily guessed: a common password, a date, a row of keys.
    #[error("easily guessed")]
    Guessable,
    /// It contains the person's name or address.
    #[error("it contains the name or the address")]
    Personal,
    /// It is the present password or the access code.
    #[error("it is the old one")]
    Same,
}

/// The password was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeSecretError {
    /// The present password is wrong or missing.
    #[error("the present password is wrong")]
    WrongCurrent,
    /// The new one is too weak.
    #[error("the new password is too weak")]
    Weak(#[from] WeakPassword),
    /// The second factor has to be given first.
    #[error("the second factor comes first")]
    SecondFactorFirst,
    /// Too many wrong present passwords; the next try after this time.
    #[error("too many tries")]
    Wait(Duration),
    /// The session ended meanwhile.
    #[error("the session is over")]
    SessionOver,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// The password as it is hashed: composed, so that every keyboard types the same (NIST SP 800-63B,
/// section 5.1.1.2).
pub(crate) fn composed(secret: &SecretString) -> SecretString {
    let typed = secret.expose_secret();
    if typed.len() > LONGEST * 16 {
        // Never a password of ours; the hash of a prefix costs the same and matches nothing longer.
        return SecretString::from(typed.chars().take(LONGEST + 1).collect::<String>());
    }
    let text = Zeroizing::new(typed.nfkc().collect::<String>());
    SecretString::from(text.as_str())
}

/// Judges a password by itself and by whose it is.
pub(crate) fn judge(
    secret: &SecretString,
    full_name: &str,
    login_names: &[&str],
) -> Result<(), WeakPassword> {
    let text = composed(secret);
    let text = text.expose_secret();
    let length = text.chars().count();
    if length < SHORTEST {
        return Err(WeakPassword::Short { min: SHORTEST });
    }
    if length > LONGEST {
        return Err(WeakPassword::Long { max: LONGEST });
    }
    if text.chars().any(char::is_control) {
        return Err(WeakPassword::Control);
    }
    let folded = Zeroizing::new(fold(text));
    let mut own: Vec<String> = login_names.iter().map(|name| fold(name)).collect();
    own.extend(login_names.iter().filter_map(|name| {
        let (local, _) = name.split_once('@')?;
        Some(fold(local))
    }));
    own.push(fold(full_name));
    own.extend(fold(full_name).split(' ').map(str::to_owned));
    own.retain(|word| word.chars().count() >= 4);
    if own.iter().any(|word| folded.contains(word.as_str())) {
        return Err(WeakPassword::Personal);
    }
    let inputs: Vec<&str> = own.iter().map(String::as_str).collect();
    if zxcvbn::zxcvbn(text, &inputs).score() < zxcvbn::Score::Three {
        return Err(WeakPassword::Guessable);
    }
    Ok(())
}

impl Register {
    /// Chooses a new password. At [`AuthLevel::Code`] the session itself is the proof and `current` is
    /// not looked at. All other sessions end, and this one goes on under the returned token.
    pub async fn change_secret(
        &self,
        principal: &Principal,
        current: Option<&SecretString>,
        new: &SecretString,
        now: Timestamp,
    ) -> Result<LogIn, ChangeSecretError> {
        if principal.awaiting == Some(Awaiting::TotpCode) {
            return Err(ChangeSecretError::SecondFactorFirst);
        }
        let (Some(person), Some(secrets)) = (
            self.person(principal.person).await?,
            self.secrets_of_person(principal.person).await?,
        ) else {
            return Err(ChangeSecretError::SessionOver);
        };
        let by_code = principal.level == AuthLevel::Code;
        if !by_code {
            let current = current.ok_or(ChangeSecretError::WrongCurrent)?;
            self.own_password(principal, (&person, &secrets), current, now)
                .await?;
        }
        self.judge_for(&person, new)?;
        let new = composed(new);
        let is_old = self
            .hasher
            .verify(&new, secrets.password.as_deref())
            .await
            .map_err(Fault::from)?;
        if is_old {
            return Err(WeakPassword::Same.into());
        }
        let hash = self.hasher.hash(&new).await.map_err(Fault::from)?;
        let mut batch = Batch::new();
        // A code that was mailed meanwhile dies with the one that was used.
        batch.one(
            "update register_people set password = $1, code = null, code_expires_at = null,
                code_sent_at = null, version = version + 1
             where id = $2",
            args![hash, person.id],
        );
        let (level, proved) = after_change(principal, person.has_second_factor);
        let token = rotate_session(&mut batch, self, principal, (level, proved), now)?;
        end_others(&mut batch, principal, &token);
        let notice = Notice::PasswordChanged {
            full_name: person.full_name.clone(),
            at: now.as_secs(),
        };
        self.notify(&mut batch, &person.email, person.language, notice, now)?;
        let object = ("person", person.id.to_string());
        let actor = principal.actor();
        self.record(
            &mut batch,
            "person.change-password",
            actor,
            object,
            None,
            now,
        )?;
        match self.store.commit(batch).await {
            Ok(()) => {}
            Err(error) if is_conflict(&error) => return Err(ChangeSecretError::SessionOver),
            Err(error) => return Err(Fault::from(error).into()),
        }
        let standing = Standing {
            roles: &person.roles,
            has_second_factor: person.has_second_factor,
        };
        Ok(LogIn::of(token, level, proved, standing))
    }

    /// Whether a password would be taken for this person.
    fn judge_for(&self, person: &Person, new: &SecretString) -> Result<(), WeakPassword> {
        if typed_code(new).is_some_and(|code| looks_mailed(&code, new)) {
            return Err(WeakPassword::Same);
        }
        judge(
            new,
            &person.full_name,
            &[
                &person.email.to_string(),
                &person.registration_number.to_string(),
                &self.config.environment,
            ],
        )
    }
}

impl From<OwnPasswordError> for ChangeSecretError {
    fn from(error: OwnPasswordError) -> Self {
        match error {
            OwnPasswordError::Wrong => Self::WrongCurrent,
            OwnPasswordError::Wait(wait) => Self::Wait(wait),
            OwnPasswordError::Fault(fault) => fault.into(),
        }
    }
}

/// An access code in its groups, typed as the new password.
fn looks_mailed(code: &SecretString, typed: &SecretString) -> bool {
    let typed = typed.expose_secret().trim();
    typed.len() == 19
        && typed.split('-').count() == 4
        && code.expose_secret() == typed.replace('-', "").to_ascii_uppercase()
}

/// The level of the session that goes on after the password was changed.
fn after_change(principal: &Principal, has_second_factor: bool) -> (AuthLevel, bool) {
    match principal.level {
        AuthLevel::TwoFactor => (AuthLevel::TwoFactor, true),
        AuthLevel::Certificate => (AuthLevel::Certificate, principal.proved_two_factors()),
        AuthLevel::SandboxClick => (AuthLevel::SandboxClick, false),
        // Whoever has a second factor gave it before they came here ([`Awaiting::TotpCode`] is first).
        AuthLevel::Code | AuthLevel::Password if has_second_factor => (AuthLevel::TwoFactor, true),
        AuthLevel::Code | AuthLevel::Password => (AuthLevel::Password, false),
    }
}

fn end_others(batch: &mut Batch, principal: &Principal, kept: &crate::Token) {
    batch.any(
        "delete from register_sessions where person = $1 and token <> $2",
        args![principal.person, kept.digest()],
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(text: &str) -> Result<(), WeakPassword> {
        judge(
            &SecretString::from(text),
            "Jana Nováková",
            &["jana.novakova@example.cz", "R-204718-3"],
        )
    }

    #[test]
    fn good_passwords_pass() {
        for text in [
            "velbloud-pod-okapem-7",
            "correct horse battery staple",
            "žluťoučký kůň úpěl",
            "x9$Kq2!vLm#4",
        ] {
            assert_eq!(judged(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn weak_passwords_are_told_why() {
        for (text, why) in [
            ("", WeakPassword::Short { min: 10 }),
            ("x9$Kq2!vL", WeakPassword::Short { min: 10 }),
            ("password123", WeakPassword::Guessable),
            ("qwertyuiop", WeakPassword::Guessable),
            ("aaaaaaaaaaaaaaaa", WeakPassword::Guessable),
            ("x9$Kq2!vLm#4\u{7}", WeakPassword::Control),
            ("Nováková-x9$Kq2", WeakPassword::Personal),
            ("JANA.NOVAKOVA-77x", WeakPassword::Personal),
            ("R-204718-3-x9$Kq2", WeakPassword::Personal),
        ] {
            assert_eq!(judged(text), Err(why), "{text}");
        }
        assert_eq!(
            judged(&"x9$Kq2!vLm#4".repeat(20)),
            Err(WeakPassword::Long { max: 128 })
        );
    }

    #[test]
    fn every_keyboard_types_the_same() {
        let composed_ = composed(&SecretString::from("ku\u{30a}n\u{30c}"));
        assert_eq!(composed_.expose_secret(), "kůň");
    }
}
