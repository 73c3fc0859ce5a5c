//! The directory: encryption certificates of those who agree to be found.

use chancery_store::{Batch, CommitError, Timestamp, args};

use super::{CertificateError, Certificates, RegisteredCertificate, read::select_certificate};
use crate::{Fault, Permission, PersonId, Principal, RegisteredCertificateId, log_in::LoginName};

/// An encryption certificate that somebody may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectoryEntry {
    /// Whose it is.
    pub holder: PersonId,
    /// The holder's full name.
    pub full_name: String,
    /// The certificate.
    pub certificate: RegisteredCertificate,
}

impl Certificates {
    /// Lists an encryption certificate in the directory, or takes it off. The holder alone agrees to it.
    pub async fn set_listed(
        &self,
        principal: &Principal,
        id: RegisteredCertificateId,
        listed: bool,
        now: Timestamp,
    ) -> Result<(), CertificateError> {
        let granted = principal.require(Permission::EditProfile)?;
        let mut batch = Batch::new();
        batch.one(
            "update register_certificates set listed = $1
             where id = $2 and person = $3 and encryption",
            args![listed, id, principal.person],
        );
        let object = ("registered-certificate", id.to_string());
        let after = serde_json::json!({ "listed": listed });
        let action = "certificate.list";
        self.register.record(
            &mut batch,
            action,
            granted.actor(),
            object,
            Some(after),
            now,
        )?;
        match self.register.store.commit(batch).await {
            Ok(()) => Ok(()),
            Err(CommitError::Conflict { .. }) => Err(CertificateError::NoSuchCertificate),
            Err(error) => Err(Fault::from(error).into()),
        }
    }

    /// The listed encryption certificates of whoever has this e-mail address or registration number, those that can be used now, the
    /// longest valid first. Nobody is listed who did not agree, so that an empty answer does not tell whether the address is known.
    pub async fn look_up(
        &self,
        principal: &Principal,
        who: &str,
        now: Timestamp,
    ) -> Result<Vec<DirectoryEntry>, CertificateError> {
        principal.require(Permission::EditProfile)?;
        let found: Vec<RegisteredCertificate> = match LoginName::parse(who) {
            LoginName::Email(folded) => {
                let sql = select_certificate!(
                    "join register_people p on p.id = c.person
                     where p.email_folded = $1 and p.disabled_at is null and c.encryption and c.listed
                     order by c.not_after desc, c.id"
                );
                self.register.store.all(sql, args![folded]).await
            }
            LoginName::Number(number) => {
                let sql = select_certificate!(
                    "join register_people p on p.id = c.person
                     where p.registration_number = $1 and p.disabled_at is null and c.encryption
                        and c.listed
                     order by c.not_after desc, c.id"
                );
                let number = number.to_string();
                self.register.store.all(sql, args![number]).await
            }
            LoginName::Nobody(_) => Ok(Vec::new()),
        }
        .map_err(Fault::from)?;
        let mut entries = Vec::new();
        for certificate in found {
            if !certificate.state(now).is_usable() {
                continue;
            }
            let holder = self.register.person(certificate.holder).await?;
            entries.extend(holder.map(|person| DirectoryEntry {
                holder: person.id,
                full_name: person.full_name,
                certificate,
            }));
        }
        Ok(entries)
    }
}
