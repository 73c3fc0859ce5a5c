//! Which certificate a client showed in the TLS handshake, for every request of its connection.

use std::{io, pin::Pin};

use axum::{Extension, middleware::AddExtension};
use axum_server::accept::Accept;
use chancery_portal::ShownCertificate;
use tokio_rustls::server::TlsStream;
use tower::Layer as _;

/// Accepts as `A` does, and tells the service of the client's certificate.
#[derive(Clone, Debug)]
pub struct Shown<A>(pub A);

type Accepted<T, S> =
    Pin<Box<dyn Future<Output = io::Result<(T, AddExtension<S, ShownCertificate>)>> + Send>>;

impl<A, I, S, T> Accept<I, S> for Shown<A>
where
    A: Accept<I, S, Stream = TlsStream<T>>,
    A::Future: Send + 'static,
    A::Service: Send,
    T: Send + 'static,
{
    type Stream = TlsStream<T>;
    type Service = AddExtension<A::Service, ShownCertificate>;
    type Future = Accepted<Self::Stream, A::Service>;

    fn accept(&self, stream: I, service: S) -> Self::Future {
        let accepted = self.0.accept(stream, service);
        Box::pin(async move {
            let (stream, service) = accepted.await?;
            let chain = stream.get_ref().1.peer_certificates();
            let leaf = chain.and_then(<[_]>::first);
            let shown = ShownCertificate(leaf.map(|leaf| leaf.as_ref().into()));
            Ok((stream, Extension(shown).layer(service)))
        })
    }
}
