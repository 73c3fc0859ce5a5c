//! Base64 (RFC 4648 section 4) that knows its lines.

use super::PemError;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Without line breaks, padded.
pub(super) fn encode(octets: &[u8]) -> String {
    let mut out = String::with_capacity(octets.len().div_ceil(3).saturating_mul(4));
    for group in octets.chunks(3) {
        let bits = (0..3).fold(0_u32, |bits, index| {
            (bits << 8) | u32::from(group.get(index).copied().unwrap_or(0))
        });
        for index in 0..4 {
            if index <= group.len() {
                let sextet = (bits >> (18 - 6 * index)) & 0x3f;
                out.push(
                    ALPHABET
                        .get(sextet as usize)
                        .copied()
                        .map_or('=', char::from),
                );
            } else {
                out.push('=');
            }
        }
    }
    out
}

/// Decodes the numbered lines of a body; spaces within lines are skipped, padding must be right and unused bits zero.
pub(super) fn decode(lines: &[(usize, &str)]) -> Result<Vec<u8>, PemError> {
    let mut out = Vec::new();
    let mut bits = 0_u32;
    let mut held = 0_u32;
    let mut padding = 0_u32;
    let mut last = 0;
    for (number, line) in lines {
        for character in line.chars().filter(|c| !c.is_whitespace()) {
            last = *number;
            if character == '=' {
                padding += 1;
                if padding > 2 {
                    return Err(PemError::Padding { line: last });
                }
                continue;
            }
            let sextet = value(character).ok_or(PemError::NotBase64 {
                line: last,
                character,
            })?;
            if padding > 0 {
                return Err(PemError::Padding { line: last });
            }
            bits = (bits << 6) | sextet;
            held += 6;
            if held >= 8 {
                held -= 8;
                out.extend(u8::try_from((bits >> held) & 0xff));
                bits &= (1 << held) - 1;
            }
        }
    }
    // Sextets left over: 0 need no padding, one octet's (4 bits) two, two octets' (2 bits) one; six bits held are a lost group.
    let right = match held {
        0 => padding == 0,
        4 => padding == 2,
        2 => padding == 1,
        _ => false,
    };
    if right && bits == 0 {
        Ok(out)
    } else {
        Err(PemError::Padding { line: last })
    }
}

/// Whether a character can stand in base64.
pub(super) fn is_base64(character: char) -> bool {
    character == '=' || value(character).is_some()
}

fn value(character: char) -> Option<u32> {
    let code = u32::from(character);
    match character {
        'A'..='Z' => Some(code - 65),
        'a'..='z' => Some(code - 71),
        '0'..='9' => Some(code + 4),
        '+' => Some(62),
        '/' => Some(63),
        _ => None,
    }
}
