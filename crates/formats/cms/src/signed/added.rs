//! What others added to a signature: time-stamps and counter-signatures.

use super::report::SignerReport;
use super::signer_info::SignerInfo;
use super::time_stamp::{TimeStamp, verify_time_stamp};
use super::verify::{Covered, Verifier};
use super::{SignatureFault, TimeStampError};
use crate::oid;

/// How deep they are followed.
pub(super) const MAX_DEPTH: usize = 3;
/// Most of each kind on one signature.
const MAX_ADDED: usize = 16;

impl Verifier<'_> {
    /// Looks at all of them as far as depth, number and budget go, and tells what is left out.
    pub(super) fn follow_added(
        &self,
        signer: &SignerInfo,
        depth: usize,
        report: &mut SignerReport,
    ) {
        let mut stamps = signer.unsigned.values(oid::SIGNATURE_TIME_STAMP);
        for token in stamps.by_ref().take(MAX_ADDED) {
            report
                .time_stamps
                .push(self.time_stamp(token, &signer.signature, depth));
        }
        if stamps.next().is_some() {
            report
                .time_stamps
                .push(Err(TimeStampError::TooMany { limit: MAX_ADDED }));
        }
        let mut counters = signer.unsigned.values(oid::COUNTERSIGNATURE);
        for value in counters.by_ref().take(MAX_ADDED) {
            match self.counter_signature(value, &signer.signature, depth) {
                Ok(counter) => report.counter_signatures.push(counter),
                // Once is enough for all that the budget or the depth leaves out.
                Err(fault) if report.faults.contains(&fault) => {}
                Err(fault) => report.faults.push(fault),
            }
        }
        if counters.next().is_some() {
            report
                .faults
                .push(SignatureFault::TooManyCounterSignatures { limit: MAX_ADDED });
        }
    }

    fn time_stamp(
        &self,
        token: &[u8],
        signature: &[u8],
        depth: usize,
    ) -> Result<TimeStamp, TimeStampError> {
        let depth = depth
            .checked_sub(1)
            .ok_or(TimeStampError::TooDeep { limit: MAX_DEPTH })?;
        self.budget.report()?;
        verify_time_stamp(token, signature, self, depth)
    }

    fn counter_signature(
        &self,
        value: &[u8],
        over: &[u8],
        depth: usize,
    ) -> Result<SignerReport, SignatureFault> {
        let depth = depth
            .checked_sub(1)
            .ok_or(SignatureFault::TooDeep { limit: MAX_DEPTH })?;
        self.budget.report()?;
        let counter =
            SignerInfo::from_der(value).map_err(|source| SignatureFault::AttributeDamaged {
                name: "countersignature",
                source,
            })?;
        let mut report = self.verify(&counter, Covered::Signature(over));
        self.follow_added(&counter, depth, &mut report);
        Ok(report)
    }
}
