//! The pages, one file a topic: its routes, handlers, templates' contexts and samples.

pub(crate) mod errors;
pub(crate) mod home;
pub(crate) mod settings;

use crate::routes::Route;

/// Every route, topic by topic.
pub(crate) fn routes() -> Vec<Route> {
    [home::routes(), settings::routes()]
        .into_iter()
        .flatten()
        .collect()
}

/// Every template with its samples.
#[cfg(any(test, feature = "samples"))]
pub(crate) fn samples() -> Vec<crate::samples::Sampled> {
    use crate::samples::sampled;
    vec![sampled::<errors::ErrorPage>(), sampled::<home::HomePage>()]
}
