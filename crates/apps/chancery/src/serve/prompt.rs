//! Takes so many connections and no more, and cuts those on which nothing is said. The HTTP library times the headers of
//! a request, but first it waits without end for the octets that tell HTTP/1 from HTTP/2: whoever sends none of them would
//! hold a connection for ever.

use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum_server::accept::Accept;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Sleep, sleep},
};

/// Octets of the HTTP/2 connection preface (RFC 9113 section 3.4): after so many the version is known.
const PREFACE: usize = 24;

/// Accepts as `A` does while there are places, and expects the first octets in time.
#[derive(Clone, Debug)]
pub struct Prompt<A> {
    inner: A,
    patience: Duration,
    places: Arc<Semaphore>,
}

impl<A> Prompt<A> {
    pub const fn new(inner: A, patience: Duration, places: Arc<Semaphore>) -> Self {
        Self {
            inner,
            patience,
            places,
        }
    }
}

type Accepted<T, S> = Pin<Box<dyn Future<Output = io::Result<(Prompted<T>, S)>> + Send>>;

impl<A, I, S> Accept<I, S> for Prompt<A>
where
    A: Accept<I, S>,
    A::Future: Send + 'static,
{
    type Stream = Prompted<A::Stream>;
    type Service = A::Service;
    type Future = Accepted<A::Stream, A::Service>;

    fn accept(&self, stream: I, service: S) -> Self::Future {
        // Closed at once: a client that waits in a queue learns nothing, and costs as much as one that is served.
        let Ok(place) = Arc::clone(&self.places).try_acquire_owned() else {
            return Box::pin(async { Err(io::Error::other("there are too many connections")) });
        };
        let accepted = self.inner.accept(stream, service);
        let patience = self.patience;
        Box::pin(async move {
            let (inner, service) = accepted.await?;
            let prompted = Prompted {
                inner,
                _place: place,
                seen: 0,
                waiting: Some(Box::pin(sleep(patience))),
            };
            Ok((prompted, service))
        })
    }
}

/// A connection whose first octets are waited for no longer than `waiting`.
#[derive(Debug)]
pub struct Prompted<T> {
    inner: T,
    _place: OwnedSemaphorePermit,
    seen: usize,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl<T: AsyncRead + Unpin> AsyncRead for Prompted<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.inner).poll_read(context, buffer);
        if read.is_ready() {
            self.seen = self.seen.saturating_add(buffer.filled().len() - before);
            if self.seen >= PREFACE {
                self.waiting = None;
            }
            return read;
        }
        match &mut self.waiting {
            Some(waiting) => {
                ready!(waiting.as_mut().poll(context));
                Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
            }
            None => Poll::Pending,
        }
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Prompted<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        octets: &[u8],
    ) -> Poll<io::Result<usize>> {
        // Whoever is answered has asked.
        self.waiting = None;
        Pin::new(&mut self.inner).poll_write(context, octets)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        octets: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.waiting = None;
        Pin::new(&mut self.inner).poll_write_vectored(context, octets)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }
}
