//! The side that read the code: a device that nobody knows yet. It shows the mailbox's name and a secret of its own.

use std::net::IpAddr;

use chancery_store::{Batch, Timestamp, args};

use super::{
    EXCHANGE_LIFE, POINT, Pairing, PairingError, PairingState, Way, certificate::Current,
    list::clean_name, select_pairing,
};
use crate::{
    DeviceCertificate, DeviceId, Fault, Notice, PairingId, PersonId, Register, person::themselves,
};

/// What a device leaves when it has read the code.
#[derive(Clone, Debug)]
pub struct Join<'a> {
    /// Its ephemeral key, an uncompressed point on P-256.
    pub key: [u8; POINT],
    /// Its number.
    pub nonce: [u8; 32],
    /// SHA-256 of the `SubjectPublicKeyInfo` that it wants certified; zeros where it wants none.
    pub device_key: [u8; 32],
    /// What it calls itself.
    pub name: &'a str,
    /// Its own secret, by which it is known from then on.
    pub reader: [u8; 32],
}

/// What it is told before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundPairing {
    /// The pairing.
    pub id: PairingId,
    /// What it will get.
    pub way: Way,
    /// Whose device it will be.
    pub account: String,
    /// What the desktop is committed to.
    pub commitment: [u8; 32],
}

/// A pairing as the device sees it.
#[derive(Debug)]
pub struct PhoneView {
    /// How far it is.
    pub state: PairingState,
    /// The desktop's key and number.
    pub opening: Option<[u8; POINT + 32]>,
    /// What was sent to it.
    pub sealed: Option<Vec<u8>>,
    /// The certificate that was issued to it.
    pub certificate: Option<DeviceCertificate>,
}

/// A device that may have its certificate now.
#[derive(Clone, Debug)]
pub struct Certifying {
    pub(super) pairing: PairingId,
    pub(super) person: PersonId,
    pub(super) name: String,
    pub(super) key_digest: [u8; 32],
    pub(super) second_factor: bool,
    /// The device that it will be.
    pub device: DeviceId,
    /// Whose.
    pub holder: PersonId,
}

impl Register {
    /// What a device must know before it shows its own number: were it told afterwards, whoever is between could choose it so that the
    /// digits of both sides are the same.
    pub async fn find_pairing(
        &self,
        mailbox: &[u8; 32],
        now: Timestamp,
    ) -> Result<FoundPairing, PairingError> {
        let pairing = self.open_pairing(mailbox, now).await?;
        let person = self.person(pairing.person).await?;
        let person = person.ok_or(PairingError::NotFound)?;
        Ok(FoundPairing {
            id: pairing.id,
            way: pairing.way,
            account: person.full_name,
            commitment: pairing.commitment,
        })
    }

    async fn open_pairing(
        &self,
        mailbox: &[u8; 32],
        now: Timestamp,
    ) -> Result<Pairing, PairingError> {
        let sql = select_pairing!("p.mailbox = $2");
        let found: Option<Pairing> = self
            .store
            .first(sql, args![now, super::sha256(mailbox)])
            .await
            .map_err(Fault::from)?;
        let pairing = found.ok_or(PairingError::NotFound)?;
        match pairing.state {
            PairingState::Open => Ok(pairing),
            PairingState::Refused => Err(PairingError::NotFound),
            _ => Err(PairingError::Taken),
        }
    }

    /// A device has read the code. Only one can. Its name must be as it will stand, for it computes with that.
    /// Gives until when the exchange must be done.
    pub async fn join_pairing(
        &self,
        mailbox: &[u8; 32],
        join: &Join<'_>,
        now: Timestamp,
    ) -> Result<Timestamp, PairingError> {
        if clean_name(join.name)? != join.name {
            return Err(PairingError::Mismatch);
        }
        let pairing = self.open_pairing(mailbox, now).await?;
        let wants_key = join.device_key != [0; 32];
        if wants_key != (pairing.way == Way::OwnKey) || join.key.first() != Some(&4) {
            return Err(PairingError::Mismatch);
        }
        let expires_at = now.plus(EXCHANGE_LIFE);
        let mut batch = Batch::new();
        batch.one(
            "update register_pairings set state = 'joined', reader = $2, peer_key = $3,
                peer_nonce = $4, device_key = $5, device_name = $6, expires_at = $7
             where id = $1 and state = 'open'",
            args![
                pairing.id,
                super::sha256(&join.reader),
                join.key.as_slice(),
                join.nonce,
                join.device_key,
                join.name,
                expires_at
            ],
        );
        match self.turn(batch).await {
            Ok(()) => Ok(expires_at),
            Err(PairingError::OutOfTurn) => Err(PairingError::Taken),
            Err(error) => Err(error),
        }
    }

    /// What the desktop did meanwhile.
    pub async fn look_into_pairing(
        &self,
        mailbox: &[u8; 32],
        reader: &[u8; 32],
        now: Timestamp,
    ) -> Result<PhoneView, PairingError> {
        let pairing = self.joined_pairing(mailbox, reader, now).await?;
        let certificate = match (pairing.way, pairing.device) {
            (Way::OwnKey, Some(device)) => self.current_certificate(device).await?,
            _ => None,
        };
        Ok(PhoneView {
            state: pairing.state,
            opening: pairing.opening,
            sealed: pairing.sealed,
            certificate: certificate.map(Current::into_certificate),
        })
    }

    /// Somebody said at the device that the codes are the same; `confirmation` proves to the desktop that the device shows the same.
    pub async fn confirm_pairing(
        &self,
        mailbox: &[u8; 32],
        reader: &[u8; 32],
        confirmation: &[u8; 32],
        now: Timestamp,
    ) -> Result<(), PairingError> {
        let pairing = self.joined_pairing(mailbox, reader, now).await?;
        let mut batch = Batch::new();
        batch.one(
            "update register_pairings set state = 'confirmed', confirmation = $2
             where id = $1 and state = 'revealed'",
            args![pairing.id, confirmation.as_slice()],
        );
        self.turn(batch).await
    }

    /// The device will not: the codes differ, or what it checked is wrong.
    pub async fn refuse_pairing(
        &self,
        mailbox: &[u8; 32],
        reader: &[u8; 32],
        from: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<(), PairingError> {
        let pairing = self.joined_pairing(mailbox, reader, now).await?;
        let mut batch = Batch::new();
        batch.one(
            "update register_pairings set state = 'refused', sealed = null
             where id = $1 and state <> 'done'",
            args![pairing.id],
        );
        let object = ("pairing", pairing.id.to_string());
        let actor = themselves(pairing.person, from);
        self.record(
            &mut batch,
            "device.pairing-refuse",
            actor,
            object,
            None,
            now,
        )?;
        self.turn(batch).await
    }

    /// The device has opened what was sent to it and keeps it: it is on the list from now on, and the cipher text is gone.
    pub async fn receive_pairing(
        &self,
        mailbox: &[u8; 32],
        reader: &[u8; 32],
        from: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<DeviceId, PairingError> {
        let pairing = self.joined_pairing(mailbox, reader, now).await?;
        if pairing.way != Way::Copy {
            return Err(PairingError::OutOfTurn);
        }
        let id = chancery_keys::random_id(self.entropy.as_ref()).map_err(Fault::from)?;
        let id = DeviceId::new(id);
        let name = pairing.device_name.unwrap_or_default();
        let mut batch = Batch::new();
        batch.one(
            "update register_pairings set state = 'done', sealed = null, device = $2
             where id = $1 and state = 'approved'",
            args![pairing.id, id],
        );
        batch.one(
            "insert into register_devices (id, person, name, kind, paired_at, used_at, subject)
             values ($1, $2, $3, 'copy', $4, $4, $5)",
            args![id, pairing.person, &name, now, pairing.subject],
        );
        let paired = (pairing.person, id, name.as_str(), Way::Copy);
        self.tell_of_pairing(&mut batch, paired, from, now).await?;
        self.turn(batch).await?;
        Ok(id)
    }

    /// Whether this device may have a certificate for the key of this digest (SHA-256 of `SubjectPublicKeyInfo`).
    pub async fn certifying(
        &self,
        mailbox: &[u8; 32],
        reader: &[u8; 32],
        key_digest: &[u8; 32],
        now: Timestamp,
    ) -> Result<Certifying, PairingError> {
        let pairing = self.joined_pairing(mailbox, reader, now).await?;
        if pairing.way != Way::OwnKey || pairing.state != PairingState::Approved {
            return Err(PairingError::OutOfTurn);
        }
        if pairing.device_key.as_ref() != Some(key_digest) {
            return Err(PairingError::Mismatch);
        }
        if self.person(pairing.person).await?.is_none() {
            return Err(PairingError::NotFound);
        }
        let id = chancery_keys::random_id(self.entropy.as_ref()).map_err(Fault::from)?;
        Ok(Certifying {
            pairing: pairing.id,
            person: pairing.person,
            name: pairing.device_name.unwrap_or_default(),
            key_digest: *key_digest,
            second_factor: pairing.second_factor,
            device: DeviceId::new(id),
            holder: pairing.person,
        })
    }

    /// Audit entry and letter of a new device.
    pub(super) async fn tell_of_pairing(
        &self,
        batch: &mut Batch,
        (holder, id, name, way): (PersonId, DeviceId, &str, Way),
        from: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let after = serde_json::json!({ "way": way.name() });
        self.record_device(
            batch,
            "device.pair",
            themselves(holder, from),
            id,
            Some(after),
            now,
        )?;
        if let Some(person) = self.person(holder).await? {
            let notice = Notice::DevicePaired {
                full_name: person.full_name.clone(),
                device: name.to_owned(),
                own_key: way == Way::OwnKey,
                at: now.as_secs(),
            };
            self.notify(batch, &person.email, person.language, notice, now)?;
        }
        Ok(())
    }

    async fn joined_pairing(
        &self,
        mailbox: &[u8; 32],
        reader: &[u8; 32],
        now: Timestamp,
    ) -> Result<Pairing, PairingError> {
        let sql = select_pairing!("p.mailbox = $2");
        let found: Option<Pairing> = self
            .store
            .first(sql, args![now, super::sha256(mailbox)])
            .await
            .map_err(Fault::from)?;
        // Both are digests of secrets: comparing them takes a time that tells nothing of these.
        found
            .filter(|pairing| pairing.reader == Some(super::sha256(reader)))
            .ok_or(PairingError::NotFound)
    }
}
