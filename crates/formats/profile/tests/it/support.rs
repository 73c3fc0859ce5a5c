//! Subjects, keys and authorities that the tests share.

use chancery_keys::{AwsLc, KeyAlgorithm, Signer, SoftwareKey};
use chancery_profile::{
    Finding, Issuer, Linted, PrepareError, Prepared, Profile, Profiles, SubjectData, Wanted, lint,
};
use chancery_x509::{Certificate, PublicKeyInfo, SerialNumber};

/// 2026-11-20T00:00:00Z
pub const NOW: i64 = 1_795_132_800;
pub const DAY: i64 = 86_400;
pub const STATUS_URL: &str = "http://pki.chancery-demo.com";

/// An authority with its key.
pub struct Authority {
    pub key: SoftwareKey,
    pub certificate: Certificate,
    pub slug: &'static str,
}

/// A root and the two issuing authorities below it.
pub struct Hierarchy {
    pub profiles: Profiles,
    pub root: Authority,
    pub smime: Authority,
    pub tls: Authority,
    pub device: Authority,
}

pub fn serial(last: u8) -> SerialNumber {
    let mut octets = [0x5a; 20];
    octets[0] = 1;
    octets[19] = last;
    SerialNumber::new(&octets).unwrap()
}

pub fn key(algorithm: KeyAlgorithm) -> SoftwareKey {
    SoftwareKey::generate(algorithm).unwrap()
}

pub fn public(key: &SoftwareKey) -> PublicKeyInfo {
    PublicKeyInfo::from_der(key.public_key()).unwrap()
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "every field that takes it is optional"
)]
pub fn text(value: &str) -> Option<String> {
    Some(value.to_owned())
}

pub fn authority_subject(name: &str) -> SubjectData {
    SubjectData {
        common_name: text(name),
        organization: text("Chancery Demo s.r.o."),
        country: text("CZ"),
        ..SubjectData::default()
    }
}

pub fn mailbox() -> SubjectData {
    SubjectData {
        common_name: text("jana.novakova@chancery-demo.com"),
        emails: vec!["jana.novakova@chancery-demo.com".to_owned()],
        email_in_subject: true,
        ..SubjectData::default()
    }
}

pub fn organization() -> SubjectData {
    SubjectData {
        common_name: text("Mlýn na řece s.r.o."),
        organization: text("Mlýn na řece s.r.o."),
        organization_identifier: text("NTRCZ-27074358"),
        organizational_units: vec!["Pekárna u mlýna s.r.o.".to_owned()],
        country: text("CZ"),
        state: text("Středočeský kraj"),
        locality: text("Kolín"),
        street: text("Mlýnská 12"),
        postal_code: text("280 02"),
        emails: vec!["podatelna@chancery-demo.com".to_owned()],
        ..SubjectData::default()
    }
}

pub fn sponsor() -> SubjectData {
    SubjectData {
        common_name: text("Jana Nováková"),
        given_name: text("Jana"),
        surname: text("Nováková"),
        serial_number: text("P-0001-7"),
        emails: vec![
            "jana.novakova@chancery-demo.com".to_owned(),
            "jana@chancery-demo.com".to_owned(),
        ],
        ..organization()
    }
}

pub fn individual() -> SubjectData {
    SubjectData {
        organization: None,
        organization_identifier: None,
        organizational_units: Vec::new(),
        ..sponsor()
    }
}

pub fn device() -> SubjectData {
    SubjectData {
        common_name: text("Device 0f1e2d3c"),
        serial_number: text("0f1e2d3c4b5a69788796a5b4c3d2e1f0"),
        ..SubjectData::default()
    }
}

pub fn server() -> SubjectData {
    SubjectData {
        common_name: text("portal.chancery-demo.com"),
        organization: text("Chancery Demo s.r.o."),
        country: text("CZ"),
        dns_names: vec!["portal.chancery-demo.com".to_owned()],
        ip_addresses: vec!["192.0.2.1".parse().unwrap(), "2001:db8::1".parse().unwrap()],
        ..SubjectData::default()
    }
}

/// Everything about the certificate but its issuer.
pub fn wanted<'a>(
    subject: &'a SubjectData,
    public_key: &'a PublicKeyInfo,
    days: i64,
) -> Wanted<'a> {
    Wanted {
        subject,
        public_key,
        serial: serial(7),
        not_before: NOW,
        not_after: NOW + days * DAY - 1,
    }
}

impl Authority {
    pub fn issuer(&self) -> Issuer<'_> {
        Issuer {
            certificate: Some(&self.certificate),
            signature: self.key.algorithm(),
            status_url: STATUS_URL,
            slug: self.slug,
            shard: 3,
        }
    }

    fn below(profile: &Profile, slug: &'static str, above: &Self, key: SoftwareKey) -> Self {
        let subject = authority_subject("Chancery Demo Issuing");
        let public_key = public(&key);
        let prepared = profile
            .prepare(
                &above.issuer(),
                &wanted(&subject, &public_key, 3650),
                &AwsLc,
            )
            .unwrap();
        let certificate = sign(clean(prepared), &above.key);
        Self {
            key,
            certificate,
            slug,
        }
    }
}

/// The token of a preparation that must pass.
pub fn clean(prepared: Prepared) -> Linted {
    let linted = lint(prepared, &AwsLc).unwrap_or_else(|findings| panic!("{}", listing(&findings)));
    assert!(
        linted.warnings().is_empty(),
        "{}",
        listing(linted.warnings())
    );
    linted
}

pub fn sign(linted: Linted, key: &SoftwareKey) -> Certificate {
    let signature = key.sign(linted.tbs_der()).unwrap();
    linted.finish(&signature).unwrap()
}

/// All findings, whether they refuse or not.
pub fn findings(prepared: Prepared) -> Vec<Finding> {
    match lint(prepared, &AwsLc) {
        Ok(linted) => linted.warnings().to_vec(),
        Err(findings) => findings,
    }
}

pub fn listing(findings: &[Finding]) -> String {
    findings
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

impl Hierarchy {
    /// With keys of this kind for all authorities.
    pub fn new(algorithm: KeyAlgorithm) -> Self {
        let profiles = Profiles::standard().unwrap();
        let root = root(&profiles, key(algorithm));
        let below = |profile, slug| {
            Authority::below(profiles.get(profile).unwrap(), slug, &root, key(algorithm))
        };
        let smime = below("issuing-smime", "smime-1");
        let tls = below("issuing-tls", "tls-1");
        let device = below("issuing-device", "device-1");
        Self {
            profiles,
            root,
            smime,
            tls,
            device,
        }
    }

    /// The authority that issues certificates of this profile here.
    pub fn issuer_of(&self, profile: &str) -> Issuer<'_> {
        match profile {
            "root" => Issuer {
                certificate: None,
                ..self.root.issuer()
            },
            "issuing-smime" | "issuing-tls" | "issuing-device" => self.root.issuer(),
            "tls-server" => self.tls.issuer(),
            "device" => self.device.issuer(),
            _ => self.smime.issuer(),
        }
    }

    pub fn prepare(
        &self,
        profile: &str,
        subject: &SubjectData,
        public_key: &PublicKeyInfo,
    ) -> Result<Prepared, PrepareError> {
        let profile = self.profiles.get(profile).unwrap();
        let wanted = wanted(subject, public_key, i64::from(profile.default_days()));
        profile.prepare(&self.issuer_of(profile.name()), &wanted, &AwsLc)
    }
}

impl Hierarchy {
    /// Below an authority that the profile does not name.
    pub fn prepare_below(
        &self,
        above: &Authority,
        profile: &str,
        subject: &SubjectData,
        public_key: &PublicKeyInfo,
    ) -> Result<Prepared, PrepareError> {
        let profile = self.profiles.get(profile).unwrap();
        profile.prepare(&above.issuer(), &wanted(subject, public_key, 30), &AwsLc)
    }
}

fn root(profiles: &Profiles, key: SoftwareKey) -> Authority {
    let subject = authority_subject("Chancery Demo Root");
    let public_key = public(&key);
    let issuer = Issuer {
        certificate: None,
        signature: key.algorithm(),
        status_url: STATUS_URL,
        slug: "root-1",
        shard: 0,
    };
    let prepared = profiles
        .get("root")
        .unwrap()
        .prepare(&issuer, &wanted(&subject, &public_key, 7305), &AwsLc)
        .unwrap();
    let certificate = sign(clean(prepared), &key);
    Authority {
        key,
        certificate,
        slug: "root-1",
    }
}
