//! What may stand in the certificate: the verified data, by the profile.

use chancery_ca::CertificateRecord;
use chancery_profile::{Presence, Profile, SubjectData};
use chancery_register::numbers::NumberKind;
use chancery_store::args;

use super::{ActivateError, ActivationData};
use crate::{
    ApplicationData, Fault, Field, FieldError, Problem, Ra, Step, StepEvidence, StepState,
    data::identifier, order::Order,
};

/// A field of the certificate's subject.
pub use chancery_profile::SubjectAttribute as CertificateField;

/// The field of that name, as [`CertificateField::name`] writes it.
#[must_use]
pub fn certificate_field(name: &str) -> Option<CertificateField> {
    CertificateField::ALL
        .into_iter()
        .find(|field| field.name() == name)
}

/// What the common name is (S/MIME BR 7.1.4.2.2 a).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommonName {
    /// The organisation's name.
    Organization,
    /// The person's name.
    Person,
    /// The e-mail address.
    Email,
}

impl CommonName {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Organization, Self::Person, Self::Email];

    /// The name in forms and locale keys.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Organization => "organization",
            Self::Person => "person",
            Self::Email => "email",
        }
    }

    /// The choice of that name.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.id() == id)
    }
}

/// A common name that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommonNameChoice {
    /// What it is.
    pub choice: CommonName,
    /// As it would stand.
    pub value: String,
}

/// A field that can or must stand in the certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChoice {
    /// Which.
    pub field: CertificateField,
    /// As it would stand.
    pub value: String,
    /// It must.
    pub mandatory: bool,
    /// It does, unless the applicant says otherwise.
    pub chosen: bool,
}

/// Everything verified, as subject data; what is not wanted is taken out.
pub(super) struct Verified {
    subject: SubjectData,
}

impl Verified {
    fn new(order: &Order, data: &ApplicationData, email: String) -> Result<Self, Fault> {
        let text = |value: &str| (!value.is_empty()).then(|| value.to_owned());
        let mut subject = SubjectData {
            emails: vec![email],
            ..SubjectData::default()
        };
        if order.kind().has_organization() {
            let organization = &data.organization;
            let stored = Fault::Stored {
                what: "registration number",
            };
            let identifier = organization
                .number_kind
                .parse::<NumberKind>()
                .ok()
                .and_then(|kind| identifier(kind, &organization.country, &organization.number).ok())
                .ok_or(stored)?;
            subject.organization = text(&organization.name);
            subject.organization_identifier = Some(identifier.to_string());
            subject.country = text(&organization.country);
            subject.state = text(&organization.state);
            subject.locality = text(&organization.locality);
            subject.street = text(&organization.street);
            subject.postal_code = text(&organization.postal_code);
        }
        if order.kind().has_person() {
            subject.given_name = text(&data.person.given_name);
            subject.surname = text(&data.person.surname);
        }
        Ok(Self { subject })
    }

    pub(super) fn email(&self) -> &str {
        self.subject.emails.first().map_or("", String::as_str)
    }

    /// The value of a field; the address counts although it stands in the name only where it is wanted.
    fn value(&self, field: CertificateField) -> Option<String> {
        if field == CertificateField::EmailAddress {
            return Some(self.email().to_owned());
        }
        self.subject
            .values(field)
            .first()
            .map(|value| (*value).to_owned())
    }
}

/// The common names to choose from, the most telling first; one that does not fit is not offered.
pub(super) fn common_names(profile: &Profile, verified: &Verified) -> Vec<CommonNameChoice> {
    let subject = &verified.subject;
    let mut choices: Vec<CommonNameChoice> = Vec::new();
    for value in profile.common_name_choices(subject) {
        let choice = if subject.emails.contains(&value) {
            CommonName::Email
        } else if subject.organization.as_ref() == Some(&value) {
            CommonName::Organization
        } else {
            CommonName::Person
        };
        let fits = value.chars().count() <= CertificateField::CommonName.upper_bound();
        if fits && choices.iter().all(|other| other.choice != choice) {
            choices.push(CommonNameChoice { choice, value });
        }
    }
    choices
}

/// Whether the profile wants a common name.
pub(super) fn common_name_mandatory(profile: &Profile) -> bool {
    profile
        .subject_attributes()
        .contains(&(CertificateField::CommonName, Presence::Required))
}

/// The other fields that there are values for, in the profile's order.
pub(super) fn fields(profile: &Profile, verified: &Verified) -> Vec<FieldChoice> {
    profile
        .subject_attributes()
        .iter()
        .filter(|(field, _)| *field != CertificateField::CommonName)
        .filter_map(|(field, presence)| {
            let mandatory = *presence == Presence::Required;
            Some(FieldChoice {
                field: *field,
                value: verified.value(*field)?,
                mandatory,
                // The whole address of the headquarters is more than most readers need.
                chosen: mandatory
                    || !matches!(
                        field,
                        CertificateField::StreetAddress
                            | CertificateField::PostalCode
                            | CertificateField::EmailAddress
                    ),
            })
        })
        .collect()
}

/// The names with the one that the renewed certificate has first.
pub(super) fn as_before(
    mut names: Vec<CommonNameChoice>,
    former: Option<&CertificateRecord>,
) -> Vec<CommonNameChoice> {
    let name = former.and_then(|former| former.certificate.subject().common_name());
    names.sort_by_key(|choice| Some(choice.value.as_str()) != name);
    names
}

/// The fields, of which those are chosen that the renewed certificate has.
pub(super) fn chosen_before(
    mut fields: Vec<FieldChoice>,
    former: Option<&CertificateRecord>,
) -> Vec<FieldChoice> {
    if let Some(former) = former {
        let subject = former.certificate.subject();
        for choice in &mut fields {
            let stands = |oid| subject.attributes().any(|one| one.kind.oid() == oid);
            choice.chosen = choice.mandatory || stands(choice.field.oid());
        }
    }
    fields
}

/// The subject as chosen.
pub(super) fn chosen(
    profile: &Profile,
    verified: &Verified,
    data: &ActivationData,
) -> Result<SubjectData, Vec<FieldError>> {
    let offered = fields(profile, verified);
    let mut errors = Vec::new();
    let mut wrong = |problem| {
        errors.push(FieldError {
            field: Field::CommonName,
            problem,
        });
    };
    let known = |field: &CertificateField| offered.iter().any(|choice| choice.field == *field);
    if !data.fields.iter().all(known) {
        wrong(Problem::NotOffered);
    }
    let names = common_names(profile, verified);
    let common_name = match data.common_name {
        None if common_name_mandatory(profile) => {
            wrong(Problem::Missing);
            None
        }
        None => None,
        Some(choice) => {
            let found = names.into_iter().find(|name| name.choice == choice);
            if found.is_none() {
                wrong(Problem::NotOffered);
            }
            found.map(|name| name.value)
        }
    };
    if !errors.is_empty() {
        return Err(errors);
    }
    let wanted = surrounded(&data.fields, &offered);
    Ok(narrowed(&verified.subject, common_name, |field| {
        wanted.contains(&field)
    }))
}

/// The fields chosen, the mandatory ones, and for each part of an address the part around it, without which
/// it must not stand (S/MIME BR 7.1.4.2.2 j to m). Everything is shown before it is agreed to.
fn surrounded(chosen: &[CertificateField], offered: &[FieldChoice]) -> Vec<CertificateField> {
    use CertificateField as F;
    let mut wanted: Vec<F> = offered
        .iter()
        .filter(|choice| choice.mandatory || chosen.contains(&choice.field))
        .map(|choice| choice.field)
        .collect();
    let places = [F::LocalityName, F::StateOrProvinceName];
    if wanted.contains(&F::StreetAddress) && !places.iter().any(|place| wanted.contains(place)) {
        wanted.extend(
            offered
                .iter()
                .map(|choice| choice.field)
                .find(|field| places.contains(field)),
        );
    }
    let within = [F::LocalityName, F::StateOrProvinceName, F::PostalCode];
    if within.iter().any(|field| wanted.contains(field)) {
        wanted.push(F::CountryName);
    }
    wanted
}

/// The subject with everything that is chosen unless the applicant says otherwise.
pub(super) fn usual(profile: &Profile, verified: &Verified) -> SubjectData {
    let offered = fields(profile, verified);
    let name = common_names(profile, verified).into_iter().next();
    narrowed(&verified.subject, name.map(|name| name.value), |field| {
        offered
            .iter()
            .any(|choice| choice.field == field && choice.chosen)
    })
}

fn narrowed(
    all: &SubjectData,
    common_name: Option<String>,
    wanted: impl Fn(CertificateField) -> bool,
) -> SubjectData {
    use CertificateField as F;
    let keep = |field, value: &Option<String>| value.clone().filter(|_| wanted(field));
    SubjectData {
        common_name,
        given_name: keep(F::GivenName, &all.given_name),
        surname: keep(F::Surname, &all.surname),
        organization: keep(F::OrganizationName, &all.organization),
        organization_identifier: keep(F::OrganizationIdentifier, &all.organization_identifier),
        country: keep(F::CountryName, &all.country),
        state: keep(F::StateOrProvinceName, &all.state),
        locality: keep(F::LocalityName, &all.locality),
        street: keep(F::StreetAddress, &all.street),
        postal_code: keep(F::PostalCode, &all.postal_code),
        emails: all.emails.clone(),
        email_in_subject: wanted(F::EmailAddress),
        ..SubjectData::default()
    }
}

impl Ra {
    /// What was verified for an order: the data an officer saw, and the mailbox that answered.
    pub(super) async fn verified(&self, order: &Order) -> Result<Verified, ActivateError> {
        let data = match order.state(Step::DataVerification) {
            None => ApplicationData::default(),
            Some(_) => self.verified_data(order.id).await?.ok_or(Fault::Stored {
                what: "application",
            })?,
        };
        let Some(StepState::Verified {
            evidence: StepEvidence::Mailbox { sending, .. },
            ..
        }) = order.state(Step::EmailVerification)
        else {
            return Err(Fault::Stored { what: "mailbox" }.into());
        };
        let sending: chancery_store::Id = sending
            .parse()
            .map_err(|_| Fault::Stored { what: "mailbox" })?;
        let rows = self
            .store
            .rows(
                "select email from ra_sendings where id = $1 and order_id = $2 and state = 'answered'",
                args![sending, order.id],
            )
            .await?;
        let email = rows
            .first()
            .ok_or(Fault::Stored { what: "mailbox" })?
            .text(0)?;
        Ok(Verified::new(order, &data, email)?)
    }
}
