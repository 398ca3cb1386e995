use axum::{extract::State, http::StatusCode, response::Response};
use jit_domain::{
    error::{Error, InvalidField, Rejection},
    settings::{AuthMethod, JitSettings, JitSettingsDraft},
};

use super::{
    super::{
        answer::{done, show_with},
        form::{FieldNames, Fields, on_form, stale},
        names::Names,
        words,
    },
    Chosen, Conflict, Errors, JitSettingsPage, SAVED, Summary,
    form::last_saved,
    page,
};
use crate::{
    pages::{
        failure, respond,
        view::Notice,
        visitor::{ByAdministrator, ConsoleVisitor},
    },
    wiring::App,
};

const NAMES: &FieldNames = &[
    ("method", "method", "Authentication method"),
    ("policy", "policy", "Policy"),
    ("groups", "groups", "End-user groups"),
];

/// Saves; or, when *Refresh* was pressed without JavaScript, shows the form anew with what it holds.
pub(super) async fn save(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
    fields: Fields,
) -> Response {
    if fields.text("refresh") == "policies" {
        let kept = page(&app, &visitor, Chosen::Typed(&fields)).await;
        let version = fields.version().into();
        return answer(
            &visitor,
            StatusCode::OK,
            kept.map(|page| JitSettingsPage { version, ..page }),
            "",
        );
    }
    let saved = match draft(&fields) {
        Ok(draft) => {
            app.portal
                .save_jit_settings(&visitor.caller, fields.expected(), &draft)
                .await
        }
        Err(mistake) => Err(mistake.into()),
    };
    match saved {
        Ok(_) if !visitor.context.wants_fragment => {
            done(&visitor, "/admin/settings/jit?done=saved")
        }
        Ok(_) => {
            let notice = Some(Notice::done("Saved.", SAVED));
            let fresh = page(&app, &visitor, Chosen::Stored).await;
            let fresh = fresh.map(|page| JitSettingsPage { notice, ..page });
            answer(&visitor, StatusCode::OK, fresh, "JIT user settings saved")
        }
        Err(error) => refused(&app, &visitor, &fields, &error).await,
    }
}

/// A method that is none of ours is as good as none.
fn draft(fields: &Fields) -> Result<JitSettingsDraft, InvalidField> {
    let policy = fields.some("policy").map(|text| {
        let wrong = |_| InvalidField::new("policy", "a policy that exists", text.clone());
        text.parse().map_err(wrong)
    });
    let groups = fields.all("groups").map(|text| {
        let wrong = |_| InvalidField::new("groups", "groups that exist", text);
        text.parse().map_err(wrong)
    });
    Ok(JitSettingsDraft {
        method: AuthMethod::from_code(fields.text("method")),
        policy: policy.transpose()?,
        groups: groups.collect::<Result<_, _>>()?,
    })
}

async fn refused(app: &App, visitor: &ConsoleVisitor, fields: &Fields, error: &Error) -> Response {
    let kept = page(app, visitor, Chosen::Typed(fields)).await;
    if stale(error).is_some() {
        let page = match kept {
            Ok(page) => with_conflict(app, visitor, page, fields).await,
            Err(error) => Err(error),
        };
        return answer(visitor, StatusCode::CONFLICT, page, "");
    }
    let Some((status, errors)) = on_form(error, NAMES) else {
        return failure::page(&visitor.context, error);
    };
    let page = kept.map(|page| JitSettingsPage {
        shell: page.shell.with_error(),
        errors: merged(page.errors, error, errors),
        version: fields.version().into(),
        ..page
    });
    answer(visitor, status, page, "")
}

/// In the words that people choose by, where the domain's are those of a program.
fn merged(found: Errors, error: &Error, refused: Errors) -> Errors {
    let mut errors = Errors::default();
    if let Error::Rejected(Rejection::Invalid(fields)) = error
        && fields.iter().any(|field| field.field == "auth_method")
    {
        errors.push("method", "Select an authentication method");
    }
    for mistake in found.0.into_iter().chain(refused.0) {
        if mistake.field != "main" && errors.of(&mistake.field).is_empty() {
            errors.0.push(mistake);
        }
    }
    errors
}

/// R6 for people: both versions side by side, and the form holds theirs who pressed last.
async fn with_conflict(
    app: &App,
    visitor: &ConsoleVisitor,
    page: JitSettingsPage,
    fields: &Fields,
) -> Result<JitSettingsPage, Error> {
    let stored = app
        .portal
        .find_jit_settings(&visitor.caller)
        .await?
        .settings;
    let saved = last_saved(app, stored.as_ref()).await?.unwrap_or_default();
    let mut names = Names::of(app);
    let conflict = Conflict {
        saved,
        version: page.version,
        theirs: theirs(&mut names, stored.as_ref()).await?,
        mine: mine(&page, fields),
    };
    Ok(JitSettingsPage {
        shell: page.shell.with_error(),
        conflict: Some(conflict),
        ..page
    })
}

async fn theirs(names: &mut Names<'_>, stored: Option<&JitSettings>) -> Result<Summary, Error> {
    let Some(stored) = stored else {
        return Ok(Summary::default());
    };
    let mut groups = Vec::new();
    for group in &stored.groups {
        groups.push(names.name(&group.to_string()).await?);
    }
    Ok(Summary {
        method: words::method(stored.method).to_owned(),
        policy: match stored.policy {
            Some(policy) => names.name(&policy.to_string()).await?,
            None => words::NO_POLICY.to_owned(),
        },
        groups: listed(groups),
    })
}

fn mine(page: &JitSettingsPage, fields: &Fields) -> Summary {
    let method = AuthMethod::from_code(fields.text("method"));
    let policy = page.policies.iter().find(|entry| entry.chosen);
    let groups = page.groups.iter().filter(|entry| entry.chosen);
    Summary {
        method: method.map_or("None", words::method).to_owned(),
        policy: policy.map_or_else(|| words::NO_POLICY.to_owned(), |entry| entry.label.clone()),
        groups: listed(groups.map(|entry| entry.label.clone()).collect()),
    }
}

fn listed(mut names: Vec<String>) -> String {
    names.sort();
    if names.is_empty() {
        "None".to_owned()
    } else {
        names.join(", ")
    }
}

/// The whole page, or its form alone when htmx asked.
fn answer(
    visitor: &ConsoleVisitor,
    status: StatusCode,
    page: Result<JitSettingsPage, Error>,
    announce: &str,
) -> Response {
    match page {
        Ok(page) if visitor.context.wants_fragment => {
            respond::fragment(status, &page.as_settings(), announce)
        }
        page => show_with(&visitor.context, status, page),
    }
}
