use std::sync::{Arc, Mutex};

use tracing::{
    Event as Logged, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

/// Remembers every statement that the driver logs.
#[derive(Clone, Default)]
pub(crate) struct Heard {
    pub(crate) statements: Arc<Mutex<Vec<String>>>,
}

impl Subscriber for Heard {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Logged<'_>) {
        event.record(&mut Statement(self));
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

struct Statement<'a>(&'a Heard);

impl Visit for Statement<'_> {
    fn record_str(&mut self, field: &Field, text: &str) {
        if field.name() == "db.statement" && !text.is_empty() {
            self.0
                .statements
                .lock()
                .unwrap()
                .push(text.trim().to_owned());
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}
