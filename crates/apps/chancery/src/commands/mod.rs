//! The commands that are not the server: read files, call one use case, print.

pub mod cert;
pub mod crl;
pub mod csr;
mod key;
pub mod p12;
mod show;
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
