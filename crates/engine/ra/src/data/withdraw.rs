//! Data that were verified and do not hold any more: from then on no order rests on them.
//!
//! A certificate is revoked because what it says is not true any more, or an officer sends back what another one verified: either ends
//! each verification of the same data. Orders that rest on one of these, and are not finished, ask for data again. Whoever takes data over
//! counts on their row, so that an order and the withdrawal never overlook one another.

use chancery_register::PersonId;
use chancery_store::{Batch, Id, Timestamp, args};

use crate::{ApplicationData, EventKind, Fault, Kind, Ra, Step, StepState, event, order::Order};

/// A verification that may have to end.
struct Verified {
    application: Id,
    kind: Kind,
    data: ApplicationData,
    taken_over: i64,
}

impl Verified {
    /// Whether it says that these data of that kind are true, among others.
    fn covers(&self, kind: Kind, data: &ApplicationData) -> bool {
        let person = || {
            let mut person = self.data.person.clone();
            if !kind.has_organization() {
                // The role belongs to the organisation.
                person.role.clone_from(&data.person.role);
            }
            person == data.person
        };
        kind.has_data()
            && (!kind.has_person() || (self.kind.has_person() && person()))
            && (!kind.has_organization()
                || (self.kind.has_organization() && self.data.organization == data.organization))
    }
}

impl Ra {
    /// Ends every verification of these data, in the batch of what shows that they do not hold. `apart` is an order whose
    /// change the batch holds already.
    pub(crate) async fn withdraw(
        &self,
        batch: &mut Batch,
        person: PersonId,
        (kind, data): (Kind, &ApplicationData),
        apart: Option<Id>,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let mut ended = Vec::new();
        for verified in self.verified_by_desk(person).await? {
            if !verified.covers(kind, data) {
                continue;
            }
            batch.one(
                "update ra_applications set withdrawn_at = $2
                    where id = $1 and withdrawn_at is null and taken_over = $3",
                args![verified.application, now, verified.taken_over],
            );
            ended.push(verified.application);
        }
        if ended.is_empty() {
            return Ok(());
        }
        let open = self
            .store
            .rows(
                "select id from ra_orders where person = $1 and not finished order by id",
                args![person],
            )
            .await?;
        for row in open {
            let id = row.id(0)?;
            if apart == Some(id) || !self.rests_on(id, &ended).await? {
                continue;
            }
            match self.any_order(id).await {
                // Without its product it cannot be activated either.
                Err(Fault::Product { .. }) | Ok(None) => {}
                Ok(Some(order)) => reopen(batch, order, now)?,
                Err(fault) => return Err(fault),
            }
        }
        Ok(())
    }

    /// The data on which the certificate of an order was issued, if it had any.
    pub(crate) async fn certified_data(
        &self,
        order: Id,
    ) -> Result<Option<(Kind, ApplicationData)>, Fault> {
        let rows = self
            .store
            .rows(
                "select id, kind, data from ra_applications
                    where order_id = $1 and state in ('verified', 'reused')
                    order by revision desc limit 1",
                args![order],
            )
            .await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let data = self.open_application(row.id(0)?, &row.bytes(2)?)?;
        Ok(Some((kind_of(&row.text(1)?)?, data)))
    }

    /// What officers verified of a person's data and nothing has ended since.
    async fn verified_by_desk(&self, person: PersonId) -> Result<Vec<Verified>, Fault> {
        let rows = self
            .store
            .rows(
                "select id, kind, data, taken_over from ra_applications
                    where person = $1 and state = 'verified' and withdrawn_at is null",
                args![person],
            )
            .await?;
        let mut all = Vec::with_capacity(rows.len());
        for row in rows {
            let application = row.id(0)?;
            all.push(Verified {
                application,
                kind: kind_of(&row.text(1)?)?,
                data: self.open_application(application, &row.bytes(2)?)?,
                taken_over: row.int(3)?,
            });
        }
        Ok(all)
    }

    /// Whether the data of an order were verified by one of these.
    async fn rests_on(&self, order: Id, applications: &[Id]) -> Result<bool, Fault> {
        let rows = self
            .store
            .rows(
                "select coalesce(source, id) from ra_applications
                    where order_id = $1 and state in ('verified', 'reused')
                    order by revision desc limit 1",
                args![order],
            )
            .await?;
        let source = rows.first().map(|row| row.id(0)).transpose()?;
        Ok(source.is_some_and(|source| applications.contains(&source)))
    }
}

fn kind_of(stored: &str) -> Result<Kind, Fault> {
    let kinds = [Kind::Individual, Kind::Sponsor, Kind::Organization];
    let kind = kinds.into_iter().find(|known| known.id() == stored);
    kind.ok_or(Fault::Stored { what: "kind" })
}

/// The data step is open again, and what stands behind it is not.
fn reopen(batch: &mut Batch, mut order: Order, now: Timestamp) -> Result<(), Fault> {
    let verified = order
        .state(Step::DataVerification)
        .is_some_and(StepState::is_verified);
    // Issued or closed meanwhile.
    if !verified || order.certificate.is_some() || order.closed {
        return Ok(());
    }
    let mut change = order.change();
    order
        .pass(&mut change, Step::DataVerification, now, StepState::reopen)
        .and_then(|()| order.reflow(&mut change, now))
        .map_err(|_| Fault::Stored { what: "step" })?;
    event::record(&mut change, &order, 0, EventKind::DataWithdrawn, None, now);
    batch.append(change);
    Ok(())
}
