//! Certificates of people's devices: issued at the end of a pairing, renewed by the device, revoked by its holder.

use std::{net::IpAddr, time::Duration};

use chancery_audit::Actor;
use chancery_ca::{Also, Evidence, IssueError, IssueRequest};
use chancery_keys::AwsLc;
use chancery_profile::SubjectData;
use chancery_register::{
    Certified, DeviceCertificate, DeviceError, DeviceId, PairingError, PersonId, Principal, Role,
};
use chancery_store::{Batch, Timestamp};
use chancery_x509::{
    Certificate, CertificationRequest, Crypto as _, DigestAlgorithm, EcCurve, PublicKeyKind,
    RevocationReason, SignatureAlgorithm, asn1,
};

use crate::{Fault, Ra};

/// The profile of devices' certificates.
pub const DEVICE_PROFILE: &str = "device";

/// What a device signs with its present key to renew itself begins with.
const RENEWAL: &str = "chancery-device-renewal/1\n";

/// Octets of each of `r` and `s` on P-256 (RFC 7518 section 3.4).
const FIELD: usize = 32;

/// A device got no certificate.
#[derive(Debug, thiserror::Error)]
pub enum CertifyDeviceError {
    /// Its pairing does not allow it, or not yet.
    #[error(transparent)]
    Pairing(#[from] PairingError),
    /// What it sent is no certification request (RFC 2986) for a key on P-256, or does not prove possession of it.
    #[error("the certification request is not accepted")]
    Request,
    /// This environment has no authority for devices.
    #[error("no authority here issues certificates of devices")]
    NoAuthority,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The authority did not issue it.
    #[error("the authority did not issue it")]
    Authority(#[source] Box<IssueError>),
}

/// A device was not renewed.
#[derive(Debug, thiserror::Error)]
pub enum RenewDeviceError {
    /// It is not the device, or it may not any more.
    #[error(transparent)]
    Device(#[from] DeviceError),
    /// The certificate or the certification request cannot be read, or is not for a key on P-256 in its possession.
    #[error("the certification request is not accepted")]
    Request,
    /// Two renewals at once: the other one came through.
    #[error("the device was renewed meanwhile")]
    Overtaken,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The authority did not issue it.
    #[error("the authority did not issue it")]
    Authority(#[source] Box<IssueError>),
}

/// A device was not revoked, or not to the end; the same act tried again does the rest.
#[derive(Debug, thiserror::Error)]
pub enum RevokeDeviceError {
    /// It is not there, or not theirs.
    #[error(transparent)]
    Device(#[from] DeviceError),
    /// It is shut out here, but the authority did not revoke a certificate of it.
    #[error("the authority did not revoke its certificate")]
    Authority(#[source] Box<chancery_ca::RevokeError>),
}

/// A device that asks for its renewal.
#[derive(Clone, Copy, Debug)]
pub struct RenewDevice<'a> {
    /// Its present certificate, DER.
    pub certificate: &'a [u8],
    /// The certification request of its next key, DER.
    pub request: &'a [u8],
    /// Signature by its present key over [`renewal_message`]: ECDSA with SHA-256, `r || s`.
    pub signature: &'a [u8],
    /// The portal's origin as browsers write it.
    pub origin: &'a str,
    /// Where from.
    pub from: Option<IpAddr>,
}

/// What the present key signs: bound to this environment and to the next key, which proves its own possession.
#[must_use]
pub fn renewal_message(origin: &str, request: &[u8]) -> Vec<u8> {
    let mut message = format!("{RENEWAL}{origin}\n").into_bytes();
    message.extend_from_slice(request);
    message
}

impl Ra {
    /// Whether this environment can give devices certificates.
    #[must_use]
    pub fn certifies_devices(&self) -> bool {
        let authorities = self.ca.authorities();
        authorities
            .iter()
            .any(|one| one.purpose == chancery_ca::Purpose::Device)
    }

    /// Issues the certificate of a device whose pairing was approved at the desktop: for the key that both sides compared codes over.
    pub async fn certify_device(
        &self,
        mailbox: &[u8; 32],
        reader: &[u8; 32],
        request: &[u8],
        from: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<DeviceCertificate, CertifyDeviceError> {
        let request = read_request(request).ok_or(CertifyDeviceError::Request)?;
        let key = key_digest(&request);
        let certifying = self.register.certifying(mailbox, reader, &key, now).await?;
        let paired = self.register.paired(&certifying, from, now).await;
        let paired = paired.map_err(Fault::from)?;
        let (device, holder) = (certifying.device, certifying.holder);
        let (certificate, chain) = self
            .issue_to_device(device, holder, request, paired, from, now)
            .await
            .map_err(|error| match error {
                IssueError::Superseded => PairingError::OutOfTurn.into(),
                IssueError::NoAuthority { .. } => CertifyDeviceError::NoAuthority,
                IssueError::Possession(_)
                | IssueError::KeyOfAnother
                | IssueError::KeyCompromised
                | IssueError::Refused(_) => CertifyDeviceError::Request,
                other => CertifyDeviceError::Authority(Box::new(other)),
            })?;
        Ok(DeviceCertificate::new(device, certificate, chain))
    }

    /// Renews a device's certificate by a request for its next key, signed by its present one. Asked again after the answer was lost,
    /// it gives the same certificate.
    pub async fn renew_device(
        &self,
        renew: &RenewDevice<'_>,
        now: Timestamp,
    ) -> Result<DeviceCertificate, RenewDeviceError> {
        let certificate = Certificate::from_der(renew.certificate);
        let certificate = certificate.map_err(|_| RenewDeviceError::Request)?;
        let request = read_request(renew.request).ok_or(RenewDeviceError::Request)?;
        let message = renewal_message(renew.origin, renew.request);
        let prove = |certificate: &Certificate| is_signed(certificate, &message, renew.signature);
        let renewing = self
            .register
            .renewing(&certificate, &key_digest(&request), prove, now)
            .await?;
        // Revoked by an officer, or among certificates: the device is not shut out, but renews itself no more.
        let known = self.ca.certificate(certificate.serial()).await;
        let revoked = known.map_err(Fault::from)?.and_then(|known| known.revoked);
        if let Some((at, _)) = revoked {
            return Err(DeviceError::Revoked { at }.into());
        }
        if let Some(renewed) = renewing.renewed {
            return Ok(renewed);
        }
        let renewed = self.register.renewed(&renewing, renew.from, now);
        let renewed = renewed.map_err(Fault::from)?;
        let (device, holder) = (renewing.device, renewing.holder);
        let (certificate, chain) = self
            .issue_to_device(device, holder, request, renewed, renew.from, now)
            .await
            .map_err(|error| match error {
                IssueError::Superseded => RenewDeviceError::Overtaken,
                IssueError::Possession(_)
                | IssueError::KeyOfAnother
                | IssueError::KeyCompromised
                | IssueError::Refused(_) => RenewDeviceError::Request,
                other => RenewDeviceError::Authority(Box::new(other)),
            })?;
        Ok(DeviceCertificate::new(device, certificate, chain))
    }

    /// Revokes a device: it is shut out at once, then each of its certificates is revoked. `lost` tells whether somebody else may have it.
    pub async fn revoke_device(
        &self,
        principal: &Principal,
        id: DeviceId,
        lost: bool,
        now: Timestamp,
    ) -> Result<(), RevokeDeviceError> {
        let reason = if lost {
            RevocationReason::KeyCompromise
        } else {
            RevocationReason::CessationOfOperation
        };
        for certificate in self.register.shut_device_out(principal, id, now).await? {
            let actor = principal.actor();
            let done = self
                .ca
                .revoke(certificate, reason, &actor, Batch::new(), now)
                .await;
            match done {
                Ok(())
                | Err(
                    chancery_ca::RevokeError::AlreadyRevoked { .. }
                    | chancery_ca::RevokeError::Expired { .. },
                ) => {}
                // It is revoked, and OCSP says so; the authority signs the list as soon as it can.
                Err(chancery_ca::RevokeError::ListNotSigned(error)) => {
                    tracing::error!(%error, "a revocation list was not signed");
                }
                Err(error) => return Err(RevokeDeviceError::Authority(Box::new(error))),
            }
        }
        Ok(())
    }

    async fn issue_to_device(
        &self,
        device: DeviceId,
        holder: PersonId,
        request: CertificationRequest,
        mut before: Batch,
        from: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<(Certificate, Vec<Certificate>), IssueError> {
        let days = self.ca.default_days(DEVICE_PROFILE);
        let days = days.ok_or_else(|| IssueError::UnknownProfile {
            profile: DEVICE_PROFILE.to_owned(),
        })?;
        let register = self.register.clone();
        let also: Also = Box::new(move |issued| {
            let certified = Certified {
                id: issued.id,
                certificate: &issued.certificate,
                chain: &issued.chain,
            };
            before.append(register.certified(device, certified));
            Ok(before)
        });
        let issued = self
            .ca
            .issue(
                IssueRequest {
                    profile: DEVICE_PROFILE.to_owned(),
                    subject: SubjectData {
                        common_name: Some(common_name(device)),
                        serial_number: Some(device.to_string()),
                        ..SubjectData::default()
                    },
                    request,
                    validity: Duration::from_hours(24 * u64::from(days)),
                    actor: Actor::Person {
                        id: holder.id(),
                        role: Role::Subscriber.name(),
                        from,
                    },
                    evidence: Evidence::Text(format!("device {device}")),
                    holder: Some(holder.id()),
                    order: None,
                    also,
                },
                now,
            )
            .await?;
        Ok((issued.certificate, issued.chain))
    }
}

/// Nobody's name: what people call themselves is not verified, and what an authority signs has to be. The register knows whose it is.
fn common_name(device: DeviceId) -> String {
    let id = device.to_string();
    format!("Device {}", id.get(..8).unwrap_or(&id))
}

/// A request for a key on P-256, the one curve that every browser's and telephone's key store has.
fn read_request(der: &[u8]) -> Option<CertificationRequest> {
    let request = CertificationRequest::from_der(der).ok()?;
    is_p256(request.public_key().kind()).then_some(request)
}

const fn is_p256(kind: PublicKeyKind) -> bool {
    matches!(
        kind,
        PublicKeyKind::Ec {
            curve: EcCurve::P256
        }
    )
}

fn key_digest(request: &CertificationRequest) -> [u8; 32] {
    let digest = AwsLc.digest(DigestAlgorithm::Sha256, request.public_key().as_der());
    <[u8; 32]>::try_from(digest.as_slice()).unwrap_or_default()
}

/// Whether the certificate's key signed the message; the signature is `r || s`, as browsers write it.
fn is_signed(certificate: &Certificate, message: &[u8], signature: &[u8]) -> bool {
    if signature.len() != 2 * FIELD || !is_p256(certificate.public_key().kind()) {
        return false;
    }
    let (r, s) = signature.split_at(FIELD);
    let signature = asn1::sequence(&[&asn1::integer(r), &asn1::integer(s)]);
    let key = certificate.public_key().as_der();
    AwsLc
        .verify(SignatureAlgorithm::EcdsaSha256, key, message, &signature)
        .is_ok()
}
