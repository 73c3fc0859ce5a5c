//! What an uploaded file really is: decided by its content, never by its name or by what the browser said.
//!
//! A file that is two things at once (an image that is also a page or an archive) is refused: whoever opens
//! it later may take it for the other thing. The check is strict where it costs honest people nothing, and
//! it does not stand alone: documents are served as downloads of their own media type, never sniffed.

use super::DocumentKind;

/// Why the content is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContentError {
    /// Neither PDF nor PNG nor JPEG.
    #[error("neither PDF nor PNG nor JPEG")]
    NotADocument,
    /// It begins as one of them but is cut off or damaged.
    #[error("the {} is incomplete or damaged", .kind.name())]
    Damaged {
        /// What it begins as.
        kind: DocumentKind,
    },
    /// A page, a script or an archive is hidden in it.
    #[error("a page, script or archive is hidden in the {}", .kind.name())]
    Polyglot {
        /// What it looks like.
        kind: DocumentKind,
    },
    /// A PDF that runs a script or a program when it is opened.
    #[error("the PDF runs a script or a program")]
    Active,
    /// An image so large that showing it would exhaust memory.
    #[error("{width} x {height} pixels are more than {max_megapixels} megapixels")]
    TooManyPixels {
        /// Pixels in a row.
        width: u32,
        /// Rows.
        height: u32,
        /// The most that are accepted, in millions.
        max_megapixels: u64,
    },
}

const MAX_MEGAPIXELS: u64 = 200;
const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Tells what the content is, or why it is not accepted.
pub fn examine(content: &[u8]) -> Result<DocumentKind, ContentError> {
    let kind = if content.starts_with(b"%PDF-1.") || content.starts_with(b"%PDF-2.") {
        pdf(content)?;
        DocumentKind::Pdf
    } else if content.starts_with(PNG_SIGNATURE) {
        pixels(png(content).ok_or(damaged(DocumentKind::Png))?)?;
        DocumentKind::Png
    } else if content.starts_with(b"\xff\xd8\xff") {
        pixels(jpeg(content).ok_or(damaged(DocumentKind::Jpeg))?)?;
        DocumentKind::Jpeg
    } else {
        return Err(ContentError::NotADocument);
    };
    if holds_markup(content) || holds_archive(content) {
        return Err(ContentError::Polyglot { kind });
    }
    Ok(kind)
}

const fn damaged(kind: DocumentKind) -> ContentError {
    ContentError::Damaged { kind }
}

fn pixels((width, height): (u32, u32)) -> Result<(), ContentError> {
    if u64::from(width) * u64::from(height) > MAX_MEGAPIXELS * 1_000_000 {
        return Err(ContentError::TooManyPixels {
            width,
            height,
            max_megapixels: MAX_MEGAPIXELS,
        });
    }
    Ok(())
}

/// ISO 32000-2 section 7.5: the file ends with `%%EOF`; only white space may follow.
fn pdf(content: &[u8]) -> Result<(), ContentError> {
    const END: &[u8] = b"%%EOF";
    let body = content.trim_ascii_end();
    let body = body
        .strip_suffix(b"\0")
        .map_or(body, <[u8]>::trim_ascii_end);
    if !body.ends_with(END) {
        return Err(damaged(DocumentKind::Pdf));
    }
    if content
        .iter()
        .enumerate()
        .filter(|(_, octet)| **octet == b'/')
        .any(|(at, _)| content.get(at + 1..).is_some_and(is_active_name))
    {
        return Err(ContentError::Active);
    }
    Ok(())
}

/// A name may be written with `#xx` for any octet (ISO 32000-2 section 7.3.5).
fn is_active_name(rest: &[u8]) -> bool {
    let mut name = Vec::with_capacity(12);
    let mut rest = rest;
    while name.len() < 12 {
        match rest {
            [b'#', high, low, tail @ ..] => {
                let (Some(high), Some(low)) = (hex(*high), hex(*low)) else {
                    break;
                };
                name.push(high * 16 + low);
                rest = tail;
            }
            [octet, tail @ ..] if octet.is_ascii_alphanumeric() => {
                name.push(*octet);
                rest = tail;
            }
            _ => break,
        }
    }
    // A rendition carries a script too (ISO 32000-2 section 12.6.4.14), and so does rich media.
    [&b"JavaScript"[..], b"Launch", b"Rendition", b"RichMedia"].contains(&name.as_slice())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

/// ISO/IEC 15948 section 5: signature, IHDR, chunks, IEND and nothing behind it.
fn png(content: &[u8]) -> Option<(u32, u32)> {
    let mut rest = content.strip_prefix(PNG_SIGNATURE)?;
    let mut size = None;
    let mut has_data = false;
    loop {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let (name, after) = after.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (data, after) = after.split_at_checked(length)?;
        let (_crc, after) = after.split_first_chunk::<4>()?;
        match (name, size) {
            (b"IHDR", None) => {
                let (width, height) = data.split_first_chunk::<4>()?;
                let (height, _) = height.split_first_chunk::<4>()?;
                size = Some((u32::from_be_bytes(*width), u32::from_be_bytes(*height)));
            }
            (b"IHDR", Some(_)) | (_, None) => return None,
            (b"IDAT", _) => has_data = true,
            (b"IEND", Some((width, height))) => {
                let whole = has_data && after.is_empty() && width > 0 && height > 0;
                return whole.then_some((width, height));
            }
            _ => {}
        }
        rest = after;
    }
}

/// ITU-T T.81 annex B: segments up to the end of image. What cameras put behind it (previews, depth maps) stays.
fn jpeg(content: &[u8]) -> Option<(u32, u32)> {
    let mut rest = content.strip_prefix(b"\xff\xd8")?;
    let mut size = None;
    let mut scanned = false;
    loop {
        let (marker, after) = match rest {
            [0xff, 0xff, ..] => {
                rest = rest.get(1..)?;
                continue;
            }
            [0xff, marker, after @ ..] => (*marker, after),
            _ => return None,
        };
        if marker == 0xd9 {
            return size.filter(|_| scanned);
        }
        let (length, _) = after.split_first_chunk::<2>()?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (segment, behind) = after.split_at_checked(length)?;
        let segment = segment.get(2..)?;
        match marker {
            // Start of frame: precision, rows, columns. C4, C8 and CC are tables.
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let (_, dimensions) = segment.split_first()?;
                let (rows, columns) = dimensions.split_first_chunk::<2>()?;
                let (columns, _) = columns.split_first_chunk::<2>()?;
                let height = u32::from(u16::from_be_bytes(*rows));
                let width = u32::from(u16::from_be_bytes(*columns));
                if width == 0 {
                    return None;
                }
                size = Some((width, height));
                rest = behind;
            }
            0xda => {
                scanned = true;
                rest = behind.get(scan_length(behind)?..)?;
            }
            _ => rest = behind,
        }
    }
}

/// Length of entropy-coded data: up to a marker that is neither a stuffed octet nor a restart.
fn scan_length(data: &[u8]) -> Option<usize> {
    data.windows(2).position(
        |pair| matches!(pair, [0xff, marker] if !matches!(marker, 0x00 | 0xff | 0xd0..=0xd7)),
    )
}

/// What a browser or interpreter would take for a page or a script, in either case. Not `<body`: comments in a
/// PDF are written in it (ISO 32000-1 section 12.7.3.4).
const MARKUP: [&[u8]; 6] = [b"!doctype", b"html", b"script", b"iframe", b"svg", b"?php"];

fn holds_markup(content: &[u8]) -> bool {
    content
        .iter()
        .enumerate()
        .filter(|(_, octet)| **octet == b'<')
        .filter_map(|(at, _)| content.get(at + 1..))
        .any(|rest| {
            MARKUP.iter().any(|tag| {
                rest.split_at_checked(tag.len())
                    .is_some_and(|(name, behind)| {
                        name.eq_ignore_ascii_case(tag)
                            && behind.first().is_none_or(|next| {
                                next.is_ascii_whitespace() || b"/>".contains(next)
                            })
                    })
            })
        })
}

/// The end of a ZIP directory, which readers look for in the last 64 KiB and so makes any file a JAR or an Office file.
fn holds_archive(content: &[u8]) -> bool {
    const END_OF_DIRECTORY: &[u8] = b"PK\x05\x06";
    let tail = content.len().saturating_sub(65_535 + 22);
    content
        .get(tail..)
        .unwrap_or_default()
        .windows(END_OF_DIRECTORY.len())
        .any(|window| window == END_OF_DIRECTORY)
}

#[cfg(test)]
mod tests;
