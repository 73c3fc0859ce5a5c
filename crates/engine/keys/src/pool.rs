//! Synchronous signing behind a bounded queue.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread,
};

use tokio::sync::oneshot;

use crate::{SignError, Signer};

struct Job {
    signer: Arc<dyn Signer>,
    message: Vec<u8>,
    reply: oneshot::Sender<Result<Vec<u8>, SignError>>,
}

/// A few threads that sign, and a bounded queue before them; cheap to clone. The threads end with the
/// last clone.
#[derive(Clone)]
pub struct SigningPool {
    jobs: SyncSender<Job>,
}

impl std::fmt::Debug for SigningPool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SigningPool").finish_non_exhaustive()
    }
}

impl SigningPool {
    /// Starts `threads` threads (at least one; one a core is right) with `queue` waiting places.
    #[must_use]
    pub fn new(threads: usize, queue: usize) -> Self {
        let (jobs, waiting) = sync_channel(queue);
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..threads.max(1) {
            let waiting = Arc::clone(&waiting);
            thread::spawn(move || work(&waiting));
        }
        Self { jobs }
    }

    /// Signs `message` on a thread of the pool.
    pub async fn sign(
        &self,
        signer: Arc<dyn Signer>,
        message: Vec<u8>,
    ) -> Result<Vec<u8>, SignError> {
        let (reply, answer) = oneshot::channel();
        let job = Job {
            signer,
            message,
            reply,
        };
        self.jobs.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => SignError::Busy,
            TrySendError::Disconnected(_) => SignError::Lost,
        })?;
        answer.await.map_err(|_| SignError::Lost)?
    }
}

fn work(waiting: &Mutex<Receiver<Job>>) {
    loop {
        // The lock is held while waiting and given up before signing, so one thread waits at a time.
        let next = waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv();
        let Ok(job) = next else { return };
        if job.reply.is_closed() {
            continue;
        }
        // A provider that panics must not take the thread with it: the pool would shrink unnoticed.
        let outcome = catch_unwind(AssertUnwindSafe(|| job.signer.sign(&job.message)))
            .unwrap_or(Err(SignError::Lost));
        let _ = job.reply.send(outcome);
    }
}

#[cfg(test)]
mod tests;
