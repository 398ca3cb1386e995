//! `/admin/audit`: what happened, grouped by day, newest first.

use askama::Template;
use axum::{Router, extract::State, response::Response, routing::get};
use jit_domain::{
    audit::{ACTIONS, AuditEvent, action_from},
    error::Error,
    views::AuditFilter as Filter,
};

use super::{
    answer::show,
    list::{ListQuery, address, count},
    names::{self, Names, page_of},
};
use crate::{
    pages::{
        Nav, Shell,
        input::PageQuery,
        view::{Pager, Step, Tone, When},
        visitor::ConsoleVisitor,
    },
    wiring::App,
};

mod sentences;

#[derive(Template)]
#[template(path = "admin/audit.html")]
pub struct AuditPage {
    pub shell: Shell,
    pub filter: AuditFilter,
    pub days: Vec<AuditDay>,
    pub pager: Pager,
    /// Every action, to choose from.
    pub actions: &'static [&'static str],
    /// The address of the export that follows the filter; empty when there is none.
    pub export: String,
}

#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    pub action: String,
    pub target: String,
}

#[derive(Clone, Debug, Default)]
pub struct AuditDay {
    pub day: String,
    pub entries: Vec<AuditEntry>,
}

#[derive(Clone, Debug, Default)]
pub struct AuditEntry {
    pub at: When,
    pub actor: String,
    /// Such as `jit_settings.saved`.
    pub action: String,
    /// The same in words.
    pub sentence: String,
    pub target: String,
    pub href: String,
    pub ip: String,
    pub request_id: String,
    /// Such as "3 → 4".
    pub versions: String,
    pub details: Vec<(String, String)>,
}

pub fn routes() -> Router<App> {
    Router::new().route("/admin/audit", get(list))
}

async fn list(
    State(app): State<App>,
    visitor: ConsoleVisitor,
    PageQuery(query): PageQuery<ListQuery>,
) -> Response {
    show(&visitor.context, page(&app, &visitor, &query).await)
}

async fn page(app: &App, visitor: &ConsoleVisitor, query: &ListQuery) -> Result<AuditPage, Error> {
    let (action, target) = (query.action.trim(), query.target.trim());
    let filter = Filter {
        action: Some(whole_or_subject(action)).filter(|action| !action.is_empty()),
        target: Some(target.to_owned()).filter(|target| !target.is_empty()),
    };
    let found = app
        .portal
        .list_audit_events(&visitor.caller, &filter, &query.page())
        .await?;
    let here = address("/admin/audit", &[("action", action), ("target", target)]);
    let summary = count(found.items.len() as u64, "event", "events");
    let pager = query.pager(
        &here,
        &found,
        format!("{summary}, newest first, days in UTC"),
    );
    let mut names = Names::of(app);
    let mut days: Vec<AuditDay> = Vec::new();
    for event in found.items {
        let day = event.at.format("%-d %B %Y").to_string();
        let entry = entry(&mut names, event).await?;
        match days.last_mut() {
            Some(last) if last.day == day => last.entries.push(entry),
            _ => days.push(AuditDay {
                day,
                entries: vec![entry],
            }),
        }
    }
    Ok(AuditPage {
        shell: visitor.shell("Audit log", Nav::Audit),
        filter: AuditFilter {
            action: action.to_owned(),
            target: target.to_owned(),
        },
        days,
        pager,
        actions: ACTIONS,
        export: String::new(),
    })
}

/// A subject alone, such as `policy`, asks for all of its actions.
fn whole_or_subject(action: &str) -> String {
    if action.is_empty() || action.ends_with('.') || action_from(action).is_some() {
        action.to_owned()
    } else {
        format!("{action}.")
    }
}

async fn entry(names: &mut Names<'_>, event: AuditEvent) -> Result<AuditEntry, Error> {
    let what = &event.event;
    let mut details = Vec::new();
    for (key, value) in &what.details {
        details.push((sentences::key(key), named_values(names, value).await?));
    }
    let version = |version: Option<_>| {
        version.map_or_else(
            || "none".to_owned(),
            |it: jit_domain::values::Version| it.to_string(),
        )
    };
    let is_versioned = what.before.is_some() || what.after.is_some();
    let versions = format!("{} → {}", version(what.before), version(what.after));
    let (target, href) = target(names, &event).await?;
    Ok(AuditEntry {
        at: When::from(event.at),
        actor: names.actor(event.actor).await?,
        action: what.action.to_owned(),
        sentence: sentences::of(what.action).to_owned(),
        target,
        href,
        ip: event
            .origin
            .ip
            .map_or_else(String::new, |ip| ip.to_string()),
        request_id: event.origin.request_id.clone().unwrap_or_default(),
        versions: if is_versioned {
            versions
        } else {
            String::new()
        },
        details,
    })
}

/// What it happened to, and the page about that.
async fn target(names: &mut Names<'_>, event: &AuditEvent) -> Result<(String, String), Error> {
    let (action, target) = (event.event.action, &event.event.target);
    // What has neither a name nor a page of its own belongs to something that has.
    let owner = match action.split_once('.') {
        Some(("credential", _)) => event.event.details.get("client"),
        Some(("setup_link" | "session", _)) => event.event.details.get("connection"),
        Some(("saml_key", _)) => return Ok((String::new(), String::new())),
        _ => None,
    };
    let id = owner.unwrap_or(target);
    if names::id_of(event.actor).as_ref() == Some(id) {
        return Ok((String::new(), page_of(id)));
    }
    Ok(match action.split_once('.') {
        Some(("jit_settings", _)) if id.starts_with("wsp_") => {
            (String::new(), "/admin/settings/jit".to_owned())
        }
        Some((_, "deleted")) if owner.is_none() => (names.name(id).await?, String::new()),
        _ => (names.name(id).await?, page_of(id)),
    })
}

/// Ids among the details, as people know them.
async fn named_values(names: &mut Names<'_>, value: &str) -> Result<String, Error> {
    let mut words = Vec::new();
    for word in value.split(' ') {
        words.push(names.name(word).await?);
    }
    Ok(words.join(if value.contains('_') { ", " } else { " " }))
}

/// The same as a history, for other pages.
pub async fn steps(names: &mut Names<'_>, events: &[AuditEvent]) -> Result<Vec<Step>, Error> {
    let mut steps = Vec::new();
    for event in events {
        let actor = names.actor(event.actor).await?;
        let (target, _) = target(names, event).await?;
        let title = format!("{actor} {} {target}", sentences::of(event.event.action));
        steps.push(Step {
            tone: Tone::Plain,
            title: title.trim_end().to_owned(),
            at: Some(When::from(event.at)),
            by: String::new(),
            note: String::new(),
        });
    }
    Ok(steps)
}
