//! What a command says when it refuses.

use std::fmt;

use crate::terminal;

/// A refusal: the cause, in words, and what to do.
#[derive(Debug)]
pub struct Failure {
    message: String,
    hint: Option<String>,
    usage: bool,
}

impl Failure {
    /// A refusal for the reason given.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: None,
            usage: false,
        }
    }

    /// A refusal because of the words of the command: exit code 2.
    pub fn usage(message: impl Into<String>) -> Self {
        Self {
            usage: true,
            ..Self::new(message)
        }
    }

    /// A refusal with the whole chain of causes of `error` behind the words.
    pub fn because(what: impl fmt::Display, error: &dyn std::error::Error) -> Self {
        let mut message = format!("{what}: {error}");
        let mut source = error.source();
        while let Some(cause) = source {
            message.push_str(": ");
            message.push_str(&cause.to_string());
            source = cause.source();
        }
        Self::new(message)
    }

    /// Adds what to do.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// 1 refused, 2 usage.
    pub const fn exit_code(&self) -> u8 {
        if self.usage { 2 } else { 1 }
    }

    /// The parts, for the admin socket.
    pub fn into_parts(self) -> (String, Option<String>) {
        (self.message, self.hint)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", terminal::lines(&self.message))?;
        if let Some(hint) = &self.hint {
            write!(f, "\nhint: {}", terminal::lines(hint))?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_steer_a_terminal_is_replaced() {
        let failure = Failure::new("a.pem holds a \u{1b}]0;x\u{7}\u{9b}2J\u{202e}\nnote: y")
            .hint("look at a\u{1b}[2J.pem");
        assert_eq!(
            failure.to_string(),
            "error: a.pem holds a \u{fffd}]0;x\u{fffd}\u{fffd}2J\u{fffd}\nnote: y\nhint: look at a\u{fffd}[2J.pem"
        );
    }
}
