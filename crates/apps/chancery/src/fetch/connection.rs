//! One connection of HTTP/1.1, plain or encrypted.

use std::net::SocketAddr;
use std::sync::Arc;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::FetchError;

/// Connects to the first address that takes the connection.
pub(super) async fn open(
    host: &str,
    addresses: &[SocketAddr],
    https: bool,
) -> Result<SendRequest<Full<Bytes>>, FetchError> {
    let stream = TcpStream::connect(addresses)
        .await
        .map_err(FetchError::Connect)?;
    if !https {
        return speak(stream).await;
    }
    let name = ServerName::try_from(host.to_owned()).map_err(|_| FetchError::Address)?;
    let connector = TlsConnector::from(Arc::new(config()?));
    let stream = connector
        .connect(name, stream)
        .await
        .map_err(FetchError::Tls)?;
    speak(stream).await
}

async fn speak<S>(stream: S) -> Result<SendRequest<Full<Bytes>>, FetchError>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (sender, connection) = handshake(TokioIo::new(stream)).await?;
    // It ends with the sender; what goes wrong in it shows there.
    tokio::spawn(async move {
        let _ = connection.await;
    });
    Ok(sender)
}

/// The system's trusted authorities, for the server: what is fetched is signed anyway.
fn config() -> Result<ClientConfig, FetchError> {
    let mut roots = RootCertStore::empty();
    for certificate in rustls_native_certs::load_native_certs().certs {
        // Some systems list what cannot be read.
        let _ = roots.add(certificate);
    }
    if roots.is_empty() {
        return Err(FetchError::Roots);
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| FetchError::Roots)?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}
