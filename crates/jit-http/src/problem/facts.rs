//! What a person needs to know beside the reason, for each rejection.

use axum::http::header;
use jit_domain::error::{InvalidField, Rejection};
use serde_json::json;

use super::{FieldProblem, Problem, status_of};
use crate::dto::{actor::Actor, moment::Moment};

impl From<Rejection> for Problem {
    fn from(rejection: Rejection) -> Self {
        let problem = Self::new(
            status_of(rejection.kind()),
            rejection.code(),
            rejection.to_string(),
        );
        match rejection {
            Rejection::Invalid(fields) => {
                let errors: Vec<FieldProblem> = fields.into_iter().map(Into::into).collect();
                problem.with_errors(&errors)
            }
            Rejection::NotFound { what } | Rejection::AlreadyEnded { what } => {
                problem.with("what", what)
            }
            Rejection::RoleMissing { needed } => problem.with("needed", needed),
            Rejection::AuthMethodLocked {
                method,
                since,
                clients,
            } => problem
                .with("auth_method", method.code())
                .with("since", json!(Moment(since)))
                .with("clients", clients),
            Rejection::AuthMethodUnavailable { method }
            | Rejection::MethodHasNoSecret { method } => problem.with("auth_method", method.code()),
            Rejection::Stale { current } => problem
                .with("current", current.0)
                .with_header(header::ETAG, &format!("\"{current}\"")),
            Rejection::AlreadyExists { what, name } => {
                problem.with("what", what).with("name", name)
            }
            Rejection::InUse { by } => {
                let by: Vec<_> = by
                    .iter()
                    .map(|reference| json!({"by": reference.by, "count": reference.count}))
                    .collect();
                problem.with("by", by)
            }
            Rejection::AlreadyPending { request } => problem.with("request", request.to_string()),
            Rejection::AlreadyGranted { grant } => problem.with("grant", grant.to_string()),
            // Not `status`: that member is the HTTP status (RFC 9457 section 3.1.3).
            Rejection::AlreadyDecided { status, by, at } => problem
                .with("request_status", status.code())
                .with("by", json!(by.map(Actor::from)))
                .with("at", json!(at.map(Moment))),
            Rejection::TooManyCredentials { limit } => problem.with("limit", limit),
            _ => problem,
        }
    }
}

impl From<InvalidField> for Problem {
    fn from(field: InvalidField) -> Self {
        Rejection::from(field).into()
    }
}
