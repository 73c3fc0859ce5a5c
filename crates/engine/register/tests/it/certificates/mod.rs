//! Supported authorities, registered certificates and log-in with them.

mod anchors;
mod assurance;
mod confirm;
mod enrolment;
mod log_in;
mod made;
mod members;
mod watch;
