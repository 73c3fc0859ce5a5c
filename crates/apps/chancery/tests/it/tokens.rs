//! Keys in a token, here `SoftHSM2`.

mod cards;
mod environment;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    referees::get,
    support::{Printed, Server, chancery, file, folder, has, run},
};

const PIN: &str = "1234-quiet";

/// Where distributions put the module.
fn module() -> Option<PathBuf> {
    if !has("softhsm2-util") {
        return None;
    }
    [
        "/usr/lib/softhsm/libsofthsm2.so",
        "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
        "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
        "/usr/lib64/pkcs11/libsofthsm2.so",
        "/usr/lib64/softhsm/libsofthsm2.so",
        "/usr/local/lib/softhsm/libsofthsm2.so",
    ]
    .iter()
    .map(PathBuf::from)
    .find(|path| path.exists())
}

/// A folder with a token labelled `chancery`, its PIN in `pin`, and a configuration whose keys are quick to make.
struct World {
    folder: tempfile::TempDir,
    uri: String,
}

impl World {
    fn new() -> Option<Self> {
        let module = module()?;
        let folder = folder();
        let path = folder.path();
        fs::create_dir(path.join("tokens")).unwrap();
        let tokens = path.join("tokens");
        let settings = format!(
            "directories.tokendir = {}\nobjectstore.backend = file\nlog.level = ERROR\n",
            tokens.display()
        );
        file(path, "softhsm2.conf", settings);
        file(path, "pin", format!("{PIN}\n"));
        let quick = include_str!("../../src/chancery.toml").replace("rsa:4096\"", "ec:p256\"");
        file(path, "c.toml", quick);
        let uri = format!("pkcs11:token=chancery?module-path={}", module.display());
        let world = Self { folder, uri };
        world.make_token(PIN);
        Some(world)
    }

    /// Makes the token, empty.
    fn make_token(&self, pin: &str) {
        let words = [
            "--init-token",
            "--free",
            "--label",
            "chancery",
            "--pin",
            pin,
        ];
        let mut utility = self.surround(Command::new("softhsm2-util"));
        run(utility.args(words).args(["--so-pin", "so-1234"]), 0);
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn surround(&self, mut command: Command) -> Command {
        command
            .current_dir(self.path())
            .env("SOFTHSM2_CONF", self.path().join("softhsm2.conf"));
        command
    }

    fn chancery(&self, words: &[&str], code: i32) -> Printed {
        run(self.surround(chancery()).args(words), code)
    }

    fn init(&self, more: &[&str], code: i32) -> Printed {
        let words = [
            "init", "--data", "d", "--config", "c.toml", "--keys", &self.uri,
        ];
        self.chancery(&[&words, more].concat(), code)
    }

    fn serve(&self) -> Server {
        let (command, any) = (self.surround(chancery()), "127.0.0.1:0");
        Server::start_by(command, &["--data", "d"], any, any)
    }

    fn openssl(&self, words: &[&str]) -> Printed {
        run(
            Command::new("openssl").current_dir(self.path()).args(words),
            0,
        )
    }

    fn issuing(&self, out: &str) -> Command {
        let mut issue = self.surround(chancery());
        issue.args([
            "cert", "issue", "--data", "d", "--csr", "r.csr", "--out", out,
        ]);
        issue.args([
            "--email",
            "a@example.com",
            "--profile",
            "smime-mailbox-multipurpose",
        ]);
        issue
    }

    /// Makes an environment whose keys are in the token, a request, and a server.
    fn serving(&self) -> Server {
        self.init(&["--pin-file", "pin"], 0);
        self.request();
        self.serve()
    }

    /// What a relying party has: the authorities' certificates.
    fn fetch_authorities(&self, server: &Server) {
        let mut chain = Vec::new();
        for authority in ["root-g1", "smime-g1"] {
            let name = format!("{authority}.cer");
            file(self.path(), &name, get(server, &format!("/issuer/{name}")));
            let pem = format!("{authority}.pem");
            self.openssl(&["x509", "-inform", "DER", "-in", &name, "-out", &pem]);
            chain.extend(fs::read(self.path().join(pem)).unwrap());
        }
        file(self.path(), "chain.pem", chain);
    }

    /// The lists of today, each verified by its authority's certificate, in `lists.pem`.
    fn fetch_lists(&self, server: &Server) {
        let mut lists = String::new();
        for authority in ["root-g1", "smime-g1"] {
            let name = format!("{authority}.crl");
            file(
                self.path(),
                &name,
                get(server, &format!("/crl/{authority}/0.crl")),
            );
            let issuer = format!("{authority}.pem");
            let words = ["crl", "-inform", "DER", "-in", &name, "-CAfile", &issuer];
            let checked = self.openssl(&words);
            assert!(checked.stderr.contains("verify OK"), "{}", checked.stderr);
            lists.push_str(&checked.stdout);
        }
        file(self.path(), "lists.pem", lists);
    }

    /// What OpenSSL says of a certificate by the lists that were fetched.
    fn verify(&self, name: &str, code: i32) -> String {
        let mut verify = Command::new("openssl");
        verify.current_dir(self.path());
        verify.args(["verify", "-crl_check", "-CAfile", "root-g1.pem"]);
        verify.args(["-untrusted", "smime-g1.pem", "-CRLfile", "lists.pem", name]);
        run(&mut verify, code).stderr
    }

    /// What OCSP says of a certificate, by an answer that OpenSSL verified.
    fn ask(&self, server: &Server, name: &str) -> String {
        let url = format!("{}/ocsp", server.http);
        let words = [
            "ocsp",
            "-issuer",
            "smime-g1.pem",
            "-cert",
            name,
            "-url",
            &url,
        ];
        let asked = self.openssl(&[&words[..], &["-CAfile", "chain.pem"]].concat());
        assert!(
            asked.stderr.contains("Response verify OK"),
            "{}",
            asked.stderr
        );
        asked.stdout
    }

    fn request(&self) {
        let words = [
            "csr",
            "new",
            "--subject",
            "CN=x",
            "--email",
            "a@example.com",
            "--key-out",
            "k.pem",
            "--out",
            "r.csr",
        ];
        self.chancery(&words, 0);
    }
}
