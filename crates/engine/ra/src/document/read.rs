//! Reading documents.

use chancery_keys::BlobKey;
use chancery_register::{Permission, Principal};
use chancery_store::{Batch, FromRow, Id, Timestamp, args, blob::Address};
use zeroize::Zeroizing;

use super::{Document, KEY_PURPOSE, document_columns};
use crate::{Fault, Ra, ReadError};

impl Ra {
    /// A document with its content: one's own ([`Permission::ReadOwnOrders`]), or, for an officer, any
    /// ([`Permission::ReadApplications`]), which is recorded.
    pub async fn document(
        &self,
        principal: &Principal,
        id: Id,
        now: Timestamp,
    ) -> Result<(Document, Zeroizing<Vec<u8>>), ReadError> {
        let rows = self
            .store
            .rows(
                concat!(
                    "select ",
                    document_columns!(),
                    ", d.person, d.address, d.sealed_key from ra_documents d where d.id = $1"
                ),
                args![id],
            )
            .await?;
        let found = rows
            .first()
            .map(|row| -> Result<_, ReadError> {
                let document = Document::from_row(row)?;
                Ok((document, row.id(7)?, row.text(8)?, row.bytes(9)?))
            })
            .transpose()?;
        // Permission first: who may read nothing learns nothing of what there is.
        let own = found
            .as_ref()
            .is_some_and(|(_, person, _, _)| *person == principal.person.id());
        let granted = if own {
            principal.require(Permission::ReadOwnOrders)?
        } else if let Ok(granted) = principal.require(Permission::ReadApplications) {
            granted
        } else {
            // An applicant with a changed id: as if there were none.
            principal.require(Permission::ReadOwnOrders)?;
            return Err(ReadError::NotFound);
        };
        let (document, _, address, sealed_key) = found.ok_or(ReadError::NotFound)?;
        let plain = self.open_document(id, &address, &sealed_key).await?;
        if !own {
            let mut batch = Batch::new();
            self.record(
                &mut batch,
                "document.read",
                &granted.actor(),
                ("document", id),
                None,
                now,
            )?;
            self.store.commit(batch).await.map_err(Fault::Commit)?;
        }
        Ok((document, plain))
    }

    async fn open_document(
        &self,
        id: Id,
        address: &str,
        sealed_key: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Fault> {
        let stored = |_| Fault::Stored { what: "document" };
        let address: Address = address.parse().map_err(stored)?;
        let octets = self.blobs.get(&address).await?;
        let open = |source| Fault::Open {
            what: "document",
            source,
        };
        let key = self
            .vault
            .open_sealed(KEY_PURPOSE, id.as_bytes(), sealed_key)
            .map_err(open)?;
        let key = BlobKey::from_bytes(&key).ok_or(Fault::Stored {
            what: "document key",
        })?;
        key.open(id.as_bytes(), &octets).map_err(open)
    }

    /// The documents that were attached to an order, oldest first.
    pub(crate) async fn documents_of(
        &self,
        order: Id,
    ) -> Result<Vec<Document>, chancery_store::ReadError> {
        self.store
            .all(
                concat!(
                    "select ",
                    document_columns!(),
                    " from ra_documents d where d.order_id = $1 and d.kind not in ('txt', 'p7s')
                        order by d.added_at, d.id"
                ),
                args![order],
            )
            .await
    }
}
