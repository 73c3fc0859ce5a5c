use std::net::{IpAddr, SocketAddr};

use axum::{
    body::Body,
    extract::{ConnectInfo, Request},
};

use super::{Connection, Listener, Transport, host, is_loopback_name, same_origin, without_port};

fn request(headers: &[(&str, &str)]) -> Request {
    headers
        .iter()
        .fold(Request::post("/login"), |request, (name, value)| {
            request.header(*name, *value)
        })
        .body(Body::empty())
        .unwrap()
}

fn connection(transport: Option<Transport>, peer: Option<&str>) -> Connection {
    let mut request = request(&[]);
    if let Some(transport) = transport {
        let address = SocketAddr::from(([127, 0, 0, 1], 8443));
        request
            .extensions_mut()
            .insert(Listener { transport, address });
    }
    if let Some(peer) = peer {
        let peer: IpAddr = peer.parse().unwrap();
        request
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::new(peer, 50_000)));
    }
    Connection::of(&request)
}

#[test]
fn plain_http_is_private_on_loopback_only() {
    use Transport::{Plain, Tls};
    assert!(connection(Some(Tls), Some("192.0.2.7")).is_private());
    assert!(connection(Some(Plain), Some("127.0.0.1")).is_private());
    assert!(connection(Some(Plain), Some("::1")).is_private());
    assert!(connection(Some(Plain), Some("::ffff:127.0.0.1")).is_private());
    assert!(!connection(Some(Plain), Some("192.0.2.7")).is_private());
    // An application that forgot to say gets nobody in.
    assert!(!connection(None, Some("192.0.2.7")).is_private());
    assert!(!connection(Some(Plain), None).is_private());
}

#[test]
fn hosts_are_compared_without_port_and_case() {
    assert_eq!(
        host(&request(&[("host", "CA.Example.com:8443")])).as_deref(),
        Some("ca.example.com")
    );
    assert_eq!(
        host(&request(&[("host", "[::1]:8080")])).as_deref(),
        Some("::1")
    );
    assert_eq!(host(&request(&[])), None);
    assert_eq!(without_port("ca.example.com"), "ca.example.com");
}

#[test]
fn only_names_of_this_machine_are_loopback() {
    for name in ["localhost", "127.0.0.1", "127.9.9.9", "::1"] {
        assert!(is_loopback_name(name), "{name}");
    }
    for name in ["localhost.example.com", "127.0.0.1.nip.io", "192.0.2.1", ""] {
        assert!(!is_loopback_name(name), "{name}");
    }
}

#[test]
fn forms_of_other_sites_are_refused() {
    let own = ("host", "127.0.0.1:8443");
    let fits = |headers: &[(&str, &str)]| same_origin(&request(headers)).is_ok();
    assert!(fits(&[own, ("sec-fetch-site", "same-origin")]));
    assert!(fits(&[own, ("sec-fetch-site", "none")]));
    assert!(!fits(&[own, ("sec-fetch-site", "cross-site")]));
    assert!(!fits(&[own, ("sec-fetch-site", "same-site")]));
    assert!(fits(&[own, ("origin", "https://127.0.0.1:8443")]));
    assert!(!fits(&[own, ("origin", "https://evil.example")]));
    assert!(!fits(&[own, ("origin", "null")]));
    // The neighbour on another port is another site.
    assert!(!fits(&[own, ("origin", "https://127.0.0.1:9443")]));
    assert!(fits(&[own]));
}

#[test]
fn who_sits_at_this_machine_is_proved_by_both_ends_and_no_proxy() {
    let proof = |local: &str, peer: &str, headers: &[(&str, &str)]| {
        let mut request = request(headers);
        let listener = Listener {
            transport: Transport::Tls,
            address: local.parse().unwrap(),
        };
        request.extensions_mut().insert(listener);
        let peer: SocketAddr = peer.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        Connection::of(&request).loopback().is_some()
    };
    assert!(proof("127.0.0.1:8443", "127.0.0.1:50000", &[]));
    assert!(!proof("127.0.0.1:8443", "192.0.2.7:50000", &[]));
    assert!(!proof("0.0.0.0:8443", "127.0.0.1:50000", &[]));
    let proxied = [("x-forwarded-for", "192.0.2.7")];
    assert!(!proof("127.0.0.1:8443", "127.0.0.1:50000", &proxied));
}
