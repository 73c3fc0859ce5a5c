//! Takes letters out of the outbox and delivers them.

use std::{sync::Arc, time::Duration};

use chancery_keys::Vault;
use chancery_ra::Notice as RaNotice;
use chancery_register::{Letter, Notice as RegisterNotice, OpenLetterError};
use chancery_store::{
    Batch, CommitError, Store, Timestamp,
    outbox::{self, Captured, ClaimError, Delivery, SettleError},
};
use jiff::tz::TimeZone;
use lettre::{Address, message::Mailbox};
use tokio::task::JoinSet;

use crate::{
    compose::{ComposeError, Composed, Place, one_line},
    message::{MessageError, Sender, message},
    patience,
    smtp::{Smtp, SmtpConfig},
    words::Words,
};

/// Letters on their way at once.
const AT_ONCE: u32 = 8;
/// A claim outlasts the slowest delivery (each command of SMTP has half a minute) by far.
const LEASE: Duration = Duration::from_mins(10);

/// How letters leave.
#[derive(Clone, Debug)]
pub enum Transport {
    /// By a mail server.
    Smtp(SmtpConfig),
    /// Into the sandbox's mailbox, which a page shows.
    Sandbox,
    /// Not at all: they wait in the outbox until there is a way.
    None,
}

/// Settings of a [`Courier`].
#[derive(Clone, Debug)]
pub struct CourierConfig {
    /// Holds the outbox.
    pub store: Store,
    /// Opens the letters.
    pub vault: Arc<Vault>,
    /// The portal's address, to which links point.
    pub public_url: String,
    /// The environment's name.
    pub environment: String,
    /// The zone in which times are told.
    pub zone: TimeZone,
    /// How letters leave.
    pub transport: Transport,
    /// The sender's address; without one, `no-reply@` at the host of `public_url`.
    pub from: Option<String>,
}

/// The courier cannot work with these settings.
#[derive(Debug, thiserror::Error)]
pub enum CourierError {
    /// The portal's address has no host.
    #[error("{url:?} is no address of a portal")]
    PublicUrl {
        /// The address.
        url: String,
    },
    /// The sender is no e-mail address.
    #[error("the sender {from:?} is no e-mail address")]
    From {
        /// The sender.
        from: String,
        /// What is wrong with it.
        #[source]
        source: lettre::address::AddressError,
    },
    /// The password would be sent in the clear.
    #[error("the password for {host} would be sent without TLS")]
    PasswordInClear {
        /// The mail server.
        host: String,
    },
    /// TLS cannot be set up.
    #[error("TLS for the mail server cannot be set up")]
    Tls(#[source] lettre::transport::smtp::Error),
}

/// A pass over the outbox broke off.
#[derive(Debug, thiserror::Error)]
pub enum DeliverError {
    /// Nothing could be claimed.
    #[error("no letters could be claimed")]
    Claim(#[from] ClaimError),
    /// An outcome could not be kept; the letter is tried again when its lease ends.
    #[error("the outcome of a delivery was not kept")]
    Settle(#[from] SettleError),
    /// A letter could not be kept in the sandbox's mailbox.
    #[error("a letter was not kept in the sandbox's mailbox")]
    Capture(#[source] CommitError),
}

/// Delivers what is due; cheap to clone.
#[derive(Clone)]
pub struct Courier {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    vault: Arc<Vault>,
    place: Place,
    zone: TimeZone,
    sender: Sender,
    way: Way,
}

enum Way {
    Smtp(Smtp),
    Sandbox,
    None,
}

/// Why a letter did not leave.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("nobody delivers this topic")]
    Topic,
    #[error("the letter was not opened")]
    Open(#[from] OpenLetterError),
    #[error("the letter was not put into words")]
    Compose(#[from] ComposeError),
    #[error("the letter was not made into a message")]
    Message(#[from] MessageError),
}

/// What became of one delivery.
enum Outcome {
    Delivered,
    /// Tried again, unless it is in vain.
    Failed {
        reason: &'static str,
        in_vain: bool,
    },
}

impl std::fmt::Debug for Courier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Courier")
            .field("place", &self.inner.place)
            .finish_non_exhaustive()
    }
}

impl Courier {
    /// A courier; connects to nobody yet.
    pub fn new(config: CourierConfig) -> Result<Self, CourierError> {
        let public_url = config.public_url.trim_end_matches('/').to_owned();
        let host = host_of(&public_url).ok_or_else(|| CourierError::PublicUrl {
            url: config.public_url.clone(),
        })?;
        let from = config.from.unwrap_or_else(|| format!("no-reply@{host}"));
        // It stands in a header.
        let environment = one_line(&config.environment);
        let address: Address = from.parse().map_err(|source| CourierError::From {
            from: from.clone(),
            source,
        })?;
        let sender = Sender {
            from: Mailbox::new(Some(environment.clone()), address),
            host: host.clone(),
        };
        let way = match &config.transport {
            Transport::Smtp(smtp) => Way::Smtp(Smtp::new(smtp, &host)?),
            Transport::Sandbox => Way::Sandbox,
            Transport::None => Way::None,
        };
        Ok(Self {
            inner: Arc::new(Inner {
                store: config.store,
                vault: config.vault,
                place: Place {
                    environment,
                    public_url,
                },
                zone: config.zone,
                sender,
                way,
            }),
        })
    }

    /// Delivers what is due at `now`, a handful at once, and says how many were taken up; 0 means that
    /// nothing is due. Call it again at once otherwise.
    pub async fn deliver_due(&self, now: Timestamp) -> Result<usize, DeliverError> {
        if matches!(self.inner.way, Way::None) {
            return Ok(0);
        }
        let claimed = outbox::claim(&self.inner.store, now, LEASE, AT_ONCE).await?;
        let taken_up = claimed.len();
        let mut under_way = JoinSet::new();
        for delivery in claimed {
            let inner = Arc::clone(&self.inner);
            under_way.spawn(async move { inner.deliver(&delivery, now).await });
        }
        let mut first_error = None;
        while let Some(ended) = under_way.join_next().await {
            match ended {
                // Where somebody else took it over, for our lease had ended, theirs counts.
                Ok(Ok(()) | Err(DeliverError::Settle(SettleError::Superseded { .. }))) => {}
                Ok(Err(error)) => first_error = first_error.or(Some(error)),
                Err(error) => tracing::error!(%error, "a delivery ended before its time"),
            }
        }
        first_error.map_or(Ok(taken_up), Err)
    }
}

impl Inner {
    async fn deliver(&self, delivery: &Delivery, now: Timestamp) -> Result<(), DeliverError> {
        let outcome = match self.compose(delivery) {
            Ok(composed) => self.hand_over(delivery, &composed, now).await?,
            Err(failure) => {
                let error: &dyn std::error::Error = &failure;
                tracing::error!(id = %delivery.id, error, "a letter cannot be written");
                Outcome::Failed {
                    reason: failure.reason(),
                    // A newer version may know the topic or the notice; a letter of another vault it will not open.
                    in_vain: matches!(failure, Failure::Open(OpenLetterError::Sealed(_))),
                }
            }
        };
        match outcome {
            Outcome::Delivered => outbox::delivered(&self.store, delivery, now).await?,
            Outcome::Failed { reason, in_vain } => {
                let retry_at = patience::after(delivery.attempt)
                    .filter(|_| !in_vain)
                    .map(|wait| now.plus(wait));
                tracing::warn!(id = %delivery.id, attempt = delivery.attempt, reason, "a letter stays");
                outbox::failed(&self.store, delivery, retry_at, reason, now).await?;
            }
        }
        Ok(())
    }

    fn compose(&self, delivery: &Delivery) -> Result<Composed, Failure> {
        let words = |language| Words::new(language, self.zone.clone());
        match delivery.topic.as_str() {
            chancery_register::MAIL_TOPIC => {
                let letter =
                    Letter::<RegisterNotice>::open(&self.vault, delivery.id, &delivery.body)?;
                let words = words(letter.language);
                Ok(Composed::of_register(&letter.notice, &words, &self.place)?)
            }
            chancery_ra::MAIL_TOPIC => {
                let letter = Letter::<RaNotice>::open(&self.vault, delivery.id, &delivery.body)?;
                let words = words(letter.language);
                Ok(Composed::of_ra(&letter.notice, &words, &self.place)?)
            }
            _ => Err(Failure::Topic),
        }
    }

    async fn hand_over(
        &self,
        delivery: &Delivery,
        composed: &Composed,
        now: Timestamp,
    ) -> Result<Outcome, DeliverError> {
        if composed.expires_at.is_some_and(|at| at <= now.as_secs()) {
            return Ok(Outcome::Failed {
                reason: "what it brings has expired",
                in_vain: true,
            });
        }
        match &self.way {
            Way::Smtp(smtp) => {
                let message = message(
                    &self.sender,
                    delivery.id,
                    &delivery.recipient,
                    composed,
                    now,
                );
                let message = match message {
                    Ok(message) => message,
                    Err(error) => {
                        let failure = Failure::from(error);
                        let error: &dyn std::error::Error = &failure;
                        tracing::error!(id = %delivery.id, error, "a letter cannot be sent");
                        return Ok(Outcome::Failed {
                            reason: failure.reason(),
                            in_vain: true,
                        });
                    }
                };
                Ok(match smtp.send(message).await {
                    Ok(()) => Outcome::Delivered,
                    Err(refusal) => Outcome::Failed {
                        reason: refusal.reason(),
                        in_vain: refusal == crate::smtp::Refusal::Recipient,
                    },
                })
            }
            Way::Sandbox => {
                let mut batch = Batch::new();
                outbox::capture(
                    &mut batch,
                    Captured {
                        id: delivery.id,
                        recipient: delivery.recipient.clone(),
                        subject: composed.subject.clone(),
                        text: composed.text.clone(),
                        html: Some(composed.html.clone()),
                        at: now,
                    },
                );
                self.store
                    .commit(batch)
                    .await
                    .map_err(DeliverError::Capture)?;
                Ok(Outcome::Delivered)
            }
            Way::None => Ok(Outcome::Failed {
                reason: "there is no way for letters",
                in_vain: false,
            }),
        }
    }
}

impl Failure {
    /// For the operator's list.
    const fn reason(&self) -> &'static str {
        match self {
            Self::Topic => "nobody delivers this topic",
            Self::Open(OpenLetterError::Sealed(_)) => "the vault does not open it",
            Self::Open(OpenLetterError::Notice(_)) => "this version does not know the notice",
            Self::Compose(_) => "it could not be put into words",
            Self::Message(_) => "it could not be made into a message",
        }
    }
}

/// The host of an address, without port, as it can stand in a Message-ID.
fn host_of(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let authority = authority.rsplit('@').next()?;
    let host = match authority.strip_prefix('[') {
        // RFC 5321 section 4.1.3: an IPv6 address as a domain literal.
        Some(literal) => format!("[IPv6:{}]", literal.split(']').next()?),
        None => authority.split(':').next()?.to_owned(),
    };
    let is_sound = !host.is_empty()
        && host
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '[' | ']' | ':'));
    is_sound.then_some(host)
}
