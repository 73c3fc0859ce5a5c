//! Proof that a request comes from this very machine.

use std::net::IpAddr;

/// Proof that both ends of a connection are loopback addresses and no proxy stands between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loopback(IpAddr);

impl Loopback {
    /// Proves it from the socket's two ends; `forwarded` says whether the request carries any header
    /// by which proxies tell of the real client, behind whom anybody may stand.
    #[must_use]
    pub fn prove(peer: IpAddr, local: IpAddr, forwarded: bool) -> Option<Self> {
        let peer = peer.to_canonical();
        (peer.is_loopback() && local.to_canonical().is_loopback() && !forwarded)
            .then_some(Self(peer))
    }

    /// The peer.
    #[must_use]
    pub const fn address(self) -> IpAddr {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_without_a_proxy() {
        let prove = |peer: &str, local: &str, forwarded| {
            Loopback::prove(peer.parse().unwrap(), local.parse().unwrap(), forwarded).is_some()
        };
        assert!(prove("127.0.0.1", "127.0.0.1", false));
        assert!(prove("127.8.9.10", "127.0.0.1", false));
        assert!(prove("::1", "::1", false));
        assert!(prove("::ffff:127.0.0.1", "::ffff:127.0.0.1", false));
        assert!(!prove("127.0.0.1", "127.0.0.1", true));
        assert!(!prove("192.0.2.1", "127.0.0.1", false));
        assert!(!prove("127.0.0.1", "192.0.2.1", false));
        assert!(!prove("::ffff:192.0.2.1", "::1", false));
        assert!(!prove("0.0.0.0", "127.0.0.1", false));
    }
}
