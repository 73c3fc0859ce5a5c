//! Connections and how their sessions are set up.

use std::time::Duration;

use deadpool_postgres::{Hook, HookError, Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use tokio_postgres::Client;

use super::address::Address;
use crate::{OpenError, error::Cause};

/// Connections of each kind: a few a core, for transactions are short.
const CONNECTIONS: usize = 16;
/// How long a caller waits for a connection.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a session may do.
#[derive(Clone, Copy)]
pub(super) enum Access {
    Read,
    Write,
}

/// Limits that keep one session from holding up all, and a commit that is durable whatever the server's default is.
const SESSION: &str = "
    set statement_timeout = '30s';
    set lock_timeout = '10s';
    set idle_in_transaction_session_timeout = '30s';
    select set_config('synchronous_commit', 'on', false)
        where current_setting('synchronous_commit') = 'off';
";

/// A connection outside the pools, without limits, for migrations; the server is checked on the way.
pub(super) async fn connect(address: &Address) -> Result<Client, OpenError> {
    let failed = |source: Cause| OpenError::Database {
        place: address.place.clone(),
        source,
    };
    let mut config = address.config.clone();
    config.connect_timeout(config.get_connect_timeout().copied().unwrap_or(PATIENCE));
    let (client, connection) = config
        .connect(address.tls.clone())
        .await
        .map_err(|error| failed(Box::new(error)))?;
    tokio::spawn(async move {
        // What goes wrong here is told to whoever waits for an answer.
        let _ = connection.await;
    });
    let encoding: String = client
        .query_one("show server_encoding", &[])
        .await
        .and_then(|row| row.try_get(0))
        .map_err(|error| failed(Box::new(error)))?;
    if encoding != "UTF8" {
        return Err(OpenError::Setting {
            place: address.place.clone(),
            setting: "the encoding",
            wanted: "UTF8",
            found: encoding,
        });
    }
    Ok(client)
}

pub(super) fn pool(address: &Address, access: Access) -> Result<Pool, OpenError> {
    let recycling = ManagerConfig {
        recycling_method: RecyclingMethod::Fast,
    };
    let manager = Manager::from_config(address.config.clone(), address.tls.clone(), recycling);
    let set_up = Hook::async_fn(move |client: &mut deadpool_postgres::ClientWrapper, _| {
        Box::pin(async move {
            client
                .batch_execute(SESSION)
                .await
                .map_err(HookError::Backend)?;
            if matches!(access, Access::Read) {
                let read_only = "set default_transaction_read_only = on";
                client
                    .batch_execute(read_only)
                    .await
                    .map_err(HookError::Backend)?;
            }
            Ok(())
        })
    });
    Pool::builder(manager)
        .max_size(CONNECTIONS)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(PATIENCE))
        .create_timeout(Some(PATIENCE))
        .post_create(set_up)
        .build()
        .map_err(|error| OpenError::Database {
            place: address.place.clone(),
            source: Box::new(error),
        })
}
