use jit_domain::{
    connections::IdpConnection,
    error::Error,
    portal::JitSettingsState,
    settings::{AuthMethod, JitSettings},
};

use super::{
    super::{form::Fields, names::Names, words},
    Choice, Entry, Errors, JitSettingsPage, JitState, Nav, Preview, Saved, When,
};
use crate::{pages::visitor::ConsoleVisitor, wiring::App};

/// What the controls of the form hold.
#[derive(Clone, Copy)]
pub(super) enum Chosen<'a> {
    /// What is saved.
    Stored,
    /// What was sent and came back.
    Typed(&'a Fields),
}

impl Chosen<'_> {
    fn method(self, stored: Option<&JitSettings>) -> String {
        match self {
            Self::Stored => stored.map_or_else(String::new, |it| it.method.code().to_owned()),
            Self::Typed(fields) => fields.text("method").to_owned(),
        }
    }

    fn policy(self, stored: Option<&JitSettings>) -> String {
        let saved = |it: &JitSettings| it.policy.map(|id| id.to_string());
        match self {
            Self::Stored => stored.and_then(saved).unwrap_or_default(),
            Self::Typed(fields) => fields.text("policy").to_owned(),
        }
    }

    fn groups(self, stored: Option<&JitSettings>) -> Vec<String> {
        let saved = |it: &JitSettings| it.groups.iter().map(ToString::to_string).collect();
        match self {
            Self::Stored => stored.map(saved).unwrap_or_default(),
            Self::Typed(fields) => fields.all("groups").map(str::to_owned).collect(),
        }
    }
}

/// The page as things stand. A chosen policy that is gone is said to be, and nothing is chosen instead.
pub(super) async fn page(
    app: &App,
    visitor: &ConsoleVisitor,
    chosen: Chosen<'_>,
) -> Result<JitSettingsPage, Error> {
    let (portal, caller) = (&app.portal, &visitor.caller);
    let JitSettingsState { settings, clients } = portal.find_jit_settings(caller).await?;
    let stored = settings.as_ref();
    let connections = portal.list_connections(caller).await?;
    let policies = policies(app, visitor, &chosen.policy(stored)).await?;
    let mut errors = Errors::default();
    let policy_is_there = policies.iter().any(|entry| entry.chosen);
    if !policy_is_there && !chosen.policy(stored).is_empty() {
        errors.push(
            "policy",
            "The chosen policy was deleted in the meantime. Choose another one, or none.",
        );
    }
    Ok(JitSettingsPage {
        shell: visitor.shell("JIT user settings", Nav::JitSettings),
        notice: None,
        errors,
        state: stored.map_or(JitState::NotConfigured, |stored| state(stored, clients)),
        version: stored.map_or(0, |stored| stored.version.0.into()),
        methods: methods(&chosen.method(stored)),
        policies,
        groups: groups(app, visitor, &chosen.groups(stored)).await?,
        clients,
        last_saved: last_saved(app, stored).await?,
        conflict: None,
        idp_missing: connections.is_empty(),
        preview: Preview {
            connections: several(&connections),
            ..Preview::default()
        },
    })
}

fn state(settings: &JitSettings, clients: u64) -> JitState {
    match settings.method_locked_since {
        None => JitState::Open,
        Some(since) => JitState::Locked {
            code: settings.method.code().to_owned(),
            method: words::method(settings.method).to_owned(),
            since: When::from(since),
            clients,
        },
    }
}

fn methods(chosen: &str) -> Vec<Choice> {
    let choice = |method: AuthMethod| Choice {
        value: method.code().to_owned(),
        label: words::method(method).to_owned(),
        about: words::about_method(method).to_owned(),
        badge: if method.is_available() {
            ""
        } else {
            "Not yet available"
        }
        .to_owned(),
        checked: method.code() == chosen,
        unavailable: !method.is_available(),
    };
    AuthMethod::ALL.map(choice).into()
}

async fn policies(app: &App, visitor: &ConsoleVisitor, chosen: &str) -> Result<Vec<Entry>, Error> {
    let found = app.portal.list_policies(&visitor.caller).await?;
    let entries = found.iter().map(|row| Entry {
        value: row.policy.id.to_string(),
        label: words::policy(&row.policy),
        meta: String::new(),
        chosen: row.policy.id.to_string() == chosen,
    });
    Ok(entries.collect())
}

async fn groups(
    app: &App,
    visitor: &ConsoleVisitor,
    chosen: &[String],
) -> Result<Vec<Entry>, Error> {
    let found = app.portal.list_groups(&visitor.caller).await?;
    let entries = found.into_iter().map(|row| Entry {
        value: row.group.id.to_string(),
        label: row.group.name.to_string(),
        meta: super::super::list::count(row.members, "member", "members"),
        chosen: chosen.contains(&row.group.id.to_string()),
    });
    Ok(entries.collect())
}

pub(super) async fn last_saved(
    app: &App,
    stored: Option<&JitSettings>,
) -> Result<Option<Saved>, Error> {
    let Some(stored) = stored else {
        return Ok(None);
    };
    let by = Names::of(app).saved_by(stored.saved_by).await?;
    Ok(Some(Saved {
        at: stored.saved_at.into(),
        by,
    }))
}

fn several(connections: &[IdpConnection]) -> Vec<Entry> {
    let entry = |it: &IdpConnection| Entry {
        value: it.slug.to_string(),
        label: it.name.to_string(),
        ..Entry::default()
    };
    let entries: Vec<_> = connections.iter().map(entry).collect();
    if entries.len() > 1 { entries } else { vec![] }
}
