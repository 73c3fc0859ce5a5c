//! Organisations as a registration authority verified them.

use chancery_store::{Batch, FromRow, Row, RowError, Timestamp, args};

use crate::{Fault, OrganizationId, PersonId, Register, numbers::NumberKind, person::parsed};

/// An organisation's data, found true by an officer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedOrganization {
    /// Its name, as in its register.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// State or province, where it has one.
    pub state: Option<String>,
    /// Town.
    pub locality: String,
    /// Street and number.
    pub street: String,
    /// Postal code.
    pub postal_code: String,
    /// Which register the number is of.
    pub number_kind: NumberKind,
    /// The number, normalized by [`crate::numbers::check`].
    pub number: String,
    /// For whom it was verified.
    pub representative: PersonId,
    /// Which officer verified it.
    pub verified_by: PersonId,
    /// When.
    pub verified_at: Timestamp,
}

/// A stored [`VerifiedOrganization`]: a fact of that day, never changed; a later verification adds another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// Its id.
    pub id: OrganizationId,
    /// What was verified.
    pub verified: VerifiedOrganization,
}

impl FromRow for Organization {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            id: OrganizationId::new(row.id(0)?),
            verified: VerifiedOrganization {
                name: row.text(1)?,
                country: row.text(2)?,
                state: row.opt_text(3)?,
                locality: row.text(4)?,
                street: row.text(5)?,
                postal_code: row.text(6)?,
                number_kind: parsed(row, 7, "a kind of number")?,
                number: row.text(8)?,
                representative: PersonId::new(row.id(9)?),
                verified_by: PersonId::new(row.id(10)?),
                verified_at: row.time(11)?,
            },
        })
    }
}

impl Register {
    /// Adds a verified organisation to the batch of the officer's decision.
    pub fn organization_verified(
        &self,
        batch: &mut Batch,
        verified: &VerifiedOrganization,
    ) -> Result<OrganizationId, Fault> {
        let id = OrganizationId::new(chancery_keys::random_id(self.entropy.as_ref())?);
        batch
            .one(
                "insert into register_organizations (id, name, country, state, locality, street,
                    postal_code, number_kind, number, verified_at, verified_by)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                args![
                    id,
                    &verified.name,
                    &verified.country,
                    verified.state.clone(),
                    &verified.locality,
                    &verified.street,
                    &verified.postal_code,
                    verified.number_kind.name(),
                    &verified.number,
                    verified.verified_at,
                    verified.verified_by
                ],
            )
            .one(
                "insert into register_representatives (organization, person, since)
                 values ($1, $2, $3)",
                args![id, verified.representative, verified.verified_at],
            );
        Ok(id)
    }

    /// The organisations that a person represents, the last verified first, each number once.
    pub async fn organizations_of(&self, person: PersonId) -> Result<Vec<Organization>, Fault> {
        let all: Vec<Organization> = self
            .store
            .all(
                "select o.id, o.name, o.country, o.state, o.locality, o.street, o.postal_code,
                    o.number_kind, o.number, r.person, o.verified_by, o.verified_at
                 from register_representatives r
                 join register_organizations o on o.id = r.organization
                 where r.person = $1
                 order by o.verified_at desc, o.id",
                args![person],
            )
            .await?;
        let mut last: Vec<Organization> = Vec::new();
        for one in all {
            let same = |other: &Organization| {
                other.verified.number_kind == one.verified.number_kind
                    && other.verified.number == one.verified.number
            };
            if !last.iter().any(same) {
                last.push(one);
            }
        }
        Ok(last)
    }

    /// One verified organisation.
    pub async fn organization(&self, id: OrganizationId) -> Result<Option<Organization>, Fault> {
        Ok(self
            .store
            .first(
                "select o.id, o.name, o.country, o.state, o.locality, o.street, o.postal_code,
                    o.number_kind, o.number, r.person, o.verified_by, o.verified_at
                 from register_organizations o
                 join register_representatives r on r.organization = o.id
                 where o.id = $1",
                args![id],
            )
            .await?)
    }
}
