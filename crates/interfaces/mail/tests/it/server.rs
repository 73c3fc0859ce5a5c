//! A mail server of the test's own: takes letters on a loopback port and answers as it is told.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// What the server saw.
#[derive(Default)]
pub struct Seen {
    /// Every command.
    pub commands: Vec<String>,
    /// Every message, as it came.
    pub messages: Vec<String>,
}

pub struct MailServer {
    pub at: SocketAddr,
    seen: Arc<Mutex<Seen>>,
    answer: Arc<Mutex<&'static str>>,
}

impl MailServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let answer = Arc::new(Mutex::new("250 ok"));
        let shared = (seen.clone(), answer.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (seen, answer) = shared.clone();
                tokio::spawn(async move {
                    // A client that goes away is the client's business.
                    let _gone = converse(stream, &seen, &answer).await;
                });
            }
        });
        Self { at, seen, answer }
    }

    /// How `RCPT TO` is answered from now on.
    pub fn answer(&self, line: &'static str) {
        *self.answer.lock().unwrap() = line;
    }

    pub fn messages(&self) -> Vec<String> {
        self.seen.lock().unwrap().messages.clone()
    }

    pub fn commands(&self) -> Vec<String> {
        self.seen.lock().unwrap().commands.clone()
    }
}

async fn converse(
    stream: TcpStream,
    seen: &Mutex<Seen>,
    answer: &Mutex<&'static str>,
) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 mail.test ESMTP\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        seen.lock().unwrap().commands.push(line.clone());
        let verb = line.split([' ', ':']).next().unwrap_or_default();
        let reply = match verb.to_ascii_uppercase().as_str() {
            "EHLO" => "250-mail.test\r\n250-AUTH PLAIN\r\n250 8BITMIME".to_owned(),
            "RCPT" => (*answer.lock().unwrap()).to_owned(),
            "AUTH" => "235 welcome".to_owned(),
            "DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                let mut message = String::new();
                while let Some(line) = lines.next_line().await? {
                    if line == "." {
                        break;
                    }
                    // RFC 5321 section 4.5.2: a leading dot was doubled.
                    message.push_str(line.strip_prefix('.').unwrap_or(&line));
                    message.push('\n');
                }
                seen.lock().unwrap().messages.push(message);
                "250 taken".to_owned()
            }
            "QUIT" => "221 bye".to_owned(),
            "MAIL" | "RSET" | "NOOP" => "250 ok".to_owned(),
            _ => "502 what?".to_owned(),
        };
        write.write_all(format!("{reply}\r\n").as_bytes()).await?;
    }
    Ok(())
}
