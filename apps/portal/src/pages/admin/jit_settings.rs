//! `/admin/settings/jit`: what a first login makes (R1 to R10).

use askama::Template;

use crate::pages::{
    Shell,
    view::{Choice, Entry, Errors, Notice, When},
};

#[derive(Template)]
#[template(path = "admin/jit_settings.html", blocks = ["settings", "policy", "preview"])]
pub struct JitSettingsPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub errors: Errors,
    pub state: JitState,
    /// The version that the form was made from; 0 when nothing is saved.
    pub version: u64,
    pub methods: Vec<Choice>,
    pub policies: Vec<Entry>,
    pub groups: Vec<Entry>,
    /// JIT clients that exist now.
    pub clients: u64,
    pub last_saved: Option<Saved>,
    /// Somebody saved in between: what they saved, beside what is in the form.
    pub conflict: Option<Conflict>,
    /// No connection exists yet, so nobody could sign in anyway.
    pub idp_missing: bool,
    pub preview: Preview,
}

impl JitSettingsPage {
    pub fn is_configured(&self) -> bool {
        self.state != JitState::NotConfigured
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum JitState {
    #[default]
    NotConfigured,
    /// Saved; the method can still change.
    Open,
    /// A client was made: the method is final (R5).
    Locked {
        method: String,
        since: When,
        /// JIT clients ever made.
        clients: u64,
    },
}

#[derive(Clone, Debug, Default)]
pub struct Saved {
    pub at: When,
    pub by: String,
}

#[derive(Clone, Debug, Default)]
pub struct Conflict {
    pub saved: Saved,
    /// The version that *keep mine* replaces.
    pub version: u64,
    pub theirs: Summary,
    pub mine: Summary,
}

#[derive(Clone, Debug, Default)]
pub struct Summary {
    pub method: String,
    pub policy: String,
    pub groups: String,
}

/// What signing in would do, without doing it (R10).
#[derive(Clone, Debug, Default)]
pub struct Preview {
    pub assertion: String,
    pub errors: Errors,
    pub outcome: Option<Outcome>,
}

#[derive(Clone, Debug, Default)]
pub struct Outcome {
    pub would_succeed: bool,
    /// Such as "A new end user and API client would be created".
    pub title: String,
    pub why: String,
    /// What was read from the assertion and what would be made of it.
    pub facts: Vec<(String, String)>,
}
