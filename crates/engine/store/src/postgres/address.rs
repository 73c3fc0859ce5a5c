//! The address of a server, checked before anything is sent there.

use std::net::IpAddr;

use tokio_postgres::{Config, config::Host};

use crate::OpenError;

/// Connection parameters and how to name them to people: without credentials.
pub(super) struct Address {
    pub(super) config: Config,
    pub(super) place: String,
}

pub(super) fn parse(url: &str) -> Result<Address, OpenError> {
    let mut config: Config = url.parse().map_err(|error| OpenError::Database {
        // The address itself is not repeated: it may carry a password.
        place: "the given PostgreSQL address".to_owned(),
        source: Box::new(error),
    })?;
    if config.get_application_name().is_none() {
        config.application_name("chancery");
    }
    let place = place(&config);
    if !stays_here(&config) {
        return Err(OpenError::Plaintext { place });
    }
    Ok(Address { config, place })
}

fn place(config: &Config) -> String {
    let hosts: Vec<_> = config
        .get_hosts()
        .iter()
        .map(|host| match host {
            Host::Tcp(name) => name.clone(),
            Host::Unix(path) => path.display().to_string(),
        })
        .chain(config.get_hostaddrs().iter().map(IpAddr::to_string))
        .collect();
    let database = config.get_dbname().or(config.get_user()).unwrap_or("?");
    format!("PostgreSQL {} ({database})", hosts.join(","))
}

/// Whether every host is reached without a network: by a socket in the file system or by loopback.
fn stays_here(config: &Config) -> bool {
    let named = config.get_hosts().iter().all(|host| match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
        }
    });
    let mut addresses = config.get_hostaddrs().iter();
    // A numeric address is what is connected to; the name beside it is for TLS only.
    if config.get_hostaddrs().is_empty() {
        named
    } else {
        addresses.all(IpAddr::is_loopback)
    }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::OpenError;

    #[test]
    fn what_stays_on_this_machine_needs_no_tls() {
        for url in [
            "host=/run/postgresql user=chancery dbname=chancery",
            "postgres://chancery:secret@127.0.0.1/chancery",
            "postgres://chancery:secret@[::1]:5433/chancery",
            "host=localhost user=chancery",
        ] {
            let address = parse(url).unwrap_or_else(|error| panic!("{url}: {error}"));
            assert!(!address.place.contains("secret"), "{}", address.place);
        }
    }

    #[test]
    fn another_machine_in_clear_is_refused() {
        for url in [
            "postgres://chancery:secret@db.example/chancery",
            "host=localhost,192.0.2.7 user=chancery",
            "host=localhost hostaddr=192.0.2.7 user=chancery",
        ] {
            let refused = parse(url).map(|address| address.place);
            assert!(
                matches!(&refused, Err(OpenError::Plaintext { place }) if !place.contains("secret")),
                "{refused:?}"
            );
        }
    }
}
