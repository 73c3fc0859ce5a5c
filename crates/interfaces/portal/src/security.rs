//! Where a request comes from, and what browsers may do with our answers.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::Response,
};

use chancery_register::Loopback;

use crate::{error::PageError, state::Environment};

/// Whether a connection is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// HTTPS.
    Tls,
    /// HTTPS where the handshake asks for a client certificate: only the pages for that are served.
    AsksForCertificate,
    /// HTTP, where the portal answers to loopback addresses only.
    Plain,
}

/// Where a request came in. The application adds it to the requests of each listener as an extension;
/// without it a request counts as plain and from anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listener {
    /// Whether it speaks TLS.
    pub transport: Transport,
    /// The address that it is bound to.
    pub address: SocketAddr,
}

/// What is known of the connection of a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Connection {
    listener: Option<Listener>,
    /// Unknown where the application did not say: then nothing that needs an address is allowed.
    pub peer: Option<IpAddr>,
    /// Whether a proxy says that it stands between, behind which anybody may be.
    forwarded: bool,
}

/// Headers by which proxies and tunnels tell of the real client, besides everything that begins with
/// `x-forwarded`.
const FORWARDING: [&str; 9] = [
    "forwarded",
    "via",
    "x-real-ip",
    "x-client-ip",
    "x-cluster-client-ip",
    "x-original-host",
    "true-client-ip",
    "cf-connecting-ip",
    "cdn-loop",
];

fn is_forwarding(header: &HeaderName) -> bool {
    header.as_str().starts_with("x-forwarded") || FORWARDING.contains(&header.as_str())
}

impl Connection {
    pub(crate) fn of(request: &Request) -> Self {
        let headers = request.headers();
        Self {
            listener: request.extensions().get().copied(),
            peer: request
                .extensions()
                .get::<ConnectInfo<SocketAddr>>()
                .map(|ConnectInfo(peer)| peer.ip().to_canonical()),
            forwarded: headers.keys().any(is_forwarding),
        }
    }

    pub(crate) fn is_tls(self) -> bool {
        self.listener
            .is_some_and(|listener| listener.transport != Transport::Plain)
    }

    /// Whether the handshake asked for a client certificate.
    pub(crate) fn asks_for_certificate(self) -> bool {
        self.listener
            .is_some_and(|listener| listener.transport == Transport::AsksForCertificate)
    }

    /// Passwords and sessions do not travel in clear: plain HTTP is for loopback.
    pub(crate) fn is_private(self) -> bool {
        self.is_tls() || self.peer.is_some_and(|peer| peer.is_loopback())
    }

    /// Proof that the request comes from this machine, for what only the person at it may do.
    pub(crate) fn loopback(self) -> Option<Loopback> {
        Loopback::prove(self.peer?, self.listener?.address.ip(), self.forwarded)
    }
}

/// How many octets the request says that it carries.
pub(crate) fn announced(request: &Request) -> Option<usize> {
    let length = request.headers().get(header::CONTENT_LENGTH)?;
    // More than a number holds is more than anything may have.
    Some(length.to_str().ok()?.parse().unwrap_or(usize::MAX))
}

/// The host that a request names, without its port, in lower case.
pub(crate) fn host(request: &Request) -> Option<String> {
    let authority = match request.uri().authority() {
        // HTTP/2 carries it in `:authority`.
        Some(authority) => authority.as_str(),
        None => request.headers().get(header::HOST)?.to_str().ok()?,
    };
    Some(without_port(authority).to_ascii_lowercase())
}

fn without_port(authority: &str) -> &str {
    if let Some(rest) = authority.strip_prefix('[') {
        return rest.split(']').next().unwrap_or(rest);
    }
    authority
        .rsplit_once(':')
        .map_or(authority, |(host, _)| host)
}

/// Whether the name means this machine, however names are resolved elsewhere (RFC 6761 section 6.3).
pub(crate) fn is_loopback_name(host: &str) -> bool {
    host == "localhost"
        || host
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// A name pointed at us by somebody else's DNS is not ours (DNS rebinding).
pub(crate) fn is_our_host(environment: &Environment, host: &str) -> bool {
    is_loopback_name(host) || without_port(environment.authority()).eq_ignore_ascii_case(host)
}

/// Refuses a form that another site's page sends, before its token is looked at.
///
/// Every current browser says where a form comes from: `Sec-Fetch-Site`, or else `Origin`. A client that
/// says neither is no browser, and has to know the token.
pub(crate) fn same_origin(request: &Request) -> Result<(), PageError> {
    let headers = request.headers();
    let fits = match headers.get("sec-fetch-site") {
        // `none` is the person's own act, such as sending a form again.
        Some(site) => site == "same-origin" || site == "none",
        None => match headers.get(header::ORIGIN) {
            Some(origin) => is_own_origin(headers, request, origin),
            None => true,
        },
    };
    if fits {
        Ok(())
    } else {
        Err(PageError::StaleForm)
    }
}

fn is_own_origin(headers: &HeaderMap, request: &Request, origin: &HeaderValue) -> bool {
    let authority = match request.uri().authority() {
        Some(authority) => Some(authority.as_str()),
        None => headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok()),
    };
    let origin = origin
        .to_str()
        .ok()
        .and_then(|origin| origin.split_once("://"))
        .map(|(_, authority)| authority);
    matches!((origin, authority), (Some(origin), Some(authority)) if origin.eq_ignore_ascii_case(authority))
}

/// Nothing inline, nothing from elsewhere, in nobody's frame; scripts start workers of ours alone and make no elements
/// from text (`web/src/trusted.ts`). Tabler's sheet draws ticks and arrows as `data:` images.
pub(crate) const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; \
    style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
    frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; \
    require-trusted-types-for 'script'; trusted-types chancery";

/// An answer whose forms lead on to another origin of ours: browsers hold redirections against form-action, too.
pub(crate) fn leading_to(mut response: Response, origin: &str) -> Result<Response, PageError> {
    let own = "form-action 'self'";
    let policy = CONTENT_SECURITY_POLICY.replace(own, &format!("{own} {origin}"));
    let policy = HeaderValue::from_str(&policy).map_err(PageError::fault)?;
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

/// Adds the headers that every answer carries; a response that brings a stricter or other policy of its
/// own, as documents do, keeps it.
pub(crate) fn harden(response: &mut Response, https_for_good: bool) {
    let fixed = [
        ("content-security-policy", CONTENT_SECURITY_POLICY),
        // Links with one-time tokens stay between our own pages; `no-referrer` would turn the `Origin`
        // of our own forms into `null`.
        ("referrer-policy", "same-origin"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        (
            "permissions-policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        ),
    ];
    let headers = response.headers_mut();
    for (name, value) in fixed {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    if https_for_good {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000"),
        );
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
}

#[cfg(test)]
mod tests;
