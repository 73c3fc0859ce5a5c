//! `chancery csr`.

use chancery_keys::{AwsLc, KeyAlgorithm, Signer, SoftwareKey};
use chancery_x509::{
    CertificationRequest, Extension, Name, PublicKeyInfo,
    extension::{GeneralName, subject_alt_name},
    request::request_info,
    view,
};

use super::{key as key_file, show};
use crate::{
    cli::{CsrNew, Show},
    failure::Failure,
    files, token,
};

/// Makes a key and a request for it, or a request for a key that is in a token.
pub fn new(words: &CsrNew) -> Result<(), Failure> {
    let in_token = token::is_uri(&words.key);
    let subject: Name = words.subject.parse().map_err(|error| {
        Failure::because("--subject", &error)
            .hint("write it like \"CN=Jana Nová,O=Example Ltd,C=CZ\"")
    })?;
    let names: Vec<GeneralName> = words
        .email
        .iter()
        .map(|email| mailbox(email))
        .collect::<Result<_, _>>()?;
    for path in words.key_out.iter().chain([&words.out]) {
        files::must_be_new(path)?;
    }
    let extensions = if names.is_empty() {
        Vec::new()
    } else {
        vec![subject_alt_name(names, subject.is_empty())]
    };
    let told = if in_token {
        if words.key_out.is_some() {
            return Err(Failure::usage(
                "--key-out is for a new key, and the key stays in its token",
            ));
        }
        let key = token::key("--key", &words.key, words.pin_file.as_deref())?;
        let request = request(&key, &subject, &extensions)?;
        files::write_new(&words.out, request.to_pem().as_bytes())?;
        format!("{}: the key ({}). It stays there.\n", key.uri(), key.kind())
    } else {
        made(words, &subject, &extensions)?
    };
    super::print(&format!(
        "{told}{}: the request. Send this one.\n",
        words.out.display()
    ))
}

/// Makes the key, then request and key as files.
fn made(words: &CsrNew, subject: &Name, extensions: &[Extension]) -> Result<String, Failure> {
    let algorithm: KeyAlgorithm = words.key.parse().map_err(|error| {
        Failure::because("--key", &error)
            .hint("take rsa:2048, rsa:3072, rsa:4096, ec:p256, ec:p384, ec:p521 or ed25519")
    })?;
    let Some(key_out) = &words.key_out else {
        return Err(Failure::usage(
            "--key-out is missing: where does the new key go?",
        ));
    };
    if words.pin_file.is_some() {
        return Err(Failure::usage(
            "--pin-file is for a key in a token, which --key does not name",
        ));
    }
    let key = SoftwareKey::generate(algorithm)
        .map_err(|error| Failure::because("no key was made", &error))?;
    let request = request(&key, subject, extensions)?;
    files::write_secret(key_out, key_file::to_pem(&key)?.as_bytes())?;
    files::write_new(&words.out, request.to_pem().as_bytes())?;
    Ok(format!(
        "{}: the key ({algorithm}). Keep it: nobody else has it, and nobody may.\n",
        key_out.display()
    ))
}

/// A request for a key, signed by it.
pub fn request(
    key: &dyn Signer,
    subject: &Name,
    extensions: &[Extension],
) -> Result<CertificationRequest, Failure> {
    let public_key = PublicKeyInfo::from_der(key.public_key())
        .map_err(|error| Failure::because("the new key cannot be read back", &error))?;
    let info = request_info(subject, &public_key, extensions);
    let signature = key
        .sign(&info)
        .map_err(|error| Failure::because("the request was not signed", &error))?;
    CertificationRequest::assemble(&info, key.algorithm(), &signature)
        .map_err(|error| Failure::because("the request cannot be read back", &error))
}

fn mailbox(address: &str) -> Result<GeneralName, Failure> {
    if !address.contains('@')
        || address.contains(char::is_whitespace)
        || address.contains(char::is_control)
    {
        return Err(Failure::new(format!(
            "--email: {address:?} is not an e-mail address"
        )));
    }
    Ok(if address.is_ascii() {
        GeneralName::Rfc822(address.to_owned())
    } else {
        GeneralName::smtp_utf8_mailbox(address)
    })
}

/// Shows a request in words, and whether its signature proves possession of its key.
pub fn show(words: &Show) -> Result<(), Failure> {
    let content = files::read(&words.file)?;
    let place = words.file.display();
    let request = CertificationRequest::from_pem_or_der(&content).map_err(|error| {
        Failure::because(format!("{place} is not a certificate request"), &error)
    })?;
    let proof = request.verify(&AwsLc);
    show::print(
        "certificate request",
        &view::request_fields(&request),
        words.json,
    )?;
    proof.map_err(|error| {
        Failure::because(place, &error).hint("make the request again with the key that it is for")
    })
}
