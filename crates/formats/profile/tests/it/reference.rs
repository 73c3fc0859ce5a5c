//! `docs/reference/lints.md` lists the lints as they are.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chancery_profile::{Lint, lints};

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/reference/lints.md")
}

fn row(table: &mut String, lint: &Lint) {
    let (scope, severity) = (lint.scope.name(), lint.severity.name());
    writeln!(
        table,
        "| `{}` | {} | {} | {} | {} |",
        lint.name, lint.rule, lint.clause, scope, severity
    )
    .unwrap();
}

fn reference() -> String {
    let mut text = String::from(
        "# Lints\n\n\
         Every certificate passes these rules before it is signed: they look at the very bytes that will be signed, and a\n\
         broken rule of severity `error` stops the issuance. A `warning` is a recommendation that is not followed; it is\n\
         kept with the issuance. Each rule is one file in `crates/formats/profile/src/lint/`, with its clause on top.\n\n\
         S/MIME BR: *Baseline Requirements for the Issuance and Management of Publicly-Trusted S/MIME Certificates*,\n\
         CA/Browser Forum. What a profile may say at all is checked earlier, when the server starts.\n\n\
         | lint | rule | clause | certificates | severity |\n|---|---|---|---|---|\n",
    );
    lints().for_each(|lint| row(&mut text, lint));
    text
}

#[test]
#[cfg_attr(target_arch = "wasm32", ignore = "reads a file of the repository")]
fn the_list_of_lints_is_up_to_date() {
    let written = std::fs::read_to_string(file()).unwrap_or_default();
    assert!(
        written == reference(),
        "docs/reference/lints.md is not up to date; write it anew with\n\
         cargo test -p chancery-profile --test it -- --ignored write_the_list_of_lints"
    );
}

#[test]
#[ignore = "writes docs/reference/lints.md"]
fn write_the_list_of_lints() {
    std::fs::create_dir_all(file().parent().unwrap()).unwrap();
    std::fs::write(file(), reference()).unwrap();
}
