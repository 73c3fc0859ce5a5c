//! Verifying a signed structure: each signature by itself, and whose it is.
//!
//! Whether a certificate was revoked is not asked here, which pages say: nothing leaves the browser for it.

mod trust;
mod words;

use chancery_cms::signed::{
    ContentDigester, ContentDigests, SignedData, SignedDataReader, SignedEvent, SignerReport,
    TimeStamp, TimeStampError, VerifyPolicy,
};
use chancery_cms::smime::address::{OriginatorField, Originators};
use chancery_cms::smime::protect::{self, ProtectedHeader, Protection};
use chancery_cms::smime::{Canonicalizer, Header};
use chancery_cms::stream::Limits;
use chancery_path::Purpose;
use chancery_x509::Certificate;
use chancery_x509::view;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use self::trust::Trust;
use crate::Refusal;
use crate::certificate::CertificateView;
use crate::message::Parts;
use crate::operation::{Begun, Given, Operation, put};
use crate::provider::CRYPTO;
use crate::step::{Need, Step, part};

struct Verify {
    state: State,
    trust: Trust,
    /// Of the message outside all layers; none where it is no message.
    outside: Option<Header>,
    /// The beginning of the content.
    head: Vec<u8>,
}

enum State {
    /// The structure.
    Reads(Box<SignedDataReader<'static>>),
    /// Content that lies beside it.
    Content(Box<Beside>),
    Ended,
}

/// Detached content under way, in both forms in which it may have been signed.
struct Beside {
    data: SignedData,
    exact: ContentDigester,
    canonicalizer: Canonicalizer,
    canonical: ContentDigester,
}

/// Parts: the header of the message outside all layers, empty where it is none; trust anchors, as many as said; further certificates. The
/// structure is fed, then, if that is needed, the content.
pub(crate) fn begin(mut given: Given, at: i64, anchors: usize) -> Begun {
    let header = given.next()?;
    let outside = if header.is_empty() {
        None
    } else {
        Some(Header::parse(&header)?)
    };
    let verify = Verify {
        state: State::Reads(Box::new(SignedDataReader::new(Limits::default(), &CRYPTO))),
        trust: Trust::new(at, anchors, given)?,
        outside,
        head: Vec::new(),
    };
    Ok((Step::Reads(Parts::new()), Some(Box::new(verify))))
}

impl Operation for Verify {
    fn feed(&mut self, piece: Zeroizing<Vec<u8>>) -> Result<Step, Refusal> {
        match &mut self.state {
            State::Reads(reader) => {
                let mut content = Vec::new();
                let mut rest = piece.as_slice();
                while let Some(event) = reader.next(&mut rest)? {
                    if let SignedEvent::Content(octets) = event {
                        content.extend_from_slice(octets);
                    }
                }
                keep(&mut self.head, &content);
                Ok(Step::Reads(if content.is_empty() {
                    Parts::new()
                } else {
                    vec![part(content)]
                }))
            }
            State::Content(beside) => {
                keep(&mut self.head, &piece);
                beside.exact.update(&piece);
                let mut canonical = Vec::new();
                beside.canonicalizer.update(&piece, &mut canonical);
                beside.canonical.update(&canonical);
                Ok(Step::Reads(Parts::new()))
            }
            State::Ended => Err(Refusal::NotAsked),
        }
    }

    fn end(&mut self) -> Result<Step, Refusal> {
        match std::mem::replace(&mut self.state, State::Ended) {
            State::Reads(reader) => {
                let data = reader.finish()?;
                if data.content().is_some() || data.signers().is_empty() {
                    return Ok(self.done(&data, &[None]));
                }
                let digester = || ContentDigester::new(data.digests(), &CRYPTO);
                self.state = State::Content(Box::new(Beside {
                    exact: digester(),
                    canonical: digester(),
                    canonicalizer: Canonicalizer::new(),
                    data,
                }));
                Ok(Step::Need(Need::Content, Parts::new()))
            }
            State::Content(beside) => {
                let beside = *beside;
                let mut forms = vec![Some(beside.exact.finish())];
                if beside.canonicalizer.changed() {
                    forms.push(Some(beside.canonical.finish()));
                }
                // A part of a message is signed with canonical line ends (RFC 8551 section 3.1.1), a file as it is.
                if self.outside.is_some() {
                    forms.reverse();
                }
                Ok(self.done(&beside.data, &forms))
            }
            State::Ended => Err(Refusal::NotAsked),
        }
    }

    /// No part says that the content is not at hand.
    fn resume(&mut self, answer: Parts) -> Result<Step, Refusal> {
        match std::mem::replace(&mut self.state, State::Ended) {
            State::Content(beside) if answer.is_empty() => Ok(self.done(&beside.data, &[None])),
            _ => Err(Refusal::NotAsked),
        }
    }
}

fn keep(head: &mut Vec<u8>, piece: &[u8]) {
    let room = Header::MAX_LEN.saturating_sub(head.len());
    head.extend_from_slice(piece.get(..room).unwrap_or(piece));
}

impl Verify {
    /// With the form of the content that all signatures fit, or the first.
    fn done(&mut self, data: &SignedData, forms: &[Option<ContentDigests>]) -> Step {
        let policy = VerifyPolicy::default();
        let mut best: Option<Vec<SignerReport>> = None;
        for form in forms {
            let reports = data.verify(form.as_ref(), self.trust.certificates(), policy, &CRYPTO);
            let is_right = reports.iter().all(SignerReport::is_right);
            if best.is_none() || is_right {
                best = Some(reports);
            }
            if is_right {
                break;
            }
        }
        let first = forms.iter().flatten().next();
        let octets = data.content().or(first).map(ContentDigests::octets);
        let mail = self.mail();
        let mut signers = Vec::new();
        for report in best.iter().flatten() {
            signers.push(self.signer(report, data, mail.as_ref()));
        }
        let result = json!({
            "contentType": data.content_type().to_string(),
            "detached": data.content().is_none(),
            "octets": octets,
            "certificates": data.certificates().len(),
            "unreadableCertificates": data.other_certificates(),
            "signers": signers,
            "mail": mail.map(Mail::into_value),
        });
        Step::Done(result, Parts::new())
    }

    fn mail(&self) -> Option<Mail> {
        let outside = self.outside.as_ref()?;
        let inside = Header::split(&self.head).ok().map(|(header, _)| header);
        let protected = inside
            .as_ref()
            .and_then(|inside| protect::read(inside, outside, Protection::Clear));
        // Fields that are protected inside say whose message it is, if they do say it: else it is what readers are shown, the outside.
        let named = inside
            .as_ref()
            .filter(|inside| protected.is_some() && inside.all("From").next().is_some())
            .unwrap_or(outside);
        Some(Mail {
            originators: Originators::read(named).ok(),
            protected,
        })
    }

    fn signer(&mut self, report: &SignerReport, data: &SignedData, mail: Option<&Mail>) -> Value {
        let purpose = if mail.is_some() {
            Purpose::SmimeSign
        } else {
            // Not any: a certificate for log-in alone vouches for no name under a file.
            Purpose::DocumentSign
        };
        let stamps: Vec<(Value, Option<i64>)> = report
            .time_stamps
            .iter()
            .map(|stamp| self.stamp(stamp.as_ref()))
            .collect();
        let certificate = report.certificate.as_deref();
        let path = certificate.map(|one| self.trust.path(one, data.certificates(), purpose, None));
        // A signature that is known to be older than the end of its certificate is still good.
        let vouched = stamps.iter().filter_map(|(_, at)| *at).min();
        let path_then = match (certificate, vouched) {
            (Some(one), Some(at)) if path.as_ref().is_some_and(|path| !is_valid(path)) => {
                Some(self.trust.path(one, data.certificates(), purpose, Some(at)))
            }
            _ => None,
        };
        let sender = match (certificate, mail) {
            (Some(one), Some(mail)) => Some(mail.sender(one)),
            _ => None,
        };
        let counter: Vec<_> = report.counter_signatures.iter().map(brief).collect();
        let mut value = brief(report);
        put(&mut value, "path", path);
        put(&mut value, "pathAtTimeStamp", path_then);
        put(&mut value, "sender", sender);
        let stamps: Vec<_> = stamps.into_iter().map(|(stamp, _)| stamp).collect();
        put(&mut value, "timeStamps", stamps);
        put(&mut value, "counterSignatures", counter);
        value
    }

    /// What was found, and the time if it counts.
    fn stamp(&mut self, stamp: Result<&TimeStamp, &TimeStampError>) -> (Value, Option<i64>) {
        let stamp = match stamp {
            Ok(stamp) => stamp,
            Err(error) => {
                let detail = crate::refusal::chain(error);
                return (json!({ "problem": detail }), None);
            }
        };
        let mut value = brief(&stamp.authority);
        let at = stamp.info.generated_at;
        let path = stamp.authority.certificate.as_deref().map(|one| {
            self.trust
                .path(one, &stamp.certificates, Purpose::Timestamp, None)
        });
        let counts = stamp.authority.is_right() && path.as_ref().is_some_and(is_valid);
        put(&mut value, "at", at);
        put(&mut value, "path", path);
        (value, counts.then_some(at))
    }
}

fn is_valid(path: &Value) -> bool {
    path.get("valid").and_then(Value::as_bool) == Some(true)
}

/// One signature, without whom to trust.
fn brief(report: &SignerReport) -> Value {
    let certificate = report.certificate.as_deref();
    let faults: Vec<_> = report.faults.iter().map(words::fault).collect();
    json!({
        "right": report.is_right(),
        "faults": faults,
        "identifier": report.identifier.describe(),
        "certificate": certificate.map(CertificateView::of),
        "fields": certificate.map(|one| view::certificate_fields(one, &CRYPTO)),
        "digest": words::digest(report.digest),
        "algorithm": words::algorithm(report.algorithm),
        "claimedAt": report.claimed_at,
        "bound": words::is_bound(report.binding),
        "attributes": report.has_attributes,
    })
}

/// What a message says of itself.
struct Mail {
    originators: Option<Originators>,
    protected: Option<ProtectedHeader>,
}

impl Mail {
    /// `from`, `sender`, `other`, or `unknown` where the message does not say it clearly.
    fn sender(&self, certificate: &Certificate) -> &'static str {
        match &self.originators {
            Some(originators) if !originators.is_empty() => {
                match originators.named_in(certificate) {
                    Some(OriginatorField::From) => "from",
                    Some(OriginatorField::Sender) => "sender",
                    None => "other",
                }
            }
            _ => "unknown",
        }
    }

    fn into_value(self) -> Value {
        let fields = self.protected.map(|header| {
            let field = |field: &protect::ProtectedField| {
                json!({
                    "name": field.name,
                    "value": field.value,
                    "outside": &*field.outside,
                    "agrees": field.agrees(),
                })
            };
            header.fields.iter().map(field).collect::<Vec<_>>()
        });
        let from = self
            .originators
            .as_ref()
            .map_or(&[][..], Originators::addresses);
        json!({ "from": from, "protected": fields })
    }
}
