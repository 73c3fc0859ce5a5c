//! E-mail addresses and host names as they stand in certificates, and the addresses of the authority itself.

/// The address of a CRL shard.
#[must_use]
pub fn crl(status_url: &str, slug: &str, shard: u32) -> String {
    format!("{status_url}/crl/{slug}/{shard}.crl")
}

/// The address of the OCSP responder.
#[must_use]
pub fn ocsp(status_url: &str) -> String {
    format!("{status_url}/ocsp")
}

/// The address of an authority's own certificate.
#[must_use]
pub fn issuer(status_url: &str, slug: &str) -> String {
    format!("{status_url}/issuer/{slug}.cer")
}

/// Whether a text is a mailbox as `rfc822Name` may hold it (RFC 5280 section 4.2.1.6): `local@domain` of RFC 5321
/// section 4.1.2, the local part without quotes, the domain in its ASCII form.
#[must_use]
pub fn is_mailbox(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    // RFC 5321 section 4.5.3.1: 64 octets before the sign, 255 after it; RFC 5280 bounds the whole to 255.
    text.len() <= 255 && is_local_part(local) && is_host_name(domain) && domain.contains('.')
}

fn is_local_part(local: &str) -> bool {
    let is_atom = |atom: &str| {
        !atom.is_empty()
            && atom.bytes().all(|octet| {
                octet.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&octet)
            })
    };
    local.len() <= 64 && local.split('.').all(is_atom)
}

/// Whether a text is a host name in the preferred syntax (RFC 5280 section 4.2.1.6, RFC 1123 section 2.1), ASCII,
/// without a dot at the end.
#[must_use]
pub fn is_host_name(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|octet| octet.is_ascii_alphanumeric() || octet == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= 253
        && text.split('.').all(is_label)
        // Four numbers are an address, not a name (RFC 1123 section 2.1).
        && !text.rsplit('.').next().is_some_and(|last| last.bytes().all(|octet| octet.is_ascii_digit()))
}

/// Whether everybody can resolve a host name: it has a dot and lies in none of the reserved zones (RFC 2606, 6761,
/// 6762, 7686, 9476 and the zone `internal`).
#[must_use]
pub fn is_public_host(host: &str) -> bool {
    const RESERVED: [&str; 11] = [
        "alt",
        "arpa",
        "example",
        "internal",
        "invalid",
        "lan",
        "local",
        "localdomain",
        "localhost",
        "onion",
        "test",
    ];
    let host = host.to_ascii_lowercase();
    let mut labels = host.rsplit('.');
    let top = labels.next().unwrap_or_default();
    let second = labels.next();
    is_host_name(&host)
        && second.is_some()
        && !RESERVED.contains(&top)
        && !(second == Some("example") && ["com", "net", "org"].contains(&top))
}

/// The host of an `http:` address, without port; `None` where it is no such address.
#[must_use]
pub fn http_host(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("http://")?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(v6) => v6.split_once(']')?.0,
        None => authority
            .rsplit_once(':')
            .map_or(authority, |(host, _)| host),
    };
    let clean = address.bytes().all(|octet| octet.is_ascii_graphic()) && !authority.contains('@');
    (clean && !host.is_empty()).then_some(host)
}

/// A mailbox with its domain in ASCII form (RFC 5280 section 7.5), or `None` where it is no mailbox.
///
/// Local parts beyond ASCII would need `SmtpUTF8Mailbox` (RFC 9598), which hardly any mail program reads.
#[must_use]
pub fn normalize_mailbox(text: &str) -> Option<String> {
    let (local, domain) = text.rsplit_once('@')?;
    let normalized = format!("{local}@{}", ascii_domain(domain)?);
    is_mailbox(&normalized).then_some(normalized)
}

/// A host name in ASCII form and lower case, or `None` where it is none; a wildcard is none.
#[must_use]
pub fn normalize_host(text: &str) -> Option<String> {
    let normalized = ascii_domain(text)?;
    is_host_name(&normalized).then_some(normalized)
}

fn ascii_domain(domain: &str) -> Option<String> {
    if domain.is_ascii() {
        return Some(domain.to_ascii_lowercase());
    }
    idna::domain_to_ascii_strict(domain).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mailboxes() {
        for good in [
            "jana@mlyn-demo.cz",
            "a.b+c@x.co",
            "o'neill@a-b.example",
            "x@xn--hxajbheg2az3al.xn--jxalpdlp",
        ] {
            assert!(is_mailbox(good), "{good}");
        }
        for bad in [
            "",
            "@",
            "jana",
            "jana@",
            "@mlyn.cz",
            "a@b",
            "a..b@c.cz",
            ".a@c.cz",
            "a b@c.cz",
            "a@c.cz.",
            "a@-c.cz",
            "a@c_d.cz",
            "a@1.2.3.4",
            "\"a b\"@c.cz",
            "a@č.cz",
            "á@c.cz",
            "a@c.cz\n",
        ] {
            assert!(!is_mailbox(bad), "{bad}");
        }
        assert!(!is_mailbox(&format!("{}@c.cz", "a".repeat(65))));
        assert!(!is_mailbox(&format!("a@{}cz", "abcdefgh.".repeat(32))));
    }

    #[test]
    fn domains_become_ascii() {
        assert_eq!(
            normalize_mailbox("Jana@MLÝN.cz").as_deref(),
            Some("Jana@xn--mln-moa.cz")
        );
        assert_eq!(
            normalize_mailbox("Jana@Mlyn-Demo.CZ").as_deref(),
            Some("Jana@mlyn-demo.cz")
        );
        assert_eq!(normalize_mailbox("žluťoučký@mlyn.cz"), None);
        assert_eq!(normalize_host("Mlýn.CZ").as_deref(), Some("xn--mln-moa.cz"));
        assert_eq!(normalize_host("a b"), None);
    }

    #[test]
    fn reserved_names_are_not_public() {
        for public in ["pki.chancery-demo.com", "a.cz", "example-demo.com"] {
            assert!(is_public_host(public), "{public}");
        }
        for internal in [
            "localhost",
            "pki",
            "a.local",
            "pki.example",
            "example.com",
            "x.example.org",
            "10.0.0.1",
            "a.internal",
        ] {
            assert!(!is_public_host(internal), "{internal}");
        }
    }

    #[test]
    fn hosts_of_addresses() {
        assert_eq!(http_host("http://pki.a.com/ocsp"), Some("pki.a.com"));
        assert_eq!(http_host("http://pki.a.com:8080"), Some("pki.a.com"));
        assert_eq!(http_host("http://[::1]:80/x"), Some("::1"));
        for none in [
            "https://a.com/x",
            "ldap://a.com",
            "http://",
            "http://a@b.com",
            "http://a .com",
            "//a.com",
        ] {
            assert_eq!(http_host(none), None, "{none}");
        }
    }
}
