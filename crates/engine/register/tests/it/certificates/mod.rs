//! Supported authorities, registered certificates and log-in with them.

mod anchors;
mod assurance;
mod confirm;
mod directory;
mod enrolment;
mod log_in;
mod made;
mod members;
mod proof;
mod settle;
mod signature;
mod watch;
