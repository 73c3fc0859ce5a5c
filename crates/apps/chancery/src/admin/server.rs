//! The server's end: a socket that only the server's own user can open.

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{UnixListener, UnixStream},
};

use super::{
    acts,
    protocol::{Answer, MAX_LINE, Request},
};
use crate::{datadir::DataDir, environment::Environment, failure::Failure};

/// Longest name of a user that is recorded, in characters.
const LONGEST_NAME: usize = 64;

/// The admin socket, removed on drop.
#[derive(Debug)]
pub struct Server {
    listener: UnixListener,
    path: PathBuf,
}

impl Server {
    /// Binds the socket; the caller holds the directory's lock, so a socket left there is nobody's.
    pub fn bind(dir: &DataDir) -> Result<Self, Failure> {
        let path = dir.admin_socket();
        let cannot = |error: std::io::Error| {
            Failure::new(format!(
                "cannot make the admin socket {}: {error}",
                path.display()
            ))
            .hint("the path of a socket has at most 107 octets: choose a shorter --data")
        };
        match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(cannot(error));
            }
            _ => {}
        }
        // Between the two calls the umask decides, and the directory, which is 0700 where `init` made it.
        let listener = UnixListener::bind(&path).map_err(cannot)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).map_err(cannot)?;
        Ok(Self { listener, path })
    }

    /// Answers one connection after the other, for as long as the server runs.
    pub async fn run(self, environment: Environment) {
        loop {
            match self.listener.accept().await {
                Ok((stream, _)) => {
                    let environment = environment.clone();
                    let answered =
                        tokio::time::timeout(Duration::from_mins(1), answer(stream, &environment))
                            .await;
                    match answered {
                        Ok(Ok(())) => {}
                        Ok(Err(error)) => tracing::warn!(%error, "an admin connection broke off"),
                        Err(_) => tracing::warn!("an admin connection took longer than a minute"),
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "the admin socket refused a connection");
                    tokio::time::sleep(Duration::from_millis(200)).await;
                }
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A socket that stays behind does no harm: the next server replaces it.
        let _ = fs::remove_file(&self.path);
    }
}

async fn answer(stream: UnixStream, environment: &Environment) -> std::io::Result<()> {
    let uid = stream.peer_cred()?.uid();
    let (reader, mut writer) = stream.into_split();
    let mut line = String::new();
    BufReader::new(reader.take(MAX_LINE))
        .read_line(&mut line)
        .await?;
    let answer = match serde_json::from_str::<Request>(&line) {
        Ok(request) => {
            let user = known_as(&request.user, uid);
            acts::perform(environment, Request { user, ..request }).await
        }
        Err(error) => Answer::Refused {
            message: format!("the server does not understand this act: {error}"),
            hint: Some("use the chancery of the server's own version".to_owned()),
        },
    };
    let mut line = serde_json::to_vec(&answer).map_err(std::io::Error::other)?;
    line.push(b'\n');
    writer.write_all(&line).await
}

/// The name that a client gives itself, which is on record, beside the user that the system knows it as.
fn known_as(name: &str, uid: u32) -> String {
    let name: String = name
        .chars()
        .filter(|c| !c.is_control())
        .take(LONGEST_NAME)
        .collect();
    format!("{name} (uid {uid})")
}

#[cfg(test)]
mod tests {
    use super::known_as;

    #[test]
    fn whoever_it_says_it_is_the_system_knows_better() {
        assert_eq!(known_as("eva", 1000), "eva (uid 1000)");
        assert_eq!(known_as("root (uid 0)\n", 1000), "root (uid 0) (uid 1000)");
        assert_eq!(known_as(&"x".repeat(1_000), 7).len(), 64 + " (uid 7)".len());
    }
}
