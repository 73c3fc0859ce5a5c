//! What waits for an officer.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::Arc,
};

use chancery_register::{Permission, Person, PersonId, Principal};
use chancery_store::{Id, Row, Timestamp, Value, args};

use crate::{
    OrderNumber, Page, Product, Ra, ReadError, Step, StepState,
    data::Outcome,
    order::{Order, page_of, select_orders, total},
};

/// Which applications to list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueFilter {
    /// Only those that wait, the longest first; otherwise all that were submitted, the last changed first.
    pub waiting_only: bool,
    /// An order's number, or an applicant's registration number or e-mail address; empty for all.
    pub text: String,
    /// Page, from 1.
    pub page: u32,
}

impl Default for QueueFilter {
    fn default() -> Self {
        Self {
            waiting_only: true,
            text: String::new(),
            page: 1,
        }
    }
}

/// An application in the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueItem {
    /// The order.
    pub order: Id,
    /// Its number.
    pub number: String,
    /// What was ordered.
    pub product: Arc<Product>,
    /// The applicant's full name.
    pub applicant: String,
    /// The applicant's registration number.
    pub registration_number: String,
    /// The organisation applied for.
    pub organization: Option<String>,
    /// Where data verification stands.
    pub state: StepState,
    /// Since when.
    pub since: Timestamp,
    /// How often data were submitted.
    pub revision: i64,
    /// It is the officer's own: somebody else decides.
    pub own: bool,
}

/// The applications meant by a text.
enum Wanted {
    All,
    Number(String),
    Person(PersonId),
    Nobody,
}

/// The listed part of a queue, before names are looked up.
struct Listed {
    rows: Vec<Row>,
    total: u64,
}

impl Ra {
    /// Applications for data verification ([`Permission::ReadApplications`]).
    pub async fn queue(
        &self,
        principal: &Principal,
        filter: &QueueFilter,
    ) -> Result<Page<QueueItem>, ReadError> {
        let granted = principal.require(Permission::ReadApplications)?;
        let listed = match self.wanted(filter.text.trim()).await? {
            Wanted::All => self.list_all(filter).await?,
            Wanted::Number(number) => {
                let rows = self
                    .store
                    .rows(
                        select_orders!("ra_orders o", "where o.number = $1"),
                        args![number],
                    )
                    .await?;
                Listed {
                    total: u64::from(!rows.is_empty()),
                    rows,
                }
            }
            Wanted::Person(person) => self.list_person(person, filter.page).await?,
            Wanted::Nobody => Listed {
                rows: Vec::new(),
                total: 0,
            },
        };
        let mut people: HashMap<PersonId, Option<Person>> = HashMap::new();
        let mut items = Vec::new();
        for order in self.orders_from(&listed.rows)? {
            let person = match people.entry(order.person) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(unknown) => unknown.insert(self.register.person(order.person).await?),
            };
            if let Some(item) = self.item(order, person.as_ref(), granted.person()).await?
                && fits(filter, &item)
            {
                items.push(item);
            }
        }
        Ok(Page {
            items,
            page: filter.page.max(1),
            per_page: self.policy.page_size,
            total: listed.total,
        })
    }

    async fn wanted(&self, text: &str) -> Result<Wanted, ReadError> {
        if text.is_empty() {
            return Ok(Wanted::All);
        }
        if let Ok(number) = text.parse::<OrderNumber>() {
            return Ok(Wanted::Number(number.to_string()));
        }
        let person = self.register.find_person(text).await?;
        Ok(person.map_or(Wanted::Nobody, |person| Wanted::Person(person.id)))
    }

    async fn list_all(&self, filter: &QueueFilter) -> Result<Listed, ReadError> {
        let (limit, offset) = page_of(filter.page, self.policy.page_size);
        let args: Vec<Value> = vec![limit, offset];
        let (rows, count) = if filter.waiting_only {
            let rows = self.store.rows(
                select_orders!(
                    "(select w.*, q.at as waits_since from ra_steps q join ra_orders w on w.id = q.order_id
                        where q.step = 'data-verification' and q.state = 'waiting-for-verification'
                        order by q.at, q.order_id limit $1 offset $2) o",
                    "order by o.waits_since, o.id"
                ),
                args,
            );
            let count = self.store.rows(
                "select count(*) from ra_steps where step = 'data-verification'
                    and state = 'waiting-for-verification'",
                args![],
            );
            (rows.await?, count.await?)
        } else {
            let rows = self.store.rows(
                select_orders!(
                    "(select w.*, q.at as changed_at from ra_steps q join ra_orders w on w.id = q.order_id
                        where q.step = 'data-verification' and q.state in
                            ('waiting-for-verification', 'verified', 'rejected')
                        order by q.at desc, q.order_id limit $1 offset $2) o",
                    "order by o.changed_at desc, o.id"
                ),
                args,
            );
            let count = self.store.rows(
                "select count(*) from ra_steps where step = 'data-verification' and state in
                    ('waiting-for-verification', 'verified', 'rejected')",
                args![],
            );
            (rows.await?, count.await?)
        };
        Ok(Listed {
            rows,
            total: total(&count)?,
        })
    }

    async fn list_person(&self, person: PersonId, page: u32) -> Result<Listed, ReadError> {
        let (limit, offset) = page_of(page, self.policy.page_size);
        let mut args = args![person];
        args.extend([limit, offset]);
        let rows = self
            .store
            .rows(
                select_orders!(
                    "(select w.* from ra_steps q join ra_orders w on w.id = q.order_id
                        where w.person = $1 and q.step = 'data-verification' and q.state in
                            ('waiting-for-verification', 'verified', 'rejected')
                        order by w.created_at desc, w.id limit $2 offset $3) o",
                    "order by o.created_at desc, o.id"
                ),
                args,
            )
            .await?;
        let count = self
            .store
            .rows(
                "select count(*) from ra_steps q join ra_orders w on w.id = q.order_id
                    where w.person = $1 and q.step = 'data-verification' and q.state in
                        ('waiting-for-verification', 'verified', 'rejected')",
                args![person],
            )
            .await?;
        Ok(Listed {
            rows,
            total: total(&count)?,
        })
    }

    /// The line of one order; `None` where nothing was submitted.
    async fn item(
        &self,
        order: Order,
        person: Option<&Person>,
        officer: PersonId,
    ) -> Result<Option<QueueItem>, ReadError> {
        let Some(state) = order.state(Step::DataVerification).cloned() else {
            return Ok(None);
        };
        let Some(last) = self.last_application(order.id).await? else {
            return Ok(None);
        };
        let since = match &last.outcome {
            Outcome::Waiting => last.submitted_at,
            Outcome::Verified { at, .. }
            | Outcome::Rejected { at, .. }
            | Outcome::Reused { at, .. } => *at,
        };
        let organization = if order.kind().has_organization() {
            let data = self.open_application(last.id, &last.data)?;
            Some(data.organization.name)
        } else {
            None
        };
        Ok(Some(QueueItem {
            order: order.id,
            applicant: person.map_or_else(String::new, |person| person.full_name.clone()),
            registration_number: person
                .map_or_else(String::new, |person| person.registration_number.to_string()),
            organization,
            state,
            since,
            revision: last.revision,
            own: order.person == officer,
            number: order.number,
            product: order.product,
        }))
    }
}

/// A search by number or person lists what was submitted; `waiting_only` narrows it.
fn fits(filter: &QueueFilter, item: &QueueItem) -> bool {
    !filter.waiting_only || matches!(item.state, StepState::WaitingForVerification { .. })
}
