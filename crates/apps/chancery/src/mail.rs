//! Delivers what waits in the outbox: by SMTP, or into the sandbox's own mailbox.

use std::{sync::Arc, time::Duration};

use chancery_mail::{Courier, CourierConfig, Security, SmtpConfig, Transport};

use crate::{
    config::{Kind, MailSection, MailTls},
    environment::Environment,
    failure::Failure,
    files, os,
};

/// How often the outbox is looked at.
const INTERVAL: Duration = Duration::from_secs(1);

/// The one that carries an environment's letters.
pub fn courier(environment: &Environment) -> Result<Courier, Failure> {
    let config = &environment.config;
    let transport = match (config.kind, &config.mail.host) {
        (Kind::Sandbox, _) => Transport::Sandbox,
        (Kind::Production, Some(host)) => Transport::Smtp(smtp(host, &config.mail)?),
        (Kind::Production, None) => Transport::None,
    };
    Courier::new(CourierConfig {
        store: environment.store.clone(),
        vault: Arc::clone(&environment.vault),
        public_url: config.public_url.clone(),
        environment: config.name.clone(),
        zone: config.time_zone()?,
        from: config.mail.from.clone(),
        transport,
    })
    .map_err(|error| Failure::because("mail", &error))
}

fn smtp(host: &str, section: &MailSection) -> Result<SmtpConfig, Failure> {
    let (security, usual) = match section.tls {
        MailTls::Starttls => (Security::StartTls, 587),
        MailTls::Implicit => (Security::Tls, 465),
        MailTls::None => (Security::None, 25),
    };
    let credentials = match (&section.user, &section.password_file) {
        (Some(user), Some(file)) => Some((user.clone(), files::first_line(file)?)),
        _ => None,
    };
    let extra_root = section.root.as_deref().map(files::read).transpose()?;
    Ok(SmtpConfig {
        host: host.to_owned(),
        port: section.port.unwrap_or(usual),
        security,
        credentials,
        extra_root,
    })
}

/// Delivers for as long as the server runs.
pub async fn deliver(courier: Courier) {
    loop {
        let delivered = courier.deliver_due(os::now()).await;
        if let Err(error) = &delivered {
            tracing::warn!(
                error = error as &dyn std::error::Error,
                "the outbox could not be looked at"
            );
        }
        // A full hand means that there is more.
        if !delivered.is_ok_and(|count| count > 0) {
            tokio::time::sleep(INTERVAL).await;
        }
    }
}
