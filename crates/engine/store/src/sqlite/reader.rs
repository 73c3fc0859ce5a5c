//! Read-only threads that share one queue.

use std::{
    collections::VecDeque,
    io,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::{
    error::read_error,
    sql::{Dialect, query},
};
use crate::{ReadError, Row, Value, error::Closed};

struct Query {
    sql: &'static str,
    args: Vec<Value>,
    reply: oneshot::Sender<Result<Vec<Row>, ReadError>>,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Query>,
    closed: bool,
}

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    changed: Condvar,
}

impl Shared {
    /// The queue is whole between two statements, also after a panic.
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next query, or nothing once the store is closed.
    fn next(&self) -> Option<Query> {
        let mut queue = self.lock();
        loop {
            if let Some(query) = queue.waiting.pop_front() {
                return Some(query);
            }
            if queue.closed {
                return None;
            }
            queue = self
                .changed
                .wait(queue)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// The reader threads; they end when this is dropped.
pub(super) struct Readers {
    shared: Arc<Shared>,
}

impl Readers {
    pub(super) fn start(connections: Vec<Connection>) -> io::Result<Self> {
        let readers = Self {
            shared: Arc::default(),
        };
        for connection in connections {
            let shared = Arc::clone(&readers.shared);
            thread::Builder::new()
                .name("store-reader".to_owned())
                .spawn(move || serve(&connection, &shared))?;
        }
        Ok(readers)
    }

    pub(super) async fn read(
        &self,
        sql: &'static str,
        args: Vec<Value>,
    ) -> Result<Vec<Row>, ReadError> {
        let (reply, answer) = oneshot::channel();
        self.shared
            .lock()
            .waiting
            .push_back(Query { sql, args, reply });
        self.shared.changed.notify_one();
        answer
            .await
            .unwrap_or_else(|_| Err(ReadError::Unavailable(Box::new(Closed))))
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        self.shared.lock().closed = true;
        self.shared.changed.notify_all();
    }
}

fn serve(connection: &Connection, shared: &Shared) {
    let mut dialect = Dialect::default();
    while let Some(job) = shared.next() {
        if job.reply.is_closed() {
            continue;
        }
        let rows = dialect
            .prepare(connection, job.sql)
            .and_then(|mut statement| query(&mut statement, &job.args))
            .map_err(read_error);
        // Whoever asked may have stopped waiting.
        let _ = job.reply.send(rows);
    }
}
