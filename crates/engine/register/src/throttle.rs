//! Limits on guessing that no stranger can turn into a lock-out.
//!
//! Failed tries are counted at three places: the network that they come from, the pair of log-in name
//! and network, and the log-in name as a whole. Each allows a number of free tries; then the next one
//! has to wait, longer each time, up to a bound. A try is reserved before the secret is looked at, so
//! that a thousand at once are still counted one by one.
//!
//! The whole-name place is the only one that strangers can fill for somebody else. It therefore does
//! not bind networks from which that person logged in lately, nor an access code (80 random bits need
//! no limit), which everybody can have mailed: there is always a way in.

use std::{net::IpAddr, time::Duration};

use chancery_store::{Batch, CommitError, FromRow, Row, RowError, Store, Timestamp, args};

use crate::Fault;

/// A place forgets its failures after so long without another.
pub(crate) const MEMORY: Duration = Duration::from_hours(24);
/// A network is known for so long after the last log-in from it.
pub(crate) const NETWORK_MEMORY: Duration = Duration::from_hours(90 * 24);
/// How often a reservation is tried again when others write the same rows.
const RACES: usize = 16;

/// How many tries are free, and how long the waits grow.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Allowance {
    free: u32,
    first_wait: Duration,
    longest_wait: Duration,
    memory: Duration,
}

const fn allowance(free: u32, first: u64, longest: u64, memory: Duration) -> Allowance {
    Allowance {
        free,
        first_wait: Duration::from_secs(first),
        longest_wait: Duration::from_secs(longest),
        memory,
    }
}

const HOUR: Duration = Duration::from_hours(1);
const NETWORK: Allowance = allowance(30, 5, 15 * 60, HOUR);
const PAIR: Allowance = allowance(5, 10, 15 * 60, MEMORY);
const NAME: Allowance = allowance(25, 5, 5 * 60, MEMORY);
const TOTP: Allowance = allowance(5, 30, 60 * 60, MEMORY);
const PAIRING: Allowance = allowance(15, 60, 30 * 60, HOUR);
const RENEWAL: Allowance = allowance(10, 60, 60 * 60, HOUR);
const LOOK_UPS: Allowance = allowance(40, 5, 15 * 60, HOUR);
const LETTERS_TO: Allowance = allowance(2, 5 * 60, 6 * 60 * 60, MEMORY);
const LETTERS_FROM: Allowance = allowance(20, 60, 60 * 60, HOUR);

impl Allowance {
    /// How long to wait after that many failures.
    fn wait(&self, failures: u32) -> Duration {
        match failures.checked_sub(self.free) {
            None | Some(0) => Duration::ZERO,
            Some(beyond) => self
                .first_wait
                .saturating_mul(2_u32.saturating_pow(beyond - 1))
                .min(self.longest_wait),
        }
    }
}

/// Where tries are counted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    key: [u8; 32],
    allowance: Allowance,
}

impl Place {
    /// Failed log-ins from a network.
    pub(crate) fn network(from: IpAddr) -> Self {
        Self::new("network", &network_of(from), NETWORK)
    }

    /// Failed log-ins under a name from a network.
    pub(crate) fn pair(name: &str, from: IpAddr) -> Self {
        Self::new("pair", &format!("{}|{name}", network_of(from)), PAIR)
    }

    /// Failed log-ins under a name from anywhere.
    pub(crate) fn name(name: &str) -> Self {
        Self::new("name", name, NAME)
    }

    /// Wrong codes of a person's second factor.
    pub(crate) fn totp(person: crate::PersonId) -> Self {
        Self::new("totp", &person.to_string(), TOTP)
    }

    /// Wrong present passwords while changing it, and wrong passwords at an invitation.
    pub(crate) fn own_secret(person: crate::PersonId) -> Self {
        Self::new("own-secret", &person.to_string(), PAIR)
    }

    /// Pairings of devices that a person begins.
    pub(crate) fn pairing(person: crate::PersonId) -> Self {
        Self::new("pairing", &person.to_string(), PAIRING)
    }

    /// Renewals of a device's certificate.
    pub(crate) fn renewal(device: chancery_store::Id) -> Self {
        Self::new("renewal", &device.to_string(), RENEWAL)
    }

    /// A person's look-ups in the directory.
    pub(crate) fn look_ups(person: crate::PersonId) -> Self {
        Self::new("look-ups", &person.to_string(), LOOK_UPS)
    }

    /// Letters that a person has sent to others: invitations to an organisation.
    pub(crate) fn letters_by(person: crate::PersonId) -> Self {
        Self::new("letters-by", &person.to_string(), LETTERS_FROM)
    }

    /// Letters that strangers can have sent to an address.
    pub(crate) fn letters_to(name: &str) -> Self {
        Self::new("letters-to", name, LETTERS_TO)
    }

    /// Letters caused from a network.
    pub(crate) fn letters_from(from: IpAddr) -> Self {
        Self::new("letters-from", &network_of(from), LETTERS_FROM)
    }

    fn new(kind: &str, value: &str, allowance: Allowance) -> Self {
        Self {
            key: chancery_keys::digest_code(&format!("{kind}|{value}")),
            allowance,
        }
    }
}

/// The digest under which a network is remembered for a person.
pub(crate) fn network_digest(from: IpAddr) -> [u8; 32] {
    chancery_keys::digest_code(&format!("known|{}", network_of(from)))
}

/// One IPv4 address, or the /64 that a single IPv6 host can choose from.
fn network_of(from: IpAddr) -> String {
    match from.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// The next try is too early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooEarly {
    pub(crate) wait: Duration,
}

struct Count {
    failures: u32,
    last_at: Timestamp,
    blocked_until: Timestamp,
}

impl FromRow for Count {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            failures: u32::try_from(row.int(0)?).unwrap_or(u32::MAX),
            last_at: row.time(1)?,
            blocked_until: row.time(2)?,
        })
    }
}

/// Counts a try at a place before it is made; `Err(TooEarly)` inside means that it may not be made now
/// and was not counted.
pub(crate) async fn reserve(
    store: &Store,
    place: &Place,
    now: Timestamp,
) -> Result<Result<(), TooEarly>, Fault> {
    for _ in 0..RACES {
        let before: Option<Count> = store
            .first(
                "select failures, last_at, blocked_until from register_attempts where place = $1",
                args![place.key],
            )
            .await?;
        let mut batch = Batch::new();
        match before {
            None => {
                batch.one(
                    "insert into register_attempts (place, failures, last_at, blocked_until)
                     values ($1, 1, $2, $3)",
                    args![place.key, now, now.plus(place.allowance.wait(1))],
                );
            }
            Some(count) => {
                // A wait longer than any was set by a clock that ran ahead, and would last until it is true.
                let longest = now.plus(place.allowance.longest_wait);
                if count.blocked_until > now && count.blocked_until <= longest {
                    let micros = count.blocked_until.as_micros() - now.as_micros();
                    let wait = Duration::from_micros(u64::try_from(micros).unwrap_or_default());
                    return Ok(Err(TooEarly { wait }));
                }
                let forgotten = count.last_at.plus(place.allowance.memory) <= now;
                let failures = if forgotten {
                    1
                } else {
                    count.failures.saturating_add(1)
                };
                let until = now.plus(place.allowance.wait(failures));
                batch.one(
                    "update register_attempts set failures = $1, last_at = $2, blocked_until = $3
                     where place = $4 and failures = $5 and last_at = $6 and blocked_until = $7",
                    args![
                        failures,
                        now,
                        until,
                        place.key,
                        count.failures,
                        count.last_at,
                        count.blocked_until
                    ],
                );
            }
        }
        match store.commit(batch).await {
            Ok(()) => return Ok(Ok(())),
            Err(CommitError::Conflict { .. } | CommitError::Constraint { unique: true, .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    // So many at once from one place are no person.
    Ok(Err(TooEarly {
        wait: Duration::from_secs(1),
    }))
}

/// Writes about a place without changing what is counted: where somebody is unknown, it stands in for
/// the write that somebody known would cause, so that both answers take a durable commit.
pub(crate) async fn touch(store: &Store, place: &Place) -> Result<(), Fault> {
    let mut batch = Batch::new();
    batch.any(
        "update register_attempts set last_at = last_at where place = $1",
        args![place.key],
    );
    Ok(store.commit(batch).await?)
}

/// The try was good: forgets the place.
pub(crate) fn forget(batch: &mut Batch, place: &Place) {
    batch.any(
        "delete from register_attempts where place = $1",
        args![place.key],
    );
}

/// The try was good: takes back its reservation and no other's, so that somebody with an account of
/// their own cannot wash a network clean.
pub(crate) fn give_back(batch: &mut Batch, place: &Place) {
    batch.any(
        "update register_attempts set failures = failures - 1, blocked_until = 0
         where place = $1 and failures > 0",
        args![place.key],
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_are_bounded() {
        let waits: Vec<u64> = (1..=14)
            .map(|failures| PAIR.wait(failures).as_secs())
            .collect();
        assert_eq!(
            waits,
            [0, 0, 0, 0, 0, 10, 20, 40, 80, 160, 320, 640, 900, 900]
        );
        assert_eq!(PAIR.wait(u32::MAX), PAIR.longest_wait);
    }

    #[test]
    fn a_host_cannot_choose_among_its_own_addresses() {
        let network = |text: &str| network_of(text.parse().unwrap());
        assert_eq!(network("2001:db8:1:2:3::4"), network("2001:db8:1:2::"));
        assert_ne!(network("2001:db8:1:2::"), network("2001:db8:1:3::"));
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.1"));
        assert_ne!(network("192.0.2.1"), network("192.0.2.2"));
    }
}
