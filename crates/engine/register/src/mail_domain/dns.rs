//! Look-up by DNS.

use std::{net::SocketAddr, time::Duration};

use hickory_resolver::{
    Resolver, TokioResolver,
    config::{ConnectionConfig, NameServerConfig, ResolveHosts, ResolverConfig},
    net::{NetError, runtime::TokioRuntimeProvider},
    proto::rr::{Name, RData, RecordType},
};

use super::{Found, LookUp, Mx, MxLookup};

/// Which name servers to ask, and for how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DnsConfig {
    /// The servers; none means those of the system.
    pub servers: Vec<SocketAddr>,
    /// One try takes so long at most.
    pub timeout: Duration,
    /// How often a server is tried.
    pub attempts: usize,
}

impl Default for DnsConfig {
    /// The system's servers, two tries of two seconds.
    fn default() -> Self {
        Self {
            servers: Vec::new(),
            timeout: Duration::from_secs(2),
            attempts: 2,
        }
    }
}

/// The resolver could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum DnsSetupError {
    /// The system's configuration cannot be read.
    #[error("the system's name servers cannot be read")]
    System(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The resolver refused its configuration.
    #[error("the resolver refused its configuration")]
    Resolver(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Asks name servers for MX, A and AAAA records.
#[derive(Clone)]
pub struct DnsMx {
    resolver: TokioResolver,
    /// All of one look-up takes so long at most.
    patience: Duration,
}

impl std::fmt::Debug for DnsMx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DnsMx").finish_non_exhaustive()
    }
}

impl DnsMx {
    /// A resolver; nothing is asked yet.
    pub fn new(config: &DnsConfig) -> Result<Self, DnsSetupError> {
        let mut builder = if config.servers.is_empty() {
            Resolver::builder_tokio().map_err(|error| DnsSetupError::System(error.into()))?
        } else {
            let servers = config.servers.iter().map(name_server).collect();
            Resolver::builder_with_config(
                ResolverConfig::from_name_servers(servers),
                TokioRuntimeProvider::default(),
            )
        };
        let options = builder.options_mut();
        options.timeout = config.timeout;
        options.attempts = config.attempts;
        // What the machine calls a host says nothing about mail.
        options.use_hosts_file = ResolveHosts::Never;
        options.ndots = 0;
        let resolver = builder
            .build()
            .map_err(|error| DnsSetupError::Resolver(error.into()))?;
        let tries = u32::try_from(config.attempts.max(1)).unwrap_or(1);
        Ok(Self {
            resolver,
            patience: config.timeout.saturating_mul(tries.saturating_add(1)),
        })
    }

    async fn records<T>(
        &self,
        domain: &str,
        kind: RecordType,
        pick: impl Fn(&RData) -> Option<T>,
    ) -> Found<Vec<T>> {
        // Absolute, so that no search domain is appended.
        let Ok(name) = Name::from_ascii(format!("{domain}.")) else {
            return Found::NoSuchDomain;
        };
        let asked = self.resolver.lookup(name, kind);
        let Ok(answer) = tokio::time::timeout(self.patience, asked).await else {
            return Found::OutOfReach;
        };
        match answer {
            Ok(lookup) => {
                let records: Vec<T> = lookup
                    .answers()
                    .iter()
                    .filter_map(|record| pick(&record.data))
                    .collect();
                if records.is_empty() {
                    Found::None
                } else {
                    Found::Records(records)
                }
            }
            Err(error) => absent(&error),
        }
    }
}

/// What an error says about the domain, as opposed to the servers.
fn absent<T>(error: &NetError) -> Found<T> {
    if error.is_nx_domain() {
        Found::NoSuchDomain
    } else if error.is_no_records_found() {
        Found::None
    } else {
        Found::OutOfReach
    }
}

fn name_server(address: &SocketAddr) -> NameServerConfig {
    let connection = |mut connection: ConnectionConfig| {
        connection.port = address.port();
        connection
    };
    NameServerConfig::new(
        address.ip(),
        true,
        vec![
            connection(ConnectionConfig::udp()),
            connection(ConnectionConfig::tcp()),
        ],
    )
}

impl MxLookup for DnsMx {
    fn mx<'a>(&'a self, domain: &'a str) -> LookUp<'a, Vec<Mx>> {
        Box::pin(self.records(domain, RecordType::MX, |data| {
            match data {
                RData::MX(record) => Some(Mx {
                    preference: record.preference,
                    exchange: record
                        .exchange
                        .to_ascii()
                        .trim_end_matches('.')
                        .to_ascii_lowercase(),
                }),
                _ => None,
            }
        }))
    }

    fn address<'a>(&'a self, domain: &'a str) -> LookUp<'a, ()> {
        Box::pin(async move {
            let is_address =
                |data: &RData| matches!(data, RData::A(_) | RData::AAAA(_)).then_some(());
            let mut worst = Found::None;
            for kind in [RecordType::A, RecordType::AAAA] {
                match self.records(domain, kind, is_address).await {
                    Found::Records(_) => return Found::Records(()),
                    Found::NoSuchDomain => return Found::NoSuchDomain,
                    Found::OutOfReach => worst = Found::OutOfReach,
                    Found::None => {}
                }
            }
            worst
        })
    }
}
