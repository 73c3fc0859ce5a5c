//! Whether a domain takes mail, by its records.

mod dns;

use std::{future::Future, pin::Pin};

pub use dns::{DnsConfig, DnsMx, DnsSetupError};

/// What the records say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailDomain {
    /// It names a mail server, or is one by an address of its own (RFC 5321 section 5.1).
    Accepts,
    /// There is no such domain.
    NoSuchDomain,
    /// It says that it takes no mail (null MX, RFC 7505).
    NullMx,
    /// It names no mail server and has no address.
    NoMailServer,
    /// The name servers cannot be reached or do not know: said, and no reason to refuse.
    Unknown,
}

/// One MX record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mx {
    /// Lower is tried first.
    pub preference: u16,
    /// The server's name without the last dot; empty for the root.
    pub exchange: String,
}

/// What a look-up found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<T> {
    /// Records.
    Records(T),
    /// The domain is there, records of this type are not.
    None,
    /// The domain is not there.
    NoSuchDomain,
    /// No answer that could be used.
    OutOfReach,
}

/// A look-up under way.
pub type LookUp<'a, T> = Pin<Box<dyn Future<Output = Found<T>> + Send + 'a>>;

/// Asks the name servers; an interface, so that perspectives from elsewhere can join.
pub trait MxLookup: Send + Sync {
    /// The MX records of a domain (in ASCII).
    fn mx<'a>(&'a self, domain: &'a str) -> LookUp<'a, Vec<Mx>>;

    /// Whether the domain has an A or AAAA record.
    fn address<'a>(&'a self, domain: &'a str) -> LookUp<'a, ()>;
}

/// Whether the domain takes mail.
pub async fn check(lookup: &dyn MxLookup, domain: &str) -> MailDomain {
    match lookup.mx(domain).await {
        Found::Records(records) => of_records(&records),
        Found::NoSuchDomain => MailDomain::NoSuchDomain,
        Found::OutOfReach => MailDomain::Unknown,
        Found::None => match lookup.address(domain).await {
            Found::Records(()) => MailDomain::Accepts,
            Found::None => MailDomain::NoMailServer,
            Found::NoSuchDomain => MailDomain::NoSuchDomain,
            Found::OutOfReach => MailDomain::Unknown,
        },
    }
}

/// RFC 7505 section 3: a null MX is the only record, with the root as its exchange. Beside others it
/// means nothing, and servers left are still servers.
fn of_records(records: &[Mx]) -> MailDomain {
    if records.iter().any(|record| !record.exchange.is_empty()) {
        MailDomain::Accepts
    } else if records.is_empty() {
        MailDomain::NoMailServer
    } else {
        MailDomain::NullMx
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed {
        mx: Found<Vec<Mx>>,
        address: Found<()>,
    }

    impl MxLookup for Fixed {
        fn mx<'a>(&'a self, _: &'a str) -> LookUp<'a, Vec<Mx>> {
            Box::pin(async { self.mx.clone() })
        }

        fn address<'a>(&'a self, _: &'a str) -> LookUp<'a, ()> {
            Box::pin(async { self.address.clone() })
        }
    }

    fn mx(exchange: &str) -> Mx {
        Mx {
            preference: 10,
            exchange: exchange.to_owned(),
        }
    }

    #[tokio::test]
    async fn every_verdict_has_its_records() {
        for (records, address, verdict) in [
            (
                Found::Records(vec![mx("mail.example.cz")]),
                Found::None,
                MailDomain::Accepts,
            ),
            (
                Found::Records(vec![mx("")]),
                Found::Records(()),
                MailDomain::NullMx,
            ),
            (
                Found::Records(vec![mx(""), mx("mail.example.cz")]),
                Found::None,
                MailDomain::Accepts,
            ),
            (Found::None, Found::Records(()), MailDomain::Accepts),
            (Found::None, Found::None, MailDomain::NoMailServer),
            (Found::None, Found::OutOfReach, MailDomain::Unknown),
            (
                Found::NoSuchDomain,
                Found::Records(()),
                MailDomain::NoSuchDomain,
            ),
            (Found::OutOfReach, Found::Records(()), MailDomain::Unknown),
        ] {
            let lookup = Fixed {
                mx: records.clone(),
                address,
            };
            assert_eq!(check(&lookup, "example.cz").await, verdict, "{records:?}");
        }
    }
}
