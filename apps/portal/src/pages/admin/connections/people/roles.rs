//! Roles in the console, as lines of text: `value = role`.

use std::collections::BTreeSet;

use jit_domain::{
    catalogue::ApiCollection,
    connections::RoleRule,
    console::{ApproverScope, ConsoleRole},
    error::{InvalidField, Problems},
    ids::ApiCollectionId,
};

use super::pair;
use crate::pages::admin::form::Fields;

const SOME: &str = "approver of ";

pub(super) fn lines(rules: &[RoleRule], collections: &[ApiCollection]) -> String {
    let line = |rule: &RoleRule| format!("{} = {}", rule.value, words(&rule.role, collections));
    rules.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn words(role: &ConsoleRole, collections: &[ApiCollection]) -> String {
    match role {
        ConsoleRole::Administrator => "administrator".to_owned(),
        ConsoleRole::Auditor => "auditor".to_owned(),
        ConsoleRole::Approver(ApproverScope::All) => "approver".to_owned(),
        ConsoleRole::Approver(ApproverScope::Collections(ids)) => {
            // A collection that was deleted keeps its id, so that the rule does not grow wider by it.
            let name = |id: &ApiCollectionId| {
                let known = collections.iter().find(|it| it.id == *id);
                known.map_or_else(|| id.to_string(), |it| it.slug.to_string())
            };
            let names: Vec<_> = ids.iter().map(name).collect();
            format!("{SOME}{}", names.join(", "))
        }
    }
}

pub(super) fn read(
    fields: &Fields,
    collections: &[ApiCollection],
    problems: &mut Problems,
) -> Vec<RoleRule> {
    let mut rules = Vec::new();
    for line in fields.lines("console_roles") {
        let rule = pair(&line).ok_or_else(|| {
            InvalidField::new(
                "console_roles",
                "lines such as portal-admins = administrator",
                &*line,
            )
        });
        let rule = rule.and_then(|(value, words)| {
            role(words, collections).map(|role| RoleRule {
                value: value.to_owned(),
                role,
            })
        });
        rules.extend(problems.check(rule));
    }
    rules
}

fn role(words: &str, collections: &[ApiCollection]) -> Result<ConsoleRole, InvalidField> {
    let lower = words.to_lowercase();
    match lower.as_str() {
        "administrator" => Ok(ConsoleRole::Administrator),
        "auditor" => Ok(ConsoleRole::Auditor),
        "approver" => Ok(ConsoleRole::Approver(ApproverScope::All)),
        other => match other.strip_prefix(SOME) {
            Some(names) => some_of(names, collections),
            None => Err(InvalidField::new(
                "console_roles",
                "administrator, approver, approver of some collections, or auditor",
                words,
            )),
        },
    }
}

fn some_of(names: &str, collections: &[ApiCollection]) -> Result<ConsoleRole, InvalidField> {
    let mut ids = BTreeSet::new();
    for name in names.split(',').map(str::trim) {
        let known = collections.iter().find(|it| it.slug.as_str() == name);
        let id = known.map_or_else(|| name.parse().ok(), |it| Some(it.id));
        let missing = || {
            let expected = "short names of API collections that exist";
            InvalidField::new("console_roles", expected, name)
        };
        ids.insert(id.ok_or_else(missing)?);
    }
    Ok(ConsoleRole::Approver(ApproverScope::Collections(ids)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jit_testkit::Fixtures;

    /// R24: an approver may be limited to collections.
    #[test]
    fn roles_read_back_as_they_were_written() {
        let collections = [
            Fixtures::default().collection("orders"),
            Fixtures::named("default", 2).collection("sales"),
        ];
        for text in [
            "administrator",
            "auditor",
            "approver",
            "approver of orders",
            "approver of orders, sales",
        ] {
            let read = role(text, &collections).unwrap();
            let again = role(&words(&read, &collections), &collections).unwrap();
            assert_eq!(read, again, "{text}");
        }
    }

    /// R24: a rule never grows wider because one of its collections is gone.
    #[test]
    fn a_deleted_collection_stays_in_its_rule() {
        let orders = Fixtures::default().collection("orders");
        let written = role("approver of orders", std::slice::from_ref(&orders)).unwrap();
        let text = words(&written, &[]);
        assert_eq!(role(&text, &[]).unwrap(), written);
    }

    #[test]
    fn what_is_no_role_is_refused() {
        for text in [
            "owner",
            "approver of ",
            "approver of nothing",
            "approver orders",
        ] {
            assert!(role(text, &[]).is_err(), "{text}");
        }
    }
}
