//! Inputs that cannot be accepted, all of them at once.

use super::Rejection;

/// One input that cannot be accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: expected {expected}, found {found}")]
pub struct InvalidField {
    /// The name of the input, as in the API and in forms.
    pub field: &'static str,
    /// What would have been accepted.
    pub expected: String,
    /// What came, shortened.
    pub found: String,
}

impl InvalidField {
    const LONGEST_FOUND: usize = 80;

    /// Says what was expected and what came.
    pub fn new(field: &'static str, expected: impl Into<String>, found: impl Into<String>) -> Self {
        let mut found: String = found.into();
        if let Some((cut, _)) = found.char_indices().nth(Self::LONGEST_FOUND) {
            found.truncate(cut);
            found.push('…');
        }
        if found.is_empty() {
            found.push_str("nothing");
        }
        Self {
            field,
            expected: expected.into(),
            found,
        }
    }
}

pub(super) fn list(fields: &[InvalidField]) -> String {
    fields
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("; ")
}

/// Gathers the mistakes of a whole form, so that a person mends them in one go.
#[derive(Debug, Default)]
pub struct Problems(Vec<InvalidField>);

impl Problems {
    /// Keeps the mistake, or gives the value.
    pub fn check<T>(&mut self, result: Result<T, InvalidField>) -> Option<T> {
        result.map_err(|problem| self.0.push(problem)).ok()
    }

    /// Keeps a mistake.
    pub fn add(&mut self, problem: InvalidField) {
        self.0.push(problem);
    }

    /// Refuses if there was any mistake.
    pub fn finish(self) -> Result<(), Rejection> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Rejection::Invalid(self.0))
        }
    }
}
