//! What a verification leaves behind besides its verdict. It decides nothing.

use jit_domain::{
    assertion::{CheckResult, ExampleAssertion},
    values::Timestamp,
};
use roxmltree::{Document, Node};

use super::{check::Check, example, redacted::redacted, time::moment};

/// The stages that a message came to, and what was seen of it on the way.
#[derive(Debug, Default)]
pub(crate) struct Trail {
    /// One bit a stage. They run in their order, so this is all there is to know.
    reached: u32,
    /// The place in the list of keys of the one that made the last good signature.
    pub(crate) key: Option<usize>,
    /// What to show to administrators; `None` if nobody will look.
    notes: Option<Notes>,
}

/// What can be shown of a message, believed or not.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    pub(crate) issued_at: Option<Timestamp>,
    pub(crate) claimed: Option<ExampleAssertion>,
    pub(crate) redacted: Option<String>,
}

impl Trail {
    /// A trail that also keeps what the message says. It takes less than half the time of a verification.
    pub(crate) fn with_notes() -> Self {
        Self {
            notes: Some(Notes::default()),
            ..Self::default()
        }
    }

    /// A stage begins, and so the one before it has passed.
    pub(crate) fn at(&mut self, check: Check) {
        self.reached |= 1 << check as u32;
    }

    /// The message has been parsed.
    pub(super) fn parsed(&mut self, document: &Document<'_>) {
        let Some(notes) = &mut self.notes else { return };
        let root = document.root_element();
        notes.issued_at = moment(root, "IssueInstant").ok().flatten();
        notes.claimed = example::claimed(root);
        notes.redacted = Some(redacted(&[root]));
    }

    /// The assertion in it has been decrypted.
    pub(super) fn decrypted(&mut self, message: &Document<'_>, assertion: Node<'_, '_>) {
        let Some(notes) = &mut self.notes else { return };
        let answered = notes.claimed.take().and_then(|it| it.0.in_response_to);
        notes.claimed = example::claimed(assertion).map(|mut claimed| {
            claimed.0.in_response_to = answered.or(claimed.0.in_response_to);
            claimed
        });
        notes.redacted = Some(redacted(&[message.root_element(), assertion]));
    }

    /// The stages in their order, and what was seen.
    pub(crate) fn end(self, passed: bool) -> (Vec<CheckResult>, Notes) {
        let reached = |check: &&Check| self.reached & (1 << **check as u32) != 0;
        let reached: Vec<_> = Check::ALL.iter().filter(reached).collect();
        let last = reached.last().copied();
        let checks = reached
            .iter()
            .map(|check| CheckResult {
                check: check.code().to_owned(),
                passed: passed || Some(*check) != last,
            })
            .collect();
        (checks, self.notes.unwrap_or_default())
    }
}
