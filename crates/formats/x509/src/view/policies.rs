//! Certificate policies in words.

use const_oid::ObjectIdentifier;

/// The policy in English words, for those that the CA/Browser Forum assigns.
#[must_use]
pub fn policy_name(policy: &ObjectIdentifier) -> Option<&'static str> {
    KNOWN
        .iter()
        .find(|(oid, _)| oid == policy)
        .map(|(_, name)| *name)
}

const fn oid(dotted: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(dotted)
}

const KNOWN: &[(ObjectIdentifier, &str)] = &[
    (crate::oid::ANY_POLICY, "any policy"),
    (oid("2.23.140.1.1"), "TLS server, extended validation"),
    (oid("2.23.140.1.2.1"), "TLS server, domain validated"),
    (oid("2.23.140.1.2.2"), "TLS server, organisation validated"),
    (oid("2.23.140.1.2.3"), "TLS server, individual validated"),
    (oid("2.23.140.1.5.1.1"), "S/MIME, mailbox validated, legacy"),
    (
        oid("2.23.140.1.5.1.2"),
        "S/MIME, mailbox validated, multipurpose",
    ),
    (oid("2.23.140.1.5.1.3"), "S/MIME, mailbox validated, strict"),
    (
        oid("2.23.140.1.5.2.1"),
        "S/MIME, organisation validated, legacy",
    ),
    (
        oid("2.23.140.1.5.2.2"),
        "S/MIME, organisation validated, multipurpose",
    ),
    (
        oid("2.23.140.1.5.2.3"),
        "S/MIME, organisation validated, strict",
    ),
    (oid("2.23.140.1.5.3.1"), "S/MIME, sponsor validated, legacy"),
    (
        oid("2.23.140.1.5.3.2"),
        "S/MIME, sponsor validated, multipurpose",
    ),
    (oid("2.23.140.1.5.3.3"), "S/MIME, sponsor validated, strict"),
    (
        oid("2.23.140.1.5.4.1"),
        "S/MIME, individual validated, legacy",
    ),
    (
        oid("2.23.140.1.5.4.2"),
        "S/MIME, individual validated, multipurpose",
    ),
    (
        oid("2.23.140.1.5.4.3"),
        "S/MIME, individual validated, strict",
    ),
];
