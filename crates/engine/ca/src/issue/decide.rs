//! What is decided before anything is signed: the authority, the validity, whose key it is.

use std::time::Duration;

use chancery_keys::digest_code;
use chancery_profile::{Kind, Profile, SubjectData};
use chancery_store::{Id, ReadError, Timestamp, args};
use chancery_x509::PublicKeyInfo;

use super::IssueError;
use crate::{
    Ca,
    authority::Authority,
    mint::{Blank, IssuerKey},
    record::key_digest,
};

/// What was decided before anything is signed.
pub(crate) struct Decided<'a> {
    pub profile: &'a Profile,
    pub authority: &'a Authority,
    not_before: i64,
    not_after: i64,
}

impl<'a> Decided<'a> {
    pub(super) fn blank(
        &self,
        subject: &'a SubjectData,
        public_key: &'a PublicKeyInfo,
    ) -> Blank<'a> {
        Blank {
            profile: self.profile,
            subject,
            public_key,
            not_before: self.not_before,
            not_after: self.not_after,
        }
    }
}

impl Ca {
    /// The names of the profiles that [`Self::issue`] takes, in alphabetical order.
    #[must_use]
    pub fn subscriber_profiles(&self) -> Vec<String> {
        let mut names: Vec<String> = self
            .context()
            .profiles
            .iter()
            .filter(|profile| is_for_subscribers(profile))
            .map(|profile| profile.name().to_owned())
            .collect();
        names.sort_unstable();
        names
    }

    /// Days of validity of such a profile when nobody asks for another number.
    #[must_use]
    pub fn default_days(&self, profile: &str) -> Option<u32> {
        Some(self.subscriber_profile(profile)?.default_days())
    }

    fn subscriber_profile(&self, name: &str) -> Option<&Profile> {
        let profile = self.context().profiles.get(name)?;
        is_for_subscribers(profile).then_some(profile)
    }

    pub(super) async fn decide<'a>(
        &'a self,
        name: &str,
        validity: Duration,
        now: Timestamp,
    ) -> Result<Decided<'a>, IssueError> {
        let (profile, authority) = self.choose(name)?;
        let not_before = now.as_secs();
        // The last second belongs to the validity (RFC 5280 section 4.1.2.5): 365 days end one second early.
        let seconds = i64::try_from(validity.as_secs()).unwrap_or(i64::MAX);
        let not_after = not_before.saturating_add(seconds).saturating_sub(1);
        if not_after <= not_before {
            return Err(IssueError::NoValidity);
        }
        self.check_authority(authority, not_before, not_after)
            .await?;
        Ok(Decided {
            profile,
            authority,
            not_before,
            not_after,
        })
    }

    /// For the profile's default validity, or what the authority has left of it.
    pub(crate) async fn decide_longest<'a>(
        &'a self,
        name: &str,
        now: Timestamp,
    ) -> Result<Decided<'a>, IssueError> {
        let (profile, authority) = self.choose(name)?;
        let not_before = now.as_secs();
        let life = i64::from(profile.default_days()) * 86_400;
        let not_after = (not_before + life - 1).min(authority.certificate.not_after());
        self.check_authority(authority, not_before, not_after)
            .await?;
        Ok(Decided {
            profile,
            authority,
            not_before,
            not_after,
        })
    }

    fn choose(&self, name: &str) -> Result<(&Profile, &Authority), IssueError> {
        let profile = self
            .subscriber_profile(name)
            .ok_or_else(|| IssueError::UnknownProfile {
                profile: name.to_owned(),
            })?;
        let authority = self
            .authority_for(profile)
            .ok_or_else(|| IssueError::NoAuthority {
                profile: name.to_owned(),
            })?;
        Ok((profile, authority))
    }

    async fn check_authority(
        &self,
        authority: &Authority,
        not_before: i64,
        not_after: i64,
    ) -> Result<(), IssueError> {
        let slug = || authority.slug.clone();
        let ends = authority.certificate.not_after();
        if ends < not_before {
            return Err(IssueError::AuthorityExpired { authority: slug() });
        }
        if ends < not_after {
            return Err(IssueError::BeyondAuthority {
                authority: slug(),
                ends_at: Timestamp::from_secs(ends),
            });
        }
        // Read, not remembered: it may have been revoked through another server on the same database.
        let revoked = self
            .context()
            .store
            .rows(
                "select 1 from certificate where id = $1 and revoked_at is not null",
                args![authority.certificate_id],
            )
            .await?;
        if revoked.is_empty() {
            Ok(())
        } else {
            Err(IssueError::AuthorityRevoked { authority: slug() })
        }
    }

    pub(super) async fn check_owner(
        &self,
        key: &PublicKeyInfo,
        owner: Id,
    ) -> Result<(), IssueError> {
        let rows = self
            .context()
            .store
            .rows(
                "select holder, compromised_at from certified_key where digest = $1",
                args![key_digest(key.as_der())],
            )
            .await?;
        let Some(row) = rows.first() else {
            return Ok(());
        };
        if row.opt_int(1).map_err(ReadError::from)?.is_some() {
            Err(IssueError::KeyCompromised)
        } else if row.id(0).map_err(ReadError::from)? == owner {
            Ok(())
        } else {
            Err(IssueError::KeyOfAnother)
        }
    }
}

fn is_for_subscribers(profile: &Profile) -> bool {
    matches!(
        profile.kind(),
        Kind::Smime { .. } | Kind::TlsServer | Kind::Device
    )
}

/// Whose key it is: the person's, or, where an operator issues without one, whoever has these addresses.
pub(super) fn owner(holder: Option<Id>, subject: &SubjectData) -> Id {
    holder.unwrap_or_else(|| {
        let mut names: Vec<String> = subject
            .emails
            .iter()
            .chain(&subject.dns_names)
            .map(|name| name.to_lowercase())
            .collect();
        names.sort_unstable();
        let digest = digest_code(&format!("owner\n{}", names.join("\n")));
        let mut octets = [0; 16];
        for (to, from) in octets.iter_mut().zip(digest) {
            *to = from;
        }
        Id::from_bytes(octets)
    })
}

impl Authority {
    pub(crate) fn issuer_key(&self) -> IssuerKey<'_> {
        IssuerKey {
            slug: &self.slug,
            certificate: Some(&self.certificate),
            signer: &self.signer,
        }
    }
}
