use jit_domain::clients::{self, ClientOrigin, ClientState};
use serde::Serialize;
use utoipa::ToSchema;

use super::{credentials::Credential, moment::Moment, settings::AuthMethod};

/// What calls APIs; belongs to one end user.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Client {
    id: String,
    name: String,
    owner: String,
    /// Fixed for life.
    auth_method: AuthMethod,
    policy: Option<String>,
    state: State,
    origin: Origin,
    credentials: Vec<Credential>,
    created_at: Moment,
    version: u32,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ClientState)]
pub(crate) enum State {
    Active,
    AwaitingKey,
    Disabled,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ClientOrigin)]
pub(crate) enum Origin {
    Jit,
}

impl From<clients::ApiClient> for Client {
    fn from(client: clients::ApiClient) -> Self {
        Self {
            id: client.id().to_string(),
            name: client.name.to_string(),
            owner: client.owner().to_string(),
            auth_method: client.method().into(),
            policy: client.policy.map(|id| id.to_string()),
            state: match client.state {
                ClientState::Active => State::Active,
                ClientState::AwaitingKey => State::AwaitingKey,
                ClientState::Disabled => State::Disabled,
            },
            origin: match client.origin() {
                ClientOrigin::Jit => Origin::Jit,
            },
            credentials: client
                .credentials()
                .iter()
                .cloned()
                .map(Into::into)
                .collect(),
            created_at: Moment(client.created_at()),
            version: client.version.0,
        }
    }
}
