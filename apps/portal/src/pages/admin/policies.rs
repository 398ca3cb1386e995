//! Policies: rate limit, quota and IP rules.

use askama::Template;
use axum::{
    Router,
    extract::State,
    response::Response,
    routing::{get, post},
};
use jit_domain::{
    error::{Error, Reference, Rejection},
    ids::PolicyId,
    views::PolicyRow as Found,
};

use super::{
    answer::{Done, Returned, done, show, show_with},
    form::{Fields, Id, on_form},
    words,
};
use crate::{
    pages::{
        Nav, Shell, failure,
        input::PageQuery,
        respond,
        view::{Entry, Errors, Notice},
        visitor::{ByAdministrator, ConsoleVisitor},
    },
    wiring::App,
};

mod fields;

#[derive(Template)]
#[template(path = "admin/policies.html")]
pub struct PoliciesPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub rows: Vec<PolicyRow>,
}

#[derive(Clone, Debug, Default)]
pub struct PolicyRow {
    pub id: String,
    pub name: String,
    pub rate: String,
    pub quota: String,
    pub ip_rules: String,
    pub clients: u64,
}

#[derive(Template)]
#[template(path = "admin/policy.html")]
pub struct PolicyPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub errors: Errors,
    /// Empty for a new one.
    pub id: String,
    pub version: u64,
    pub fields: PolicyFields,
    pub rate_periods: Vec<Entry>,
    pub quota_periods: Vec<Entry>,
    /// What refers to it; deleting is refused while there is something (R8).
    pub used_by: Vec<String>,
}

impl PolicyPage {
    fn own_name(&self) -> &str {
        &self.fields.name
    }

    fn delete_action(&self) -> String {
        format!("/admin/policies/{}/delete", self.id)
    }
}

#[derive(Clone, Debug, Default)]
pub struct PolicyFields {
    pub name: String,
    pub rate_count: String,
    pub quota_count: String,
    /// One network a line.
    pub allow: String,
    pub deny: String,
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/admin/policies", get(list))
        .route("/admin/policies/new", get(blank).post(create))
        .route("/admin/policies/{id}", get(edit).post(change))
        .route("/admin/policies/{id}/delete", post(delete))
}

const NOTICES: &[(&str, &str, &str)] = &[
    ("saved", "Saved.", "The gateway follows within seconds."),
    ("deleted", "Deleted.", "The policy is gone."),
];

/// What refers to something, in words (R8).
pub fn used_by(references: &[Reference]) -> Vec<String> {
    let words = |reference: &Reference| match reference.count {
        1 => reference.by.to_owned(),
        count => format!("{} ({count})", reference.by),
    };
    references.iter().map(words).collect()
}

async fn list(
    State(app): State<App>,
    visitor: ConsoleVisitor,
    PageQuery(query): PageQuery<Done>,
) -> Response {
    let row = |Found { policy, clients }: Found| PolicyRow {
        id: policy.id.to_string(),
        rate: words::rate(&policy).unwrap_or_else(|| "No limit".to_owned()),
        quota: words::quota(&policy).unwrap_or_else(|| "No limit".to_owned()),
        ip_rules: words::ip_rules(&policy),
        name: policy.name.to_string(),
        clients,
    };
    let policies = app.portal.list_policies(&visitor.caller).await;
    let page = policies.map(|policies| PoliciesPage {
        shell: visitor.shell("Policies", Nav::Policies),
        notice: query.notice(NOTICES),
        rows: policies.into_iter().map(row).collect(),
    });
    show(&visitor.context, page)
}

async fn blank(ByAdministrator(visitor): ByAdministrator) -> Response {
    respond::page(&empty(&visitor))
}

async fn edit(State(app): State<App>, visitor: ConsoleVisitor, Id(id): Id<PolicyId>) -> Response {
    show(&visitor.context, stored(&app, &visitor, id).await)
}

async fn create(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
    fields: Fields,
) -> Response {
    save(&app, &visitor, None, &fields).await
}

async fn change(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
    Id(id): Id<PolicyId>,
    fields: Fields,
) -> Response {
    save(&app, &visitor, Some(id), &fields).await
}

async fn save(
    app: &App,
    visitor: &ConsoleVisitor,
    id: Option<PolicyId>,
    fields: &Fields,
) -> Response {
    let returned = match fields::draft(fields) {
        Err(errors) => Returned::because(errors, fields.version().into()),
        Ok(draft) => {
            let (portal, caller) = (&app.portal, &visitor.caller);
            let saved = match id {
                None => portal.create_policy(caller, &draft).await,
                Some(id) => {
                    portal
                        .change_policy(caller, id, fields.expected(), &draft)
                        .await
                }
            };
            let Err(error) = saved else {
                return done(visitor, "/admin/policies?done=saved");
            };
            let here = id.map_or_else(String::new, |id| format!("/admin/policies/{id}"));
            match Returned::from(&error, fields::NAMES, fields.version(), &here) {
                Some(returned) => returned,
                None => return failure::page(&visitor.context, &error),
            }
        }
    };
    let page = match id {
        None => Ok(empty(visitor)),
        Some(id) => stored(app, visitor, id).await,
    };
    let typed = |page: PolicyPage| PolicyPage {
        shell: page.shell.with_error(),
        notice: returned.notice,
        errors: returned.errors,
        version: returned.version,
        rate_periods: fields::rate_periods(fields.text("rate_per")),
        quota_periods: fields::quota_periods(fields.text("quota_per")),
        fields: PolicyFields::typed(fields),
        ..page
    };
    show_with(&visitor.context, returned.status, page.map(typed))
}

async fn delete(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
    Id(id): Id<PolicyId>,
) -> Response {
    let Err(error) = app.portal.delete_policy(&visitor.caller, id).await else {
        return done(&visitor, "/admin/policies?done=deleted");
    };
    let Some((status, errors)) = on_form(&error, &[("delete", "delete", "Delete")]) else {
        return failure::page(&visitor.context, &error);
    };
    let page = stored(&app, &visitor, id).await;
    let refused = |page: PolicyPage| PolicyPage {
        shell: page.shell.with_error(),
        errors,
        ..page
    };
    show_with(&visitor.context, status, page.map(refused))
}

fn empty(visitor: &ConsoleVisitor) -> PolicyPage {
    PolicyPage {
        shell: visitor.shell("New policy", Nav::Policies),
        notice: None,
        errors: Errors::default(),
        id: String::new(),
        version: 0,
        fields: PolicyFields::default(),
        rate_periods: fields::rate_periods("minute"),
        quota_periods: fields::quota_periods("month"),
        used_by: vec![],
    }
}

async fn stored(app: &App, visitor: &ConsoleVisitor, id: PolicyId) -> Result<PolicyPage, Error> {
    let policies = app.portal.list_policies(&visitor.caller).await?;
    let found = policies.into_iter().find(|row| row.policy.id == id);
    let policy = found.ok_or(Rejection::NotFound { what: "policy" })?.policy;
    let references = app
        .portal
        .store()
        .list_references_to_policy(app.workspace, id)
        .await?;
    Ok(PolicyPage {
        shell: visitor.shell(policy.name.as_str(), Nav::Policies),
        id: id.to_string(),
        version: policy.version.0.into(),
        rate_periods: fields::rate_periods(
            policy
                .rate
                .map_or("minute", |it| words::rate_period(it.per)),
        ),
        quota_periods: fields::quota_periods(
            policy
                .quota
                .map_or("month", |it| words::quota_period(it.per)),
        ),
        fields: PolicyFields::stored(&policy),
        used_by: used_by(&references),
        ..empty(visitor)
    })
}
