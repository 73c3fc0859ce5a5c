//! Every use case with every role: who is let in at all. What they then find is told elsewhere.

use chancery_ca::Search;
use chancery_ra::{
    ActivateError, ApplicationData, ConfirmEmailError, DecideError, Decision, DocumentError,
    DraftError, GiveOutError, PlaceOrderError, QueueFilter, ReadError, RemoveDocumentError,
    RenewError, ReuseError, RevokeError, SendEmailError, SubmitError,
};
use chancery_register::{Language, Role};
use chancery_store::Id;
use chancery_x509::RevocationReason;

use crate::world::{NOW, PDF, activation, submission, upload, world};

const EVERYBODY_HERE: [Role; 5] = Role::ALL;
const SUBSCRIBER: [Role; 1] = [Role::Subscriber];
const READERS: [Role; 3] = [Role::RaOfficer, Role::RaSupervisor, Role::Auditor];
const DECIDERS: [Role; 2] = [Role::RaOfficer, Role::RaSupervisor];
const SUBSCRIBER_AND_READERS: [Role; 4] = [
    Role::Subscriber,
    Role::RaOfficer,
    Role::RaSupervisor,
    Role::Auditor,
];
const REVOKERS: [Role; 4] = [
    Role::Subscriber,
    Role::RaOfficer,
    Role::RaSupervisor,
    Role::CaOperator,
];

/// Whether the answer is that the person may not.
macro_rules! denied {
    ($error:ident, $call:expr) => {
        matches!($call.await, Err($error::Denied(_)))
    };
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "the matrix is a table")]
async fn each_use_case_lets_in_its_roles() {
    let world = world().await;
    let ra = &world.ra;
    let jana = world.applicant().await;
    let sample = ra.place_order(&jana, "smime-organization-365", NOW).await;
    let sample = sample.unwrap();
    let none = Id::from_bytes([9; 16]);
    let draft = ApplicationData::default();
    let sent = submission(&sample);
    let form = activation(&sample, "");
    let queue = QueueFilter::default();
    let search = Search::default();
    let code = "0".repeat(28);
    let reason = RevocationReason::Superseded;
    for (position, role) in Role::ALL.into_iter().enumerate() {
        let who = world.person(&format!("Role{position} X"), &[role]).await;
        let matrix: [(&str, &[Role], bool); 26] = [
            (
                "place_order",
                &SUBSCRIBER,
                denied!(PlaceOrderError, ra.place_order(&who, "none", NOW)),
            ),
            (
                "orders",
                &SUBSCRIBER,
                denied!(ReadError, ra.orders(&who, 1)),
            ),
            (
                "order",
                &SUBSCRIBER,
                denied!(ReadError, ra.order(&who, none, NOW)),
            ),
            (
                "events",
                &SUBSCRIBER,
                denied!(ReadError, ra.events(&who, 1)),
            ),
            (
                "save_draft",
                &SUBSCRIBER,
                denied!(DraftError, ra.save_draft(&who, none, &draft, NOW)),
            ),
            (
                "check_data",
                &SUBSCRIBER,
                denied!(SubmitError, ra.check_data(&who, none, &sent, NOW)),
            ),
            (
                "submit_data",
                &SUBSCRIBER,
                denied!(SubmitError, ra.submit_data(&who, none, &sent, NOW)),
            ),
            (
                "reusable",
                &SUBSCRIBER,
                denied!(ReadError, ra.reusable(&who, none, NOW)),
            ),
            (
                "reuse_data",
                &SUBSCRIBER,
                denied!(
                    ReuseError,
                    ra.reuse_data(&who, none, none, &[], Language::En, NOW)
                ),
            ),
            (
                "add_document",
                &SUBSCRIBER,
                denied!(
                    DocumentError,
                    ra.add_document(&who, none, upload(PDF, None), NOW)
                ),
            ),
            (
                "remove_document",
                &SUBSCRIBER,
                denied!(RemoveDocumentError, ra.remove_document(&who, none, NOW)),
            ),
            (
                "document",
                &SUBSCRIBER_AND_READERS,
                denied!(ReadError, ra.document(&who, none, NOW)),
            ),
            (
                "send_email_verification",
                &SUBSCRIBER,
                denied!(
                    SendEmailError,
                    ra.send_email_verification(&who, none, "a@b.cz", NOW)
                ),
            ),
            (
                "confirm_email_code",
                &SUBSCRIBER,
                denied!(
                    ConfirmEmailError,
                    ra.confirm_email_code(&who, none, &code, NOW)
                ),
            ),
            (
                "activation",
                &SUBSCRIBER,
                denied!(ActivateError, ra.activation(&who, none, NOW)),
            ),
            (
                "check_csr",
                &SUBSCRIBER,
                denied!(ActivateError, ra.check_csr(&who, none, "", NOW)),
            ),
            (
                "preview",
                &SUBSCRIBER,
                denied!(ActivateError, ra.preview(&who, none, &form, NOW)),
            ),
            (
                "activate",
                &SUBSCRIBER,
                denied!(ActivateError, ra.activate(&who, none, &form, NOW)),
            ),
            (
                "renewal",
                &SUBSCRIBER,
                denied!(RenewError, ra.renewal(&who, none, NOW)),
            ),
            (
                "begin_renewal",
                &SUBSCRIBER,
                denied!(
                    RenewError,
                    ra.begin_renewal(&who, none, &[], Language::En, NOW)
                ),
            ),
            (
                "queue",
                &READERS,
                denied!(ReadError, ra.queue(&who, &queue)),
            ),
            (
                "application",
                &READERS,
                denied!(ReadError, ra.application(&who, none)),
            ),
            (
                "decide",
                &DECIDERS,
                denied!(DecideError, ra.decide(&who, none, Decision::Verify, 1, NOW)),
            ),
            (
                "give_out",
                &DECIDERS,
                denied!(GiveOutError, ra.give_out(&who, none, NOW)),
            ),
            (
                "certificates",
                &EVERYBODY_HERE,
                denied!(ReadError, ra.certificates(&who, &search, NOW)),
            ),
            (
                "revoke",
                &REVOKERS,
                denied!(RevokeError, ra.revoke(&who, none, reason, NOW)),
            ),
        ];
        for (use_case, roles, denied) in matrix {
            assert_eq!(denied, !roles.contains(&role), "{use_case} as {role}");
        }
    }
}
