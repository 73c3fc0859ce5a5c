//! Verifying messages.

use chancery_cms::signed::SignedData;
use chancery_cms::smime::Header;
use chancery_cms::smime::address::Originators;
use chancery_cms::smime::protect::{self, ProtectedHeader, Protection};
use chancery_cms::stream::ContentKind;
use serde_json::{Value, json};

use super::layers::{Entity, Layer, MAX_LAYERS, SignedForm, Unpacking};
use super::spool::Spool;
use crate::{
    cli::SmimeVerify,
    commands::{
        self, note,
        signed::{Findings, Trust, judge},
    },
    failure::Failure,
    streams::{Form, Target},
    terminal,
};

/// What was found about a message.
struct Judged {
    layers: Vec<Findings>,
    /// What lies inside the innermost layer that was read.
    inside: &'static str,
    protected: Option<ProtectedHeader>,
    entity: Entity,
}

/// `chancery smime verify`.
pub fn verify(words: &SmimeVerify) -> Result<(), Failure> {
    let message = Entity::exact(Spool::input(words.input.as_deref())?);
    let target = match words.out.as_deref() {
        Some(out) => Some(Target::structure(Some(out), Form::Der)?),
        None => None,
    };
    let trust = Trust::read(&words.how)?;
    let judged = judge_message(message, words, &trust)?;
    let text = if words.how.json {
        commands::json(&judged.to_json()?)?
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
        let mut pieces = judged.entity.pieces();
        while let Some(piece) = pieces.next()? {
            target.write(piece)?;
        }
        target.keep()?;
    }
    Ok(())
}

fn judge_message(message: Entity, words: &SmimeVerify, trust: &Trust) -> Result<Judged, Failure> {
    let mut judged = Judged {
        layers: Vec::new(),
        inside: "no S/MIME message",
        protected: None,
        entity: message,
    };
    let mut unpacking = Unpacking::beside(words.out.as_deref());
    let mut outermost: Option<Header> = None;
    for _ in 0..MAX_LAYERS {
        let (header, layer) = match unpacking.layer(&judged.entity) {
            Ok(read) => read,
            // What is signed may be anything; only the message itself must be one.
            Err(_) if outermost.is_some() && !looks_like_layer(&judged.entity)? => break,
            Err(failure) => return Err(failure),
        };
        let outside = outermost.get_or_insert_with(|| header.clone());
        match layer {
            Layer::Signed { data, forms } => {
                judged.inside = "signed content";
                let mut best: Option<Judgement> = None;
                for form in forms {
                    if best.as_ref().is_none_or(|best| !best.findings.is_valid()) {
                        let judgement = judge_form(&data, form, outside, words, trust)?;
                        if best.is_none() || judgement.findings.is_valid() {
                            best = Some(judgement);
                        }
                    }
                }
                if let Some(best) = best {
                    judged.layers.push(best.findings);
                    judged.protected = best.protected.or(judged.protected);
                    judged.entity = best.entity;
                }
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

/// What was found about an entity as it may have been signed.
struct Judgement {
    findings: Findings,
    protected: Option<ProtectedHeader>,
    entity: Entity,
}

fn judge_form(
    data: &SignedData,
    form: SignedForm,
    outside: &Header,
    words: &SmimeVerify,
    trust: &Trust,
) -> Result<Judgement, Failure> {
    let inside = form.entity.header()?;
    // What is verified here has been decrypted before, if ever it was encrypted: layers around it only sign.
    let protected = inside
        .as_ref()
        .and_then(|inside| protect::read(inside, outside, Protection::Clear));
    // Fields that are protected inside say whose message it is, if they do say it: else it is what readers are shown, the outside.
    let named = inside
        .as_ref()
        .filter(|inside| protected.is_some() && inside.all("From").next().is_some())
        .unwrap_or(outside);
    let originators = if words.any_sender {
        Originators::default()
    } else {
        Originators::read(named)
            .map_err(|error| Failure::because("the message does not say who it is from", &error))?
    };
    let originators = Some(&originators).filter(|originators| !originators.is_empty());
    Ok(Judgement {
        findings: judge(
            data,
            form.detached(data)?.as_ref(),
            originators,
            &words.how,
            trust,
        ),
        protected,
        entity: form.entity,
    })
}

/// Whether an entity that cannot be read says that it is S/MIME.
fn looks_like_layer(entity: &Entity) -> Result<bool, Failure> {
    Ok(entity
        .header()?
        .and_then(|header| header.content_type().ok())
        .is_some_and(|kind| {
            kind.essence() == "multipart/signed" || kind.essence().ends_with("pkcs7-mime")
        }))
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
    /// Protected fields whose outside says something else.
    fn altered(&self) -> impl Iterator<Item = &protect::ProtectedField> {
        let fields = self.protected.iter().flat_map(|header| &header.fields);
        fields.filter(|field| !field.outside.is_empty() && !field.agrees())
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
        let lines: Vec<_> = lines.iter().map(|line| terminal::line(line)).collect();
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
