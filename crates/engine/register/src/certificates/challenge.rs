//! Challenges: what a certificate's key must sign to log in.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD};
use chancery_store::{Batch, FromRow, Row, RowError, Timestamp, args};

use super::{Certificates, TokenProblem};
use crate::{Fault, token};

/// A challenge can be answered for so long.
pub const CHALLENGE_LIFE: Duration = Duration::from_mins(5);

/// A challenge as it goes to the page; kept as its digest only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// 256 random bits in base64, 44 characters: what is hashed is this text, not the octets. The page sends it back with the token.
    pub nonce: String,
    /// Until when it can be answered.
    pub expires_at: Timestamp,
}

/// An open challenge, found for the visitor who asked for it.
pub(super) struct Open {
    pub(super) digest: [u8; 32],
}

struct Stored {
    visitor: Vec<u8>,
    expires_at: Timestamp,
}

impl FromRow for Stored {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            visitor: row.bytes(0)?,
            expires_at: row.time(1)?,
        })
    }
}

impl Certificates {
    /// A challenge for the visitor with this cookie ([`crate::Register::new_visitor`]); none where the cookie is none of ours. It can be
    /// answered once, within [`CHALLENGE_LIFE`], with the same cookie.
    pub async fn challenge(
        &self,
        visitor: &str,
        now: Timestamp,
    ) -> Result<Option<Challenge>, Fault> {
        match token::presented(visitor) {
            Some(visitor) => self.make_challenge(visitor, now).await.map(Some),
            None => Ok(None),
        }
    }

    /// A challenge that only who knows `bound` can answer.
    pub(super) async fn make_challenge(
        &self,
        bound: [u8; 32],
        now: Timestamp,
    ) -> Result<Challenge, Fault> {
        let octets = chancery_keys::random::<32>(self.register.entropy.as_ref())?;
        let nonce = STANDARD.encode(octets);
        let expires_at = now.plus(CHALLENGE_LIFE);
        let mut batch = Batch::new();
        batch.one(
            "insert into register_challenges (digest, visitor, expires_at) values ($1, $2, $3)",
            args![chancery_keys::digest_code(&nonce), bound, expires_at],
        );
        self.register.store.commit(batch).await?;
        Ok(Challenge { nonce, expires_at })
    }

    /// Finds the challenge that the visitor answers. It stays until it is spent.
    pub(super) async fn open_challenge(
        &self,
        visitor: &str,
        nonce: &str,
        now: Timestamp,
    ) -> Result<Result<Open, TokenProblem>, Fault> {
        match token::presented(visitor) {
            Some(visitor) => self.find_challenge(visitor, nonce, now).await,
            None => Ok(Err(TokenProblem::OtherVisitor)),
        }
    }

    /// Finds a challenge of [`Self::make_challenge`].
    pub(super) async fn find_challenge(
        &self,
        bound: [u8; 32],
        nonce: &str,
        now: Timestamp,
    ) -> Result<Result<Open, TokenProblem>, Fault> {
        let digest = chancery_keys::digest_code(nonce);
        let stored: Option<Stored> = self
            .register
            .store
            .first(
                "select visitor, expires_at from register_challenges where digest = $1",
                args![digest],
            )
            .await?;
        Ok(match stored {
            None => Err(TokenProblem::NoChallenge),
            Some(stored) if stored.visitor != bound => Err(TokenProblem::OtherVisitor),
            Some(stored) if stored.expires_at <= now => Err(TokenProblem::Late),
            Some(_) => Ok(Open { digest }),
        })
    }
}

/// Spends a challenge: of several batches that do, one is committed.
pub(super) fn spend(batch: &mut Batch, open: &Open, now: Timestamp) {
    batch.one(
        "delete from register_challenges where digest = $1 and expires_at > $2",
        args![open.digest, now],
    );
}
