//! `chancery p12`.

use chancery_keys::{AwsLc, Signer, SystemEntropy, random};
use chancery_pkcs12::{Contents, Password, Randomness};
use chancery_x509::Certificate;
use secrecy::ExposeSecret;

use super::{cert, key};
use crate::{cli::P12Create, failure::Failure, files};

/// Puts a certificate, its chain and its key into one file.
pub fn create(words: &P12Create) -> Result<(), Failure> {
    files::must_be_new(&words.out)?;
    let mut chain = read_certificates(&words.cert)?;
    if let Some(file) = &words.chain {
        chain.extend(read_certificates(file)?);
    }
    let key_place = words.key.display().to_string();
    let key = key::read(&key_place, &files::read_secret(&words.key)?)?;
    let certificate = take_leaf(&mut chain, key.public_key()).ok_or_else(|| {
        Failure::new(format!(
            "the key in {key_place} belongs to no certificate in {}",
            words.cert.display()
        ))
        .hint("take the key that the certificate's request was made with")
    })?;
    let chain = ordered(&certificate, chain);

    let password = files::first_line(&words.password_file)?;
    let password = Password::new(password.expose_secret())
        .map_err(|error| Failure::because("the password", &error))?;
    let random: [u8; Randomness::LEN] =
        random(&SystemEntropy).map_err(|error| Failure::because("no salt was made", &error))?;
    let friendly_name = certificate.subject().common_name().map(str::to_owned);
    let contents = Contents {
        private_key: key
            .to_pkcs8()
            .map_err(|error| Failure::because("the key cannot be written", &error))?,
        certificate,
        chain,
        friendly_name,
    };
    let pfx = chancery_pkcs12::write(contents, password, Randomness::from(random), &AwsLc)
        .map_err(|error| Failure::because("no PKCS#12 file was made", &error))?;
    files::write_secret(&words.out, &pfx)?;
    super::print(&format!(
        "{}: import it with the password of that file; keep a copy as your backup.",
        words.out.display()
    ))
}

fn read_certificates(file: &std::path::Path) -> Result<Vec<Certificate>, Failure> {
    cert::all(&file.display().to_string(), &files::read(file)?)
}

/// The certificate of the key, taken out of the others.
fn take_leaf(certificates: &mut Vec<Certificate>, public_key: &[u8]) -> Option<Certificate> {
    let position = certificates
        .iter()
        .position(|one| one.public_key().as_der() == public_key)?;
    Some(certificates.remove(position))
}

/// Each issuer behind what it issued, once; certificates that lead nowhere are left out.
fn ordered(leaf: &Certificate, mut others: Vec<Certificate>) -> Vec<Certificate> {
    let mut chain = Vec::new();
    let mut last = leaf.clone();
    while let Some(position) = others.iter().position(|one| last.is_issued_by(one)) {
        let issuer = others.remove(position);
        chain.push(issuer.clone());
        last = issuer;
    }
    chain
}
