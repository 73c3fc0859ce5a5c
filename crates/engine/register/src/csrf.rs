//! Proof that a form was served by us to the one who sends it.
//!
//! A token is the time, sealed by the vault under the session (or the visitor's cookie) as context:
//! nobody else can make one, it fits no other session, and each page carries another, so that
//! compression leaks nothing. Nothing is stored.

use std::time::Duration;

use chancery_store::Timestamp;

use crate::{Fault, Register, SessionId, Token, token};

/// A form can be sent for so long after it was served.
pub const CSRF_LIFE: Duration = Duration::from_hours(12);

const SESSION: &str = "csrf-session";
const VISITOR: &str = "csrf-visitor";

impl Register {
    /// A token for the forms of a session.
    pub fn csrf(&self, session: SessionId, now: Timestamp) -> Result<String, Fault> {
        self.csrf_under(SESSION, session.id().as_bytes(), now)
    }

    /// Whether a form's token was made for this session.
    #[must_use]
    pub fn csrf_fits(&self, session: SessionId, token: &str, now: Timestamp) -> bool {
        self.csrf_opens(SESSION, session.id().as_bytes(), token, now)
    }

    /// The value of a new visitor's cookie, for forms before log-in.
    pub fn new_visitor(&self) -> Result<Token, Fault> {
        Ok(Token::random(self.entropy.as_ref())?)
    }

    /// A token for the forms served to a visitor with this cookie.
    pub fn visitor_csrf(&self, cookie: &str, now: Timestamp) -> Result<String, Fault> {
        self.csrf_under(VISITOR, &chancery_keys::digest_code(cookie), now)
    }

    /// Whether a form's token was made for the visitor with this cookie.
    #[must_use]
    pub fn visitor_csrf_fits(&self, cookie: &str, form_token: &str, now: Timestamp) -> bool {
        token::presented(cookie)
            .is_some_and(|visitor| self.csrf_opens(VISITOR, &visitor, form_token, now))
    }

    fn csrf_under(
        &self,
        purpose: &'static str,
        context: &[u8],
        now: Timestamp,
    ) -> Result<String, Fault> {
        let sealed = self
            .vault
            .seal(purpose, context, &now.as_micros().to_be_bytes())?;
        Ok(base64::Engine::encode(
            &base64::engine::general_purpose::URL_SAFE_NO_PAD,
            sealed,
        ))
    }

    fn csrf_opens(
        &self,
        purpose: &'static str,
        context: &[u8],
        token: &str,
        now: Timestamp,
    ) -> bool {
        if token.len() > 256 {
            return false;
        }
        let Ok(sealed) =
            base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, token)
        else {
            return false;
        };
        let Ok(plain) = self.vault.open_sealed(purpose, context, &sealed) else {
            return false;
        };
        <[u8; 8]>::try_from(plain.as_slice()).is_ok_and(|micros| {
            let made = Timestamp::from_micros(i64::from_be_bytes(micros));
            // A minute ahead is another node's clock, not a forgery.
            made <= now.plus(Duration::from_mins(1)) && now <= made.plus(CSRF_LIFE)
        })
    }
}
