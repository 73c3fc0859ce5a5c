//! Why something about a device was not done.

use std::time::Duration;

use chancery_store::Timestamp;

use crate::{Denied, Fault, text::TextError};

/// A step of a pairing was not taken.
#[derive(Debug, thiserror::Error)]
pub enum PairingError {
    /// The session may not do it at all.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// No such pairing: never begun, over, cancelled, or somebody else's; which of them is not told.
    #[error("there is no such pairing")]
    NotFound,
    /// Another device has read the code already.
    #[error("another device has read this code")]
    Taken,
    /// It is not this step's turn, or was taken before.
    #[error("it is not this step's turn")]
    OutOfTurn,
    /// What was left does not fit what was promised: an opening that is not of the commitment, a request for another key.
    #[error("what was sent is not what was announced")]
    Mismatch,
    /// More than may be sent.
    #[error("{octets} octets are more than the {limit} that may be sent")]
    TooLarge {
        /// What was sent.
        octets: usize,
        /// What may be sent.
        limit: usize,
    },
    /// The device's name cannot stand.
    #[error("the name cannot stand")]
    Name(#[from] TextError),
    /// The person has as many devices as anybody.
    #[error("there are {limit} devices already; remove one first")]
    TooMany {
        /// How many.
        limit: usize,
    },
    /// Too many codes were shown lately; the next one after this time.
    #[error("too many pairings were begun")]
    Wait(Duration),
    /// Something beneath failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Something about a device was not done.
#[derive(Debug, thiserror::Error)]
pub enum DeviceError {
    /// The session may not do it at all.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// No such device, or somebody else's.
    #[error("there is no such device")]
    NotFound,
    /// It is still in use: it is revoked before it is taken off the list.
    #[error("the device is in use; revoke it first")]
    InUse,
    /// The name cannot stand.
    #[error("the name cannot stand")]
    Name(#[from] TextError),
    /// The proof that it is the device is worth nothing.
    #[error("the proof that it is the device was not accepted")]
    Proof,
    /// It was revoked.
    #[error("the device was revoked")]
    Revoked {
        /// When.
        at: Timestamp,
    },
    /// Its certificate has ended: it is paired anew.
    #[error("the device's certificate has expired")]
    Late {
        /// When.
        at: Timestamp,
    },
    /// The certificate is not the device's last one.
    #[error("the device has another certificate since")]
    Superseded,
    /// Too many tries; the next one after this time.
    #[error("too many tries")]
    Wait(Duration),
    /// Something beneath failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}
