//! The codes come back.

use std::{net::IpAddr, sync::Arc};

use chancery_audit::Actor;
use chancery_keys::code_eq;
use chancery_register::{Language, Person};
use chancery_store::{Batch, CommitError, Id, Timestamp, args};

use super::{
    CODE_LENGTH, CollectError, Collection, CollectionRow, REFERENCE_LENGTH, give_out::digest,
};
use crate::{
    ActivateError, ActivationData, Fault, KeyPlace, Ra, StatementAt, activation::With, order::Order,
};

/// Data of which nothing is chosen.
pub(super) fn nothing_yet() -> ActivationData {
    ActivationData {
        common_name: None,
        fields: Vec::new(),
        key_place: KeyPlace::default(),
        csr: String::new(),
        register: false,
        agreed: Vec::new(),
        language: Language::default(),
    }
}

impl Ra {
    /// What the codes are for, as it will stand, with the fields that are usual. Whoever has both may ask.
    pub async fn collection(
        &self,
        reference: &str,
        code: &str,
        now: Timestamp,
    ) -> Result<Collection, CollectError> {
        let (row, order, person) = self.by_codes(reference, code, now).await?;
        let ready = self.ready_order(order, now).await?;
        let preview = self.foresee_usual(&ready, &nothing_yet(), now).await?;
        Ok(Collection {
            applicant: person.full_name,
            email: ready.email().to_owned(),
            preview,
            statements: ready
                .order
                .product
                .statements_at(StatementAt::Activation)
                .map(Arc::clone)
                .collect(),
            expires_at: row.expires_at,
            order: ready.order,
        })
    }

    /// Has the certificate issued, with the fields that are usual, and gives its row; the codes are used up by it. Of `data`, where the
    /// key was made, the request and the agreement count.
    pub async fn collect(
        &self,
        reference: &str,
        code: &str,
        data: &ActivationData,
        from: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<Id, CollectError> {
        let (row, order, _) = self.by_codes(reference, code, now).await?;
        // Whoever holds the codes, which the officer gave to the applicant.
        let actor = Actor::Person {
            id: order.person.id(),
            role: "code-holder",
            from,
        };
        let ready = self.ready_order(order, now).await?;
        let data = ActivationData {
            register: false,
            ..ready.usual(data)
        };
        let mut with = With {
            place: None,
            also: Batch::new(),
        };
        with.also.one(
            "update ra_collections set state = 'used' where id = $1 and state = 'open'",
            args![row.id],
        );
        match self.issue_for(ready, &data, actor, with, now).await {
            Err(ActivateError::Stale | ActivateError::AlreadyIssued { .. }) => {
                Err(CollectError::UsedUp)
            }
            issued => Ok(issued?),
        }
    }

    /// What the codes belong to; a wrong one costs a try.
    async fn by_codes(
        &self,
        reference: &str,
        code: &str,
        now: Timestamp,
    ) -> Result<(CollectionRow, Order, Person), CollectError> {
        // What cannot be a code is a slip, not a guess, and costs no try.
        let (Some(reference), Some(typed)) = (
            digest(reference, REFERENCE_LENGTH),
            digest(code, CODE_LENGTH),
        ) else {
            return Err(CollectError::Wrong);
        };
        let row: Option<CollectionRow> = self
            .store
            .first(
                "select id, order_id, code, expires_at, tries, state from ra_collections
                    where reference = $1",
                args![reference],
            )
            .await?;
        let row = row.ok_or(CollectError::Wrong)?;
        if !row.is_open {
            return Err(CollectError::UsedUp);
        }
        if now >= row.expires_at {
            return Err(CollectError::Expired);
        }
        let most = i64::from(self.policy.email_code_tries);
        if row.tries >= most {
            return Err(CollectError::Blocked);
        }
        // Counted before the code is looked at, so that guesses at once do not share a try; given back where it is right.
        self.count_tries(&row, row.tries, row.tries + 1).await?;
        let order = self
            .any_order(row.order)
            .await?
            .ok_or(CollectError::Wrong)?;
        let person = self.register.person(order.person).await?;
        // For whoever is shut out no code is right.
        let person = person.filter(|person| person.disabled_at.is_none());
        let Some(person) = person.filter(|_| code_eq(&typed, &row.code)) else {
            return Err(if row.tries + 1 >= most {
                CollectError::Blocked
            } else {
                CollectError::Wrong
            });
        };
        self.count_tries(&row, row.tries + 1, row.tries).await?;
        Ok((row, order, person))
    }

    async fn count_tries(
        &self,
        row: &CollectionRow,
        was: i64,
        is: i64,
    ) -> Result<(), CollectError> {
        let mut batch = Batch::new();
        batch.one(
            "update ra_collections set tries = $3 where id = $1 and tries = $2 and state = 'open'",
            args![row.id, was, is],
        );
        self.store.commit(batch).await.map_err(|error| match error {
            CommitError::Conflict { .. } => CollectError::Stale,
            other => CollectError::Fault(Fault::Commit(other)),
        })
    }
}
