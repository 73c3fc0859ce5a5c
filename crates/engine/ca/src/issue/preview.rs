//! What a certificate would look like.

use chancery_profile::Finding;
use chancery_store::Timestamp;
use chancery_x509::{
    Name, PublicKeyKind, TbsCertificate, extension::ExtensionValue, extension::SubjectAltName,
};

use crate::{
    IssueError,
    authority::Authority,
    context::Context,
    mint::{self, Blank},
    serial::sample,
};

/// A certificate that could be issued, as it would stand but for its serial number.
#[derive(Clone, Debug)]
pub struct Preview {
    /// Slug of the authority that would issue it.
    pub authority: String,
    /// The subject.
    pub subject: Name,
    /// E-mail addresses of the subject alternative name.
    pub emails: Vec<String>,
    /// Kind and size of the key.
    pub key: PublicKeyKind,
    /// First moment of validity, if it were issued now.
    pub not_before: Timestamp,
    /// Last moment of validity.
    pub not_after: Timestamp,
    /// All of what would be signed.
    pub tbs: TbsCertificate,
    /// What the lints remarked without objecting.
    pub warnings: Vec<Finding>,
}

pub(super) fn prepare(
    context: &Context,
    authority: &Authority,
    blank: Blank<'_>,
) -> Result<Preview, IssueError> {
    let linted = mint::prepare(
        context,
        authority.issuer_key(),
        blank,
        sample().map_err(IssueError::Serial)?,
    )?;
    let tbs = TbsCertificate::from_der(linted.tbs_der()).map_err(IssueError::Preview)?;
    let names = SubjectAltName::find(&tbs.extensions).map_err(IssueError::Preview)?;
    Ok(Preview {
        authority: authority.slug.clone(),
        subject: tbs.subject.clone(),
        emails: names
            .iter()
            .flat_map(SubjectAltName::emails)
            .map(ToOwned::to_owned)
            .collect(),
        key: tbs.subject_public_key.kind(),
        not_before: Timestamp::from_secs(tbs.not_before),
        not_after: Timestamp::from_secs(tbs.not_after),
        tbs,
        warnings: linted.warnings().to_vec(),
    })
}
