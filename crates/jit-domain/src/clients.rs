//! API clients and their credentials.

use serde::{Deserialize, Serialize};

use crate::{
    error::Rejection,
    ids::{ApiClientId, CredentialId, EndUserId, PolicyId, WorkspaceId},
    settings::AuthMethod,
    tokens::SecretHash,
    values::{Name, Timestamp, Version},
};

mod networks;

pub use networks::{IpNetwork, IpRules};

/// What calls APIs; belongs to one end user.
///
/// There is no way to change the authentication method of one that exists (R4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiClient {
    id: ApiClientId,
    workspace: WorkspaceId,
    owner: EndUserId,
    method: AuthMethod,
    origin: ClientOrigin,
    created_at: Timestamp,
    /// How often it was written.
    pub version: Version,
    /// What people call it.
    pub name: Name,
    /// At most one policy governs it.
    pub policy: Option<PolicyId>,
    /// Whether it may call at all.
    pub state: ClientState,
    credentials: Vec<Credential>,
}

/// How a client came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientOrigin {
    /// By the first login of its owner.
    Jit,
}

/// Whether a client may call at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientState {
    /// It may.
    Active,
    /// A `jwt` client whose owner has not uploaded a public key yet (R9).
    AwaitingKey,
    /// An administrator switched it off.
    Disabled,
}

impl ApiClient {
    /// The most credentials that a client has at one time.
    pub const MAX_CREDENTIALS: usize = 20;

    /// The client that a first login makes.
    pub fn new_jit(
        id: ApiClientId,
        workspace: WorkspaceId,
        owner: EndUserId,
        name: Name,
        method: AuthMethod,
        policy: Option<PolicyId>,
        created_at: Timestamp,
    ) -> Self {
        let state = match method {
            AuthMethod::Jwt => ClientState::AwaitingKey,
            _ => ClientState::Active,
        };
        let origin = ClientOrigin::Jit;
        let version = Version::FIRST;
        let credentials = Vec::new();
        Self {
            id,
            workspace,
            owner,
            method,
            origin,
            created_at,
            version,
            name,
            policy,
            state,
            credentials,
        }
    }

    /// Rebuilds a client that a store kept; for adapters.
    #[expect(clippy::too_many_arguments, reason = "a row has that many columns")]
    pub fn restore(
        id: ApiClientId,
        workspace: WorkspaceId,
        owner: EndUserId,
        method: AuthMethod,
        origin: ClientOrigin,
        created_at: Timestamp,
        version: Version,
        name: Name,
        policy: Option<PolicyId>,
        state: ClientState,
        credentials: Vec<Credential>,
    ) -> Self {
        Self {
            id,
            workspace,
            owner,
            method,
            origin,
            created_at,
            version,
            name,
            policy,
            state,
            credentials,
        }
    }

    /// Its id.
    pub fn id(&self) -> ApiClientId {
        self.id
    }

    /// The tenant that it belongs to.
    pub fn workspace(&self) -> WorkspaceId {
        self.workspace
    }

    /// Whose it is.
    pub fn owner(&self) -> EndUserId {
        self.owner
    }

    /// How it authenticates, for life (R4).
    pub fn method(&self) -> AuthMethod {
        self.method
    }

    /// How it came to be.
    pub fn origin(&self) -> ClientOrigin {
        self.origin
    }

    /// When it was made.
    pub fn created_at(&self) -> Timestamp {
        self.created_at
    }

    /// Its credentials, oldest first.
    pub fn credentials(&self) -> &[Credential] {
        &self.credentials
    }

    /// One of its credentials.
    pub fn find_credential(&self, id: CredentialId) -> Option<&Credential> {
        self.credentials
            .iter()
            .find(|credential| credential.id == id)
    }

    /// Adds a credential, and forgets those that have been unusable for the longest if there is no room.
    pub(crate) fn add_credential(
        &mut self,
        new: Credential,
        now: Timestamp,
    ) -> Result<(), Rejection> {
        if self.credentials.len() >= Self::MAX_CREDENTIALS {
            let Some(spent) = self.credentials.iter().position(|c| !c.is_usable(now)) else {
                return Err(Rejection::TooManyCredentials {
                    limit: Self::MAX_CREDENTIALS,
                });
            };
            self.credentials.remove(spent);
        }
        self.credentials.push(new);
        Ok(())
    }

    pub(crate) fn credential_mut(&mut self, id: CredentialId) -> Option<&mut Credential> {
        self.credentials
            .iter_mut()
            .find(|credential| credential.id == id)
    }
}

/// A named key of a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// Its id.
    pub id: CredentialId,
    /// What its owner calls it.
    pub name: Name,
    /// What the store keeps of the secret.
    pub hash: SecretHash,
    /// What people recognise the secret by.
    pub hint: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// From then on it does not authenticate: a chosen end, or the end of the overlap of a rotation.
    pub expires_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
    /// Where it may be used from.
    pub ip_rules: IpRules,
}

impl Credential {
    /// Whether it authenticates at that moment.
    pub fn is_usable(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| now < end)
    }
}
