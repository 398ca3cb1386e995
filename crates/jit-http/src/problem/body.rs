use jit_domain::error::InvalidField;
use serde::Serialize;
use utoipa::ToSchema;

/// Why something was refused (RFC 9457). Further members depend on the code.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemBody {
    /// A stable reference to this kind of problem.
    #[serde(rename = "type")]
    #[schema(example = "/problems/stale_version")]
    kind: String,
    /// The kind in words; the same for every problem of this kind.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What happened, and what to do.
    detail: String,
    /// A stable name for programs.
    #[schema(example = "stale_version")]
    code: String,
    /// Every input that cannot be accepted, for the codes `invalid` and `invalid_query`.
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<Vec<FieldProblem>>,
    /// What to quote when asking about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
}

/// One input that cannot be accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FieldProblem)]
pub(crate) struct FieldProblem {
    /// The path of the input, such as `rate.count`.
    pub(crate) field: String,
    /// What would have been accepted.
    pub(crate) expected: String,
    /// What came, shortened.
    pub(crate) found: String,
}

impl From<InvalidField> for FieldProblem {
    fn from(invalid: InvalidField) -> Self {
        Self {
            field: invalid.field.to_owned(),
            expected: invalid.expected,
            found: invalid.found,
        }
    }
}
