//! What an officer found true goes into the register of organisations and people.

use chancery_register::{
    Granted, ParseDocumentKindError, VerifiedIdentity, VerifiedOrganization,
    numbers::ParseNumberKindError,
};
use chancery_store::{Batch, Timestamp};

use super::DecideError;
use crate::{ApplicationData, Fault, Ra, order::Order};

impl Ra {
    /// What was found true, for the register of organisations and people.
    pub(super) fn register_verified(
        &self,
        batch: &mut Batch,
        order: &Order,
        granted: &Granted,
        data: &ApplicationData,
        now: Timestamp,
    ) -> Result<(), DecideError> {
        let stored = || Fault::Stored {
            what: "application",
        };
        if order.kind().has_organization() {
            let organization = &data.organization;
            let kind = organization
                .number_kind
                .parse()
                .map_err(|_: ParseNumberKindError| stored())?;
            self.register.organization_verified(
                batch,
                &VerifiedOrganization {
                    name: organization.name.clone(),
                    country: organization.country.clone(),
                    state: (!organization.state.is_empty()).then(|| organization.state.clone()),
                    locality: organization.locality.clone(),
                    street: organization.street.clone(),
                    postal_code: organization.postal_code.clone(),
                    number_kind: kind,
                    number: organization.number.clone(),
                    representative: order.person,
                    verified_by: granted.person(),
                    verified_at: now,
                },
            )?;
        }
        if order.kind().has_person() {
            let person = &data.person;
            let kind = person
                .document_kind
                .parse()
                .map_err(|_: ParseDocumentKindError| stored())?;
            self.register.identity_verified(
                batch,
                &VerifiedIdentity {
                    person: order.person,
                    given_name: person.given_name.clone(),
                    surname: person.surname.clone(),
                    document_kind: kind,
                    document_country: person.document_country.clone(),
                    document_number: person.document_number.clone(),
                    verified_by: granted.person(),
                    verified_at: now,
                },
            )?;
        }
        Ok(())
    }
}
