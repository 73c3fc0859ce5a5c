//! Puts an environment together: one data directory, its database, its keys and the use cases on them.

use std::{path::Path, sync::Arc, time::Duration};

use chancery_ca::{Ca, CaConfig};
use chancery_keys::{
    Entropy, HasherConfig, KdfCost, KeyHome, SecretHasher, SigningPool, SystemEntropy, Vault,
};
use chancery_profile::Profiles;
use chancery_ra::{Products, Ra, RaParts};
use chancery_register::{
    Certificates, Register, RegisterConfig,
    mail_domain::{DnsConfig, DnsMx, MxLookup},
};
use chancery_store::{Migrations, Store, StoreConfig, blob::BlobStore};
use secrecy::{ExposeSecret, SecretString};

use crate::{
    config::{Config, Kind, StoreSection},
    datadir::DataDir,
    failure::Failure,
    fetch::OwnFirst,
    files, os,
    sandbox::mx::SandboxMx,
    token,
};

/// Every crate's tables, in the order in which they refer to each other.
const MIGRATIONS: &[Migrations] = &[
    chancery_audit::MIGRATIONS,
    chancery_ca::MIGRATIONS,
    chancery_register::MIGRATIONS,
    chancery_ra::MIGRATIONS,
];

/// Signatures that may wait for a thread before further ones are told to come back later.
const SIGNING_QUEUE: usize = 1024;

/// An environment at work; cheap to clone.
#[derive(Clone)]
pub struct Environment {
    pub config: Arc<Config>,
    pub dir: DataDir,
    pub store: Store,
    pub vault: Arc<Vault>,
    pub entropy: Arc<dyn Entropy>,
    pub mx: Arc<dyn MxLookup>,
    pub ca: Ca,
    pub register: Register,
    pub certificates: Certificates,
    pub ra: Ra,
    pub profiles: Arc<Profiles>,
}

/// What an environment stands on, before it has authorities.
pub struct Foundation {
    pub config: Config,
    pub dir: DataDir,
    pub store: Store,
    pub vault: Arc<Vault>,
    pub entropy: Arc<dyn Entropy>,
    profiles: Arc<Profiles>,
    pool: SigningPool,
    keys: KeyHome,
}

impl Foundation {
    /// Opens database and vault; makes the vault where it is not there and `make` allows it.
    pub async fn open(
        dir: &DataDir,
        config: Config,
        passphrase: &SecretString,
        make: bool,
    ) -> Result<Self, Failure> {
        let profiles = profiles(dir)?;
        let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
        let vault = Arc::new(open_vault(dir, passphrase, &entropy, make)?);
        let token = token::open(dir, &config.keys, &vault)?;
        let store = Store::open(&store_config(dir, &config)?, MIGRATIONS)
            .await
            .map_err(|error| Failure::because("the database", &error))?;
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            config,
            dir: dir.clone(),
            store,
            keys: KeyHome::new(Arc::clone(&vault), token),
            vault,
            entropy,
            profiles: Arc::new(profiles),
            pool: SigningPool::new(threads, SIGNING_QUEUE),
        })
    }

    /// What the authorities work with.
    pub fn ca_config(&self) -> CaConfig {
        CaConfig {
            store: self.store.clone(),
            vault: Arc::clone(&self.vault),
            keys: self.keys.clone(),
            pool: self.pool.clone(),
            entropy: Arc::clone(&self.entropy),
            profiles: Arc::clone(&self.profiles),
            status_url: self.config.status_url.clone(),
        }
    }

    /// Opens the authorities and everything that works with them.
    pub async fn build(self) -> Result<Environment, Failure> {
        let now = os::now();
        let ca = Ca::open(self.ca_config(), now).await.map_err(|error| {
            Failure::because("the authorities", &error)
                .hint(format!("look at {}", self.dir.ceremony_record().display()))
        })?;
        let hasher = SecretHasher::new(HasherConfig::default(), Arc::clone(&self.entropy))
            .map_err(|error| Failure::because("the hashing of secrets", &error))?;
        let register = Register::new(
            self.store.clone(),
            Arc::clone(&self.vault),
            hasher,
            Arc::clone(&self.entropy),
            RegisterConfig {
                sandbox: self.config.kind == Kind::Sandbox,
                ..RegisterConfig::new(&self.config.name)
            },
        );
        let authorities = ca.authorities().into_iter().map(|one| one.certificate);
        let (roots, issuing): (Vec<_>, Vec<_>) =
            authorities.partition(|certificate| certificate.is_issued_by(certificate));
        register
            .support_own(&roots, now)
            .await
            .map_err(|error| Failure::because("the supported authorities", &error))?;
        settle(&register, &ca).await?;
        let certificates = Certificates::new(
            register.clone(),
            Arc::new(OwnFirst::new(ca.clone(), &self.config.status_url)),
            &chancery_portal::origin(&self.config.public_url),
        )
        .with_authorities(issuing);
        let blobs = BlobStore::local(self.dir.documents());
        let products = products(&self.dir)?;
        products
            .check_profiles(&self.profiles)
            .map_err(|error| Failure::because("a product", &error))?;
        let ra = Ra::new(RaParts {
            store: self.store.clone(),
            vault: Arc::clone(&self.vault),
            register: register.clone(),
            ca: ca.clone(),
            blobs,
            products: Arc::new(products),
            profiles: Arc::clone(&self.profiles),
            entropy: Arc::clone(&self.entropy),
            policy: self.config.ra.clone(),
        });
        Ok(Environment {
            mx: mx(&self.config)?,
            config: Arc::new(self.config),
            dir: self.dir,
            store: self.store,
            vault: self.vault,
            entropy: self.entropy,
            ca,
            register,
            certificates,
            ra,
            profiles: self.profiles,
        })
    }
}

impl Environment {
    /// Opens an environment that `init` made.
    pub async fn open(
        dir: &DataDir,
        config: Config,
        passphrase: &SecretString,
    ) -> Result<Self, Failure> {
        Foundation::open(dir, config, passphrase, false)
            .await?
            .build()
            .await
    }
}

/// Completes what earlier versions left in the register.
async fn settle(register: &Register, ca: &Ca) -> Result<(), Failure> {
    let failed =
        |error: &dyn std::error::Error| Failure::because("the data of an earlier version", error);
    register
        .settle_participants()
        .await
        .map_err(|error| failed(&error))?;
    let unsettled = register.unsettled_certificates().await;
    for one in unsettled.map_err(|error| failed(&error))? {
        let issued = ca.certificate(one.certificate.serial()).await;
        let to_holder = issued
            .map_err(|error| failed(&error))?
            .is_some_and(|issued| {
                issued.holder == Some(one.holder.id())
                    && issued.certificate.as_der() == one.certificate.as_der()
            });
        register
            .settle_certificate(one.id, to_holder)
            .await
            .map_err(|error| failed(&error))?;
    }
    Ok(())
}

fn open_vault(
    dir: &DataDir,
    passphrase: &SecretString,
    entropy: &Arc<dyn Entropy>,
    make: bool,
) -> Result<Vault, Failure> {
    let keys = dir.keys();
    if make && !Vault::exists(&keys) {
        return Vault::create(&keys, passphrase, KdfCost::VAULT, Arc::clone(entropy))
            .map_err(|error| Failure::because(format!("the vault in {}", keys.display()), &error));
    }
    Vault::open(&keys, passphrase, Arc::clone(entropy)).map_err(|error| {
        Failure::because(format!("the vault in {}", keys.display()), &error)
            .hint("the passphrase is the one that `chancery init` was given; name its file with --passphrase-file")
    })
}

fn store_config(dir: &DataDir, config: &Config) -> Result<StoreConfig, Failure> {
    Ok(match &config.store {
        StoreSection::Sqlite => StoreConfig::Sqlite {
            path: dir.database(),
        },
        StoreSection::Postgres { url: Some(url), .. } => StoreConfig::Postgres { url: url.clone() },
        StoreSection::Postgres { url_file, .. } => {
            let file = url_file.as_deref().unwrap_or(Path::new(""));
            StoreConfig::Postgres {
                url: files::first_line(file)?.expose_secret().to_owned(),
            }
        }
    })
}

fn profiles(dir: &DataDir) -> Result<Profiles, Failure> {
    Profiles::with_overrides(dir.override_files("profiles")?)
        .map_err(|error| Failure::because("a certificate profile", &error))
}

fn products(dir: &DataDir) -> Result<Products, Failure> {
    let own = dir.override_files("products")?;
    let products = if own.is_empty() {
        Products::built_in()
    } else {
        Products::from_toml(
            own.iter()
                .map(|(name, text)| (name.as_str(), text.as_str())),
        )
    };
    products.map_err(|error| Failure::because("a product", &error))
}

fn mx(config: &Config) -> Result<Arc<dyn MxLookup>, Failure> {
    let dns = DnsMx::new(&DnsConfig {
        servers: config.dns.servers.clone(),
        timeout: Duration::from_secs(2),
        attempts: 2,
    })
    .map_err(|error| Failure::because("the look-up of mail domains", &error))?;
    Ok(match config.kind {
        Kind::Production => Arc::new(dns),
        Kind::Sandbox => Arc::new(SandboxMx::new(dns)),
    })
}
