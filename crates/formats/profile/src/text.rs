//! Characters of names.

/// The first character that has no business in a name: controls, line separators, and the invisible ones that turn
/// the direction of writing and so make a name read as another (Unicode TR 36 section 2.7).
pub(crate) fn unfit_character(text: &str) -> Option<char> {
    text.chars().find(|character| {
        character.is_control()
            || matches!(
                character,
                '\u{2028}' | '\u{2029}' // line and paragraph separator
                | '\u{061c}' | '\u{200e}' | '\u{200f}' // marks of direction
                | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' // embedding, override, isolation
                | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{fffd}' // no width, or no character at all
            )
    })
}

/// Whether a value says something: S/MIME BR 7.1.4.2 forbids values of only '.', '-' and space or the like.
pub(crate) fn is_significant(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tricks_are_found_and_languages_are_not() {
        assert_eq!(unfit_character("Příliš žluťoučký kůň, s.r.o. & syn"), None);
        assert_eq!(unfit_character("שלום, 株式会社"), None);
        assert_eq!(unfit_character("gnp.\u{202e}exe"), Some('\u{202e}'));
        assert_eq!(unfit_character("a\nb"), Some('\n'));
        assert!(
            is_significant("7")
                && is_significant("é")
                && !is_significant(" .-")
                && !is_significant("")
        );
    }
}
