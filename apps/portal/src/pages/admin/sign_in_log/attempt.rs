//! One attempt: what it means, what to do, and what was seen.

use askama::Template;
use axum::{extract::State, response::Response};
use jit_domain::{
    assertion::CheckResult,
    connections::IdpConnection,
    error::Error,
    ids::SignInAttemptId,
    sign_in_log::{AttemptOutcome, Evidence, SignInAttempt},
};
use jit_idp::{causes::cause_at, profiles::profile};

use super::{
    super::{
        answer,
        form::Id,
        names::{Names, page_of},
    },
    words,
};
use crate::{
    pages::{
        Nav, Shell, failure,
        view::{Link, Pill, Tone, When},
        visitor::ConsoleVisitor,
    },
    wiring::App,
};

#[derive(Template)]
#[template(path = "admin/sign_in_attempt.html")]
pub struct AttemptPage {
    pub shell: Shell,
    pub heading: String,
    pub outcome: Pill,
    pub at: When,
    pub connection: Link,
    pub purpose: &'static str,
    /// Whoever signed in.
    pub who: Option<Link>,
    /// What the response calls the person.
    pub name_id: String,
    pub cause: Option<CauseText>,
    pub checks: Vec<CheckLine>,
    /// Which of the connection's certificates fits the signature.
    pub certificate: String,
    pub clock: String,
    pub clock_is_off: bool,
    pub reference: String,
    pub ip: String,
    /// The message without values, names and signatures; empty if it could not be read.
    pub redacted: String,
}

/// Why nobody signed in.
#[derive(Clone, Debug, Default)]
pub struct CauseText {
    pub code: String,
    pub meaning: String,
    /// Empty if nothing is known.
    pub cure: String,
    /// Empty for what the portal itself refuses.
    pub expected: String,
    pub found: String,
}

#[derive(Clone, Debug, Default)]
pub struct CheckLine {
    pub name: String,
    pub state: Pill,
}

pub(super) async fn show(
    State(app): State<App>,
    visitor: ConsoleVisitor,
    Id(id): Id<SignInAttemptId>,
) -> Response {
    answer::show(&visitor.context, page(&app, &visitor, id).await)
}

async fn page(
    app: &App,
    visitor: &ConsoleVisitor,
    id: SignInAttemptId,
) -> Result<AttemptPage, Error> {
    let (portal, caller) = (&app.portal, &visitor.caller);
    let attempt = portal.find_sign_in_attempt(caller, id).await?;
    let connection = portal.find_connection(caller, attempt.connection).await?;
    let evidence = &attempt.evidence;
    let (clock, clock_is_off) = match evidence.clock_difference_ms {
        Some(difference) => words::clock(difference),
        None => ("Unknown".to_owned(), false),
    };
    let outcome = words::outcome(&attempt.outcome);
    Ok(AttemptPage {
        shell: visitor.shell("Sign-in attempt", Nav::Connections),
        heading: heading(&attempt.outcome).to_owned(),
        outcome,
        at: When::from(attempt.at),
        connection: Link::new(
            page_of(&connection.id.to_string()),
            connection.name.as_str(),
        ),
        purpose: words::purpose(evidence.purpose),
        who: who(app, &attempt.outcome).await?,
        name_id: evidence.name_id.clone().unwrap_or_default(),
        cause: cause(&attempt, &connection),
        checks: checks(evidence),
        certificate: certificate(evidence, &connection),
        clock,
        clock_is_off,
        reference: attempt.origin.request_id.clone().unwrap_or_default(),
        ip: attempt
            .origin
            .ip
            .map_or_else(String::new, |ip| ip.to_string()),
        redacted: evidence.redacted.clone().unwrap_or_default(),
    })
}

fn heading(outcome: &AttemptOutcome) -> &'static str {
    match outcome {
        AttemptOutcome::EndUser { .. } => "A person signed in to the portal",
        AttemptOutcome::Administrator { .. } => "A person signed in to the console",
        AttemptOutcome::Tested => "A test sign-in passed",
        AttemptOutcome::Refused { .. } => "A sign-in was refused",
    }
}

async fn who(app: &App, outcome: &AttemptOutcome) -> Result<Option<Link>, Error> {
    let id = match outcome {
        AttemptOutcome::EndUser { id } => id.to_string(),
        AttemptOutcome::Administrator { id } => id.to_string(),
        AttemptOutcome::Tested | AttemptOutcome::Refused { .. } => return Ok(None),
    };
    let name = Names::of(app).name(&id).await?;
    Ok(Some(Link::new(page_of(&id), name)))
}

fn cause(attempt: &SignInAttempt, connection: &IdpConnection) -> Option<CauseText> {
    let AttemptOutcome::Refused {
        code,
        expected,
        found,
    } = &attempt.outcome
    else {
        return None;
    };
    let known = cause_at(code, profile(connection.provider));
    Some(CauseText {
        code: code.clone(),
        meaning: known.as_ref().map_or_else(
            || failure::sentence(found.trim_end_matches('.')),
            |known| known.meaning.to_owned(),
        ),
        cure: known.map_or_else(String::new, |known| known.cure.into_owned()),
        expected: expected.clone(),
        found: found.clone(),
    })
}

fn checks(evidence: &Evidence) -> Vec<CheckLine> {
    let line = |check: &CheckResult| CheckLine {
        name: words::check(&check.check),
        state: if check.passed {
            Pill::new(Tone::Ok, "Passed")
        } else {
            Pill::new(Tone::Bad, "Failed")
        },
    };
    evidence.checks.iter().map(line).collect()
}

/// "1 of 2, ends 14 Apr 2026", or that it is none of those that the connection has now.
fn certificate(evidence: &Evidence, connection: &IdpConnection) -> String {
    let Some(sha256) = &evidence.certificate else {
        let tried = |check: &CheckResult| check.check.ends_with("signature");
        let none = if evidence.checks.iter().any(tried) {
            "None that the connection had"
        } else {
            "Not looked for, because something else came first"
        };
        return none.to_owned();
    };
    let known = connection
        .idp
        .as_ref()
        .map_or(&[][..], |it| &it.certificates);
    let place = known.iter().position(|it| it.sha256 == *sha256);
    match place {
        Some(at) => {
            let until = When::from(known[at].not_after);
            format!("{} of {}, ends {}", at + 1, known.len(), until.day())
        }
        None => "One that the connection had then and has no longer".to_owned(),
    }
}
