//! Documents that an applicant attaches: checked by content, sealed with a key each, kept outside the database.

mod content;
mod file_name;

pub use content::{ContentError, examine};
pub use file_name::clean as clean_file_name;

/// What a document is, by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DocumentKind {
    /// ISO 32000.
    Pdf,
    /// ISO/IEC 15948.
    Png,
    /// ITU-T T.81.
    Jpeg,
}

impl DocumentKind {
    const ALL: [Self; 3] = [Self::Pdf, Self::Png, Self::Jpeg];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
        }
    }

    /// Its media type, the only one it may be served as.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }

    /// How its file name ends.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
        }
    }

    /// The kind whose file names end so.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.extension() == extension)
    }
}

#[cfg(test)]
pub(crate) mod samples {
    pub(crate) const PDF: &[u8] = include_bytes!("../../tests/fixtures/page.pdf");
    pub(crate) const PNG: &[u8] = include_bytes!("../../tests/fixtures/pixel.png");
    pub(crate) const JPEG: &[u8] = include_bytes!("../../tests/fixtures/pixel.jpg");
}
