//! Stores for tests, each empty, on its own and gone with its test.

use std::ops::Deref;

use tempfile::TempDir;

use crate::{Migrations, Store, StoreConfig};

/// An empty store with the tables of some components; dereferences to [`Store`].
#[derive(Debug)]
pub struct TestStore {
    store: Store,
    config: StoreConfig,
    /// Removed with the store.
    _dir: Option<TempDir>,
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
        _dir: Some(dir),
    }
}

/// An empty store of each kind that this machine has: SQLite always, PostgreSQL where its programs are installed.
///
/// # Panics
/// If one cannot be opened.
pub async fn stores(migrations: &[Migrations]) -> Vec<TestStore> {
    vec![sqlite(migrations).await]
}
