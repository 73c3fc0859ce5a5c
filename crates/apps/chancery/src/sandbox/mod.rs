//! The sandbox: an environment for trying out, made where it is missing, with people and an order in every state.

pub mod mx;
mod orders;
mod people;
mod specimen;

use std::net::SocketAddr;

use chancery_audit::Actor;

use crate::{datadir::DataDir, environment::Environment, failure::Failure, files, init, os};

const CONFIG: &str = include_str!("chancery.toml");

/// One-click log-in must not be reachable from elsewhere.
pub fn refuse_off_loopback(addresses: &[SocketAddr]) -> Result<(), Failure> {
    match addresses.iter().find(|address| !address.ip().is_loopback()) {
        None => Ok(()),
        Some(address) => Err(Failure::new(format!(
            "a sandbox lets anybody in who reaches it, so it is not served on {address}"
        ))
        .hint("listen on 127.0.0.1, or make an environment with chancery init")),
    }
}

/// Makes the environment in a directory that holds none.
pub async fn make_if_absent(dir: &DataDir, address: SocketAddr) -> Result<(), Failure> {
    if dir.is_initialised() {
        return Ok(());
    }
    tracing::info!("making a sandbox in {}", dir.path().display());
    let passphrase = init::own_passphrase(dir)?;
    let text = CONFIG.replace("{address}", &address.to_string());
    init::make(dir, &text, &passphrase, &Actor::System).await?;
    Ok(())
}

/// Adds demonstration people and orders to a sandbox that has none. Its last act leaves a mark, so that what a
/// person did to them is never repeated or undone.
pub async fn fill(environment: &Environment) -> Result<(), Failure> {
    let mark = environment.dir.path().join("demonstration");
    if mark.exists() {
        return Ok(());
    }
    let now = os::now();
    let people = people::add(environment, now).await?;
    orders::add(environment, &people, now).await?;
    files::write_new(&mark, b"Demonstration people and orders were added.\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Kind};

    #[test]
    fn its_configuration_is_one() {
        let config =
            Config::parse("sandbox", &CONFIG.replace("{address}", "127.0.0.1:8080")).unwrap();
        assert_eq!(config.kind, Kind::Sandbox);
    }

    #[test]
    fn only_loopback_serves_it() {
        let parse = |text: &str| text.parse::<SocketAddr>().unwrap();
        assert!(refuse_off_loopback(&[parse("127.0.0.1:1"), parse("[::1]:1")]).is_ok());
        assert!(refuse_off_loopback(&[parse("127.0.0.1:1"), parse("0.0.0.0:1")]).is_err());
        assert!(refuse_off_loopback(&[parse("192.0.2.1:1")]).is_err());
    }
}
