//! Mail domains in the sandbox.

use chancery_register::mail_domain::{DnsMx, Found, LookUp, Mx, MxLookup};

/// Domains for documentation and tests (RFC 2606 section 2) take mail here, since no mail leaves the
/// sandbox; others are looked up as in production.
pub struct SandboxMx {
    dns: DnsMx,
}

const RESERVED: [&str; 4] = ["test", "example", "invalid", "localhost"];

impl SandboxMx {
    /// Looks other domains up with `dns`.
    pub const fn new(dns: DnsMx) -> Self {
        Self { dns }
    }
}

fn is_reserved(domain: &str) -> bool {
    let mut labels = domain.trim_end_matches('.').rsplit('.');
    let last = labels.next().unwrap_or_default();
    let second = labels.next().unwrap_or_default();
    RESERVED.contains(&last) || (second == "example" && ["com", "net", "org"].contains(&last))
}

impl MxLookup for SandboxMx {
    fn mx<'a>(&'a self, domain: &'a str) -> LookUp<'a, Vec<Mx>> {
        if is_reserved(domain) {
            let here = Mx {
                preference: 0,
                exchange: "sandbox.localhost".to_owned(),
            };
            return Box::pin(async { Found::Records(vec![here]) });
        }
        self.dns.mx(domain)
    }

    fn address<'a>(&'a self, domain: &'a str) -> LookUp<'a, ()> {
        self.dns.address(domain)
    }
}

#[cfg(test)]
mod tests {
    use super::is_reserved;

    #[test]
    fn reserved_names_are_told_from_real_ones() {
        for domain in [
            "acme.test",
            "a.b.example",
            "example.com",
            "www.example.org",
            "test",
        ] {
            assert!(is_reserved(domain), "{domain}");
        }
        for domain in ["example.cz", "test.com", "myexample.com", "seznam.cz"] {
            assert!(!is_reserved(domain), "{domain}");
        }
    }
}
