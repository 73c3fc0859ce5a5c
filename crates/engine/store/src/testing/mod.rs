//! Stores for tests, each empty, on its own and gone with its test.

mod cluster;

use std::{ops::Deref, path::Path};

use aws_lc_rs::rand;
use tempfile::TempDir;
use tokio_postgres::{Config, NoTls};

use crate::{Id, Migrations, Store, StoreConfig};

/// An empty store with the tables of some components; dereferences to [`Store`].
#[derive(Debug)]
pub struct TestStore {
    store: Store,
    config: StoreConfig,
    /// Removed behind the store, as is the database.
    _folder: Option<TempDir>,
    _database: Option<Database>,
}

impl Deref for TestStore {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

impl TestStore {
    /// Where it is, for opening it once more.
    #[must_use]
    pub const fn config(&self) -> &StoreConfig {
        &self.config
    }
}

/// An empty SQLite store in a folder of its own.
///
/// # Panics
/// If it cannot be opened.
#[expect(clippy::expect_used, reason = "the test that asks for it has failed")]
pub async fn sqlite(migrations: &[Migrations]) -> TestStore {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let config = StoreConfig::Sqlite {
        path: dir.path().join("store.db"),
    };
    let store = Store::open(&config, migrations)
        .await
        .expect("a SQLite store");
    TestStore {
        store,
        config,
        _folder: Some(dir),
        _database: None,
    }
}

/// An empty PostgreSQL store in a database of its own, or nothing where PostgreSQL is not installed.
///
/// # Panics
/// If it is installed and the store cannot be opened.
#[expect(clippy::expect_used, reason = "the test that asks for it has failed")]
pub async fn postgres(migrations: &[Migrations]) -> Option<TestStore> {
    let socket = tokio::task::spawn_blocking(cluster::socket_folder)
        .await
        .expect("a PostgreSQL server")?;
    let database = Database::create(socket).await;
    let database = database.expect("a PostgreSQL database");
    let config = StoreConfig::Postgres {
        url: format!(
            "host={} user=chancery dbname={}",
            socket.display(),
            database.name
        ),
    };
    let store = Store::open(&config, migrations)
        .await
        .expect("a PostgreSQL store");
    Some(TestStore {
        store,
        config,
        _folder: None,
        _database: Some(database),
    })
}

/// An empty store of each kind that this machine has: SQLite always, PostgreSQL where its programs are installed.
///
/// # Panics
/// If one cannot be opened.
pub async fn stores(migrations: &[Migrations]) -> Vec<TestStore> {
    let mut stores = vec![sqlite(migrations).await];
    stores.extend(postgres(migrations).await);
    stores
}

/// A database of the shared server, dropped with this.
#[derive(Debug)]
struct Database {
    socket: &'static Path,
    name: String,
}

impl Database {
    #[expect(clippy::expect_used, reason = "the test that asks for it has failed")]
    async fn create(socket: &'static Path) -> Result<Self, tokio_postgres::Error> {
        let mut octets = [0; 16];
        rand::fill(&mut octets).expect("random octets");
        let name = format!("test_{}", Id::from_bytes(octets));
        administer(socket, &format!("create database {name}")).await?;
        Ok(Self { socket, name })
    }
}

impl Drop for Database {
    /// On a thread with a runtime of its own, for the test's may be ending. What cannot be dropped goes with the server.
    fn drop(&mut self) {
        let socket = self.socket;
        let sql = format!("drop database {} with (force)", self.name);
        let dropping = std::thread::spawn(move || {
            let mut runtime = tokio::runtime::Builder::new_current_thread();
            if let Ok(runtime) = runtime.enable_all().build() {
                let _ = runtime.block_on(administer(socket, &sql));
            }
        });
        let _ = dropping.join();
    }
}

async fn administer(socket: &Path, sql: &str) -> Result<(), tokio_postgres::Error> {
    let mut config = Config::new();
    config.host_path(socket).user("chancery").dbname("postgres");
    let (client, connection) = config.connect(NoTls).await?;
    let connection = tokio::spawn(connection);
    let outcome = client.batch_execute(sql).await;
    drop(client);
    let _ = connection.await;
    outcome
}
