//! `/admin`: what is left to set up, and what waits.

use askama::Template;

use crate::pages::{
    Shell,
    view::{Link, Step},
};

#[derive(Template)]
#[template(path = "admin/overview.html")]
pub struct OverviewPage {
    pub shell: Shell,
    /// In order; reflects what is, not what was clicked.
    pub steps: Vec<SetupStep>,
    pub stats: Vec<Stat>,
    /// The newest audit events, newest first.
    pub recent: Vec<Step>,
    /// Something that needs a person: a certificate that ends soon, requests without an approver.
    pub warnings: Vec<String>,
}

impl OverviewPage {
    pub fn done(&self) -> usize {
        self.steps.iter().filter(|step| step.done).count()
    }

    /// The first open step is the one to do now.
    pub fn is_now(&self, index: &usize) -> bool {
        self.steps.iter().position(|step| !step.done) == Some(*index)
    }

    pub fn is_ready(&self) -> bool {
        self.done() == self.steps.len()
    }
}

#[derive(Clone, Debug, Default)]
pub struct SetupStep {
    pub title: String,
    pub about: String,
    pub done: bool,
    pub link: Option<Link>,
    /// Why it cannot be done yet, such as "After step 4"; takes the place of the link.
    pub blocked: String,
}

#[derive(Clone, Debug, Default)]
pub struct Stat {
    pub value: String,
    pub label: String,
    pub href: String,
}
