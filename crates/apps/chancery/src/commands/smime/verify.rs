//! Verifying messages.

use chancery_cms::smime::protect::{self, ProtectedHeader, Protection};
use chancery_cms::smime::{Header, address};
use chancery_cms::stream::ContentKind;
use serde_json::{Value, json};

use super::layers::{self, Layer, MAX_LAYERS};
use crate::{
    cli::SmimeVerify,
    commands::{
        self, note, show,
        signed::{Findings, Trust, judge},
    },
    failure::Failure,
    files,
    streams::{Form, Target},
};

/// What was found about a message.
struct Judged {
    layers: Vec<Findings>,
    /// What lies inside the innermost layer that was read.
    inside: &'static str,
    protected: Option<ProtectedHeader>,
    entity: Vec<u8>,
}

/// `chancery smime verify`.
pub fn verify(words: &SmimeVerify) -> Result<(), Failure> {
    let path = words.input.as_deref();
    let message = files::read(path.unwrap_or_else(|| std::path::Path::new("-")))?;
    let target = match words.out.as_deref() {
        Some(out) => Some(Target::structure(Some(out), Form::Der)?),
        None => None,
    };
    let trust = Trust::read(&words.how)?;
    let judged = judge_message(message, words, &trust)?;
    let text = if words.how.json {
        serde_json::to_string_pretty(&judged.to_json()?)
            .map_err(|error| Failure::because("no JSON was made", &error))?
    } else {
        judged.in_words()
    };
    if words
        .out
        .as_deref()
        .is_some_and(|out| out.as_os_str() == "-")
    {
        note(&text);
    } else {
        commands::print(&text)?;
    }
    for findings in &judged.layers {
        findings.refuse()?;
    }
    if judged.layers.is_empty() {
        return Err(Failure::new(format!(
            "the message is not signed: it is {}",
            judged.inside
        ))
        .hint("decrypt it first with chancery smime decrypt if it is encrypted"));
    }
    if judged.altered().next().is_some() {
        return Err(Failure::new(
            "header fields outside say something else than those that were signed",
        ));
    }
    if let Some(mut target) = target {
        target.write(&judged.entity)?;
        target.keep()?;
    }
    Ok(())
}

fn judge_message(message: Vec<u8>, words: &SmimeVerify, trust: &Trust) -> Result<Judged, Failure> {
    let mut judged = Judged {
        layers: Vec::new(),
        inside: "no S/MIME message",
        protected: None,
        entity: message,
    };
    let mut outermost: Option<Header> = None;
    for _ in 0..MAX_LAYERS {
        let (header, layer) = match layers::read(&judged.entity) {
            Ok(read) => read,
            // What is signed may be anything; only the message itself must be one.
            Err(_) if outermost.is_some() && !looks_like_layer(&judged.entity) => break,
            Err(failure) => return Err(failure),
        };
        let outside = outermost.get_or_insert_with(|| header.clone());
        match layer {
            Layer::Signed {
                data,
                detached,
                entity,
            } => {
                judged.inside = "signed content";
                // Fields that are protected inside say whose message it is.
                let protected = inner_header(&entity).and_then(|inside| {
                    protect::read(&inside, outside).map(|found| (inside, found))
                });
                let named = protected.as_ref().map_or(&*outside, |(inside, _)| inside);
                let senders = if words.any_sender {
                    Vec::new()
                } else {
                    address::senders(named)
                };
                let mut findings = judge(&data, detached.first(), &senders, &words.how, trust);
                if !findings.is_valid()
                    && let Some(exact) = detached.get(1)
                {
                    let other = judge(&data, Some(exact), &senders, &words.how, trust);
                    if other.is_valid() {
                        findings = other;
                    }
                }
                judged.layers.push(findings);
                if let Some((_, found)) = protected {
                    judged.protected = Some(found);
                }
                judged.entity = entity;
            }
            Layer::Compressed(entity) => judged.entity = entity,
            Layer::Other(kind) => {
                judged.inside = match kind {
                    ContentKind::EnvelopedData | ContentKind::AuthEnvelopedData => {
                        "an encrypted message"
                    }
                    _ => "another CMS structure",
                };
                break;
            }
            Layer::Plain => break,
        }
    }
    Ok(judged)
}

/// Whether an entity that cannot be read says that it is S/MIME.
fn looks_like_layer(entity: &[u8]) -> bool {
    inner_header(entity)
        .and_then(|header| header.content_type().ok())
        .is_some_and(|kind| {
            kind.essence() == "multipart/signed" || kind.essence().ends_with("pkcs7-mime")
        })
}

/// The header of an entity inside a layer.
pub fn inner_header(entity: &[u8]) -> Option<Header> {
    let end = |mark: &[u8]| entity.windows(mark.len()).position(|window| window == mark);
    let end = end(b"\r\n\r\n")
        .or_else(|| end(b"\n\n"))
        .unwrap_or(entity.len());
    Header::parse(entity.get(..end)?).ok()
}

/// What is known of protected header fields.
pub fn header_lines(header: &ProtectedHeader) -> Vec<String> {
    let mut lines = Vec::new();
    for field in &header.fields {
        let state = if field.confidential {
            "kept from others' eyes".to_owned()
        } else if field.agrees() {
            "the same outside".to_owned()
        } else if field.outside.is_empty() {
            "missing outside".to_owned()
        } else {
            format!("ALTERED outside: {}", field.outside.join(", "))
        };
        lines.push(format!(
            "  protected {}: {} ({state})",
            field.name, field.value
        ));
    }
    for field in &header.unprotected {
        lines.push(format!(
            "  not protected {}: {}",
            field.name(),
            field.value()
        ));
    }
    lines
}

impl Judged {
    /// Protected fields whose outside says something else, though it was not meant to hide them.
    fn altered(&self) -> impl Iterator<Item = &protect::ProtectedField> {
        let fields = self.protected.iter().flat_map(|header| &header.fields);
        fields.filter(|field| !field.confidential && !field.outside.is_empty() && !field.agrees())
    }

    fn in_words(&self) -> String {
        let mut lines = Vec::new();
        for (at, findings) in self.layers.iter().enumerate() {
            if self.layers.len() > 1 {
                lines.push(format!("layer {} from outside:", at.saturating_add(1)));
            }
            lines.extend(findings.lines());
        }
        lines.extend(self.protected.iter().flat_map(header_lines));
        if self.inside != "signed content" {
            lines.push(format!("inside is {}", self.inside));
        }
        let lines: Vec<_> = lines.iter().map(|line| show::printable(line)).collect();
        lines.join("\n")
    }

    fn to_json(&self) -> Result<Value, Failure> {
        let layers = self
            .layers
            .iter()
            .map(Findings::to_json)
            .collect::<Result<Vec<_>, _>>()?;
        let valid = !self.layers.is_empty()
            && self.layers.iter().all(Findings::is_valid)
            && self.altered().next().is_none();
        let header = self.protected.as_ref().map(|header| {
            let fields: Vec<_> = header
                .fields
                .iter()
                .map(|field| {
                    json!({
                        "name": field.name, "value": field.value, "outside": &*field.outside,
                        "confidential": field.confidential, "agrees": field.agrees(),
                    })
                })
                .collect();
            let unprotected: Vec<_> = header
                .unprotected
                .iter()
                .map(|field| json!({ "name": field.name(), "value": field.value() }))
                .collect();
            let protection = match header.protection {
                Protection::Clear => "clear",
                Protection::Cipher => "cipher",
            };
            json!({ "protection": protection, "fields": fields, "unprotected": unprotected })
        });
        Ok(json!({ "valid": valid, "layers": layers, "inside": self.inside, "header": header }))
    }
}
