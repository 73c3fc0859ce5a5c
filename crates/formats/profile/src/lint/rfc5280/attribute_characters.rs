//! Unicode TR 36 section 2.7: characters without width and those that turn the direction of writing make one name
//! look like another; control characters have no place in a name.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};
use crate::text::unfit_character;

pub(super) static LINT: Lint = Lint {
    name: "attribute_characters",
    clause: "Unicode TR 36 section 2.7",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "No attribute of the subject holds control characters or characters that hide or turn the text.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    for value in &view.subject {
        if let Some(character) = value.text().as_deref().and_then(unfit_character) {
            found.say(format!("{} holds {character:?}", value.label()));
        }
    }
}
