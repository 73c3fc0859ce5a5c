//! Devices, from the code that is shown to the certificate that is revoked.

use chancery_ca::{CertificateState, testing::request_by};
use chancery_keys::{KeyAlgorithm, Signer as _, SoftwareKey};
use chancery_ra::{
    CertifyDeviceError, RenewDevice, RenewDeviceError, RevokeDeviceError, renewal_message,
};
use chancery_register::{
    CODE_LIFE, DeviceCertificate, DeviceError, DeviceState, Join, Language, LogIn, MAX_SEALED,
    NewPairing, NewPerson, PairingError, PairingId, PairingState, Principal, Role, Roles, Way,
};
use chancery_store::{Timestamp, outbox};
use chancery_x509::{Certificate, Crypto as _, DigestAlgorithm, RevocationReason};
use secrecy::SecretString;

use crate::world::{NOW, World, days, hours, secs, world, worlds};

const ORIGIN: &str = "https://portal.chancery-pki.com";
const PASSWORD: &str = "velbloud-pod-okapem-7";
const MAILBOX: [u8; 32] = [0x4d; 32];
const READER: [u8; 32] = [0x52; 32];
const KEY: [u8; 65] = [4; 65];
const OPENING: [u8; 97] = [5; 97];

fn sha256(octets: &[u8]) -> [u8; 32] {
    let digest = chancery_keys::AwsLc.digest(DigestAlgorithm::Sha256, octets);
    digest.try_into().unwrap()
}

fn commitment() -> [u8; 32] {
    sha256(&[b"chancery-pairing/1 commitment".as_slice(), &OPENING].concat())
}

fn pairing(way: Way) -> NewPairing {
    NewPairing {
        way,
        mailbox: sha256(&MAILBOX),
        commitment: commitment(),
        subject: (way == Way::Copy).then(|| "CN=Jana".to_owned()),
    }
}

/// `r || s` out of an `ECDSA-Sig-Value`.
fn raw(der: &[u8]) -> Vec<u8> {
    let mut rest = &der[2..];
    let mut out = Vec::new();
    while let [2, length, more @ ..] = rest {
        let (number, after) = more.split_at(usize::from(*length));
        let number = &number[number.len().saturating_sub(32)..];
        out.extend(std::iter::repeat_n(0, 32 - number.len()));
        out.extend_from_slice(number);
        rest = after;
    }
    out
}

struct Phone {
    key: SoftwareKey,
}

impl Phone {
    fn new() -> Self {
        Self {
            key: SoftwareKey::generate(KeyAlgorithm::EcP256).unwrap(),
        }
    }

    fn request(&self) -> Vec<u8> {
        request_by(&self.key).as_der().to_vec()
    }

    fn key_digest(&self) -> [u8; 32] {
        sha256(self.key.public_key())
    }

    fn join(&self) -> Join<'static> {
        Join {
            key: KEY,
            nonce: [6; 32],
            device_key: self.key_digest(),
            name: "Chrome on Android",
            reader: READER,
        }
    }

    fn signs(&self, origin: &str, request: &[u8]) -> Vec<u8> {
        raw(&self.key.sign(&renewal_message(origin, request)).unwrap())
    }
}

impl World {
    /// A person with a session of their own.
    async fn at_desk(&self, name: &str, email: &str) -> Principal {
        let new = NewPerson {
            full_name: name.to_owned(),
            email: email.parse().unwrap(),
            language: Language::En,
            roles: Roles::new([Role::Subscriber]),
            password: Some(SecretString::from(PASSWORD)),
        };
        let added = self
            .register()
            .add_person(&new, chancery_audit::Actor::System, NOW)
            .await;
        added.unwrap();
        self.session_of(email, NOW).await
    }

    async fn session_of(&self, email: &str, now: Timestamp) -> Principal {
        let password = SecretString::from(PASSWORD);
        let from = [192, 0, 2, 1].into();
        let log_in = self
            .register()
            .log_in(email, &password, from, now)
            .await
            .unwrap();
        let LogIn::Done(token) = log_in else {
            panic!("{log_in:?}");
        };
        let session = self.register().session(token.expose(), now).await.unwrap();
        session.unwrap()
    }

    /// Up to where both sides said that the codes are the same.
    async fn agreed(&self, desk: &Principal, phone: &Phone) -> PairingId {
        let register = self.register();
        let begun = register
            .begin_pairing(desk, &pairing(Way::OwnKey), NOW)
            .await
            .unwrap();
        register
            .join_pairing(&MAILBOX, &phone.join(), NOW)
            .await
            .unwrap();
        register
            .reveal_pairing(desk, begun.id, &OPENING, NOW)
            .await
            .unwrap();
        register
            .confirm_pairing(&MAILBOX, &READER, &[7; 32], NOW)
            .await
            .unwrap();
        begun.id
    }

    async fn paired(&self, desk: &Principal, phone: &Phone) -> DeviceCertificate {
        let id = self.agreed(desk, phone).await;
        self.register()
            .approve_pairing(desk, id, None, NOW)
            .await
            .unwrap();
        let request = phone.request();
        let certified = self
            .ra
            .certify_device(&MAILBOX, &READER, &request, None, NOW)
            .await;
        certified.unwrap()
    }

    async fn renew(
        &self,
        certificate: &Certificate,
        (phone, next): (&Phone, &Phone),
        origin: &str,
        now: Timestamp,
    ) -> Result<DeviceCertificate, RenewDeviceError> {
        let request = next.request();
        let renew = RenewDevice {
            certificate: certificate.as_der(),
            request: &request,
            signature: &phone.signs(origin, &request),
            origin: ORIGIN,
            from: None,
        };
        self.ra.renew_device(&renew, now).await
    }
}

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
async fn a_mailbox_is_for_the_session_that_began_it_and_the_first_reader() {
    for world in worlds().await {
        let register = world.register();
        let desk = world.at_desk("Jana Nováková", "jana@example.cz").await;
        let stranger = world.at_desk("Eva Cizí", "eva@example.cz").await;
        let other_tab = world.session_of("jana@example.cz", NOW).await;
        let begun = register
            .begin_pairing(&desk, &pairing(Way::OwnKey), NOW)
            .await
            .unwrap();
        let phone = Phone::new();
        for other in [&stranger, &other_tab] {
            let seen = register.pairing(other, begun.id, NOW).await;
            assert!(matches!(seen, Err(PairingError::NotFound)), "{seen:?}");
        }
        // The same code shown by somebody else (pairing fixation), or with another mailbox.
        let fixed = register
            .begin_pairing(&stranger, &pairing(Way::OwnKey), NOW)
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
        .begin_pairing(&desk, &pairing(Way::OwnKey), NOW)
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
            .begin_pairing(&desk, &pairing(Way::Copy), NOW)
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

#[tokio::test]
async fn codes_cannot_be_shown_without_end() {
    let world = world().await;
    let desk = world.at_desk("Jana Nováková", "jana@example.cz").await;
    for at in 0..16_u8 {
        let new = NewPairing {
            mailbox: [at; 32],
            ..pairing(Way::OwnKey)
        };
        world
            .register()
            .begin_pairing(&desk, &new, NOW)
            .await
            .unwrap();
    }
    let refused = world
        .register()
        .begin_pairing(&desk, &pairing(Way::OwnKey), NOW)
        .await;
    assert!(matches!(refused, Err(PairingError::Wait(_))), "{refused:?}");
}
