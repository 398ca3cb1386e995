//! What a test sign-in shows: each check, and everything that the provider sent. Nothing was made.

use askama::Template;
use axum::response::Response;
use jit_domain::{
    assertion::{Assertion, Examination},
    connections::IdpConnection,
};

use crate::pages::{
    Nav, PageContext, Shell, respond,
    view::{Notice, Pill, Tone},
};

#[derive(Template)]
#[template(path = "sso/test_result.html")]
pub struct TestResultPage {
    pub shell: Shell,
    pub connection: String,
    /// Back to where the test was begun.
    pub back: String,
    pub passed: bool,
    pub notices: Vec<Notice>,
    pub checks: Vec<CheckRow>,
    pub name_id: Option<String>,
    pub attributes: Vec<AttributeRow>,
}

#[derive(Clone, Debug)]
pub struct CheckRow {
    pub name: String,
    pub state: Pill,
    /// What was expected and what came, for the one that failed.
    pub expected: String,
    pub found: String,
    pub cure: String,
}

/// What one attribute carries, and what the portal takes it for.
#[derive(Clone, Debug)]
pub struct AttributeRow {
    pub name: String,
    pub values: Vec<String>,
    pub used_as: Option<&'static str>,
}

pub(super) fn show(
    context: &PageContext,
    connection: &IdpConnection,
    examination: &Examination,
) -> Response {
    let refusal = examination.verdict.as_ref().err();
    let claimed = examination.claimed.as_ref().map(|it| &it.0);
    let who = examination.verdict.as_ref().ok().or(claimed);
    let checks = examination.checks.iter().map(|check| {
        let failed = refusal.filter(|_| !check.passed);
        CheckRow {
            name: check.check.clone(),
            state: match check.passed {
                true => Pill::new(Tone::Ok, "Passed"),
                false => Pill::new(Tone::Bad, "Failed"),
            },
            expected: failed.map_or_else(String::new, |it| it.expected.clone()),
            found: failed.map_or_else(String::new, |it| it.found.clone()),
            cure: String::new(),
        }
    });
    let page = TestResultPage {
        shell: context.shell("Test sign-in", Nav::None),
        connection: connection.name.to_string(),
        back: format!("/admin/sso/{}", connection.id),
        passed: refusal.is_none(),
        notices: vec![],
        checks: checks.collect(),
        name_id: who.map(|who| who.name_id.clone()),
        attributes: who.map_or_else(Vec::new, |who| attributes(connection, who)),
    };
    respond::page(&page)
}

fn attributes(connection: &IdpConnection, who: &Assertion) -> Vec<AttributeRow> {
    let mapping = &connection.attributes;
    let first = |names: &[String]| {
        let mut names = names.iter();
        names
            .find(|name| who.attributes.contains_key(*name))
            .cloned()
    };
    let used = [
        (first(&mapping.display_name), "Display name"),
        (first(&mapping.email), "E-mail address"),
        (first(&mapping.groups), "Groups"),
        (connection.saml.subject.clone(), "Identity"),
    ];
    let row = |(name, values): (&String, &Vec<String>)| {
        let used = used.iter().find(|(used, _)| used.as_ref() == Some(name));
        AttributeRow {
            name: name.clone(),
            values: values.clone(),
            used_as: used.map(|(_, what)| *what),
        }
    };
    who.attributes.iter().map(row).collect()
}
