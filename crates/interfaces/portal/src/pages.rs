//! The pages, one file a topic: its routes, handlers, templates' contexts and samples.

pub(crate) mod account;
pub(crate) mod authorities;
pub(crate) mod catalogue;
pub(crate) mod certificates;
pub(crate) mod collect;
pub(crate) mod desk;
pub(crate) mod devices;
pub(crate) mod directory;
pub(crate) mod download;
pub(crate) mod errors;
pub(crate) mod help;
pub(crate) mod home;
pub(crate) mod orders;
pub(crate) mod paging;
pub(crate) mod participants;
mod refusals;
pub(crate) mod registered;
pub(crate) mod sandbox;
pub(crate) mod settings;
pub(crate) mod store;
pub(crate) mod supported;
pub(crate) mod tools;

use chancery_store::Id;

use crate::{confirm, error::PageError, routes::Route};

/// Every route, topic by topic.
pub(crate) fn routes() -> Vec<Route> {
    [
        account::routes(),
        catalogue::routes(),
        authorities::routes(),
        certificates::routes(),
        collect::routes(),
        confirm::routes(),
        desk::routes(),
        devices::routes(),
        directory::routes(),
        help::routes(),
        home::routes(),
        orders::routes(),
        participants::routes(),
        registered::routes(),
        sandbox::routes(),
        settings::routes(),
        store::routes(),
        supported::routes(),
        tools::routes(),
        crate::offline::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// An identifier in an address; what is none names nothing.
pub(crate) fn path_id(text: &str) -> Result<Id, PageError> {
    text.parse().map_err(|_| PageError::NotFound)
}

/// Every template with its samples.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::samples::Sampled> {
    use crate::samples::sampled;
    vec![
        sampled::<account::code::PasswordPage>(),
        sampled::<account::handshake::HandshakePage>(),
        sampled::<account::handshake_proof::ProofPage>(),
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
        sampled::<account::totp::PasswordFirstPage>(),
        sampled::<account::totp::RecoveryCodesPage>(),
        sampled::<account::totp::TotpPage>(),
        sampled::<catalogue::CataloguePage>(),
        sampled::<catalogue::ProductPage>(),
        sampled::<authorities::Authorities>(),
        sampled::<certificates::list::Certificates>(),
        sampled::<certificates::renew::Renew>(),
        sampled::<certificates::renew::RenewNot>(),
        sampled::<certificates::revoke::Revoke>(),
        sampled::<certificates::show::CertificatePage>(),
        sampled::<collect::Codes>(),
        sampled::<collect::Collect>(),
        sampled::<collect::Collected>(),
        sampled::<desk::codes::GivenCodes>(),
        sampled::<confirm::ConfirmPage>(),
        sampled::<desk::application::Application>(),
        sampled::<desk::queue::Queue>(),
        sampled::<devices::list::DevicesPage>(),
        sampled::<devices::list::NamePage>(),
        sampled::<devices::phone::PairPage>(),
        sampled::<devices::revoke::RevokePage>(),
        sampled::<directory::Directory>(),
        sampled::<errors::ErrorPage>(),
        sampled::<help::GuidePage>(),
        sampled::<help::HelpPage>(),
        sampled::<home::HomePage>(),
        sampled::<orders::activation::Activation>(),
        sampled::<orders::activation::Summary>(),
        sampled::<orders::dashboard::Dashboard>(),
        sampled::<orders::data::Data>(),
        sampled::<orders::data::summary::Summary>(),
        sampled::<orders::documents::Documents>(),
        sampled::<orders::email::Email>(),
        sampled::<orders::link::VerifyEmail>(),
        sampled::<orders::list::Orders>(),
        sampled::<orders::place::NewOrder>(),
        sampled::<orders::show::OrderPage>(),
        sampled::<participants::Participants>(),
        sampled::<participants::desk::Desk>(),
        sampled::<participants::going::Going>(),
        sampled::<participants::member::MemberPage>(),
        sampled::<participants::show::Shown>(),
        sampled::<registered::Registered>(),
        sampled::<registered::new::New>(),
        sampled::<registered::remove::Remove>(),
        sampled::<registered::show::Shown>(),
        sampled::<sandbox::DoorPage>(),
        sampled::<sandbox::MailboxPage>(),
        sampled::<sandbox::MessagePage>(),
        sampled::<store::ComponentPage>(),
        sampled::<store::StorePage>(),
        sampled::<supported::Remove>(),
        sampled::<supported::Supported>(),
        sampled::<supported::terms::Terms>(),
        sampled::<tools::ToolPage>(),
    ]
}
