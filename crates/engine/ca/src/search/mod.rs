//! Searching certificates, at a cost that follows what is found and not how many there are.

mod term;

use chancery_store::{Id, ReadError, Timestamp, Value, args};
use chancery_x509::hex;

use crate::{
    Ca, CertificateRecord,
    record::{certificate_columns, key_digest},
};
pub(crate) use term::{Found, terms};
use term::{Range, ranges};

/// Which states a search wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StateFilter {
    /// All.
    #[default]
    Any,
    /// In validity and not revoked.
    Valid,
    /// Expired without being revoked.
    Expired,
    /// Revoked.
    Revoked,
}

/// What to look for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Words of the subject, an e-mail address or its beginning, a serial number, SHA-1 or SHA-256
    /// fingerprint of the certificate or SHA-256 fingerprint of its key, or its beginning; empty finds
    /// everything.
    pub text: String,
    /// Which states.
    pub state: StateFilter,
    /// One holder's only.
    pub holder: Option<Id>,
    /// Page, from 1.
    pub page: u32,
    /// Certificates a page, at most [`MOST_PER_PAGE`]; 0 means that many.
    pub per_page: u32,
}

/// Most certificates of one page.
pub const MOST_PER_PAGE: u32 = 100;
/// Last page that is shown; who is beyond it should search more narrowly.
pub const LAST_PAGE: u32 = 100;
/// Candidates that a text search looks at: of a word that stands in more certificates, the newest.
const CANDIDATES: i64 = 2_000;

/// A page of what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The page's content.
    pub items: Vec<T>,
    /// Which page it is, from 1.
    pub page: u32,
    /// Whether another follows. How many there are in all is not counted: that would cost with the table.
    pub more: bool,
}

/// Bounds on the two columns that make the state, so that one statement serves every filter.
struct Bounds {
    ends_from: i64,
    ends_to: i64,
    revoked_from: i64,
    revoked_to: i64,
}

impl Bounds {
    fn new(state: StateFilter, now: Timestamp) -> Self {
        let any = Self {
            ends_from: i64::MIN,
            ends_to: i64::MAX,
            revoked_from: 0,
            revoked_to: i64::MAX,
        };
        // A certificate is valid to the end of the second of notAfter (RFC 5280 section 4.1.2.5).
        let second = Timestamp::from_secs(now.as_secs()).as_micros();
        match state {
            StateFilter::Any => any,
            StateFilter::Valid => Self {
                ends_from: second,
                revoked_to: 0,
                ..any
            },
            StateFilter::Expired => Self {
                ends_to: second.saturating_sub(1),
                revoked_to: 0,
                ..any
            },
            StateFilter::Revoked => Self {
                revoked_from: 1,
                ..any
            },
        }
    }

    fn args(&self) -> Vec<Value> {
        args![
            self.ends_from,
            self.ends_to,
            self.revoked_from,
            self.revoked_to
        ]
    }
}

/// Whether a certificate that was come upon is in the bounds. The sum keeps planners from coming upon it by the
/// index over `not_after`, from where the order would have to be made by sorting everything.
macro_rules! in_bounds {
    () => {
        "c.not_after + 0 >= $1 and c.not_after + 0 <= $2
            and coalesce(c.revoked_at, 0) >= $3 and coalesce(c.revoked_at, 0) <= $4"
    };
}

/// Certificates that meet a first range and as many more as are given. A statement a number of ranges: one that
/// is always met would be looked up all the same.
macro_rules! by_terms {
    ($($also:literal),*) => {
        concat!(
            "select ",
            certificate_columns!(),
            " from certificate c where c.id in (
                select t.certificate_id from certificate_term t where t.term >= $8 and t.term < $9",
            $(
                " and exists (select 1 from certificate_term u where u.certificate_id = t.certificate_id and ",
                $also,
                ")",
            )*
            " order by t.term, t.issued_at desc limit $7) and ",
            in_bounds!(),
            " order by c.issued_at desc, c.id limit $5 offset $6"
        )
    };
}
const BY_TERMS: [&str; 4] = [
    by_terms!(),
    by_terms!("u.term >= $10 and u.term < $11"),
    by_terms!(
        "u.term >= $10 and u.term < $11",
        "u.term >= $12 and u.term < $13"
    ),
    by_terms!(
        "u.term >= $10 and u.term < $11",
        "u.term >= $12 and u.term < $13",
        "u.term >= $14 and u.term < $15"
    ),
];
/// Without those of devices, which renew themselves every week: a search by words finds them, and the list of devices shows the devices.
const BY_HOLDER: &str = concat!(
    "select ",
    certificate_columns!(),
    " from certificate c where c.holder = $7 and c.profile <> 'device' and ",
    in_bounds!(),
    " order by c.issued_at desc, c.id limit $5 offset $6"
);
const NEWEST: &str = concat!(
    "select ",
    certificate_columns!(),
    " from certificate c where ",
    in_bounds!(),
    " order by c.issued_at desc, c.id desc limit $5 offset $6"
);
const LATEST_ENDED: &str = concat!(
    "select ",
    certificate_columns!(),
    " from certificate c where c.not_after >= $1 and c.not_after <= $2 and ",
    in_bounds!(),
    " order by c.not_after desc, c.id desc limit $5 offset $6"
);
const LATEST_REVOKED: &str = concat!(
    "select ",
    certificate_columns!(),
    " from certificate c where c.revoked_at is not null and ",
    in_bounds!(),
    " order by c.revoked_at desc, c.id desc limit $5 offset $6"
);

impl Ca {
    /// A page of certificates. Without a text they come newest first, or latest expired or revoked first
    /// where that state is asked for.
    pub async fn search(
        &self,
        search: &Search,
        now: Timestamp,
    ) -> Result<Page<CertificateRecord>, ReadError> {
        let page = search.page.clamp(1, LAST_PAGE);
        let per_page = match search.per_page {
            0 => MOST_PER_PAGE,
            wanted => wanted.min(MOST_PER_PAGE),
        };
        let mut args = Bounds::new(search.state, now).args();
        args.extend(args![per_page + 1, (page - 1) * per_page]);
        let words = ranges(&search.text);
        if words.is_empty() && !search.text.trim().is_empty() {
            return Ok(Page {
                items: Vec::new(),
                page,
                more: false,
            });
        }
        let sql = match (words.len(), search.holder, search.state) {
            (0, Some(holder), _) => {
                args.extend(args![holder]);
                BY_HOLDER
            }
            (0, None, StateFilter::Any | StateFilter::Valid) => NEWEST,
            (0, None, StateFilter::Expired) => LATEST_ENDED,
            (0, None, StateFilter::Revoked) => LATEST_REVOKED,
            (_, holder, _) => {
                // Nobody holds as many certificates as may have a word in common.
                let all: Vec<Range> = holder.map(Range::holder).into_iter().chain(words).collect();
                args.extend(args![CANDIDATES]);
                args.extend(
                    all.iter()
                        .flat_map(|range| args![range.from.clone(), range.to.clone()]),
                );
                BY_TERMS.get(all.len() - 1).copied().unwrap_or(NEWEST)
            }
        };
        let mut items: Vec<CertificateRecord> = self.context().store.all(sql, args).await?;
        let most = usize::try_from(per_page).unwrap_or(usize::MAX);
        let more = items.len() > most && page < LAST_PAGE;
        items.truncate(most);
        Ok(Page { items, page, more })
    }

    /// The valid certificates that have the same key as this one, without itself: once the key is compromised, they
    /// are to be revoked too (S/MIME BR 4.9.1.1).
    pub async fn with_same_key(
        &self,
        record: &CertificateRecord,
        now: Timestamp,
    ) -> Result<Vec<CertificateRecord>, ReadError> {
        let key = key_digest(record.certificate.public_key().as_der());
        let search = Search {
            text: hex::encode(&key, ""),
            state: StateFilter::Valid,
            ..Search::default()
        };
        let mut found = self.search(&search, now).await?.items;
        found.retain(|other| other.id != record.id);
        Ok(found)
    }
}
