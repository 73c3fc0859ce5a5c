//! The command line's end.

use std::{
    io::{BufRead, BufReader, Read, Write},
    os::unix::net::UnixStream,
    path::Path,
    time::Duration,
};

use super::{
    acts,
    protocol::{Act, Answer, MAX_LINE, Request},
};
use crate::{datadir::DataDir, environment::Environment, failure::Failure};

/// Has the act done by the server of the directory, or does it here where none runs.
pub fn perform(dir: &DataDir, passphrase_file: Option<&Path>, act: Act) -> Result<String, Failure> {
    let config = dir.config()?;
    let request = Request {
        user: crate::os::user_name(),
        act,
    };
    let answer = match dir.try_lock()? {
        Some(_lock) => {
            let passphrase = dir.read_passphrase(passphrase_file)?;
            let runtime = crate::os::runtime()?;
            runtime.block_on(async {
                let environment = Environment::open(dir, config, &passphrase).await?;
                Ok::<_, Failure>(acts::perform(&environment, request).await)
            })?
        }
        None => ask(dir, &request)?,
    };
    match answer {
        Answer::Done { output } => Ok(output),
        Answer::Refused { message, hint } => {
            let failure = Failure::new(message);
            Err(match hint {
                Some(hint) => failure.hint(hint),
                None => failure,
            })
        }
    }
}

fn ask(dir: &DataDir, request: &Request) -> Result<Answer, Failure> {
    let socket = dir.admin_socket();
    let cannot = |error: std::io::Error| {
        Failure::new(format!(
            "a chancery works on {}, but its admin socket does not answer: {error}",
            dir.path().display()
        ))
        .hint("wait until it says \"ready\", or run this as the user that it runs as")
    };
    let mut line = serde_json::to_vec(request)
        .map_err(|error| Failure::because("the act cannot be written down", &error))?;
    line.push(b'\n');
    let mut stream = UnixStream::connect(&socket).map_err(cannot)?;
    stream
        .set_read_timeout(Some(Duration::from_mins(1)))
        .map_err(cannot)?;
    stream.write_all(&line).map_err(cannot)?;
    let mut answer = String::new();
    BufReader::new(stream.take(MAX_LINE))
        .read_line(&mut answer)
        .map_err(cannot)?;
    serde_json::from_str(&answer)
        .map_err(|error| Failure::because("the server's answer cannot be read", &error))
}
