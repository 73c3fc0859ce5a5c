//! `chancery bench p12`.

use std::{hint::black_box, sync::Mutex};

use chancery_keys::{AwsLc, Entropy, KeyAlgorithm, SystemEntropy};
use chancery_pkcs12::{
    Contents, Derivation, Identity, Limits, Password, PrimitiveError, Primitives, Profile, open,
    write,
};
use zeroize::Zeroizing;

use super::{measure, party::Party, print};
use crate::{
    cli::{Bench, BenchP12},
    commands::password,
    failure::Failure,
    files,
};

/// Opens files of the forms `stored` and `modern`, or one that is given, and sets that beside the derivations that it needs.
pub fn p12(words: &BenchP12) -> Result<(), Failure> {
    if let Some(file) = &words.file {
        let password = password::existing(
            words.password_file.as_deref(),
            &format!("the password of {}", file.display()),
            "--password-file",
        )?;
        return one(
            "p12/file",
            &files::read_secret(file)?,
            &password,
            &words.bench,
        );
    }
    let password =
        Password::new("bench").map_err(|error| Failure::because("the password", &error))?;
    for (name, profile) in [
        ("p12/stored", Profile::Stored),
        ("p12/modern", Profile::Modern),
    ] {
        one(
            name,
            &file(profile, password.clone())?,
            &password,
            &words.bench,
        )?;
    }
    Ok(())
}

fn one(name: &str, file: &[u8], password: &Password, words: &Bench) -> Result<(), Failure> {
    let opened = |primitives: &dyn Primitives| {
        let opened = open(
            file,
            password.clone(),
            Limits::default(),
            &AwsLc,
            primitives,
        );
        opened.map_err(|error| Failure::because("the file was not opened", &error))
    };
    // Which derivations the file needs, the first time told.
    let told = Told::default();
    opened(&told)?;
    let derivations = told.0.into_inner().unwrap_or_default();
    let work = || {
        black_box(opened(&AwsLc)?);
        Ok(())
    };
    let bare = || {
        for derivation in &derivations {
            let key = AwsLc.derive(derivation);
            black_box(key.map_err(|error| Failure::because("the derivation", &error))?);
        }
        Ok(())
    };
    print(&measure(name, words.seconds, work, bare)?, words.json)
}

/// Notes what is derived.
#[derive(Default)]
struct Told(Mutex<Vec<Derivation>>);

impl Primitives for Told {
    fn derive(&self, derivation: &Derivation) -> Result<Zeroizing<Vec<u8>>, PrimitiveError> {
        if let Ok(mut told) = self.0.lock() {
            told.push(derivation.clone());
        }
        AwsLc.derive(derivation)
    }

    fn public_key(&self, private_key: &[u8]) -> Option<Vec<u8>> {
        AwsLc.public_key(private_key)
    }
}

/// A file with an RSA key and its certificate.
fn file(profile: Profile, password: Password) -> Result<Vec<u8>, Failure> {
    let refused = |error: &dyn std::error::Error| Failure::because("no file was made", error);
    let party = Party::new("Bench Person", KeyAlgorithm::Rsa2048)?;
    let contents = Contents {
        identities: vec![Identity {
            private_key: party.key.to_pkcs8().map_err(|error| refused(&error))?,
            certificate: party.certify(&party, &[])?,
            friendly_name: None,
        }],
        authorities: Vec::new(),
    };
    let mut random = vec![0; contents.randomness(profile)];
    SystemEntropy
        .fill(&mut random)
        .map_err(|error| refused(&error))?;
    write(contents, profile, password, random, &AwsLc, &AwsLc).map_err(|error| refused(&error))
}
