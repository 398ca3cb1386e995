use std::collections::BTreeMap;

use jit_domain::audit;
use serde::Serialize;
use utoipa::ToSchema;

use super::{actor::Actor, moment::Moment};

/// One line of the audit log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AuditEvent {
    id: String,
    at: Moment,
    actor: Actor,
    /// Such as `access_request.approved`.
    action: String,
    /// The id of what it was done to.
    target: String,
    version_before: Option<u32>,
    version_after: Option<u32>,
    details: BTreeMap<String, String>,
    ip: Option<String>,
    request_id: Option<String>,
}

impl From<audit::AuditEvent> for AuditEvent {
    fn from(line: audit::AuditEvent) -> Self {
        Self {
            id: line.id.to_string(),
            at: Moment(line.at),
            actor: line.actor.into(),
            action: line.event.action.to_owned(),
            target: line.event.target,
            version_before: line.event.before.map(|version| version.0),
            version_after: line.event.after.map(|version| version.0),
            details: line.event.details,
            ip: line.origin.ip.map(|ip| ip.to_string()),
            request_id: line.origin.request_id,
        }
    }
}
