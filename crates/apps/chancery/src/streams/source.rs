//! Reading.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use super::{PIECE, pem::PemReader};
use crate::failure::Failure;

/// How a structure is written into a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "UPPER")]
pub enum Form {
    /// Base64 between lines
    Pem,
    /// The octets themselves, DER or BER
    Der,
}

enum Inner {
    Octets(BufReader<Box<dyn Read>>),
    Pem(PemReader<BufReader<Box<dyn Read>>>),
}

/// A file, or standard input, read in pieces.
pub struct Source {
    path: Option<PathBuf>,
    inner: Inner,
    piece: Vec<u8>,
}

impl Source {
    /// Opens a file, or standard input where none is named. A structure's form is found out where none is given.
    pub fn structure(path: Option<&Path>, form: Option<Form>) -> Result<Self, Failure> {
        let path = named(path);
        let mut reader = open(path.as_deref())?;
        let head = reader
            .fill_buf()
            .map_err(|error| cannot_read(path.as_deref(), &error))?;
        let form = form.unwrap_or_else(|| guess(head));
        let inner = match form {
            Form::Der => Inner::Octets(reader),
            Form::Pem => Inner::Pem(PemReader::new(reader)),
        };
        Ok(Self {
            path,
            inner,
            piece: Vec::new(),
        })
    }

    /// Opens a file as it is, or standard input where none is named. Gives its size too where that is known.
    pub fn content(path: Option<&Path>) -> Result<(Self, Option<u64>), Failure> {
        let source = Self::structure(path, Some(Form::Der))?;
        let size = source
            .path
            .as_deref()
            .and_then(|path| path.metadata().ok())
            .filter(std::fs::Metadata::is_file)
            .map(|metadata| metadata.len());
        Ok((source, size))
    }

    /// The same file from its beginning.
    pub fn again(&self) -> Result<Self, Failure> {
        let Some(path) = &self.path else {
            return Err(Failure::new(
                "the message has to be read twice, which standard input does not allow",
            )
            .hint("name it as a file with --in"));
        };
        let form = match self.inner {
            Inner::Octets(_) => Form::Der,
            Inner::Pem(_) => Form::Pem,
        };
        Self::structure(Some(path), Some(form))
    }

    /// The next octets; none at the end.
    pub fn next(&mut self) -> Result<Option<&[u8]>, Failure> {
        let read = match &mut self.inner {
            Inner::Octets(reader) => {
                self.piece.resize(PIECE, 0);
                fill(reader, &mut self.piece).map(|length| self.piece.truncate(length))
            }
            Inner::Pem(reader) => {
                self.piece.clear();
                reader.read(PIECE, &mut self.piece)
            }
        };
        read.map_err(|error| cannot_read(self.path.as_deref(), &error))?;
        Ok((!self.piece.is_empty()).then_some(self.piece.as_slice()))
    }
}

/// Reads until `piece` is full or the end is met.
fn fill(reader: &mut impl Read, piece: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(room) = piece.get_mut(filled..).filter(|room| !room.is_empty()) {
        match reader.read(room) {
            Ok(0) => break,
            Ok(length) => filled = filled.saturating_add(length),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

fn named(path: Option<&Path>) -> Option<PathBuf> {
    path.filter(|path| path.as_os_str() != "-")
        .map(Path::to_owned)
}

fn open(path: Option<&Path>) -> Result<BufReader<Box<dyn Read>>, Failure> {
    let reader: Box<dyn Read> = match path {
        Some(path) => Box::new(File::open(path).map_err(|error| cannot_read(Some(path), &error))?),
        None => Box::new(io::stdin()),
    };
    Ok(BufReader::with_capacity(PIECE, reader))
}

/// A SEQUENCE with a long or indefinite length is no text; whatever else has a `-----BEGIN` near its start is taken for PEM.
fn guess(head: &[u8]) -> Form {
    let is_sequence = matches!(head, [0x30, 0x80..=0xff, ..]);
    let mark = b"-----BEGIN ";
    if !is_sequence && head.windows(mark.len()).any(|window| window == mark) {
        Form::Pem
    } else {
        Form::Der
    }
}

fn cannot_read(path: Option<&Path>, error: &io::Error) -> Failure {
    let place = path.map_or_else(
        || "standard input".to_owned(),
        |path| path.display().to_string(),
    );
    Failure::new(format!("cannot read {place}: {error}"))
}
