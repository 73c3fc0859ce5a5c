//! Identifiers that cannot be taken for one another.

use std::{fmt, str::FromStr};

use chancery_store::{Id, ParseIdError, Value};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

macro_rules! identifier {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Id);

        impl $name {
            /// Takes a row identifier for what it is said to be.
            #[must_use]
            pub const fn new(id: Id) -> Self {
                Self(id)
            }

            /// The row identifier.
            #[must_use]
            pub const fn id(self) -> Id {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;

            fn from_str(text: &str) -> Result<Self, ParseIdError> {
                text.parse().map(Self)
            }
        }

        impl From<$name> for Value {
            fn from(id: $name) -> Self {
                Self::from(id.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
            }
        }
    )+};
}

identifier! {
    /// A [`crate::Person`].
    PersonId,
    /// An [`crate::Organization`] as it was verified once.
    OrganizationId,
    /// A [`crate::NaturalPerson`]'s identity as it was verified once.
    IdentityId,
    /// A session; not the token that opens it.
    SessionId,
    /// An [`crate::Anchor`].
    AnchorId,
    /// A [`crate::Participant`].
    ParticipantId,
    /// A [`crate::RegisteredCertificate`].
    RegisteredCertificateId,
    /// A [`crate::Device`].
    DeviceId,
    /// A pairing of a device that is under way.
    PairingId,
}
