//! The fields of a certificate in words: what each is called, what it says, what that means.

use chancery_keys::AwsLc;
use chancery_x509::{Certificate, view};

use crate::page::Page;

/// Fields that belong together, under one heading.
#[derive(Clone)]
pub(crate) struct Group {
    /// The key of the heading.
    pub title: &'static str,
    pub fields: Vec<Field>,
}

/// One field with all its values.
#[derive(Clone)]
pub(crate) struct Field {
    pub name: String,
    pub meaning: String,
    pub values: Vec<Value>,
    rank: u8,
}

/// One value.
#[derive(Clone)]
pub(crate) struct Value {
    pub shown: String,
    /// What the copy button takes along.
    pub copied: String,
    /// The value as it stands encoded, where the shown one is a translation of it.
    pub encoded: Option<String>,
    /// Numbers and digests, which are read digit by digit.
    pub digits: bool,
}

pub(crate) fn groups(page: &Page, certificate: &Certificate) -> Vec<Group> {
    let mut groups = [
        Group::new("certificate-subject"),
        Group::new("certificate-issuer"),
        Group::new("certificate-technical"),
    ];
    let mut last = "";
    for field in view::certificate_fields(certificate, &AwsLc) {
        let at = match field.id.split('.').next() {
            Some("subject" | "subjectAltName") => 0,
            Some("issuer") => 1,
            _ => 2,
        };
        let Some(group) = groups.get_mut(at) else {
            continue;
        };
        let value = value(page, &field);
        match group.fields.last_mut() {
            Some(former) if last == field.id => former.values.push(value),
            _ => group.fields.push(Field {
                name: words(page, "field", field.id),
                meaning: meaning(page, field.id),
                values: vec![value],
                rank: rank(field.id),
            }),
        }
        last = field.id;
    }
    for group in &mut groups {
        group.fields.sort_by_key(|field| field.rank);
    }
    groups
        .into_iter()
        .filter(|group| !group.fields.is_empty())
        .collect()
}

/// Names are encoded from the country down; people read from the name up.
fn rank(id: &str) -> u8 {
    const FIRST: [&str; 6] = [
        "commonName",
        "givenName",
        "surname",
        "organizationalUnitName",
        "organizationName",
        "organizationIdentifier",
    ];
    let attribute = id
        .strip_prefix("subject.")
        .or_else(|| id.strip_prefix("issuer."));
    match attribute {
        Some(attribute) => FIRST
            .iter()
            .zip(1..)
            .find(|(first, _)| **first == attribute)
            .map_or(10, |(_, rank)| rank),
        None if id.starts_with("subjectAltName.") => 7,
        None => 0,
    }
}

impl Group {
    /// Technical details are there for who asks for them.
    pub(crate) fn folded(&self) -> bool {
        self.title == "certificate-technical"
    }

    const fn new(title: &'static str) -> Self {
        Self {
            title,
            fields: Vec::new(),
        }
    }
}

fn value(page: &Page, field: &view::Field) -> Value {
    let plain = |shown: String, copied: &str, digits| Value {
        shown,
        copied: copied.to_owned(),
        encoded: None,
        digits,
    };
    match field.id {
        "serialNumber" => plain(super::grouped(&field.value), &field.value, true),
        "fingerprint.sha256"
        | "fingerprint.sha1"
        | "subjectKeyIdentifier"
        | "authorityKeyIdentifier" => {
            let hex = field.raw.as_deref().unwrap_or(&field.value);
            plain(super::grouped(hex), &field.value, true)
        }
        "notBefore" | "notAfter" | "thisUpdate" | "nextUpdate" => {
            let seconds: Option<i64> = field.raw.as_deref().and_then(|raw| raw.parse().ok());
            let shown = seconds.map_or_else(|| field.value.clone(), |at| page.date_time(at));
            plain(shown, &field.value, false)
        }
        // The bits of the key are of no use to people.
        "publicKey" => plain(field.value.clone(), &field.value, false),
        "subject.countryName" | "issuer.countryName" => Value {
            shown: page
                .language
                .find(&format!("country-{}", field.value))
                .unwrap_or_else(|| field.value.clone()),
            copied: field.value.clone(),
            encoded: Some(field.value.clone()),
            digits: false,
        },
        id => translated(page, id, field),
    }
}

/// A value out of a fixed list is said in words, with the encoded one beside it.
fn translated(page: &Page, id: &str, field: &view::Field) -> Value {
    let listed = if id == "certificatePolicies" {
        field.raw.as_deref().unwrap_or_default()
    } else {
        &field.value
    };
    let in_words = page
        .language
        .find(&format!("value-{}-{}", dashed(id), dashed(listed)));
    Value {
        encoded: match &in_words {
            Some(_) => Some(listed.to_owned()),
            None => field.raw.clone().filter(|raw| *raw != field.value),
        },
        shown: in_words.unwrap_or_else(|| field.value.clone()),
        copied: field.value.clone(),
        digits: false,
    }
}

fn dashed(text: &str) -> String {
    text.replace('.', "-")
}

/// What an attribute says of an authority differs from what it says of a holder.
fn meaning(page: &Page, id: &str) -> String {
    id.strip_prefix("issuer.")
        .and_then(|attribute| page.language.find(&format!("meaning-issuer-{attribute}")))
        .unwrap_or_else(|| words(page, "meaning", id))
}

fn words(page: &Page, prefix: &str, id: &str) -> String {
    page.text(&format!("{prefix}-{}", key(id)))
}

/// Attributes mean the same in subject and issuer; only a serial number there is not the certificate's.
fn key(id: &str) -> String {
    let attribute = id
        .strip_prefix("subject.")
        .or_else(|| id.strip_prefix("issuer."));
    match attribute {
        Some("serialNumber") => "subjectSerialNumber".to_owned(),
        Some(attribute) => attribute.to_owned(),
        None => dashed(id),
    }
}

#[cfg(test)]
mod tests {
    use chancery_x509::view;

    use super::key;
    use crate::words::Language;

    #[test]
    fn every_field_has_a_name_and_a_meaning_in_every_language() {
        for language in Language::all() {
            for id in view::field_ids() {
                for prefix in ["field", "meaning"] {
                    let key = format!("{prefix}-{}", key(id));
                    assert!(language.find(&key).is_some(), "{key} in {}", language.tag());
                }
            }
        }
    }

    #[test]
    fn the_two_serial_numbers_are_told_apart() {
        assert_eq!(key("serialNumber"), "serialNumber");
        assert_eq!(key("subject.serialNumber"), "subjectSerialNumber");
        assert_eq!(key("issuer.commonName"), "commonName");
        assert_eq!(
            key("subjectAltName.rfc822Name"),
            "subjectAltName-rfc822Name"
        );
    }
}
