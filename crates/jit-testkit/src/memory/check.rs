/// What a commit is checked for. [`broken`](crate::broken) stores leave one out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Check {
    /// The version before is there.
    Versions,
    /// No other row has a key that only one may have.
    Keys,
    /// What an aggregate names is there.
    References,
    /// Nothing names what is removed.
    Uses,
    /// What goes with something that is removed goes.
    Companions,
    /// A client keeps its authentication method (R4).
    Method,
}
