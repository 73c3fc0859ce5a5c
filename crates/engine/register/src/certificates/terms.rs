//! The terms of a supported authority change, and what hangs on it.

use std::collections::HashMap;

use chancery_store::{Batch, CommitError, FromRow, Row, RowError, Timestamp, args};

use super::{
    AnchorError, AnchorTerms,
    anchor::{judge_terms, permitted},
};
use crate::{AnchorId, Fault, Granted, Register};

struct Counted {
    id: AnchorId,
    certificates: u64,
}

impl FromRow for Counted {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            id: AnchorId::new(row.id(0)?),
            certificates: u64::try_from(row.int(1)?).map_err(|_| RowError {
                column: 1,
                expected: "a count",
            })?,
        })
    }
}

impl Register {
    /// Changes what certificates under an authority are accepted for; whether it is the environment's own stays. Needs
    /// [`crate::Permission::OperateAuthorities`]. Log-in goes by it at once; registrations stay as they are.
    pub async fn change_anchor(
        &self,
        granted: &Granted,
        id: AnchorId,
        terms: &AnchorTerms,
        now: Timestamp,
    ) -> Result<(), AnchorError> {
        permitted(granted)?;
        judge_terms(terms)?;
        let purposes = terms.purposes.iter().map(|one| one.name());
        let purposes = purposes.collect::<Vec<_>>().join(" ");
        let policies = terms.policies.iter().map(ToString::to_string);
        let policies = policies.collect::<Vec<_>>().join(" ");
        let log_in_purpose = terms.log_in_purpose.to_string();
        let mut batch = Batch::new();
        batch.one(
            "update register_anchors set purposes = $1, log_in_purpose = $2, policies = $3
             where id = $4",
            args![&purposes, &log_in_purpose, &policies, id],
        );
        let after = serde_json::json!({
            "purposes": purposes,
            "log-in-purpose": log_in_purpose,
            "policies": policies,
        });
        let object = ("anchor", id.to_string());
        let (action, actor) = ("anchor.change", granted.actor());
        self.record(&mut batch, action, actor, object, Some(after), now)?;
        match self.store.commit(batch).await {
            Ok(()) => Ok(()),
            Err(CommitError::Conflict { .. }) => Err(AnchorError::NoSuchAnchor),
            Err(error) => Err(Fault::from(error).into()),
        }
    }

    /// How many registered certificates led to each authority on the list when they were registered; those with none are left out.
    pub async fn registered_under(&self) -> Result<HashMap<AnchorId, u64>, Fault> {
        let counted: Vec<Counted> = self
            .store
            .all(
                "select a.id, count(c.id) from register_anchors a
                 join register_certificates c on c.anchor = a.fingerprint
                 group by a.id",
                args![],
            )
            .await?;
        Ok(counted
            .into_iter()
            .map(|one| (one.id, one.certificates))
            .collect())
    }
}
