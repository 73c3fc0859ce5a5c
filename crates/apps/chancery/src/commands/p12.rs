//! `chancery p12`.

mod create;
mod extract;
mod show;

use std::path::Path;

use chancery_keys::AwsLc;
use chancery_pkcs12::{Limits, Lookalike, OpenError, Opened, open};

use super::password;
use crate::{failure::Failure, files};

pub use create::create;
pub use extract::extract;
pub use show::show;

/// Opens a file with the password that is given or asked for.
pub fn open_file(file: &Path, password_file: Option<&Path>) -> Result<Opened, Failure> {
    let content = files::read_secret(file)?;
    open_content(&file.display().to_string(), &content, password_file)
}

/// The same of what was in a file; `place` names it.
pub fn open_content(
    place: &str,
    content: &[u8],
    password_file: Option<&Path>,
) -> Result<Opened, Failure> {
    let password = password::existing(
        password_file,
        &format!("the password of {place}"),
        "--password-file",
    )?;
    open(content, password, Limits::default(), &AwsLc, &AwsLc).map_err(|error| {
        let hint = hint(&error);
        let failure = Failure::because(format!("{place} was not opened"), &error);
        match hint {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    })
}

fn hint(error: &OpenError) -> Option<&'static str> {
    Some(match error {
        OpenError::NotPkcs12(Lookalike::Text | Lookalike::OtherStructure) => {
            "cert show, crl show and csr show read other files"
        }
        OpenError::WrongPassword => "the password is the one that was set when the file was made",
        OpenError::Unsupported(_) => {
            "export it again from where it came from, with its default settings"
        }
        OpenError::Altered | OpenError::Damaged { .. } => {
            "fetch the file again from where it came from"
        }
        OpenError::TooManyRounds { .. } | OpenError::TooMuchMemory { .. } => {
            "nothing that is meant to be opened asks for so much: do not trust this file"
        }
        OpenError::TooManyBags { .. } | OpenError::TooManyKeys { .. } => {
            "export fewer at a time where it came from"
        }
        _ => return None,
    })
}
