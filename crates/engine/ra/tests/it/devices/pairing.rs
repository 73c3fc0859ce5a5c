//! From the code that is shown to what is handed over.

use chancery_ra::CertifyDeviceError;
use chancery_register::{CODE_LIFE, Join, MAX_SEALED, NewPairing, PairingError, PairingState, Way};

use super::{MAILBOX, OPENING, Phone, READER, new_pairing};
use crate::world::{NOW, world, worlds};

#[tokio::test]
async fn a_mailbox_is_for_the_session_that_began_it_and_the_first_reader() {
    for world in worlds().await {
        let register = world.register();
        let desk = world.at_desk("Jana Nováková", "jana@example.cz").await;
        let stranger = world.at_desk("Eva Cizí", "eva@example.cz").await;
        let other_tab = world.session_of("jana@example.cz", NOW).await;
        let begun = register
            .begin_pairing(&desk, &new_pairing(Way::OwnKey), NOW)
            .await
            .unwrap();
        let phone = Phone::new();
        for other in [&stranger, &other_tab] {
            let seen = register.pairing(other, begun.id, NOW).await;
            assert!(matches!(seen, Err(PairingError::NotFound)), "{seen:?}");
        }
        // The same code shown by somebody else (pairing fixation), or with another mailbox.
        let fixed = register
            .begin_pairing(&stranger, &new_pairing(Way::OwnKey), NOW)
            .await;
        assert!(matches!(fixed, Err(PairingError::Taken)), "{fixed:?}");
        let nobody = register.join_pairing(&[0; 32], &phone.join(), NOW).await;
        assert!(matches!(nobody, Err(PairingError::NotFound)), "{nobody:?}");
        register
            .join_pairing(&MAILBOX, &phone.join(), NOW)
            .await
            .unwrap();
        let found = register.find_pairing(&MAILBOX, NOW).await;
        assert!(matches!(found, Err(PairingError::Taken)), "{found:?}");
        // Whoever photographed the code comes second, and learns nothing.
        let thief = Join {
            reader: [9; 32],
            ..Phone::new().join()
        };
        let taken = register.join_pairing(&MAILBOX, &thief, NOW).await;
        assert!(matches!(taken, Err(PairingError::Taken)), "{taken:?}");
        let read = register.look_into_pairing(&MAILBOX, &[9; 32], NOW).await;
        assert!(matches!(read, Err(PairingError::NotFound)), "{read:?}");
        for other in [&stranger, &other_tab] {
            let revealed = register
                .reveal_pairing(other, begun.id, &OPENING, NOW)
                .await;
            assert!(
                matches!(revealed, Err(PairingError::NotFound)),
                "{revealed:?}"
            );
        }
        // The session's end is the pairing's.
        register.end_session(&desk, NOW).await.unwrap();
        let read = register
            .look_into_pairing(&MAILBOX, &READER, NOW)
            .await
            .map(drop);
        assert!(matches!(read, Err(PairingError::NotFound)), "{read:?}");
    }
}

#[tokio::test]
async fn each_step_has_its_turn_once() {
    let world = world().await;
    let register = world.register();
    let desk = world.at_desk("Jana Nováková", "jana@example.cz").await;
    let phone = Phone::new();
    let begun = register
        .begin_pairing(&desk, &new_pairing(Way::OwnKey), NOW)
        .await
        .unwrap();
    let late = NOW.plus(CODE_LIFE);
    let joined = register.join_pairing(&MAILBOX, &phone.join(), late).await;
    assert!(matches!(joined, Err(PairingError::NotFound)), "{joined:?}");
    let early = register
        .reveal_pairing(&desk, begun.id, &OPENING, NOW)
        .await;
    assert!(matches!(early, Err(PairingError::OutOfTurn)), "{early:?}");
    register
        .join_pairing(&MAILBOX, &phone.join(), NOW)
        .await
        .unwrap();
    let mut other = OPENING;
    other[96] ^= 1;
    let bent = register.reveal_pairing(&desk, begun.id, &other, NOW).await;
    assert!(matches!(bent, Err(PairingError::Mismatch)), "{bent:?}");
    let early = register
        .confirm_pairing(&MAILBOX, &READER, &[7; 32], NOW)
        .await;
    assert!(matches!(early, Err(PairingError::OutOfTurn)), "{early:?}");
    register
        .reveal_pairing(&desk, begun.id, &OPENING, NOW)
        .await
        .unwrap();
    let again = register
        .reveal_pairing(&desk, begun.id, &OPENING, NOW)
        .await;
    assert!(matches!(again, Err(PairingError::OutOfTurn)), "{again:?}");
    let early = register.approve_pairing(&desk, begun.id, None, NOW).await;
    assert!(matches!(early, Err(PairingError::OutOfTurn)), "{early:?}");
    register
        .confirm_pairing(&MAILBOX, &READER, &[7; 32], NOW)
        .await
        .unwrap();
    let early = world
        .ra
        .certify_device(&MAILBOX, &READER, &phone.request(), None, NOW)
        .await;
    assert!(
        matches!(
            early,
            Err(CertifyDeviceError::Pairing(PairingError::OutOfTurn))
        ),
        "{early:?}"
    );
    register
        .approve_pairing(&desk, begun.id, None, NOW)
        .await
        .unwrap();
    // Another key than the one that codes were compared over.
    let swapped = Phone::new().request();
    let swapped = world
        .ra
        .certify_device(&MAILBOX, &READER, &swapped, None, NOW)
        .await;
    assert!(
        matches!(
            swapped,
            Err(CertifyDeviceError::Pairing(PairingError::Mismatch))
        ),
        "{swapped:?}"
    );
    // Its key in a request that another key signed.
    let mut unproved = phone.request();
    let last = unproved.len() - 1;
    unproved[last] ^= 1;
    let unproved = world
        .ra
        .certify_device(&MAILBOX, &READER, &unproved, None, NOW)
        .await;
    assert!(
        matches!(unproved, Err(CertifyDeviceError::Request)),
        "{unproved:?}"
    );
}

#[tokio::test]
async fn either_side_can_say_no() {
    let world = world().await;
    let register = world.register();
    let desk = world.at_desk("Jana Nováková", "jana@example.cz").await;
    let phone = Phone::new();
    let id = world.agreed(&desk, &phone).await;
    register
        .refuse_pairing(&MAILBOX, &READER, None, NOW)
        .await
        .unwrap();
    assert_eq!(
        register.pairing(&desk, id, NOW).await.unwrap().state,
        PairingState::Refused
    );
    let approved = register.approve_pairing(&desk, id, None, NOW).await;
    assert!(
        matches!(approved, Err(PairingError::OutOfTurn)),
        "{approved:?}"
    );
    // A new code takes the place of the one before.
    let id = world.agreed(&desk, &phone).await;
    register.cancel_pairing(&desk, id, NOW).await.unwrap();
    let view = register
        .look_into_pairing(&MAILBOX, &READER, NOW)
        .await
        .unwrap();
    assert_eq!(view.state, PairingState::Refused);
    assert!(register.devices(&desk).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_is_sent_is_bounded_read_once_and_gone() {
    for world in worlds().await {
        let register = world.register();
        let desk = world.at_desk("Jana Nováková", "jana@example.cz").await;
        let begun = register
            .begin_pairing(&desk, &new_pairing(Way::Copy), NOW)
            .await
            .unwrap();
        let join = Join {
            device_key: [0; 32],
            ..Phone::new().join()
        };
        let with_key = register
            .join_pairing(&MAILBOX, &Phone::new().join(), NOW)
            .await;
        assert!(
            matches!(with_key, Err(PairingError::Mismatch)),
            "{with_key:?}"
        );
        register.join_pairing(&MAILBOX, &join, NOW).await.unwrap();
        register
            .reveal_pairing(&desk, begun.id, &OPENING, NOW)
            .await
            .unwrap();
        register
            .confirm_pairing(&MAILBOX, &READER, &[7; 32], NOW)
            .await
            .unwrap();
        let large = vec![0; MAX_SEALED + 1];
        let refused = register
            .approve_pairing(&desk, begun.id, Some(&large), NOW)
            .await;
        assert!(
            matches!(refused, Err(PairingError::TooLarge { .. })),
            "{refused:?}"
        );
        let none = register.approve_pairing(&desk, begun.id, None, NOW).await;
        assert!(matches!(none, Err(PairingError::Mismatch)), "{none:?}");
        register
            .approve_pairing(&desk, begun.id, Some(b"sealed"), NOW)
            .await
            .unwrap();
        let view = register
            .look_into_pairing(&MAILBOX, &READER, NOW)
            .await
            .unwrap();
        assert_eq!(view.sealed.as_deref(), Some(b"sealed".as_slice()));
        let device = register
            .receive_pairing(&MAILBOX, &READER, None, NOW)
            .await
            .unwrap();
        let view = register
            .look_into_pairing(&MAILBOX, &READER, NOW)
            .await
            .unwrap();
        assert_eq!((view.state, view.sealed), (PairingState::Done, None));
        let twice = register.receive_pairing(&MAILBOX, &READER, None, NOW).await;
        assert!(matches!(twice, Err(PairingError::OutOfTurn)), "{twice:?}");
        let listed = register.device(&desk, device).await.unwrap();
        assert_eq!(
            (listed.way, listed.subject.as_deref()),
            (Way::Copy, Some("CN=Jana"))
        );
        register.forget_device(&desk, device, NOW).await.unwrap();
        assert!(register.devices(&desk).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn codes_cannot_be_shown_without_end() {
    let world = world().await;
    let desk = world.at_desk("Jana Nováková", "jana@example.cz").await;
    for at in 0..16_u8 {
        let new = NewPairing {
            mailbox: [at; 32],
            ..new_pairing(Way::OwnKey)
        };
        world
            .register()
            .begin_pairing(&desk, &new, NOW)
            .await
            .unwrap();
    }
    let refused = world
        .register()
        .begin_pairing(&desk, &new_pairing(Way::OwnKey), NOW)
        .await;
    assert!(matches!(refused, Err(PairingError::Wait(_))), "{refused:?}");
}
