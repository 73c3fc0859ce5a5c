//! Sockets: bound before anything else starts, so that an occupied port costs nothing.

use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use axum::{
    Router,
    http::{HeaderValue, header},
    response::Response,
};
use axum_server::{Handle, tls_rustls::RustlsConfig};
use hyper_util::rt::TokioTimer;
use socket2::SockRef;
use tokio::sync::Semaphore;

use super::{prompt::Prompt, shown::Shown};
use crate::failure::Failure;

/// How long requests under way may go on once the server was told to stop.
pub const GRACE: Duration = Duration::from_secs(10);

/// A bound socket.
#[derive(Debug)]
pub struct Listener {
    socket: TcpListener,
    /// Where it listens, with the port that the system chose for port 0.
    pub address: SocketAddr,
    patience: Duration,
    places: Arc<Semaphore>,
}

impl Listener {
    /// Binds `address`.
    pub fn bind(address: SocketAddr) -> Result<Self, Failure> {
        let bound = TcpListener::bind(address).and_then(|socket| {
            socket.set_nonblocking(true)?;
            let address = socket.local_addr()?;
            Ok(Self {
                socket,
                address,
                patience: Duration::from_secs(15),
                places: Arc::new(Semaphore::new(Semaphore::MAX_PERMITS)),
            })
        });
        bound.map_err(|error| {
            let failure = Failure::new(format!("cannot listen on {address}: {error}"));
            match error.kind() {
                std::io::ErrorKind::AddrInUse => failure.hint(
                    "another program has that port: choose one with --listen, --listen-tls and --listen-certificates",
                ),
                std::io::ErrorKind::PermissionDenied => {
                    failure.hint("ports under 1024 need a privilege")
                }
                _ => failure,
            }
        })
    }

    /// How long a client may take over its headers, be silent inside a request, or leave an answer unread.
    ///
    /// Connections inherit from their listening socket that unread data end them (RFC 5482).
    pub fn with_patience(self, patience: Duration) -> Self {
        if let Err(error) = SockRef::from(&self.socket).set_tcp_user_timeout(Some(patience)) {
            tracing::warn!(%error, "clients that do not read their answers are waited for");
        }
        Self { patience, ..self }
    }

    /// How many connections there may be at once; listeners that are given the same places share them.
    pub fn with_places(self, places: Arc<Semaphore>) -> Self {
        Self { places, ..self }
    }

    /// Serves plain HTTP until `handle` says stop.
    pub async fn serve(self, router: Router, handle: Handle<SocketAddr>) -> std::io::Result<()> {
        let mut server = axum_server::from_tcp(self.socket)?
            .handle(handle)
            .map(|acceptor| Prompt::new(acceptor, self.patience, Arc::clone(&self.places)));
        limit(server.http_builder(), self.patience);
        server
            .serve(router.into_make_service_with_connect_info::<SocketAddr>())
            .await
    }

    /// Serves HTTPS until `handle` says stop.
    pub async fn serve_tls(
        self,
        config: RustlsConfig,
        router: Router,
        handle: Handle<SocketAddr>,
    ) -> std::io::Result<()> {
        let mut server = axum_server::from_tcp_rustls(self.socket, config)?
            .handle(handle)
            .map(|acceptor| {
                let acceptor = acceptor.handshake_timeout(self.patience);
                Prompt::new(acceptor, self.patience, Arc::clone(&self.places))
            });
        limit(server.http_builder(), self.patience);
        server
            .serve(router.into_make_service_with_connect_info::<SocketAddr>())
            .await
    }

    /// Serves HTTPS that asks for client certificates, one request a handshake, until `handle` says stop.
    pub async fn serve_asking(
        self,
        config: RustlsConfig,
        router: Router,
        handle: Handle<SocketAddr>,
    ) -> std::io::Result<()> {
        let close = (header::CONNECTION, HeaderValue::from_static("close"));
        let router = router.layer(axum::middleware::map_response(
            move |mut response: Response| {
                response
                    .headers_mut()
                    .insert(close.0.clone(), close.1.clone());
                std::future::ready(response)
            },
        ));
        let mut server = axum_server::from_tcp_rustls(self.socket, config)?
            .handle(handle)
            .map(|acceptor| {
                let acceptor = Shown(acceptor.handshake_timeout(self.patience));
                Prompt::new(acceptor, self.patience, Arc::clone(&self.places))
            });
        limit(server.http_builder(), self.patience);
        server
            .serve(router.into_make_service_with_connect_info::<SocketAddr>())
            .await
    }
}

fn limit(
    builder: &mut hyper_util::server::conn::auto::Builder<hyper_util::rt::TokioExecutor>,
    patience: Duration,
) {
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(patience)
        .max_buf_size(64 << 10)
        .max_headers(64);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(64)
        .max_header_list_size(64 << 10)
        .keep_alive_interval(Some(Duration::from_secs(30)))
        .keep_alive_timeout(patience);
}
