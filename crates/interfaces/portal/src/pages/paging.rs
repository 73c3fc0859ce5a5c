//! Pages of a long list.

use std::fmt::Write as _;

/// Where in a list a page is, and the way to the others.
pub(crate) struct Paging {
    pub page: u32,
    pub extent: Extent,
    /// Path and query up to the number of the page.
    address: String,
}

/// How long the list is, as far as that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Counted.
    Known { pages: u64, total: u64 },
    /// Counting would cost more the longer the list grows; only whether there is more is known.
    Open { more: bool },
}

impl Paging {
    /// `query` is what was searched for: every page of the answer keeps it.
    pub(crate) fn new(path: &str, query: &[(&str, &str)], page: u32, extent: Extent) -> Self {
        let mut address = format!("{path}?");
        for (name, value) in query.iter().filter(|(_, value)| !value.is_empty()) {
            address.push_str(name);
            address.push('=');
            address.push_str(&encode(value));
            address.push('&');
        }
        address.push_str("page=");
        Self {
            page,
            extent,
            address,
        }
    }

    fn to(&self, page: u64) -> String {
        format!("{}{page}", self.address)
    }

    /// Whether there is anything to say about where this page is.
    pub(crate) fn says(&self) -> bool {
        match self.extent {
            Extent::Known { .. } => true,
            Extent::Open { more } => more || self.page > 1,
        }
    }

    pub(crate) fn previous(&self) -> Option<String> {
        let before = u64::from(self.page)
            .checked_sub(1)
            .filter(|page| *page > 0)?;
        Some(self.to(match self.extent {
            Extent::Known { pages, .. } => before.min(pages.max(1)),
            Extent::Open { .. } => before,
        }))
    }

    pub(crate) fn next(&self) -> Option<String> {
        let after = u64::from(self.page) + 1;
        let exists = match self.extent {
            Extent::Known { pages, .. } => after <= pages,
            Extent::Open { more } => more,
        };
        exists.then(|| self.to(after))
    }
}

/// Percent-encoded as a value in a query (RFC 3986 section 3.4).
pub(crate) fn encode(value: &str) -> String {
    let mut encoded = String::with_capacity(value.len());
    for octet in value.bytes() {
        if octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(octet));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(encoded, "%{octet:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::{Extent, Paging};

    const KNOWN: Extent = Extent::Known {
        pages: 3,
        total: 41,
    };

    #[test]
    fn every_page_keeps_what_was_searched_for() {
        let paging = Paging::new(
            "/certificates",
            &[("q", "Nová & s."), ("state", "")],
            2,
            KNOWN,
        );
        assert_eq!(
            paging.previous().unwrap(),
            "/certificates?q=Nov%C3%A1%20%26%20s.&page=1"
        );
        assert_eq!(
            paging.next().unwrap(),
            "/certificates?q=Nov%C3%A1%20%26%20s.&page=3"
        );
    }

    #[test]
    fn the_ends_of_the_list_lead_nowhere_and_a_page_beyond_it_leads_back() {
        let empty = Extent::Known { pages: 1, total: 0 };
        assert!(Paging::new("/orders", &[], 1, empty).next().is_none());
        assert!(Paging::new("/orders", &[], 1, KNOWN).previous().is_none());
        let beyond = Paging::new("/orders", &[], 9, KNOWN);
        assert!(beyond.next().is_none());
        assert_eq!(beyond.previous().unwrap(), "/orders?page=3");
    }

    #[test]
    fn an_uncounted_list_goes_on_while_there_is_more() {
        let open = |more| Paging::new("/certificates", &[], 2, Extent::Open { more });
        assert_eq!(open(true).next().unwrap(), "/certificates?page=3");
        assert!(open(false).says());
        let only = Paging::new("/certificates", &[], 1, Extent::Open { more: false });
        assert!(!only.says());
        assert_eq!(open(false).next(), None);
        assert_eq!(open(false).previous().unwrap(), "/certificates?page=1");
    }
}
