//! What earlier versions left to be completed, when an environment opens.

use chancery_store::{Batch, CommitError, FromRow, Row, RowError, args};

use crate::{
    Fault, ParticipantId, Register, RegisteredCertificate, RegisteredCertificateId,
    certificates::select_certificate, participant::add_words,
};

struct Unfound {
    id: ParticipantId,
    name: String,
    number: String,
}

impl FromRow for Unfound {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            id: ParticipantId::new(row.id(0)?),
            name: row.text(1)?,
            number: row.text(2)?,
        })
    }
}

impl Register {
    /// Gives organisations that came before the directory the words by which they are found; how many those were.
    pub async fn settle_participants(&self) -> Result<usize, Fault> {
        let sql = "select o.id, o.name, o.number from register_participants o where not exists
            (select 1 from register_participants_words w where w.participant = o.id)";
        let unfound: Vec<Unfound> = self.store.all(sql, args![]).await?;
        for one in &unfound {
            let mut batch = Batch::new();
            add_words(&mut batch, one.id, &one.name, &one.number);
            match self.store.commit(batch).await {
                // Another process was faster.
                Ok(()) | Err(CommitError::Constraint { unique: true, .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(unfound.len())
    }

    /// Certificates that their holders registered before proofs of their keys were kept: whoever knows which of them were issued here,
    /// to these holders, settles each ([`Self::settle_certificate`]).
    pub async fn unsettled_certificates(&self) -> Result<Vec<RegisteredCertificate>, Fault> {
        let sql = select_certificate!(
            "join register_unsettled u on u.certificate = c.id order by c.registered_at, c.id"
        );
        Ok(self.store.all(sql, args![]).await?)
    }

    /// Settles one of [`Self::unsettled_certificates`]: what was issued here to its holder was issued upon proof of its key; the rest
    /// waits for its holder to prove it.
    pub async fn settle_certificate(
        &self,
        id: RegisteredCertificateId,
        issued_to_holder: bool,
    ) -> Result<(), Fault> {
        let mut batch = Batch::new();
        batch.any(
            "delete from register_unsettled where certificate = $1",
            args![id],
        );
        if issued_to_holder {
            // Unless somebody proved it meanwhile.
            batch.any(
                "update register_certificates set proved_at = registered_at
                 where id = $1 and proved_at is null and not exists (
                    select 1 from register_certificates o
                    where o.fingerprint = register_certificates.fingerprint
                        and o.proved_at is not null)",
                args![id],
            );
        }
        Ok(self.store.commit(batch).await?)
    }
}
