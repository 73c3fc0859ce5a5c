//! The profiles of an environment, checked together.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::error::SetError;
use crate::usage::{ANY_POLICY, purpose_name};
use crate::{Kind, Profile, defaults};

/// The profiles of an environment by name.
#[derive(Clone, Debug)]
pub struct Profiles {
    by_name: BTreeMap<String, Arc<Profile>>,
}

/// The names under which an authority looks for its own profiles, and the kind that each must have.
const WELL_KNOWN: [(&str, &str); 7] = [
    ("root", "root"),
    ("issuing-smime", "issuing"),
    ("issuing-tls", "issuing"),
    ("issuing-device", "issuing"),
    ("device", "device"),
    ("ocsp-responder", "ocsp-responder"),
    ("tls-server", "tls-server"),
];

impl Profiles {
    /// The profiles that come with the product.
    pub fn standard() -> Result<Self, SetError> {
        Self::with_overrides(std::iter::empty::<(String, String)>())
    }

    /// The profiles that come with the product, each replaced by the file of the same name where there is one, and
    /// added to by files with other names. The pairs are the name without `.toml` and the text.
    pub fn with_overrides<N, T>(
        overrides: impl IntoIterator<Item = (N, T)>,
    ) -> Result<Self, SetError>
    where
        N: Into<String>,
        T: Into<String>,
    {
        let mut files: BTreeMap<String, String> = defaults()
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect();
        files.extend(
            overrides
                .into_iter()
                .map(|(name, text)| (name.into(), text.into())),
        );
        let profiles = files
            .iter()
            .map(|(name, text)| Profile::from_toml(name, text))
            .collect::<Result<Vec<_>, _>>()?;
        Self::new(profiles)
    }

    /// A set of profiles; refused unless they fit together.
    pub fn new(profiles: impl IntoIterator<Item = Profile>) -> Result<Self, SetError> {
        let mut by_name = BTreeMap::new();
        for profile in profiles {
            let name = profile.name.clone();
            if by_name.insert(name.clone(), Arc::new(profile)).is_some() {
                return Err(SetError::Duplicate { name });
            }
        }
        let set = Self { by_name };
        set.check_well_known()?;
        for profile in set.by_name.values() {
            set.check_issuers(profile)?;
        }
        Ok(set)
    }

    /// The profile with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Arc<Profile>> {
        self.by_name.get(name)
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Profile>> {
        self.by_name.values()
    }

    fn check_well_known(&self) -> Result<(), SetError> {
        for (name, expected) in WELL_KNOWN {
            let profile = self.get(name).ok_or(SetError::Missing { name })?;
            let found = profile.kind.name();
            if found != expected {
                return Err(SetError::WrongKind {
                    name: name.to_owned(),
                    expected,
                    found,
                });
            }
        }
        Ok(())
    }

    fn check_issuers(&self, profile: &Profile) -> Result<(), SetError> {
        for issued_by in &profile.issued_by {
            let Some(issuer) = self.get(&issued_by.name) else {
                let known: Vec<&str> = self
                    .iter()
                    .filter(|known| known.kind.is_authority())
                    .map(|known| known.name.as_str())
                    .collect();
                return Err(SetError::UnknownIssuer {
                    profile: profile.name.clone(),
                    line: issued_by.line,
                    column: issued_by.column,
                    issuer: issued_by.name.clone(),
                    known: known.join(", "),
                });
            };
            if !issuer.kind.is_authority() {
                return Err(SetError::NotAnAuthority {
                    profile: profile.name.clone(),
                    line: issued_by.line,
                    column: issued_by.column,
                    issuer: issuer.name.clone(),
                    kind: issuer.kind.name(),
                });
            }
            // Roots name no purposes and so limit none. A delegated responder is accepted for the purpose of its
            // own certificate alone: its issuer need not carry OCSPSigning (RFC 6960 section 4.2.2.2).
            if issuer.kind == Kind::Root || profile.kind == Kind::OcspResponder {
                continue;
            }
            let refuse = |beyond: String| SetError::BeyondIssuer {
                profile: profile.name.clone(),
                line: issued_by.line,
                column: issued_by.column,
                beyond,
                issuer: issuer.name.clone(),
            };
            let (own, issuer_rules) = (&profile.extensions, &issuer.extensions);
            if let Some(purpose) = own
                .purposes
                .iter()
                .find(|purpose| !issuer_rules.purposes.contains(purpose))
            {
                return Err(refuse(format!(
                    "the key purpose {}",
                    purpose_name(*purpose)
                )));
            }
            if !issuer_rules.policies.contains(&ANY_POLICY)
                && let Some(policy) = own
                    .policies
                    .iter()
                    .find(|policy| !issuer_rules.policies.contains(policy))
            {
                return Err(refuse(format!("the policy {policy}")));
            }
        }
        Ok(())
    }
}
