//! `chancery user`.

use crate::{
    admin::{self, Act, UserChange},
    cli::{UserAdd, UserNamed},
    datadir::DataDir,
    failure::Failure,
};

/// Invites somebody to work here and prints the link that works once.
pub fn add(words: UserAdd) -> Result<(), Failure> {
    let act = Act::UserAdd {
        role: words.role,
        email: words.email,
    };
    let link = admin::perform(
        &DataDir::named_by(&words.dir),
        words.dir.passphrase_file.as_deref(),
        act,
    )?;
    super::print(&link)
}

/// Changes what an account may do.
pub fn change(words: UserNamed, change: UserChange) -> Result<(), Failure> {
    let act = Act::UserChange {
        email: words.email,
        change,
    };
    let told = admin::perform(
        &DataDir::named_by(&words.dir),
        words.dir.passphrase_file.as_deref(),
        act,
    )?;
    super::print(&told)
}
