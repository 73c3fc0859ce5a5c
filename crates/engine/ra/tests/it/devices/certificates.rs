//! A device's own certificates: issued, renewed, revoked, forgotten.

use chancery_ca::CertificateState;
use chancery_keys::Signer as _;
use chancery_ra::{CertifyDeviceError, RenewDeviceError, RevokeDeviceError};
use chancery_register::{DeviceError, DeviceState, PairingError, PairingState, Way};
use chancery_store::{Timestamp, outbox};
use chancery_x509::RevocationReason;

use super::{MAILBOX, ORIGIN, Phone, READER};
use crate::world::{NOW, days, hours, secs, world, worlds};

#[tokio::test]
async fn a_device_gets_a_certificate_for_its_own_key() {
    for world in worlds().await {
        let desk = world.at_desk("Jana Nováková", "jana@example.cz").await;
        let phone = Phone::new();
        let paired = world.paired(&desk, &phone).await;
        let certificate = &paired.certificate;
        assert_eq!(certificate.public_key().as_der(), phone.key.public_key());
        let subject = certificate.subject().one_line();
        // What people call themselves is not verified: no name of theirs.
        assert!(!subject.contains("Nováková"), "{subject}");
        let device = paired.device.to_string();
        assert!(
            subject.contains(&format!("CN=Device {}", &device[..8])),
            "{subject}"
        );
        assert!(subject.contains(&device), "{subject}");
        let life = certificate.not_after() - certificate.not_before();
        assert_eq!(life, 14 * 86_400 - 1, "days, not months");
        let issuer = certificate.issuer().one_line();
        assert!(issuer.contains("Chancery Test Devices"), "{issuer}");
        let devices = world.register().devices(&desk).await.unwrap();
        let [device] = devices.as_slice() else {
            panic!("{devices:?}");
        };
        assert_eq!(
            (device.name.as_str(), device.way),
            ("Chrome on Android", Way::OwnKey)
        );
        assert_eq!(device.state(NOW), DeviceState::Active);
        // An answer that got lost is found in the mailbox, by its reader alone.
        let view = world
            .register()
            .look_into_pairing(&MAILBOX, &READER, NOW)
            .await
            .unwrap();
        assert_eq!(view.state, PairingState::Done);
        assert_eq!(view.certificate.as_ref(), Some(&paired));
        // And a second certificate does not come of it.
        let again = world
            .ra
            .certify_device(&MAILBOX, &READER, &phone.request(), None, NOW)
            .await;
        assert!(
            matches!(
                again,
                Err(CertifyDeviceError::Pairing(PairingError::OutOfTurn))
            ),
            "{again:?}"
        );
        let letters = outbox::claim(&world.store, NOW.plus(days(1)), secs(1), 10)
            .await
            .unwrap();
        assert_eq!(letters.len(), 1, "the holder is told by mail");
    }
}

#[tokio::test]
async fn a_device_renews_itself_by_its_present_key_alone() {
    for world in worlds().await {
        let desk = world.at_desk("Jana Nováková", "jana@example.cz").await;
        let (phone, next, thief) = (Phone::new(), Phone::new(), Phone::new());
        let paired = world.paired(&desk, &phone).await;
        let week = NOW.plus(days(7));
        // By another key, for another portal, or of a certificate that is none.
        let by_other = world
            .renew(&paired.certificate, (&thief, &next), ORIGIN, week)
            .await;
        let elsewhere = "https://portal.chancery-pki.com.example";
        let elsewhere = world
            .renew(&paired.certificate, (&phone, &next), elsewhere, week)
            .await;
        for refused in [by_other, elsewhere] {
            assert!(
                matches!(refused, Err(RenewDeviceError::Device(DeviceError::Proof))),
                "{refused:?}"
            );
        }
        let renewed = world
            .renew(&paired.certificate, (&phone, &next), ORIGIN, week)
            .await
            .unwrap();
        assert_eq!(renewed.device, paired.device);
        assert_eq!(
            renewed.certificate.public_key().as_der(),
            next.key.public_key()
        );
        assert_eq!(renewed.certificate.not_before(), week.as_secs());
        // The answer was lost: asked again, the same.
        let again = world
            .renew(&paired.certificate, (&phone, &next), ORIGIN, week)
            .await
            .unwrap();
        assert_eq!(again, renewed);
        // The former key is good for nothing else.
        let former = world
            .renew(&paired.certificate, (&phone, &thief), ORIGIN, week)
            .await;
        assert!(
            matches!(
                former,
                Err(RenewDeviceError::Device(DeviceError::Superseded))
            ),
            "{former:?}"
        );
        // The next key is a new one.
        let same = world
            .renew(&renewed.certificate, (&next, &next), ORIGIN, week)
            .await;
        assert!(
            matches!(same, Err(RenewDeviceError::Device(DeviceError::Proof))),
            "{same:?}"
        );
        // In the last second, and too late by one.
        let end = Timestamp::from_secs(renewed.certificate.not_after());
        let (third, fourth) = (Phone::new(), Phone::new());
        let in_time = world
            .renew(&renewed.certificate, (&next, &third), ORIGIN, end)
            .await
            .unwrap();
        let end = Timestamp::from_secs(in_time.certificate.not_after());
        let late = world
            .renew(
                &in_time.certificate,
                (&third, &fourth),
                ORIGIN,
                end.plus(secs(1)),
            )
            .await;
        assert!(
            matches!(
                late,
                Err(RenewDeviceError::Device(DeviceError::Late { .. }))
            ),
            "{late:?}"
        );
    }
}

#[tokio::test]
async fn renewals_are_counted() {
    let world = world().await;
    let desk = world.at_desk("Jana Nováková", "jana@example.cz").await;
    let mut phone = Phone::new();
    let mut certificate = world.paired(&desk, &phone).await.certificate;
    for _ in 0..11 {
        let next = Phone::new();
        let renewed = world
            .renew(&certificate, (&phone, &next), ORIGIN, NOW)
            .await
            .unwrap();
        (phone, certificate) = (next, renewed.certificate);
    }
    let refused = world
        .renew(&certificate, (&phone, &Phone::new()), ORIGIN, NOW)
        .await;
    assert!(
        matches!(refused, Err(RenewDeviceError::Device(DeviceError::Wait(_)))),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_revoked_device_is_shut_out_with_all_its_certificates() {
    for world in worlds().await {
        let desk = world.at_desk("Jana Nováková", "jana@example.cz").await;
        let eva = world.at_desk("Eva Cizí", "eva@example.cz").await;
        let (phone, next) = (Phone::new(), Phone::new());
        let paired = world.paired(&desk, &phone).await;
        let later = NOW.plus(hours(1));
        let renewed = world
            .renew(&paired.certificate, (&phone, &next), ORIGIN, later)
            .await
            .unwrap();
        let hers = world
            .ra
            .revoke_device(&eva, paired.device, true, later)
            .await;
        assert!(
            matches!(hers, Err(RevokeDeviceError::Device(DeviceError::NotFound))),
            "{hers:?}"
        );
        world
            .ra
            .revoke_device(&desk, paired.device, true, later)
            .await
            .unwrap();
        for certificate in [&paired.certificate, &renewed.certificate] {
            let record = world
                .ca
                .certificate(certificate.serial())
                .await
                .unwrap()
                .unwrap();
            let CertificateState::Revoked { reason, .. } = record.state(later) else {
                panic!("{record:?}");
            };
            assert_eq!(reason, RevocationReason::KeyCompromise);
        }
        let refused = world
            .renew(&renewed.certificate, (&next, &Phone::new()), ORIGIN, later)
            .await;
        assert!(
            matches!(
                refused,
                Err(RenewDeviceError::Device(DeviceError::Revoked { .. }))
            ),
            "{refused:?}"
        );
        let device = world.register().device(&desk, paired.device).await.unwrap();
        assert_eq!(device.state(later), DeviceState::Revoked);
        // Once more does no harm.
        world
            .ra
            .revoke_device(&desk, paired.device, false, later)
            .await
            .unwrap();
        world
            .register()
            .forget_device(&desk, paired.device, later)
            .await
            .unwrap();
        assert!(world.register().devices(&desk).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_certificate_revoked_by_itself_renews_nothing() {
    let world = world().await;
    let desk = world.at_desk("Jana Nováková", "jana@example.cz").await;
    let (phone, next) = (Phone::new(), Phone::new());
    let paired = world.paired(&desk, &phone).await;
    let reason = RevocationReason::KeyCompromise;
    let record = world
        .ca
        .certificate(paired.certificate.serial())
        .await
        .unwrap()
        .unwrap();
    world
        .ra
        .revoke(&desk, record.id, reason, NOW)
        .await
        .unwrap();
    let refused = world
        .renew(&paired.certificate, (&phone, &next), ORIGIN, NOW)
        .await;
    assert!(
        matches!(
            refused,
            Err(RenewDeviceError::Device(DeviceError::Revoked { .. }))
        ),
        "{refused:?}"
    );
}

#[tokio::test]
async fn devices_are_renamed_and_listed_to_their_holder_alone() {
    let world = world().await;
    let desk = world.at_desk("Jana Nováková", "jana@example.cz").await;
    let eva = world.at_desk("Eva Cizí", "eva@example.cz").await;
    let paired = world.paired(&desk, &Phone::new()).await;
    let register = world.register();
    let hers = register
        .rename_device(&eva, paired.device, "Mine", NOW)
        .await;
    assert!(matches!(hers, Err(DeviceError::NotFound)), "{hers:?}");
    register
        .rename_device(&desk, paired.device, " My telephone ", NOW)
        .await
        .unwrap();
    assert_eq!(
        register.devices(&desk).await.unwrap()[0].name,
        "My telephone"
    );
    let blank = register.rename_device(&desk, paired.device, " ", NOW).await;
    assert!(matches!(blank, Err(DeviceError::Name(_))), "{blank:?}");
    let in_use = register.forget_device(&desk, paired.device, NOW).await;
    assert!(matches!(in_use, Err(DeviceError::InUse)), "{in_use:?}");
    assert!(register.devices(&eva).await.unwrap().is_empty());
    // What is over is forgotten in time, and not before.
    world
        .ra
        .revoke_device(&desk, paired.device, false, NOW)
        .await
        .unwrap();
    register.maintain(NOW.plus(days(60))).await.unwrap();
    assert_eq!(register.devices(&desk).await.unwrap().len(), 1);
    register.maintain(NOW.plus(days(120))).await.unwrap();
    assert!(register.devices(&desk).await.unwrap().is_empty());
}
