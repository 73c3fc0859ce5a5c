//! The e-mail verification.

use super::{At, view};
use crate::{
    form::Form,
    page::Page,
    pages::orders::{
        email::{Email, email_page},
        link::{Link, VerifyEmail},
    },
    samples::Samples,
};

impl Samples for Email {
    const TEMPLATE: &'static str = "pages/order-email.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let filled = || Form::filled([("email", "jana.orechova@energy.example")]);
        let mut wrong = filled();
        let text = page.t("email-code-wrong").with("left", 3).to_string();
        wrong.refuse_named("code", page.text("email-code"), text);
        let over = view(page, "smime-sponsor-365", At::EmailOver);
        let sent = view(page, "smime-sponsor-365", At::EmailSent);
        let fresh = view(page, "smime-mailbox-365", At::Email);
        vec![
            ("fresh", email_page(page.clone(), &fresh, filled())),
            ("sent", email_page(page.clone(), &sent, filled())),
            ("wrong", email_page(page.clone(), &sent, wrong)),
            ("over", email_page(page.clone(), &over, filled())),
        ]
    }
}

impl Samples for VerifyEmail {
    const TEMPLATE: &'static str = "pages/verify-email.html";

    fn samples(page: &Page) -> Vec<(&'static str, Self)> {
        let email = "jana.orechova@energy.example".to_owned();
        let sample = |state| Self {
            page: page.clone(),
            state,
        };
        vec![
            (
                "ready",
                sample(Link::Ready {
                    applicant: "Jana Ořechová".to_owned(),
                    email: email.clone(),
                    order_number: At::EmailSent.number(),
                    address: "/verify-email/0123456789abcdef".to_owned(),
                }),
            ),
            ("done", sample(Link::Done { email })),
            ("gone", sample(Link::Gone)),
        ]
    }
}
