//! From the agreement to the certificate: one commit holds the certificate, the order, the agreement, the
//! events and the letter, so that there is one certificate an order and none without its record.

use std::time::Duration;

use chancery_audit::Actor;
use chancery_ca::{AlsoError, Evidence, IssueError, IssueRequest, Issued, Preview};
use chancery_keys::digest_code;
use chancery_register::{EmailAddress, Language, Permission, Person, Principal};
use chancery_store::{Batch, Id, Timestamp, args};
use chancery_x509::CertificationRequest;

use super::{ActivateError, ActivationData, Ready, csr, subject};
use crate::{
    EventKind, Fault, Product, Ra, StatementAt, Step, StepEvidence,
    data::check_statements,
    event,
    notice::{About, Notice},
    order::Order,
};

/// How long the certificates of a product are valid.
pub(super) fn validity(product: &Product) -> Duration {
    Duration::from_secs(u64::from(product.validity_days) * 24 * 60 * 60)
}

/// What is committed with the certificate.
struct Activated {
    ra: Ra,
    order: Order,
    person: Person,
    email: EmailAddress,
    language: Language,
    actor: Actor,
    now: Timestamp,
}

impl Ra {
    /// Everything as it will stand, checked as for issuance; changes nothing ([`Permission::EditOwnOrders`]).
    pub async fn preview(
        &self,
        principal: &Principal,
        order: Id,
        data: &ActivationData,
        now: Timestamp,
    ) -> Result<Preview, ActivateError> {
        let ready = self.ready(principal, order, now).await?;
        let subject =
            subject::chosen(ready.profile, &ready.verified, data).map_err(ActivateError::Fields)?;
        let request = csr::read(&data.csr).map_err(ActivateError::Csr)?;
        let product = &ready.order.product;
        self.ca
            .check(
                &product.profile,
                &subject,
                &request,
                validity(product),
                Some(principal.person.id()),
                now,
            )
            .await
            .map_err(csr::refusal)
    }

    /// Issues the certificate of an order and gives its row ([`Permission::EditOwnOrders`]). Of two equal
    /// forms one is told [`ActivateError::AlreadyIssued`].
    pub async fn activate(
        &self,
        principal: &Principal,
        order: Id,
        data: &ActivationData,
        now: Timestamp,
    ) -> Result<Id, ActivateError> {
        let granted = principal.require(Permission::EditOwnOrders)?;
        let ready = self.ready(principal, order, now).await?;
        let request = wanted(&ready, data)?;
        let subject =
            subject::chosen(ready.profile, &ready.verified, data).map_err(ActivateError::Fields)?;
        let person = self
            .register
            .person(granted.person())
            .await?
            .ok_or(ActivateError::NotFound)?;
        let email = ready
            .verified
            .email()
            .parse()
            .map_err(|_| Fault::Stored { what: "mailbox" })?;
        let order = ready.order;
        let request = IssueRequest {
            profile: order.product.profile.clone(),
            subject,
            request,
            validity: validity(&order.product),
            actor: granted.actor(),
            evidence: Evidence::Digest(self.evidence_of(&order).await?),
            holder: Some(order.person.id()),
            order: Some(order.id),
            also: {
                let activated = Activated {
                    ra: self.clone(),
                    order: order.clone(),
                    person,
                    email,
                    language: data.language,
                    actor: granted.actor(),
                    now,
                };
                Box::new(move |issued| activated.also(issued))
            },
        };
        match self.ca.issue(request, now).await {
            Ok(issued) => Ok(issued.id),
            Err(IssueError::Superseded) => match self.any_order(order.id).await? {
                Some(Order {
                    certificate: Some(certificate),
                    ..
                }) => Err(ActivateError::AlreadyIssued { certificate }),
                _ => Err(ActivateError::Stale),
            },
            Err(error) => Err(csr::refusal(error)),
        }
    }

    /// A digest of everything that the certificate rests on, by the ids of its rows.
    async fn evidence_of(&self, order: &Order) -> Result<[u8; 32], ActivateError> {
        let rows = self
            .store
            .rows(
                "select step, state, at, evidence from ra_steps where order_id = $1 order by step",
                args![order.id],
            )
            .await?;
        let mut text = format!("order {}\n", order.id);
        for row in rows {
            text.push_str(&row.text(0)?);
            text.push(' ');
            text.push_str(&row.text(1)?);
            text.push(' ');
            text.push_str(&row.int(2)?.to_string());
            text.push(' ');
            text.push_str(&row.opt_text(3)?.unwrap_or_default());
            text.push('\n');
        }
        Ok(digest_code(&text))
    }
}

/// The request, once everything is agreed to; whatever is wrong with form and request is told together.
fn wanted(ready: &Ready<'_>, data: &ActivationData) -> Result<CertificationRequest, ActivateError> {
    let mut fields = Vec::new();
    let agreed = check_statements(&ready.order.product, StatementAt::Activation, &data.agreed);
    fields.extend(agreed.err().unwrap_or_default());
    let subject = subject::chosen(ready.profile, &ready.verified, data);
    fields.extend(subject.err().unwrap_or_default());
    if !fields.is_empty() {
        return Err(ActivateError::Fields(fields));
    }
    csr::read(&data.csr).map_err(ActivateError::Csr)
}

impl Activated {
    /// The statements that are committed with the certificate.
    fn also(self, issued: &Issued) -> Result<Batch, AlsoError> {
        let Self {
            ra,
            mut order,
            person,
            email,
            language,
            actor,
            now,
        } = self;
        // The version is what makes the second of two equal forms lose.
        let mut batch = order.change();
        batch.one(
            "update ra_orders set certificate = $2, finished = $3
                where id = $1 and certificate is null",
            args![order.id, issued.id, true],
        );
        let evidence = StepEvidence::Certificate {
            certificate: issued.id.to_string(),
        };
        order.pass(&mut batch, Step::Activation, now, |state| {
            state.settle(now, evidence)
        })?;
        let product = std::sync::Arc::clone(&order.product);
        let statements: Vec<_> = product
            .statements_at(StatementAt::Activation)
            .map(AsRef::as_ref)
            .collect();
        ra.keep_statements(&mut batch, &order, None, &statements, language, now)?;
        event::record(
            &mut batch,
            &order,
            0,
            EventKind::CertificateIssued,
            Some(order.person),
            now,
        );
        let after = serde_json::json!({ "certificate": issued.id, "serial": issued.serial });
        ra.record(
            &mut batch,
            "order.activate",
            &actor,
            ("order", order.id),
            Some(after),
            now,
        )?;
        let notice = Notice::CertificateIssued {
            about: About::new(&order, &person),
            id: issued.id.to_string(),
            certificate: issued.certificate.as_der().to_vec(),
            chain: issued
                .chain
                .iter()
                .map(|above| above.as_der().to_vec())
                .collect(),
        };
        ra.notify(&mut batch, &email, &person, notice, now)?;
        Ok(batch)
    }
}
