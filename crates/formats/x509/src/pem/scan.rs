//! Finding the blocks of a PEM text.

use super::PemError;
use super::base64::is_base64;

/// One block, not decoded.
pub(super) struct Block<'a> {
    /// Its label.
    pub label: &'a str,
    /// The line on which it begins.
    pub begin: usize,
    /// The lines between, numbered.
    pub lines: Vec<(usize, &'a str)>,
}

enum Line<'a> {
    Begin(&'a str),
    End(&'a str),
    Other,
}

/// All blocks of a text, at least one. A private key anywhere in it comes before every other complaint.
pub(super) fn blocks(text: &str) -> Result<Vec<Block<'_>>, PemError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(PemError::Empty);
    }
    let lines = || {
        text.lines()
            .enumerate()
            .map(|(at, line)| (at + 1, line.trim()))
    };
    if let Some((line, _)) = lines().find(|(_, line)| is_private_key(line)) {
        return Err(PemError::PrivateKey { line });
    }
    let mut found = Vec::new();
    let mut open: Option<Block<'_>> = None;
    for (number, line) in lines() {
        match (read(number, line)?, open.take()) {
            (Line::Begin(_), Some(block)) => return Err(missing_end(&block)),
            (Line::Begin(label), None) => {
                open = Some(Block {
                    label,
                    begin: number,
                    lines: Vec::new(),
                });
            }
            (Line::End(label), Some(block)) if label == block.label => {
                if block.lines.is_empty() {
                    return Err(PemError::EmptyBody { line: block.begin });
                }
                found.push(block);
            }
            (Line::End(label), Some(block)) => {
                return Err(PemError::EndMismatch {
                    label: block.label.to_owned(),
                    found: label.to_owned(),
                    line: number,
                });
            }
            (Line::End(_), None) => return Err(PemError::MissingBeginOf { line: number }),
            (Line::Other, Some(mut block)) => {
                if !line.is_empty() {
                    block.lines.push((number, line));
                }
                open = Some(block);
            }
            (Line::Other, None) => {}
        }
    }
    if let Some(block) = open {
        return Err(missing_end(&block));
    }
    if found.is_empty() {
        let bare = text.chars().all(|c| c.is_whitespace() || is_base64(c));
        return Err(if bare {
            PemError::MissingBegin
        } else {
            PemError::NotPem
        });
    }
    Ok(found)
}

fn missing_end(block: &Block<'_>) -> PemError {
    PemError::MissingEnd {
        label: block.label.to_owned(),
        line: block.begin,
    }
}

fn is_private_key(line: &str) -> bool {
    let upper = line.to_ascii_uppercase();
    upper.contains("PRIVATE KEY") && upper.contains("BEGIN")
}

/// What kind of line it is. A line that means to be a marker and is not one is told rather than skipped.
fn read(number: usize, line: &str) -> Result<Line<'_>, PemError> {
    let inner = line
        .strip_prefix("-----")
        .and_then(|rest| rest.strip_suffix("-----"));
    if let Some(inner) = inner {
        if inner.contains("-----") {
            return Err(PemError::LineBreaksLost { line: number });
        }
        if let Some(label) = inner.strip_prefix("BEGIN ") {
            return Ok(Line::Begin(label));
        }
        if let Some(label) = inner.strip_prefix("END ") {
            return Ok(Line::End(label));
        }
    }
    if means_marker(line) {
        Err(PemError::DamagedMarker { line: number })
    } else {
        Ok(Line::Other)
    }
}

/// `BEGIN` or `END` with a label known from PEM and dashes of some kind beside it.
fn means_marker(line: &str) -> bool {
    let upper = line.to_ascii_uppercase();
    let dashes = upper
        .chars()
        .any(|c| matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}'));
    let labelled = ["CERTIFICATE", "X509 CRL", "PKCS7", "PUBLIC KEY"]
        .iter()
        .any(|label| upper.contains(label));
    dashes && labelled && (upper.contains("BEGIN ") || upper.contains("END "))
}
