//! `chancery p12 create`.

use std::path::Path;

use chancery_keys::{AwsLc, Entropy, SystemEntropy};
use chancery_pkcs12::{Contents, Identity, Issuers, Primitives, Profile, write};
use chancery_x509::{Certificate, PublicKeyInfo};
use zeroize::Zeroizing;

use crate::{
    cli::P12Create,
    commands::{cert, key_file, password},
    failure::Failure,
    files,
};

/// Puts certificates, their chain and their keys into one file.
pub fn create(words: &P12Create) -> Result<(), Failure> {
    files::must_be_new(&words.out)?;
    let profile: Profile = words
        .format
        .parse()
        .map_err(|error| Failure::because("--format", &error))?;
    let mut certificates = Vec::new();
    for file in &words.cert {
        certificates.extend(read_certificates(file)?);
    }
    if let Some(file) = &words.chain {
        certificates.extend(read_certificates(file)?);
    }
    let mut identities = Vec::new();
    for file in &words.key {
        identities.push(identity(file, words, &mut certificates)?);
    }
    let contents = Contents {
        authorities: authorities(&identities, &certificates),
        identities,
    };

    let what = format!("a password for {}", words.out.display());
    let password = password::new(words.password_file.as_deref(), &what, "--password-file")?;
    let mut random = vec![0; contents.randomness(profile)];
    SystemEntropy
        .fill(&mut random)
        .map_err(|error| Failure::because("no salt was made", &error))?;
    let pfx = write(contents, profile, password, random, &AwsLc, &AwsLc)
        .map_err(|error| Failure::because("no PKCS#12 file was made", &error))?;
    files::write_secret(&words.out, &pfx)?;
    crate::commands::print(&format!(
        "{}: import it with the password of that file; keep a copy as your backup.",
        words.out.display()
    ))
}

/// A key with its certificate, which is taken out of the others.
fn identity(
    file: &Path,
    words: &P12Create,
    certificates: &mut Vec<Certificate>,
) -> Result<Identity, Failure> {
    let place = file.display().to_string();
    let mut ask = || {
        password::existing(
            words.key_password_file.as_deref(),
            &format!("the password of {place}"),
            "--key-password-file",
        )
    };
    let private_key = key_file::to_pkcs8(&place, &files::read_secret(file)?, &mut ask)?;
    let public_key = public_key(&place, &private_key)?;
    let position = certificates
        .iter()
        .position(|one| one.public_key().subject_public_key() == public_key)
        .ok_or_else(|| {
            let files: Vec<_> = words
                .cert
                .iter()
                .map(|file| file.display().to_string())
                .collect();
            Failure::new(format!(
                "the key in {place} belongs to no certificate in {}",
                files.join(", ")
            ))
            .hint("take the key that the certificate's request was made with")
        })?;
    let certificate = certificates.remove(position);
    let friendly_name = match &words.name {
        Some(name) => Some(name.clone()),
        None => certificate.subject().common_name().map(str::to_owned),
    };
    Ok(Identity {
        private_key,
        certificate,
        friendly_name,
    })
}

/// The public key of a key that is checked to be one, if its kind is known; else what it says of itself.
fn public_key(place: &str, private_key: &Zeroizing<Vec<u8>>) -> Result<Vec<u8>, Failure> {
    let unknown = || {
        Failure::new(format!("{place} is not a key that can be used"))
            .hint("RSA, P-256, P-384, P-521, Ed25519 and X25519 keys can")
    };
    if let Some(info) = AwsLc.public_key(private_key) {
        let info = PublicKeyInfo::from_der(&info).map_err(|_| unknown())?;
        return Ok(info.subject_public_key().to_vec());
    }
    chancery_pkcs12::public_key(private_key).ok_or_else(unknown)
}

/// PEM or DER; or PKCS#7, in which authorities hand out their chains.
fn read_certificates(file: &Path) -> Result<Vec<Certificate>, Failure> {
    let content = files::read(file)?;
    cert::all(&file.display().to_string(), &content)
        .or_else(|failure| chancery_cms::read_certificates(&content).map_err(|_| failure))
}

/// The issuers above the identities, each behind what it issued; certificates that lead nowhere are left out.
fn authorities(identities: &[Identity], others: &[Certificate]) -> Vec<Certificate> {
    let issuers = Issuers::new(others);
    let chains = identities
        .iter()
        .flat_map(|identity| issuers.chain_of(&identity.certificate));
    chains.cloned().collect()
}
