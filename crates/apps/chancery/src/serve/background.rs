//! What a server does unasked: sign lists and responder certificates in time, forget what is over, deliver mail.

use std::time::Duration;

use chancery_store::outbox;
use tokio::task::JoinHandle;

use crate::{environment::Environment, failure::Failure, mail, os};

/// How often the authorities look whether anything is due.
const AUTHORITIES: Duration = Duration::from_mins(1);
/// How often sessions and codes that are over are forgotten.
const FORGETTING: Duration = Duration::from_mins(5);
/// How long the outbox remembers that a letter was delivered; what it said is erased on delivery.
const KEEP_DELIVERED: Duration = Duration::from_hours(90 * 24);

/// Starts the work; the tasks end when they are aborted.
pub fn start(environment: &Environment) -> Result<Vec<JoinHandle<()>>, Failure> {
    Ok(vec![
        tokio::spawn(authorities(environment.clone())),
        tokio::spawn(forgetting(environment.clone())),
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
