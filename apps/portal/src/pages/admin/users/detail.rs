use axum::{extract::State, response::Response};
use jit_domain::{
    clients::ApiClient,
    error::Error,
    ids::EndUserId,
    people::{EndUser, HoldSource, MembershipSource},
    portal::EndUserDetail,
    views::{AuditFilter, PageLimit, PageRequest},
};

use super::{ClientLink, GroupMembership, HoldRow, UserPage, row};
use crate::{
    pages::{
        Nav,
        admin::{
            answer::{self, Done},
            audit, clients,
            form::Id,
            names::Names,
            words,
        },
        input::PageQuery,
        view::{Entry, Errors, Step, When},
        visitor::ConsoleVisitor,
    },
    wiring::App,
};

const NOTICES: &[(&str, &str, &str)] = &[
    (
        "suspended",
        "Suspended.",
        "Sessions are closed and calls are refused from now on.",
    ),
    (
        "released",
        "Lifted.",
        "What the hold had stopped works again, unless another hold is open.",
    ),
    ("groups", "Saved.", "The groups are as you chose them."),
];

pub(super) async fn show(
    State(app): State<App>,
    visitor: ConsoleVisitor,
    Id(id): Id<EndUserId>,
    PageQuery(query): PageQuery<Done>,
) -> Response {
    let notice = query.notice(NOTICES);
    let page = page(&app, &visitor, id).await;
    answer::show(
        &visitor.context,
        page.map(|page| UserPage { notice, ..page }),
    )
}

pub(super) async fn page(
    app: &App,
    visitor: &ConsoleVisitor,
    id: EndUserId,
) -> Result<UserPage, Error> {
    let EndUserDetail {
        end_user,
        client,
        grants,
        ..
    } = app.portal.find_end_user(&visitor.caller, id).await?;
    let now = app.portal.now();
    let mut names = Names::of(app);
    let subjects: Vec<_> = end_user
        .subjects
        .iter()
        .map(|it| it.name_id.clone())
        .collect();
    Ok(UserPage {
        shell: visitor.shell(end_user.display_name.as_str(), Nav::EndUsers),
        notice: None,
        errors: Errors::default(),
        row: row(&mut names, &end_user).await?,
        subject: subjects.join(", "),
        created: When::from(end_user.created_at),
        is_suspended: end_user
            .holds
            .iter()
            .any(|hold| hold.source == HoldSource::Admin),
        holds: holds(&end_user),
        hold_reason: String::new(),
        groups: memberships(&mut names, &end_user).await?,
        manual_groups: manual_groups(app, visitor, &end_user).await?,
        clients: client.iter().map(client_link).collect(),
        access: grants
            .iter()
            .map(|it| clients::detail::access(it, now))
            .collect(),
        history: history(app, visitor, &mut names, id).await?,
    })
}

fn holds(end_user: &EndUser) -> Vec<HoldRow> {
    let holds = end_user.holds.iter().map(|hold| HoldRow {
        source: words::hold(hold.source).to_owned(),
        since: When::from(hold.since),
        reason: hold.reason.clone().unwrap_or_default(),
        may_clear: hold.source == HoldSource::Admin,
    });
    holds.collect()
}

async fn memberships(
    names: &mut Names<'_>,
    end_user: &EndUser,
) -> Result<Vec<GroupMembership>, Error> {
    let mut groups = Vec::new();
    for membership in &end_user.memberships {
        groups.push(GroupMembership {
            name: names.name(&membership.group.to_string()).await?,
            source: words::membership(membership.source).to_owned(),
        });
    }
    Ok(groups)
}

async fn manual_groups(
    app: &App,
    visitor: &ConsoleVisitor,
    end_user: &EndUser,
) -> Result<Vec<Entry>, Error> {
    let by_hand = |it: &&jit_domain::people::Membership| it.source == MembershipSource::Manual;
    let chosen: Vec<_> = end_user
        .memberships
        .iter()
        .filter(by_hand)
        .map(|it| it.group)
        .collect();
    let groups = app.portal.list_groups(&visitor.caller).await?;
    let entries = groups.into_iter().map(|row| Entry {
        value: row.group.id.to_string(),
        label: row.group.name.to_string(),
        meta: String::new(),
        chosen: chosen.contains(&row.group.id),
    });
    Ok(entries.collect())
}

fn client_link(client: &ApiClient) -> ClientLink {
    ClientLink {
        id: client.id().to_string(),
        name: client.name.to_string(),
        method: words::method(client.method()).to_owned(),
        state: words::client(client.state),
    }
}

async fn history(
    app: &App,
    visitor: &ConsoleVisitor,
    names: &mut Names<'_>,
    id: EndUserId,
) -> Result<Vec<Step>, Error> {
    let filter = AuditFilter {
        target: Some(id.to_string()),
        ..AuditFilter::default()
    };
    let newest = PageRequest {
        limit: PageLimit::clamped(10),
        ..PageRequest::FIRST
    };
    let events = app
        .portal
        .list_audit_events(&visitor.caller, &filter, &newest)
        .await?;
    audit::steps(names, &events.items).await
}
