//! The text of a request, taken apart by hand: what a derive would generate for it is larger than all calls together.

use serde_json::Value;

use crate::Refusal;

/// What a request says.
pub(crate) struct Asked(Value);

impl Asked {
    pub fn read(text: &[u8]) -> Result<Self, Refusal> {
        serde_json::from_slice(text)
            .map(Self)
            .map_err(|_| Refusal::Protocol)
    }

    pub fn text(&self, name: &str) -> Result<&str, Refusal> {
        self.optional(name)?.ok_or(Refusal::Protocol)
    }

    /// Nothing where it is left out or null.
    pub fn optional(&self, name: &str) -> Result<Option<&str>, Refusal> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(Refusal::Protocol),
        }
    }

    pub fn flag(&self, name: &str) -> Result<bool, Refusal> {
        let flag = self.0.get(name).and_then(Value::as_bool);
        flag.ok_or(Refusal::Protocol)
    }

    pub fn number<N: TryFrom<i64>>(&self, name: &str) -> Result<N, Refusal> {
        let number = self.0.get(name).and_then(Value::as_i64);
        let number = number.and_then(|number| N::try_from(number).ok());
        number.ok_or(Refusal::Protocol)
    }

    /// Texts.
    pub fn texts(&self, name: &str) -> Result<Vec<&str>, Refusal> {
        let text = |value: &'_ Value| value.as_str().is_some();
        let list = self.list(name)?;
        if !list.iter().all(text) {
            return Err(Refusal::Protocol);
        }
        Ok(list.iter().filter_map(Value::as_str).collect())
    }

    /// Objects.
    pub fn list(&self, name: &str) -> Result<&[Value], Refusal> {
        let list = self.0.get(name).and_then(Value::as_array);
        list.map(Vec::as_slice).ok_or(Refusal::Protocol)
    }
}

/// A text of an object in a list.
pub(crate) fn text_of<'a>(value: &'a Value, name: &str) -> Result<&'a str, Refusal> {
    let text = value.get(name).and_then(Value::as_str);
    text.ok_or(Refusal::Protocol)
}
