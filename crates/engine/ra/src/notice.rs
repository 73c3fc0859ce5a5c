//! What the registration authority writes to people about.

use chancery_register::{EmailAddress, Person};
use chancery_store::{Batch, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Fault, Product, Ra, order::Order};

/// The outbox topic of [`Notice`]s; the body is a [`chancery_register::Letter`] of one.
pub const MAIL_TOPIC: &str = "mail:ra";

/// What every notice about an order names.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The person's full name.
    pub full_name: String,
    /// The order, an [`chancery_store::Id`] in text: for the link to its page.
    pub order: String,
    /// Its number.
    pub order_number: String,
    /// The product's name in the language of the letter.
    pub product: String,
    /// How long the product's certificates are valid.
    pub validity_days: u32,
}

/// A notice of the registration authority; times are seconds UTC since 1970. Codes and tokens in it
/// exist nowhere else in the clear, and are gone once the letter is delivered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Notice {
    /// The data arrived and wait for an officer.
    DataSubmitted {
        /// Which order.
        about: About,
    },
    /// The data were verified; the mailbox is next.
    DataVerified {
        /// Which order.
        about: About,
    },
    /// The data were sent back.
    DataRejected {
        /// Which order.
        about: About,
        /// What to correct, in the officer's words.
        reason: String,
    },
    /// The one-time link and code, sent to the mailbox that is verified (which need not be the applicant's usual one).
    EmailVerification {
        /// Which order.
        about: About,
        /// The mailbox.
        email: String,
        /// Opens `/verify-email/{token}`.
        token: String,
        /// Typed on the order's page instead: seven groups of four.
        code: String,
        /// Until when either can be used.
        expires_at: i64,
        /// The certificate that is renewed, an [`chancery_store::Id`] in text.
        #[serde(default)]
        renews: Option<String>,
    },
    /// A certificate can be collected: the reference number. The other code goes another way.
    Collection {
        /// Which order.
        about: About,
        /// Opens `/download/{reference}`, and can be typed: three groups of four.
        reference: String,
        /// Until when the codes can be used.
        expires_at: i64,
    },
    /// The certificate, to the mailbox that it names.
    CertificateIssued {
        /// Which order.
        about: About,
        /// The certificate's row, an [`chancery_store::Id`] in text: for the link to its page.
        id: String,
        /// DER.
        certificate: Vec<u8>,
        /// DER of the issuing authority and the ones above it.
        chain: Vec<Vec<u8>>,
    },
    /// A certificate that was issued here ends soon.
    CertificateEnds {
        /// The certificate's row, an [`chancery_store::Id`] in text: for the link to its renewal.
        certificate: String,
        /// Its serial number in hexadecimal digits.
        serial: String,
        /// Its subject in one line.
        subject: String,
        /// In how many days, the last one begun included.
        days: u16,
        /// Its last second.
        not_after: i64,
    },
    /// A certificate was revoked.
    CertificateRevoked {
        /// The person's full name.
        full_name: String,
        /// The certificate's row, an [`chancery_store::Id`] in text: for the link to its page.
        certificate: String,
        /// Its serial number in hexadecimal digits.
        serial: String,
        /// Its subject in one line.
        subject: String,
        /// The reason, as `keyCompromise`.
        reason: String,
        /// When.
        at: i64,
    },
}

impl std::fmt::Debug for Notice {
    /// Names the kind only: codes and names stay out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::DataSubmitted { .. } => "DataSubmitted",
            Self::DataVerified { .. } => "DataVerified",
            Self::DataRejected { .. } => "DataRejected",
            Self::EmailVerification { .. } => "EmailVerification",
            Self::Collection { .. } => "Collection",
            Self::CertificateIssued { .. } => "CertificateIssued",
            Self::CertificateEnds { .. } => "CertificateEnds",
            Self::CertificateRevoked { .. } => "CertificateRevoked",
        })
    }
}

impl About {
    pub(crate) fn new(order: &Order, person: &Person) -> Self {
        let product: &Product = &order.product;
        Self {
            full_name: person.full_name.clone(),
            order: order.id.to_string(),
            order_number: order.number.clone(),
            product: product.name.text(person.language.tag()).to_owned(),
            validity_days: product.validity_days,
        }
    }
}

impl Ra {
    /// Puts a notice into the outbox, in the batch that is its cause.
    pub(crate) fn notify(
        &self,
        batch: &mut Batch,
        to: &EmailAddress,
        person: &Person,
        notice: Notice,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let letter = chancery_register::Letter {
            to: to.clone(),
            language: person.language,
            notice,
        };
        letter.post(batch, MAIL_TOPIC, &self.vault, self.entropy.as_ref(), now)?;
        Ok(())
    }
}
