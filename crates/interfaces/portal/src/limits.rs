//! How often one address may try what costs us, or could be guessed.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use governor::{DefaultKeyedRateLimiter, Quota, clock::Clock as _, clock::DefaultClock};

/// What is limited; the route table names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Passwords and second factors.
    LogIn,
    /// New people.
    Registration,
    /// Mails asked for: a lost code, an e-mail verification.
    Mail,
    /// Looks into the mailbox of a pairing, which both sides take every second.
    Look,
    /// Certificates that are registered, which cost a path and fetches, and people who are asked, which cost letters.
    Certificates,
    /// Look-ups in the directory.
    Directory,
}

/// Counters by address. An account's own tries are counted by `register`: this keeps one address from
/// walking through many accounts, and our mail server from being used against others.
pub struct Limits {
    log_in: DefaultKeyedRateLimiter<IpAddr>,
    registration: DefaultKeyedRateLimiter<IpAddr>,
    mail: DefaultKeyedRateLimiter<IpAddr>,
    look: DefaultKeyedRateLimiter<IpAddr>,
    certificates: DefaultKeyedRateLimiter<IpAddr>,
    directory: DefaultKeyedRateLimiter<IpAddr>,
    seen: AtomicU32,
    patience: Duration,
}

/// How many tries a minute each limit allows.
#[derive(Clone, Copy, Debug)]
pub struct Rates {
    /// Log-ins a minute.
    pub log_in: NonZeroU32,
    /// Registrations a minute.
    pub registration: NonZeroU32,
    /// Mails a minute.
    pub mail: NonZeroU32,
    /// Looks into mailboxes of pairings a minute.
    pub look: NonZeroU32,
    /// Certificates that are registered, a minute.
    pub certificates: NonZeroU32,
    /// Look-ups in the directory, a minute.
    pub directory: NonZeroU32,
    /// How long a request may take, its body included: a slow sender does not hold a connection for ever.
    pub patience: Duration,
}

impl Default for Rates {
    /// A company behind one address still gets in; a guesser does not get far.
    fn default() -> Self {
        const fn rate(tries: u32) -> NonZeroU32 {
            match NonZeroU32::new(tries) {
                Some(tries) => tries,
                None => NonZeroU32::MIN,
            }
        }
        Self {
            log_in: rate(30),
            registration: rate(10),
            mail: rate(6),
            look: rate(600),
            certificates: rate(30),
            directory: rate(60),
            patience: Duration::from_mins(1),
        }
    }
}

impl Limits {
    /// Fresh counters.
    #[must_use]
    pub fn new(rates: Rates) -> Self {
        let keyed = |tries| DefaultKeyedRateLimiter::keyed(Quota::per_minute(tries));
        Self {
            log_in: keyed(rates.log_in),
            registration: keyed(rates.registration),
            mail: keyed(rates.mail),
            look: keyed(rates.look),
            certificates: keyed(rates.certificates),
            directory: keyed(rates.directory),
            seen: AtomicU32::new(0),
            patience: rates.patience,
        }
    }

    /// How long a request may take.
    pub(crate) const fn patience(&self) -> Duration {
        self.patience
    }

    /// Counts one try, or says how long to wait.
    pub(crate) fn check(&self, limit: Limit, from: IpAddr) -> Result<(), Duration> {
        let limiter = match limit {
            Limit::LogIn => &self.log_in,
            Limit::Registration => &self.registration,
            Limit::Mail => &self.mail,
            Limit::Look => &self.look,
            Limit::Certificates => &self.certificates,
            Limit::Directory => &self.directory,
        };
        // Addresses that have been quiet are forgotten, so that memory follows the traffic of a minute.
        if self.seen.fetch_add(1, Ordering::Relaxed) % 1024 == 1023 {
            self.log_in.retain_recent();
            self.registration.retain_recent();
            self.mail.retain_recent();
            self.look.retain_recent();
            self.certificates.retain_recent();
            self.directory.retain_recent();
        }
        limiter
            .check_key(&network(from))
            .map_err(|refused| refused.wait_time_from(DefaultClock::default().now()))
    }
}

/// One subscriber line: an IPv4 address, or the /64 that an IPv6 line is given.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::{Limit, Limits, Rates};

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn one_address_is_slowed_down_and_others_are_not() {
        let limits = Limits::new(Rates::default());
        let guesser = address("192.0.2.1");
        for _ in 0..6 {
            limits.check(Limit::Mail, guesser).unwrap();
        }
        assert!(limits.check(Limit::Mail, guesser).is_err());
        limits.check(Limit::LogIn, guesser).unwrap();
        limits.check(Limit::Mail, address("192.0.2.2")).unwrap();
    }

    #[test]
    fn a_whole_ipv6_line_counts_as_one() {
        let limits = Limits::new(Rates::default());
        for host in 1..=6 {
            limits
                .check(Limit::Mail, address(&format!("2001:db8::{host}")))
                .unwrap();
        }
        assert!(
            limits
                .check(Limit::Mail, address("2001:db8::ffff"))
                .is_err()
        );
        limits
            .check(Limit::Mail, address("2001:db8:0:1::1"))
            .unwrap();
    }
}
