//! Header fields protected by a layer of cryptography (RFC 9788).
//!
//! The entity inside the innermost layer carries a copy of the message's fields and says so by the parameter `hp` of its Content-Type:
//! `clear` where the layers only sign, `cipher` where they encrypt. In the latter `HP-Outer` fields tell what the sender left outside,
//! so that the reader knows what was kept from others' eyes.

use std::sync::Arc;

use super::field::{Field, Header};

/// What stands outside in place of a subject that is kept secret (RFC 9788 section 3.2.1).
const OBSCURED: &str = "[...]";

/// What the layers around protected fields do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Protection {
    /// They sign (`hp="clear"`).
    Clear,
    /// They encrypt (`hp="cipher"`).
    Cipher,
}

/// What is known of one protected field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProtectedField {
    /// Its name as written inside.
    pub name: String,
    /// The value inside: the one to show, if the layers are right.
    pub value: String,
    /// The values outside under that name: what others saw, or what was altered on the way. Shared by the fields of one name, so that
    /// a thousand of them do not take a thousand times as much memory.
    pub outside: Arc<[String]>,
    /// Whether the sender kept the value from others' eyes.
    pub confidential: bool,
    agrees: bool,
}

impl ProtectedField {
    /// Whether the outside says the same: this value, and none under that name that does not stand inside as often. A second From
    /// beside the right one is the one that a reader may be shown.
    #[must_use]
    pub const fn agrees(&self) -> bool {
        self.agrees
    }
}

/// The protected fields of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProtectedHeader {
    /// What the sender says that the layers do.
    pub protection: Protection,
    /// Each field inside.
    pub fields: Vec<ProtectedField>,
    /// Fields outside that have no copy inside: nobody vouches for them.
    pub unprotected: Vec<Field>,
}

/// Compares the header of the entity inside the innermost layer with the one outside all layers. None if no fields are protected.
///
/// `layers` is what the layers around it have been seen to do. Nothing is confidential under layers that only sign, whatever the
/// sender says: else `hp="cipher"` on a message that nobody encrypted would excuse each difference.
#[must_use]
pub fn read(inside: &Header, outside: &Header, layers: Protection) -> Option<ProtectedHeader> {
    let content_type = inside.content_type().ok()?;
    let protection = match content_type.parameter("hp") {
        Some("clear") => Protection::Clear,
        Some("cipher") => Protection::Cipher,
        _ => return None,
    };
    let mut left_outside = Named::default();
    for field in inside.all("HP-Outer") {
        if let Ok(header) = Header::parse(format!("{}\r\n", field.value()).as_bytes()) {
            left_outside.0.extend(header.fields().iter().map(named));
        }
    }
    left_outside.0.sort_unstable();
    let (met, meant) = (Named::of(outside), Named::of(inside));
    let own = |field: &&Field| !field.is_structural() && !field.is("HP-Outer");
    // What is shared by the fields of one name, by that name; fields of one name mostly stand together.
    let mut shared: Vec<(String, Arc<[String]>, bool)> = Vec::new();
    let fields = inside.fields().iter().filter(own).map(|field| {
        let key = named(field);
        let was_outside = left_outside.holds(&key);
        let is_there = met.holds(&key);
        let (name, value) = key;
        let place = shared.partition_point(|(known, ..)| *known < name);
        if shared.get(place).is_none_or(|(known, ..)| *known != name) {
            let values: Arc<[String]> = met.values(&name).map(|(_, value)| value.clone()).collect();
            let added = !meant.has_all(met.values(&name), &name);
            shared.insert(place, (name.clone(), values, added));
        }
        let (outside, added) = shared
            .get(place)
            .map(|(_, values, added)| (Arc::clone(values), *added))
            .unwrap_or_default();
        ProtectedField {
            name: field.name().to_owned(),
            confidential: layers == Protection::Cipher
                && protection == Protection::Cipher
                && !was_outside,
            agrees: is_there && !added,
            outside,
            value,
        }
    });
    let fields = fields.collect();
    let unprotected = outside
        .fields()
        .iter()
        .filter(own)
        .filter(|field| meant.values(&named(field).0).next().is_none());
    Some(ProtectedHeader {
        protection,
        fields,
        unprotected: unprotected.cloned().collect(),
    })
}

/// Name and value, the name as names are compared.
fn named(field: &Field) -> (String, String) {
    (field.name().to_ascii_lowercase(), field.value())
}

/// Names and values in order. A sorted list does what maps would, and is a fraction of their code where the module for browsers is built.
#[derive(Default)]
struct Named(Vec<(String, String)>);

impl Named {
    fn of(header: &Header) -> Self {
        let mut all: Vec<_> = header.fields().iter().map(named).collect();
        all.sort_unstable();
        Self(all)
    }

    fn holds(&self, field: &(String, String)) -> bool {
        self.0.binary_search(field).is_ok()
    }

    /// Those of one name, in the order of their values.
    fn values(&self, name: &str) -> impl Iterator<Item = &(String, String)> {
        let start = self.0.partition_point(|(known, _)| known.as_str() < name);
        let rest = self.0.get(start..).unwrap_or_default();
        rest.iter().take_while(move |(known, _)| known == name)
    }

    /// Whether each of these, in order, is among those of this name, as often.
    fn has_all<'a>(
        &self,
        mut values: impl Iterator<Item = &'a (String, String)>,
        name: &str,
    ) -> bool {
        let mut held = self.values(name);
        values.all(|value| held.any(|known| known == value))
    }
}

/// A message's header in two: what goes outside all layers, and the header of the entity inside the innermost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitHeader {
    /// Without the fields that describe the body.
    pub outside: Header,
    /// With them.
    pub inside: Header,
}

/// Splits a message's header without protection: fields of the message outside, fields of the body inside.
#[must_use]
pub fn split(header: &Header) -> SplitHeader {
    let (inside, outside) = header
        .fields()
        .iter()
        .filter(|field| !field.is("MIME-Version"))
        .cloned()
        .partition(Field::is_structural);
    SplitHeader {
        outside: Header::new(outside),
        inside: Header::new(inside),
    }
}

/// Splits a message's header and protects its fields inside (RFC 9788 section 5.2). Under [`Protection::Cipher`] the subject is
/// kept secret and Comments and Keywords do not go outside, the baseline of RFC 9788 section 3.2.1.
#[must_use]
pub fn protect(header: &Header, protection: Protection) -> SplitHeader {
    let SplitHeader {
        outside: fields,
        inside: structural,
    } = split(header);
    let mut inside: Vec<Field> = fields.fields().to_vec();
    let mut outside = Vec::new();
    for field in fields.fields() {
        let is_secret = protection == Protection::Cipher;
        let left = if is_secret && field.is("Subject") {
            Some(Field::new("Subject", OBSCURED))
        } else if is_secret && (field.is("Comments") || field.is("Keywords")) {
            None
        } else {
            Some(field.clone())
        };
        if let Some(left) = left {
            if is_secret {
                inside.push(Field::around("HP-Outer", &left));
            }
            outside.push(left);
        }
    }
    let parameter = match protection {
        Protection::Clear => "hp=\"clear\"",
        Protection::Cipher => "hp=\"cipher\"",
    };
    let mut has_type = false;
    for field in structural.fields() {
        if field.is("Content-Type") {
            has_type = true;
            inside.push(field.with_parameter(parameter));
        } else {
            inside.push(field.clone());
        }
    }
    if !has_type {
        let value = format!("text/plain; charset=us-ascii; {parameter}");
        inside.push(Field::new("Content-Type", &value));
    }
    SplitHeader {
        outside: Header::new(outside),
        inside: Header::new(inside),
    }
}
