//! Who the people are that come through a connection: made, linked, put into groups, let into the console.

use jit_domain::{
    catalogue::ApiCollection,
    connections::{GroupRule, GroupSync, IdpConnection, Switch},
    error::{Error, InvalidField, Problems, Rejection},
    portal::ConnectionDraft,
    views::GroupRow,
};

use super::super::form::{FieldNames, Fields};
use crate::{pages::visitor::ConsoleVisitor, wiring::App};

mod roles;

pub(super) const NAMES: &FieldNames = &[
    ("group_sync", "group_rules", "Group rules"),
    (
        "enforced_domains",
        "enforced_domains",
        "Enforced e-mail domains",
    ),
    ("console_roles", "console_roles", "Console roles"),
];

#[derive(Clone, Debug, Default)]
pub struct PeopleForm {
    pub jit: bool,
    pub group_sync: bool,
    /// `value = group`, one a line.
    pub group_rules: String,
    /// One a line.
    pub enforced_domains: String,
    pub linking: bool,
    /// `value = role`, one a line.
    pub console_roles: String,
}

/// What rules name, by name.
pub(super) struct Known {
    groups: Vec<GroupRow>,
    collections: Vec<ApiCollection>,
}

impl Known {
    pub(super) async fn of(app: &App, visitor: &ConsoleVisitor) -> Result<Self, Error> {
        let (portal, caller) = (&app.portal, &visitor.caller);
        Ok(Self {
            groups: portal.list_groups(caller).await?,
            collections: portal.list_collections(caller).await?,
        })
    }
}

impl PeopleForm {
    pub(super) fn stored(connection: &IdpConnection, known: &Known) -> Self {
        let domains: Vec<_> = connection.enforced_domains.iter().cloned().collect();
        Self {
            jit: connection.jit == Switch::On,
            group_sync: connection.group_sync != GroupSync::Off,
            group_rules: group_lines(&connection.group_sync, &known.groups),
            enforced_domains: domains.join("\n"),
            linking: connection.linking == Switch::On,
            console_roles: roles::lines(&connection.console_roles, &known.collections),
        }
    }

    pub(super) fn typed(fields: &Fields) -> Self {
        let text = |name| fields.text(name).to_owned();
        Self {
            jit: fields.is_on("jit"),
            group_sync: fields.is_on("group_sync"),
            group_rules: text("group_rules"),
            enforced_domains: text("enforced_domains"),
            linking: fields.is_on("linking"),
            console_roles: text("console_roles"),
        }
    }
}

/// What the form asks for.
pub(super) fn read(
    fields: &Fields,
    before: ConnectionDraft,
    known: &Known,
) -> Result<ConnectionDraft, Rejection> {
    let mut problems = Problems::default();
    let group_sync = group_sync(fields, &known.groups, &mut problems);
    let console_roles = roles::read(fields, &known.collections, &mut problems);
    problems.finish()?;
    Ok(ConnectionDraft {
        jit: fields.switch("jit"),
        group_sync,
        enforced_domains: fields.lines("enforced_domains").into_iter().collect(),
        linking: fields.switch("linking"),
        console_roles,
        ..before
    })
}

fn group_lines(sync: &GroupSync, groups: &[GroupRow]) -> String {
    let GroupSync::On(rules) = sync else {
        return String::new();
    };
    let line = |rule: &GroupRule| {
        let known = groups.iter().find(|row| row.group.id == rule.group);
        let name = known.map_or_else(|| rule.group.to_string(), |row| row.group.name.to_string());
        format!("{} = {name}", rule.value)
    };
    rules.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn group_sync(fields: &Fields, groups: &[GroupRow], problems: &mut Problems) -> GroupSync {
    if !fields.is_on("group_sync") {
        return GroupSync::Off;
    }
    let rules = fields.lines("group_rules").into_iter().filter_map(|line| {
        let Some((value, group)) = pair(&line) else {
            let form = "lines such as engineering = Engineering";
            problems.add(InvalidField::new("group_sync", form, line));
            return None;
        };
        let named =
            |row: &&GroupRow| row.group.name.as_str().to_lowercase() == group.to_lowercase();
        let found = groups.iter().find(named);
        if found.is_none() {
            problems.add(InvalidField::new("group_sync", "groups that exist", group));
        }
        found.map(|row| GroupRule {
            value: value.to_owned(),
            group: row.group.id,
        })
    });
    GroupSync::On(rules.collect())
}

/// `value = meaning`; values of providers may have equals signs in them, meanings have none.
fn pair(line: &str) -> Option<(&str, &str)> {
    let (value, meaning) = line.rsplit_once('=')?;
    let (value, meaning) = (value.trim(), meaning.trim());
    (!value.is_empty() && !meaning.is_empty()).then_some((value, meaning))
}
