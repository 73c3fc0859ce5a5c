//! File names as they are kept and offered for download.

use super::DocumentKind;

/// Characters of a kept name, extension included.
const MAX: usize = 100;

/// A name that no system takes for a path, a device or another kind of file: the last part of what was
/// sent, without invisible and reserved characters, ending as the content says.
#[must_use]
pub fn clean(sent: &str, kind: DocumentKind) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = match last.rsplit_once('.') {
        Some((stem, extension)) if extension.chars().count() <= 5 => stem,
        _ => last,
    };
    let mut cleaned = String::new();
    for character in stem.chars() {
        if is_invisible(character) {
            continue;
        }
        let reserved = character.is_whitespace()
            || matches!(
                character,
                '<' | '>' | ':' | '"' | '|' | '?' | '*' | '%' | ';' | '\'' | '`' | '$'
            );
        if !reserved {
            cleaned.push(character);
        } else if !cleaned.ends_with(' ') {
            cleaned.push(' ');
        }
    }
    let room = MAX - kind.extension().len() - 1;
    let stem: String = cleaned
        .trim_matches(|c: char| c == ' ' || c == '.')
        .chars()
        .take(room)
        .collect();
    let stem = stem.trim_end_matches([' ', '.']);
    let stem = if stem.is_empty() { "document" } else { stem };
    format!("{stem}.{}", kind.extension())
}

/// Control, bidirectional, zero-width and other characters that show as nothing.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(
            u32::from(character),
            0xad | 0x34f | 0x61c | 0x115f..=0x1160 | 0x17b4..=0x17b5 | 0x180b..=0x180f
                | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0x2800 | 0x3164
                | 0xe000..=0xf8ff | 0xfe00..=0xfe0f | 0xfeff | 0xffa0 | 0xfff0..=0xffff
                | 0xe0000..=0x10_ffff
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_harmless() {
        for (sent, kept) in [
            ("výpis z rejstříku.pdf", "výpis z rejstříku.pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            ("C:\\Users\\jana\\OP líc.JPG", "OP líc.pdf"),
            ("extract.pdf.html", "extract.pdf.pdf"),
            ("report\u{202e}fdp.exe", "reportfdp.pdf"),
            ("a\r\nContent-Type: x", "aContent-Type x.pdf"),
            ("<script>alert(1)</script>", "script.pdf"),
            ("...", "document.pdf"),
            ("", "document.pdf"),
            (".htaccess", "htaccess.pdf"),
            ("CV 1.2.2026", "CV 1.2.pdf"),
        ] {
            let got = clean(sent, DocumentKind::Pdf);
            assert!(!got.contains(['/', '\\', '<', '\r', '\n', '"']), "{got}");
            assert_eq!(got, kept, "{sent:?}");
        }
    }

    #[test]
    fn names_are_cut() {
        let kept = clean(&"ž".repeat(300), DocumentKind::Jpeg);
        assert_eq!(kept.chars().count(), MAX);
        assert!(kept.ends_with("ž.jpg"));
    }
}
