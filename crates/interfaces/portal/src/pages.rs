//! The pages, one file a topic: its routes, handlers, templates' contexts and samples.

pub(crate) mod account;
pub(crate) mod catalogue;
pub(crate) mod errors;
pub(crate) mod help;
pub(crate) mod home;
pub(crate) mod sandbox;
pub(crate) mod settings;

use crate::routes::Route;

/// Every route, topic by topic.
pub(crate) fn routes() -> Vec<Route> {
    [
        account::routes(),
        catalogue::routes(),
        help::routes(),
        home::routes(),
        sandbox::routes(),
        settings::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Every template with its samples.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::samples::Sampled> {
    use crate::samples::sampled;
    vec![
        sampled::<account::code::PasswordPage>(),
        sampled::<account::invitation::GonePage>(),
        sampled::<account::invitation::InvitationPage>(),
        sampled::<account::log_in::LogInPage>(),
        sampled::<account::lost_code::LostCodePage>(),
        sampled::<account::lost_code::SentPage>(),
        sampled::<account::profile::NamePage>(),
        sampled::<account::profile::ProfilePage>(),
        sampled::<account::registration::RegisterPage>(),
        sampled::<account::registration::SentPage>(),
        sampled::<account::totp::EnrolPage>(),
        sampled::<account::totp::RecoveryCodesPage>(),
        sampled::<account::totp::TotpPage>(),
        sampled::<catalogue::CataloguePage>(),
        sampled::<catalogue::ProductPage>(),
        sampled::<errors::ErrorPage>(),
        sampled::<help::GuidePage>(),
        sampled::<help::HelpPage>(),
        sampled::<home::HomePage>(),
        sampled::<sandbox::DoorPage>(),
        sampled::<sandbox::MailboxPage>(),
        sampled::<sandbox::MessagePage>(),
    ]
}
