//! What each act does: the same use cases as the portal's, with an operator as the actor.

use std::time::Duration;

use chancery_audit::Actor;
use chancery_ca::{Evidence, IssueError, IssueRequest, Issued, no_more};
use chancery_profile::{Kind, SubjectData};
use chancery_ra::RevokeError;
use chancery_register::{EmailAddress, Invite, Language, Role, Roles};
use chancery_x509::{AttributeKind, CertificationRequest, Name, RevocationReason, SerialNumber};

use super::protocol::{Act, Answer, CertIssue, Request, UserChange};
use crate::{environment::Environment, failure::Failure, os};

const DAY: u64 = 24 * 60 * 60;

/// Does the act.
pub async fn perform(environment: &Environment, request: Request) -> Answer {
    let actor = Actor::Operator { user: request.user };
    let done = match request.act {
        Act::UserAdd { role, email } => user_add(environment, &role, &email, actor).await,
        Act::UserChange { email, change } => user_change(environment, &email, change, actor).await,
        Act::CertIssue(wanted) => cert_issue(environment, wanted, actor).await,
        Act::CertRevoke { serial, reason } => {
            cert_revoke(environment, &serial, &reason, &actor).await
        }
    };
    match done {
        Ok(output) => Answer::Done { output },
        Err(failure) => {
            let (message, hint) = failure.into_parts();
            Answer::Refused { message, hint }
        }
    }
}

async fn user_add(
    environment: &Environment,
    role: &str,
    email: &str,
    actor: Actor,
) -> Result<String, Failure> {
    let role: Role = role
        .parse()
        .map_err(|error| Failure::because("--role", &error))?;
    let email: EmailAddress = email
        .parse()
        .map_err(|error| Failure::because("--email", &error))?;
    let invite = Invite {
        email,
        full_name: None,
        roles: Roles::new([role]),
        language: Language::default(),
    };
    let link = environment
        .register
        .invite(&invite, actor, os::now())
        .await
        .map_err(|error| Failure::because("nobody was invited", &error))?;
    Ok(format!(
        "{}/invitation/{}\n",
        environment.config.public_url,
        link.token.expose()
    ))
}

async fn user_change(
    environment: &Environment,
    email: &str,
    change: UserChange,
    actor: Actor,
) -> Result<String, Failure> {
    let register = &environment.register;
    let found = register.find_person(email).await;
    let person = found
        .map_err(|error| Failure::because("the account", &error))?
        .ok_or_else(|| {
            Failure::new(format!("nobody here has {email}"))
                .hint("take the e-mail address or registration number that they log in with")
        })?;
    let now = os::now();
    let unchanged = |error: &dyn std::error::Error| Failure::because("nothing was changed", error);
    let told = match change {
        UserChange::Disable | UserChange::Enable => {
            let disabled = matches!(change, UserChange::Disable);
            register
                .set_disabled(person.id, disabled, actor, now)
                .await
                .map_err(|error| unchanged(&error))?;
            if disabled {
                "is shut out; every session of theirs has ended"
            } else {
                "may log in again"
            }
        }
        UserChange::ResetTotp => {
            register
                .reset_totp(person.id, actor, now)
                .await
                .map_err(|error| unchanged(&error))?;
            "has no second factor any more; the next log-in sets up another"
        }
    };
    Ok(format!("{} ({}) {told}.\n", person.full_name, person.email))
}

async fn cert_issue(
    environment: &Environment,
    wanted: CertIssue,
    actor: Actor,
) -> Result<String, Failure> {
    let request = CertificationRequest::from_pem_or_der(&wanted.request)
        .map_err(|error| Failure::because("the file is not a certificate request", &error))?;
    let mut subject = subject(wanted.subject.as_deref())?;
    subject.emails = wanted.emails;
    for name in wanted.dns_names {
        match name.parse() {
            Ok(address) => subject.ip_addresses.push(address),
            Err(_) => subject.dns_names.push(name),
        }
    }
    if subject.common_name.is_none() {
        subject.common_name = subject
            .dns_names
            .first()
            .or(subject.emails.first())
            .cloned();
    }
    let days = match wanted.days {
        Some(days) => days,
        None => environment
            .profiles
            .get(&wanted.profile)
            .map(|profile| profile.default_days())
            .ok_or_else(|| unknown_profile(environment, &wanted.profile))?,
    };
    let issue = IssueRequest {
        profile: wanted.profile,
        subject,
        request,
        validity: Duration::from_secs(u64::from(days) * DAY),
        actor,
        evidence: wanted.evidence.map_or(Evidence::None, Evidence::Text),
        holder: None,
        order: None,
        also: no_more(),
    };
    let profile = issue.profile.clone();
    match environment.ca.issue(issue, os::now()).await {
        Ok(issued) => Ok(chain_pem(&issued)),
        Err(IssueError::UnknownProfile { .. }) => Err(unknown_profile(environment, &profile)),
        Err(IssueError::Lint { findings }) => {
            let rules: Vec<String> = findings
                .iter()
                .map(|finding| format!("{} ({})", finding.message, finding.clause))
                .collect();
            Err(Failure::new(format!(
                "the certificate would break these rules: {}",
                rules.join("; ")
            )))
        }
        Err(error) => Err(Failure::because("no certificate was issued", &error)),
    }
}

/// The certificate and the authorities above it, without the root, which relying parties have of their own.
fn chain_pem(issued: &Issued) -> String {
    let above = issued
        .chain
        .iter()
        .filter(|authority| authority.issuer() != authority.subject());
    std::iter::once(&issued.certificate)
        .chain(above)
        .map(chancery_x509::Certificate::to_pem)
        .collect()
}

fn unknown_profile(environment: &Environment, profile: &str) -> Failure {
    let mut names: Vec<&str> = environment
        .profiles
        .iter()
        .filter(|profile| {
            matches!(
                profile.kind(),
                Kind::Smime { .. } | Kind::TlsServer | Kind::Device
            )
        })
        .map(|profile| profile.name())
        .collect();
    names.sort_unstable();
    Failure::new(format!(
        "there is no profile named {profile} for subscribers"
    ))
    .hint(format!("take one of {}", names.join(", ")))
}

/// The subject's data from a distinguished name as people write it.
fn subject(text: Option<&str>) -> Result<SubjectData, Failure> {
    let mut data = SubjectData::default();
    let Some(text) = text else { return Ok(data) };
    let name: Name = text.parse().map_err(|error| {
        Failure::because("--subject", &error)
            .hint("write it like \"O=Example Ltd,C=CZ,organizationIdentifier=NTRCZ-12345678\"")
    })?;
    for attribute in name.attributes() {
        let value = attribute.value.clone();
        let field = match attribute.kind {
            AttributeKind::CommonName => &mut data.common_name,
            AttributeKind::GivenName => &mut data.given_name,
            AttributeKind::Surname => &mut data.surname,
            AttributeKind::OrganizationName => &mut data.organization,
            AttributeKind::OrganizationIdentifier => &mut data.organization_identifier,
            AttributeKind::CountryName => &mut data.country,
            AttributeKind::StateOrProvinceName => &mut data.state,
            AttributeKind::LocalityName => &mut data.locality,
            AttributeKind::StreetAddress => &mut data.street,
            AttributeKind::PostalCode => &mut data.postal_code,
            AttributeKind::SerialNumber => &mut data.serial_number,
            AttributeKind::OrganizationalUnitName => {
                data.organizational_units.push(value);
                continue;
            }
            other => {
                return Err(Failure::new(format!(
                    "--subject: {other} has no place in a certificate of ours"
                ))
                .hint("e-mail addresses go into --email, host names into --dns"));
            }
        };
        if field.replace(value).is_some() {
            return Err(Failure::new(format!(
                "--subject: {} stands there twice",
                attribute.kind
            )));
        }
    }
    Ok(data)
}

async fn cert_revoke(
    environment: &Environment,
    serial: &str,
    reason: &str,
    actor: &Actor,
) -> Result<String, Failure> {
    let serial: SerialNumber = serial.parse().map_err(|error| {
        Failure::because("--serial", &error)
            .hint("`chancery cert show` prints a certificate's serial number")
    })?;
    let reason: RevocationReason = reason.parse().map_err(|error| {
        Failure::because("--reason", &error).hint(
            "take unspecified, keyCompromise, affiliationChanged, superseded, cessationOfOperation or privilegeWithdrawn",
        )
    })?;
    let done = environment
        .ra
        .revoke_by_operator(serial, reason, actor, os::now())
        .await;
    match done {
        Ok(()) => Ok(format!(
            "{serial} is revoked ({reason}); CRL and OCSP tell of it.\n"
        )),
        Err(error @ RevokeError::NotFound) => Err(Failure::because("nothing was revoked", &error)
            .hint("certificate search in the portal finds it by subject, address or fingerprint")),
        Err(error) => Err(Failure::because("revocation", &error)),
    }
}
