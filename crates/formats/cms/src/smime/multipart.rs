//! Parts between boundaries (RFC 2046 section 5.1.1).

/// White space behind a boundary that is passed over.
const MAX_PADDING: usize = 128;

/// What a body is split into.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Split {
    /// Octets of the current part, as they came.
    Octets(Vec<u8>),
    /// A part ends and another begins.
    Delimiter,
    /// The last part ends.
    Close,
}

/// Splits a body at its boundary. The line end before a boundary belongs to the boundary.
#[derive(Debug)]
pub(super) struct Splitter {
    delimiter: Vec<u8>,
    /// The line under way, as long as it might be a boundary.
    line: Vec<u8>,
    /// The line end before it, or a CR that may become one.
    held: Vec<u8>,
    /// Inside a line that is none.
    passing: bool,
    /// Nothing has come yet: a boundary may stand at the very beginning.
    ended: bool,
}

impl Splitter {
    pub(super) fn new(boundary: &str) -> Self {
        Self {
            delimiter: format!("--{boundary}").into_bytes(),
            line: Vec::new(),
            held: Vec::new(),
            passing: false,
            ended: false,
        }
    }

    pub(super) fn feed(&mut self, input: &[u8]) -> Vec<Split> {
        let mut out = Vec::new();
        for chunk in input.split_inclusive(|octet| *octet == b'\n') {
            if self.passing {
                self.pass(chunk, &mut out);
            } else {
                self.line.extend_from_slice(chunk);
                if chunk.ends_with(b"\n") {
                    self.end_line(&mut out);
                } else if self.line.len() > self.delimiter.len().saturating_add(MAX_PADDING) {
                    let line = std::mem::take(&mut self.line);
                    push(&mut out, &std::mem::take(&mut self.held));
                    self.passing = true;
                    self.pass(&line, &mut out);
                }
            }
        }
        out
    }

    pub(super) fn finish(mut self) -> Vec<Split> {
        let mut out = Vec::new();
        if self.passing {
            push(&mut out, &self.held);
        } else {
            self.end_line(&mut out);
        }
        out
    }

    /// Inside a line that is no boundary.
    fn pass(&mut self, chunk: &[u8], out: &mut Vec<Split>) {
        let held = std::mem::take(&mut self.held);
        let joined = [held, chunk.to_vec()].concat();
        let (text, end) = split_end(&joined);
        self.passing = !end.ends_with(b"\n");
        self.held = end.to_vec();
        push(out, text);
    }

    fn end_line(&mut self, out: &mut Vec<Split>) {
        let line = std::mem::take(&mut self.line);
        let (text, end) = split_end(&line);
        if let Some(split) = self.boundary(text) {
            self.ended = split == Split::Close;
            self.held.clear();
            out.push(split);
        } else {
            push(out, &std::mem::take(&mut self.held));
            push(out, text);
            self.held = end.to_vec();
        }
    }

    fn boundary(&self, text: &[u8]) -> Option<Split> {
        let rest = text.strip_prefix(self.delimiter.as_slice())?;
        let (split, rest) = match rest.strip_prefix(b"--") {
            Some(rest) => (Split::Close, rest),
            None => (Split::Delimiter, rest),
        };
        let is_blank = rest.iter().all(|octet| matches!(octet, b' ' | b'\t'));
        (is_blank && !self.ended).then_some(split)
    }
}

/// Text and line end; a CR at the end counts to the latter.
fn split_end(line: &[u8]) -> (&[u8], &[u8]) {
    let text = line.strip_suffix(b"\n").unwrap_or(line);
    let text = text.strip_suffix(b"\r").unwrap_or(text);
    line.split_at_checked(text.len()).unwrap_or((line, &[]))
}

fn push(out: &mut Vec<Split>, octets: &[u8]) {
    if octets.is_empty() {
        return;
    }
    if let Some(Split::Octets(last)) = out.last_mut() {
        last.extend_from_slice(octets);
    } else {
        out.push(Split::Octets(octets.to_vec()));
    }
}
