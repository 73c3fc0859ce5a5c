//! The token that holds the authorities' keys, as the configuration names it.

use std::{
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use chancery_keys::pkcs11::{PinError, Pkcs11Uri, Token, TokenError, TokenKey, UriError};

use crate::{config::KeysSection, datadir::DataDir, failure::Failure, files};

/// Whether a word that may name a file is a PKCS #11 URI.
pub fn is_uri(text: &str) -> bool {
    text.get(..7)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("pkcs11:"))
}

/// Reads a token's URI; `place` says where it stands.
pub fn parse(place: &str, text: &str) -> Result<Pkcs11Uri, Failure> {
    let uri: Pkcs11Uri = text.parse().map_err(|error: UriError| {
        let hint = match error {
            UriError::PinValue => {
                "put the PIN into a file that only you can read, and name it with --pin-file"
            }
            _ => "write it like pkcs11:token=LABEL?module-path=/usr/lib/softhsm/libsofthsm2.so",
        };
        Failure::because(place, &error).hint(hint)
    })?;
    pin_source(place, &uri)?;
    Ok(uri)
}

/// The file that `pin-source` names (RFC 7512 section 2.4): a `file:` URI or an absolute path. A command, which the RFC
/// leaves room for, is not run.
fn pin_source(place: &str, uri: &Pkcs11Uri) -> Result<Option<PathBuf>, Failure> {
    let Some(source) = &uri.pin_source else {
        return Ok(None);
    };
    let path = match source.strip_prefix("file:") {
        // RFC 8089: file:/path, or file:///path with an empty host.
        Some(rest) => rest
            .strip_prefix("//localhost")
            .or_else(|| rest.strip_prefix("//"))
            .unwrap_or(rest),
        None => source,
    };
    if path.starts_with('/') {
        return Ok(Some(PathBuf::from(path)));
    }
    Err(Failure::new(format!(
        "{place}: `pin-source` names no file that the PIN could be read from"
    ))
    .hint(
        "write it like pin-source=file:/etc/chancery/token-pin, or name the file with --pin-file",
    ))
}

/// Logs in to the token of the configuration, if it names one.
pub fn open(dir: &DataDir, keys: &KeysSection) -> Result<Option<Token>, Failure> {
    let Some(text) = &keys.token else {
        return Ok(None);
    };
    let uri = parse("keys.token", text)?;
    let file = match &keys.pin_file {
        Some(file) => Some(file.clone()),
        None => pin_source("keys.token", &uri)?,
    };
    let pin = file.as_deref().map(files::first_line).transpose()?;
    let guard = file.as_deref().and_then(|file| Guard::of(dir, file));
    if let (Some(guard), Some(file)) = (&guard, &file)
        && guard.stands()
    {
        return Err(Failure::new(format!(
            "the token refused the PIN in {} before; it is not tried again, lest the token locks",
            file.display()
        ))
        .hint(format!(
            "write the right PIN into the file; if it is right now, remove {}",
            guard.path.display()
        )));
    }
    match Token::open(&uri, pin) {
        Ok(token) => {
            if let Some(guard) = guard {
                guard.lower();
                token.when_refused(move |refused| guard.note(refused));
            }
            Ok(Some(token))
        }
        Err(error) => {
            let tries = match (&guard, &error) {
                (Some(guard), TokenError::Pin(PinError::Wrong(_))) => {
                    guard.raise()?;
                    Tries::One
                }
                _ => Tries::EachRun,
            };
            Err(failure("the token of the keys", &uri, &error, tries))
        }
    }
}

/// A key in a token, for a command that somebody waits for: each run tries the PIN once.
pub fn key(place: &str, text: &str, pin_file: Option<&Path>) -> Result<TokenKey, Failure> {
    let uri = parse(place, text)?;
    let file = match pin_file {
        Some(file) => Some(file.to_owned()),
        None => pin_source(place, &uri)?,
    };
    let pin = file.as_deref().map(files::first_line).transpose()?;
    Token::open(&uri, pin)
        .and_then(|token| TokenKey::open(&token, &uri))
        .map_err(|error| failure(place, &uri, &error, Tries::EachRun))
}

/// How often a PIN that was refused is tried.
#[derive(Clone, Copy)]
enum Tries {
    /// Not again: the refusal is noted.
    One,
    /// By each run once more.
    EachRun,
}

fn failure(place: &str, uri: &Pkcs11Uri, error: &TokenError, tries: Tries) -> Failure {
    let failure = Failure::because(place, error);
    match error {
        TokenError::NoModule => {
            failure.hint("add ?module-path=/path/of/the/module.so to the token's URI")
        }
        TokenError::ModuleName { .. } | TokenError::Module { .. } => failure
            .hint("install the token's PKCS #11 module, or correct module-path in its URI"),
        TokenError::NoToken { .. } => {
            failure.hint("put the token in, or correct its label or serial number in the URI")
        }
        TokenError::SeveralTokens { .. } => failure.hint("add ;serial=… to the token's URI"),
        TokenError::Pin(PinError::Missing) => {
            failure.hint("put the PIN into a file that only you can read, and name it with --pin-file")
        }
        TokenError::Pin(PinError::Wrong(_)) => failure.hint(match tries {
            Tries::One => "correct the file with the PIN; the same PIN is not tried again",
            Tries::EachRun => "correct the PIN first: each run spends one of the token's tries",
        }),
        TokenError::Pin(PinError::LastTry) => failure.hint(
            "log in once by the token's own tool with the PIN that you know to be right, then start again",
        ),
        TokenError::Pin(PinError::Locked) => {
            failure.hint("unlock it as its security officer, by the token's own tool")
        }
        TokenError::Pin(PinError::Expired) => failure.hint("set a PIN by the token's own tool"),
        _ => failure.hint(format!("look at the token by its own tool: {uri}")),
    }
}

/// A note that the token refused the PIN of a file, so that a server that is started again and again does not lock
/// the token. It holds as long as the file stays as it is.
struct Guard {
    path: PathBuf,
    /// The file and its last change; nothing of the PIN.
    state: String,
}

impl Guard {
    /// `None` for a descriptor, whose content is new with each start.
    fn of(dir: &DataDir, file: &Path) -> Option<Self> {
        let path = fs::canonicalize(file).ok()?;
        let about = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?;
        Some(Self {
            path: dir.pin_refused(),
            state: format!(
                "{} {}.{:09}\n",
                path.display(),
                about.mtime(),
                about.mtime_nsec()
            ),
        })
    }

    fn stands(&self) -> bool {
        fs::read_to_string(&self.path).is_ok_and(|noted| noted == self.state)
    }

    /// What the token said to a server that logged in again.
    fn note(&self, refused: PinError) {
        if let PinError::Wrong(_) = refused
            && let Err(failure) = self.raise()
        {
            tracing::error!("the refusal of the PIN was not noted: {failure}");
        }
    }

    fn raise(&self) -> Result<(), Failure> {
        self.lower();
        files::write_new(&self.path, self.state.as_bytes())
    }

    fn lower(&self) {
        // It need not be there.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(uri: &str) -> Result<Option<PathBuf>, String> {
        let uri = parse("here", uri).map_err(|failure| failure.to_string())?;
        pin_source("here", &uri).map_err(|failure| failure.to_string())
    }

    #[test]
    fn a_pin_comes_from_a_file_and_nowhere_else() {
        let file = Ok(Some(PathBuf::from("/etc/pin")));
        for uri in [
            "file:/etc/pin",
            "file:///etc/pin",
            "file://localhost/etc/pin",
            "/etc/pin",
        ] {
            assert_eq!(source(&format!("pkcs11:?pin-source={uri}")), file, "{uri}");
        }
        assert_eq!(source("pkcs11:token=x"), Ok(None));
        for uri in [
            "|/usr/bin/askpin",
            "file:etc/pin",
            "file://host/etc/pin",
            "https://host/pin",
        ] {
            let refused = source(&format!("pkcs11:?pin-source={uri}")).unwrap_err();
            assert!(refused.contains("`pin-source`"), "{refused}");
        }
        let refused = source("pkcs11:token=x?pin-value=1234").unwrap_err();
        assert!(
            refused.contains("hint: put the PIN into a file") && !refused.contains("1234"),
            "{refused}"
        );
    }

    #[test]
    fn a_refused_pin_is_remembered_until_its_file_changes() {
        let folder = tempfile::tempdir().unwrap();
        let dir = DataDir::new(folder.path());
        let file = folder.path().join("pin");
        fs::write(&file, "1\n").unwrap();
        let guard = Guard::of(&dir, &file).unwrap();
        assert!(!guard.stands());
        guard.raise().unwrap();
        assert!(Guard::of(&dir, &file).unwrap().stands());
        let later = std::time::UNIX_EPOCH + std::time::Duration::from_secs(4_000_000_000);
        fs::File::options()
            .write(true)
            .open(&file)
            .unwrap()
            .set_modified(later)
            .unwrap();
        let changed = Guard::of(&dir, &file).unwrap();
        assert!(!changed.stands());
        changed.raise().unwrap();
        assert!(changed.stands());
        changed.lower();
        assert!(!changed.stands());
        assert!(Guard::of(&dir, Path::new("/dev/null")).is_none());
    }
}
