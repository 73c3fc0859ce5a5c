//! What the operating system knows: the only place that reads clock and environment.

use std::{
    path::PathBuf,
    time::{Duration, SystemTime},
};

use chancery_store::Timestamp;

use crate::failure::Failure;

/// Now.
#[expect(clippy::disallowed_methods, reason = "this is the application's edge")]
pub fn now() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or(Duration::ZERO);
    Timestamp::default().plus(since)
}

/// Name of the user who runs this, for the record of what operators did.
#[expect(clippy::disallowed_methods, reason = "this is the application's edge")]
pub fn user_name() -> String {
    ["SUDO_USER", "USER", "LOGNAME"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|user| !user.is_empty()))
        .unwrap_or_else(|| "unknown".to_owned())
}

/// Where a sandbox lives unless told otherwise.
#[expect(clippy::disallowed_methods, reason = "this is the application's edge")]
pub fn default_sandbox() -> Result<PathBuf, Failure> {
    let data = std::env::var("XDG_DATA_HOME")
        .ok()
        .filter(|path| path.starts_with('/'))
        .map(PathBuf::from);
    let home = || {
        std::env::var("HOME")
            .ok()
            .map(|home| PathBuf::from(home).join(".local/share"))
    };
    data.or_else(home)
        .map(|data| data.join("chancery/sandbox"))
        .ok_or_else(|| {
            Failure::usage("there is no home directory to keep the sandbox in")
                .hint("name one with --data")
        })
}

/// The asynchronous runtime.
pub fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::because("the runtime does not start", &error))
}
