//! What came through a connection lately, and the test sign-in that shows it at once.

use axum::{extract::State, response::Response};
use jit_domain::{
    connections::IdpConnection,
    error::Error,
    ids::IdpConnectionId,
    sign_in_log::{SignInAttempt, SignInAttemptFilter},
    views::PageRequest,
};
use jit_idp::{causes::cause_at, profiles::profile};

use super::super::{form::Id, sign_in_log::words};
use crate::{
    pages::{
        view::{Pill, When},
        visitor::{ByConnectionEditor, ConnectionVisitor},
    },
    sso,
    wiring::App,
};

/// So many of the latest are shown.
const SHOWN: usize = 5;

#[derive(Clone, Debug, Default)]
pub struct AttemptLine {
    pub at: When,
    pub purpose: &'static str,
    pub outcome: Pill,
    /// What it means and what to do, if it was refused.
    pub cause: String,
    pub cure: String,
    pub reference: String,
    /// The page of the attempt; empty for those who cannot open it.
    pub href: String,
}

/// In a new tab: a link, because the answer to a form must not lead to another site.
pub(super) async fn begin_test(
    State(app): State<App>,
    ByConnectionEditor(visitor): ByConnectionEditor,
    Id(id): Id<IdpConnectionId>,
) -> Response {
    sso::begin_test(&app, visitor.context(), &visitor.editor(), id).await
}

/// The latest attempts, newest first.
pub(super) async fn latest(
    app: &App,
    visitor: &ConnectionVisitor,
    connection: &IdpConnection,
) -> Result<Vec<SignInAttempt>, Error> {
    let (portal, page) = (&app.portal, PageRequest::FIRST);
    let found = match visitor {
        ConnectionVisitor::Console(console) => {
            let filter = SignInAttemptFilter {
                connection: Some(connection.id),
                ..SignInAttemptFilter::default()
            };
            portal
                .list_sign_in_attempts(&console.caller, &filter, &page)
                .await?
        }
        ConnectionVisitor::Contact(_) => {
            portal
                .list_attempts_through(&visitor.editor(), connection, &page)
                .await?
        }
    };
    Ok(found.items)
}

pub(super) fn lines(
    attempts: &[SignInAttempt],
    connection: &IdpConnection,
    visitor: &ConnectionVisitor,
) -> Vec<AttemptLine> {
    let profile = profile(connection.provider);
    let line = |attempt: &SignInAttempt| {
        let cause = attempt.outcome.refusal();
        let cause = cause.and_then(|code| cause_at(code, profile));
        let (meaning, cure) = cause.map_or_else(
            || (String::new(), String::new()),
            |cause| (cause.meaning.to_owned(), cause.cure.into_owned()),
        );
        AttemptLine {
            at: When::from(attempt.at),
            purpose: words::purpose(attempt.evidence.purpose),
            outcome: words::outcome(&attempt.outcome),
            cause: meaning,
            cure,
            reference: attempt.origin.request_id.clone().unwrap_or_default(),
            href: match visitor {
                ConnectionVisitor::Console(_) => format!("/admin/sso/log/{}", attempt.id),
                ConnectionVisitor::Contact(_) => String::new(),
            },
        }
    };
    attempts.iter().take(SHOWN).map(line).collect()
}
