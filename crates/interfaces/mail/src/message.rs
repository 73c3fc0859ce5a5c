//! A composed letter as an Internet message.

use std::time::{Duration, SystemTime};

use chancery_store::{Id, Timestamp};
use lettre::{
    Address, Message,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
};

use crate::compose::Composed;

/// A letter was not made into a message.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MessageError {
    /// An address cannot stand in a message.
    #[error("the recipient cannot stand in a message")]
    Recipient(#[source] lettre::address::AddressError),
    /// The parts do not make a message.
    #[error("the parts do not make a message")]
    Parts(#[source] lettre::error::Error),
    /// An attachment's media type is none.
    #[error("the media type of an attachment is none")]
    MediaType,
}

/// Who sends.
#[derive(Clone, Debug)]
pub(crate) struct Sender {
    pub(crate) from: Mailbox,
    /// The right side of Message-IDs.
    pub(crate) host: String,
}

/// The message of an outbox row. Its Message-ID is made from the row's id, so that a letter which
/// arrives twice is recognised; boundaries likewise, so that both copies are the same octet for octet.
pub(crate) fn message(
    sender: &Sender,
    id: Id,
    recipient: &str,
    composed: &Composed,
    now: Timestamp,
) -> Result<Message, MessageError> {
    let to: Address = recipient.parse().map_err(MessageError::Recipient)?;
    let secs = u64::try_from(now.as_secs()).unwrap_or_default();
    let date = SystemTime::UNIX_EPOCH + Duration::from_secs(secs);
    let builder = Message::builder()
        .from(sender.from.clone())
        .to(Mailbox::new(None, to))
        .subject(composed.subject.clone())
        .date(date)
        .message_id(Some(format!("<{id}@{}>", sender.host)))
        // RFC 3834 section 5: no answering machine writes back.
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ));
    let words = MultiPart::alternative()
        .boundary(format!("words-{id}"))
        .singlepart(SinglePart::plain(composed.text.clone()))
        .singlepart(SinglePart::html(composed.html.clone()));
    if composed.attachments.is_empty() {
        return builder.multipart(words).map_err(MessageError::Parts);
    }
    let mut whole = MultiPart::mixed()
        .boundary(format!("letter-{id}"))
        .multipart(words);
    for attachment in &composed.attachments {
        let media_type =
            ContentType::parse(attachment.media_type).map_err(|_| MessageError::MediaType)?;
        whole = whole.singlepart(
            Attachment::new(attachment.name.clone()).body(attachment.content.clone(), media_type),
        );
    }
    builder.multipart(whole).map_err(MessageError::Parts)
}
