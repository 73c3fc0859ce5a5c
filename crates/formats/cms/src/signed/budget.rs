//! What verifying one message may cost, whatever hangs on its signatures.

use std::cell::Cell;

use super::{SignatureFault, TimeStampError};

/// Most signatures tried, each with one key over one form of the message.
const MAX_VERIFICATIONS: usize = 256;
/// Most signers, time-stamps and counter-signatures that are looked at.
const MAX_REPORTS: usize = 256;

/// What is left of the work allowed for a message, tokens inside included: anybody can hang counter-signatures and time-stamps on a
/// signature, each with more of them, and name the same certificates in all.
#[derive(Debug)]
pub(super) struct Budget {
    verifications: Cell<usize>,
    reports: Cell<usize>,
}

/// The work allowed is used up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spent {
    what: &'static str,
    limit: usize,
}

impl Budget {
    pub(super) const fn new() -> Self {
        Self {
            verifications: Cell::new(MAX_VERIFICATIONS),
            reports: Cell::new(MAX_REPORTS),
        }
    }

    /// One more signature is tried.
    pub(super) fn verification(&self) -> Result<(), Spent> {
        spend(&self.verifications).ok_or(Spent {
            what: "signatures tried",
            limit: MAX_VERIFICATIONS,
        })
    }

    /// One more signer is looked at.
    pub(super) fn report(&self) -> Result<(), Spent> {
        spend(&self.reports).ok_or(Spent {
            what: "signers, time-stamps and counter-signatures",
            limit: MAX_REPORTS,
        })
    }
}

fn spend(left: &Cell<usize>) -> Option<()> {
    left.set(left.get().checked_sub(1)?);
    Some(())
}

impl From<Spent> for SignatureFault {
    fn from(Spent { what, limit }: Spent) -> Self {
        Self::Budget { what, limit }
    }
}

impl From<Spent> for TimeStampError {
    fn from(Spent { what, limit }: Spent) -> Self {
        Self::Budget { what, limit }
    }
}
