//! The Web eID authentication token, as anybody may send it to the log-in. The engine's module is taken as it stands: it does no I/O, and the
//! crate around it would bring a server along.

use crate::provider::CRYPTO;

#[path = "../../crates/engine/register/src/web_eid/mod.rs"]
pub mod token;

/// A token, and its verification against a certificate that the sender chose.
pub fn auth_token(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let Ok(token) = token::AuthToken::parse(text) else {
        return;
    };
    assert!(text.len() <= token::MAX_TOKEN);
    let nonce = "ZVKn9kRdmmMPCSTlb3ELYdVPBbmdqB7AVtm07pM8EuU=";
    let verified = token.verify("https://portal.example", nonce, &CRYPTO);
    if verified.is_ok() {
        // Nothing but a key that the algorithm is for.
        assert!(token.algorithm().fits(token.certificate().public_key().kind()));
    }
}
