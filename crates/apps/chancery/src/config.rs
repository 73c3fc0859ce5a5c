//! `DIR/chancery.toml`: what an environment is.
//!
//! The file is written once by `chancery init`, commented, and lives on as the configuration that
//! `chancery serve` reads. Secrets are never in it: it names the files that hold them.

mod check;

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use chancery_ca::Purpose;
use chancery_keys::KeyAlgorithm;
use chancery_ra::Policy;
use serde::Deserialize;

use crate::failure::Failure;

/// The commented file that `init` writes when it is given none.
pub const DEFAULT: &str = include_str!("chancery.toml");

/// An environment as its file describes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// What its certificates are worth; a sandbox is unmistakable on every page and stays on loopback.
    #[serde(default)]
    pub kind: Kind,
    /// Shown on every page, so that environments are told apart at a glance.
    pub name: String,
    /// The environment's colour, `#rrggbb`.
    pub colour: String,
    /// Where people find the portal; `https:` but on loopback. Fixed once certificates exist.
    pub public_url: String,
    /// Where relying parties find OCSP, CRLs and issuers; `http:`. Fixed once certificates exist.
    pub status_url: String,
    /// Where the listener that asks for client certificates is found; by default the host of `public_url` with that listener's port.
    #[serde(default)]
    pub certificate_url: Option<String>,
    /// IANA name of the zone in which times are shown.
    #[serde(default = "default_zone")]
    pub zone: String,
    /// Who runs the authority: goes into the names of its certificates.
    pub organization: Organization,
    /// The root authority.
    pub root: Authority,
    /// The issuing authorities.
    pub issuing: IssuingAuthorities,
    /// Where the authorities' keys are.
    #[serde(default)]
    pub keys: KeysSection,
    /// Where rows live.
    #[serde(default)]
    pub store: StoreSection,
    /// How mail leaves.
    #[serde(default)]
    pub mail: MailSection,
    /// Where mail domains are looked up.
    #[serde(default)]
    pub dns: DnsSection,
    /// The certificate of the portal itself.
    #[serde(default)]
    pub tls: TlsSection,
    /// Where the server listens unless the command line says otherwise.
    #[serde(default)]
    pub listen: ListenSection,
    /// Limits and ages of the registration authority.
    #[serde(default)]
    pub ra: Policy,
}

/// What an environment's certificates are worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Real ones.
    #[default]
    Production,
    /// Made for trying out: demonstration people, one-click log-in, mail that goes nowhere.
    Sandbox,
}

/// Who runs the authority.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organization {
    /// `organizationName` of the authorities.
    pub name: String,
    /// `countryName`: two letters, ISO 3166-1.
    pub country: String,
}

/// One authority.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// `commonName`.
    pub name: String,
    /// `rsa:4096`, `ec:p256` or `ec:p384`.
    #[serde(deserialize_with = "key_algorithm")]
    pub key: KeyAlgorithm,
    /// How long its certificate is valid.
    pub years: u32,
}

/// The issuing authorities, one a purpose.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssuingAuthorities {
    /// Certificates for mail (and for logging in with them).
    pub smime: Authority,
    /// Certificates of servers inside the organisation, the portal's own among them.
    pub tls: Authority,
    /// Certificates of people's devices; without it devices get no key of their own.
    pub device: Option<Authority>,
}

impl IssuingAuthorities {
    /// Each with its purpose.
    pub fn all(&self) -> impl Iterator<Item = (Purpose, &Authority)> {
        let always = [(Purpose::Smime, &self.smime), (Purpose::Tls, &self.tls)];
        let device = self.device.as_ref().map(|one| (Purpose::Device, one));
        always.into_iter().chain(device)
    }
}

/// Where the authorities' keys are.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct KeysSection {
    /// URI of a token (RFC 7512); none: the keys are sealed in `DIR/keys`.
    pub token: Option<String>,
    /// File whose first line is the token's PIN.
    pub pin_file: Option<PathBuf>,
}

/// Where rows live.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, tag = "kind", rename_all = "lowercase")]
pub enum StoreSection {
    /// `DIR/chancery.db`.
    #[default]
    Sqlite,
    /// A PostgreSQL database of this environment's own.
    Postgres {
        /// File whose first line is the address, `postgres://user:password@host/database`.
        url_file: Option<PathBuf>,
        /// The address itself, where it holds no password.
        url: Option<String>,
    },
}

/// How mail leaves.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MailSection {
    /// Sender of everything that Chancery writes.
    pub from: Option<String>,
    /// Name or address of the mail server; without one, mail waits in the outbox.
    pub host: Option<String>,
    /// Its port; by default 587, 465 with `tls = "implicit"`, 25 with `tls = "none"`.
    pub port: Option<u16>,
    /// How the connection is secured.
    pub tls: MailTls,
    /// User to log in as.
    pub user: Option<String>,
    /// File whose first line is the password.
    pub password_file: Option<PathBuf>,
    /// PEM file with a root to trust besides the system's, for a mail server of one's own.
    pub root: Option<PathBuf>,
}

/// How the connection to the mail server is secured.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailTls {
    /// STARTTLS, required.
    #[default]
    Starttls,
    /// TLS from the first octet.
    Implicit,
    /// None: a mail server on this very machine.
    None,
}

/// Where mail domains are looked up.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DnsSection {
    /// Resolvers as `address:port`; none means the system's.
    pub servers: Vec<SocketAddr>,
}

/// The certificate of the portal itself.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TlsSection {
    /// PEM file with the certificate and its chain, reloaded when it changes.
    pub certificate: Option<PathBuf>,
    /// PEM file with the key (PKCS#8).
    pub key: Option<PathBuf>,
}

/// Where the server listens.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ListenSection {
    /// Plain HTTP: the portal on loopback; elsewhere only OCSP, CRLs and issuers.
    pub http: SocketAddr,
    /// HTTPS.
    pub https: SocketAddr,
    /// HTTPS that asks for a client certificate, for log-in by the certificates of system, browser and cards; none: there is no such log-in.
    pub certificates: Option<SocketAddr>,
    /// Seconds that a client may be silent in the middle of a request, or take over its headers.
    pub patience: u64,
    /// How many connections there may be at once, on both together; further ones are closed.
    pub connections: usize,
}

impl ListenSection {
    /// How long a silent client is waited for.
    pub const fn patience(&self) -> Duration {
        Duration::from_secs(self.patience)
    }
}

impl Default for ListenSection {
    fn default() -> Self {
        Self {
            http: SocketAddr::from(([127, 0, 0, 1], 8080)),
            https: SocketAddr::from(([127, 0, 0, 1], 8443)),
            certificates: None,
            patience: 15,
            connections: 4096,
        }
    }
}

fn default_zone() -> String {
    "UTC".to_owned()
}

fn key_algorithm<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<KeyAlgorithm, D::Error> {
    let text = String::deserialize(deserializer)?;
    match text.parse() {
        Ok(algorithm @ (KeyAlgorithm::Rsa4096 | KeyAlgorithm::EcP256 | KeyAlgorithm::EcP384)) => {
            Ok(algorithm)
        }
        // S/MIME Baseline Requirements 6.1.5 (SMC017v2): authorities' RSA keys have 4096 bits or more.
        _ => Err(serde::de::Error::custom(format_args!(
            "`{text}` is no key for an authority; take rsa:4096, ec:p256 or ec:p384"
        ))),
    }
}

impl Config {
    /// Reads a configuration; `place` names it in errors.
    pub fn parse(place: &str, text: &str) -> Result<Self, Failure> {
        let config: Self = toml::from_str(text).map_err(|error| {
            Failure::new(format!(
                "{place} is not a configuration of Chancery:\n{error}"
            ))
            .hint("compare it with the commented file that `chancery init` writes")
        })?;
        check::check(&config, place)?;
        Ok(config)
    }

    /// The zone in which times are shown.
    pub fn time_zone(&self) -> Result<jiff::tz::TimeZone, Failure> {
        jiff::tz::TimeZone::get(&self.zone).map_err(|error| {
            Failure::because("zone", &error)
                .hint("take a name of the IANA database, such as Europe/Prague")
        })
    }

    /// The address of the listener that asks for client certificates, at this port.
    pub fn certificate_address(&self, port: u16) -> String {
        let host = self.public_host();
        let derived = || {
            if host.contains(':') {
                format!("https://[{host}]:{port}")
            } else {
                format!("https://{host}:{port}")
            }
        };
        self.certificate_url.clone().unwrap_or_else(derived)
    }

    /// The host of `public_url`, without port.
    pub fn public_host(&self) -> &str {
        split_url(&self.public_url).1
    }
}

/// Scheme and host of an address; empty where it has none.
fn split_url(url: &str) -> (&str, &str) {
    let Some((scheme, rest)) = url.split_once("://") else {
        return ("", "");
    };
    let authority = rest.split('/').next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    (scheme, host)
}

/// Whether a host names this machine alone.
pub fn is_loopback_name(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}
