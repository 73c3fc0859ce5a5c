//! Acts of an operator at the command line: by the server's socket while it runs, else under the lock.

mod acts;
mod client;
mod protocol;
mod server;

pub use client::perform;
pub use protocol::{Act, CertIssue, UserChange};
pub use server::Server;
