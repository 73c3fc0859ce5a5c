//! Whether the token is gone, or only one of its keys.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// How long a key that failed on a fresh line leaves the next one alone, at first and at most.
const PAUSE: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(64));

/// What one key makes of its failures. A token that was lost and one that lost this key answer alike, so the key may have the
/// line set up anew, and then the module started anew; if it fails even so while the line stands, the fault is its own. The
/// other keys' line is left alone then, until a pause has passed that grows each time.
#[derive(Default)]
pub(in crate::pkcs11) struct Doubt(Mutex<State>);

#[derive(Clone, Copy, Default)]
struct State {
    /// Lines given up for this key.
    given_up: u8,
    /// When it may have one given up again.
    until: Option<Instant>,
    /// The pause before that.
    pause: Option<Duration>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Blame {
    /// Give the line up, and start the module again where that has not helped.
    Line { restart: bool },
    /// The line is sound; `first` where this was not known.
    Key { first: bool },
}

impl Doubt {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whom a failure on the present line tells against.
    pub(super) fn blame(&self, now: Instant) -> Blame {
        let mut state = self.lock();
        match (state.given_up, state.until) {
            (0, _) => {
                state.given_up = 1;
                Blame::Line { restart: false }
            }
            (1, _) => {
                state.given_up = 2;
                Blame::Line { restart: true }
            }
            (_, None) => {
                let pause = state
                    .pause
                    .map_or(PAUSE.0, |pause| (pause * 2).min(PAUSE.1));
                state.until = Some(now + pause);
                let first = state.pause.replace(pause).is_none();
                Blame::Key { first }
            }
            (_, Some(until)) if now < until => Blame::Key { first: false },
            (_, Some(_)) => {
                state.until = None;
                state.given_up = 1;
                Blame::Line { restart: false }
            }
        }
    }

    /// The key did its work.
    pub(super) fn dispel(&self) {
        *self.lock() = State::default();
    }
}

#[cfg(test)]
mod tests {
    use super::{Blame, Doubt, PAUSE};
    use std::time::Instant;

    #[test]
    fn a_key_costs_two_lines_and_then_ever_longer_nothing() {
        let doubt = Doubt::default();
        let mut now = Instant::now();
        let mut pause = PAUSE.0;
        for round in 0..12 {
            assert_eq!(doubt.blame(now), Blame::Line { restart: false });
            assert_eq!(doubt.blame(now), Blame::Line { restart: true });
            assert_eq!(doubt.blame(now), Blame::Key { first: round == 0 });
            now += pause / 2;
            assert_eq!(doubt.blame(now), Blame::Key { first: false });
            now += pause / 2;
            pause = (pause * 2).min(PAUSE.1);
        }
        doubt.dispel();
        assert_eq!(doubt.blame(now), Blame::Line { restart: false });
    }
}
