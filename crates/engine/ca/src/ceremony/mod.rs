//! The ceremony: makes the keys and certificates of an environment's authorities, once.

mod record;

use std::sync::Arc;

use chancery_audit::{Act, Actor, Object};
use chancery_keys::{EntropyError, HomedKey, KeyAlgorithm, KeyHomeError, Signer, random_id};
use chancery_profile::SubjectData;
use chancery_store::{Batch, CommitError, ReadError, Timestamp, args};
use chancery_x509::{Certificate, ParseError, PublicKeyInfo};
use serde_json::json;

pub use record::{CeremonyRecord, MadeAuthority, ceremony_records};

use crate::{
    CaConfig, MintError, Purpose, authority,
    context::{Context, SHARD},
    mint::{Blank, IssuerKey, mint},
    record::{NewRow, insert, issuer_text},
};

/// One authority to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorityPlan {
    /// Its common name.
    pub name: String,
    /// Its key.
    pub key: KeyAlgorithm,
    /// Years of its validity.
    pub years: u32,
}

/// What the ceremony makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CeremonyPlan {
    /// Organisation in every authority's name.
    pub organization: String,
    /// Its country, two capital letters (ISO 3166-1).
    pub country: String,
    /// The root.
    pub root: AuthorityPlan,
    /// The issuing authorities, at most one a purpose, and none for [`Purpose::Root`].
    pub issuing: Vec<(Purpose, AuthorityPlan)>,
}

/// The ceremony was not held. Keys that it may have left behind are set aside when it is held again.
#[derive(Debug, thiserror::Error)]
pub enum CeremonyError {
    /// There are authorities already.
    #[error("this environment has authorities already")]
    AlreadyHeld,
    /// Two issuing authorities of one purpose, or a second root.
    #[error("the plan has more than one authority for the purpose {purpose}")]
    Repeated {
        /// The purpose.
        purpose: Purpose,
    },
    /// A profile is missing.
    #[error("there is no profile named {profile}")]
    NoProfile {
        /// Its name.
        profile: &'static str,
    },
    /// A key was not made in its place.
    #[error("a key was not made")]
    Key(#[from] KeyHomeError),
    /// The thread that made a key ended before it answered.
    #[error("the thread that makes keys ended before it answered")]
    Lost,
    /// A public key could not be read back.
    #[error("a public key could not be read back")]
    PublicKey(#[from] ParseError),
    /// The certificate of an authority was not made.
    #[error("the certificate of {name} was not made")]
    Mint {
        /// Common name of the authority.
        name: String,
        /// Why.
        #[source]
        source: MintError,
    },
    /// There was no random identifier.
    #[error("an identifier could not be made")]
    Entropy(#[from] EntropyError),
    /// The database did not answer.
    #[error("the records could not be read")]
    Read(#[from] ReadError),
    /// The database did not take the authorities.
    #[error("the authorities could not be recorded")]
    Commit(#[from] CommitError),
}

/// Makes root and issuing authorities with their keys, all or none, and keeps the record.
pub async fn ceremony(
    plan: &CeremonyPlan,
    config: CaConfig,
    actor: &Actor,
    now: Timestamp,
) -> Result<CeremonyRecord, CeremonyError> {
    if !authority::rows(&config.store).await?.is_empty() {
        return Err(CeremonyError::AlreadyHeld);
    }
    for (index, (purpose, _)) in plan.issuing.iter().enumerate() {
        let before = plan.issuing.iter().take(index);
        if *purpose == Purpose::Root || before.into_iter().any(|(other, _)| other == purpose) {
            return Err(CeremonyError::Repeated { purpose: *purpose });
        }
    }
    let context = Context::open(config, now).await?;
    let root = make(&context, plan, Purpose::Root, &plan.root, None, now).await?;
    let mut made = Vec::new();
    for (purpose, authority) in &plan.issuing {
        made.push(make(&context, plan, *purpose, authority, Some(&root), now).await?);
    }
    made.insert(0, root);
    commit(&context, made, actor, now).await
}

/// A key and certificate that are not yet recorded.
struct Made {
    purpose: Purpose,
    slug: String,
    name: String,
    key: KeyAlgorithm,
    place: String,
    parent: Option<String>,
    certificate: Certificate,
    signer: Arc<dyn Signer>,
}

async fn make(
    context: &Context,
    plan: &CeremonyPlan,
    purpose: Purpose,
    authority: &AuthorityPlan,
    parent: Option<&Made>,
    now: Timestamp,
) -> Result<Made, CeremonyError> {
    let name = purpose.profile();
    let profile = context
        .profiles
        .get(name)
        .ok_or(CeremonyError::NoProfile { profile: name })?;
    // The generation of the key, not of anything that could be renamed.
    let slug = format!("{purpose}-g1");
    let HomedKey { signer, place } = new_key(context, &slug, authority.key).await?;
    let issuer = match parent {
        Some(parent) => IssuerKey {
            slug: &parent.slug,
            certificate: Some(&parent.certificate),
            signer: &parent.signer,
        },
        None => IssuerKey {
            slug: &slug,
            certificate: None,
            signer: &signer,
        },
    };
    let not_before = now.as_secs();
    let days = i64::from(authority.years) * 365 + i64::from(authority.years / 4);
    let not_after = not_before + days * 86_400 - 1;
    let ends = parent.map_or(not_after, |parent| parent.certificate.not_after());
    let blank = Blank {
        profile,
        subject: &SubjectData {
            common_name: Some(authority.name.clone()),
            organization: Some(plan.organization.clone()),
            country: Some(plan.country.clone()),
            ..SubjectData::default()
        },
        public_key: &PublicKeyInfo::from_der(signer.public_key())?,
        not_before,
        not_after: not_after.min(ends),
    };
    let certificate =
        mint(context, issuer, blank, now)
            .await
            .map_err(|source| CeremonyError::Mint {
                name: authority.name.clone(),
                source,
            })?;
    Ok(Made {
        purpose,
        slug,
        name: authority.name.clone(),
        key: authority.key,
        place,
        parent: parent.map(|parent| parent.slug.clone()),
        certificate,
        signer,
    })
}

/// Makes a key under `slug`, off the async threads: RSA takes seconds, and files are synced. A key of that name is of a
/// ceremony that did not come to its end, most likely: but the records that would tell are not in this database, and
/// whoever named the wrong one must not lose an authority by it, so it is set aside.
async fn new_key(
    context: &Context,
    slug: &str,
    algorithm: KeyAlgorithm,
) -> Result<HomedKey, CeremonyError> {
    let (keys, entropy) = (context.keys.clone(), Arc::clone(&context.entropy));
    let slug = slug.to_owned();
    let made =
        tokio::task::spawn_blocking(move || keys.generate(&slug, algorithm, entropy.as_ref()));
    Ok(made.await.map_err(|_| CeremonyError::Lost)??)
}

async fn commit(
    context: &Context,
    made: Vec<Made>,
    actor: &Actor,
    now: Timestamp,
) -> Result<CeremonyRecord, CeremonyError> {
    let entropy = context.entropy.as_ref();
    let id = random_id(entropy)?;
    let issued_by = issuer_text(actor);
    let mut batch = Batch::new();
    for authority in &made {
        let certificate_id = random_id(entropy)?;
        let row = NewRow {
            id: certificate_id,
            certificate: &authority.certificate,
            authority: authority.parent.as_deref().unwrap_or(&authority.slug),
            shard: SHARD,
            profile: authority.purpose.profile(),
            holder: None,
            order: None,
            owner: random_id(entropy)?,
            evidence: "ceremony",
            issued_by: &issued_by,
        };
        insert(&mut batch, &row, now);
        batch.one(
            "insert into authority (slug, name, purpose, profile, parent, certificate_id, created_at)
                values ($1, $2, $3, $4, $5, $6, $7)",
            args![
                &authority.slug,
                &authority.name,
                authority.purpose.name(),
                authority.purpose.profile(),
                authority.parent.as_ref(),
                certificate_id,
                now
            ],
        );
    }
    let record = CeremonyRecord {
        id,
        held_at: now,
        held_by: issued_by,
        status_url: context.status_url.clone(),
        authorities: made.iter().map(MadeAuthority::from).collect(),
    };
    batch.one(
        "insert into ceremony (id, held_at, record) values ($1, $2, $3)",
        args![id, now, record.to_string()],
    );
    let act = Act {
        action: "ceremony.hold",
        actor: actor.clone(),
        object: Object {
            kind: "ceremony",
            id: id.to_string(),
        },
        before: None,
        after: Some(json!({
            "authorities": record.authorities.iter().map(|made| json!({
                "slug": made.slug,
                "serial": made.serial,
                "sha256": made.fingerprint,
            })).collect::<Vec<_>>(),
        })),
        evidence: Some(chancery_keys::digest_code(&record.to_string())),
    };
    chancery_audit::record(&mut batch, entropy, &act, now)?;
    context.store.commit(batch).await?;
    Ok(record)
}
