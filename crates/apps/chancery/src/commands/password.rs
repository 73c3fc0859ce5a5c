//! Passwords of files: from another file's first line, or asked for on the terminal.

use std::{io::IsTerminal, path::Path};

use chancery_pkcs12::Password;
use dialoguer::Password as Prompt;
use secrecy::{ExposeSecret, SecretString};

use crate::{failure::Failure, files};

/// The password that a file has; `what` names it in the question, `option` the words that give it otherwise.
pub fn existing(file: Option<&Path>, what: &str, option: &str) -> Result<Password, Failure> {
    let text = match file {
        Some(file) => files::first_line_or_empty(file)?,
        None => ask(what, option, false)?,
    };
    Password::existing(text.expose_secret())
        .map_err(|error| Failure::because("the password", &error))
}

/// The password that a new file gets; asked for twice.
pub fn new(file: Option<&Path>, what: &str, option: &str) -> Result<Password, Failure> {
    let text = match file {
        Some(file) => files::first_line(file)?,
        None => ask(what, option, true)?,
    };
    Password::new(text.expose_secret()).map_err(|error| Failure::because("the password", &error))
}

fn ask(what: &str, option: &str, twice: bool) -> Result<SecretString, Failure> {
    if !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
        return Err(Failure::usage(format!("{what} is not known"))
            .hint(format!("give a file whose first line it is: {option} FILE")));
    }
    let mut prompt = Prompt::new().with_prompt(what).allow_empty_password(!twice);
    if twice {
        prompt = prompt.with_confirmation("the same again", "they differ: once more");
    }
    prompt
        .interact()
        .map(SecretString::from)
        .map_err(|error| Failure::because("the password was not read", &error))
}
