//! Sending by SMTP.

use std::time::Duration;

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    transport::smtp::{
        PoolConfig,
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
        extension::ClientId,
    },
};
use secrecy::{ExposeSecret, SecretString};

use crate::courier::CourierError;

/// One command and its answer take so long at most.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Connections that are kept open.
const CONNECTIONS: u32 = 4;

/// How the connection to the mail server is secured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// Not at all: for a server on this machine.
    None,
    /// STARTTLS, without which nothing is sent (port 587).
    StartTls,
    /// TLS from the first octet (port 465).
    Tls,
}

/// The mail server to hand letters to.
#[derive(Clone, Debug)]
pub struct SmtpConfig {
    /// Its name, which its certificate must bear.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is secured.
    pub security: Security,
    /// User name and password, where it wants them.
    pub credentials: Option<(String, SecretString)>,
    /// A root certificate (PEM) to trust besides the system's.
    pub extra_root: Option<Vec<u8>>,
}

/// Why a letter was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The server says that there is no such mailbox, now and later.
    Recipient,
    /// The server refuses for a reason that may pass, or that an operator has to mend.
    Server,
    /// TLS failed, or the server does not offer it.
    Tls,
    /// No connection, or it broke.
    Unreachable,
}

impl Refusal {
    /// For the operator's list.
    pub(crate) const fn reason(self) -> &'static str {
        match self {
            Self::Recipient => "the mail server refused the recipient",
            Self::Server => "the mail server refused the letter",
            Self::Tls => "no secure connection to the mail server",
            Self::Unreachable => "the mail server cannot be reached",
        }
    }
}

/// A connection pool to the mail server.
pub(crate) struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

impl Smtp {
    pub(crate) fn new(config: &SmtpConfig, own_name: &str) -> Result<Self, CourierError> {
        let is_local = matches!(config.host.as_str(), "localhost" | "127.0.0.1" | "::1");
        if config.security == Security::None && config.credentials.is_some() && !is_local {
            return Err(CourierError::PasswordInClear {
                host: config.host.clone(),
            });
        }
        let tls = match config.security {
            Security::None => Tls::None,
            Security::StartTls => Tls::Required(parameters(config)?),
            Security::Tls => Tls::Wrapper(parameters(config)?),
        };
        let mut builder =
            AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(config.host.as_str())
                .port(config.port)
                .tls(tls)
                .timeout(Some(TIMEOUT))
                .hello_name(ClientId::Domain(own_name.to_owned()))
                .pool_config(PoolConfig::new().max_size(CONNECTIONS));
        if let Some((user, password)) = &config.credentials {
            builder = builder.credentials(Credentials::new(
                user.clone(),
                password.expose_secret().to_owned(),
            ));
        }
        Ok(Self {
            transport: builder.build(),
        })
    }

    pub(crate) async fn send(&self, message: Message) -> Result<(), Refusal> {
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) => {
                let refusal = judge(&error);
                // The server's own words usually repeat the address, which is nobody's business in a log.
                let code = error.status().map(u16::from);
                tracing::warn!(?code, ?refusal, "a letter was not taken");
                tracing::debug!(error = %chain(&error), "what the mail server said");
                Err(refusal)
            }
        }
    }
}

fn parameters(config: &SmtpConfig) -> Result<TlsParameters, CourierError> {
    let mut builder = TlsParameters::builder(config.host.clone());
    if let Some(root) = &config.extra_root {
        let root = Certificate::from_pem(root).map_err(CourierError::Tls)?;
        builder = builder.add_root_certificate(root);
    }
    builder.build().map_err(CourierError::Tls)
}

/// Tells a mailbox that is not there (in vain for ever) from everything that may pass. RFC 3463 section
/// 3.8: `5.7.x` is policy, such as a server that does not relay for us yet.
fn judge(error: &lettre::transport::smtp::Error) -> Refusal {
    if error.is_tls() {
        return Refusal::Tls;
    }
    let Some(status) = error.status() else {
        // A server without STARTTLS shows as an error of the client.
        return if error.is_client() {
            Refusal::Tls
        } else {
            Refusal::Unreachable
        };
    };
    let code: u16 = u16::from(status);
    let is_policy = chain(error).contains("5.7.");
    match code {
        550 | 551 | 553 | 556 if !is_policy => Refusal::Recipient,
        _ => Refusal::Server,
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
