//! Reading.

use chancery_x509::ObjectIdentifier;
use chancery_x509::asn1::tag;

use super::capture::{CONSTRUCTED_OCTET_STRING, Capture};
use super::error::StreamError;
use super::event::{Event, Limits, Prefix, Suffix};
use super::header::{Header, Partial};
use super::shape::ContentKind;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// `ContentInfo`.
    Info,
    /// Its `content [0]`.
    Wrapper,
    /// The structure, such as `SignedData`.
    Body,
    /// What carries the content, such as `EncapsulatedContentInfo`.
    Carrier,
    /// `[0] EXPLICIT` around the content.
    ContentWrapper,
    /// Content in segments.
    Segments,
    /// Anything else.
    Field,
}

#[derive(Debug)]
struct Frame {
    role: Role,
    /// Where it ends; none for the indefinite form.
    end: Option<u64>,
    /// Where the innermost definite element around its content ends.
    bound: Option<u64>,
    /// Elements met in it.
    children: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Before,
    Content,
    Behind,
    Done,
}

#[derive(Clone, Copy, Debug)]
enum Primitive {
    Field(u64),
    Content(u64),
}

/// A `ContentInfo` that arrives in pieces.
///
/// ```
/// use chancery_cms::stream::{Event, Limits, Parser};
///
/// let octets = [0x30, 15, 6, 9, 42, 134, 72, 134, 247, 13, 1, 7, 1, 0xa0, 2, 4, 0];
/// let mut parser = Parser::new(Limits::default());
/// let mut rest: &[u8] = &octets;
/// while let Some(event) = parser.next(&mut rest)? {
///     if let Event::Content(piece) = event { /* digest it, write it */ }
/// }
/// parser.finish()?;
/// # Ok::<(), chancery_cms::stream::StreamError>(())
/// ```
#[derive(Debug)]
pub struct Parser {
    limits: Limits,
    stage: Stage,
    kind: Option<ContentKind>,
    frames: Vec<Frame>,
    header: Partial,
    primitive: Option<Primitive>,
    capture: Capture,
    fields: Vec<u8>,
    sequences: u32,
    position: u64,
    content: u64,
    failed: Option<StreamError>,
}

impl Parser {
    /// Before the first octet.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            stage: Stage::Before,
            kind: None,
            frames: Vec::new(),
            header: Partial::default(),
            primitive: None,
            capture: Capture::default(),
            fields: Vec::new(),
            sequences: 0,
            position: 0,
            content: 0,
            failed: None,
        }
    }

    /// Takes octets off the front of `input` up to the next event; none when all are taken and more are needed.
    /// After an error it gives the same error again.
    pub fn next<'a>(&mut self, input: &mut &'a [u8]) -> Result<Option<Event<'a>>, StreamError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        let result = self.advance(input);
        if let Err(error) = &result {
            self.failed = Some(error.clone());
        }
        result
    }

    /// Whether the structure is whole.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.stage == Stage::Done
    }

    /// No more octets come: refuses a structure that has not ended.
    pub fn finish(&self) -> Result<(), StreamError> {
        match &self.failed {
            Some(error) => Err(error.clone()),
            None if self.stage == Stage::Done => Ok(()),
            None => Err(StreamError::Truncated { part: self.part() }),
        }
    }

    fn advance<'a>(&mut self, input: &mut &'a [u8]) -> Result<Option<Event<'a>>, StreamError> {
        loop {
            if let Some(event) = self.close_ended()? {
                return Ok(Some(event));
            }
            if self.stage == Stage::Done {
                return if input.is_empty() {
                    Ok(None)
                } else {
                    Err(StreamError::TrailingData)
                };
            }
            if input.is_empty() {
                return Ok(None);
            }
            let event = match self.primitive {
                Some(primitive) => self.pass(primitive, input)?,
                None => match self.header.take(input, self.part())? {
                    Some(header) => self.enter(header)?,
                    None => None,
                },
            };
            if event.is_some() {
                return Ok(event);
            }
        }
    }

    /// Octets of a primitive element.
    fn pass<'a>(
        &mut self,
        primitive: Primitive,
        input: &mut &'a [u8],
    ) -> Result<Option<Event<'a>>, StreamError> {
        let (Primitive::Field(left) | Primitive::Content(left)) = primitive;
        let length = usize::try_from(left).map_or(input.len(), |left| left.min(input.len()));
        let (piece, rest) = input.split_at_checked(length).unwrap_or((input, &[]));
        *input = rest;
        let passed = piece.len() as u64;
        let left = left.saturating_sub(passed);
        self.position = self.position.saturating_add(passed);
        match primitive {
            Primitive::Field(_) => {
                self.capture.push(piece);
                self.primitive = (left > 0).then_some(Primitive::Field(left));
                if left == 0 {
                    self.field_ended()?;
                }
                Ok(None)
            }
            Primitive::Content(_) => {
                self.primitive = (left > 0).then_some(Primitive::Content(left));
                Ok((!piece.is_empty()).then_some(Event::Content(piece)))
            }
        }
    }

    /// An element begins.
    fn enter<'a>(&mut self, header: Header) -> Result<Option<Event<'a>>, StreamError> {
        let part = self.part();
        self.position = self.position.saturating_add(header.octets);
        if header.is_end_of_contents() {
            return match self.frames.last() {
                Some(frame) if frame.end.is_none() => {
                    // An end mark may not reach past the definite element around it.
                    if frame.bound.is_some_and(|bound| self.position > bound) {
                        return Err(StreamError::Length { part });
                    }
                    self.close()
                }
                _ => Err(StreamError::Tag { octet: 0, part }),
            };
        }
        let bound = self.frames.last().and_then(|frame| frame.bound);
        let end = match header.length {
            Some(length) => Some(
                self.position
                    .checked_add(length)
                    .ok_or(StreamError::Length { part })?,
            ),
            None => None,
        };
        if let Some(bound) = bound
            && end.unwrap_or(self.position) > bound
        {
            return Err(StreamError::Length { part });
        }
        let index = self.frames.last_mut().map_or(0, |frame| {
            let index = frame.children;
            frame.children = frame.children.saturating_add(1);
            index
        });
        let role = self.role_of(header, index)?;
        match role {
            Role::Field => self.enter_field(header, end, bound)?,
            Role::Segments => return self.enter_content(header, end, bound),
            Role::Carrier => {
                self.fields = self.capture.take();
                self.push(role, end, bound)?;
            }
            _ => self.push(role, end, bound)?,
        }
        Ok(None)
    }

    /// What the next element is, from where it stands.
    fn role_of(&mut self, header: Header, index: u32) -> Result<Role, StreamError> {
        let part = self.part();
        let parent = self.frames.last().map(|frame| frame.role);
        let expect = |tags: &[u8], role: Role| {
            if tags.contains(&header.tag) {
                Ok(role)
            } else {
                Err(StreamError::Unexpected { part })
            }
        };
        let constructed = tag::context_constructed(0);
        let string = [tag::OCTET_STRING, CONSTRUCTED_OCTET_STRING];
        match (parent, index) {
            (None, _) => expect(&[tag::SEQUENCE], Role::Info),
            (Some(Role::Info), 0) => expect(&[tag::OID], Role::Field),
            (Some(Role::Info), 1) => expect(&[constructed], Role::Wrapper),
            (Some(Role::Wrapper), 0) if self.kind == Some(ContentKind::Data) => {
                expect(&string, Role::Segments)
            }
            (Some(Role::Wrapper), 0) => expect(&[tag::SEQUENCE], Role::Body),
            (Some(Role::Body), _) => Ok(self.body_field(header)),
            (Some(Role::Carrier), _) => {
                let kind = self.kind.unwrap_or(ContentKind::Data);
                match index.cmp(&kind.fields_before_content()) {
                    std::cmp::Ordering::Less => Ok(Role::Field),
                    std::cmp::Ordering::Equal if kind.is_implicit() => {
                        expect(&[tag::context(0), constructed], Role::Segments)
                    }
                    std::cmp::Ordering::Equal => expect(&[constructed], Role::ContentWrapper),
                    std::cmp::Ordering::Greater => Err(StreamError::Unexpected { part }),
                }
            }
            (Some(Role::ContentWrapper), 0) => {
                expect(&string, Role::Segments).map_err(|_| StreamError::NotOctetString)
            }
            (Some(Role::Segments), _) => expect(&string, Role::Segments),
            (Some(Role::Field), _) => Ok(Role::Field),
            (Some(Role::Info | Role::Wrapper | Role::ContentWrapper), _) => {
                Err(StreamError::Unexpected { part })
            }
        }
    }

    fn body_field(&mut self, header: Header) -> Role {
        let kind = self.kind.unwrap_or(ContentKind::Data);
        if self.stage == Stage::Before && header.tag == tag::SEQUENCE {
            self.sequences = self.sequences.saturating_add(1);
            if self.sequences > kind.sequences_before() {
                return Role::Carrier;
            }
        }
        Role::Field
    }

    fn enter_field(
        &mut self,
        header: Header,
        end: Option<u64>,
        bound: Option<u64>,
    ) -> Result<(), StreamError> {
        let part = self.part();
        let limit = match self.stage {
            Stage::Before => self.limits.prefix,
            _ => self.limits.suffix,
        };
        let kept = (self.fields.len() as u64).saturating_add(self.capture.len() as u64);
        if kept
            .saturating_add(header.length.unwrap_or(0))
            .saturating_add(header.octets)
            > limit
        {
            return Err(StreamError::TooLarge { part, limit });
        }
        if header.is_constructed() {
            self.capture.enter(header.tag, part)?;
            return self.push(Role::Field, end, bound);
        }
        let length = header.length.unwrap_or(0);
        self.capture.primitive(header.tag, length, part)?;
        if length == 0 {
            self.field_ended()
        } else {
            self.primitive = Some(Primitive::Field(length));
            Ok(())
        }
    }

    /// The content, or a segment of it, begins.
    fn enter_content<'a>(
        &mut self,
        header: Header,
        end: Option<u64>,
        bound: Option<u64>,
    ) -> Result<Option<Event<'a>>, StreamError> {
        if header.is_constructed() {
            self.push(Role::Segments, end, bound)?;
        } else if let Some(length) = header.length.filter(|length| *length > 0) {
            self.content = self.content.saturating_add(length);
            if self.content > self.limits.content {
                return Err(StreamError::TooLarge {
                    part: "content",
                    limit: self.limits.content,
                });
            }
            self.primitive = Some(Primitive::Content(length));
        }
        Ok((self.stage == Stage::Before).then(|| self.prefix(true)))
    }

    fn prefix<'a>(&mut self, has_content: bool) -> Event<'a> {
        self.stage = Stage::Content;
        Event::Prefix(Prefix {
            kind: self.kind.unwrap_or(ContentKind::Data),
            fields: std::mem::take(&mut self.fields),
            carrier: self.capture.take(),
            has_content,
        })
    }

    fn push(
        &mut self,
        role: Role,
        end: Option<u64>,
        bound: Option<u64>,
    ) -> Result<(), StreamError> {
        if self.frames.len() >= self.limits.depth {
            return Err(StreamError::TooDeep {
                limit: self.limits.depth,
            });
        }
        self.frames.push(Frame {
            role,
            end,
            bound: end.or(bound),
            children: 0,
        });
        Ok(())
    }

    /// Closes what ends here, innermost first, up to an event.
    fn close_ended<'a>(&mut self) -> Result<Option<Event<'a>>, StreamError> {
        while self.primitive.is_none()
            && self.header.is_empty()
            && self
                .frames
                .last()
                .is_some_and(|frame| frame.end == Some(self.position))
        {
            if let Some(event) = self.close()? {
                return Ok(Some(event));
            }
        }
        Ok(None)
    }

    fn close<'a>(&mut self) -> Result<Option<Event<'a>>, StreamError> {
        let part = self.part();
        let Some(frame) = self.frames.pop() else {
            return Ok(None);
        };
        let incomplete = || StreamError::Truncated { part };
        match frame.role {
            Role::Field => {
                self.capture.leave();
                self.field_ended()?;
            }
            Role::ContentWrapper | Role::Wrapper if frame.children == 0 => return Err(incomplete()),
            Role::Carrier => {
                let kind = self.kind.unwrap_or(ContentKind::Data);
                if frame.children < kind.fields_before_content() {
                    return Err(incomplete());
                }
                let event = (self.stage == Stage::Before).then(|| self.prefix(false));
                self.stage = Stage::Behind;
                return Ok(event);
            }
            Role::Body if self.stage != Stage::Behind => return Err(incomplete()),
            Role::Segments | Role::ContentWrapper | Role::Body | Role::Wrapper => {}
            Role::Info if frame.children < 2 => return Err(incomplete()),
            Role::Info => {
                self.stage = Stage::Done;
                return Ok(Some(Event::Suffix(Suffix {
                    fields: self.capture.take(),
                })));
            }
        }
        Ok(None)
    }

    /// A field has ended: the first of all names the type.
    fn field_ended(&mut self) -> Result<(), StreamError> {
        if self.kind.is_some() || self.capture.is_inside() {
            return Ok(());
        }
        let element = self.capture.take();
        let oid = element
            .get(2..)
            .and_then(|content| ObjectIdentifier::from_bytes(content).ok())
            .ok_or(StreamError::Unexpected {
                part: "content type",
            })?;
        self.kind = Some(ContentKind::from_oid(&oid).ok_or(StreamError::ContentType { oid })?);
        Ok(())
    }

    /// Where the parser stands, for errors.
    fn part(&self) -> &'static str {
        match self.stage {
            Stage::Before if self.kind.is_none() => "content type",
            Stage::Before => "fields before the content",
            Stage::Content => "content",
            Stage::Behind | Stage::Done => "fields behind the content",
        }
    }
}
