//! Devices, from the code that is shown to the certificate that is revoked.

mod certificates;
mod pairing;

use chancery_ca::testing::request_by;
use chancery_keys::{KeyAlgorithm, Signer as _, SoftwareKey};
use chancery_ra::{RenewDevice, RenewDeviceError, renewal_message};
use chancery_register::{
    DeviceCertificate, Join, Language, LogIn, NewPairing, NewPerson, PairingId, Principal, Role,
    Roles, Way,
};
use chancery_store::Timestamp;
use chancery_x509::{Certificate, Crypto as _, DigestAlgorithm};
use secrecy::SecretString;

use crate::world::{NOW, World};

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

fn new_pairing(way: Way) -> NewPairing {
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
            .begin_pairing(desk, &new_pairing(Way::OwnKey), NOW)
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
