//! OCSP (RFC 6960, RFC 9654), signed on demand by each authority's delegated responder.

mod cache;

use std::{sync::Arc, time::Duration};

use chancery_keys::SignError;
use chancery_store::{ReadError, Timestamp, args};
use chancery_x509::{
    DigestAlgorithm, EncodeError, ParseError, SerialNumber,
    ocsp::{
        CertId, CertStatus, Request, ResponderId, ResponseData, ResponseStatus, SingleResponse,
        assemble, error_response, parse_request,
    },
};

pub(crate) use cache::OcspCache;
use cache::{Entry, Key};

use crate::{Ca, authority::Authority, record::reason_from, responder::Responder};

/// Ten hours, of the eight hours to ten days that S/MIME BR 4.9.10 allow.
const LIFE: Duration = Duration::from_hours(10);
/// Answers that live under sixteen hours are renewed by half-time (S/MIME BR 4.9.10).
const KEPT: Duration = Duration::from_hours(5);
/// How long others may keep an answer: revocation should reach them soon.
const CACHEABLE: Duration = Duration::from_mins(10);

/// An answer to an OCSP request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OcspAnswer {
    /// `OCSPResponse` in DER; an unsigned one where the request cannot be answered.
    pub der: Arc<[u8]>,
    /// For how long and as what it may be cached; `None`: not at all.
    pub cacheable: Option<Cacheable>,
}

/// What a cache needs to know of an answer (RFC 5019 section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cacheable {
    /// `thisUpdate`.
    pub this_update: Timestamp,
    /// `nextUpdate`.
    pub next_update: Timestamp,
    /// Until when it should be served without asking again.
    pub until: Timestamp,
}

/// Why a request gets an answer without signature.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error("the request is malformed")]
    Malformed(#[source] ParseError),
    #[error("no authority here issued what was asked about")]
    NotOurs,
    #[error("the authority's certificate has ended")]
    Ended,
    #[error("there is no responder certificate in its validity")]
    NoResponder,
    #[error("the status could not be read")]
    Read(#[from] ReadError),
    #[error("the answer could not be encoded")]
    Encode(#[from] EncodeError),
    #[error("the answer was not signed")]
    Sign(#[from] SignError),
}

impl Refusal {
    /// The one map to `OCSPResponseStatus` (RFC 6960 section 4.2.1).
    const fn status(&self) -> ResponseStatus {
        match self {
            // A digest that is not known here is a question about an issuer that is not known here.
            Self::Malformed(ParseError::UnknownAlgorithm { .. }) | Self::NotOurs | Self::Ended => {
                ResponseStatus::Unauthorized
            }
            Self::Malformed(_) => ResponseStatus::MalformedRequest,
            Self::NoResponder | Self::Read(_) | Self::Sign(_) => ResponseStatus::TryLater,
            Self::Encode(_) => ResponseStatus::InternalError,
        }
    }
}

impl Ca {
    /// Answers a DER `OCSPRequest`. A serial number that was never issued is `unknown`, never `good`.
    pub async fn ocsp(&self, request: &[u8], now: Timestamp) -> OcspAnswer {
        match self.answer(request, now).await {
            Ok(answer) => answer,
            Err(refusal) => {
                let status = refusal.status();
                match &refusal {
                    Refusal::Malformed(_) | Refusal::NotOurs | Refusal::Ended => {
                        tracing::debug!(?status, cause = &refusal as &dyn std::error::Error);
                    }
                    _ => tracing::error!(?status, cause = &refusal as &dyn std::error::Error),
                }
                OcspAnswer {
                    der: error_response(status).into(),
                    cacheable: None,
                }
            }
        }
    }

    async fn answer(&self, request: &[u8], now: Timestamp) -> Result<OcspAnswer, Refusal> {
        let request = parse_request(request).map_err(Refusal::Malformed)?;
        let (index, authority) = self.asked(&request).ok_or(Refusal::NotOurs)?;
        // A nonce makes an answer good for its asker only; several questions in one are rare.
        let key = match request.cert_ids.as_slice() {
            [only] if request.nonce.is_none() => Some(Key {
                digest: only.hash_algorithm(),
                serial: only.serial(),
            }),
            _ => None,
        };
        if let Some(entry) = key.and_then(|key| self.ocsp_cache().find(key, index, now)) {
            return Ok(entry.answer(now));
        }
        // Taken before the status is read: a revocation committed after that makes the answer stale before
        // it is kept.
        let generation = self.ocsp_cache().generation();
        if now.as_secs() > authority.certificate.not_after() {
            return Err(Refusal::Ended);
        }
        let responder = authority
            .responder
            .get()
            .filter(|responder| responder.is_valid(now))
            .ok_or(Refusal::NoResponder)?;
        let ends = responder.certificate.not_after();
        let next_update = now.plus(LIFE).as_secs().min(ends);
        let mut responses = Vec::with_capacity(request.cert_ids.len());
        let mut issued = true;
        for cert_id in &request.cert_ids {
            let status = self.status(authority, cert_id).await?;
            issued &= status != CertStatus::Unknown;
            responses.push(SingleResponse {
                cert_id: cert_id.clone(),
                status,
                this_update: now.as_secs(),
                next_update: Some(next_update),
            });
        }
        let der: Arc<[u8]> = self
            .sign_answer(&responder, responses, request.nonce, now)
            .await?
            .into();
        let entry = Entry {
            authority: index,
            der,
            this_update: Timestamp::from_secs(now.as_secs()),
            next_update: Timestamp::from_secs(next_update),
            kept_until: now.plus(KEPT).min(Timestamp::from_secs(next_update)),
        };
        match key {
            // Questions about numbers that were never issued must not push answers out; and such a number may
            // be issued in the next moment.
            Some(key) if issued => {
                let answer = entry.answer(now);
                self.ocsp_cache().keep(key, entry, generation);
                Ok(answer)
            }
            _ => Ok(OcspAnswer {
                der: entry.der,
                cacheable: None,
            }),
        }
    }

    /// The authority that the request is about: that of the first question known here.
    fn asked(&self, request: &Request) -> Option<(usize, &Authority)> {
        request.cert_ids.iter().find_map(|cert_id| {
            self.authorities_inner()
                .iter()
                .enumerate()
                .find(|(_, authority)| issued_by(cert_id, authority))
        })
    }

    async fn status(
        &self,
        authority: &Authority,
        cert_id: &CertId,
    ) -> Result<CertStatus, ReadError> {
        // A responder speaks for the authority that issued its certificate alone (RFC 6960 section 4.2.2.2).
        if !issued_by(cert_id, authority) {
            return Ok(CertStatus::Unknown);
        }
        let serial: SerialNumber = cert_id.serial();
        let rows = self
            .context()
            .store
            .rows(
                "select revoked_at, reason from certificate where serial = $1 and authority = $2",
                args![serial.as_bytes(), &authority.slug],
            )
            .await?;
        let Some(row) = rows.first() else {
            return Ok(CertStatus::Unknown);
        };
        Ok(match row.opt_time(0)? {
            None => CertStatus::Good,
            Some(at) => CertStatus::Revoked {
                revoked_at: at.as_secs(),
                reason: reason_from(row.opt_int(1)?),
            },
        })
    }

    async fn sign_answer(
        &self,
        responder: &Responder,
        responses: Vec<SingleResponse>,
        nonce: Option<Vec<u8>>,
        now: Timestamp,
    ) -> Result<Vec<u8>, Refusal> {
        let context = self.context();
        let data = ResponseData {
            responder_id: ResponderId::by_key(responder.certificate.public_key(), &context.crypto),
            produced_at: now.as_secs(),
            responses,
            nonce,
        }
        .to_der()?;
        let signature = context
            .pool
            .sign(Arc::clone(&responder.signer), data.clone())
            .await?;
        Ok(assemble(
            &data,
            responder.signer.algorithm(),
            &signature,
            std::slice::from_ref(&responder.certificate),
        ))
    }
}

impl Entry {
    fn answer(&self, now: Timestamp) -> OcspAnswer {
        OcspAnswer {
            der: Arc::clone(&self.der),
            cacheable: Some(Cacheable {
                this_update: self.this_update,
                next_update: self.next_update,
                until: now.plus(CACHEABLE).min(self.kept_until),
            }),
        }
    }
}

fn issued_by(cert_id: &CertId, authority: &Authority) -> bool {
    let algorithm: DigestAlgorithm = cert_id.hash_algorithm();
    authority.hashes.iter().any(|hashes| {
        hashes.algorithm == algorithm
            && hashes.name == cert_id.issuer_name_hash()
            && hashes.key == cert_id.issuer_key_hash()
    })
}
