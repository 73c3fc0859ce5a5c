//! Keys that somebody has on a card of their own.

use std::{fs, process::Command};

use super::{PIN, World};
use crate::support::{file, has, run};

/// A key that somebody has on a card gets its certificate like any other.
#[test]
fn a_request_is_signed_by_a_key_in_a_token() {
    let Some(world) = World::new().filter(|_| has("openssl")) else {
        return;
    };
    // Any key in a token will do: the ones of an environment's authorities are there.
    world.init(&["--pin-file", "pin"], 0);
    let uri = world.uri.replace('?', ";object=smime-g1?");
    let words = [
        "csr",
        "new",
        "--subject",
        "CN=Jana",
        "--key",
        &uri,
        "--pin-file",
        "pin",
    ];
    let made = [&words[..], &["--out", "card.csr"]].concat();
    let told = world.chancery(&made, 0).stdout;
    assert!(told.contains("(EC P-256). It stays there."), "{told}");
    let verified = world.openssl(&["req", "-in", "card.csr", "-verify", "-noout"]);
    assert!(verified.stderr.contains("verify OK"), "{}", verified.stderr);
    let told = world.chancery(&[&made[..], &["--key-out", "k"]].concat(), 1);
    assert!(told.stderr.contains("choose another name"), "{told:?}");
    let usage = [&words[..], &["--out", "new.csr", "--key-out", "k"]].concat();
    let told = world.chancery(&usage, 2);
    assert!(
        told.stderr.contains("--key-out is for a new key"),
        "{told:?}"
    );
    let usage = ["csr", "new", "--subject", "CN=Jana", "--out", "new.csr"];
    let told = world.chancery(&usage, 2);
    assert!(told.stderr.contains("--key-out is missing"), "{told:?}");
}

/// Makes a key and a certificate by OpenSSL and puts the key into the token, under `id`.
fn on_a_card(world: &World, name: &str, id: &str, kind: &[&str]) -> String {
    let (key, cert) = (format!("{name}.key"), format!("{name}.pem"));
    let words = ["req", "-x509", "-nodes", "-subj", "/CN=card", "-days", "2"];
    let made = ["-keyout", &key, "-out", &cert, "-newkey"];
    world.openssl(&[&words[..], &made[..], kind].concat());
    let import = ["--import", &key, "--token", "chancery", "--label", name];
    let mut utility = world.surround(Command::new("softhsm2-util"));
    run(utility.args(import).args(["--id", id, "--pin", PIN]), 0);
    fs::remove_file(world.path().join(key)).unwrap();
    world.uri.replace('?', &format!(";id=%{id}?"))
}

const RSA: &[&str] = &["rsa:2048"];
const P256: &[&str] = &["ec", "-pkeyopt", "ec_paramgen_curve:P-256"];

/// Mail to a key on a card is read with the card alone.
#[test]
fn a_message_is_decrypted_by_a_key_in_a_token() {
    let Some(world) = World::new().filter(|_| has("openssl")) else {
        return;
    };
    file(world.path(), "plain", "sealed for the card\n");
    // The utility gives keys on curves no leave to derive, which is told.
    for (name, id, kind, code) in [("rsa", "51", RSA, 0), ("ec", "52", P256, 1)] {
        let uri = on_a_card(&world, name, id, kind);
        let (cert, sealed) = (format!("{name}.pem"), format!("{name}.p7m"));
        let encrypt = ["cms", "-encrypt", "-aes256", "-binary", "-outform", "DER"];
        let files = ["-in", "plain", "-out", &sealed, &cert];
        world.openssl(&[&encrypt[..], &files[..]].concat());
        let out = format!("{name}.out");
        let decrypt = ["cms", "decrypt", "--in", &sealed, "--out", &out];
        let with = ["--inkey", &uri, "--pin-file", "pin"];
        let told = world.chancery(&[&decrypt[..], &with[..]].concat(), code);
        if code == 0 {
            let opened = fs::read_to_string(world.path().join(out)).unwrap();
            assert_eq!(opened, "sealed for the card\n");
        } else {
            assert!(told.stderr.contains("cannot agree on a secret"), "{told:?}");
        }
    }
}

/// What a card signs, OpenSSL verifies; two cards' keys in one go.
#[test]
fn a_message_is_signed_by_keys_in_a_token() {
    let Some(world) = World::new().filter(|_| has("openssl")) else {
        return;
    };
    let (rsa, ec) = (
        on_a_card(&world, "rsa", "51", RSA),
        on_a_card(&world, "ec", "52", P256),
    );
    file(world.path(), "plain", "signed by the card\n");
    let signers = [
        "--signer", "rsa.pem", "--inkey", &rsa, "--signer", "ec.pem", "--inkey", &ec,
    ];
    let sign = [
        "cms",
        "sign",
        "--in",
        "plain",
        "--binary",
        "--pin-file",
        "pin",
    ];
    let out = ["--outform", "der", "--out", "signed.p7s"];
    world.chancery(&[&sign[..], &signers[..], &out[..]].concat(), 0);
    let verify = [
        "cms",
        "-verify",
        "-inform",
        "DER",
        "-in",
        "signed.p7s",
        "-content",
        "plain",
    ];
    let trust = ["-binary", "-noverify", "-out", "back"];
    let told = world.openssl(&[&verify[..], &trust[..]].concat());
    assert!(told.stderr.contains("erification successful"), "{told:?}");
}

/// There is no environment to note a refusal in, so it is told that the next run counts too.
#[test]
fn a_command_tells_what_a_wrong_pin_costs() {
    let Some(world) = World::new() else {
        return;
    };
    file(world.path(), "wrong", "4321-loud\n");
    let request = |uri: &str, pin: &str| {
        let words = ["csr", "new", "--subject", "CN=Jana", "--out", "card.csr"];
        let key = ["--key", uri, "--pin-file", pin];
        world.chancery(&[&words[..], &key[..]].concat(), 1).stderr
    };
    let uri = world.uri.replace('?', ";object=none?");
    let told = request(&uri, "wrong");
    assert!(
        told.starts_with("error: --key: the token refused the PIN;"),
        "{told}"
    );
    assert!(
        told.contains("each run spends one of the token's tries"),
        "{told}"
    );
    let told = request(&uri, "pin");
    assert!(
        told.contains("the token has no private key that fits"),
        "{told}"
    );
    let told = request("pkcs11:token=chancery", "pin");
    assert!(
        told.contains("hint: add ?module-path=") && !told.contains("chancery.toml"),
        "{told}"
    );
}
