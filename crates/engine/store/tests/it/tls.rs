//! A PostgreSQL server that asks for TLS, played by a doorman in front of the tests' own.

use std::{
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
};

use chancery_store::{OpenError, Store, StoreConfig, args, testing};
use rustls::{
    ServerConfig,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional},
    net::{TcpListener, UnixStream},
};
use tokio_rustls::TlsAcceptor;

/// A certificate for `name` that signs itself.
fn certify(dir: &Path, name: &str) {
    let request = format!(
        "[req]\ndistinguished_name = subject\nx509_extensions = extensions\nprompt = no\n\
        [subject]\nCN = test\n\
        [extensions]\nbasicConstraints = critical, CA:FALSE\nsubjectAltName = DNS:{name}\n"
    );
    std::fs::write(dir.join("request.cnf"), request).unwrap();
    let status = Command::new("openssl")
        .current_dir(dir)
        .args(["req", "-x509", "-config", "request.cnf", "-days", "2"])
        .args([
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
        ])
        .args([
            "-keyout",
            &format!("{name}.key"),
            "-out",
            &format!("{name}.pem"),
        ])
        .stderr(Stdio::null())
        .status()
        .expect("the openssl command");
    assert!(status.success());
}

/// Listens on loopback, answers the request for TLS as a server does (protocol 3.0, `SSLRequest`), and passes the rest on.
async fn doorman(dir: &Path, name: &str, socket: String) -> u16 {
    let chain = vec![CertificateDer::from_pem_file(dir.join(format!("{name}.pem"))).unwrap()];
    let key = PrivateKeyDer::from_pem_file(dir.join(format!("{name}.key"))).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let (acceptor, socket) = (acceptor.clone(), socket.clone());
            tokio::spawn(async move {
                let mut request = [0; 8];
                client.read_exact(&mut request).await.unwrap();
                // Length 8, code 1234 5679: whoever starts in clear is not let in.
                if request == [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f] {
                    client.write_all(b"S").await.unwrap();
                    if let Ok(mut client) = acceptor.accept(client).await {
                        let mut server = UnixStream::connect(&socket).await.unwrap();
                        let _ = copy_bidirectional(&mut client, &mut server).await;
                    }
                }
            });
        }
    });
    port
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_is_reached_by_tls_and_only_if_it_is_the_one_that_is_meant() {
    let Some(store) = testing::postgres(&[]).await else {
        return;
    };
    let StoreConfig::Postgres { url } = store.config() else {
        panic!("{store:?}");
    };
    let value = |key: &str| {
        let found = url.split(' ').find_map(|pair| pair.strip_prefix(key));
        found.unwrap().to_owned()
    };
    let socket = format!("{}/.s.PGSQL.5432", value("host="));
    let dir = tempfile::tempdir().unwrap();
    certify(dir.path(), "localhost");
    certify(dir.path(), "elsewhere.example");
    let open = async |server: &str, trusted: &str| {
        let port = doorman(dir.path(), server, socket.clone()).await;
        let authorities = dir.path().join(format!("{trusted}.pem"));
        let url = format!(
            "host=localhost hostaddr=127.0.0.1 port={port} user=chancery dbname={} sslmode=verify-full sslrootcert={}",
            value("dbname="),
            authorities.display()
        );
        Store::open(&StoreConfig::Postgres { url }, &[]).await
    };

    let reached = open("localhost", "localhost").await.unwrap();
    let rows = reached.rows("select 1 + $1", args![41]).await.unwrap();
    assert_eq!(rows[0].int(0), Ok(42));

    // Somebody else's certificate, and the right one for another name.
    for (server, trusted) in [
        ("localhost", "elsewhere.example"),
        ("elsewhere.example", "elsewhere.example"),
    ] {
        let refused = open(server, trusted).await.map(drop);
        let Err(OpenError::Database { source, .. }) = refused else {
            panic!("{server} trusting {trusted}: {refused:?}");
        };
        let told = format!("{source:?}");
        assert!(told.contains("InvalidCertificate"), "{told}");
    }
}
