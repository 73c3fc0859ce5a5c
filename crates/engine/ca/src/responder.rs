//! Delegated OCSP responders (RFC 6960 section 4.2.2.2): a P-256 key of short life for each authority.

use std::sync::Arc;

use chancery_audit::{Act, Actor, Object};
use chancery_keys::{
    EntropyError, GenerateKeyError, KeyAlgorithm, KeyFileError, Signer, SoftwareKey, random_id,
};
use chancery_profile::SubjectData;
use chancery_store::{Batch, CommitError, ReadError, Timestamp, args};
use chancery_x509::{AttributeKind, Certificate, ParseError, PublicKeyInfo};
use serde_json::json;

use crate::{
    Ca, MintError,
    authority::Authority,
    context::{Context, SHARD},
    mint::{Blank, mint},
    record::{self, NewRow, insert},
};

pub(crate) const PROFILE: &str = "ocsp-responder";

/// A responder was not renewed.
#[derive(Debug, thiserror::Error)]
pub enum ResponderError {
    /// The profile is missing.
    #[error("there is no profile named {PROFILE}")]
    NoProfile,
    /// A key could not be made.
    #[error("a key could not be made")]
    Generate(#[from] GenerateKeyError),
    /// The thread that made the key ended before it answered.
    #[error("the thread that makes keys ended before it answered")]
    Lost,
    /// The key could not be put into the vault or taken out.
    #[error("the key could not be put into the vault or taken out")]
    Vault(#[from] KeyFileError),
    /// The public key could not be read back.
    #[error("the public key could not be read back")]
    PublicKey(#[from] ParseError),
    /// The certificate was not made.
    #[error("the certificate was not made")]
    Mint(#[from] MintError),
    /// There was no random identifier.
    #[error("an identifier could not be made")]
    Entropy(#[from] EntropyError),
    /// The database did not answer.
    #[error("the records could not be read")]
    Read(#[from] ReadError),
    /// The database did not take the certificate.
    #[error("the certificate could not be recorded")]
    Commit(#[from] CommitError),
}

/// A responder that can sign.
pub(crate) struct Responder {
    pub key_slug: String,
    pub certificate: Certificate,
    pub signer: Arc<dyn Signer>,
}

impl Responder {
    pub(crate) fn is_valid(&self, now: Timestamp) -> bool {
        (self.certificate.not_before()..=self.certificate.not_after()).contains(&now.as_secs())
    }

    /// Renewed at half of its life, so that its certificate outlives every answer it signs.
    fn is_due(&self, now: Timestamp) -> bool {
        let (from, to) = (self.certificate.not_before(), self.certificate.not_after());
        now.as_secs() >= from + (to - from) / 2
    }
}

/// The latest responder of an authority; `None` if there is none or its key is gone: another is made then.
pub(crate) async fn stored(context: &Context, slug: &str) -> Result<Option<Responder>, ReadError> {
    let rows = context
        .store
        .rows(
            "select r.key_slug, c.der from responder r join certificate c on c.id = r.certificate_id
                where r.authority = $1 order by r.created_at desc, r.key_slug desc limit 1",
            args![slug],
        )
        .await?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    let key_slug = row.text(0)?;
    let certificate = record::certificate(row, 1)?;
    match context.vault.key(&key_slug) {
        Ok(signer) if signer.public_key() == certificate.public_key().as_der() => {
            Ok(Some(Responder {
                key_slug,
                certificate,
                signer,
            }))
        }
        _ => {
            tracing::warn!(
                authority = slug,
                key_slug,
                "the responder's key is not usable"
            );
            Ok(None)
        }
    }
}

impl Ca {
    /// Makes a new responder where there is none or it has lived half its life. Returns whether one was made.
    pub(crate) async fn refresh_responder(
        &self,
        authority: &Authority,
        now: Timestamp,
    ) -> Result<bool, ResponderError> {
        let context = self.context();
        let ends = authority.certificate.not_after();
        if now.as_secs() >= ends {
            // It certifies nobody any more, and nobody asks for what has ended.
            return Ok(false);
        }
        // None can outlive the authority, so the last one is kept to the end.
        let usable = |responder: &Arc<Responder>| {
            let is_last = responder.certificate.not_after() >= ends;
            responder.is_valid(now) && (is_last || !responder.is_due(now))
        };
        if authority.responder.get().as_ref().is_some_and(usable) {
            return Ok(false);
        }
        // Another server on the same database and vault may have been faster.
        if let Some(other) = stored(context, &authority.slug).await?.map(Arc::new)
            && usable(&other)
        {
            authority.responder.set(other);
            self.ocsp_cache().clear();
            return Ok(false);
        }
        let previous = authority.responder.get();
        let responder = self.make_responder(authority, now).await?;
        authority.responder.set(Arc::new(responder));
        self.ocsp_cache().clear();
        if let Some(previous) = previous {
            // Answers that it signed stay good without its key.
            context.vault.remove_key(&previous.key_slug)?;
        }
        Ok(true)
    }

    async fn make_responder(
        &self,
        authority: &Authority,
        now: Timestamp,
    ) -> Result<Responder, ResponderError> {
        let context = self.context();
        let entropy = context.entropy.as_ref();
        let profile = context
            .profiles
            .get(PROFILE)
            .ok_or(ResponderError::NoProfile)?;
        let id = random_id(entropy)?;
        let suffix: String = id.to_string().chars().take(8).collect();
        let key_slug = format!("ocsp-{}-{suffix}", authority.slug);
        let (vault, slug) = (Arc::clone(&context.vault), key_slug.clone());
        let signer = tokio::task::spawn_blocking(move || -> Result<_, ResponderError> {
            let key = SoftwareKey::generate(KeyAlgorithm::EcP256)?;
            vault.put_key(&slug, &key)?;
            let signer: Arc<dyn Signer> = Arc::new(key);
            Ok(signer)
        })
        .await
        .map_err(|_| ResponderError::Lost)??;
        let name = authority.certificate.subject();
        let text = |kind| name.first(kind).map(ToOwned::to_owned);
        let not_before = now.as_secs();
        let life = i64::from(profile.default_days()) * 86_400;
        let blank = Blank {
            profile,
            subject: &SubjectData {
                common_name: Some(format!("{} OCSP", authority.name)),
                organization: text(AttributeKind::OrganizationName),
                country: text(AttributeKind::CountryName),
                ..SubjectData::default()
            },
            public_key: &PublicKeyInfo::from_der(signer.public_key())?,
            not_before,
            not_after: (not_before + life - 1).min(authority.certificate.not_after()),
        };
        let certificate = mint(context, authority.issuer_key(), blank, now).await?;
        let mut batch = Batch::new();
        let row = NewRow {
            id,
            certificate: &certificate,
            authority: &authority.slug,
            shard: SHARD,
            profile: PROFILE,
            holder: None,
            order: None,
            owner: id,
            evidence: "responder of its own authority",
            issued_by: "system",
        };
        insert(&mut batch, &row, now);
        batch.one(
            "insert into responder (key_slug, authority, certificate_id, created_at) values ($1, $2, $3, $4)",
            args![&key_slug, &authority.slug, id, now],
        );
        let act = Act {
            action: "responder.renew",
            actor: Actor::System,
            object: Object {
                kind: "certificate",
                id: certificate.serial().to_hex(),
            },
            before: None,
            after: Some(json!({ "authority": authority.slug, "key": key_slug })),
            evidence: None,
        };
        chancery_audit::record(&mut batch, entropy, &act, now)?;
        context.store.commit(batch).await?;
        Ok(Responder {
            key_slug,
            certificate,
            signer,
        })
    }
}
