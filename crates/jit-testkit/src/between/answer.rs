use jit_domain::{change::GatewayChanges, views::Page};

/// What a read gives, as far as a watch can change it without knowing what it is about.
pub(crate) trait Answer: Send + Sized {
    /// The answer of a store that has nothing.
    fn nothing() -> Self;

    /// Takes in what another workspace has.
    fn also(&mut self, other: Self);

    /// The rows from the last to the first.
    fn reversed(self) -> Self {
        self
    }
}

impl<T: Send> Answer for Option<T> {
    fn nothing() -> Self {
        None
    }

    fn also(&mut self, other: Self) {
        if self.is_none() {
            *self = other;
        }
    }
}

impl<T: Send> Answer for Vec<T> {
    fn nothing() -> Self {
        Self::new()
    }

    fn also(&mut self, other: Self) {
        self.extend(other);
    }

    fn reversed(mut self) -> Self {
        self.reverse();
        self
    }
}

impl<T: Send> Answer for Page<T> {
    fn nothing() -> Self {
        Self {
            items: vec![],
            next: None,
        }
    }

    fn also(&mut self, other: Self) {
        self.items.extend(other.items);
    }

    fn reversed(mut self) -> Self {
        self.items.reverse();
        self
    }
}

impl Answer for u64 {
    fn nothing() -> Self {
        0
    }

    fn also(&mut self, other: Self) {
        *self += other;
    }
}

impl Answer for bool {
    fn nothing() -> Self {
        false
    }

    fn also(&mut self, other: Self) {
        *self |= other;
    }
}

impl Answer for GatewayChanges {
    fn nothing() -> Self {
        Self {
            changes: vec![],
            settled: 0,
        }
    }

    fn also(&mut self, other: Self) {
        self.changes.extend(other.changes);
    }

    fn reversed(mut self) -> Self {
        self.changes.reverse();
        self
    }
}
