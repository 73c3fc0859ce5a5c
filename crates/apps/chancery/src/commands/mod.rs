//! The commands that are not the server: read files, call one use case, print.

pub mod bench;
pub mod cert;
pub mod crl;
pub mod csr;
pub mod envelope;
mod key;
mod key_file;
pub mod p12;
mod password;
pub mod path;
mod show;
pub mod signed;
pub mod smime;
pub mod user;

use std::io::Write;

use crate::failure::Failure;

/// Prints a command's result on standard output. A reader that has seen enough (`… | head`) is no fault.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let end = if text.ends_with('\n') { "" } else { "\n" };
    match out
        .write_all(text.as_bytes())
        .and_then(|()| out.write_all(end.as_bytes()))
        .and_then(|()| out.flush())
    {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::because("standard output", &error))
        }
        _ => Ok(()),
    }
}

/// Says on standard error what is no failure but has to be known.
#[expect(
    clippy::print_stderr,
    reason = "standard output belongs to the command's result"
)]
pub fn note(text: &str) {
    eprintln!("note: {text}");
}
