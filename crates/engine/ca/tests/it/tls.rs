use chancery_ca::{InternalTlsError, IssueError};
use chancery_keys::{Signer, SoftwareKey};

use crate::support::{DAY, Files, NOW, run, text, today, world, world_today};

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[tokio::test]
async fn the_server_gets_a_certificate_for_its_names() {
    let world = world_today().await;
    let names = names(&["localhost", "portal.chancery-pki.com", "127.0.0.1", "::1"]);
    let tls = world.ca.issue_internal_tls(&names, today()).await.unwrap();
    assert_eq!(tls.chain.len(), 2);
    let key = SoftwareKey::from_pkcs8(&tls.key).unwrap();
    assert_eq!(key.public_key(), tls.chain[0].public_key().as_der());
    assert!(tls.renew_at < tls.not_after && tls.renew_at > today());

    let files = Files::new();
    let root = files.pem("root.pem", &[tls.root.unwrap()]);
    let issuing = files.pem("issuing.pem", &tls.chain[1..]);
    let leaf = files.pem("leaf.pem", &tls.chain[..1]);
    for check in [
        ["-verify_hostname", "localhost"],
        ["-verify_hostname", "portal.chancery-pki.com"],
        ["-verify_ip", "127.0.0.1"],
        ["-verify_ip", "::1"],
    ] {
        let args = [
            "verify",
            "-x509_strict",
            "-purpose",
            "sslserver",
            "-CAfile",
            &root,
        ];
        let args = [&args[..], &["-untrusted", &issuing], &check, &[&leaf]].concat();
        let Some(output) = run("openssl", &args) else {
            return;
        };
        assert!(output.status.success(), "{}", text(&output));
    }
}

#[tokio::test]
async fn refusals_have_names() {
    let world = world().await;
    let outcome = world.ca.issue_internal_tls(&[], NOW).await;
    assert!(
        matches!(outcome, Err(InternalTlsError::NoNames)),
        "{outcome:?}"
    );
    let outcome = world
        .ca
        .issue_internal_tls(&names(&["not a name"]), NOW)
        .await;
    let refused = matches!(
        outcome,
        Err(InternalTlsError::Issue(IssueError::Refused(_)))
    );
    assert!(refused, "{outcome:?}");
    // Near the end of its authority it gets what is left.
    let late = NOW.plus(DAY * 3_600);
    let tls = world
        .ca
        .issue_internal_tls(&names(&["localhost"]), late)
        .await
        .unwrap();
    assert_eq!(tls.not_after.as_secs(), tls.chain[1].not_after());
}
