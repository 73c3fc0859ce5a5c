//! Fetches what certificates say is found on the web: the issuer's certificates, lists, OCSP responses. Time-stamps too.
//!
//! The addresses were written by whoever made the certificates. Each fetch has a limit of size, time and redirections, and goes to no
//! address of a private network unless allowed: every name is resolved here, and the connection goes to the very address that was looked at.

mod address;
mod connection;
mod own;

use std::net::SocketAddr;
use std::time::Duration;

use chancery_path::{Fetch, FetchKind};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::header::{ACCEPT, CONTENT_TYPE, HOST, LOCATION, USER_AGENT};
use hyper::{Method, Request, Response, StatusCode, Uri, body::Incoming};
use thiserror::Error;

pub use own::OwnFirst;

/// Time for one fetch with its redirections.
const TIME: Duration = Duration::from_secs(15);

/// Redirections followed.
const REDIRECTIONS: usize = 3;

/// Why nothing was fetched.
#[derive(Debug, Error)]
pub enum FetchError {
    #[error("the address is not one of the web")]
    Address,
    #[error("the name {0} has no address")]
    Name(String, #[source] std::io::Error),
    #[error("{0} lies in a private network; --fetch-private allows it")]
    Private(String),
    #[error("no connection")]
    Connect(#[source] std::io::Error),
    #[error("no encrypted connection")]
    Tls(#[source] std::io::Error),
    #[error("the system's trusted authorities cannot be read")]
    Roots,
    #[error("the server broke off")]
    Http(#[from] hyper::Error),
    #[error("the request cannot be written")]
    Request(#[from] hyper::http::Error),
    #[error("the server answered {0}")]
    Status(StatusCode),
    #[error("more than {REDIRECTIONS} redirections")]
    Redirections,
    #[error("more than {limit} octets, or broken off")]
    Body {
        /// Octets that are read.
        limit: usize,
    },
    #[error("no answer within {} seconds", TIME.as_secs())]
    Time,
}

/// Octets of an answer with a time-stamp that are read.
const TIME_STAMP: usize = 1 << 20;

/// What is asked of a server.
struct Question<'a> {
    url: &'a str,
    post: Option<Post<'a>>,
    /// Octets of the answer that are read.
    limit: usize,
}

struct Post<'a> {
    content_type: &'static str,
    accept: &'static str,
    octets: &'a [u8],
}

/// Fetches with limits.
#[derive(Clone, Copy, Debug)]
pub struct Fetcher {
    /// Whether private networks are allowed.
    pub private: bool,
}

impl Fetcher {
    /// The content at the address.
    pub async fn fetch(&self, fetch: &Fetch) -> Result<Vec<u8>, FetchError> {
        let post = match &fetch.kind {
            FetchKind::Ocsp { request } => Some(Post {
                content_type: "application/ocsp-request",
                accept: "application/ocsp-response",
                octets: request,
            }),
            _ => None,
        };
        self.answer(Question {
            url: &fetch.url,
            post,
            limit: fetch.size_limit(),
        })
        .await
    }

    /// What a time-stamping authority answers (RFC 3161 section 3.4).
    pub async fn time_stamp(&self, url: &str, request: &[u8]) -> Result<Vec<u8>, FetchError> {
        self.answer(Question {
            url,
            post: Some(Post {
                content_type: "application/timestamp-query",
                accept: "application/timestamp-reply",
                octets: request,
            }),
            limit: TIME_STAMP,
        })
        .await
    }

    async fn answer(&self, question: Question<'_>) -> Result<Vec<u8>, FetchError> {
        match tokio::time::timeout(TIME, self.follow(&question)).await {
            Ok(result) => result,
            Err(_) => Err(FetchError::Time),
        }
    }

    async fn follow(&self, question: &Question<'_>) -> Result<Vec<u8>, FetchError> {
        let mut uri: Uri = question.url.parse().map_err(|_| FetchError::Address)?;
        for _ in 0..=REDIRECTIONS {
            let response = self.ask(&uri, question.post.as_ref()).await?;
            let status = response.status();
            if status.is_redirection() {
                uri = redirection(&uri, &response).ok_or(FetchError::Status(status))?;
                continue;
            }
            if status != StatusCode::OK {
                return Err(FetchError::Status(status));
            }
            let limit = question.limit;
            let body = Limited::new(response.into_body(), limit).collect().await;
            return match body {
                Ok(body) => Ok(body.to_bytes().to_vec()),
                Err(_) => Err(FetchError::Body { limit }),
            };
        }
        Err(FetchError::Redirections)
    }

    async fn ask(
        &self,
        uri: &Uri,
        body: Option<&Post<'_>>,
    ) -> Result<Response<Incoming>, FetchError> {
        let https = match uri.scheme_str() {
            Some("http") => false,
            Some("https") => true,
            _ => return Err(FetchError::Address),
        };
        let host = uri.host().ok_or(FetchError::Address)?;
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let port = uri.port_u16().unwrap_or(if https { 443 } else { 80 });
        let addresses = self.resolve(host, port).await?;
        let mut sender = connection::open(host, &addresses, https).await?;
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        let authority = uri.authority().map_or(host, |authority| authority.as_str());
        // Names and passwords before the host are nobody's business here.
        let authority = authority
            .rsplit_once('@')
            .map_or(authority, |(_, host)| host);
        let request = Request::builder()
            .uri(path)
            .header(HOST, authority)
            .header(USER_AGENT, concat!("chancery/", env!("CARGO_PKG_VERSION")));
        let request = match body {
            Some(body) => request
                .method(Method::POST)
                .header(CONTENT_TYPE, body.content_type)
                .header(ACCEPT, body.accept)
                .body(Full::new(Bytes::copy_from_slice(body.octets)))?,
            None => request.method(Method::GET).body(Full::default())?,
        };
        Ok(sender.send_request(request).await?)
    }

    /// The addresses of a host that may be connected to.
    async fn resolve(&self, host: &str, port: u16) -> Result<Vec<SocketAddr>, FetchError> {
        let found = tokio::net::lookup_host((host, port)).await;
        let found = found.map_err(|error| FetchError::Name(host.to_owned(), error))?;
        let allowed = |address: &SocketAddr| self.private || address::is_public(address.ip());
        let addresses: Vec<_> = found.filter(allowed).collect();
        if addresses.is_empty() {
            return Err(FetchError::Private(host.to_owned()));
        }
        Ok(addresses)
    }
}

/// Where a response sends on to: an address of the web, or a path of the same host.
fn redirection(from: &Uri, response: &Response<Incoming>) -> Option<Uri> {
    let location = response.headers().get(LOCATION)?.to_str().ok()?;
    let target: Uri = location.parse().ok()?;
    if target.scheme().is_some() {
        return Some(target);
    }
    let mut parts = from.clone().into_parts();
    parts.path_and_query = Some(target.path_and_query()?.clone());
    Uri::from_parts(parts).ok()
}
