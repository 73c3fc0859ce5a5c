//! What the portal works with, handed over once by the application.

use std::sync::Arc;

use chancery_ca::Ca;
use chancery_keys::Entropy;
use chancery_ra::Ra;
use chancery_register::{Certificates, Register, mail_domain::MxLookup};
use chancery_store::{Store, Timestamp};
use jiff::tz::TimeZone;

use crate::{colour::Colour, limits::Limits};

/// Reads the clock; the application's own.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The use cases and the environment that the pages show; cheap to clone.
#[derive(Clone)]
pub struct Portal {
    /// People, organisations and sessions.
    pub register: Register,
    /// Registered certificates, and log-in with them.
    pub certificates: Certificates,
    /// Orders and their steps.
    pub ra: Ra,
    /// Certificates and authorities.
    pub ca: Ca,
    /// Asks whether a domain takes mail.
    pub mx: Arc<dyn MxLookup>,
    /// Only for the sandbox's mailbox.
    pub store: Store,
    /// Which environment this is.
    pub environment: Arc<Environment>,
    /// The clock.
    pub clock: Clock,
    /// Randomness for form tokens and event numbers.
    pub entropy: Arc<dyn Entropy>,
    /// How often one address may try.
    pub limits: Arc<Limits>,
}

impl Portal {
    /// The time now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }
}

/// What the environment is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing issued here is real; every page says so.
    Sandbox,
    /// The real one.
    Production,
}

/// The environment as people see it: told apart by its name and colour on every page.
#[derive(Clone, Debug)]
pub struct Environment {
    /// For example `Sandbox`.
    pub name: String,
    /// Its own colour.
    pub colour: Colour,
    /// What it is for.
    pub kind: Kind,
    /// The address people use, for example `https://ca.example.com` (no slash at the end).
    pub public_url: String,
    /// The address that asks for a certificate in the TLS handshake, for example `https://ca.example.com:8444`, where there is one.
    pub certificate_url: Option<String>,
    /// The zone in which times are shown.
    pub zone: TimeZone,
}

impl Environment {
    /// Whether nothing here is real.
    #[must_use]
    pub fn is_sandbox(&self) -> bool {
        self.kind == Kind::Sandbox
    }

    /// Host, and port where it is not the scheme's own, of `public_url`.
    #[must_use]
    pub fn authority(&self) -> &str {
        let rest = self
            .public_url
            .split_once("://")
            .map_or(self.public_url.as_str(), |(_, rest)| rest);
        rest.split('/').next().unwrap_or(rest)
    }

    /// A short tag that tells this environment's cookies from a neighbour's on the same host:
    /// cookies do not know ports (RFC 6265 section 8.5).
    #[must_use]
    pub fn tag(&self) -> String {
        // FNV-1a: any stable spread will do, nothing is hidden by it.
        let hash = self.public_url.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
        format!("{hash:08x}")
    }
}

/// The origin of an address as browsers write it (RFC 6454 section 6.2): host in lower case, and the port where it is not the scheme's own.
#[must_use]
pub fn origin(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
    let authority = rest.split('/').next().unwrap_or(rest).to_ascii_lowercase();
    let usual = match scheme {
        "https" => ":443",
        _ => ":80",
    };
    let authority = authority.strip_suffix(usual).unwrap_or(&authority);
    format!("{scheme}://{authority}")
}

#[cfg(test)]
mod tests {
    use super::origin;

    #[test]
    fn an_origin_is_written_as_browsers_do() {
        for (url, expected) in [
            ("https://Portal.Example", "https://portal.example"),
            ("https://portal.example:443", "https://portal.example"),
            ("https://portal.example:8443", "https://portal.example:8443"),
            ("https://portal.example/pki", "https://portal.example"),
            ("http://127.0.0.1:80", "http://127.0.0.1"),
            ("http://[::1]:8080", "http://[::1]:8080"),
            ("https://portal.example:80", "https://portal.example:80"),
        ] {
            assert_eq!(origin(url), expected);
        }
    }
}
