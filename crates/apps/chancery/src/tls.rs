//! The portal's own certificate: from files, reloaded when they change, or made and renewed by the internal authority.

mod client;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use axum_server::tls_rustls::RustlsConfig;
use chancery_store::Timestamp;
use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, pem::PemObject},
};

use crate::{environment::Environment, failure::Failure, os};

/// How often files are looked at and the internal certificate's age is checked.
const INTERVAL: Duration = Duration::from_secs(5);

/// Where the certificate comes from, and what is known of the one in use.
enum Source {
    Files {
        certificate: PathBuf,
        key: PathBuf,
        changed_at: [Option<SystemTime>; 2],
    },
    Internal {
        names: Vec<String>,
        renew_at: Timestamp,
    },
}

/// The certificate in use and how the next is come by.
pub struct Tls {
    source: Source,
    plain: RustlsConfig,
    asking: RustlsConfig,
}

/// Both ways in which one certificate is served.
struct Configs {
    plain: Arc<ServerConfig>,
    /// Asks for a client certificate.
    asking: Arc<ServerConfig>,
}

impl Tls {
    /// Loads or makes the certificate.
    pub async fn open(environment: &Environment) -> Result<Self, Failure> {
        let section = &environment.config.tls;
        let (source, config) =
            if let (Some(certificate), Some(key)) = (&section.certificate, &section.key) {
                let changed_at = [changed_at(certificate), changed_at(key)];
                let config = from_files(certificate, key)?;
                (
                    Source::Files {
                        certificate: certificate.clone(),
                        key: key.clone(),
                        changed_at,
                    },
                    config,
                )
            } else {
                let names = names(environment);
                let (config, renew_at) = from_authority(environment, &names).await?;
                (Source::Internal { names, renew_at }, config)
            };
        Ok(Self {
            source,
            plain: RustlsConfig::from_config(config.plain),
            asking: RustlsConfig::from_config(config.asking),
        })
    }

    /// What listeners serve with; later certificates appear in it by themselves.
    pub fn config(&self) -> RustlsConfig {
        self.plain.clone()
    }

    /// The same for the listener that asks clients for certificates.
    pub fn asking(&self) -> RustlsConfig {
        self.asking.clone()
    }

    /// Keeps the certificate fresh for as long as the server runs.
    pub async fn keep_fresh(mut self, environment: Environment) {
        loop {
            tokio::time::sleep(INTERVAL).await;
            match self.next(&environment).await {
                Ok(None) => {}
                Ok(Some(config)) => {
                    self.plain.reload_from_config(config.plain);
                    self.asking.reload_from_config(config.asking);
                    tracing::info!("the portal has a new certificate");
                }
                Err(failure) => {
                    tracing::error!(%failure, "the portal keeps its present certificate");
                }
            }
        }
    }

    async fn next(&mut self, environment: &Environment) -> Result<Option<Configs>, Failure> {
        match &mut self.source {
            Source::Files {
                certificate,
                key,
                changed_at: before,
            } => {
                let now = [changed_at(certificate), changed_at(key)];
                if *before == now {
                    return Ok(None);
                }
                let config = from_files(certificate, key)?;
                *before = now;
                Ok(Some(config))
            }
            Source::Internal { names, renew_at } => {
                if os::now() < *renew_at {
                    return Ok(None);
                }
                let (config, next) = from_authority(environment, names).await?;
                *renew_at = next;
                Ok(Some(config))
            }
        }
    }
}

/// The host of `public_url`, and this machine's own names where it is served on loopback.
fn names(environment: &Environment) -> Vec<String> {
    let host = environment.config.public_host();
    let mut names = vec![host.to_owned()];
    if crate::config::is_loopback_name(host) {
        names.extend(["localhost", "127.0.0.1", "::1"].map(str::to_owned));
        names.sort();
        names.dedup();
    }
    names
}

fn changed_at(path: &Path) -> Option<SystemTime> {
    path.metadata()
        .and_then(|metadata| metadata.modified())
        .ok()
}

fn from_files(certificate: &Path, key: &Path) -> Result<Configs, Failure> {
    let unreadable =
        |path: &Path, error: &dyn std::error::Error| Failure::because(path.display(), error);
    let chain = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| unreadable(certificate, &error))?;
    let key_der = PrivateKeyDer::from_pem_file(key).map_err(|error| unreadable(key, &error))?;
    server_config(chain, key_der).map_err(|error| {
        Failure::because(
            format!("{} and {}", certificate.display(), key.display()),
            &error,
        )
    })
}

async fn from_authority(
    environment: &Environment,
    names: &[String],
) -> Result<(Configs, Timestamp), Failure> {
    let failed = |error: &dyn std::error::Error| {
        Failure::because("the portal's own certificate", error).hint(
            "without an internal authority, name a certificate and its key under [tls] in chancery.toml",
        )
    };
    let made = environment
        .ca
        .issue_internal_tls(names, os::now())
        .await
        .map_err(|error| failed(&error))?;
    let chain = made
        .chain
        .iter()
        .map(|certificate| CertificateDer::from(certificate.as_der().to_vec()))
        .collect();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.key.to_vec()));
    let config = server_config(chain, key).map_err(|error| failed(&error))?;
    Ok((config, made.renew_at))
}

fn server_config(
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<Configs, rustls::Error> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut plain = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain.clone(), key.clone_key())?;
    plain.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let mut asking = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()?
        .with_client_cert_verifier(Arc::new(client::AnyIssuer(provider)))
        .with_single_cert(chain, key)?;
    // A resumed session proves nothing of the client's key (RFC 8446 section 2.2), nor does an older handshake: each request has its own.
    asking.session_storage = Arc::new(rustls::server::NoServerSessionStorage {});
    asking.send_tls13_tickets = 0;
    asking.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Configs {
        plain: Arc::new(plain),
        asking: Arc::new(asking),
    })
}
