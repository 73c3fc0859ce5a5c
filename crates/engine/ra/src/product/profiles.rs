//! Whether the catalogue and the certificate profiles fit together, checked at start.

use chancery_profile::{Kind as ProfileKind, Profiles, SmimeType};

use super::{Kind, Products};

/// A product cannot be issued by the profile that it names.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProductProfileError {
    /// There is no such profile.
    #[error("product {product}: there is no profile {profile}")]
    Missing {
        /// The product's code.
        product: String,
        /// The profile that it names.
        profile: String,
    },
    /// The profile attests something else than the product sells.
    #[error("product {product}: profile {profile} is not for the kind {}", kind.id())]
    OtherKind {
        /// The product's code.
        product: String,
        /// The profile that it names.
        profile: String,
        /// The product's kind.
        kind: Kind,
    },
    /// The profile does not allow so long a validity.
    #[error("product {product}: {days} days, of which profile {profile} allows {maximum}")]
    Validity {
        /// The product's code.
        product: String,
        /// The profile that it names.
        profile: String,
        /// The product's days.
        days: u32,
        /// The profile's most.
        maximum: u32,
    },
}

impl Products {
    /// Checks that each product has a profile that issues it.
    pub fn check_profiles(&self, profiles: &Profiles) -> Result<(), ProductProfileError> {
        for product in self.iter() {
            let (code, name) = (product.code.clone(), product.profile.clone());
            let Some(profile) = profiles.get(&name) else {
                return Err(ProductProfileError::Missing {
                    product: code,
                    profile: name,
                });
            };
            let wanted = match product.kind {
                Kind::Mailbox => SmimeType::Mailbox,
                Kind::Individual => SmimeType::Individual,
                Kind::Sponsor => SmimeType::Sponsor,
                Kind::Organization => SmimeType::Organization,
            };
            let fits = matches!(
                profile.kind(),
                ProfileKind::Smime { subject_type, .. } if subject_type == wanted
            );
            if !fits {
                return Err(ProductProfileError::OtherKind {
                    product: code,
                    profile: name,
                    kind: product.kind,
                });
            }
            if product.validity_days > profile.maximum_days() {
                return Err(ProductProfileError::Validity {
                    product: code,
                    profile: name,
                    days: product.validity_days,
                    maximum: profile.maximum_days(),
                });
            }
        }
        Ok(())
    }
}
