//! Decrypting messages.

use std::{cell::RefCell, rc::Rc};

use chancery_cms::smime::protect::{self, Protection};
use chancery_cms::smime::{Header, MessageEvent, MessageKind, MessageReader, SmimeError};

use super::verify::header_lines;
use crate::{
    cli::SmimeDecrypt,
    commands::{
        envelope::{self, Message, Reader},
        note,
    },
    failure::Failure,
    streams::{Form, Source, Target},
    terminal,
};

/// `chancery smime decrypt`.
pub fn decrypt(words: &SmimeDecrypt) -> Result<(), Failure> {
    let reader = Reader::read(&words.with)?;
    let source = Source::structure(words.input.as_deref(), Some(Form::Der))?;
    let mut target = Target::secret(words.out.as_deref())?;
    let outside = Rc::default();
    let mail = Mail::new(source, Rc::clone(&outside));
    let opened = envelope::open(mail, &reader, &mut target)?;
    let inside = Header::split(&target.beginning(HEADER)?)
        .ok()
        .map(|(header, _)| header);
    target.keep()?;
    envelope::tell(&opened);
    let protected =
        inside.and_then(|inside| protect::read(&inside, &outside.borrow(), Protection::Cipher));
    for line in protected.iter().flat_map(header_lines) {
        note(&terminal::line(&line));
    }
    Ok(())
}

/// Octets in which the header of what was inside is looked for, with the empty line behind it.
const HEADER: usize = Header::MAX_LEN + 2;

/// The CMS structure in a message that is read piece by piece; its header is left in `outside`.
struct Mail {
    source: Source,
    outside: Rc<RefCell<Header>>,
    reader: Option<MessageReader>,
    piece: Vec<u8>,
}

impl Mail {
    fn new(source: Source, outside: Rc<RefCell<Header>>) -> Self {
        Self {
            source,
            outside,
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
                MessageEvent::Header(header, MessageKind::Cms { .. }) => {
                    *self.outside.borrow_mut() = header;
                }
                MessageEvent::Signed(_) | MessageEvent::Body(_) => {}
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
        Ok(Self::new(self.source.again()?, Rc::clone(&self.outside)))
    }
}
