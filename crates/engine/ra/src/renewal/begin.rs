//! The beginning of a renewal: the order, the data taken over, the code on its way.

use chancery_register::{Language, Permission, Principal};
use chancery_store::{Id, Timestamp};

use super::{RenewError, Renewal, RenewalStage};
use crate::{
    Fault, FieldError, PlaceOrderError, Ra, ReuseError, SendEmailError, StatementAt,
    StatementVersion, Step, StepState, data::check_statements, order::Order,
};

impl From<PlaceOrderError> for RenewError {
    fn from(error: PlaceOrderError) -> Self {
        match error {
            PlaceOrderError::Denied(denied) => denied.into(),
            PlaceOrderError::NoSuchProduct { .. } => Self::NotFound,
            PlaceOrderError::TooManyOpen { max } => Self::TooManyOpen { max },
            PlaceOrderError::Stale => Self::Stale,
            PlaceOrderError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ReuseError> for RenewError {
    fn from(error: ReuseError) -> Self {
        match error {
            ReuseError::Denied(denied) => denied.into(),
            ReuseError::NotFound => Self::NotFound,
            ReuseError::Fields(fields) => Self::Fields(fields),
            ReuseError::NotUsable | ReuseError::WrongState(_) | ReuseError::Stale => Self::Stale,
            ReuseError::Fault(fault) => fault.into(),
        }
    }
}

impl From<SendEmailError> for RenewError {
    fn from(error: SendEmailError) -> Self {
        match error {
            SendEmailError::Denied(denied) => denied.into(),
            SendEmailError::NotFound => Self::NotFound,
            SendEmailError::TooMany { max } => Self::TooManyCodes { max },
            SendEmailError::Fields(fields) => Self::Fields(fields),
            SendEmailError::WrongState(_) | SendEmailError::Stale => Self::Stale,
            SendEmailError::Fault(fault) => fault.into(),
        }
    }
}

impl Ra {
    /// Begins a renewal, or goes on with one that was begun: sends a code to the mailbox that the certificate names, after which
    /// no earlier one works ([`Permission::PlaceOrder`], [`Permission::EditOwnOrders`]). `ticked` are the statements of
    /// [`Renewal::statements`]. A renewal that is interrupted here goes on from where it came to.
    pub async fn begin_renewal(
        &self,
        principal: &Principal,
        certificate: Id,
        ticked: &[StatementVersion],
        language: Language,
        now: Timestamp,
    ) -> Result<(), RenewError> {
        let renewal = self.renewal(principal, certificate, now).await?;
        if let RenewalStage::Data { .. } = renewal.stage {
            return Err(RenewError::Stale);
        }
        check_ticked(&renewal, ticked).map_err(RenewError::Fields)?;
        let order = self.order_of(principal, &renewal, now).await?;
        let open = order
            .state(Step::DataVerification)
            .is_some_and(StepState::is_open);
        if let Some(application) = renewal.application.filter(|_| open) {
            self.reuse_data(principal, order.id, application, ticked, language, now)
                .await?;
        }
        self.send_email_verification(principal, order.id, &renewal.email, now)
            .await?;
        Ok(())
    }

    async fn order_of(
        &self,
        principal: &Principal,
        renewal: &Renewal,
        now: Timestamp,
    ) -> Result<Order, RenewError> {
        if let Some(order) = &renewal.order {
            return Ok(order.clone());
        }
        let granted = principal.require(Permission::PlaceOrder)?;
        let former = renewal.certificate.id;
        let id = self.new_id().map_err(Fault::from)?;
        let placed = self
            .place(&granted, id, &renewal.product.code, Some(former), now)
            .await;
        match placed {
            // The same form sent twice: the other one placed it.
            Err(PlaceOrderError::Stale) => {
                self.open_renewal(former).await?.ok_or(RenewError::Stale)
            }
            placed => Ok(placed?),
        }
    }
}

fn check_ticked(renewal: &Renewal, ticked: &[StatementVersion]) -> Result<(), Vec<FieldError>> {
    if renewal.statements.is_empty() {
        return Ok(());
    }
    check_statements(&renewal.product, StatementAt::Data, ticked).map(drop)
}
