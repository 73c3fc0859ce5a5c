//! Verifying.

use chancery_cms::signed::{
    Binding, ContentDigests, SignedData, SignerReport, TimeStamp, TimeStampError, VerifyPolicy,
};
use chancery_cms::smime::address::Originators;
use chancery_keys::AwsLc;
use chancery_path::Purpose;

use super::report::{Findings, SignerFinding, StampFinding};
use super::trust::{Paths, Trust};
use crate::cli::VerifyWords;

/// Looks at every signer: the signature, and whose it is. `originators` are those that a message says it is from;
/// none where that is not to be compared.
pub fn judge(
    signed: &SignedData,
    detached: Option<&ContentDigests>,
    originators: Option<&Originators>,
    words: &VerifyWords,
    trust: &Trust,
) -> Findings {
    let policy = VerifyPolicy {
        sha1: words.allow_sha1,
    };
    let reports = signed.verify(detached, trust.certificates(), policy, &AwsLc);
    let judge = Judge {
        words,
        trust,
        paths: trust.with(signed.into()),
    };
    let content = signed.content().or(detached);
    Findings {
        content_type: signed.content_type().to_string(),
        octets: content.map(ContentDigests::octets),
        detached: signed.content().is_none(),
        unreadable_certificates: signed.other_certificates(),
        signers: reports
            .iter()
            .map(|report| {
                let mut finding = judge.signer(report);
                // Whoever signs a signature, a notary, need not be the sender.
                if let (Some(certificate), Some(originators)) = (&report.certificate, originators) {
                    finding.sender(certificate, originators);
                }
                finding
            })
            .collect(),
    }
}

struct Judge<'a> {
    words: &'a VerifyWords,
    trust: &'a Trust,
    paths: Paths<'a>,
}

impl Judge<'_> {
    fn signer(&self, report: &SignerReport) -> SignerFinding {
        let mut finding = SignerFinding::new(report, self.words.purpose);
        if self.words.cades && report.binding == Binding::Absent {
            finding.fault("the signature does not name its certificate, as CAdES-BES asks");
        }
        if let Some(certificate) = &report.certificate
            && !self.words.noverify
        {
            finding.path(self.paths.path(certificate, self.words.purpose));
        }
        finding.time_stamps = report
            .time_stamps
            .iter()
            .map(|stamp| self.stamp(stamp.as_ref()))
            .collect();
        finding.counter_signatures = report
            .counter_signatures
            .iter()
            .map(|counter| self.signer(counter))
            .collect();
        finding
    }

    fn stamp(&self, stamp: Result<&TimeStamp, &TimeStampError>) -> StampFinding {
        match stamp {
            Err(error) => StampFinding::unreadable(error),
            Ok(stamp) => {
                let mut authority = SignerFinding::new(&stamp.authority, Purpose::Timestamp);
                if let Some(certificate) = &stamp.authority.certificate
                    && !self.words.noverify
                {
                    let paths = self.trust.with(stamp.into());
                    authority.path(paths.path(certificate, Purpose::Timestamp));
                }
                StampFinding::new(stamp, authority)
            }
        }
    }
}
