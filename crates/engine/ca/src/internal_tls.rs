//! The server's own TLS certificate, from its own authority.

use std::net::IpAddr;

use chancery_audit::Actor;
use chancery_keys::{
    EntropyError, GenerateKeyError, KeyAlgorithm, SignError, Signer, SoftwareKey, random_id,
};
use chancery_profile::SubjectData;
use chancery_store::{Id, Timestamp};
use chancery_x509::{Certificate, ParseError, PublicKeyInfo};
use zeroize::Zeroizing;

use crate::{
    Ca, IssueError,
    issue::{Commit, no_more},
};

const PROFILE: &str = "tls-server";

/// A key and its certificates, as rustls wants them.
pub struct InternalTls {
    /// Row identifier of the certificate.
    pub id: Id,
    /// The key as PKCS#8 in DER.
    pub key: Zeroizing<Vec<u8>>,
    /// The certificate and its issuing authorities, without the root.
    pub chain: Vec<Certificate>,
    /// The root, for those who are to trust it.
    pub root: Option<Certificate>,
    /// When the next should be in place: at two thirds of its life.
    pub renew_at: Timestamp,
    /// When it ends.
    pub not_after: Timestamp,
}

impl std::fmt::Debug for InternalTls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("InternalTls")
            .field("id", &self.id)
            .field("not_after", &self.not_after)
            .finish_non_exhaustive()
    }
}

/// The server's certificate was not issued.
#[derive(Debug, thiserror::Error)]
pub enum InternalTlsError {
    /// No name was given.
    #[error("a server certificate needs a name or address")]
    NoNames,
    /// The key could not be made.
    #[error("a key could not be made")]
    Generate(#[from] GenerateKeyError),
    /// The key could not be exported.
    #[error("the key could not be exported")]
    Export(#[source] SignError),
    /// The public key could not be read back.
    #[error("the public key could not be read back")]
    PublicKey(#[from] ParseError),
    /// There was no random identifier.
    #[error("an identifier could not be made")]
    Entropy(#[from] EntropyError),
    /// The certificate was not issued.
    #[error("the certificate was not issued")]
    Issue(#[from] IssueError),
}

impl Ca {
    /// Makes a P-256 key and issues a certificate for it under the profile `tls-server`, for these host names
    /// and addresses. The key is kept nowhere: whoever calls holds it in memory and asks again after a restart.
    pub async fn issue_internal_tls(
        &self,
        names: &[String],
        now: Timestamp,
    ) -> Result<InternalTls, InternalTlsError> {
        let mut subject = SubjectData::default();
        for name in names {
            match name.parse::<IpAddr>() {
                Ok(address) => subject.ip_addresses.push(address),
                Err(_) => subject.dns_names.push(name.clone()),
            }
        }
        if names.is_empty() {
            return Err(InternalTlsError::NoNames);
        }
        subject.common_name = subject.dns_names.first().cloned();
        let key = SoftwareKey::generate(KeyAlgorithm::EcP256)?;
        let public_key = PublicKeyInfo::from_der(key.public_key())?;
        let decided = self.decide_longest(PROFILE, now).await?;
        let commit = Commit {
            owner: random_id(self.context().entropy.as_ref())?,
            holder: None,
            order: None,
            actor: &Actor::System,
            evidence: "this server",
            evidence_digest: None,
            also: no_more(),
        };
        let issued = self
            .commit(&decided, &subject, &public_key, commit, now)
            .await?;
        let not_after = issued.certificate.not_after();
        let life = not_after - now.as_secs();
        let mut chain = vec![issued.certificate];
        chain.extend(issued.chain);
        let is_root = |last: &Certificate| last.issuer() == last.subject();
        let root = if chain.last().is_some_and(is_root) {
            chain.pop()
        } else {
            None
        };
        Ok(InternalTls {
            id: issued.id,
            key: key.to_pkcs8().map_err(InternalTlsError::Export)?,
            chain,
            root,
            renew_at: Timestamp::from_secs(now.as_secs() + life / 3 * 2),
            not_after: Timestamp::from_secs(not_after),
        })
    }
}
