//! Budgets: how much a file may ask for.

use crate::error::OpenError;
use crate::need::Derivation;

/// How much is done for one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Octets of the file.
    pub octets: usize,
    /// Rounds of key derivation, all tries and blocks of output together.
    pub rounds: u64,
    /// Octets of memory that one scrypt derivation takes.
    pub memory: u64,
    /// Keys, certificates and whatever else is in the file.
    pub bags: usize,
    /// Private keys among them.
    pub keys: usize,
}

impl Default for Limits {
    /// 16 MB, 30 million rounds (some ten seconds; fifty keys of a file that is written here), 64 MB, 2,000 entries, 64 of them keys.
    fn default() -> Self {
        Self {
            octets: 16 << 20,
            rounds: 30_000_000,
            memory: 64 << 20,
            bags: 2_000,
            keys: 64,
        }
    }
}

/// What has been spent.
pub(crate) struct Budget {
    limits: Limits,
    rounds: u64,
    bags: usize,
    keys: usize,
}

impl Budget {
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            rounds: 0,
            bags: 0,
            keys: 0,
        }
    }

    /// Charges a derivation before it is asked for.
    pub fn derive(&mut self, derivation: &Derivation) -> Result<(), OpenError> {
        let memory = derivation.memory();
        if memory > self.limits.memory {
            return Err(OpenError::TooMuchMemory {
                octets: memory,
                limit: self.limits.memory,
            });
        }
        self.rounds = self.rounds.saturating_add(derivation.cost());
        if self.rounds > self.limits.rounds {
            return Err(OpenError::TooManyRounds {
                rounds: self.rounds,
                limit: self.limits.rounds,
            });
        }
        Ok(())
    }

    pub fn bag(&mut self) -> Result<(), OpenError> {
        self.bags = self.bags.saturating_add(1);
        if self.bags > self.limits.bags {
            return Err(OpenError::TooManyBags {
                limit: self.limits.bags,
            });
        }
        Ok(())
    }

    /// Charges a private key; its number, from 1.
    pub fn key(&mut self) -> Result<usize, OpenError> {
        self.keys = self.keys.saturating_add(1);
        if self.keys > self.limits.keys {
            return Err(OpenError::TooManyKeys {
                limit: self.limits.keys,
            });
        }
        Ok(self.keys)
    }
}
