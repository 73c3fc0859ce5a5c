//! Attaching and taking back documents.

use chancery_keys::BlobKey;
use chancery_register::{Granted, Permission, Principal};
use chancery_store::{Batch, Id, Timestamp, args, blob::Address};
use zeroize::Zeroizing;

use super::{
    Document, DocumentError, DocumentKind, KEY_PURPOSE, RemoveDocumentError, content, file_name,
};
use crate::{EventKind, Fault, Ra, Step, StepState, event, order::Order};

/// A file as it was sent.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Its name, as the browser said.
    pub file_name: String,
    /// Its content.
    pub content: Vec<u8>,
    /// What it is for, [`crate::RequiredDocument::id`], where the applicant said so.
    pub purpose: Option<String>,
}

/// A document judged and sealed, ready to be stored.
struct Sealed {
    kind: DocumentKind,
    octets: Vec<u8>,
    key: Vec<u8>,
}

/// A document in its place: the blob lies there, the row that names it is yet to be committed.
pub(crate) struct Kept {
    pub(crate) document: Document,
    pub(crate) address: Address,
    key: Vec<u8>,
}

impl Ra {
    /// Attaches a document ([`Permission::EditOwnOrders`]): before the data are submitted, while they wait, and
    /// after they were sent back.
    pub async fn add_document(
        &self,
        principal: &Principal,
        order: Id,
        upload: Upload,
        now: Timestamp,
    ) -> Result<Document, DocumentError> {
        let granted = principal.require(Permission::EditOwnOrders)?;
        let order = self
            .own_order(granted.person(), order)
            .await?
            .ok_or(DocumentError::NotFound)?;
        self.check_upload(&order, &upload).await?;
        let id = self.new_id()?;
        let size = upload.content.len();
        let sealed = self.judge_and_seal(id, None, upload.content).await?;
        let document = Document {
            id,
            order: order.id,
            purpose: upload.purpose,
            name: file_name::clean(&upload.file_name, sealed.kind),
            kind: sealed.kind,
            size: size as u64,
            added_at: now,
        };
        let kept = self.put(document, sealed).await?;
        let stored = self.commit_document(&granted, &order, &kept, now).await;
        if stored.is_err() {
            self.drop_blob(&kept.address).await;
        }
        stored.map(|()| kept.document)
    }

    /// Puts something of our own making beside the attached documents of an order; what names it is the caller's to commit, or the
    /// blob to drop.
    pub(crate) async fn keep_own(
        &self,
        order: &Order,
        kind: DocumentKind,
        name: String,
        content: Vec<u8>,
        now: Timestamp,
    ) -> Result<Kept, DocumentError> {
        let id = self.new_id()?;
        let size = content.len();
        let sealed = self.judge_and_seal(id, Some(kind), content).await?;
        let document = Document {
            id,
            order: order.id,
            purpose: None,
            name,
            kind,
            size: size as u64,
            added_at: now,
        };
        Ok(self.put(document, sealed).await?)
    }

    /// On the disk before the row that names it; a crash in between leaves noise without a key.
    async fn put(&self, document: Document, sealed: Sealed) -> Result<Kept, Fault> {
        let address = self.blobs.put(&sealed.octets).await.map_err(Fault::Blob)?;
        Ok(Kept {
            document,
            address,
            key: sealed.key,
        })
    }

    async fn check_upload(&self, order: &Order, upload: &Upload) -> Result<(), DocumentError> {
        let over = order.certificate.is_some() || order.closed;
        if over || order.state(Step::DataVerification).is_none() {
            return Err(DocumentError::NoneTaken);
        }
        if let Some(purpose) = &upload.purpose {
            let known = |required: &crate::RequiredDocument| required.id == *purpose;
            if !order.product.documents.iter().any(known) {
                return Err(DocumentError::UnknownPurpose {
                    purpose: purpose.clone(),
                });
            }
        }
        let size = upload.content.len();
        if size == 0 {
            return Err(DocumentError::Empty);
        }
        let max = self.policy.document_max_bytes;
        if size > max {
            return Err(DocumentError::TooLarge { size, max });
        }
        let max = self.policy.documents_per_order;
        if self.documents_of(order.id).await?.len() >= max {
            return Err(DocumentError::TooMany { max });
        }
        Ok(())
    }

    /// Judges the content, unless it is of our own making, and seals it under a key of its own, off the async threads.
    async fn judge_and_seal(
        &self,
        id: Id,
        own: Option<DocumentKind>,
        plain: Vec<u8>,
    ) -> Result<Sealed, DocumentError> {
        let ra = self.clone();
        let work = move || -> Result<Sealed, DocumentError> {
            let plain = Zeroizing::new(plain);
            let kind = match own {
                Some(kind) => kind,
                None => content::examine(&plain)?,
            };
            let key = BlobKey::generate(ra.entropy.as_ref())?;
            let octets = key.seal(id.as_bytes(), &plain, ra.entropy.as_ref())?;
            let key = ra.vault.seal(KEY_PURPOSE, id.as_bytes(), key.as_bytes())?;
            Ok(Sealed { kind, octets, key })
        };
        tokio::task::spawn_blocking(work)
            .await
            .map_err(Fault::Task)?
    }

    async fn commit_document(
        &self,
        granted: &Granted,
        order: &Order,
        kept: &Kept,
        now: Timestamp,
    ) -> Result<(), DocumentError> {
        // The version guards the number of documents too: two uploads at once cannot both be the last.
        let mut batch = order.change();
        kept.insert(&mut batch, order);
        let by = Some(granted.person());
        event::record(&mut batch, order, 0, EventKind::DocumentAdded, by, now);
        let after = serde_json::json!({ "order": order.id, "address": kept.address.as_str() });
        self.record(
            &mut batch,
            "document.add",
            &granted.actor(),
            ("document", kept.document.id),
            Some(after),
            now,
        )?;
        self.commit(batch).await?;
        Ok(())
    }

    /// Takes back a document that was not submitted yet ([`Permission::EditOwnOrders`]): key and content are erased.
    pub async fn remove_document(
        &self,
        principal: &Principal,
        id: Id,
        now: Timestamp,
    ) -> Result<(), RemoveDocumentError> {
        let granted = principal.require(Permission::EditOwnOrders)?;
        let rows = self
            .store
            .rows(
                "select order_id, address, added_at, kind from ra_documents
                    where id = $1 and person = $2",
                args![id, granted.person()],
            )
            .await?;
        let row = rows.first().ok_or(RemoveDocumentError::NotFound)?;
        let order = self
            .own_order(granted.person(), row.id(0)?)
            .await?
            .ok_or(RemoveDocumentError::NotFound)?;
        let kind = DocumentKind::from_extension(&row.text(3)?);
        if kind.is_none_or(DocumentKind::is_signed_application) {
            return Err(RemoveDocumentError::Submitted);
        }
        let open = order
            .state(Step::DataVerification)
            .is_some_and(StepState::is_open);
        let submitted = self
            .store
            .rows(
                "select 1 from ra_applications where order_id = $1 and submitted_at >= $2",
                args![order.id, row.time(2)?],
            )
            .await?;
        if !open || !submitted.is_empty() {
            return Err(RemoveDocumentError::Submitted);
        }
        let address = row.text(1)?;
        let mut batch = order.change();
        batch.one("delete from ra_documents where id = $1", args![id]);
        let by = Some(granted.person());
        event::record(&mut batch, &order, 0, EventKind::DocumentRemoved, by, now);
        let after = serde_json::json!({ "order": order.id });
        self.record(
            &mut batch,
            "document.remove",
            &granted.actor(),
            ("document", id),
            Some(after),
            now,
        )?;
        self.commit(batch).await?;
        if let Ok(address) = address.parse() {
            self.drop_blob(&address).await;
        }
        Ok(())
    }

    /// Removes a blob that no row names; one that stays is noise without its key.
    pub(crate) async fn drop_blob(&self, address: &Address) {
        if let Err(error) = self.blobs.remove(address).await {
            tracing::warn!(%error, "a blob without a row was not removed");
        }
    }
}

impl Kept {
    /// The row that names it.
    pub(crate) fn insert(&self, batch: &mut Batch, order: &Order) {
        let document = &self.document;
        batch.one(
            "insert into ra_documents (id, order_id, person, purpose, name, kind, size, address,
                sealed_key, added_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            args![
                document.id,
                order.id,
                order.person,
                document.purpose.clone(),
                &document.name,
                document.kind.extension(),
                i64::try_from(document.size).unwrap_or(i64::MAX),
                &self.address,
                self.key.clone(),
                document.added_at
            ],
        );
    }
}
