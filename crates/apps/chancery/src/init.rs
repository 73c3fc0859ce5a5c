//! `chancery init`: an environment from nothing.

use chancery_audit::Actor;
use chancery_ca::{AuthorityPlan, CeremonyError, CeremonyPlan, ceremony, ceremony_records};
use chancery_keys::{SystemEntropy, random};
use chancery_x509::hex;
use secrecy::SecretString;

use crate::{
    cli::Init,
    config::{self, Authority, Config},
    datadir::DataDir,
    environment::Foundation,
    failure::Failure,
    files, os, token,
};

/// Makes an environment and says what was made.
pub fn run(words: &Init) -> Result<(), Failure> {
    let dir = DataDir::named_by(&words.dir);
    let text = match &words.config {
        Some(file) => files::read_text(file)?,
        None => config::DEFAULT.to_owned(),
    };
    let place = words.config.as_deref().map_or_else(
        || "chancery.toml".to_owned(),
        |file| file.display().to_string(),
    );
    let text = with_keys(words, &place, text)?;
    dir.named(Config::parse(&place, &text)?)?;
    dir.create()?;
    let _lock = dir.lock()?;
    if dir.is_initialised() {
        return Err(Failure::new(format!(
            "{} holds an environment already",
            dir.path().display()
        ))
        .hint("serve it, or choose another directory with --data"));
    }
    let passphrase = match &words.dir.passphrase_file {
        Some(file) => files::first_line(file)?,
        None => own_passphrase(&dir)?,
    };
    let actor = Actor::Operator {
        user: os::user_name(),
    };
    let record = os::runtime()?.block_on(make(&dir, &text, &passphrase, &actor))?;

    let mut told = format!(
        "{record}\nThe environment is in {}.\n",
        dir.path().display()
    );
    if words.dir.passphrase_file.is_none() {
        told.push_str(&format!(
            "Its passphrase is in {}: in production keep it elsewhere and name it with --passphrase-file.\n",
            dir.passphrase().display()
        ));
    }
    told.push_str(&format!(
        "Next: chancery user add --data {}{} --role ra-officer --email …\n",
        dir.path().display(),
        words
            .dir
            .passphrase_file
            .as_ref()
            .map_or_else(String::new, |file| format!(
                " --passphrase-file {}",
                file.display()
            )),
    ));
    crate::commands::print(&told)
}

/// The configuration with the token that `--keys` names, and the file of its PIN unless that is a descriptor, which the
/// next start will not have.
fn with_keys(words: &Init, place: &str, mut text: String) -> Result<String, Failure> {
    let Some(uri) = &words.keys else {
        return Ok(text);
    };
    token::parse("--keys", uri)?;
    if Config::parse(place, &text)?.keys.token.is_some() {
        return Err(
            Failure::usage(format!("both --keys and {place} say where the keys are"))
                .hint("leave one of them out"),
        );
    }
    let quoted = |value: &str| toml::Value::from(value).to_string();
    text.push_str(&format!("\n[keys]\ntoken = {}\n", quoted(uri)));
    if let Some(file) = &words.dir.pin_file
        && file.is_file()
        && !file.starts_with("/dev")
        && !file.starts_with("/proc")
    {
        let file =
            std::path::absolute(file).map_err(|error| Failure::because(file.display(), &error))?;
        text.push_str(&format!("pin_file = {}\n", quoted(&file.to_string_lossy())));
    }
    Ok(text)
}

/// A passphrase in the directory itself, made once: of 256 bits, so that nobody needs to think of one.
pub fn own_passphrase(dir: &DataDir) -> Result<SecretString, Failure> {
    let file = dir.passphrase();
    if !file.exists() {
        let octets: [u8; 32] = random(&SystemEntropy)
            .map_err(|error| Failure::because("no passphrase was made", &error))?;
        files::write_secret(
            &file,
            zeroize::Zeroizing::new(hex::encode(&octets, "")).as_bytes(),
        )?;
    }
    files::first_line(&file)
}

/// Holds the ceremony and writes `chancery.toml` last, so that a directory with one is whole.
pub async fn make(
    dir: &DataDir,
    text: &str,
    passphrase: &SecretString,
    actor: &Actor,
) -> Result<String, Failure> {
    let config = dir.named(Config::parse("chancery.toml", text)?)?;
    let plan = plan(&config);
    let foundation = Foundation::open(dir, config, passphrase, true).await?;
    let held = ceremony(&plan, foundation.ca_config(), actor, os::now()).await;
    let record = match held {
        Ok(record) => record.to_string(),
        // Interrupted between the ceremony and the last line of this function: go on from there.
        Err(CeremonyError::AlreadyHeld) => kept(&foundation).await?,
        Err(error) => return Err(Failure::because("the ceremony", &error)),
    };
    let file = dir.ceremony_record();
    if !file.exists() {
        files::write_new(&file, record.as_bytes())?;
    }
    files::write_new(&dir.config_file(), text.as_bytes())?;
    Ok(record)
}

async fn kept(foundation: &Foundation) -> Result<String, Failure> {
    let records = ceremony_records(&foundation.store)
        .await
        .map_err(|error| Failure::because("the record of the ceremony", &error))?;
    let (_, record) = records
        .into_iter()
        .next()
        .ok_or_else(|| Failure::new("the database has authorities without a record"))?;
    Ok(record)
}

fn plan(config: &Config) -> CeremonyPlan {
    let authority = |authority: &Authority| AuthorityPlan {
        name: authority.name.clone(),
        key: authority.key,
        years: authority.years,
    };
    CeremonyPlan {
        organization: config.organization.name.clone(),
        country: config.organization.country.clone(),
        root: authority(&config.root),
        issuing: config
            .issuing
            .all()
            .map(|(purpose, one)| (purpose, authority(one)))
            .collect(),
    }
}
