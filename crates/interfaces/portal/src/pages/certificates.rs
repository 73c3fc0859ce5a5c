//! Certificates: found, read field by field, downloaded, revoked.

pub(crate) mod download;
pub(crate) mod fields;
pub(crate) mod list;
pub(crate) mod renew;
pub(crate) mod revoke;
#[cfg(any(test, feature = "samples"))]
pub(crate) mod samples;
pub(crate) mod show;

use chancery_ca::{CertificateRecord, CertificateState};
use chancery_register::Permission;
use chancery_store::Timestamp;
use chancery_x509::RevocationReason;

use crate::{
    routes::{Needs, Route},
    show::Badge,
};

/// One's own, or any for staff.
const READ: Needs = Needs::AnyOf(&[
    Permission::ReadOwnCertificates,
    Permission::SearchCertificates,
]);
const REVOKE: Needs = Needs::AnyOf(&[
    Permission::RevokeOwnCertificates,
    Permission::RevokeAnyCertificate,
]);

pub(crate) fn routes() -> Vec<Route> {
    let own = Needs::Permission(Permission::ReadOwnCertificates);
    let all = Needs::Permission(Permission::SearchCertificates);
    let renew = Needs::Permission(Permission::PlaceOrder);
    vec![
        Route::get("/certificates", own, list::own),
        Route::get("/desk/certificates", all, list::all),
        Route::get("/certificates/{id}", READ, show::show),
        Route::get("/certificates/{id}/{file}", READ, download::file),
        Route::get("/certificates/{id}/renew", renew, renew::show),
        Route::post("/certificates/{id}/renew", renew, renew::send),
        Route::post("/certificates/{id}/renew/code", renew, renew::confirm),
        Route::get("/certificates/{id}/revoke", REVOKE, revoke::show),
        Route::post("/certificates/{id}/revoke", REVOKE, revoke::revoke),
    ]
}

/// From here on a person should think of renewing.
const EXPIRING_DAYS: i64 = 30;
const DAY: i64 = 24 * 60 * 60;

/// The state as people read it.
pub(crate) fn badge(record: &CertificateRecord, now: Timestamp) -> Badge {
    match record.state(now) {
        CertificateState::Revoked {
            reason: RevocationReason::CertificateHold,
            ..
        } => Badge::Suspended,
        CertificateState::Revoked { .. } => Badge::Revoked,
        CertificateState::Expired => Badge::Expired,
        CertificateState::Valid if now < record.not_before => Badge::NotYetValid,
        CertificateState::Valid if days_left(record, now) < EXPIRING_DAYS => Badge::Expiring,
        CertificateState::Valid => Badge::Valid,
    }
}

/// Whole days to the end of validity.
pub(crate) fn days_left(record: &CertificateRecord, now: Timestamp) -> i64 {
    (record.certificate.not_after() - now.as_secs()) / DAY
}

/// Days to the beginning of validity, a part of one counted as a whole.
pub(crate) fn days_until(record: &CertificateRecord, now: Timestamp) -> i64 {
    (record.not_before.as_secs() - now.as_secs() + DAY - 1) / DAY
}

/// What the certificate is called: its common name, else its first address, else its whole subject.
pub(crate) fn title(record: &CertificateRecord) -> String {
    record
        .certificate
        .subject()
        .common_name()
        .map(ToOwned::to_owned)
        .or_else(|| record.emails.first().cloned())
        .unwrap_or_else(|| record.subject.clone())
}

/// The key of a reason's words.
pub(crate) const fn reason_words(reason: RevocationReason) -> &'static str {
    match reason {
        RevocationReason::KeyCompromise => "revocation-reason-key-compromise",
        RevocationReason::CaCompromise => "revocation-reason-ca-compromise",
        RevocationReason::AffiliationChanged => "revocation-reason-affiliation-changed",
        RevocationReason::Superseded => "revocation-reason-superseded",
        RevocationReason::CessationOfOperation => "revocation-reason-cessation-of-operation",
        RevocationReason::CertificateHold => "revocation-reason-certificate-hold",
        RevocationReason::RemoveFromCrl => "revocation-reason-remove-from-crl",
        RevocationReason::PrivilegeWithdrawn => "revocation-reason-privilege-withdrawn",
        RevocationReason::AaCompromise => "revocation-reason-aa-compromise",
        _ => "revocation-reason-unspecified",
    }
}

/// Hexadecimal digits in groups, for reading aloud and comparing.
pub(crate) fn grouped(hex: &str) -> String {
    let digits: Vec<char> = hex.chars().filter(char::is_ascii_hexdigit).collect();
    digits
        .chunks(4)
        .map(|group| group.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn digits_stand_in_groups_of_four() {
        assert_eq!(grouped("01:23:45:67:89"), "0123 4567 89");
        assert_eq!(grouped(""), "");
    }
}
