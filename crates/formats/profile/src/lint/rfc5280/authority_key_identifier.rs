//! RFC 5280 section 4.2.1.1: the key identifier is there in all certificates but self-signed ones and is the one of
//! the issuer's certificate. S/MIME BR 7.1.2.2 h, 7.1.2.3 g: without the issuer's name and serial number.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "authority_key_identifier",
    clause: "RFC 5280 section 4.2.1.1",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "The authority key identifier is the issuer's key identifier and nothing else.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let Some(expected) = &view.context.issuer_key_identifier else {
        // Self-signed: it may be there, and then it is the key's own.
        if let Some(own) = view
            .decoded
            .authority_key
            .as_ref()
            .and_then(|id| id.key_identifier.as_ref())
            && Some(own) != view.decoded.subject_key.as_ref()
        {
            found.say("authorityKeyIdentifier is not the certificate's own key identifier");
        }
        return;
    };
    let Some(identifier) = &view.decoded.authority_key else {
        found.say("authorityKeyIdentifier is missing");
        return;
    };
    if identifier.key_identifier.as_ref() != Some(expected) {
        found.say("authorityKeyIdentifier is not the key identifier of the issuing authority");
    }
    if !identifier.issuer.is_empty() || identifier.serial.is_some() {
        found.say("authorityKeyIdentifier holds the issuer's name or serial number");
    }
}
