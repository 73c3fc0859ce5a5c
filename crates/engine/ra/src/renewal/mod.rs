//! Renewal: an order for the successor of a certificate, on data that are verified already (I3).
//!
//! It passes the steps of any order. The data step is settled by what was verified for the former certificate, as long as that
//! may be used (S/MIME BR 4.2.1); the mailbox answers anew, by a code that goes to the address in the certificate; activation brings
//! a new key. The former certificate stays as it is: both work side by side until it ends or is revoked.

mod begin;
mod close;
mod ends;

use std::sync::Arc;

use chancery_ca::{CertificateRecord, CertificateState};
use chancery_register::{Denied, Permission, Principal};
use chancery_store::{Id, Timestamp, args};

use crate::{
    Fault, FieldError, Product, Ra, Sending, Statement, StatementAt, Step, StepState,
    data::Found,
    fault::fault_into,
    order::{Order, select_orders},
};

/// A certificate that can be renewed, and how far that has come.
#[derive(Clone, Debug)]
pub struct Renewal {
    /// The certificate.
    pub certificate: CertificateRecord,
    /// As what its successor is ordered.
    pub product: Arc<Product>,
    /// Where the code goes: the address that the certificate names, and its successor will.
    pub email: String,
    /// What is to be stated before the code is sent.
    pub statements: Vec<Arc<Statement>>,
    /// Until when certificates can be issued on the verified data, where the product has any.
    pub data_until: Option<Timestamp>,
    /// Where it stands.
    pub stage: RenewalStage,
    pub(crate) order: Option<Order>,
    pub(crate) application: Option<Id>,
}

/// Where a renewal stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RenewalStage {
    /// No code was sent yet.
    Begin,
    /// The answer to a code is awaited, or another code is.
    Code {
        /// The order.
        order: Id,
        /// The code that was sent last.
        sending: Sending,
    },
    /// What was verified cannot be used any more: data are to be given, or looked at by an officer, in the order.
    Data {
        /// The order.
        order: Id,
    },
    /// The mailbox answered: the order can be activated.
    Activation {
        /// The order.
        order: Id,
    },
}

/// Why a certificate is not renewed, and something else is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// It is revoked: what it said may not hold any more.
    Revoked,
    /// It did not come from an order.
    NotOrdered,
    /// Its product is not offered any more.
    NotOffered,
    /// Its data were verified too long ago; they are to be verified anew, in an order of the product.
    DataTooOld {
        /// The code of the product.
        product: String,
    },
    /// It was renewed already.
    Renewed {
        /// By this certificate.
        certificate: Id,
    },
}

/// A certificate was not renewed.
#[derive(Debug, thiserror::Error)]
pub enum RenewError {
    /// Not permitted.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// There is no such certificate, or it is another person's.
    #[error("there is no such certificate")]
    NotFound,
    /// It is not one to be renewed.
    #[error("the certificate cannot be renewed")]
    Obstacle(Obstacle),
    /// Statements are not ticked.
    #[error("{} statements are not ticked", .0.len())]
    Fields(Vec<FieldError>),
    /// The person has as many unfinished orders as anyone may have.
    #[error("{max} orders are not finished")]
    TooManyOpen {
        /// How many one may have.
        max: u32,
    },
    /// The person had as many codes sent today as anyone may.
    #[error("{max} codes were sent in 24 hours")]
    TooManyCodes {
        /// How many one may have sent in 24 hours.
        max: u32,
    },
    /// Somebody changed the order meanwhile.
    #[error("the order was changed meanwhile")]
    Stale,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(Fault),
}

fault_into!(RenewError);

impl From<Fault> for RenewError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Ra {
    /// How one of the person's own certificates can be renewed, or why not ([`Permission::PlaceOrder`]).
    pub async fn renewal(
        &self,
        principal: &Principal,
        certificate: Id,
        now: Timestamp,
    ) -> Result<Renewal, RenewError> {
        let person = principal.require(Permission::PlaceOrder)?.person();
        let record = self
            .ca
            .certificate(certificate)
            .await?
            .filter(|record| record.holder == Some(person.id()))
            .ok_or(RenewError::NotFound)?;
        if let CertificateState::Revoked { .. } = record.state(now) {
            return Err(RenewError::Obstacle(Obstacle::Revoked));
        }
        if let Some(certificate) = self.successor(record.id, now).await? {
            return Err(RenewError::Obstacle(Obstacle::Renewed { certificate }));
        }
        let not_ordered = RenewError::Obstacle(Obstacle::NotOrdered);
        let (Some(former), Some(email)) = (record.order, record.emails.first().cloned()) else {
            return Err(not_ordered);
        };
        let former = match self.own_order(person, former).await {
            Ok(former) => former.ok_or(not_ordered)?,
            Err(Fault::Product { .. }) => {
                return Err(RenewError::Obstacle(Obstacle::NotOffered));
            }
            Err(fault) => return Err(fault.into()),
        };
        let order = self.open_renewal(record.id).await?;
        let data = order
            .as_ref()
            .and_then(|order| order.state(Step::DataVerification));
        let settled = data.is_some_and(StepState::is_verified);
        let untouched = matches!(data, None | Some(StepState::AwaitingData));
        let found = if settled || !former.kind().has_data() || !untouched {
            None
        } else {
            match self.still_verified(&former, now).await {
                // They were, when it began: the order goes on with others.
                Err(RenewError::Obstacle(_)) if order.is_some() => None,
                found => Some(found?),
            }
        };
        let stage = match &order {
            None => RenewalStage::Begin,
            Some(_) if found.is_some() => RenewalStage::Begin,
            Some(order) if former.kind().has_data() && !settled => {
                RenewalStage::Data { order: order.id }
            }
            Some(order) => self.stage(order, now).await?,
        };
        let product = former.product;
        Ok(Renewal {
            email,
            statements: if settled {
                Vec::new()
            } else {
                let stated = product.statements_at(StatementAt::Data);
                stated.map(Arc::clone).collect()
            },
            data_until: found.as_ref().map(|found| found.verified.usable_until),
            application: found.map(|found| found.verified.application),
            stage,
            order,
            product,
            certificate: record,
        })
    }

    /// The certificate that renewed this one and holds.
    pub async fn successor(
        &self,
        certificate: Id,
        now: Timestamp,
    ) -> Result<Option<Id>, chancery_store::ReadError> {
        let rows = self
            .store
            .rows(
                "select certificate from ra_orders where renews = $1 and certificate is not null
                    order by created_at desc limit 8",
                args![certificate],
            )
            .await?;
        for row in rows {
            let id = row.id(0)?;
            let record = self.ca.certificate(id).await?;
            if record.is_some_and(|record| record.state(now) == CertificateState::Valid) {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    async fn open_renewal(&self, certificate: Id) -> Result<Option<Order>, Fault> {
        let rows = self
            .store
            .rows(
                select_orders!("ra_orders o", "where o.renews = $1 and not o.finished"),
                args![certificate],
            )
            .await?;
        Ok(self.orders_from(&rows)?.pop())
    }

    async fn stage(&self, order: &Order, now: Timestamp) -> Result<RenewalStage, RenewError> {
        let verified = order
            .state(Step::EmailVerification)
            .is_some_and(StepState::is_verified);
        if verified {
            return Ok(RenewalStage::Activation { order: order.id });
        }
        let waits = matches!(
            order.state(Step::EmailVerification),
            Some(StepState::WaitingForVerification { .. })
        );
        Ok(match self.last_sending(order, now).await? {
            Some(sending) if waits => RenewalStage::Code {
                order: order.id,
                sending,
            },
            _ => RenewalStage::Begin,
        })
    }

    /// The verification of what the former order's certificate says, by age: that one, or a later one of the same data.
    async fn still_verified(&self, former: &Order, now: Timestamp) -> Result<Found, RenewError> {
        let data = self.verified_data(former.id).await?;
        let found = self
            .verified_of(former.person.id(), former.kind(), now)
            .await?
            .into_iter()
            .find(|found| Some(&found.verified.data) == data.as_ref());
        found.ok_or_else(|| {
            RenewError::Obstacle(Obstacle::DataTooOld {
                product: former.product.code.clone(),
            })
        })
    }
}
