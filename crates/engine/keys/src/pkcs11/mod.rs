//! Keys in a token (PKCS #11): a hardware security module, a card, or `SoftHSM2`.
//!
//! A module is loaded and initialised once in a process ([`module`]). A [`Token`] keeps one session logged in and
//! lends a session to each thread that works ([`token`]); when the token is lost, one thread sets the line up again, and a
//! PIN that the token refused is never tried again. A [`TokenKey`] names its objects by `CKA_ID` and does what the
//! token's mechanisms allow ([`key`]).

mod error;
mod generate;
mod key;
mod mechanism;
mod module;
mod public;
mod token;
mod uri;

pub use error::{PinError, PinTries, TokenError};
pub use key::TokenKey;
pub use token::Token;
pub use uri::{ObjectType, Pkcs11Uri, UriError};
