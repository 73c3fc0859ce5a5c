//! The registration authority: products, orders and their steps, vetting, verification of mailboxes,
//! activation and revocation, and the letters that all of this causes.
#![warn(missing_docs)]

mod application;
mod document;
mod order_number;
mod policy;
mod product;
mod step;

pub use application::{
    ApplicationData, ExistenceProof, Field, FieldError, IdentityDocument, OrganizationData,
    PersonData, Problem,
};
pub use document::{ContentError, DocumentKind, clean_file_name, examine};
pub use order_number::{OrderNumber, ParseOrderNumberError};
pub use policy::Policy;
pub use product::{
    Kind, Needed, ParseStatementError, Place, Price, Product, ProductError, ProductFault, Products,
    RequiredDocument, Statement, StatementAt, StatementVersion, Texts,
};
pub use step::{Answer, Step, StepEvidence, StepState, WrongTransition};
