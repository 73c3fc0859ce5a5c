//! The token that holds the authorities' keys, as the configuration names it.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use chancery_keys::{
    AwsLc, Vault,
    pkcs11::{PinError, Pkcs11Uri, Token, TokenError, TokenKey, UriError},
};
use chancery_x509::{Crypto, DigestAlgorithm};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

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
pub fn open(
    dir: &DataDir,
    keys: &KeysSection,
    vault: &Arc<Vault>,
) -> Result<Option<Token>, Failure> {
    let Some(text) = &keys.token else {
        return Ok(None);
    };
    let uri = parse("keys.token", text)?;
    let file = match &keys.pin_file {
        Some(file) => Some(file.clone()),
        None => pin_source("keys.token", &uri)?,
    };
    let pin = file.as_deref().map(files::first_line).transpose()?;
    let guard = pin.as_ref().map(|pin| Guard::of(dir, vault, &uri, pin));
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

/// What the vault seals the note for.
const REFUSED: &str = "refused PIN";

/// A note that the token refused a PIN, so that a server that is started again and again does not lock the token. It
/// holds for that PIN, wherever it comes from: a file may be written anew for each start, and a descriptor has no name.
struct Guard {
    path: PathBuf,
    vault: Arc<Vault>,
    /// The token, by its URI.
    token: String,
    /// The PIN's, which is kept sealed alone: PINs are too short for it to hide them.
    digest: Zeroizing<Vec<u8>>,
}

impl Guard {
    fn of(dir: &DataDir, vault: &Arc<Vault>, uri: &Pkcs11Uri, pin: &SecretString) -> Self {
        let token = Pkcs11Uri {
            pin_source: None,
            ..uri.clone()
        };
        let pin = pin.expose_secret().as_bytes();
        Self {
            path: dir.pin_refused(),
            vault: Arc::clone(vault),
            token: token.to_string(),
            digest: Zeroizing::new(AwsLc.digest(DigestAlgorithm::Sha256, pin)),
        }
    }

    /// Whether this PIN was refused. A note of another vault tells nothing.
    fn stands(&self) -> bool {
        fs::read(&self.path).is_ok_and(|note| {
            let noted = self
                .vault
                .open_sealed(REFUSED, self.token.as_bytes(), &note);
            noted.is_ok_and(|noted| noted == self.digest)
        })
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
        let note = self
            .vault
            .seal(REFUSED, self.token.as_bytes(), &self.digest)
            .map_err(|error| Failure::because("the refusal of the PIN was not noted", &error))?;
        self.lower();
        files::write_secret(&self.path, &note)
    }

    fn lower(&self) {
        // It need not be there.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use chancery_keys::{KdfCost, SystemEntropy};

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
    fn a_refused_pin_is_remembered_wherever_it_comes_from() {
        let folder = tempfile::tempdir().unwrap();
        let dir = DataDir::new(folder.path());
        let vault = |name: &str| {
            let passphrase = SecretString::from("a long passphrase");
            let entropy = Arc::new(SystemEntropy);
            let place = folder.path().join(name);
            Arc::new(Vault::create(&place, &passphrase, KdfCost::VAULT, entropy).unwrap())
        };
        let (own, other) = (vault("keys"), vault("other"));
        let guard = |vault: &Arc<Vault>, uri: &str, pin: &str| {
            Guard::of(&dir, vault, &uri.parse().unwrap(), &SecretString::from(pin))
        };
        let uri = "pkcs11:token=x?module-name=m";
        let refused = guard(&own, uri, "1234");
        assert!(!refused.stands());
        refused.raise().unwrap();
        assert!(guard(&own, uri, "1234").stands());
        // Where the PIN's file is makes no other PIN of it.
        let sourced = "pkcs11:token=x?pin-source=/etc/pin&module-name=m";
        assert!(guard(&own, sourced, "1234").stands());
        for (vault, uri, pin) in [
            (&own, uri, "1235"),
            (&own, "pkcs11:token=y?module-name=m", "1234"),
            (&other, uri, "1234"),
        ] {
            assert!(!guard(vault, uri, pin).stands(), "{uri} {pin}");
        }
        let note = fs::read(dir.pin_refused()).unwrap();
        let holds = |part: &[u8]| note.windows(part.len()).any(|window| window == part);
        assert!(!holds(b"1234") && !holds(&refused.digest));
        // The note is of the last PIN that was refused.
        guard(&own, uri, "1235").raise().unwrap();
        assert!(!refused.stands());
        refused.lower();
        assert!(!guard(&own, uri, "1235").stands());
    }
}
