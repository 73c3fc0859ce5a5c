//! One order in every state, each brought there by the use cases that people go through.

use std::time::Duration;

use chancery_keys::{KeyAlgorithm, SoftwareKey};
use chancery_ra::{
    ActivationData, ApplicationData, CommonName, Decision, KeyPlace, OrganizationData, StatementAt,
    StatementVersion, Submission, Upload,
};
use chancery_register::{Language, PersonId};
use chancery_store::{Id, Timestamp, outbox};
use chancery_x509::{Name, RevocationReason};

use super::{
    people::{self, People},
    specimen,
};
use crate::{commands::csr, environment::Environment, failure::Failure, mail};

const HOUR: Duration = Duration::from_hours(1);

/// An applicant's organisation.
struct Company {
    name: &'static str,
    country: &'static str,
    locality: &'static str,
    street: &'static str,
    postal_code: &'static str,
    number_kind: &'static str,
    number: &'static str,
    email: &'static str,
}

// Numbers with right check digits that no register is known to have given out.
const ELEKTRA: Company = Company {
    name: "Elektra Distribuce a.s.",
    country: "CZ",
    locality: "Brno",
    street: "Příkladná 12",
    postal_code: "602 00",
    number_kind: "cz-ico",
    number: "99999994",
    email: "podatelna@elektra.test",
};
const SOLARIS: Company = Company {
    name: "Solaris Energia sp. z o.o.",
    country: "PL",
    locality: "Warszawa",
    street: "ul. Przykładowa 7",
    postal_code: "00-001",
    number_kind: "pl-nip",
    number: "9999999999",
    email: "biuro@solaris.test",
};
const VITOSHA: Company = Company {
    name: "Vitosha Trade EOOD",
    country: "BG",
    locality: "Sofia",
    street: "Primerna 3",
    postal_code: "1000",
    number_kind: "bg-eik",
    number: "999999995",
    email: "office@vitosha.test",
};

/// Adds the orders.
pub async fn add(
    environment: &Environment,
    people: &People,
    now: Timestamp,
) -> Result<(), Failure> {
    let demonstration = Demonstration {
        environment,
        officer: people.officer,
    };
    let at = |days: u32, hours: u32| now.minus(HOUR * (24 * days + hours));

    // Piotr: from the first step to a rejection, so that each tile of his says something else.
    demonstration
        .placed(people.piotr, "smime-sponsor-365", at(0, 3))
        .await?;
    demonstration
        .submitted(people.piotr, &SOLARIS, at(1, 2))
        .await?;
    demonstration
        .rejected(people.piotr, &SOLARIS, at(2, 4))
        .await?;

    // Elena: verified data, then the mailbox, then all that is left is her key.
    demonstration
        .verified(people.elena, &VITOSHA, at(3, 1))
        .await?;
    demonstration
        .address_sent(people.elena, &VITOSHA, at(0, 5))
        .await?;
    demonstration
        .address_verified(people.elena, &VITOSHA, at(1, 3))
        .await?;

    // Jana: one that works, one that was revoked, one that waits for the desk.
    demonstration
        .issued(people.jana, &ELEKTRA, at(0, 20), now)
        .await?;
    demonstration
        .revoked(people.jana, &ELEKTRA, at(0, 23), now)
        .await?;
    demonstration
        .submitted(people.jana, &ELEKTRA, at(0, 6))
        .await?;
    Ok(())
}

/// What goes wrong while the demonstration is made is a fault of ours, told with where it happened.
fn at<E: std::error::Error>(step: &'static str) -> impl FnOnce(E) -> Failure {
    move |error| Failure::because(format_args!("the demonstration, {step}"), &error)
}

struct Demonstration<'a> {
    environment: &'a Environment,
    officer: PersonId,
}

impl Demonstration<'_> {
    async fn placed(&self, person: PersonId, product: &str, now: Timestamp) -> Result<Id, Failure> {
        let principal = people::log_in(self.environment, person, now).await?;
        let order = self
            .environment
            .ra
            .place_order(&principal, product, now)
            .await;
        Ok(order.map_err(at("order"))?.id)
    }

    async fn submitted(
        &self,
        person: PersonId,
        company: &Company,
        now: Timestamp,
    ) -> Result<Id, Failure> {
        let ra = &self.environment.ra;
        let order = self.placed(person, "smime-organization-365", now).await?;
        let principal = people::log_in(self.environment, person, now).await?;
        let upload = Upload {
            file_name: "extract.pdf".to_owned(),
            content: specimen::pdf(&["SPECIMEN", "Extract from the register", company.number]),
            purpose: None,
        };
        ra.add_document(&principal, order, upload, now)
            .await
            .map_err(at("document"))?;
        let submission = Submission {
            data: ApplicationData {
                organization: company.data(),
                ..ApplicationData::default()
            },
            wrong_number_knowingly: false,
            ticked: self.statements(StatementAt::Data),
            language: Language::En,
        };
        ra.submit_data(&principal, order, &submission, now)
            .await
            .map_err(at("data"))?;
        Ok(order)
    }

    async fn decided(&self, order: Id, decision: Decision, now: Timestamp) -> Result<(), Failure> {
        let ra = &self.environment.ra;
        let officer = people::log_in(self.environment, self.officer, now).await?;
        let application = ra
            .application(&officer, order)
            .await
            .map_err(at("application"))?;
        let version = application.order.version;
        ra.decide(&officer, order, decision, version, now)
            .await
            .map_err(at("decision"))
    }

    async fn rejected(
        &self,
        person: PersonId,
        company: &Company,
        now: Timestamp,
    ) -> Result<Id, Failure> {
        let order = self.submitted(person, company, now).await?;
        let reason = "The extract you sent is older than 3 months. Send a newer one here; everything else is kept.";
        self.decided(
            order,
            Decision::Reject {
                reason: reason.to_owned(),
            },
            now.plus(HOUR),
        )
        .await?;
        Ok(order)
    }

    async fn verified(
        &self,
        person: PersonId,
        company: &Company,
        now: Timestamp,
    ) -> Result<Id, Failure> {
        let order = self.submitted(person, company, now).await?;
        self.decided(order, Decision::Verify, now.plus(HOUR))
            .await?;
        Ok(order)
    }

    async fn address_sent(
        &self,
        person: PersonId,
        company: &Company,
        now: Timestamp,
    ) -> Result<Id, Failure> {
        let order = self.verified(person, company, now).await?;
        let sent = now.plus(HOUR * 2);
        let principal = people::log_in(self.environment, person, sent).await?;
        self.environment
            .ra
            .send_email_verification(&principal, order, company.email, sent)
            .await
            .map_err(at("e-mail"))?;
        mail::courier(self.environment)?
            .deliver_due(sent)
            .await
            .map_err(at("mail"))?;
        Ok(order)
    }

    async fn address_verified(
        &self,
        person: PersonId,
        company: &Company,
        now: Timestamp,
    ) -> Result<Id, Failure> {
        let order = self.address_sent(person, company, now).await?;
        let token = self.link_in_mail(company.email, now.plus(HOUR * 2)).await?;
        self.environment
            .ra
            .confirm_email_link(&token, None, now.plus(HOUR * 2))
            .await
            .map_err(at("e-mail link"))?;
        Ok(order)
    }

    /// The one-time link, read where its receiver reads it.
    async fn link_in_mail(&self, address: &str, sent: Timestamp) -> Result<String, Failure> {
        let mails = outbox::captured(&self.environment.store, 100)
            .await
            .map_err(at("mail"))?;
        mails
            .iter()
            .filter(|mail| mail.recipient.contains(address) && mail.at == sent)
            .find_map(|mail| {
                let (_, rest) = mail.text.split_once("/verify-email/")?;
                Some(
                    rest.chars()
                        .take_while(char::is_ascii_alphanumeric)
                        .collect(),
                )
            })
            .ok_or_else(|| {
                Failure::new(format!(
                    "the demonstration: no link was mailed to {address}"
                ))
            })
    }

    /// The authority is as old as the sandbox: it certifies nothing before its own time.
    async fn issued(
        &self,
        person: PersonId,
        company: &Company,
        placed: Timestamp,
        now: Timestamp,
    ) -> Result<Id, Failure> {
        let ra = &self.environment.ra;
        let order = self.address_verified(person, company, placed).await?;
        let principal = people::log_in(self.environment, person, now).await?;
        let view = ra
            .activation(&principal, order, now)
            .await
            .map_err(at("activation"))?;
        let key = SoftwareKey::generate(KeyAlgorithm::EcP256).map_err(at("key"))?;
        let subject: Name = format!("CN={}", company.email)
            .parse()
            .map_err(at("name"))?;
        let request = csr::request(&key, &subject, &[])?;
        let activation = ActivationData {
            common_name: Some(CommonName::Organization),
            fields: view
                .fields
                .iter()
                .filter(|field| field.chosen)
                .map(|field| field.field)
                .collect(),
            key_place: KeyPlace::Elsewhere,
            csr: request.to_pem(),
            register: false,
            agreed: self.statements(StatementAt::Activation),
            language: Language::En,
        };
        ra.activate(&principal, order, &activation, now)
            .await
            .map_err(at("issuance"))
    }

    async fn revoked(
        &self,
        person: PersonId,
        company: &Company,
        placed: Timestamp,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let certificate = self.issued(person, company, placed, now).await?;
        let principal = people::log_in(self.environment, person, now).await?;
        self.environment
            .ra
            .revoke(
                &principal,
                certificate,
                RevocationReason::KeyCompromise,
                now,
            )
            .await
            .map_err(at("revocation"))
    }

    fn statements(&self, moment: StatementAt) -> Vec<StatementVersion> {
        let product = self
            .environment
            .ra
            .products()
            .product("smime-organization-365");
        product.map_or_else(Vec::new, |product| {
            product
                .statements_at(moment)
                .map(|statement| statement.reference())
                .collect()
        })
    }
}

impl Company {
    fn data(&self) -> OrganizationData {
        OrganizationData {
            name: self.name.to_owned(),
            country: self.country.to_owned(),
            locality: self.locality.to_owned(),
            street: self.street.to_owned(),
            postal_code: self.postal_code.to_owned(),
            number_kind: self.number_kind.to_owned(),
            number: self.number.to_owned(),
            ..OrganizationData::default()
        }
    }
}
