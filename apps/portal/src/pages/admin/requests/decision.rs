use axum::{extract::State, http::StatusCode, response::Response};
use chrono::{Days, NaiveDate, NaiveTime};
use jit_domain::{
    error::{Error, InvalidField, Rejection},
    ids::{AccessRequestId, GrantId},
    portal::Approval,
    values::Timestamp,
};

use super::{RequestPage, detail};
use crate::{
    pages::{
        admin::{
            answer::{done, show_with},
            clients,
            form::{FieldNames, Fields, Id, on_form},
            names::Names,
        },
        failure,
        view::{Notice, Tone, When},
        visitor::ConsoleVisitor,
    },
    wiring::App,
};

const APPROVAL: &FieldNames = &[
    ("approve", "approve", "Approve"),
    ("expires_at", "ends_on", "Last day of access"),
    ("note", "approve_note", "Note to the requester"),
];
const REJECTION: &FieldNames = &[
    ("reject", "reject", "Reject"),
    ("note", "reject_note", "The note"),
];
const REVOCATION: &FieldNames = &[
    ("grant", "grant", "Access"),
    ("reason", "revoke_reason", "The reason"),
];

pub(super) async fn approve(
    State(app): State<App>,
    visitor: ConsoleVisitor,
    Id(id): Id<AccessRequestId>,
    fields: Fields,
) -> Response {
    let decided = match end_of(fields.text("ends_on")) {
        Ok(expires_at) => {
            let approval = Approval {
                note: fields.some("approve_note"),
                expires_at,
            };
            app.portal
                .approve(&visitor.caller, id, &approval)
                .await
                .map(drop)
        }
        Err(mistake) => Err(mistake.into()),
    };
    answer(
        &app,
        &visitor,
        id,
        decided,
        &Form {
            done: "approved",
            names: APPROVAL,
            fields,
        },
    )
    .await
}

pub(super) async fn reject(
    State(app): State<App>,
    visitor: ConsoleVisitor,
    Id(id): Id<AccessRequestId>,
    fields: Fields,
) -> Response {
    let decided = app
        .portal
        .reject(&visitor.caller, id, fields.text("reject_note"))
        .await;
    answer(
        &app,
        &visitor,
        id,
        decided,
        &Form {
            done: "rejected",
            names: REJECTION,
            fields,
        },
    )
    .await
}

/// From the page of the request, or from the page of the client that says so.
pub(super) async fn revoke(
    State(app): State<App>,
    visitor: ConsoleVisitor,
    Id(id): Id<GrantId>,
    fields: Fields,
) -> Response {
    let grant = match app.portal.store().find_grant(app.workspace, id).await {
        Ok(Some(grant)) => grant,
        Ok(None) => {
            return failure::page(
                &visitor.context,
                &Rejection::NotFound { what: "grant" }.into(),
            );
        }
        Err(error) => return failure::page(&visitor.context, &error.into()),
    };
    let revoked = app
        .portal
        .revoke_grant(&visitor.caller, id, fields.text("revoke_reason"))
        .await;
    if fields.text("from") == "client" {
        return clients::after_revocation(&app, &visitor, &grant, revoked).await;
    }
    let form = Form {
        done: "revoked",
        names: REVOCATION,
        fields,
    };
    answer(&app, &visitor, grant.request, revoked, &form).await
}

struct Form {
    done: &'static str,
    names: &'static FieldNames,
    fields: Fields,
}

/// Back to the request: with the result, with the mistakes, or with who was faster.
async fn answer(
    app: &App,
    visitor: &ConsoleVisitor,
    id: AccessRequestId,
    decided: Result<(), Error>,
    form: &Form,
) -> Response {
    let Err(error) = decided else {
        return done(visitor, &format!("/admin/requests/{id}?done={}", form.done));
    };
    let page = detail::page(app, visitor, id).await;
    let typed = |page: RequestPage| RequestPage {
        ends_on: form.fields.text("ends_on").to_owned(),
        approve_note: form.fields.text("approve_note").to_owned(),
        reject_note: form.fields.text("reject_note").to_owned(),
        ..page
    };
    let status = StatusCode::CONFLICT;
    match (&error, on_form(&error, form.names)) {
        (Error::Rejected(rejection @ Rejection::AlreadyDecided { .. }), _) => {
            let notice = match faster(app, rejection).await {
                Ok(notice) => Some(notice),
                Err(error) => return failure::page(&visitor.context, &error),
            };
            show_with(
                &visitor.context,
                status,
                page.map(|page| RequestPage { notice, ..page }),
            )
        }
        (_, Some((status, errors))) => {
            let page = page.map(typed).map(|page| RequestPage {
                shell: page.shell.with_error(),
                errors,
                ..page
            });
            show_with(&visitor.context, status, page)
        }
        (error, None) => failure::page(&visitor.context, error),
    }
}

/// R21: the loser learns who was first.
async fn faster(app: &App, rejection: &Rejection) -> Result<Notice, Error> {
    let mut text = failure::sentence(&rejection.to_string());
    if let Rejection::AlreadyDecided { by, at, .. } = rejection {
        let by = match by {
            Some(by) => format!(" by {}", Names::of(app).decider(*by).await?),
            None => String::new(),
        };
        let at = at.map_or_else(String::new, |at| format!(", {}", When::from(at).text));
        text = format!("{}{by}{at}.", text.trim_end_matches('.'));
    }
    Ok(Notice {
        tone: Tone::Warn,
        title: "Somebody was faster.".to_owned(),
        text: format!("{text} Your decision was not recorded."),
        link: None,
    })
}

/// Access lasts to the end of that day, in UTC.
fn end_of(day: &str) -> Result<Option<Timestamp>, InvalidField> {
    let day = day.trim();
    if day.is_empty() {
        return Ok(None);
    }
    let wrong = || InvalidField::new("expires_at", "a day such as 2026-12-31", day);
    let date = NaiveDate::parse_from_str(day, "%Y-%m-%d").map_err(|_| wrong())?;
    let next = date.checked_add_days(Days::new(1)).ok_or_else(wrong)?;
    Ok(Some(next.and_time(NaiveTime::MIN).and_utc()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_counts_in_full() {
        let end = end_of("2026-12-31").unwrap().unwrap();
        assert_eq!(end.to_rfc3339(), "2027-01-01T00:00:00+00:00");
        assert_eq!(end_of(" "), Ok(None));
        for text in [
            "31.12.2026",
            "2026-02-30",
            "never",
            "99999999-01-01",
            "262142-12-31",
        ] {
            assert!(end_of(text).is_err(), "{text}");
        }
    }
}
