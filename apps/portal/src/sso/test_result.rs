//! What a test sign-in shows: each check, and everything that the provider sent. Nothing was made.

use askama::Template;
use axum::response::Response;
use jit_domain::{
    assertion::{Assertion, Examination},
    connections::{AttributeMapping, IdpConnection},
};

use jit_idp::{causes::cause_at, profiles::profile};

use crate::pages::{
    Nav, PageContext, Shell,
    admin::sign_in_log::words,
    respond,
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
            name: words::check(&check.check),
            state: if check.passed {
                Pill::new(Tone::Ok, "Passed")
            } else {
                Pill::new(Tone::Bad, "Failed")
            },
            expected: failed.map_or_else(String::new, |it| it.expected.clone()),
            found: failed.map_or_else(String::new, |it| it.found.clone()),
            cure: failed.map_or_else(String::new, |it| cure(connection, it.code)),
        }
    });
    let page = TestResultPage {
        shell: context.shell("Test sign-in", Nav::None),
        connection: connection.name.to_string(),
        back: format!("/admin/sso/{}", connection.id),
        passed: refusal.is_none(),
        notices: who.map_or_else(Vec::new, |who| notices(connection, who)),
        checks: checks.collect(),
        name_id: who.map(|who| who.name_id.clone()),
        attributes: who.map_or_else(Vec::new, |who| attributes(connection, who)),
    };
    respond::page(&page)
}

/// What to do, in the words of that provider's console.
fn cure(connection: &IdpConnection, code: &str) -> String {
    let cause = cause_at(code, profile(connection.provider));
    cause.map_or_else(String::new, |cause| cause.cure.into_owned())
}

/// What would work, and not as people expect.
fn notices(connection: &IdpConnection, who: &Assertion) -> Vec<Notice> {
    let mapping = &connection.attributes;
    let warn = |title: &str, text: &str| Notice {
        tone: Tone::Warn,
        title: title.to_owned(),
        text: text.to_owned(),
        link: None,
    };
    let mut notices = Vec::new();
    if who.groups_are_withheld(mapping) {
        notices.push(warn(
            "The groups are missing.",
            "The provider sent a link in their place, because the person is in too many. Let it send only the groups that are assigned to the application.",
        ));
    }
    if who.first_value(&mapping.email).is_none() {
        notices.push(warn(
            "No e-mail address.",
            "None of the attributes that the connection names for it arrived.",
        ));
    }
    notices
}

fn attributes(connection: &IdpConnection, who: &Assertion) -> Vec<AttributeRow> {
    let mapping = &connection.attributes;
    let first = |entries: &[String]| {
        let is_there = |entry: &&String| {
            let mut names = entry.split(AttributeMapping::JOIN);
            names.all(|name| who.attributes.contains_key(name))
        };
        entries.iter().find(is_there).cloned().unwrap_or_default()
    };
    let subject = connection.saml.subject.clone().unwrap_or_default();
    let used = [
        (first(&mapping.display_name), "Display name"),
        (first(&mapping.email), "E-mail address"),
        (first(&mapping.groups), "Groups"),
        (subject, "Identity"),
    ];
    let used_as = |name: &str| {
        let mut all = used.iter();
        let used = all.find(|(entry, _)| entry.split(AttributeMapping::JOIN).any(|it| it == name));
        used.map(|(_, what)| *what)
    };
    let row = |(name, values): (&String, &Vec<String>)| AttributeRow {
        name: name.clone(),
        values: values.clone(),
        used_as: used_as(name),
    };
    who.attributes.iter().map(row).collect()
}
