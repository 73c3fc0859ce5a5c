//! What a server does unasked: sign lists and responder certificates in time, forget what is over, deliver mail.

use std::time::Duration;

use chancery_keys::random_id;
use chancery_store::{Id, lease, outbox};
use tokio::task::JoinHandle;

use crate::{environment::Environment, failure::Failure, mail, os};

/// How often the authorities look whether anything is due.
const AUTHORITIES: Duration = Duration::from_mins(1);
/// How often sessions and codes that are over are forgotten.
const FORGETTING: Duration = Duration::from_mins(5);
/// How often it is looked whether registered certificates are due to be asked about.
const WATCHING: Duration = Duration::from_mins(5);
/// Registered certificates that are asked about in one go.
const WATCHED: u32 = 200;
/// One go may take so long, where the servers that are asked do not answer; then another node may begin.
const WATCHED_WITHIN: Duration = Duration::from_hours(1);
/// How long the outbox remembers that a letter was delivered; what it said is erased on delivery.
const KEEP_DELIVERED: Duration = Duration::from_hours(90 * 24);

/// Starts the work; the tasks end when they are aborted.
pub fn start(environment: &Environment) -> Result<Vec<JoinHandle<()>>, Failure> {
    Ok(vec![
        tokio::spawn(authorities(environment.clone())),
        tokio::spawn(forgetting(environment.clone())),
        tokio::spawn(watching(environment.clone())),
        tokio::spawn(mail::deliver(mail::courier(environment)?)),
    ])
}

async fn authorities(environment: Environment) {
    loop {
        match environment.ca.maintain(os::now()).await {
            Ok(done) => tracing::debug!(?done, "the authorities were looked after"),
            Err(error) => tracing::error!(
                error = &error as &dyn std::error::Error,
                "lists or responders are late"
            ),
        }
        tokio::time::sleep(AUTHORITIES).await;
    }
}

async fn forgetting(environment: Environment) {
    loop {
        // Before the register, which would tell of the same ends.
        if let Err(error) = environment.ra.maintain(os::now()).await {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "holders of certificates that end soon were not told"
            );
        }
        if let Err(error) = environment.register.maintain(os::now()).await {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "sessions that are over were not forgotten"
            );
        }
        if let Err(error) = outbox::purge(&environment.store, os::now(), KEEP_DELIVERED).await {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "delivered letters were not forgotten"
            );
        }
        tokio::time::sleep(FORGETTING).await;
    }
}

/// Asks whether registered certificates were revoked, on one node at a time.
async fn watching(environment: Environment) {
    let node = match random_id(environment.entropy.as_ref()) {
        Ok(node) => node,
        Err(error) => {
            tracing::error!(%error, "nobody watches registered certificates");
            return;
        }
    };
    loop {
        match watch(&environment, node).await {
            // As many as there may be at once: there are more.
            Ok(WATCHED) => continue,
            Ok(_) => {}
            Err(error) => tracing::warn!(
                error = error.as_ref() as &dyn std::error::Error,
                "registered certificates were not asked about"
            ),
        }
        tokio::time::sleep(WATCHING).await;
    }
}

async fn watch(
    environment: &Environment,
    node: Id,
) -> Result<u32, Box<dyn std::error::Error + Send + Sync>> {
    let store = &environment.store;
    let name = "registered-certificates";
    let Some(lease) = lease::acquire(store, name, node, os::now(), WATCHED_WITHIN).await? else {
        return Ok(0);
    };
    let certificates = &environment.certificates;
    let checked = certificates.check_revocation(WATCHED, os::now()).await;
    lease::release(store, lease).await?;
    Ok(u32::try_from(checked?).unwrap_or(u32::MAX))
}
