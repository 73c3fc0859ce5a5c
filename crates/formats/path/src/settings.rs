//! The inputs of validation.

use chancery_x509::ObjectIdentifier;

use crate::identity::Identity;
use crate::purpose::Purpose;

/// The inputs of RFC 5280 section 6.1.1 but for path and trust anchors, and what the relying party asks for beyond it.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The time of validation, seconds since 1970.
    pub at: i64,
    /// What the certificate is to be used for.
    pub purpose: Purpose,
    /// Whom it must be made out to.
    pub identity: Option<Identity>,
    /// Certificate policies.
    pub policies: PolicyInputs,
    /// Whether revocation is looked at.
    pub revocation: Revocation,
    /// Which algorithms are good enough.
    pub algorithms: AlgorithmPolicy,
    /// Whether certificates must keep the rules for those who make them.
    pub conformance: Conformance,
    /// Whether an issuer's extKeyUsage limits what it may issue.
    pub issuers_limit_purpose: bool,
    /// Whether what a trust anchor's certificate says limits the path: RFC 5937, and its end of validity.
    pub anchors_limit_path: bool,
    /// Critical extensions that the caller processes itself.
    pub understood_extensions: Vec<ObjectIdentifier>,
    /// The work allowed.
    pub limits: Limits,
}

impl Settings {
    /// Validation at this time, seconds since 1970, for any purpose, with revocation and everything else as strict as it gets.
    #[must_use]
    pub fn at(at: i64) -> Self {
        Self {
            at,
            purpose: Purpose::Any,
            identity: None,
            policies: PolicyInputs::default(),
            revocation: Revocation::default(),
            algorithms: AlgorithmPolicy::default(),
            conformance: Conformance::Profile,
            issuers_limit_purpose: true,
            anchors_limit_path: true,
            understood_extensions: Vec::new(),
            limits: Limits::default(),
        }
    }
}

/// The policy inputs of RFC 5280 section 6.1.1 (c) and (e) to (g).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyInputs {
    /// user-initial-policy-set; none stands for anyPolicy.
    pub user_initial: Option<Vec<ObjectIdentifier>>,
    /// initial-explicit-policy.
    pub explicit: bool,
    /// initial-policy-mapping-inhibit.
    pub inhibit_mapping: bool,
    /// initial-any-policy-inhibit.
    pub inhibit_any: bool,
}

/// How revocation is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revocation {
    /// Not at all.
    Off,
    /// Every certificate must be known not to be revoked.
    Required {
        /// Seconds by which an answer's thisUpdate may lie ahead of the time of validation: clocks differ.
        skew: i64,
        /// Seconds for which an OCSP response without nextUpdate counts.
        without_next_update: i64,
    },
}

impl Default for Revocation {
    /// Required; five minutes of difference between clocks, a day for answers without nextUpdate.
    fn default() -> Self {
        Self::Required {
            skew: 300,
            without_next_update: 86_400,
        }
    }
}

/// Which algorithms are good enough for signatures on certificates, lists and responses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlgorithmPolicy {
    /// Whether SHA-1 counts in signatures; the provider must offer it too.
    pub sha1: bool,
    /// Fewest bits of an RSA key.
    pub least_rsa_bits: u32,
}

impl Default for AlgorithmPolicy {
    /// SHA-1 and RSA under 2048 bits are refused.
    fn default() -> Self {
        Self {
            sha1: false,
            least_rsa_bits: 2048,
        }
    }
}

/// Whether certificates must keep the rules for those who make them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conformance {
    /// The profile of RFC 5280 section 4 must be kept: key identifiers, criticality and the like; see [`crate::Deviation`].
    Profile,
    /// Only the algorithm of section 6 counts; for certificates of small private authorities.
    Algorithm,
}

/// The work that one validation may cost, whatever it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Signatures verified.
    pub signatures: u32,
    /// Issuers tried.
    pub steps: u32,
    /// Complete paths checked.
    pub paths: u32,
    /// Certificates in a path, trust anchor not counted.
    pub depth: u32,
    /// Names compared with constraints.
    pub name_comparisons: u32,
    /// Nodes and edges of policy graphs.
    pub policy_nodes: u32,
    /// Revocation lists looked at and names of distribution points compared with them.
    pub list_comparisons: u32,
    /// Octets of certificates, lists and responses whose signatures are verified.
    pub signed_octets: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            signatures: 256,
            steps: 20_000,
            paths: 256,
            depth: 32,
            name_comparisons: 250_000,
            policy_nodes: 50_000,
            list_comparisons: 250_000,
            signed_octets: 512 << 20,
        }
    }
}
