//! The list of somebody's devices.

use chancery_store::{Batch, CommitError, Timestamp, args};

use super::{Device, DeviceError, DeviceState, MAX_DEVICE_NAME, Way, view::device_columns};
use crate::{DeviceId, Fault, Permission, Principal, Register, text};

/// A name as it is shown: cleaned, of one line.
pub(super) fn clean_name(typed: &str) -> Result<String, text::TextError> {
    text::clean_line(typed, MAX_DEVICE_NAME)
}

impl Register {
    /// The person's own devices, the newest first.
    pub async fn devices(&self, principal: &Principal) -> Result<Vec<Device>, DeviceError> {
        principal.require(Permission::EditProfile)?;
        let sql = concat!(
            "select ",
            device_columns!(),
            " from register_devices d where d.person = $1 order by d.paired_at desc, d.id"
        );
        let found = self.store.all(sql, args![principal.person]).await;
        Ok(found.map_err(Fault::from)?)
    }

    /// One of the person's own devices.
    pub async fn device(&self, principal: &Principal, id: DeviceId) -> Result<Device, DeviceError> {
        principal.require(Permission::EditProfile)?;
        let sql = concat!(
            "select ",
            device_columns!(),
            " from register_devices d where d.id = $1 and d.person = $2"
        );
        let found = self.store.first(sql, args![id, principal.person]).await;
        found.map_err(Fault::from)?.ok_or(DeviceError::NotFound)
    }

    /// Gives a device another name.
    pub async fn rename_device(
        &self,
        principal: &Principal,
        id: DeviceId,
        name: &str,
        now: Timestamp,
    ) -> Result<(), DeviceError> {
        let device = self.device(principal, id).await?;
        let name = clean_name(name)?;
        if name == device.name {
            return Ok(());
        }
        let mut batch = Batch::new();
        batch.one(
            "update register_devices set name = $1 where id = $2 and person = $3",
            args![&name, id, principal.person],
        );
        self.record_device(
            &mut batch,
            "device.rename",
            principal.actor(),
            id,
            None,
            now,
        )?;
        self.change(batch).await
    }

    /// Takes a device off the list: one that is revoked or has expired, or one that holds a copy and can only be forgotten.
    pub async fn forget_device(
        &self,
        principal: &Principal,
        id: DeviceId,
        now: Timestamp,
    ) -> Result<(), DeviceError> {
        let device = self.device(principal, id).await?;
        if device.way == Way::OwnKey && device.state(now) == DeviceState::Active {
            return Err(DeviceError::InUse);
        }
        let mut batch = Batch::new();
        end_sessions_of(&mut batch, id);
        batch
            .any(
                "delete from register_device_certificates where device = $1",
                args![id],
            )
            .one(
                "delete from register_devices where id = $1 and person = $2",
                args![id, principal.person],
            );
        self.record_device(
            &mut batch,
            "device.forget",
            principal.actor(),
            id,
            None,
            now,
        )?;
        self.change(batch).await
    }

    pub(super) async fn change(&self, batch: Batch) -> Result<(), DeviceError> {
        match self.store.commit(batch).await {
            Ok(()) => Ok(()),
            Err(CommitError::Conflict { .. }) => Err(DeviceError::NotFound),
            Err(error) => Err(Fault::from(error).into()),
        }
    }

    pub(super) fn record_device(
        &self,
        batch: &mut Batch,
        action: &'static str,
        actor: chancery_audit::Actor,
        id: DeviceId,
        after: Option<serde_json::Value>,
        now: Timestamp,
    ) -> Result<(), Fault> {
        self.record(batch, action, actor, ("device", id.to_string()), after, now)
    }
}

/// Ends the sessions that one of the device's certificates opened.
pub(super) fn end_sessions_of(batch: &mut Batch, id: DeviceId) {
    batch.any(
        "delete from register_sessions where certificate in
            (select fingerprint from register_device_certificates where device = $1)",
        args![id],
    );
}
