//! Devices of people: pairing one with an account, the list of them, and their certificates.
//!
//! A pairing is a small mailbox between two sides of one person: the session that shows a code and the device that read it. What they
//! leave for each other, in which order and why nobody between learns or replaces anything, is `docs/reference/pairing.md`; here it is
//! made sure that each thing is left once, by whom it is due from, in time, and within its size.

mod certificate;
mod desktop;
mod error;
mod list;
mod phone;
mod view;

use std::time::Duration;

use chancery_keys::AwsLc;
use chancery_store::{Batch, FromRow, Row, RowError, Timestamp, args};
use chancery_x509::{Crypto as _, DigestAlgorithm};

pub(crate) use certificate::used;
pub use certificate::{Certified, DeviceCertificate, Renewing};
pub use desktop::{Begun, DesktopView, NewPairing, Peer};
pub use error::{DeviceError, PairingError};
pub use phone::{Certifying, FoundPairing, Join, PhoneView};
pub use view::{Device, DeviceState};

/// A code that was shown can be read for so long.
pub const CODE_LIFE: Duration = Duration::from_mins(5);
/// From then on, the exchange may take so long.
pub const EXCHANGE_LIFE: Duration = Duration::from_mins(10);
/// Most devices of a person that are not revoked.
pub const MAX_DEVICES: usize = 20;
/// Most octets of what is sent from one side to the other, sealed.
pub const MAX_SEALED: usize = 64 * 1024;
/// Longest name of a device, in characters.
pub const MAX_DEVICE_NAME: usize = 60;

/// Octets of an uncompressed point on P-256 (SEC 1 section 2.3.3).
pub const POINT: usize = 65;

/// How a device is to log in and sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It makes a key of its own and gets a certificate for it.
    OwnKey,
    /// It is sent a certificate with its key.
    Copy,
}

impl Way {
    /// The name in messages and in the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OwnKey => "own-key",
            Self::Copy => "copy",
        }
    }

    /// By its name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::OwnKey, Self::Copy]
            .into_iter()
            .find(|way| way.name() == name)
    }
}

/// How far a pairing has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairingState {
    /// The code is shown.
    Open,
    /// A device read it and left its key.
    Joined,
    /// The desktop has opened its commitment: both sides can show the code to compare.
    Revealed,
    /// On the device somebody said that the codes are the same.
    Confirmed,
    /// So did somebody at the desktop.
    Approved,
    /// The device has what it was paired for.
    Done,
    /// One of the sides said no.
    Refused,
}

impl PairingState {
    const ALL: [Self; 7] = [
        Self::Open,
        Self::Joined,
        Self::Revealed,
        Self::Confirmed,
        Self::Approved,
        Self::Done,
        Self::Refused,
    ];

    /// The name in messages and in the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Joined => "joined",
            Self::Revealed => "revealed",
            Self::Confirmed => "confirmed",
            Self::Approved => "approved",
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }

    fn read(row: &Row, column: usize) -> Result<Self, RowError> {
        let name = row.text(column)?;
        Self::ALL
            .into_iter()
            .find(|state| state.name() == name)
            .ok_or(RowError {
                column,
                expected: "the state of a pairing",
            })
    }
}

fn way(row: &Row, column: usize) -> Result<Way, RowError> {
    Way::from_name(&row.text(column)?).ok_or(RowError {
        column,
        expected: "a way of pairing",
    })
}

fn octets<const N: usize>(row: &Row, column: usize) -> Result<Option<[u8; N]>, RowError> {
    let Some(octets) = row.opt_bytes(column)? else {
        return Ok(None);
    };
    let octets = <[u8; N]>::try_from(octets.as_slice());
    octets.map(Some).map_err(|_| RowError {
        column,
        expected: "octets of a fixed length",
    })
}

/// A pairing as both sides find it.
struct Pairing {
    id: crate::PairingId,
    person: crate::PersonId,
    way: Way,
    state: PairingState,
    subject: Option<String>,
    commitment: [u8; 32],
    expires_at: Timestamp,
    peer_key: Option<[u8; POINT]>,
    peer_nonce: Option<[u8; 32]>,
    device_key: Option<[u8; 32]>,
    device_name: Option<String>,
    opening: Option<[u8; POINT + 32]>,
    confirmation: Option<[u8; 32]>,
    sealed: Option<Vec<u8>>,
    device: Option<crate::DeviceId>,
    reader: Option<[u8; 32]>,
    second_factor: bool,
}

/// The columns in the order that [`Pairing`] reads them. A pairing ends with the session that began it.
macro_rules! select_pairing {
    ($tail:literal) => {
        concat!(
            "select p.id, p.person, p.way, p.state, p.subject, p.commitment, p.expires_at, p.peer_key,
                p.peer_nonce, p.device_key, p.device_name, p.opening, p.confirmation, p.sealed,
                p.device, p.reader, p.second_factor
             from register_pairings p
             join register_sessions s on s.id = p.session
             join register_people h on h.id = p.person
             where h.disabled_at is null and s.ends_at > $1 and p.expires_at > $1 and ",
            $tail
        )
    };
}
use select_pairing;

impl FromRow for Pairing {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            id: crate::PairingId::new(row.id(0)?),
            person: crate::PersonId::new(row.id(1)?),
            way: way(row, 2)?,
            state: PairingState::read(row, 3)?,
            subject: row.opt_text(4)?,
            commitment: octets(row, 5)?.unwrap_or_default(),
            expires_at: row.time(6)?,
            peer_key: octets(row, 7)?,
            peer_nonce: octets(row, 8)?,
            device_key: octets(row, 9)?,
            device_name: row.opt_text(10)?,
            opening: octets(row, 11)?,
            confirmation: octets(row, 12)?,
            sealed: row.opt_bytes(13)?,
            device: row.opt_id(14)?.map(crate::DeviceId::new),
            reader: octets(row, 15)?,
            second_factor: row.bool(16)?,
        })
    }
}

/// SHA-256.
fn sha256(octets: &[u8]) -> [u8; 32] {
    let mut digest = [0; 32];
    let computed = AwsLc.digest(DigestAlgorithm::Sha256, octets);
    for (to, from) in digest.iter_mut().zip(computed) {
        *to = from;
    }
    digest
}

/// Devices that are revoked, or that stayed away since their certificate ended, are forgotten after so long.
const MEMORY: Duration = Duration::from_hours(90 * 24);

/// Forgets what is over.
pub(crate) fn tidy(batch: &mut Batch, now: Timestamp) {
    batch
        .any(
            "delete from register_pairings where expires_at <= $1",
            args![now],
        )
        .any(
            "delete from register_device_certificates where not_after <= $1",
            args![now.minus(MEMORY)],
        )
        .any(
            "delete from register_devices
             where (revoked_at <= $1 or not_after <= $1)
                and id not in (select device from register_device_certificates)",
            args![now.minus(MEMORY)],
        );
}
