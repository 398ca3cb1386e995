use axum::{extract::State, http::StatusCode, response::Response};
use jit_domain::{
    assertion::Assertion,
    error::{Error, InvalidField},
    portal::{Preview as Foretold, PreviewOutcome, SignInOutcome},
    values::Slug,
};

use super::{
    super::{
        answer::show_with,
        form::{FieldNames, Fields, on_form},
        names::Names,
        words,
    },
    Chosen, Errors, JitSettingsPage, Outcome, Preview, page,
};
use crate::{
    pages::{
        failure, respond,
        visitor::{ByAdministrator, ConsoleVisitor},
    },
    wiring::App,
};

const NAMES: &FieldNames = &[
    ("assertion", "assertion", "Example assertion"),
    ("connection", "assertion", "Connection"),
];

/// R10: the same decision as the real one, without doing it.
pub(super) async fn preview(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
    fields: Fields,
) -> Response {
    let (status, errors, outcome) = match foretell(&app, &visitor, &fields).await {
        Ok(outcome) => (StatusCode::OK, Errors::default(), Some(outcome)),
        Err(error) => match on_form(&error, NAMES) {
            Some((status, errors)) => (status, errors, None),
            None => return failure::page(&visitor.context, &error),
        },
    };
    let page = page(&app, &visitor, Chosen::Stored).await.map(|mut page| {
        page.preview = Preview {
            assertion: fields.text("assertion").to_owned(),
            connections: page.preview.connections,
            errors,
            outcome,
        };
        for entry in &mut page.preview.connections {
            entry.chosen = entry.value == fields.text("connection");
        }
        page
    });
    match page {
        Ok(page) if visitor.context.wants_fragment => {
            respond::page_with(status, &JitSettingsPage::as_preview(&page))
        }
        page => show_with(&visitor.context, status, page),
    }
}

async fn foretell(app: &App, visitor: &ConsoleVisitor, fields: &Fields) -> Result<Outcome, Error> {
    let example = app.verifier.read_example(fields.text("assertion").trim());
    let example = example.map_err(|it| InvalidField::new("assertion", it.expected, it.found))?;
    let connection = connection(app, visitor, fields).await?;
    let foretold = app
        .portal
        .preview_sign_in(&visitor.caller, &connection, example)
        .await?;
    outcome(app, foretold).await
}

/// The one that was chosen, or the only one.
async fn connection(app: &App, visitor: &ConsoleVisitor, fields: &Fields) -> Result<Slug, Error> {
    let all = app.portal.list_connections(&visitor.caller).await?;
    let chosen = match fields.some("connection") {
        Some(slug) => all.into_iter().find(|it| it.slug.as_str() == slug),
        None => all.into_iter().next(),
    };
    let missing = || {
        InvalidField::new(
            "connection",
            "an SSO connection that exists",
            fields.text("connection"),
        )
    };
    Ok(chosen.ok_or_else(missing)?.slug)
}

async fn outcome(app: &App, Foretold { outcome, assertion }: Foretold) -> Result<Outcome, Error> {
    let mut facts = vec![("NameID".to_owned(), assertion.name_id.clone())];
    let (title, why) = match outcome {
        PreviewOutcome::Refused(rejection) => {
            facts.extend(attributes(&assertion));
            let why = failure::sentence(&rejection.to_string());
            let title = "The sign-in would be refused".to_owned();
            return Ok(Outcome {
                would_succeed: false,
                title,
                why,
                facts,
            });
        }
        PreviewOutcome::Accepted {
            outcome,
            display_name,
            email,
            groups,
            method,
            policy,
            ..
        } => {
            let mut names = Vec::new();
            let mut known = Names::of(app);
            for group in groups {
                names.push(known.name(&group.to_string()).await?);
            }
            let policy = policy
                .as_ref()
                .map_or_else(|| words::NO_POLICY.to_owned(), words::policy);
            let email = email.map_or_else(|| "None".to_owned(), |email| email.to_string());
            for (name, value) in [
                ("Name", display_name.to_string()),
                ("E-mail", email),
                (
                    "Groups",
                    if names.is_empty() {
                        "None".to_owned()
                    } else {
                        names.join(", ")
                    },
                ),
                ("Authentication method", words::method(method).to_owned()),
                ("Policy", policy),
            ] {
                facts.push((name.to_owned(), value));
            }
            told(outcome)
        }
    };
    facts.extend(attributes(&assertion));
    Ok(Outcome {
        would_succeed: true,
        title: title.to_owned(),
        why: why.to_owned(),
        facts,
    })
}

fn told(outcome: SignInOutcome) -> (&'static str, &'static str) {
    match outcome {
        SignInOutcome::Created => (
            "A new end user and API client would be created",
            "Nobody with this NameID is known from this identity provider.",
        ),
        SignInOutcome::Linked => (
            "The person would be linked to an end user who is known",
            "The e-mail address belongs to one end user, its domain is enforced, and linking is on.",
        ),
        SignInOutcome::Known => (
            "The person would sign in as before",
            "This NameID is known. Name, e-mail address and synced groups would be refreshed.",
        ),
    }
}

/// What was read, by its own names.
fn attributes(assertion: &Assertion) -> impl Iterator<Item = (String, String)> {
    let pair = |(name, values): (&String, &Vec<String>)| (name.clone(), values.join(", "));
    assertion.attributes.iter().map(pair)
}
