//! Forms as documents that people read and sign: plain text in UTF-8.
//!
//! Text, because it is all there is to it: no program draws it otherwise than another, nothing in it can run, hide or load
//! anything, and it can be read for as long as there are computers. The same values give the same octets.

use std::fmt::Write as _;

use chancery_register::text::visible;

/// A document under way. Lines end in LF; whatever cannot be seen stands there as its number, so that a value can neither begin a line of its own nor
/// turn another around.
pub(crate) struct Sheet(String);

impl Sheet {
    pub(crate) fn new(title: &str) -> Self {
        let mut sheet = Self(String::new());
        sheet.heading(title, '=');
        sheet
    }

    /// A part with its heading.
    pub(crate) fn section(&mut self, title: &str) {
        self.0.push('\n');
        self.heading(title, '-');
    }

    fn heading(&mut self, title: &str, under: char) {
        self.text(title);
        let width = plain(title).chars().count();
        self.0.extend(std::iter::repeat_n(under, width));
        self.0.push('\n');
    }

    /// A field with its value.
    pub(crate) fn line(&mut self, label: &str, value: &str) {
        let _ = writeln!(self.0, "{}: {}", plain(label), plain(value));
    }

    /// A field within the one before.
    pub(crate) fn under(&mut self, label: &str, value: &str) {
        self.0.push_str("   ");
        self.line(label, value);
    }

    /// Words of ours, which may have several lines.
    pub(crate) fn text(&mut self, words: &str) {
        for line in words.trim().lines() {
            let _ = writeln!(self.0, "{}", plain(line.trim_end()));
        }
    }

    pub(crate) fn finish(self) -> String {
        self.0
    }
}

/// What can be seen; the blanks that keep words of a page together are ordinary ones, as they are typed and searched for.
fn plain(text: &str) -> String {
    visible(text).replace('\u{a0}', " ")
}

#[cfg(test)]
mod tests {
    use super::Sheet;

    #[test]
    fn a_value_stays_in_its_line() {
        let mut sheet = Sheet::new("Žádost o\u{a0}certifikát");
        sheet.section("Osoba");
        sheet.line("Jméno", "Jana\nRole: <b>jednatelka\u{202e}</b>\r\n");
        sheet.under("Verze", "1");
        sheet.text("První.\n\nDruhá. \n");
        assert_eq!(
            sheet.finish(),
            "Žádost o certifikát\n===================\n\nOsoba\n-----\n\
             Jméno: Jana[U+000A]Role: <b>jednatelka[U+202E]</b>[U+000D][U+000A]\n   Verze: 1\n\
             První.\n\nDruhá.\n"
        );
    }
}
