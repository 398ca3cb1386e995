//! The body of a request on its way to the upstream.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll, ready},
};

use axum::{BoxError, body::Body};
use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, SizeHint};

/// Streams a body, counts its bytes, and breaks off when they are too many.
pub(super) struct Upload {
    body: Body,
    room: u64,
    sent: Arc<AtomicU64>,
}

/// The body was longer than allowed.
#[derive(Debug, thiserror::Error)]
#[error("the body is too large")]
pub(super) struct TooLarge;

impl Upload {
    pub(super) fn new(body: Body, room: u64) -> Self {
        let sent = Arc::default();
        Self { body, room, sent }
    }

    /// Counts bytes while the body is under way, to tell a slow one from one that stands still.
    pub(super) fn counter(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.sent)
    }
}

impl HttpBody for Upload {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        if let Some(Ok(frame)) = &frame {
            let length = frame.data_ref().map_or(0, Bytes::len) as u64;
            let Some(room) = self.room.checked_sub(length) else {
                return Poll::Ready(Some(Err(TooLarge.into())));
            };
            self.room = room;
            self.sent.fetch_add(length, Ordering::Relaxed);
        }
        Poll::Ready(frame.map(|frame| frame.map_err(Into::into)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
