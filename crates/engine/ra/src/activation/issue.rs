//! From the agreement to the certificate: one commit holds the certificate, the order, the agreement, the
//! events and the letter, so that there is one certificate an order and none without its record.

use std::time::Duration;

use chancery_audit::Actor;
use chancery_ca::{AlsoError, Ca, Evidence, IssueError, IssueRequest, Issued, Preview};
use chancery_keys::digest_code;
use chancery_register::{
    EmailAddress, FreePlace, Language, Permission, Person, Principal, Register,
};
use chancery_store::{Batch, Id, Timestamp, args};
use chancery_x509::{Certificate, CertificationRequest};

use super::{ActivateError, ActivationData, Ready, csr, subject};
use crate::{
    EventKind, Fault, KeyPlace, Product, Ra, StatementAt, Step, StepEvidence,
    data::check_statements,
    event,
    notice::{About, Notice},
    order::Order,
};

/// How long the certificates of a product are valid.
pub(super) fn validity(product: &Product) -> Duration {
    Duration::from_secs(u64::from(product.validity_days) * 24 * 60 * 60)
}

/// What else is committed with a certificate, depending on the way it is asked for.
pub(crate) struct With {
    /// Where it is registered, if it is to be.
    pub(crate) place: Option<FreePlace>,
    /// Statements of the way.
    pub(crate) also: Batch,
}

/// What is committed with the certificate.
struct Activated {
    ra: Ra,
    order: Order,
    person: Person,
    email: EmailAddress,
    with: With,
    key_place: KeyPlace,
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
        let product = &ready.order.product;
        if data.key_place == KeyPlace::Browser && data.csr.is_empty() {
            // Everything is agreed to before the key is made.
            return self
                .ca
                .foresee(&product.profile, &subject, validity(product), now)
                .await
                .map_err(csr::refusal);
        }
        let request = csr::read_for(&ready, &data.csr).map_err(ActivateError::Csr)?;
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
        let place = self.place_of(principal, &ready, data.register).await?;
        let with = With {
            place,
            also: Batch::new(),
        };
        self.issue_for(ready, data, granted.actor(), with, now)
            .await
    }

    /// What an order that is collected by codes would get, with the fields that are usual.
    pub(crate) async fn foresee_usual(
        &self,
        ready: &Ready<'_>,
        data: &ActivationData,
        now: Timestamp,
    ) -> Result<Preview, ActivateError> {
        let subject = subject::chosen(ready.profile, &ready.verified, &ready.usual(data))
            .map_err(ActivateError::Fields)?;
        let product = &ready.order.product;
        self.ca
            .foresee(&product.profile, &subject, validity(product), now)
            .await
            .map_err(csr::refusal)
    }

    /// Issues the certificate of an order that can be activated, for whoever may.
    pub(crate) async fn issue_for(
        &self,
        ready: Ready<'_>,
        data: &ActivationData,
        actor: Actor,
        with: With,
        now: Timestamp,
    ) -> Result<Id, ActivateError> {
        let request = wanted(&ready, data)?;
        let subject =
            subject::chosen(ready.profile, &ready.verified, data).map_err(ActivateError::Fields)?;
        let person = self
            .register
            .person(ready.order.person)
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
            actor: actor.clone(),
            evidence: Evidence::Digest(self.evidence_of(&order).await?),
            holder: Some(order.person.id()),
            order: Some(order.id),
            also: {
                let activated = Activated {
                    ra: self.clone(),
                    order: order.clone(),
                    person,
                    email,
                    with,
                    key_place: data.key_place,
                    language: data.language,
                    actor,
                    now,
                };
                Box::new(move |issued| activated.also(issued))
            },
        };
        match self.ca.issue(request, now).await {
            Ok(issued) => Ok(issued.id),
            Err(IssueError::Superseded) => {
                let order = self.any_order(order.id).await?.unwrap_or(order);
                if let Some(certificate) = order.certificate {
                    return Err(ActivateError::AlreadyIssued { certificate });
                }
                self.former(&order, now).await?;
                Err(ActivateError::Stale)
            }
            Err(error) => Err(csr::refusal(error)),
        }
    }

    /// Where the register has room for the certificate, if it is to stand there.
    async fn place_of(
        &self,
        principal: &Principal,
        ready: &Ready<'_>,
        wanted: bool,
    ) -> Result<Option<FreePlace>, ActivateError> {
        if let Some(former) = &ready.former {
            let beside = self
                .register
                .place_beside(principal, &former.certificate)
                .await?;
            if beside.is_some() {
                return Ok(beside);
            }
        }
        if !wanted {
            return Ok(None);
        }
        Ok(self.register.place_for(principal).await?)
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

/// The authorities between a certificate and its root, which relying parties have.
fn without_root(chain: &[Certificate]) -> &[Certificate] {
    match chain.split_last() {
        Some((last, between)) if last.issuer() == last.subject() => between,
        _ => chain,
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
    csr::read_for(ready, &data.csr).map_err(ActivateError::Csr)
}

impl Activated {
    /// The statements that are committed with the certificate.
    fn also(self, issued: &Issued) -> Result<Batch, AlsoError> {
        let Self {
            ra,
            mut order,
            person,
            email,
            with,
            key_place,
            language,
            actor,
            now,
        } = self;
        // The version is what makes the second of two equal forms lose.
        let mut batch = order.change();
        batch.one(
            "update ra_orders set certificate = $2, finished = $3, key_place = $4
                where id = $1 and certificate is null",
            args![order.id, issued.id, true, key_place.id()],
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
        Register::require_enabled(&mut batch, order.person);
        if let Some(former) = order.renews {
            Ca::require_unrevoked(&mut batch, former);
        }
        batch.append(with.also);
        if let Some(place) = with.place {
            let (leaf, chain) = (&issued.certificate, without_root(&issued.chain));
            ra.register
                .enter_issued(&mut batch, &place, leaf, chain, actor, now)?;
        }
        Ok(batch)
    }
}
