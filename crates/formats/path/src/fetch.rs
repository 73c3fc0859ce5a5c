//! What could be fetched to complete a path: certificates name the places themselves.

/// One thing to fetch. The address was written by whoever made the certificate: fetch it with limits of size, time and redirections, and
/// not from addresses of a private network.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fetch {
    /// The address, `http` or `https`.
    pub url: String,
    /// What is expected there.
    pub kind: FetchKind,
}

/// What is expected at an address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FetchKind {
    /// The issuer's certificates, by GET (RFC 5280 section 4.2.2.1): DER or PEM, one or several. Who fetched a certificates-only CMS
    /// message takes the certificates out of it before resuming.
    Certificates,
    /// A revocation list, by GET (RFC 5280 section 4.2.1.13).
    List,
    /// An OCSP response, by POST of this request (RFC 6960 appendix A.1).
    Ocsp {
        /// The DER request.
        request: Vec<u8>,
    },
}

impl Fetch {
    /// Largest content that is worth reading, octets.
    #[must_use]
    pub const fn size_limit(&self) -> usize {
        match self.kind {
            FetchKind::Certificates => 512 * 1024,
            FetchKind::List => 64 * 1024 * 1024,
            FetchKind::Ocsp { .. } => 128 * 1024,
        }
    }

    pub(crate) fn issuers(url: &str) -> Self {
        Self::new(url, FetchKind::Certificates)
    }

    pub(crate) fn list(url: &str) -> Self {
        Self::new(url, FetchKind::List)
    }

    pub(crate) fn ocsp(url: &str, request: Vec<u8>) -> Self {
        Self::new(url, FetchKind::Ocsp { request })
    }

    fn new(url: &str, kind: FetchKind) -> Self {
        Self {
            url: url.to_owned(),
            kind,
        }
    }

    /// Whether the address is one of the web: LDAP is told of and not followed.
    pub(crate) fn is_possible(&self) -> bool {
        let scheme = self.url.split_once("://").map(|(scheme, _)| scheme);
        scheme.is_some_and(|scheme| {
            scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
        })
    }
}
