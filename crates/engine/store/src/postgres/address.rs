//! The address of a server, and whether it is reached in clear or encrypted.
//!
//! A server on this machine (a socket in the file system, loopback) is reached in clear unless the address
//! says `sslmode=require`; any other is reached by TLS only. TLS is always verified, name and chain, against
//! the PEM file of `sslrootcert=` or the authorities that the system trusts.

use std::net::IpAddr;

use tokio_postgres::{
    Config,
    config::{Host, SslMode},
};

use super::tls::{Tls, TrustError};
use crate::OpenError;

/// Connection parameters and how to name them to people: without credentials.
#[derive(Debug)]
pub(super) struct Address {
    pub(super) config: Config,
    pub(super) tls: Tls,
    pub(super) place: String,
}

pub(super) fn parse(url: &str) -> Result<Address, OpenError> {
    let (url, authorities) = take_authorities(url);
    let mut config: Config = url.parse().map_err(|error| OpenError::Database {
        // The address itself is not repeated: it may carry a password.
        place: "the given PostgreSQL address".to_owned(),
        source: Box::new(error),
    })?;
    if config.get_application_name().is_none() {
        config.application_name("chancery");
    }
    let place = place(&config);
    let encrypted = match (config.get_ssl_mode(), stays_here(&config)) {
        (SslMode::Disable, false) => return Err(OpenError::Plaintext { place }),
        (SslMode::Require, _) | (_, false) => true,
        (_, true) => false,
    };
    let (mode, tls) = if encrypted {
        (SslMode::Require, Tls::trusting(authorities.as_deref()))
    } else {
        (SslMode::Disable, Tls::unused())
    };
    config.ssl_mode(mode);
    let tls = tls.map_err(|source: TrustError| OpenError::Trust {
        file: authorities,
        source: Box::new(source),
    })?;
    Ok(Address { config, tls, place })
}

/// Takes libpq's `sslrootcert`, which the driver does not know, out of the address, and writes
/// `sslmode=verify-full` as `require`: there is no weaker one here.
fn take_authorities(url: &str) -> (String, Option<String>) {
    let mut authorities = None;
    let mut keep = |parameter: &&str| {
        let file = parameter.strip_prefix("sslrootcert=");
        if let Some(file) = file {
            authorities = Some(file.to_owned());
        }
        file.is_none()
    };
    let url = if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        let (server, parameters) = url.split_once('?').unwrap_or((url, ""));
        let kept: Vec<_> = parameters.split('&').filter(&mut keep).collect();
        format!("{server}?{}", kept.join("&"))
    } else {
        let kept: Vec<_> = url.split(' ').filter(&mut keep).collect();
        kept.join(" ")
    };
    let url = url.trim_end_matches('?');
    (
        url.replace("sslmode=verify-full", "sslmode=require"),
        authorities,
    )
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
    // A numeric address is what is connected to; the name beside it is for TLS only.
    if !config.get_hostaddrs().is_empty() {
        return config.get_hostaddrs().iter().all(IpAddr::is_loopback);
    }
    config.get_hosts().iter().all(|host| match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
        }
    })
}

#[cfg(test)]
mod tests {
    use tokio_postgres::config::SslMode;

    use super::{parse, take_authorities};
    use crate::OpenError;

    #[test]
    fn this_machine_is_reached_in_clear_and_others_by_tls() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let unreadable = format!("sslrootcert={}", file.path().display());
        let cases = [
            ("host=/run/postgresql user=chancery", SslMode::Disable),
            (
                "postgres://chancery:secret@127.0.0.1/chancery",
                SslMode::Disable,
            ),
            (
                "postgres://chancery:secret@[::1]:5433/chancery",
                SslMode::Disable,
            ),
            (
                "host=localhost user=chancery password=secret",
                SslMode::Disable,
            ),
            (
                "host=localhost sslmode=disable user=chancery",
                SslMode::Disable,
            ),
            (
                "host=localhost sslmode=require user=chancery",
                SslMode::Require,
            ),
            (
                "postgres://chancery:secret@db.example/chancery",
                SslMode::Require,
            ),
            ("postgres://a@db.example/c?sslmode=prefer", SslMode::Require),
            ("host=localhost,192.0.2.7 user=chancery", SslMode::Require),
            (
                "host=localhost hostaddr=192.0.2.7 user=chancery",
                SslMode::Require,
            ),
        ];
        for (url, mode) in cases {
            match parse(url) {
                Ok(address) => {
                    assert_eq!(address.config.get_ssl_mode(), mode, "{url}");
                    assert!(!address.place.contains("secret"), "{}", address.place);
                }
                // A machine whose system trusts nobody.
                Err(OpenError::Trust { file: None, .. }) if mode == SslMode::Require => {}
                Err(error) => panic!("{url}: {error}"),
            }
            // The file is read where TLS is meant, and an empty one is no trust.
            let url = if url.contains("://") {
                format!(
                    "{url}{}{unreadable}",
                    if url.contains('?') { '&' } else { '?' }
                )
            } else {
                format!("{url} {unreadable}")
            };
            let is_refused = matches!(parse(&url), Err(OpenError::Trust { file: Some(_), .. }));
            assert_eq!(is_refused, mode == SslMode::Require, "{url}");
        }
    }

    #[test]
    fn another_machine_in_clear_is_refused() {
        let refused = parse("postgres://chancery:secret@db.example/chancery?sslmode=disable");
        assert!(
            matches!(&refused, Err(OpenError::Plaintext { place }) if !place.contains("secret")),
            "{refused:?}"
        );
    }

    #[test]
    fn the_authorities_are_taken_out_of_the_address() {
        let cases = [
            (
                "postgres://h/d?sslrootcert=/a.pem",
                "postgres://h/d",
                Some("/a.pem"),
            ),
            (
                "postgres://h/d?sslmode=verify-full&sslrootcert=/a.pem&port=1",
                "postgres://h/d?sslmode=require&port=1",
                Some("/a.pem"),
            ),
            ("postgres://h/d", "postgres://h/d", None),
            (
                "host=h sslrootcert=/a.pem user=u",
                "host=h user=u",
                Some("/a.pem"),
            ),
        ];
        for (url, rest, file) in cases {
            let (left, taken) = take_authorities(url);
            assert_eq!((left.as_str(), taken.as_deref()), (rest, file));
        }
    }
}
