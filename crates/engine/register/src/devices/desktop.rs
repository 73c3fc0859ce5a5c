//! The side that shows the code: a session of the person whose device it will be.

use chancery_store::{Batch, CommitError, FromRow, Row, RowError, Timestamp, args};

use super::{
    CODE_LIFE, MAX_DEVICES, MAX_SEALED, POINT, Pairing, PairingError, PairingState, Way,
    select_pairing,
};
use crate::{
    Denied, DeviceId, Fault, PairingId, Permission, Principal, Register,
    throttle::{self, Place},
};

/// What a commitment's digest begins with.
const COMMITMENT: &[u8] = b"chancery-pairing/1 commitment";

/// A pairing to be begun.
#[derive(Clone, Debug)]
pub struct NewPairing {
    /// What the device will get.
    pub way: Way,
    /// SHA-256 of the name of the mailbox, which only who reads the code can compute.
    pub mailbox: [u8; 32],
    /// What the desktop's key and number will be checked against.
    pub commitment: [u8; 32],
    /// For the list: what will be sent, where something is.
    pub subject: Option<String>,
}

/// A pairing that was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// Its id.
    pub id: PairingId,
    /// Whose device it will be, as the device is told: both sides bind it.
    pub account: String,
    /// Until when the code can be read.
    pub expires_at: Timestamp,
}

/// A pairing as the desktop sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DesktopView {
    /// How far it is.
    pub state: PairingState,
    /// Until when the next step can be taken.
    pub expires_at: Timestamp,
    /// What the device left.
    pub peer: Option<Peer>,
    /// What it left once somebody said there that the codes are the same.
    pub confirmation: Option<[u8; 32]>,
    /// The device, once it is one.
    pub device: Option<DeviceId>,
}

/// What a device left when it read the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peer {
    /// Its ephemeral key, an uncompressed point on P-256.
    pub key: [u8; POINT],
    /// Its number.
    pub nonce: [u8; 32],
    /// SHA-256 of the key that it wants certified; zeros where it wants none.
    pub device_key: [u8; 32],
    /// What it calls itself.
    pub name: String,
}

struct Count(i64);

impl FromRow for Count {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self(row.int(0)?))
    }
}

/// A session that still waits for something pairs nothing: the device would be more than the session is.
fn may_pair(principal: &Principal) -> Result<(), Denied> {
    principal.require(Permission::EditProfile)?;
    match principal.awaiting {
        Some(awaiting) => Err(Denied::Awaiting(awaiting)),
        None => Ok(()),
    }
}

impl Register {
    /// Begins a pairing; one that the person had begun before is over.
    pub async fn begin_pairing(
        &self,
        principal: &Principal,
        new: &NewPairing,
        now: Timestamp,
    ) -> Result<Begun, PairingError> {
        may_pair(principal)?;
        let place = Place::pairing(principal.person);
        if let Err(early) = throttle::reserve(&self.store, &place, now).await? {
            return Err(PairingError::Wait(early.wait));
        }
        let count: Option<Count> = self
            .store
            .first(
                "select count(*) from register_devices where person = $1 and revoked_at is null",
                args![principal.person],
            )
            .await
            .map_err(Fault::from)?;
        let limit = i64::try_from(MAX_DEVICES).unwrap_or(i64::MAX);
        if count.is_some_and(|count| count.0 >= limit) {
            return Err(PairingError::TooMany { limit: MAX_DEVICES });
        }
        let person = self.person(principal.person).await?;
        let person = person.ok_or(PairingError::NotFound)?;
        let id = chancery_keys::random_id(self.entropy.as_ref()).map_err(Fault::from)?;
        let id = PairingId::new(id);
        let expires_at = now.plus(CODE_LIFE);
        let subject = new.subject.as_deref();
        let subject = subject.map(|text| {
            text.chars()
                .filter(|c| !c.is_control())
                .take(200)
                .collect::<String>()
        });
        let mut batch = Batch::new();
        batch.any(
            "delete from register_pairings where person = $1 and state <> 'done'",
            args![principal.person],
        );
        batch.one(
            "insert into register_pairings (id, mailbox, person, session, way, state, subject,
                commitment, created_at, expires_at, second_factor)
             values ($1, $2, $3, $4, $5, 'open', $6, $7, $8, $9, $10)",
            args![
                id,
                new.mailbox,
                principal.person,
                principal.session,
                new.way.name(),
                subject,
                new.commitment,
                now,
                expires_at,
                principal.proved_two_factors()
            ],
        );
        let after = serde_json::json!({ "way": new.way.name() });
        let object = ("pairing", id.to_string());
        self.record(
            &mut batch,
            "device.pairing-begin",
            principal.actor(),
            object,
            Some(after),
            now,
        )?;
        match self.store.commit(batch).await {
            Ok(()) => Ok(Begun {
                id,
                account: person.full_name,
                expires_at,
            }),
            // 256 bits that somebody has: no accident.
            Err(CommitError::Constraint { unique: true, .. }) => Err(PairingError::Taken),
            Err(error) => Err(Fault::from(error).into()),
        }
    }

    /// How far a pairing of this session is.
    pub async fn pairing(
        &self,
        principal: &Principal,
        id: PairingId,
        now: Timestamp,
    ) -> Result<DesktopView, PairingError> {
        let pairing = self.own_pairing(principal, id, now).await?;
        let peer = match (pairing.peer_key, pairing.peer_nonce, pairing.device_key) {
            (Some(key), Some(nonce), Some(device_key)) => Some(Peer {
                key,
                nonce,
                device_key,
                name: pairing.device_name.unwrap_or_default(),
            }),
            _ => None,
        };
        Ok(DesktopView {
            state: pairing.state,
            expires_at: pairing.expires_at,
            peer,
            confirmation: pairing.confirmation,
            device: pairing.device,
        })
    }

    /// Opens the commitment: the key, an uncompressed point, and the number behind it.
    pub async fn reveal_pairing(
        &self,
        principal: &Principal,
        id: PairingId,
        opening: &[u8; POINT + 32],
        now: Timestamp,
    ) -> Result<(), PairingError> {
        let pairing = self.own_pairing(principal, id, now).await?;
        let digest = super::sha256([COMMITMENT, opening.as_slice()].concat().as_slice());
        if digest != pairing.commitment {
            return Err(PairingError::Mismatch);
        }
        let mut batch = Batch::new();
        batch.one(
            "update register_pairings set state = 'revealed', opening = $2
             where id = $1 and state = 'joined'",
            args![id, opening.as_slice()],
        );
        self.turn(batch).await
    }

    /// The desktop's word that the codes are the same: the device may have its certificate, or what was sealed for it.
    pub async fn approve_pairing(
        &self,
        principal: &Principal,
        id: PairingId,
        sealed: Option<&[u8]>,
        now: Timestamp,
    ) -> Result<(), PairingError> {
        let pairing = self.own_pairing(principal, id, now).await?;
        if let Some(octets) = sealed
            .map(<[u8]>::len)
            .filter(|octets| *octets > MAX_SEALED)
        {
            return Err(PairingError::TooLarge {
                octets,
                limit: MAX_SEALED,
            });
        }
        if (pairing.way == Way::Copy) != sealed.is_some() {
            return Err(PairingError::Mismatch);
        }
        let mut batch = Batch::new();
        batch.one(
            "update register_pairings set state = 'approved', sealed = $2
             where id = $1 and state = 'confirmed'",
            args![id, sealed.map(<[u8]>::to_vec)],
        );
        let object = ("pairing", id.to_string());
        self.record(
            &mut batch,
            "device.pairing-approve",
            principal.actor(),
            object,
            None,
            now,
        )?;
        self.turn(batch).await
    }

    /// Ends a pairing that is under way: the codes differ, or nobody wants it any more.
    pub async fn cancel_pairing(
        &self,
        principal: &Principal,
        id: PairingId,
        now: Timestamp,
    ) -> Result<(), PairingError> {
        self.own_pairing(principal, id, now).await?;
        let mut batch = Batch::new();
        batch.one(
            "update register_pairings set state = 'refused', sealed = null
             where id = $1 and state <> 'done'",
            args![id],
        );
        let object = ("pairing", id.to_string());
        self.record(
            &mut batch,
            "device.pairing-cancel",
            principal.actor(),
            object,
            None,
            now,
        )?;
        self.turn(batch).await
    }

    async fn own_pairing(
        &self,
        principal: &Principal,
        id: PairingId,
        now: Timestamp,
    ) -> Result<Pairing, PairingError> {
        may_pair(principal)?;
        let sql = select_pairing!("p.id = $2 and p.session = $3 and p.person = $4");
        let words = args![now, id, principal.session, principal.person];
        let found = self.store.first(sql, words).await.map_err(Fault::from)?;
        found.ok_or(PairingError::NotFound)
    }

    /// Commits a step whose turn it may not be.
    pub(super) async fn turn(&self, batch: Batch) -> Result<(), PairingError> {
        match self.store.commit(batch).await {
            Ok(()) => Ok(()),
            Err(CommitError::Conflict { .. }) => Err(PairingError::OutOfTurn),
            Err(error) => Err(Fault::from(error).into()),
        }
    }
}
