//! RFC 5280 section 4.1.2.4: `DirectoryString` is a `PrintableString` or a `UTF8String`; appendix A.1: country and serial
//! number are `PrintableString`, e-mail address and domain component `IA5String`.

use chancery_x509::asn1::tag;

use crate::SubjectAttribute;
use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "attribute_encoding",
    clause: "RFC 5280 section 4.1.2.4",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "Attributes of the subject are strings of the type that their definition asks for, with the characters of that type.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    for value in &view.subject {
        let allowed: &[u8] = match SubjectAttribute::from_oid(value.oid) {
            Some(SubjectAttribute::CountryName | SubjectAttribute::SerialNumber) => {
                &[tag::PRINTABLE_STRING]
            }
            Some(SubjectAttribute::EmailAddress) => &[tag::IA5_STRING],
            _ => &[tag::UTF8_STRING, tag::PRINTABLE_STRING],
        };
        if !allowed.contains(&value.tag) {
            found.say(format!(
                "{} is a string of a type that is not allowed for it",
                value.label()
            ));
        }
        let fits = match (value.tag, value.text()) {
            (tag::PRINTABLE_STRING, Some(text)) => text.bytes().all(is_printable),
            (_, text) => text.is_some(),
        };
        if !fits {
            found.say(format!(
                "{} holds octets that its type of string does not have",
                value.label()
            ));
        }
    }
}

/// The characters of `PrintableString` (X.680 section 41.4).
fn is_printable(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(&octet)
}
