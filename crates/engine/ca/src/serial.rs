//! Serial numbers from durable blocks.
//!
//! A serial number is 20 octets: one that keeps it positive, six of block and index, thirteen random. It is
//! unique by its block even if the random source repeats, unpredictable by its 104 random bits (CA/Browser
//! Forum Baseline Requirements section 7.1 want 64), and rises with time, so that the index over serial
//! numbers grows at its end. A block of 1,024 is committed before its first number is used; whoever starts
//! takes a new one, so a crash wastes numbers and never repeats one.

use chancery_keys::{Entropy, EntropyError, random};
use chancery_store::{Batch, CommitError, ReadError, Store, Timestamp, args};
use chancery_x509::SerialNumber;
use tokio::sync::Mutex;

/// Serial numbers of a block.
const BLOCK_LEN: i64 = 1_024;
/// First octet: not zero, so that every number has 20 octets, and below 0x80, so that it is positive.
const FIRST: u8 = 0x01;
/// Nodes that open blocks at the same moment collide; each then takes the next.
const ATTEMPTS: u32 = 64;

/// No serial number was given out.
#[derive(Debug, thiserror::Error)]
pub enum SerialError {
    /// The last block could not be read.
    #[error("the last block of serial numbers could not be read")]
    Read(#[from] ReadError),
    /// A block could not be made durable.
    #[error("a block of serial numbers could not be made durable")]
    Commit(#[from] CommitError),
    /// The random part could not be made.
    #[error("the random part of a serial number could not be made")]
    Entropy(#[from] EntropyError),
    /// All 2^38 blocks are used.
    #[error("no block of serial numbers is left")]
    Exhausted,
}

/// Gives out serial numbers, one block at a time.
#[derive(Debug)]
pub(crate) struct Serials {
    store: Store,
    open: Mutex<Option<Block>>,
}

#[derive(Clone, Copy, Debug)]
struct Block {
    number: i64,
    next: i64,
}

impl Serials {
    /// Burns what earlier runs left of their blocks; the first number opens a new one.
    pub(crate) async fn open(store: Store, now: Timestamp) -> Result<Self, CommitError> {
        let mut batch = Batch::new();
        batch.any(
            "update serial_block set closed_at = $1 where closed_at is null",
            args![now],
        );
        store.commit(batch).await?;
        Ok(Self {
            store,
            open: Mutex::new(None),
        })
    }

    /// The next serial number.
    pub(crate) async fn next(
        &self,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> Result<SerialNumber, SerialError> {
        let tail: [u8; 13] = random(entropy)?;
        let mut open = self.open.lock().await;
        let block = match *open {
            Some(block) if block.next < BLOCK_LEN => block,
            previous => self.open_block(previous, now).await?,
        };
        *open = Some(Block {
            next: block.next + 1,
            ..block
        });
        drop(open);
        serial(block.number, block.next, &tail).ok_or(SerialError::Exhausted)
    }

    async fn open_block(
        &self,
        previous: Option<Block>,
        now: Timestamp,
    ) -> Result<Block, SerialError> {
        let last = self
            .store
            .rows(
                "select block from serial_block order by block desc limit 1",
                args![],
            )
            .await?;
        let mut number = match last.first() {
            Some(row) => row.int(0).map_err(ReadError::from)? + 1,
            None => 1,
        };
        let mut attempt = 0;
        loop {
            if number >= 1 << 38 {
                return Err(SerialError::Exhausted);
            }
            let mut batch = Batch::new();
            if let Some(previous) = previous {
                batch.any(
                    "update serial_block set closed_at = $2 where block = $1",
                    args![previous.number, now],
                );
            }
            batch.one(
                "insert into serial_block (block, opened_at) values ($1, $2)",
                args![number, now],
            );
            match self.store.commit(batch).await {
                Ok(()) => return Ok(Block { number, next: 0 }),
                Err(CommitError::Constraint { unique: true, .. }) if attempt < ATTEMPTS => {
                    attempt += 1;
                    number += 1;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// A number of the same form that is never given out, blocks being counted from 1: for previews.
pub(crate) fn sample() -> Result<SerialNumber, SerialError> {
    serial(0, 0, &[0x5a; 13]).ok_or(SerialError::Exhausted)
}

fn serial(block: i64, index: i64, tail: &[u8; 13]) -> Option<SerialNumber> {
    let position = u64::try_from(block * BLOCK_LEN + index).ok()?;
    let mut octets = vec![FIRST];
    octets.extend_from_slice(position.to_be_bytes().get(2..)?);
    octets.extend_from_slice(tail);
    SerialNumber::new(&octets).ok()
}

#[cfg(test)]
mod tests {
    use super::serial;

    #[test]
    fn serials_have_twenty_octets_and_rise() {
        let first = serial(1, 0, &[0xff; 13]).unwrap();
        let later = serial(1, 1, &[0; 13]).unwrap();
        let last = serial((1 << 38) - 1, 1_023, &[0xff; 13]).unwrap();
        assert_eq!(first.as_bytes().len(), 20);
        assert!(first < later && later < last);
        assert_eq!(last.to_hex(), format!("01{}", "f".repeat(38)));
    }
}
