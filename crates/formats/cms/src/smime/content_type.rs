//! Content-Type (RFC 2045 section 5.1).

use super::SmimeError;

/// Most parameters that are read: each is compared with those before it. Honest types have a handful.
const MAX_PARAMETERS: usize = 64;

/// Type, subtype and parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentType {
    essence: String,
    parameters: Vec<(String, String)>,
}

impl Default for ContentType {
    fn default() -> Self {
        Self {
            essence: "text/plain".to_owned(),
            parameters: Vec::new(),
        }
    }
}

impl ContentType {
    /// Reads a field's value on one line. A parameter twice is refused: two readers could see two messages.
    pub fn parse(value: &str) -> Result<Self, SmimeError> {
        let mut scanner = Scanner { rest: value };
        let kind = scanner.token()?;
        scanner.expect('/')?;
        let subtype = scanner.token()?;
        let mut parameters: Vec<(String, String)> = Vec::new();
        loop {
            scanner.skip_blanks()?;
            if scanner.rest.is_empty() {
                break;
            }
            scanner.expect(';')?;
            scanner.skip_blanks()?;
            if scanner.rest.is_empty() {
                // Written by some; means nothing.
                break;
            }
            if parameters.len() >= MAX_PARAMETERS {
                return Err(SmimeError::TooManyParameters {
                    limit: MAX_PARAMETERS,
                });
            }
            let name = scanner.token()?.to_ascii_lowercase();
            scanner.expect('=')?;
            let value = scanner.value()?;
            if parameters.iter().any(|(present, _)| *present == name) {
                return Err(SmimeError::ContentType);
            }
            parameters.push((name, value));
        }
        Ok(Self {
            essence: format!("{kind}/{subtype}").to_ascii_lowercase(),
            parameters,
        })
    }

    /// `type/subtype` in lower case.
    #[must_use]
    pub fn essence(&self) -> &str {
        &self.essence
    }

    /// A parameter's value, by its name in lower case.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(present, _)| present == name)
            .map(|(_, value)| value.as_str())
    }
}

struct Scanner<'a> {
    rest: &'a str,
}

impl Scanner<'_> {
    /// White space and comments, which nest (RFC 5322 section 3.2.2).
    fn skip_blanks(&mut self) -> Result<(), SmimeError> {
        loop {
            self.rest = self.rest.trim_start();
            if !self.rest.starts_with('(') {
                return Ok(());
            }
            let mut depth = 0_usize;
            let mut escaped = false;
            let end = self.rest.char_indices().find_map(|(at, c)| {
                match c {
                    _ if escaped => {
                        escaped = false;
                        return None;
                    }
                    '\\' => escaped = true,
                    '(' => depth = depth.saturating_add(1),
                    ')' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                (depth == 0).then_some(at)
            });
            let end = end.ok_or(SmimeError::ContentType)?;
            self.rest = self.rest.get(end.saturating_add(1)..).unwrap_or_default();
        }
    }

    fn expect(&mut self, wanted: char) -> Result<(), SmimeError> {
        self.skip_blanks()?;
        self.rest = self
            .rest
            .strip_prefix(wanted)
            .ok_or(SmimeError::ContentType)?;
        Ok(())
    }

    fn token(&mut self) -> Result<String, SmimeError> {
        self.skip_blanks()?;
        let is_special = |c: char| !c.is_ascii_graphic() || "()<>@,;:\\\"/[]?=".contains(c);
        let end = self.rest.find(is_special).unwrap_or(self.rest.len());
        let (token, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        if token.is_empty() {
            Err(SmimeError::ContentType)
        } else {
            Ok(token.to_owned())
        }
    }

    fn value(&mut self) -> Result<String, SmimeError> {
        self.skip_blanks()?;
        let Some(quoted) = self.rest.strip_prefix('"') else {
            // Some leave out the quotes that a slash or an equals sign would need.
            let end = self
                .rest
                .find(|c: char| c == ';' || c == '(' || c.is_whitespace())
                .unwrap_or(self.rest.len());
            let (value, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
            self.rest = rest;
            return Ok(value.to_owned());
        };
        let mut value = String::new();
        let mut escaped = false;
        for (at, c) in quoted.char_indices() {
            match c {
                _ if escaped => {
                    escaped = false;
                    value.push(c);
                }
                '\\' => escaped = true,
                '"' => {
                    self.rest = quoted.get(at.saturating_add(1)..).unwrap_or_default();
                    return Ok(value);
                }
                c => value.push(c),
            }
        }
        Err(SmimeError::ContentType)
    }
}
