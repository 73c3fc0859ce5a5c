//! Sockets: bound before anything else starts, so that an occupied port costs nothing.

use std::{
    net::{SocketAddr, TcpListener},
    time::Duration,
};

use axum::Router;
use axum_server::{Handle, tls_rustls::RustlsConfig};
use hyper_util::rt::TokioTimer;

use crate::failure::Failure;

/// How long a client may take over its request line and headers.
const HEADERS_TIMEOUT: Duration = Duration::from_secs(10);

/// How long requests under way may go on once the server was told to stop.
pub const GRACE: Duration = Duration::from_secs(10);

/// A bound socket.
#[derive(Debug)]
pub struct Listener {
    socket: TcpListener,
    /// Where it listens, with the port that the system chose for port 0.
    pub address: SocketAddr,
}

impl Listener {
    /// Binds `address`.
    pub fn bind(address: SocketAddr) -> Result<Self, Failure> {
        let bound = TcpListener::bind(address).and_then(|socket| {
            socket.set_nonblocking(true)?;
            let address = socket.local_addr()?;
            Ok(Self { socket, address })
        });
        bound.map_err(|error| {
            let failure = Failure::new(format!("cannot listen on {address}: {error}"));
            match error.kind() {
                std::io::ErrorKind::AddrInUse => failure.hint(
                    "another program has that port: choose one with --listen and --listen-tls",
                ),
                std::io::ErrorKind::PermissionDenied => {
                    failure.hint("ports under 1024 need a privilege")
                }
                _ => failure,
            }
        })
    }

    /// Serves plain HTTP until `handle` says stop.
    pub async fn serve(self, router: Router, handle: Handle<SocketAddr>) -> std::io::Result<()> {
        let mut server = axum_server::from_tcp(self.socket)?.handle(handle);
        limit(server.http_builder());
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
        let mut server = axum_server::from_tcp_rustls(self.socket, config)?.handle(handle);
        limit(server.http_builder());
        server
            .serve(router.into_make_service_with_connect_info::<SocketAddr>())
            .await
    }
}

fn limit(builder: &mut hyper_util::server::conn::auto::Builder<hyper_util::rt::TokioExecutor>) {
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS_TIMEOUT)
        .max_buf_size(64 << 10)
        .max_headers(64);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(64)
        .max_header_list_size(64 << 10)
        .keep_alive_interval(Some(Duration::from_secs(30)))
        .keep_alive_timeout(HEADERS_TIMEOUT);
}
