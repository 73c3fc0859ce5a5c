//! Decrypting messages.

use chancery_cms::smime::{MessageEvent, MessageKind, MessageReader, SmimeError};

use crate::{
    cli::SmimeDecrypt,
    commands::envelope::{self, Message, Reader},
    failure::Failure,
    streams::{Form, Source, Target},
};

/// `chancery smime decrypt`.
pub fn decrypt(words: &SmimeDecrypt) -> Result<(), Failure> {
    let reader = Reader::read(&words.with)?;
    let source = Source::structure(words.input.as_deref(), Some(Form::Der))?;
    let mut target = Target::secret(words.out.as_deref())?;
    let opened = envelope::open(Mail::new(source), &reader, &mut target)?;
    target.keep()?;
    envelope::tell(&opened);
    Ok(())
}

/// The CMS structure in a message that is read piece by piece.
struct Mail {
    source: Source,
    reader: Option<MessageReader>,
    piece: Vec<u8>,
}

impl Mail {
    fn new(source: Source) -> Self {
        Self {
            source,
            reader: Some(MessageReader::new()),
            piece: Vec::new(),
        }
    }

    fn take(&mut self, events: Vec<MessageEvent>) -> Result<(), Failure> {
        for event in events {
            match event {
                MessageEvent::Header(_, MessageKind::ClearSigned { .. }) => {
                    return Err(Failure::new("the message is signed, not encrypted")
                        .hint("read it with chancery smime verify"));
                }
                MessageEvent::Header(_, MessageKind::Other) => {
                    return Err(Failure::new("the message is not encrypted with S/MIME"));
                }
                MessageEvent::Cms(piece) => self.piece.extend(piece),
                MessageEvent::Header(_, MessageKind::Cms { .. })
                | MessageEvent::Signed(_)
                | MessageEvent::Body(_) => {}
            }
        }
        Ok(())
    }
}

impl Message for Mail {
    fn next(&mut self) -> Result<Option<&[u8]>, Failure> {
        let unreadable = |error: SmimeError| Failure::because("the message cannot be read", &error);
        self.piece.clear();
        while self.piece.is_empty() {
            let Some(reader) = &mut self.reader else {
                return Ok(None);
            };
            let events = if let Some(piece) = self.source.next()? {
                reader.feed(piece).map_err(unreadable)?
            } else {
                let reader = self.reader.take().unwrap_or_default();
                reader.finish().map_err(unreadable)?
            };
            self.take(events)?;
        }
        Ok(Some(&self.piece))
    }

    fn again(&self) -> Result<Self, Failure> {
        Ok(Self::new(self.source.again()?))
    }
}
