//! `/admin/settings/jit/apply`: the settings for clients that exist already (R7).

use askama::Template;
use axum::{extract::State, response::Response};

use super::super::answer::show;
use crate::{
    pages::{
        Nav, Shell,
        view::Notice,
        visitor::{ByAdministrator, ConsoleVisitor},
    },
    wiring::App,
};

/// How many clients would be touched, before anything is.
#[derive(Template)]
#[template(path = "admin/jit_apply.html")]
pub struct ApplyPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub differing: u64,
    pub clients: u64,
}

pub(super) async fn count(State(app): State<App>, visitor: ConsoleVisitor) -> Response {
    let counted = app.portal.count_unapplied_clients(&visitor.caller).await;
    let page = counted.map(|counted| ApplyPage {
        shell: visitor.shell("Apply to existing clients", Nav::JitSettings),
        notice: None,
        differing: counted.differing,
        clients: counted.clients,
    });
    show(&visitor.context, page)
}

pub(super) async fn apply(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
) -> Response {
    let applied = app.portal.apply_jit_settings(&visitor.caller).await;
    let page = applied.map(|applied| ApplyPage {
        shell: visitor.shell("Apply to existing clients", Nav::JitSettings),
        notice: Some(Notice::done(
            "Applied.",
            format!(
                "Clients that were changed: {} of {}.",
                applied.differing, applied.clients
            ),
        )),
        differing: 0,
        clients: applied.clients,
    });
    show(&visitor.context, page)
}
