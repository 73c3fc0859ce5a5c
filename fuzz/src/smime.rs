use chancery_cms::smime::{Canonicalizer, Header, MessageEvent, MessageReader, address, protect};

fn read<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> (Vec<MessageEvent>, bool) {
    let mut reader = MessageReader::new();
    let mut events = Vec::new();
    for piece in pieces {
        match reader.feed(piece) {
            Ok(more) => events.extend(more),
            Err(_) => return (joined(events), false),
        }
    }
    let ended = reader.finish();
    let whole = ended.is_ok();
    events.extend(ended.unwrap_or_default());
    (joined(events), whole)
}

/// Pieces of the same kind as one: how they were cut says nothing.
fn joined(events: Vec<MessageEvent>) -> Vec<MessageEvent> {
    let mut out: Vec<MessageEvent> = Vec::new();
    for event in events {
        match (out.last_mut(), event) {
            (Some(MessageEvent::Signed(all)), MessageEvent::Signed(more))
            | (Some(MessageEvent::Cms(all)), MessageEvent::Cms(more))
            | (Some(MessageEvent::Body(all)), MessageEvent::Body(more)) => all.extend(more),
            (_, event) => out.push(event),
        }
    }
    out
}

/// Mail, and its header: however a message is cut into pieces, the same is read.
pub fn smime(data: &[u8]) {
    let Some((size, data)) = data.split_first() else {
        return;
    };
    let size = usize::from(*size).max(1);
    let (whole, right) = read(std::iter::once(data));
    let (pieces, also) = read(data.chunks(size));
    assert_eq!(right, also);
    if right {
        assert_eq!(whole, pieces);
    }
    for event in &whole {
        if let MessageEvent::Header(header, _) = event {
            let _ = address::Originators::read(header);
            let _ = header.content_type();
            let _ = header.transfer_encoding();
            let split = protect::split(header);
            let _ = protect::read(header, header, protect::Protection::Clear);
            drop(split);
            let again = Header::parse(&header.to_bytes()).expect("its own octets");
            assert_eq!(again.to_bytes(), header.to_bytes());
        }
    }
    let (mut at_once, mut in_pieces) = (Vec::new(), Vec::new());
    Canonicalizer::new().update(data, &mut at_once);
    let mut canonicalizer = Canonicalizer::new();
    for piece in data.chunks(size) {
        canonicalizer.update(piece, &mut in_pieces);
    }
    assert_eq!(at_once, in_pieces);
}
