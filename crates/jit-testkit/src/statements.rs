//! The statements of a store on SQL, for a test that looks at the plan of each.

mod everything;

use std::sync::{Arc, Mutex, PoisonError};

use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

pub use everything::do_everything;

/// Remembers every statement that the driver `sqlx` logs, on whatever thread.
#[derive(Debug, Clone, Default)]
pub struct StatementLog {
    statements: Arc<Mutex<Vec<String>>>,
}

impl StatementLog {
    /// Listens to the whole program, from now on.
    ///
    /// A program listens once: the test needs a program of its own. A subscriber of one thread would not
    /// do: the first thread that logs a line decides for all whether anybody listens to it.
    ///
    /// # Panics
    /// If something listens already.
    pub fn listen() -> Self {
        let log = Self::default();
        let set = tracing::subscriber::set_global_default(Listener(log.clone()));
        assert!(set.is_ok(), "another subscriber listens to this program");
        log
    }

    /// What ran since this was asked last, each once.
    pub fn take(&self) -> Vec<String> {
        let mut all = self.lock();
        let mut statements = std::mem::take(&mut *all);
        statements.sort_unstable();
        statements.dedup();
        statements
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.statements
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

struct Listener(StatementLog);

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Statement(&self.0));
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

struct Statement<'a>(&'a StatementLog);

impl Visit for Statement<'_> {
    fn record_str(&mut self, field: &Field, text: &str) {
        if field.name() == "db.statement" && !text.is_empty() {
            self.0.lock().push(text.trim().to_owned());
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}
