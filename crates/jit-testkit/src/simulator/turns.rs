use std::{
    future::poll_fn,
    pin::Pin,
    sync::atomic::{AtomicBool, AtomicU8, Ordering},
    sync::{Arc, Mutex},
    task::{Context, Poll, Waker},
};

use async_trait::async_trait;
use chrono::Duration;
use jit_domain::{change::Commit, error::StoreError, ports::Clock, ports::Store};

use super::{dice::Dice, history::Trouble, ledger::Ledger};
use crate::{
    FixedClock,
    between::{Answer, Ask, Question, Read, Watch},
};

/// Lets the others have a turn before each call of the store, and makes trouble at one of them.
pub(super) struct Turns {
    pub(super) store: Arc<dyn Store>,
    pub(super) ledger: Arc<Mutex<Ledger>>,
    pub(super) clock: Arc<FixedClock>,
    pub(super) trouble: Option<(Trouble, u8)>,
    pub(super) calls: AtomicU8,
    pub(super) crashed: Arc<AtomicBool>,
}

impl Turns {
    /// The trouble of this call, after the others had their turn.
    async fn turn(&self) -> Option<Trouble> {
        self.clock.advance(Duration::microseconds(2));
        let mut waited = false;
        poll_fn(|_| {
            if std::mem::replace(&mut waited, true) {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        })
        .await;
        let call = self.calls.fetch_add(1, Ordering::SeqCst);
        self.trouble
            .filter(|(_, at)| *at == call)
            .map(|(trouble, _)| trouble)
    }

    /// Whoever polls sees the mark and drops the act.
    async fn crash<T>(&self) -> T {
        self.crashed.store(true, Ordering::SeqCst);
        std::future::pending().await
    }
}

fn down() -> StoreError {
    StoreError::Unavailable("as the history has it".into())
}

#[async_trait]
impl Watch for Turns {
    fn behind(&self) -> &dyn Store {
        &*self.store
    }

    async fn commit(&self, commit: &Commit) -> Result<(), StoreError> {
        let trouble = self.turn().await;
        match trouble {
            Some(Trouble::Unavailable) => return Err(down()),
            Some(Trouble::Conflict) => return Err(StoreError::Conflict),
            Some(Trouble::CrashBefore) => self.crash().await,
            _ => {}
        }
        let answer = self.store.commit(commit).await;
        if answer.is_ok()
            && let Ok(mut ledger) = self.ledger.lock()
        {
            ledger.record(commit, self.clock.now());
        }
        match trouble {
            Some(Trouble::AnswerLost) => Err(down()),
            Some(Trouble::CrashAfter) => self.crash().await,
            _ => answer,
        }
    }

    async fn read<T: Answer>(&self, question: Question, ask: &Ask<'_, T>) -> Read<T> {
        match self.turn().await {
            Some(Trouble::CrashBefore | Trouble::CrashAfter) => self.crash().await,
            Some(_) => Err(down()),
            None => ask(question.workspace).await,
        }
    }
}

/// An act under way.
pub(super) struct Running<'a, T> {
    pub(super) act: Pin<Box<dyn Future<Output = T> + 'a>>,
    pub(super) crashed: Arc<AtomicBool>,
}

/// Polls the acts in the order that the seed decides. One that crashed gives nothing.
pub(super) fn take_turns<T>(acts: Vec<Running<'_, T>>, seed: u64) -> Vec<Option<T>> {
    let mut dice = Dice::new(seed);
    let mut done: Vec<Option<T>> = acts.iter().map(|_| None).collect();
    let mut running: Vec<_> = acts.into_iter().enumerate().collect();
    while !running.is_empty() {
        let at = dice.below(running.len());
        let (index, one) = &mut running[at];
        let polled = one
            .act
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()));
        let crashed = one.crashed.load(Ordering::SeqCst);
        if let Poll::Ready(result) = polled {
            done[*index] = Some(result);
            running.swap_remove(at);
        } else if crashed {
            running.swap_remove(at);
        }
    }
    done
}

/// Runs a future that waits for nothing but its turn.
pub(super) fn alone<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    loop {
        let mut context = Context::from_waker(Waker::noop());
        if let Poll::Ready(result) = future.as_mut().poll(&mut context) {
            return result;
        }
    }
}
