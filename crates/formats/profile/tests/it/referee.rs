//! pkilint has nothing to say about our certificates: it is a linter that others wrote, of the same rules.

use std::path::{Path, PathBuf};
use std::process::Command;

use chancery_keys::KeyAlgorithm;
use chancery_profile::SubjectData;
use chancery_x509::Certificate;

use crate::support::{self, Authority, Hierarchy, clean, public, sign};

/// The tool from the project's own folder, where `make setup` puts it, or from the search path.
fn tool(name: &str) -> Option<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../target/tools/venv/bin")
        .join(name);
    if own.is_file() {
        return Some(own);
    }
    Command::new(name)
        .arg("--help")
        .output()
        .is_ok()
        .then(|| PathBuf::from(name))
}

/// What the tool finds at warning or above, as lines of its report; `None` where the tool is missing.
fn report(tool_name: &str, arguments: &[&str], certificate: &Certificate) -> Option<String> {
    let Some(tool) = tool(tool_name) else {
        eprintln!(
            "skipped: {tool_name} is not installed; `make setup` installs pkilint into target/tools/venv"
        );
        return None;
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("certificate.pem");
    std::fs::write(&file, certificate.to_pem()).unwrap();
    let output = Command::new(tool)
        .arg("lint")
        .args(arguments)
        .args(["-f", "csv", "-s", "WARNING"])
        .arg(&file)
        .output()
        .unwrap();
    let report = String::from_utf8(output.stdout).unwrap();
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert!(
        report.starts_with("node_path,"),
        "{tool_name} did not lint: {report}{complaint}"
    );
    let findings = report
        .lines()
        .skip(1)
        .filter(|line| !line.trim().is_empty());
    Some(findings.collect::<Vec<_>>().join("\n"))
}

fn issuer<'a>(hierarchy: &'a Hierarchy, profile: &str) -> &'a Authority {
    match profile {
        "tls-server" => &hierarchy.tls,
        "device" => &hierarchy.device,
        _ => &hierarchy.smime,
    }
}

fn issue(hierarchy: &Hierarchy, profile: &str, key: KeyAlgorithm) -> Certificate {
    let subject = match profile {
        "smime-mailbox-multipurpose" => support::mailbox(),
        "smime-organization-multipurpose" => support::organization(),
        "smime-sponsor-multipurpose" => support::sponsor(),
        "smime-individual-multipurpose" => support::individual(),
        "tls-server" => support::server(),
        "device" => support::device(),
        _ => support::authority_subject("Chancery Demo OCSP 1"),
    };
    let prepared = hierarchy
        .prepare(profile, &subject, &public(&support::key(key)))
        .unwrap();
    let issuer = issuer(hierarchy, profile);
    sign(clean(prepared), &issuer.key)
}

fn judge(tool_name: &str, arguments: &[&str], what: &str, certificate: &Certificate) {
    if let Some(report) = report(tool_name, arguments, certificate) {
        assert!(report.is_empty(), "{what}:\n{report}");
    }
}

const SMIME: [&str; 4] = [
    "smime-mailbox-multipurpose",
    "smime-organization-multipurpose",
    "smime-sponsor-multipurpose",
    "smime-individual-multipurpose",
];

#[test]
fn smime_certificates_under_curves() {
    let hierarchy = Hierarchy::new(KeyAlgorithm::EcP384);
    for profile in SMIME {
        let certificate = issue(&hierarchy, profile, KeyAlgorithm::EcP256);
        judge("lint_cabf_smime_cert", &["-d"], profile, &certificate);
    }
}

/// RSA-4096 authorities, as `init` makes them by default, and RSA keys below.
#[test]
fn smime_certificates_and_authorities_under_rsa() {
    let hierarchy = Hierarchy::new(KeyAlgorithm::Rsa4096);
    for profile in SMIME {
        let certificate = issue(&hierarchy, profile, KeyAlgorithm::Rsa2048);
        judge("lint_cabf_smime_cert", &["-d"], profile, &certificate);
    }
    judge("lint_pkix_cert", &[], "root", &hierarchy.root.certificate);
    judge(
        "lint_pkix_cert",
        &[],
        "issuing-smime",
        &hierarchy.smime.certificate,
    );
}

#[test]
fn authorities_responders_and_servers() {
    let hierarchy = Hierarchy::new(KeyAlgorithm::EcP384);
    judge("lint_pkix_cert", &[], "root", &hierarchy.root.certificate);
    judge(
        "lint_pkix_cert",
        &[],
        "issuing-smime",
        &hierarchy.smime.certificate,
    );
    judge(
        "lint_pkix_cert",
        &[],
        "issuing-tls",
        &hierarchy.tls.certificate,
    );
    judge(
        "lint_pkix_cert",
        &[],
        "issuing-device",
        &hierarchy.device.certificate,
    );
    for profile in ["ocsp-responder", "tls-server", "device"] {
        let certificate = issue(&hierarchy, profile, KeyAlgorithm::EcP256);
        judge("lint_pkix_cert", &[], profile, &certificate);
    }
    let responder = issue(&hierarchy, "ocsp-responder", KeyAlgorithm::EcP256);
    judge(
        "lint_cabf_serverauth_cert",
        &["-t", "OCSP-RESPONDER"],
        "ocsp-responder",
        &responder,
    );
}

/// What an operator may set otherwise: the strict generation, keys that only sign and keys that only decrypt.
#[test]
fn strict_and_single_use_certificates() {
    let standard = |name: &str| {
        let (_, text) = chancery_profile::defaults()
            .iter()
            .find(|(known, _)| *known == name)
            .unwrap();
        (*text).to_owned()
    };
    let strict = standard("smime-organization-multipurpose")
        .replace("generation = \"multipurpose\"", "generation = \"strict\"")
        .replace("2.23.140.1.5.2.2", "2.23.140.1.5.2.3")
        .replace("\"emailProtection\", \"clientAuth\"", "\"emailProtection\"")
        .replace(
            "  { name = \"streetAddress\", presence = \"optional\" },\n",
            "",
        )
        .replace(
            "  { name = \"postalCode\", presence = \"optional\" },\n",
            "",
        );
    let signing = standard("smime-mailbox-multipurpose")
        .replace(", \"keyEncipherment\"]", "]")
        .replace(", \"keyAgreement\"]", "]");
    let decrypting = standard("smime-mailbox-multipurpose")
        .replace("\"digitalSignature\", \"nonRepudiation\", ", "")
        .replace("\"emailProtection\", \"clientAuth\"", "\"emailProtection\"");
    let hierarchy = Hierarchy {
        profiles: chancery_profile::Profiles::with_overrides([
            ("smime-organization-strict", strict),
            ("smime-mailbox-signing", signing),
            ("smime-mailbox-decrypting", decrypting),
        ])
        .unwrap(),
        ..Hierarchy::new(KeyAlgorithm::EcP256)
    };
    let organization = SubjectData {
        street: None,
        postal_code: None,
        ..support::organization()
    };
    for (profile, subject, key) in [
        (
            "smime-organization-strict",
            &organization,
            KeyAlgorithm::EcP384,
        ),
        (
            "smime-mailbox-signing",
            &support::mailbox(),
            KeyAlgorithm::EcP256,
        ),
        (
            "smime-mailbox-decrypting",
            &support::mailbox(),
            KeyAlgorithm::Rsa3072,
        ),
    ] {
        let prepared = hierarchy
            .prepare(profile, subject, &public(&support::key(key)))
            .unwrap();
        let certificate = sign(clean(prepared), &hierarchy.smime.key);
        judge("lint_cabf_smime_cert", &["-d"], profile, &certificate);
    }
}

/// The referee is awake: a bent certificate gets a finding.
#[test]
fn the_referee_finds_what_is_wrong() {
    let hierarchy = Hierarchy::new(KeyAlgorithm::EcP256);
    let subject = support::mailbox();
    let key = public(&support::key(KeyAlgorithm::EcP256));
    let prepared = hierarchy
        .prepare("smime-mailbox-multipurpose", &subject, &key)
        .unwrap();
    let mut tbs = crate::tree::Tbs::parse(prepared.tbs_der());
    tbs.set_attribute("2.5.4.3", "Jana Nováková");
    let algorithm = chancery_x509::SignatureAlgorithm::EcdsaSha256;
    let certificate = Certificate::assemble(&tbs.0.to_der(), algorithm, &[0x30, 0]).unwrap();
    if let Some(report) = report("lint_cabf_smime_cert", &["-d"], &certificate) {
        assert!(
            report.contains("cabf.smime.common_name_value_unknown_source"),
            "{report}"
        );
    }
}

/// OpenSSL accepts the chains in its strict mode, each for the purpose that it is made for.
#[test]
fn openssl_accepts_the_chains() {
    if Command::new("openssl").arg("version").output().is_err() {
        eprintln!("skipped: openssl is not installed");
        return;
    }
    let hierarchy = Hierarchy::new(KeyAlgorithm::EcP256);
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, certificate: &Certificate| {
        let file = folder.path().join(name);
        std::fs::write(&file, certificate.to_pem()).unwrap();
        file
    };
    let root = write("root.pem", &hierarchy.root.certificate);
    for (profile, purpose) in [
        ("smime-mailbox-multipurpose", "smimesign"),
        ("smime-organization-multipurpose", "smimesign"),
        ("smime-sponsor-multipurpose", "smimeencrypt"),
        ("smime-individual-multipurpose", "sslclient"),
        ("tls-server", "sslserver"),
        ("device", "sslclient"),
        ("ocsp-responder", "ocsphelper"),
    ] {
        let above = issuer(&hierarchy, profile);
        let issuing = write("issuing.pem", &above.certificate);
        // OpenSSL wants keyEncipherment for smimeencrypt and knows no keyAgreement there: RSA, which devices do not have.
        let key = match profile {
            "device" => KeyAlgorithm::EcP256,
            _ => KeyAlgorithm::Rsa2048,
        };
        let leaf = write("leaf.pem", &issue(&hierarchy, profile, key));
        let output = Command::new("openssl")
            .args([
                "verify",
                "-x509_strict",
                "-attime",
                &(support::NOW + 60).to_string(),
                "-purpose",
                purpose,
            ])
            .arg("-CAfile")
            .arg(&root)
            .arg("-untrusted")
            .arg(&issuing)
            .arg(&leaf)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{profile} for {purpose}: {said}");
    }
}
