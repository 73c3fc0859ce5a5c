//! Documents that an applicant attaches: checked by content, sealed with a key each, kept outside the database. So are applications that
//! were signed, and their signatures.

mod content;
mod error;
mod file_name;
mod keep;
mod read;

use chancery_store::{FromRow, Id, Row, RowError, Timestamp};

pub use content::ContentError;
pub use error::{DocumentError, RemoveDocumentError};
pub(crate) use keep::Kept;
pub use keep::Upload;

/// The vault's purpose for keys of documents; the context is the document's id.
const KEY_PURPOSE: &str = "ra-document-key";

/// What a document is, by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DocumentKind {
    /// ISO 32000.
    Pdf,
    /// ISO/IEC 15948.
    Png,
    /// ITU-T T.81.
    Jpeg,
    /// An application as text, as its applicant signed it; nobody can attach one or take it back.
    Application,
    /// The signature over that, CMS (RFC 5652).
    Signature,
}

impl DocumentKind {
    const ALL: [Self; 5] = [
        Self::Pdf,
        Self::Png,
        Self::Jpeg,
        Self::Application,
        Self::Signature,
    ];

    /// Whether it came about by signing an application, rather than by being attached.
    #[must_use]
    pub const fn is_signed_application(self) -> bool {
        matches!(self, Self::Application | Self::Signature)
    }

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Application => "TXT",
            Self::Signature => "P7S",
        }
    }

    /// Its media type, the only one it may be served as.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Application => "text/plain; charset=utf-8",
            Self::Signature => "application/pkcs7-signature",
        }
    }

    /// How its file name ends; also its name in rows.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Application => "txt",
            Self::Signature => "p7s",
        }
    }

    fn from_extension(extension: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.extension() == extension)
    }
}

/// A document, without its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its row.
    pub id: Id,
    /// The order to which it was attached.
    pub order: Id,
    /// What it is for, [`crate::RequiredDocument::id`], where the applicant said so.
    pub purpose: Option<String>,
    /// Its file name, cleaned.
    pub name: String,
    /// What it is, by its content.
    pub kind: DocumentKind,
    /// Octets of its content.
    pub size: u64,
    /// When it was attached.
    pub added_at: Timestamp,
}

/// The columns of a [`Document`], from `d`.
macro_rules! document_columns {
    () => {
        "d.id, d.order_id, d.purpose, d.name, d.kind, d.size, d.added_at"
    };
}
pub(crate) use document_columns;

impl FromRow for Document {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            id: row.id(0)?,
            order: row.id(1)?,
            purpose: row.opt_text(2)?,
            name: row.text(3)?,
            kind: DocumentKind::from_extension(&row.text(4)?).ok_or(RowError {
                column: 4,
                expected: "a kind of document",
            })?,
            size: u64::try_from(row.int(5)?).map_err(|_| RowError {
                column: 5,
                expected: "a size",
            })?,
            added_at: row.time(6)?,
        })
    }
}

#[cfg(test)]
pub(crate) mod samples {
    pub(crate) const PDF: &[u8] = include_bytes!("../../tests/fixtures/page.pdf");
    pub(crate) const PNG: &[u8] = include_bytes!("../../tests/fixtures/pixel.png");
    pub(crate) const JPEG: &[u8] = include_bytes!("../../tests/fixtures/pixel.jpg");
}
