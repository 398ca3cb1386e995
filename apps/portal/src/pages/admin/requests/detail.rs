use axum::{extract::State, response::Response};
use jit_domain::{
    access::{Decision, Grant, RequestState},
    error::Error,
    ids::{AccessRequestId, EndUserGroupId},
    portal::AccessRequestDetail,
};
use std::collections::BTreeSet;

use super::{LiveGrant, RequestPage, RequestRow, words};
use crate::{
    pages::{
        Nav,
        admin::{
            answer::{self, Done},
            form::Id,
            names::Names,
        },
        input::PageQuery,
        view::{Errors, Step, Tone, When},
        visitor::ConsoleVisitor,
    },
    wiring::App,
};

const NOTICES: &[(&str, &str, &str)] = &[
    (
        "approved",
        "Approved.",
        "The client may call from now on. The requester sees the decision.",
    ),
    ("rejected", "Rejected.", "The requester reads why."),
    ("revoked", "Revoked.", "The client's next call is refused."),
];

pub(super) async fn show(
    State(app): State<App>,
    visitor: ConsoleVisitor,
    Id(id): Id<AccessRequestId>,
    PageQuery(query): PageQuery<Done>,
) -> Response {
    let page = page(&app, &visitor, id).await;
    let notice = query.notice(NOTICES);
    answer::show(
        &visitor.context,
        page.map(|page| RequestPage { notice, ..page }),
    )
}

pub(super) async fn page(
    app: &App,
    visitor: &ConsoleVisitor,
    id: AccessRequestId,
) -> Result<RequestPage, Error> {
    let detail = app.portal.find_access_request(&visitor.caller, id).await?;
    let mut names = Names::of(app);
    let now = app.portal.now();
    let policy = match detail.client.policy {
        Some(id) => app.portal.store().find_policy(app.workspace, id).await?,
        None => None,
    };
    let mut access_now = Vec::new();
    for grant in detail.grants.iter().filter(|grant| grant.is_live(now)) {
        access_now.push(names.name(&grant.collection.to_string()).await?);
    }
    let live = detail
        .grants
        .iter()
        .find(|grant| grant.request == id && grant.is_live(now));
    Ok(RequestPage {
        shell: visitor.shell("Access request", Nav::AccessRequests),
        notice: None,
        errors: Errors::default(),
        api_version: detail.collection.api_version.to_string(),
        client: detail.client.name.to_string(),
        policy: policy
            .as_ref()
            .map_or_else(|| words::NO_POLICY.to_owned(), words::policy),
        groups: group_names(&mut names, detail.requester.groups()).await?,
        access_now,
        history: history(&mut names, &detail).await?,
        cannot_decide: cannot_decide(visitor, &detail),
        ends_on: String::new(),
        approve_note: String::new(),
        reject_note: String::new(),
        grant: live.map(|grant| LiveGrant {
            id: grant.id.to_string(),
            until: grant.expires_at.map(When::from),
        }),
        row: row(detail),
    })
}

fn row(detail: AccessRequestDetail) -> RequestRow {
    RequestRow {
        id: detail.request.id.to_string(),
        requester: detail.requester.display_name.to_string(),
        email: detail
            .requester
            .email
            .map_or_else(String::new, |email| email.to_string()),
        collection: detail.collection.name.to_string(),
        requested: When::from(detail.request.requested_at),
        state: words::request(detail.request.status()),
        is_pending: detail.request.state == RequestState::Pending,
        reason: detail.request.reason.to_string(),
    }
}

async fn group_names(
    names: &mut Names<'_>,
    groups: BTreeSet<EndUserGroupId>,
) -> Result<String, Error> {
    let mut found = Vec::new();
    for group in groups {
        found.push(names.name(&group.to_string()).await?);
    }
    Ok(if found.is_empty() {
        "None".to_owned()
    } else {
        found.join(", ")
    })
}

fn cannot_decide(visitor: &ConsoleVisitor, detail: &AccessRequestDetail) -> String {
    if !visitor.caller.may_decide(detail.collection.id) {
        "Your role lets you see this request, not decide it.".to_owned()
    } else if visitor.caller.is_same_person(&detail.requester) {
        "This is your own request, so somebody else decides it.".to_owned()
    } else {
        String::new()
    }
}

/// Oldest first: asked, decided, and what became of the grant.
async fn history(names: &mut Names<'_>, detail: &AccessRequestDetail) -> Result<Vec<Step>, Error> {
    let request = &detail.request;
    let requester = detail.requester.display_name.to_string();
    let mut steps = vec![step(
        Tone::Plain,
        "Requested",
        request.requested_at.into(),
        &requester,
    )];
    match &request.state {
        RequestState::Pending => {}
        RequestState::Approved { decision, .. } => {
            steps.push(decided(names, Tone::Ok, "Approved", decision).await?);
        }
        RequestState::Rejected { decision } => {
            steps.push(decided(names, Tone::Bad, "Rejected", decision).await?);
        }
        RequestState::Withdrawn { at } => {
            steps.push(step(Tone::Plain, "Withdrawn", (*at).into(), &requester));
        }
        RequestState::Cancelled { at } => {
            let title = "Cancelled, because the collection went away";
            steps.push(step(Tone::Plain, title, (*at).into(), ""));
        }
    }
    let grant = detail
        .grants
        .iter()
        .find(|grant| grant.request == request.id);
    if let Some(Grant {
        revocation: Some(revocation),
        ..
    }) = grant
    {
        let by = names.decider(revocation.by).await?;
        let note = revocation.reason.to_string();
        let revoked = step(Tone::Bad, "Access revoked", revocation.at.into(), &by);
        steps.push(Step { note, ..revoked });
    }
    Ok(steps)
}

async fn decided(
    names: &mut Names<'_>,
    tone: Tone,
    title: &str,
    decision: &Decision,
) -> Result<Step, Error> {
    let by = names.decider(decision.by).await?;
    let note = decision
        .note
        .as_ref()
        .map_or_else(String::new, ToString::to_string);
    Ok(Step {
        note,
        ..step(tone, title, decision.at.into(), &by)
    })
}

fn step(tone: Tone, title: &str, at: When, by: &str) -> Step {
    Step {
        tone,
        title: title.to_owned(),
        at: Some(at),
        by: by.to_owned(),
        note: String::new(),
    }
}
