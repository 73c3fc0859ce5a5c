//! One token: found, logged in to, talked to by several threads, and found again after it was lost.

mod dial;
mod doubt;

use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError},
    time::{Duration, Instant},
};

use cryptoki::{
    context::Function,
    error::{Error, RvError},
    mechanism::MechanismType,
    session::Session,
    slot::Slot,
};
use secrecy::SecretString;

use super::{
    PinError, Pkcs11Uri, TokenError,
    error::{Fault, is_loss},
    module::Module,
};
use crate::KeyOperationError;
use doubt::Blame;

pub(super) use doubt::Doubt;

/// How long a lost token is left alone before it is looked for again, at first and at most.
const PATIENCE: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(4));
/// How often a work is begun anew because other threads gave its line up.
const ROUNDS: usize = 10;
/// How long a thread waits for a session where the token has no more of them.
const WAIT: Duration = Duration::from_secs(10);

/// A token that is logged in to; cheap to clone.
#[derive(Clone)]
pub struct Token(Arc<Inner>);

struct Inner {
    module: Arc<Module>,
    uri: Pkcs11Uri,
    pin: Option<SecretString>,
    state: Mutex<State>,
    returned: Condvar,
    refusal: OnceLock<Told>,
}

/// Who is told that the PIN was refused.
type Told = Box<dyn Fn(PinError) + Send + Sync>;

struct State {
    line: Option<Line>,
    /// Number of the present line, or of the last.
    number: u64,
    /// The token refused the PIN: it is not tried again.
    refused: Option<PinError>,
    /// When a lost token is looked for again, and how long it is left alone after that.
    next: Option<(Instant, Duration)>,
    /// Whether the next attempt starts the module again.
    restart: bool,
}

/// What holds as long as the token stays.
struct Line {
    start: u64,
    slot: Slot,
    mechanisms: Arc<[MechanismType]>,
    /// Logged in; closing the last session would log out (PKCS #11 section 5.6.7), so this one is not lent.
    anchor: Session,
    idle: Vec<Session>,
    lent: usize,
}

/// A session lent to one thread.
pub(super) struct Talk {
    pub(super) session: Session,
    pub(super) mechanisms: Arc<[MechanismType]>,
    /// Which line it belongs to: handles of objects hold within one.
    pub(super) line: u64,
    pub(super) slot: Slot,
    start: u64,
}

impl Talk {
    pub(super) fn has(&self, mechanism: MechanismType) -> bool {
        self.mechanisms.contains(&mechanism)
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some(line) = state.line.take() {
            line.close(&self.module);
        }
    }
}

impl Line {
    /// Ends the sessions as far as they still mean anything.
    fn close(self, module: &Module) {
        let (_guard, start) = module.enter();
        if start == self.start {
            for session in self.idle.into_iter().chain([self.anchor]) {
                // Some are gone, which may be why the line is given up.
                let _ = session.close();
            }
        }
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Token")
            .field(&self.0.uri.to_string())
            .finish()
    }
}

impl Token {
    /// Loads the module, finds the token and logs in; blocks. Of `uri`, what names an object is passed over.
    pub fn open(uri: &Pkcs11Uri, pin: Option<SecretString>) -> Result<Self, TokenError> {
        let uri = Pkcs11Uri {
            object: None,
            object_type: None,
            id: None,
            pin_source: None,
            ..uri.clone()
        };
        let token = Self(Arc::new(Inner {
            module: Module::open(&uri)?,
            uri,
            pin,
            state: Mutex::new(State {
                line: None,
                number: 0,
                refused: None,
                next: None,
                restart: false,
            }),
            returned: Condvar::new(),
            refusal: OnceLock::new(),
        }));
        token.connect(&mut token.lock())?;
        Ok(token)
    }

    /// Has `told` called when the token refuses the PIN after it was lost; the first one that is given. It must not use the
    /// token.
    pub fn when_refused(&self, told: impl Fn(PinError) + Send + Sync + 'static) {
        // A second one changes nothing.
        let _ = self.0.refusal.set(Box::new(told));
    }

    /// The URI that names the module and the token, without a PIN.
    #[must_use]
    pub fn uri(&self) -> &Pkcs11Uri {
        &self.0.uri
    }

    pub(super) fn pkcs11(&self) -> &cryptoki::context::Pkcs11 {
        self.0.module.pkcs11()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has `work` done on a session of this thread's own. Where token, session or log-in turn out to be gone, the line
    /// is set up again, the second time with a new start of the module, and the work repeated. `doubt` is that of the key
    /// that works.
    pub(super) fn with<T>(
        &self,
        doubt: &Doubt,
        mut work: impl FnMut(&Talk) -> Result<T, Fault>,
    ) -> Result<T, WithError> {
        for _ in 0..ROUNDS {
            let talk = self.borrow()?;
            let outcome = {
                let (_guard, start) = self.0.module.enter();
                (start == talk.start).then(|| work(&talk))
            };
            match outcome {
                // Another token's thread has started the module again.
                None => {
                    self.lose(talk, |_| Blame::Line { restart: false });
                }
                Some(Ok(done)) => {
                    doubt.dispel();
                    self.give_back(talk);
                    return Ok(done);
                }
                Some(Err(Fault::Lost(error))) => {
                    if let Some(first) = self.lose(talk, |now| doubt.blame(now)) {
                        if first {
                            tracing::error!(token = %self.0.uri, "a key cannot be used, though the token can: {error}");
                        }
                        return Err(WithError::Token(error));
                    }
                }
                Some(Err(Fault::Outcome(error))) => {
                    self.give_back(talk);
                    return Err(WithError::Outcome(error));
                }
                Some(Err(Fault::Token(error))) => {
                    self.give_back(talk);
                    return Err(WithError::Token(error));
                }
            }
        }
        Err(WithError::Token(TokenError::Unavailable))
    }

    fn borrow(&self) -> Result<Talk, TokenError> {
        let mut state = self.lock();
        let deadline = Instant::now() + WAIT;
        let mut lost = false;
        loop {
            if state.line.is_none() {
                self.connect(&mut state)?;
            }
            let number = state.number;
            let line = state.line.as_mut().ok_or(TokenError::Unavailable)?;
            let session = line
                .idle
                .pop()
                .map_or_else(|| self.open_session(line.start, line.slot), Ok);
            match session {
                Ok(session) => {
                    line.lent += 1;
                    return Ok(Talk {
                        session,
                        mechanisms: Arc::clone(&line.mechanisms),
                        line: number,
                        slot: line.slot,
                        start: line.start,
                    });
                }
                Err(Error::Pkcs11(RvError::SessionCount, _)) if line.lent > 0 => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        return Err(TokenError::Unavailable);
                    }
                    state = self
                        .0
                        .returned
                        .wait_timeout(state, left)
                        .unwrap_or_else(PoisonError::into_inner)
                        .0;
                }
                // Other programs have them all.
                Err(Error::Pkcs11(RvError::SessionCount, _)) => {
                    return Err(TokenError::Unavailable);
                }
                Err(Error::Pkcs11(answer, _)) if is_loss(&answer) => {
                    if lost {
                        self.leave_alone(&mut state);
                        return Err(TokenError::Unavailable);
                    }
                    self.close(&mut state);
                    lost = true;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn open_session(&self, start: u64, slot: Slot) -> Result<Session, Error> {
        let (_guard, present) = self.0.module.enter();
        if present == start {
            self.pkcs11().open_ro_session_no_drop(slot)
        } else {
            // As the module would say, if the number of the slot did not mean something else by now.
            Err(Error::Pkcs11(RvError::SlotIdInvalid, Function::OpenSession))
        }
    }

    fn give_back(&self, talk: Talk) {
        let mut state = self.lock();
        let number = state.number;
        match &mut state.line {
            Some(line) if number == talk.line => {
                line.lent = line.lent.saturating_sub(1);
                line.idle.push(talk.session);
                state.next = None;
                drop(state);
            }
            _ => {
                drop(state);
                self.hang_up(talk);
            }
        }
        self.0.returned.notify_one();
    }

    /// Gives a line up as `blame` has it, unless another thread did already. If the line is not to blame, whether that is
    /// new.
    fn lose(&self, talk: Talk, blame: impl FnOnce(Instant) -> Blame) -> Option<bool> {
        let mut state = self.lock();
        let mut sound = None;
        if state.number == talk.line && state.line.is_some() {
            match blame(Instant::now()) {
                Blame::Line { restart } => {
                    self.close(&mut state);
                    state.restart |= restart;
                }
                Blame::Key { first } => {
                    sound = Some(first);
                    if let Some(line) = &mut state.line {
                        line.lent = line.lent.saturating_sub(1);
                    }
                }
            }
        }
        drop(state);
        // Not to be lent again: an operation may have been begun on it and not ended.
        self.hang_up(talk);
        self.0.returned.notify_all();
        sound
    }

    /// Ends a session whose line is gone, if it still means anything: a log-out leaves sessions open.
    fn hang_up(&self, talk: Talk) {
        let (_guard, start) = self.0.module.enter();
        if start == talk.start {
            let _ = talk.session.close();
        }
    }

    fn close(&self, state: &mut State) {
        if let Some(line) = state.line.take() {
            line.close(&self.0.module);
        }
    }

    /// Leaves a lost token alone for a while, each time longer.
    fn leave_alone(&self, state: &mut State) {
        self.close(state);
        if state.next.is_none() && state.number > 0 {
            tracing::error!(token = %self.0.uri, "the token cannot be reached; signing has to wait for it");
        }
        let pause = state
            .next
            .map_or(PATIENCE.0, |(_, pause)| (pause * 2).min(PATIENCE.1));
        state.next = Some((Instant::now() + pause, pause));
        state.restart = true;
    }

    /// Sets the line up. One thread does, for the state is locked; the others wait for it.
    fn connect(&self, state: &mut State) -> Result<(), TokenError> {
        if let Some(refused) = state.refused {
            return Err(refused.into());
        }
        if state.next.is_some_and(|(next, _)| Instant::now() < next) {
            return Err(TokenError::Unavailable);
        }
        let fresh = state.number == 0;
        let mut dialled = if state.restart {
            Err(TokenError::Unavailable)
        } else {
            self.dial()
        };
        if let Err(error) = &dialled
            && !fresh
            && !matches!(error, TokenError::Pin(_))
        {
            let (guard, start) = self.0.module.enter();
            drop(guard);
            dialled = self.0.module.restart(start).and_then(|()| self.dial());
        }
        match dialled {
            Ok(line) => {
                if !fresh {
                    tracing::info!(token = %self.0.uri, "logged in to the token again");
                }
                state.line = Some(line);
                state.number += 1;
                state.restart = false;
                Ok(())
            }
            Err(error) => {
                if let TokenError::Pin(refused) = error {
                    if !fresh {
                        tracing::error!(token = %self.0.uri, "{refused}; it is not tried again");
                        if let Some(told) = self.0.refusal.get() {
                            told(refused);
                        }
                    }
                    state.refused = Some(refused);
                } else {
                    self.leave_alone(state);
                }
                Err(error)
            }
        }
    }
}

/// Work on a session was not done.
pub(super) enum WithError {
    /// The outcome of an operation.
    Outcome(KeyOperationError),
    /// The token.
    Token(TokenError),
}

impl From<TokenError> for WithError {
    fn from(error: TokenError) -> Self {
        Self::Token(error)
    }
}

impl From<WithError> for KeyOperationError {
    fn from(error: WithError) -> Self {
        match error {
            WithError::Outcome(error) => error,
            WithError::Token(error) => error.into(),
        }
    }
}

impl From<WithError> for TokenError {
    fn from(error: WithError) -> Self {
        match error {
            // Only keys' operations have outcomes of their own.
            WithError::Outcome(_) => Self::Unavailable,
            WithError::Token(error) => error,
        }
    }
}
