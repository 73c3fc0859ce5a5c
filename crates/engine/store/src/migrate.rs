//! Bringing tables up to date.
//!
//! Each component has its own history table (`{component}_schema_history`), so that crates number their
//! migrations without knowing of each other. A migration that was applied and has since changed, or has
//! disappeared, is refused.

use refinery::{Migration, Runner};

use crate::{Migrations, OpenError, error::Cause};

/// The tables that this crate owns.
pub(crate) const OWN: Migrations = Migrations {
    component: "store",
    steps: &[
        ("V1__outbox", crate::outbox::SCHEMA),
        ("V2__lease", crate::lease::SCHEMA),
    ],
};

/// The component's name cannot be part of a table's name.
#[derive(Debug, thiserror::Error)]
#[error("a component is named in lowercase ASCII letters")]
struct ComponentName;

/// The runner for one component's migrations.
pub(crate) fn runner(migrations: &Migrations) -> Result<Runner, OpenError> {
    let component = migrations.component;
    let failed = |source: Cause| OpenError::Migration { component, source };
    if component.is_empty() || !component.bytes().all(|b| b.is_ascii_lowercase()) {
        return Err(failed(Box::new(ComponentName)));
    }
    let steps = migrations
        .steps
        .iter()
        .map(|(name, sql)| Migration::unapplied(name, sql))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| failed(Box::new(error)))?;
    let mut runner = Runner::new(&steps)
        .set_abort_divergent(true)
        .set_abort_missing(true);
    runner.set_migration_table_name(format!("{component}_schema_history"));
    Ok(runner)
}
