//! The registration authority: products, orders and their steps, vetting, verification of mailboxes,
//! activation and revocation, and the letters that all of this causes.
//!
//! An order passes the steps of its product. Data verification: the applicant submits [`ApplicationData`] with
//! documents, an officer verifies them or sends them back. E-mail verification: a link and a code go to the mailbox,
//! either answers. Activation: fields, certification request and agreement, and the authority issues. Each step's
//! state carries its evidence ([`StepState`]); a change of an order is one batch, guarded by the order's version, with
//! the event, the audit entry and the letter that belong to it.
//!
//! Every use case is a method of [`Ra`], takes the acting [`chancery_register::Principal`] and names the
//! [`chancery_register::Permission`] that it needs. What belongs to another person is not found.
#![warn(missing_docs)]

mod activation;
mod application;
mod certificates;
mod collection;
mod data;
mod desk;
mod device;
mod document;
mod event;
mod fault;
mod field;
mod mailbox;
mod notice;
mod order;
mod order_number;
mod policy;
mod product;
mod ra;
mod renewal;
mod step;

pub use activation::{
    ActivateError, ActivationData, ActivationView, CertificateField, CommonName, CommonNameChoice,
    CsrCheck, CsrProblem, FieldChoice, LogInChoice, certificate_field,
};
pub use application::{ApplicationData, ExistenceProof, OrganizationData, PersonData};
pub use certificates::RevokeError;
/// The kind of an identity document of a natural person.
pub use chancery_register::DocumentKind as IdentityDocument;
/// A letter that holds a [`Notice`], as it waits in the outbox.
pub use chancery_register::Letter;
pub use collection::{CollectError, Collection, GiveOutError, GivenOut};
pub use data::{
    ApplicationSignature, DraftError, Outcome, ReuseError, SignedApplication, StatementMade,
    Submission, SubmitError, Submitted, VerifiedData,
};
pub use desk::{ApplicationView, DecideError, Decision, QueueFilter, QueueItem};
pub use device::{
    CertifyDeviceError, DEVICE_PROFILE, RenewDevice, RenewDeviceError, RevokeDeviceError,
    renewal_message,
};
pub use document::{
    ContentError, Document, DocumentError, DocumentKind, RemoveDocumentError, Upload,
};
pub use event::{Event, EventKind};
pub use fault::Fault;
pub use field::{Field, FieldError, Problem};
pub use mailbox::{ConfirmEmailError, EmailConfirmation, SendEmailError, Sending, SendingState};
pub use notice::{About, MAIL_TOPIC, Notice};
pub use order::{KeyPlace, Order, OrderView, Page, PlaceOrderError, ReadError, StepView};
pub use order_number::{OrderNumber, ParseOrderNumberError};
pub use policy::{Policy, PolicyError};
pub use product::{
    Kind, Needed, ParseStatementError, Place, Price, Product, ProductError, ProductFault,
    ProductProfileError, Products, RequiredDocument, Statement, StatementAt, StatementVersion,
    Texts,
};
pub use ra::{MIGRATIONS, Ra, RaParts};
pub use renewal::{Obstacle, RenewError, Renewal, RenewalStage};
pub use step::{Answer, Step, StepEvidence, StepState, WrongTransition};
