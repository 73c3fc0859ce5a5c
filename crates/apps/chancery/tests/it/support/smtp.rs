//! A mail server that takes everything and keeps it as it came over the wire.

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    time::Duration,
};

/// A letter: who it is for by its envelope, and its octets.
#[derive(Clone, Debug)]
pub struct Taken {
    pub recipients: Vec<String>,
    pub message: String,
}

impl Taken {
    /// The header lines, folded ones put together.
    pub fn headers(&self) -> Vec<String> {
        let head = self.message.split("\r\n\r\n").next().unwrap_or_default();
        head.replace("\r\n ", " ")
            .split("\r\n")
            .map(str::to_owned)
            .collect()
    }
}

/// The server; its thread ends with the process of the test.
pub struct MailServer {
    pub port: u16,
    taken: Arc<Mutex<Vec<Taken>>>,
}

impl MailServer {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let taken = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&taken);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let kept = Arc::clone(&kept);
                std::thread::spawn(move || converse(stream, &kept));
            }
        });
        Self { port, taken }
    }

    /// What was taken, once there are as many letters as expected.
    pub fn taken(&self, expected: usize) -> Vec<Taken> {
        for _ in 0..200 {
            let taken = self.taken.lock().unwrap().clone();
            if taken.len() >= expected {
                return taken;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("fewer than {expected} letters came");
    }
}

fn converse(stream: TcpStream, kept: &Mutex<Vec<Taken>>) -> Option<()> {
    let mut writer = stream.try_clone().ok()?;
    let mut reader = BufReader::new(stream);
    let mut say = move |words: &str| writer.write_all(format!("{words}\r\n").as_bytes()).ok();
    say("220 mail.test")?;
    let mut recipients = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        match verb.as_str() {
            "RCPT" => {
                recipients.push(line.trim().to_owned());
                say("250 ok")?;
            }
            "DATA" => {
                say("354 go on")?;
                let mut message = String::new();
                loop {
                    let mut part = Vec::new();
                    reader.read_until(b'\n', &mut part).ok()?;
                    if part == b".\r\n" || part.is_empty() {
                        break;
                    }
                    message.push_str(&String::from_utf8_lossy(&part));
                }
                let recipients = std::mem::take(&mut recipients);
                kept.lock().unwrap().push(Taken {
                    recipients,
                    message,
                });
                say("250 taken")?;
            }
            "QUIT" => {
                say("221 bye")?;
                return None;
            }
            _ => say("250 ok")?,
        }
    }
}
