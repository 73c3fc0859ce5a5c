//! Why something about a participant was not done, as the notice of the page that one comes back to.

use chancery_register::ParticipantError;

use crate::{form::Form, page::Page};

/// The key of a notice for what somebody can do something about.
pub(crate) fn notice(error: &ParticipantError) -> Option<&'static str> {
    match error {
        ParticipantError::LastAuthorised => Some("notice-participant-last"),
        _ => None,
    }
}

/// What is wrong with whom somebody named; none for what no form can mend.
pub(crate) fn of_name(page: &Page, form: &mut Form, error: &ParticipantError) -> bool {
    let text = match error {
        ParticipantError::NobodysName => page.text("participant-refused-name"),
        ParticipantError::AlreadyMember => page.text("participant-refused-member"),
        ParticipantError::Oneself => page.text("participant-refused-oneself"),
        ParticipantError::TooManyAsked { limit } => page
            .t("participant-refused-too-many")
            .with("limit", *limit)
            .to_string(),
        ParticipantError::Wait(wait) => page
            .t("participant-refused-wait")
            .with("minutes", wait.as_secs().div_ceil(60))
            .to_string(),
        _ => return false,
    };
    form.refuse_named("who", page.text("participant-who"), text);
    true
}
