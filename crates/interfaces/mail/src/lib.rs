//! Letters: notices of the register and of the registration authority, put into the person's language
//! and delivered from the outbox.
//!
//! A notice is composed once into parts ([`compose`]), from which one template makes the plain text and
//! another the HTML, so that both have the same words. A [`Courier`] claims what is due, sends it by SMTP
//! or keeps it in the sandbox's mailbox, and settles it; a letter may arrive twice, under one Message-ID.

#![warn(missing_docs)]

mod compose;
mod courier;
mod message;
mod patience;
mod smtp;
mod words;

pub use courier::{Courier, CourierConfig, CourierError, DeliverError, Transport};
pub use smtp::{Security, SmtpConfig};
