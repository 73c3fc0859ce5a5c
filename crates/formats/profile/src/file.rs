//! The profile file as it is written: serde types with the place of each value, so that an error can point at it.

use serde::Deserialize;
use toml::Spanned;

use crate::usage::KeyUsageBit;
use crate::{Generation, Presence, SmimeType, SubjectAttribute};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ProfileFile {
    pub kind: Spanned<KindName>,
    pub summary: Spanned<String>,
    pub issued_by: Spanned<Vec<Spanned<String>>>,
    pub smime: Option<Spanned<SmimeSection>>,
    pub validity: ValiditySection,
    pub key: Spanned<KeySection>,
    pub subject: SubjectSection,
    pub extensions: Spanned<ExtensionsSection>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum KindName {
    Root,
    Issuing,
    OcspResponder,
    TlsServer,
    Device,
    Smime,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct SmimeSection {
    #[serde(rename = "type")]
    pub subject_type: SmimeType,
    pub generation: Spanned<Generation>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ValiditySection {
    pub default_days: Spanned<u32>,
    pub maximum_days: Spanned<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct KeySection {
    pub rsa_bits: Option<Spanned<BitRange>>,
    #[serde(default)]
    pub curves: Vec<Curve>,
    #[serde(default)]
    pub ed25519: bool,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BitRange {
    pub minimum: u32,
    pub maximum: u32,
}

/// A NIST curve (FIPS 186-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Curve {
    /// P-256, `secp256r1`
    P256,
    /// P-384, `secp384r1`
    P384,
    /// P-521, `secp521r1`
    P521,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SubjectSection {
    pub attributes: Spanned<Vec<Spanned<SubjectEntry>>>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SubjectEntry {
    pub name: SubjectAttribute,
    pub presence: Presence,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ExtensionsSection {
    pub basic_constraints: Option<Spanned<BasicConstraintsEntry>>,
    pub key_usage: Spanned<KeyUsageSection>,
    #[serde(default)]
    pub extended_key_usage: Option<Spanned<Vec<Spanned<String>>>>,
    #[serde(default)]
    pub certificate_policies: Option<Spanned<Vec<Spanned<String>>>>,
    #[serde(default)]
    pub subject_alt_name: Option<Spanned<Vec<AltNameKind>>>,
    #[serde(default)]
    pub crl_distribution_point: Option<Spanned<bool>>,
    #[serde(default)]
    pub authority_info_access: Option<Spanned<Vec<AccessEntry>>>,
    #[serde(default)]
    pub ocsp_no_check: Option<Spanned<bool>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct BasicConstraintsEntry {
    pub ca: bool,
    pub path_length: Option<u8>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeyUsageSection {
    #[serde(default)]
    pub rsa: Option<Spanned<Vec<KeyUsageBit>>>,
    #[serde(default)]
    pub ec: Option<Spanned<Vec<KeyUsageBit>>>,
    #[serde(default)]
    pub ed25519: Option<Spanned<Vec<KeyUsageBit>>>,
}

/// What kinds of name the subject alternative name holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AltNameKind {
    /// `rfc822Name`: the e-mail addresses.
    Email,
    /// `dNSName`: the host names.
    Dns,
    /// `iPAddress`: the addresses.
    Ip,
}

/// Which addresses of the issuing authority the certificate carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccessEntry {
    /// The OCSP responder, `{status_url}/ocsp`.
    Ocsp,
    /// The issuing authority's certificate, `{status_url}/issuer/{slug}.cer`.
    CaIssuers,
}
