//! Which addresses belong to the public network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address is one that everybody reaches: none of the registries of special-purpose addresses (RFC 6890).
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    // This network, loopback, multicast and reserved; shared by carriers (RFC 6598), protocol assignments (RFC 6890), relays
    // (RFC 7526), benchmarks (RFC 2544).
    let special = matches!(
        (a, b, c),
        (0 | 127 | 224..=255, ..)
            | (100, 64..=127, _)
            | (192, 0, 0)
            | (192, 88, 99)
            | (198, 18 | 19, _)
    ) || address.is_private()
        || address.is_link_local()
        || address.is_documentation();
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(v4) = address.to_ipv4_mapped() {
        return is_public_v4(v4);
    }
    let [first, second, middle @ .., last_but_one, last] = address.segments();
    let inner = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match (first, second) {
        // Translated addresses stand for others (RFC 6052 section 2.1, RFC 3056); 64:ff9b:1::/48 is for private translation (RFC 8215).
        (0x64, 0xff9b) => middle == [0; 4] && inner(last_but_one, last),
        (0x2002, _) => {
            let [_, high, low, ..] = address.segments();
            inner(high, low)
        }
        // Teredo, benchmarks and overlays (RFC 4380, RFC 5180, RFC 7343), documentation (RFC 3849, RFC 9637).
        (0x2001, 0..=0x1ff | 0xdb8) | (0x3fff, 0..=0xfff) => false,
        // Only this block is given out for the public network (RFC 4291 section 2.4).
        _ => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_networks_are_told_from_the_public_one() {
        for text in [
            "192.0.2.1",
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::101:101",
            "64:ff9b:0:0:0:1:101:101",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
            "::127.0.0.1",
        ] {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
        for text in [
            "1.1.1.1",
            "172.32.0.1",
            "192.169.0.1",
            "2606:4700::1111",
            "::ffff:1.1.1.1",
            "64:ff9b::101:101",
            "2002:101:101::",
        ] {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
    }
}
