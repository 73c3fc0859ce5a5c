use chancery_ra::{
    ContentError, DecideError, Decision, DocumentError, DocumentKind, Policy, ReadError,
    RemoveDocumentError, Step,
};
use chancery_store::{Id, Timestamp};

use crate::world::{
    JPEG, NOW, PDF, World, hours, is_waiting, submission, upload, world, world_with,
};

/// All files below the folder of documents.
fn blobs(world: &World) -> Vec<(String, Vec<u8>)> {
    let Ok(folders) = std::fs::read_dir(&world.blobs) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for folder in folders {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            found.push((name, std::fs::read(path).unwrap()));
        }
    }
    found
}

#[tokio::test]
async fn a_document_is_sealed_and_read_back() {
    let world = world().await;
    let jana = world.applicant().await;
    let otto = world.officer().await;
    let order = world
        .ra
        .place_order(&jana, "smime-organization-365", NOW)
        .await;
    let order = order.unwrap();
    let mut sent = upload(PDF, Some("register-extract"));
    sent.file_name = "C:\\Users\\jana\\výpis\u{202e}.exe".to_owned();
    let document = world
        .ra
        .add_document(&jana, order.id, sent, NOW)
        .await
        .unwrap();
    assert_eq!(document.name, "výpis.pdf");
    assert_eq!(document.kind, DocumentKind::Pdf);
    assert_eq!(document.kind.media_type(), "application/pdf");
    for reader in [&jana, &otto] {
        let (read, content) = world.ra.document(reader, document.id, NOW).await.unwrap();
        assert_eq!(read, document);
        assert_eq!(*content, PDF);
    }
    let kept = blobs(&world);
    assert_eq!(kept.len(), 1);
    assert!(!kept[0].1.windows(8).any(|window| window == b"/Catalog"));
    // An officer's look is recorded, the applicant's own is not.
    let id = document.id.to_string();
    let acts = chancery_audit::of_object(&world.store, "document", &id, 10).await;
    let acts: Vec<_> = acts.unwrap().into_iter().map(|act| act.action).collect();
    assert_eq!(
        acts.iter()
            .filter(|action| *action == "document.read")
            .count(),
        1
    );
    // The same content twice is two documents under two keys.
    let again = upload(PDF, None);
    world
        .ra
        .add_document(&jana, order.id, again, NOW)
        .await
        .unwrap();
    let kept = blobs(&world);
    assert_eq!(kept.len(), 2);
    assert_ne!(kept[0].1, kept[1].1);
}

#[tokio::test]
async fn anothers_document_is_not_found_by_a_changed_id() {
    let world = world().await;
    let jana = world.applicant().await;
    let eva = world.stranger().await;
    let order = world
        .ra
        .place_order(&jana, "smime-organization-365", NOW)
        .await;
    let order = order.unwrap();
    let document = world
        .ra
        .add_document(&jana, order.id, upload(JPEG, None), NOW);
    let document = document.await.unwrap();
    for id in [document.id, Id::from_bytes([9; 16])] {
        let read = world.ra.document(&eva, id, NOW).await.map(drop);
        assert!(matches!(read, Err(ReadError::NotFound)), "{read:?}");
        let removed = world.ra.remove_document(&eva, id, NOW).await;
        assert!(
            matches!(removed, Err(RemoveDocumentError::NotFound)),
            "{removed:?}"
        );
    }
    assert!(world.ra.document(&jana, document.id, NOW).await.is_ok());
}

#[tokio::test]
async fn what_is_no_document_is_refused() {
    let policy = Policy {
        document_max_bytes: PDF.len() + 64,
        documents_per_order: 2,
        ..Policy::default()
    };
    let world = world_with(policy).await;
    let jana = world.applicant().await;
    let order = world
        .ra
        .place_order(&jana, "smime-organization-365", NOW)
        .await;
    let order = order.unwrap();
    let add = async |content: &[u8], purpose: Option<&str>| {
        let sent = upload(content, purpose);
        world.ra.add_document(&jana, order.id, sent, NOW).await
    };
    let page = add(b"<!doctype html><script>alert(1)</script>", None).await;
    assert!(
        matches!(
            page,
            Err(DocumentError::Content(ContentError::NotADocument))
        ),
        "HTML called a PDF: {page:?}"
    );
    let mut both = PDF[..PDF.len() - 6].to_vec();
    both.extend_from_slice(b"<script src=//x.example></script>%%EOF\n");
    let polyglot = add(&both, None).await;
    assert!(
        matches!(
            polyglot,
            Err(DocumentError::Content(ContentError::Polyglot { .. }))
        ),
        "{polyglot:?}"
    );
    let empty = add(b"", None).await;
    assert!(matches!(empty, Err(DocumentError::Empty)), "{empty:?}");
    let large = add(&[PDF, &[b' '; 65]].concat(), None).await;
    assert!(
        matches!(large, Err(DocumentError::TooLarge { .. })),
        "{large:?}"
    );
    let unknown = add(PDF, Some("../../etc")).await;
    assert!(
        matches!(unknown, Err(DocumentError::UnknownPurpose { .. })),
        "{unknown:?}"
    );
    assert!(blobs(&world).is_empty(), "nothing refused is kept");

    add(PDF, None).await.unwrap();
    add(PDF, None).await.unwrap();
    let third = add(PDF, None).await;
    assert!(
        matches!(third, Err(DocumentError::TooMany { max: 2 })),
        "{third:?}"
    );
}

#[tokio::test]
async fn two_uploads_at_once_do_not_pass_the_limit() {
    let policy = Policy {
        documents_per_order: 1,
        ..Policy::default()
    };
    let world = world_with(policy).await;
    let jana = world.applicant().await;
    let order = world
        .ra
        .place_order(&jana, "smime-organization-365", NOW)
        .await;
    let order = order.unwrap();
    let (first, second) = tokio::join!(
        world
            .ra
            .add_document(&jana, order.id, upload(PDF, None), NOW),
        world
            .ra
            .add_document(&jana, order.id, upload(JPEG, None), NOW),
    );
    assert_ne!(first.is_ok(), second.is_ok(), "{first:?} {second:?}");
    assert_eq!(world.order(&jana, &order, NOW).await.documents.len(), 1);
    assert_eq!(blobs(&world).len(), 1, "the loser's blob is gone");
}

#[tokio::test]
async fn more_documents_come_later() {
    let world = world().await;
    let jana = world.applicant().await;
    let otto = world.officer().await;
    let ra = &world.ra;
    let order = world.submitted(&jana, "smime-organization-365", NOW).await;
    // While the data wait: the officer who saw less decides nothing.
    ra.add_document(&jana, order.id, upload(PDF, None), NOW)
        .await
        .unwrap();
    let verify = Decision::Verify;
    let stale = ra.decide(&otto, order.id, verify, order.version, NOW).await;
    assert!(
        matches!(stale, Err(DecideError::Changed { .. })),
        "{stale:?}"
    );
    let seen = ra.application(&otto, order.id).await.unwrap();
    assert_eq!(seen.documents.len(), 1);
    let reject = Decision::Reject {
        reason: "The extract is not readable.".to_owned(),
    };
    ra.decide(&otto, order.id, reject, seen.order.version, NOW)
        .await
        .unwrap();
    // After they were sent back.
    let extract = upload(JPEG, Some("register-extract"));
    ra.add_document(&jana, order.id, extract, NOW.plus(hours(1)))
        .await
        .unwrap();
    ra.submit_data(&jana, order.id, &submission(&order), NOW.plus(hours(1)))
        .await
        .unwrap();
    let seen = ra.application(&otto, order.id).await.unwrap();
    assert!(is_waiting(&seen.order, Step::DataVerification));
    assert_eq!(seen.documents.len(), 2, "everything is kept");
}

#[tokio::test]
async fn a_document_is_taken_back_until_it_was_submitted() {
    let world = world().await;
    let jana = world.applicant().await;
    let ra = &world.ra;
    let order = ra.place_order(&jana, "smime-organization-365", NOW).await;
    let order = order.unwrap();
    let wrong = ra
        .add_document(&jana, order.id, upload(JPEG, None), NOW)
        .await;
    let wrong = wrong.unwrap();
    ra.remove_document(&jana, wrong.id, NOW).await.unwrap();
    assert!(blobs(&world).is_empty(), "erased");
    let read = ra.document(&jana, wrong.id, NOW).await.map(drop);
    assert!(matches!(read, Err(ReadError::NotFound)), "{read:?}");

    let right = ra
        .add_document(&jana, order.id, upload(PDF, None), NOW)
        .await;
    let right = right.unwrap();
    ra.submit_data(&jana, order.id, &submission(&order), NOW)
        .await
        .unwrap();
    let kept = async |now: Timestamp| {
        let removed = ra.remove_document(&jana, right.id, now).await;
        assert!(
            matches!(removed, Err(RemoveDocumentError::Submitted)),
            "{removed:?}"
        );
    };
    kept(NOW).await;
    let otto = world.officer().await;
    let seen = ra.application(&otto, order.id).await.unwrap();
    let reject = Decision::Reject {
        reason: "The extract is not readable.".to_owned(),
    };
    ra.decide(&otto, order.id, reject, seen.order.version, NOW)
        .await
        .unwrap();
    kept(NOW.plus(hours(1))).await;
}

#[tokio::test]
async fn an_altered_document_is_not_shown() {
    let world = world().await;
    let jana = world.applicant().await;
    let order = world
        .ra
        .place_order(&jana, "smime-organization-365", NOW)
        .await;
    let order = order.unwrap();
    let document = world
        .ra
        .add_document(&jana, order.id, upload(PDF, None), NOW);
    let document = document.await.unwrap();
    let (name, mut octets) = blobs(&world).pop().unwrap();
    octets[40] ^= 1;
    let folder = std::fs::read_dir(&world.blobs).unwrap().next().unwrap();
    std::fs::write(folder.unwrap().path().join(name), octets).unwrap();
    let read = world.ra.document(&jana, document.id, NOW).await.map(drop);
    assert!(matches!(read, Err(ReadError::Fault(_))), "{read:?}");
}
