//! Devices as they are shown.

use chancery_store::{FromRow, Row, RowError, Timestamp};

use super::{Way, way};
use crate::{DeviceId, PersonId};

/// A device of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Its id; stands in its certificates as serialNumber of the subject.
    pub id: DeviceId,
    /// Whose it is.
    pub holder: PersonId,
    /// What its holder calls it.
    pub name: String,
    /// Whether it has a key of its own.
    pub way: Way,
    /// When it was paired.
    pub paired_at: Timestamp,
    /// When it last logged in or renewed itself.
    pub used_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
    /// What was sent to it, where it has no key of its own.
    pub subject: Option<String>,
    /// The last second of its certificate.
    pub not_after: Option<Timestamp>,
}

/// How a device stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceState {
    /// In use.
    Active,
    /// It stayed away until its certificate ended: it is paired anew.
    Expired,
    /// Revoked.
    Revoked,
}

impl Device {
    /// How it stands at `now`.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> DeviceState {
        if self.revoked_at.is_some() {
            return DeviceState::Revoked;
        }
        match self.not_after {
            Some(end) if now.as_secs() > end.as_secs() => DeviceState::Expired,
            _ => DeviceState::Active,
        }
    }
}

/// The columns in the order that [`Device`] reads them.
macro_rules! device_columns {
    () => {
        "d.id, d.person, d.name, d.kind, d.paired_at, d.used_at, d.revoked_at, d.subject, d.not_after"
    };
}
pub(super) use device_columns;

impl FromRow for Device {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            id: DeviceId::new(row.id(0)?),
            holder: PersonId::new(row.id(1)?),
            name: row.text(2)?,
            way: way(row, 3)?,
            paired_at: row.time(4)?,
            used_at: row.opt_time(5)?,
            revoked_at: row.opt_time(6)?,
            subject: row.opt_text(7)?,
            not_after: row.opt_time(8)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use chancery_store::Id;

    use super::*;

    #[test]
    fn the_last_second_belongs_to_the_validity() {
        let device = |not_after: Option<i64>, revoked: bool| Device {
            id: DeviceId::new(Id::from_bytes([1; 16])),
            holder: PersonId::new(Id::from_bytes([2; 16])),
            name: "Telephone".to_owned(),
            way: Way::OwnKey,
            paired_at: Timestamp::from_secs(0),
            used_at: None,
            revoked_at: revoked.then_some(Timestamp::from_secs(5)),
            subject: None,
            not_after: not_after.map(Timestamp::from_secs),
        };
        let state = |device: Device, now| device.state(Timestamp::from_secs(now));
        assert_eq!(state(device(Some(10), false), 10), DeviceState::Active);
        assert_eq!(state(device(Some(10), false), 11), DeviceState::Expired);
        assert_eq!(state(device(Some(10), true), 9), DeviceState::Revoked);
        assert_eq!(state(device(None, false), 1 << 40), DeviceState::Active);
    }
}
