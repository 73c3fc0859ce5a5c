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

use serde_json::json;
use zeroize::Zeroizing;

use crate::asked::Asked;
use crate::key_file::KeyForm;
use crate::message::{self, Parts};
use crate::operation::{Begun, Given, Operation, only, put};
use crate::step::Step;
use crate::{
    Refusal, certificate, compressed, decrypt, key_file, open, provider, request, sign, sign_mail,
    token, unpack, unwrap, verify, write,
};

/// The most operations under way at once.
const MAX_OPERATIONS: usize = 64;

/// The module: the operations that have begun and not ended.
#[derive(Default)]
pub struct Module {
    operations: Vec<(u32, Box<dyn Operation>)>,
    last: u32,
}

impl Module {
    /// Answers one [`message`] by another.
    pub fn call(&mut self, request: &[u8]) -> Zeroizing<Vec<u8>> {
        let (answer, parts) = match self.step(request) {
            Ok((operation, step)) => match step {
                Step::Need(need, parts) => {
                    let mut answer = need.to_value();
                    put(&mut answer, "step", "need");
                    put(&mut answer, "operation", operation);
                    (answer, parts)
                }
                Step::Reads(parts) => (json!({ "step": "reads", "operation": operation }), parts),
                Step::Done(result, parts) => (json!({ "step": "done", "result": result }), parts),
            },
            Err(refusal) => {
                // A refusal is plain data, which always has a value.
                let mut answer = serde_json::to_value(&refusal).unwrap_or_default();
                put(&mut answer, "step", "refused");
                (answer, Parts::new())
            }
        };
        message::encode(&serde_json::to_vec(&answer).unwrap_or_default(), &parts)
    }

    fn step(&mut self, request: &[u8]) -> Result<(u32, Step), Refusal> {
        let (text, parts) = message::decode(request).ok_or(Refusal::Protocol)?;
        let asked = Asked::read(text)?;
        let given = Given::new(parts);
        let name = asked.text("call")?;
        if matches!(name, "resume" | "feed" | "end" | "drop") {
            return self.go_on(name, asked.number("operation")?, given);
        }
        let (step, operation) = begin(name, &asked, given)?;
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
        self.operations.push((self.last, operation));
        Ok(self.last)
    }

    fn go_on(&mut self, name: &str, number: u32, given: Given) -> Result<(u32, Step), Refusal> {
        let known = |(known, _): &(u32, Box<dyn Operation>)| *known == number;
        let place = self.operations.iter().position(known);
        // Out of the table first: whatever ends here, and every refusal, ends the operation.
        let under_way = place.map(|place| self.operations.swap_remove(place).1);
        if name == "drop" {
            return Ok((0, nothing()));
        }
        let mut operation = under_way.ok_or(Refusal::NotAsked)?;
        let step = match name {
            "feed" => operation.feed(only(given.rest())?),
            "end" => operation.end(),
            _ => operation.resume(given.rest()),
        }?;
        if !matches!(step, Step::Done(..)) {
            self.operations.push((number, operation));
        }
        Ok((number, step))
    }
}

/// Begins what is asked for.
fn begin(name: &str, asked: &Asked, given: Given) -> Begun {
    match name {
        "seed" => {
            let seed = only(given.rest())?;
            let seed = <[u8; 32]>::try_from(seed.as_slice()).map_err(|_| Refusal::Protocol)?;
            provider::seed(seed);
            Ok((nothing(), None))
        }
        "open" => open::begin(given, asked.flag("ofStore")?),
        "write" => {
            let friendly_name = asked.optional("friendlyName")?.map(str::to_owned);
            let profile = asked.text("profile")?;
            write::begin(given, profile, friendly_name, asked.flag("ofStore")?)
        }
        "writeKey" => key_file::write(given),
        "readKey" => key_file::read(given, KeyForm::read(asked.text("form")?)?),
        "certificate" => certificate::show(given),
        "certificates" => certificate::list(given),
        "request" => request::begin(given, asked.list("subject")?, &asked.texts("emails")?),
        "placeholder" => request::placeholder(given),
        "sign" => sign::begin(given, asked.number("signingTime")?, asked.flag("detached")?),
        "signMail" => sign_mail::begin(given, asked),
        "unpack" => unpack::begin(given),
        "verify" => verify::begin(given, asked.number("at")?, asked.number("anchors")?),
        "compressed" => compressed::begin(given),
        "decrypt" => decrypt::begin(given),
        "unwrap" => unwrap::begin(given),
        "token" => token::begin(given, asked.text("origin")?, asked.text("nonce")?),
        _ => Err(Refusal::Protocol),
    }
}

/// What is done at once and gives nothing.
const fn nothing() -> Step {
    Step::Done(serde_json::Value::Null, Parts::new())
}
