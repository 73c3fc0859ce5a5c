//! What a configuration may say.

use super::{Authority, Config, ListenSection, StoreSection, is_loopback_name, split_url};
use crate::failure::Failure;

/// The setting that is wrong, and what it may be.
type Problem = (String, String);

type Verdict = Result<(), Problem>;

fn wrong(setting: impl Into<String>, why: impl Into<String>) -> Verdict {
    Err((setting.into(), why.into()))
}

/// Refuses what cannot be meant; `place` names the file in errors.
pub(super) fn check(config: &Config, place: &str) -> Result<(), Failure> {
    config.time_zone()?;
    if let Some(token) = &config.keys.token {
        crate::token::parse(&format!("{place}: `keys.token`"), token)?;
    }
    appearance(config)
        .and_then(|()| addresses(config))
        .and_then(|()| authorities(config))
        .and_then(|()| sections(config))
        .and_then(|()| listeners(&config.listen))
        .map_err(|(setting, why)| Failure::new(format!("{place}: `{setting}` {why}")))
}

fn appearance(config: &Config) -> Verdict {
    if config.name.trim().is_empty() || config.name.chars().count() > 40 {
        return wrong("name", "has 1 to 40 characters");
    }
    let digits = config.colour.strip_prefix('#').unwrap_or_default();
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return wrong("colour", "is a colour such as #206bc4");
    }
    Ok(())
}

fn addresses(config: &Config) -> Verdict {
    let (public_scheme, public_host) = split_url(&config.public_url);
    match public_scheme {
        "https" if !public_host.is_empty() => {}
        "http" if is_loopback_name(public_host) => {}
        _ => {
            return wrong(
                "public_url",
                "starts with https:// (http:// only on loopback)",
            );
        }
    }
    let (status_scheme, status_host) = split_url(&config.status_url);
    if status_scheme != "http" || status_host.is_empty() {
        // S/MIME Baseline Requirements 7.1.2.3: CRL, OCSP and issuer addresses are http.
        return wrong(
            "status_url",
            "starts with http:// (relying parties fetch status over plain HTTP)",
        );
    }
    for (setting, url) in [
        ("public_url", &config.public_url),
        ("status_url", &config.status_url),
    ] {
        if has_more(url) {
            return wrong(setting, "has no final slash, query, fragment or blank");
        }
    }
    if let Some(url) = &config.certificate_url {
        let (scheme, host) = split_url(url);
        // Cookies of the session know the host, not the port.
        if scheme != "https" || host != public_host || has_more(url) {
            return wrong(
                "certificate_url",
                "starts with https://, has the host of public_url, and no final slash",
            );
        }
    }
    Ok(())
}

/// Whether an address has a final slash, or what belongs behind an address or into none.
fn has_more(url: &str) -> bool {
    url.ends_with('/') || url.contains(['?', '#', '"', '<', '>', ' '])
}

fn authorities(config: &Config) -> Verdict {
    let country = config.organization.country.as_bytes();
    if country.len() != 2 || !country.iter().all(u8::is_ascii_uppercase) {
        return wrong("organization.country", "is two capital letters, such as CZ");
    }
    authority("root", &config.root)?;
    for (purpose, issuing) in config.issuing.all() {
        authority(&format!("issuing.{purpose}"), issuing)?;
        if issuing.years > config.root.years {
            return wrong(
                "root.years",
                "is at least as long as those of the issuing authorities",
            );
        }
    }
    Ok(())
}

fn authority(setting: &str, authority: &Authority) -> Verdict {
    // X.520 upper bound of commonName: ub-common-name is 64.
    if authority.name.trim().is_empty() || authority.name.chars().count() > 64 {
        return wrong(format!("{setting}.name"), "has 1 to 64 characters");
    }
    if !(1..=30).contains(&authority.years) {
        return wrong(format!("{setting}.years"), "is 1 to 30");
    }
    Ok(())
}

fn sections(config: &Config) -> Verdict {
    if let StoreSection::Postgres { url_file, url } = &config.store
        && url_file.is_some() == url.is_some()
    {
        return wrong("store", "of kind postgres names either url_file or url");
    }
    if config.keys.token.is_none() && config.keys.pin_file.is_some() {
        return wrong(
            "keys.pin_file",
            "belongs to `keys.token`, which is not there",
        );
    }
    if config.tls.certificate.is_some() != config.tls.key.is_some() {
        return wrong("tls", "names both certificate and key, or neither");
    }
    if config.mail.host.is_some() && config.mail.from.is_none() {
        return wrong("mail.from", "is needed to send mail");
    }
    if config.mail.user.is_some() != config.mail.password_file.is_some() {
        return wrong("mail", "names both user and password_file, or neither");
    }
    config
        .ra
        .check()
        .or_else(|error| wrong(format!("ra.{}", error.setting), error.to_string()))
}

fn listeners(listen: &ListenSection) -> Verdict {
    if !(1..=300).contains(&listen.patience) {
        return wrong("listen.patience", "is 1 to 300 seconds");
    }
    if !(8..=1_000_000).contains(&listen.connections) {
        return wrong("listen.connections", "is 8 to 1000000");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chancery_keys::KeyAlgorithm;
    use chancery_ra::Policy;

    use super::{
        super::{Config, DEFAULT, StoreSection, is_loopback_name},
        Failure,
    };

    fn edited(from: &str, to: &str) -> Result<Config, Failure> {
        assert!(DEFAULT.contains(from), "the default file has {from}");
        Config::parse("chancery.toml", &DEFAULT.replace(from, to))
    }

    #[test]
    fn the_default_file_is_a_configuration() {
        let config = Config::parse("chancery.toml", DEFAULT).unwrap();
        assert!(matches!(config.store, StoreSection::Sqlite));
        assert_eq!(config.root.key, KeyAlgorithm::Rsa4096);
        // What stands there in comments is what holds without it.
        let spelled = edited("# email_evidence_days = 30", "email_evidence_days = 30").unwrap();
        assert_eq!(spelled.ra, Policy::default());
    }

    #[test]
    fn mistakes_are_named() {
        let cases = [
            ("colour = \"#206bc4\"", "colour = \"blue\"", "`colour`"),
            ("key = \"rsa:4096\"", "key = \"rsa:2048\"", "rsa:2048"),
            (
                "country = \"CZ\"",
                "country = \"cz\"",
                "`organization.country`",
            ),
            (
                "name = \"Chancery\"",
                "name = \"Chancery\"\nnmae = \"x\"",
                "nmae",
            ),
            (
                "http://pki.chancery.internal",
                "https://pki.chancery.internal",
                "`status_url`",
            ),
            (
                "https://chancery.internal",
                "http://chancery.internal",
                "`public_url`",
            ),
            ("patience = 15", "patience = 0", "`listen.patience`"),
            (
                "connections = 4096",
                "connections = 0",
                "`listen.connections`",
            ),
            (
                "# email_evidence_days = 30",
                "email_evidence_days = 60",
                "`ra.email_evidence_days`",
            ),
            (
                "# [keys]",
                "[keys]\npin_file = \"/etc/pin\"",
                "`keys.pin_file`",
            ),
            (
                "# [keys]",
                "[keys]\ntoken = \"pkcs11:token=x?pin-value=1\"",
                "`keys.token`",
            ),
        ];
        for (from, to, named) in cases {
            let message = edited(from, to).unwrap_err().to_string();
            assert!(message.contains(named), "{message}");
        }
    }

    #[test]
    fn loopback_is_recognised_by_name_and_address() {
        assert!(is_loopback_name("localhost"));
        assert!(is_loopback_name("sandbox.localhost"));
        assert!(is_loopback_name("127.0.0.1"));
        assert!(is_loopback_name("::1"));
        assert!(!is_loopback_name("localhost.example.com"));
        assert!(!is_loopback_name("10.0.0.1"));
    }
}
