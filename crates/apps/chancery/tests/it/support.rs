//! Runs the binary: commands to their end, and servers that stop with their test.

pub mod http;
pub mod smtp;

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use tempfile::TempDir;

/// The binary under test.
pub fn chancery() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
    command.env("RUST_LOG", "warn").stdin(Stdio::null());
    command
}

/// Runs `command` and gives what it printed; panics with all of it unless the exit code is `code`.
#[track_caller]
pub fn run(command: &mut Command, code: i32) -> Printed {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let printed = Printed {
        stdout: String::from_utf8_lossy(&stdout).into_owned(),
        stderr: String::from_utf8_lossy(&stderr).into_owned(),
    };
    assert_eq!(
        status.code(),
        Some(code),
        "{command:?}\n{}\n{}",
        printed.stdout,
        printed.stderr
    );
    printed
}

/// What a command printed.
#[derive(Debug)]
pub struct Printed {
    pub stdout: String,
    pub stderr: String,
}

/// Whether a foreign program is on this machine; says so where it is not.
pub fn has(program: &str) -> bool {
    let found = Command::new("sh")
        .args(["-c", &format!("command -v {program}")])
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !found {
        eprintln!("skipped: {program} is not on this machine (make setup-test installs it)");
    }
    found
}

/// A folder that goes with its test.
pub fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// Writes a file into `folder`.
pub fn file(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path
}

/// A running server, stopped on drop.
pub struct Server {
    child: Child,
    /// `http://127.0.0.1:PORT`.
    pub http: String,
    /// `https://127.0.0.1:PORT`.
    pub https: String,
    /// The same where client certificates are asked for; only if a word told so.
    pub certificates: Option<String>,
}

impl Server {
    /// Starts `chancery serve` with these words and free ports, and waits until it is ready.
    pub fn start(words: &[&str]) -> Self {
        Self::start_at(words, "127.0.0.1:0", "127.0.0.1:0")
    }

    /// The same at these addresses.
    pub fn start_at(words: &[&str], http: &str, https: &str) -> Self {
        Self::start_by(chancery(), words, http, https)
    }

    /// The same by a command of the binary's with a folder and surroundings of its own.
    pub fn start_by(mut command: Command, words: &[&str], http: &str, https: &str) -> Self {
        let mut child = command
            .arg("serve")
            .args(words)
            .args(["--listen", http, "--listen-tls", https])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut address = |word: &str| {
            lines
                .by_ref()
                .map(|line| line.unwrap())
                .find_map(|line| line.strip_prefix(word).map(str::to_owned))
                .unwrap_or_else(|| panic!("the server ended before it said {word:?}"))
        };
        let http = address("ready ");
        let https = address("ready ");
        let asks = words.contains(&"--listen-certificates");
        let certificates = asks.then(|| address("ready for certificates "));
        // Whatever it prints later must not block it.
        std::thread::spawn(move || lines.for_each(drop));
        Self {
            child,
            http,
            https,
            certificates,
        }
    }

    /// Number of its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Asks the server to stop, as systemd does, and waits for its end.
    pub fn stop(mut self) -> i32 {
        Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status()
            .unwrap();
        self.child.wait().unwrap().code().unwrap_or(-1)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
