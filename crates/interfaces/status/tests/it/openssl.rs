//! `openssl ocsp` and `openssl verify` against a server on loopback.

use std::{fs, process::Command};

use chancery_ca::Issued;
use chancery_store::Timestamp;
use chancery_x509::Certificate;

use crate::{World, world_at};

#[expect(
    clippy::disallowed_methods,
    reason = "OpenSSL compares with the machine's clock"
)]
fn today() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Timestamp::from_secs(since.unwrap().as_secs().try_into().unwrap())
}

fn openssl(args: &[String]) -> Option<String> {
    let Ok(output) = Command::new("openssl").args(args).output() else {
        println!("skipped: openssl is not installed");
        return None;
    };
    let text = [output.stdout, output.stderr].concat();
    Some(String::from_utf8_lossy(&text).into_owned())
}

/// What OpenSSL says about a certificate that it asks the server about.
async fn ask(world: &World, issued: &Issued, more: &[&str]) -> Option<String> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let router = world.router.clone();
    let server = tokio::spawn(async move {
        let server = axum::serve(listener, router).with_graceful_shutdown(async {
            let _ = stopped.await;
        });
        server.await.unwrap();
    });
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, certificate: &Certificate| {
        let path = folder.path().join(name);
        fs::write(&path, certificate.to_pem()).unwrap();
        path.display().to_string()
    };
    let leaf = file("leaf.pem", &issued.certificate);
    let above = file("issuer.pem", &issued.chain[0]);
    let root = file("root.pem", &issued.chain[1]);
    let url = format!("http://{address}/ocsp");
    // A digest counts for the certificates behind it, which need the issuer before them.
    let first = ["ocsp", "-issuer", &above];
    let rest = ["-cert", &leaf, "-CAfile", &root, "-url", &url];
    let words = first.iter().chain(more).chain(&rest);
    let args: Vec<String> = words.map(|word| (*word).to_owned()).collect();
    let said = tokio::task::spawn_blocking(move || openssl(&args))
        .await
        .unwrap();
    stop.send(()).unwrap();
    server.await.unwrap();
    said
}

#[tokio::test]
async fn hears_good_and_then_revoked() {
    let world = world_at(today()).await;
    let issued = world.issue("jana@mail-example.com").await;
    for more in [&[][..], &["-no_nonce"], &["-sha256"]] {
        let Some(said) = ask(&world, &issued, more).await else {
            return;
        };
        assert!(said.contains("Response verify OK"), "{said}");
        assert!(said.contains("leaf.pem: good"), "{said}");
        assert!(!said.contains("WARNING"), "{said}");
    }
    world.revoke(&issued).await;
    let said = ask(&world, &issued, &[]).await.unwrap();
    assert!(said.contains("Response verify OK"), "{said}");
    assert!(said.contains("leaf.pem: revoked"), "{said}");
    assert!(said.contains("keyCompromise"), "{said}");
}

#[tokio::test]
async fn hears_unknown_of_a_number_never_issued() {
    let world = world_at(today()).await;
    let issued = world.issue("jana@mail-example.com").await;
    let more = ["-serial", "0x0102030405"];
    let Some(said) = ask(&world, &issued, &more).await else {
        return;
    };
    assert!(said.contains("0x0102030405: unknown"), "{said}");
}
