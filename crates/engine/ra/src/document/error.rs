//! Why documents are not attached or taken back.

use chancery_register::Denied;

use super::ContentError;
use crate::{
    Fault,
    fault::{fault_into, refused_into},
};

/// A document was not attached.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// Not permitted.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// There is no such order, or it is another person's.
    #[error("there is no such order")]
    NotFound,
    /// The order takes no documents: it has nothing to vet, or its certificate is issued.
    #[error("the order takes no documents")]
    NoneTaken,
    /// The product's table of documents has no such line.
    #[error("the product needs no document {purpose}")]
    UnknownPurpose {
        /// What was given.
        purpose: String,
    },
    /// Nothing was sent.
    #[error("the file is empty")]
    Empty,
    /// Larger than a document may be.
    #[error("{size} octets are more than {max}")]
    TooLarge {
        /// Octets sent.
        size: usize,
        /// The most.
        max: usize,
    },
    /// The order has as many as it may have.
    #[error("the order has {max} documents already")]
    TooMany {
        /// The most.
        max: usize,
    },
    /// The content is not that of a document.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// Somebody changed the order meanwhile.
    #[error("the order was changed meanwhile")]
    Stale,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(Fault),
}

/// A document was not taken back.
#[derive(Debug, thiserror::Error)]
pub enum RemoveDocumentError {
    /// Not permitted.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// There is no such document, or it is another person's.
    #[error("there is no such document")]
    NotFound,
    /// It was submitted: what an officer saw, or is to see, is kept.
    #[error("the document was submitted")]
    Submitted,
    /// Somebody changed the order meanwhile.
    #[error("the order was changed meanwhile")]
    Stale,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(Fault),
}

fault_into!(DocumentError, RemoveDocumentError);
refused_into!(DocumentError, RemoveDocumentError);

impl From<Fault> for DocumentError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Fault> for RemoveDocumentError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}
