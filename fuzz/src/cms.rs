use chancery_cms::read_certificates;
use chancery_cms::stream::{Event, Limits, Parser, Prefix, Suffix};

/// Collections of certificates.
pub fn certificates(data: &[u8]) {
    if let Ok(certificates) = read_certificates(data) {
        let again = read_certificates(&chancery_cms::certificates_only(&certificates));
        assert!(!again.expect("its own encoding").is_empty());
    }
}

#[derive(Debug, Default, PartialEq)]
struct Read {
    prefix: Option<Prefix>,
    content: Vec<u8>,
    suffix: Option<Suffix>,
    whole: bool,
}

fn read<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> Read {
    let limits = Limits {
        depth: 16,
        prefix: 1 << 16,
        suffix: 1 << 16,
        content: 1 << 20,
    };
    let mut parser = Parser::new(limits);
    let mut read = Read::default();
    for mut piece in pieces {
        while let Ok(Some(event)) = parser.next(&mut piece) {
            match event {
                Event::Prefix(prefix) => assert!(read.prefix.replace(prefix).is_none()),
                Event::Content(octets) => {
                    assert!(!octets.is_empty() && read.prefix.is_some() && read.suffix.is_none());
                    read.content.extend_from_slice(octets);
                }
                Event::Suffix(suffix) => {
                    assert!(read.prefix.is_some());
                    assert!(read.suffix.replace(suffix).is_none());
                }
            }
        }
    }
    read.whole = parser.finish().is_ok();
    read
}

/// CMS as a stream: however it is cut into pieces, the same is read.
pub fn stream(data: &[u8]) {
    let Some((size, data)) = data.split_first() else {
        return;
    };
    let whole = read(std::iter::once(data));
    let pieces = read(data.chunks(usize::from(*size).max(1)));
    assert_eq!(whole, pieces);
}
