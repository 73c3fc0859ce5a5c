//! Octets that are read more than once, whatever their size.

use std::{
    fs::File,
    io::{self, Read, Write},
    os::unix::fs::FileExt,
    path::Path,
    rc::Rc,
};

use chancery_cms::smime::Canonicalizer;

use crate::{failure::Failure, streams::PIECE};

/// A file to read from at any place: one that the user named, or one without a name, which the system takes away by itself.
#[derive(Clone)]
pub struct Spool {
    file: Rc<File>,
    place: Rc<str>,
}

impl Spool {
    /// The file named; what comes by standard input, or from anything else that can be read only once, is copied.
    pub fn input(path: Option<&Path>) -> Result<Self, Failure> {
        let path = path.filter(|path| path.as_os_str() != "-");
        let place = path.map_or_else(
            || "standard input".to_owned(),
            |path| path.display().to_string(),
        );
        let opened = path.map(File::open).transpose();
        let mut source: Box<dyn Read> =
            match opened.map_err(|error| cannot("read", &place, &error))? {
                Some(file) if file.metadata().is_ok_and(|metadata| metadata.is_file()) => {
                    return Ok(Self {
                        file: Rc::new(file),
                        place: place.into(),
                    });
                }
                Some(file) => Box::new(file),
                None => Box::new(io::stdin()),
            };
        let mut copy = SpoolWriter::beside(None)?;
        let mut piece = vec![0; PIECE];
        loop {
            match source.read(&mut piece) {
                Ok(0) => return Ok(copy.finish()),
                Ok(length) => copy.write(piece.get(..length).unwrap_or_default())?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(cannot("read", &place, &error)),
            }
        }
    }

    /// The octets from this place on.
    pub fn pieces(&self, from: u64, line_ends: LineEnds) -> Pieces {
        Pieces {
            spool: self.clone(),
            offset: from,
            held: vec![0; PIECE],
            canonicalizer: (line_ends == LineEnds::Canonical).then(Canonicalizer::new),
            canonical: Vec::new(),
        }
    }

    /// The first octets, at most `limit`.
    pub fn beginning(&self, limit: usize) -> Result<Vec<u8>, Failure> {
        let mut octets = vec![0; limit];
        let length = self.fill(0, &mut octets)?;
        octets.truncate(length);
        Ok(octets)
    }

    fn fill(&self, from: u64, octets: &mut [u8]) -> Result<usize, Failure> {
        let mut filled = 0_usize;
        while let Some(room) = octets.get_mut(filled..).filter(|room| !room.is_empty()) {
            let offset = from.saturating_add(u64::try_from(filled).unwrap_or(u64::MAX));
            match self.file.read_at(room, offset) {
                Ok(0) => break,
                Ok(length) => filled = filled.saturating_add(length),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(cannot("read", &self.place, &error)),
            }
        }
        Ok(filled)
    }
}

/// What becomes of line ends as octets are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEnds {
    /// They stay.
    Exact,
    /// Each becomes CRLF.
    Canonical,
}

/// Octets on their way out of a spool.
pub struct Pieces {
    spool: Spool,
    offset: u64,
    held: Vec<u8>,
    canonicalizer: Option<Canonicalizer>,
    canonical: Vec<u8>,
}

impl Pieces {
    /// The next octets; none at the end.
    pub fn next(&mut self) -> Result<Option<&[u8]>, Failure> {
        let length = self.spool.fill(self.offset, &mut self.held)?;
        self.offset = self
            .offset
            .saturating_add(u64::try_from(length).unwrap_or(u64::MAX));
        let piece = self.held.get(..length).filter(|piece| !piece.is_empty());
        let (Some(piece), Some(canonicalizer)) = (piece, &mut self.canonicalizer) else {
            return Ok(piece);
        };
        self.canonical.clear();
        canonicalizer.update(piece, &mut self.canonical);
        Ok(Some(&self.canonical))
    }
}

/// A spool under way, in a file without a name.
pub struct SpoolWriter {
    file: File,
    octets: u64,
}

impl SpoolWriter {
    /// In the folder where the result will stand, if it gets a name: there is room for it, and nowhere else is known to have it.
    pub fn beside(path: Option<&Path>) -> Result<Self, Failure> {
        let folder = path
            .filter(|path| path.as_os_str() != "-")
            .and_then(Path::parent);
        let file = match folder {
            Some(folder) if !folder.as_os_str().is_empty() => tempfile::tempfile_in(folder),
            Some(_) => tempfile::tempfile_in("."),
            None => tempfile::tempfile(),
        };
        Ok(Self {
            file: file.map_err(|error| cannot("write", TEMPORARY, &error))?,
            octets: 0,
        })
    }

    /// Writes more.
    pub fn write(&mut self, octets: &[u8]) -> Result<(), Failure> {
        self.octets = self
            .octets
            .saturating_add(u64::try_from(octets.len()).unwrap_or(u64::MAX));
        self.file
            .write_all(octets)
            .map_err(|error| cannot("write", TEMPORARY, &error))
    }

    /// Octets written.
    pub const fn octets(&self) -> u64 {
        self.octets
    }

    /// All is written.
    pub fn finish(self) -> Spool {
        Spool {
            file: Rc::new(self.file),
            place: TEMPORARY.into(),
        }
    }
}

const TEMPORARY: &str = "a temporary file";

fn cannot(verb: &str, place: &str, error: &io::Error) -> Failure {
    Failure::new(format!("cannot {verb} {place}: {error}"))
}
