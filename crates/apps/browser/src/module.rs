//! Requests and answers, and the operations under way between them.
//!
//! A request's text is `{"call": …}` with what the call takes; its octets are parts of the [`message`]. `start` calls begin an
//! operation; one that needs more says `"operation"`, a number, by which `resume`, `feed`, `end` and `drop` speak of it.
//! An answer's text is one of
//!
//! ```json
//! {"step": "need", "operation": 7, "need": "derive", "hash": "SHA-256", "rounds": 600000, "octets": 32, "ofStore": true}
//! {"step": "reads", "operation": 7}
//! {"step": "done", "result": {}}
//! {"step": "refused", "code": "wrongPassword"}
//! ```

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::key_file::KeyForm;
use crate::message::{self, Parts};
use crate::operation::{Given, Operation, only};
use crate::request::SubjectAttribute;
use crate::step::{Need, Step};
use crate::{
    Refusal, certificate, decrypt, key_file, open, provider, request, sign, token, unwrap, write,
};

/// The most operations under way at once.
const MAX_OPERATIONS: usize = 64;

/// The module: the operations that have begun and not ended.
#[derive(Default)]
pub struct Module {
    operations: BTreeMap<u32, Box<dyn Operation>>,
    last: u32,
}

#[derive(Deserialize)]
#[serde(
    tag = "call",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
enum Call {
    Seed,
    Open {
        of_store: bool,
    },
    Write {
        profile: String,
        friendly_name: Option<String>,
        of_store: bool,
    },
    WriteKey,
    ReadKey {
        form: KeyForm,
    },
    Certificate,
    Certificates,
    Request {
        subject: Vec<SubjectAttribute>,
        emails: Vec<String>,
    },
    Placeholder,
    Sign {
        signing_time: i64,
        detached: bool,
    },
    Decrypt,
    Unwrap,
    Token {
        origin: String,
        nonce: String,
    },
    Resume {
        operation: u32,
    },
    Feed {
        operation: u32,
    },
    End {
        operation: u32,
    },
    Drop {
        operation: u32,
    },
}

#[derive(Serialize)]
#[serde(tag = "step", rename_all = "camelCase")]
enum Answer {
    Need {
        operation: u32,
        #[serde(flatten)]
        need: Need,
    },
    Reads {
        operation: u32,
    },
    Done {
        result: serde_json::Value,
    },
    Refused(Refusal),
}

impl Module {
    /// Answers one [`message`] by another.
    pub fn call(&mut self, request: &[u8]) -> Zeroizing<Vec<u8>> {
        let (answer, parts) = match self.step(request) {
            Ok((operation, step)) => match step {
                Step::Need(need, parts) => (Answer::Need { operation, need }, parts),
                Step::Reads(parts) => (Answer::Reads { operation }, parts),
                Step::Done(result, parts) => (Answer::Done { result }, parts),
            },
            Err(refusal) => (Answer::Refused(refusal), Parts::new()),
        };
        // An answer is plain data, which always has a text.
        message::encode(&serde_json::to_vec(&answer).unwrap_or_default(), &parts)
    }

    fn step(&mut self, request: &[u8]) -> Result<(u32, Step), Refusal> {
        let (text, parts) = message::decode(request).ok_or(Refusal::Protocol)?;
        let call: Call = serde_json::from_slice(text).map_err(|_| Refusal::Protocol)?;
        let given = Given::new(parts);
        let begun = match call {
            Call::Resume { operation } => {
                let parts = given.rest();
                return self.go_on(operation, |under_way| under_way.resume(parts));
            }
            Call::Feed { operation } => {
                let piece = only(given.rest())?;
                return self.go_on(operation, |under_way| under_way.feed(piece));
            }
            Call::End { operation } => return self.go_on(operation, |under_way| under_way.end()),
            Call::Drop { operation } => {
                self.operations.remove(&operation);
                return Ok((0, nothing()));
            }
            Call::Seed => {
                let seed = only(given.rest())?;
                let seed = <[u8; 32]>::try_from(seed.as_slice()).map_err(|_| Refusal::Protocol)?;
                provider::seed(seed);
                return Ok((0, nothing()));
            }
            Call::Open { of_store } => open::begin(given, of_store),
            Call::Write {
                profile,
                friendly_name,
                of_store,
            } => write::begin(given, &profile, friendly_name, of_store),
            Call::WriteKey => key_file::write(given),
            Call::ReadKey { form } => key_file::read(given, form),
            Call::Certificate => certificate::show(given),
            Call::Certificates => certificate::list(given),
            Call::Request { subject, emails } => request::begin(given, subject, emails),
            Call::Placeholder => request::placeholder(given),
            Call::Sign {
                signing_time,
                detached,
            } => sign::begin(given, signing_time, detached),
            Call::Decrypt => decrypt::begin(given),
            Call::Unwrap => unwrap::begin(given),
            Call::Token { origin, nonce } => token::begin(given, &origin, &nonce),
        };
        let (step, operation) = begun?;
        match (&step, operation) {
            (Step::Need(..) | Step::Reads(_), Some(operation)) => Ok((self.keep(operation)?, step)),
            _ => Ok((0, step)),
        }
    }

    fn keep(&mut self, operation: Box<dyn Operation>) -> Result<u32, Refusal> {
        if self.operations.len() >= MAX_OPERATIONS {
            return Err(Refusal::TooMany);
        }
        self.last = self.last.wrapping_add(1);
        self.operations.insert(self.last, operation);
        Ok(self.last)
    }

    fn go_on(
        &mut self,
        number: u32,
        on: impl FnOnce(&mut dyn Operation) -> Result<Step, Refusal>,
    ) -> Result<(u32, Step), Refusal> {
        // Out of the table first: whatever ends here, and every refusal, ends the operation.
        let mut operation = self.operations.remove(&number).ok_or(Refusal::NotAsked)?;
        let step = on(operation.as_mut())?;
        if !matches!(step, Step::Done(..)) {
            self.operations.insert(number, operation);
        }
        Ok((number, step))
    }
}

/// What is done at once and gives nothing.
const fn nothing() -> Step {
    Step::Done(serde_json::Value::Null, Parts::new())
}
