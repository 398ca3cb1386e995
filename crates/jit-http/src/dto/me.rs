use jit_domain::{
    access::Decider,
    clients::ApiClient,
    console::{ConsoleCaller, ConsoleRole},
    portal::EndUserCaller,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who calls.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Me {
    kind: Kind,
    id: String,
    /// What the caller may do in the console; null for end users.
    role: Option<Role>,
    /// The collections that an approver is limited to; null if there is no limit.
    collections: Option<Vec<String>>,
    /// The end user's client; null in the console.
    client_id: Option<String>,
    workspace: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = CallerKind)]
pub(crate) enum Kind {
    EndUser,
    Administrator,
    ApiToken,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ConsoleRole)]
pub(crate) enum Role {
    Administrator,
    Approver,
    Auditor,
}

impl Role {
    pub(crate) fn of(role: &ConsoleRole) -> Self {
        match role {
            ConsoleRole::Administrator => Self::Administrator,
            ConsoleRole::Approver(_) => Self::Approver,
            ConsoleRole::Auditor => Self::Auditor,
        }
    }
}

impl Me {
    pub(crate) fn end_user(caller: &EndUserCaller, client: &ApiClient) -> Self {
        Self {
            kind: Kind::EndUser,
            id: caller.end_user.to_string(),
            role: None,
            collections: None,
            client_id: Some(client.id().to_string()),
            workspace: caller.workspace.to_string(),
        }
    }

    pub(crate) fn console(caller: ConsoleCaller) -> Self {
        let (kind, id) = match caller.identity {
            Decider::Administrator(id) => (Kind::Administrator, id.to_string()),
            Decider::ApiToken(id) => (Kind::ApiToken, id.to_string()),
        };
        let collections = caller
            .visible_collections()
            .map(|named| named.iter().map(ToString::to_string).collect());
        Self {
            kind,
            id,
            role: Some(Role::of(&caller.role)),
            collections,
            client_id: None,
            workspace: caller.workspace.to_string(),
        }
    }
}
