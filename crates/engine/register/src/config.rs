//! How long things last and what environment this is.

use std::time::Duration;

/// Settings of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterConfig {
    /// The environment's name, as an authenticator app shows it.
    pub environment: String,
    /// Whether one-click log-in exists at all.
    pub sandbox: bool,
    /// A session ends after so long without a request.
    pub session_idle: Duration,
    /// A session ends after so long, however busy.
    pub session_absolute: Duration,
    /// An access code can be used for so long.
    pub code_life: Duration,
    /// An invitation can be accepted for so long.
    pub invitation_life: Duration,
}

impl RegisterConfig {
    /// The usual limits: 30 minutes idle, 12 hours at all; access codes 7 days, invitations 3 days.
    #[must_use]
    pub fn new(environment: impl Into<String>) -> Self {
        Self {
            environment: environment.into(),
            sandbox: false,
            session_idle: Duration::from_mins(30),
            session_absolute: Duration::from_hours(12),
            code_life: Duration::from_hours(7 * 24),
            invitation_life: Duration::from_hours(3 * 24),
        }
    }
}
