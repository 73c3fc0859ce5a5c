//! What all operations share.

use chancery_x509::Certificate;
use serde_json::Value;
use zeroize::Zeroizing;

use crate::Refusal;
use crate::message::Parts;
use crate::step::Step;

/// An operation under way. Each method gives the next step; after a refusal or [`Step::Done`] it is of no more use.
pub(crate) trait Operation {
    /// Goes on with the answer to the last need.
    fn resume(&mut self, answer: Parts) -> Result<Step, Refusal>;

    /// Takes a piece of content.
    fn feed(&mut self, _piece: Zeroizing<Vec<u8>>) -> Result<Step, Refusal> {
        Err(Refusal::NotAsked)
    }

    /// The content is whole.
    fn end(&mut self) -> Result<Step, Refusal> {
        Err(Refusal::NotAsked)
    }
}

/// What a request begins: its first step, and itself if there is more to it.
pub(crate) type Begun = Result<(Step, Option<Box<dyn Operation>>), Refusal>;

/// The parts of a request, taken one by one.
pub(crate) struct Given(std::vec::IntoIter<Zeroizing<Vec<u8>>>);

impl Given {
    pub fn new(parts: Parts) -> Self {
        Self(parts.into_iter())
    }

    pub fn next(&mut self) -> Result<Zeroizing<Vec<u8>>, Refusal> {
        self.0.next().ok_or(Refusal::Protocol)
    }

    /// DER, as the store keeps it.
    pub fn certificate(&mut self) -> Result<Certificate, Refusal> {
        Certificate::from_der(&self.next()?).map_err(|error| Refusal::certificate(&error))
    }

    /// All that is left.
    pub fn certificates(&mut self) -> Result<Vec<Certificate>, Refusal> {
        self.0
            .by_ref()
            .map(|der| Certificate::from_der(&der).map_err(|error| Refusal::certificate(&error)))
            .collect()
    }

    /// All that is left, as it came.
    pub fn rest(self) -> Parts {
        self.0.collect()
    }

    /// Nothing may be left.
    pub fn finish(mut self) -> Result<(), Refusal> {
        match self.0.next() {
            None => Ok(()),
            Some(_) => Err(Refusal::Protocol),
        }
    }
}

/// The one part of an answer.
pub(crate) fn only(answer: Parts) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    let mut given = Given::new(answer);
    let part = given.next()?;
    given.finish()?;
    Ok(part)
}

/// Adds to an object of an answer.
pub(crate) fn put(object: &mut Value, name: &str, value: impl Into<Value>) {
    if let Some(fields) = object.as_object_mut() {
        fields.insert(name.to_owned(), value.into());
    }
}
