use crate::{
    audit::Actor,
    change::Change,
    connections::{ConnectionState, IdpConnection},
    console::Origin,
    error::{Error, Rejection},
    ids::WorkspaceId,
    sessions::{AuthnRequest, AuthnRequestId, own_path},
    tokens::{Secret, SecretKind},
    values::{Slug, Version},
};

use super::{Acting, Decided, Portal};

/// A login that has begun: what the provider is asked, and what the browser has to keep.
#[derive(Debug)]
pub struct BegunSignIn {
    /// The provider to go to.
    pub connection: IdpConnection,
    /// The request; its id is sent along.
    pub request: AuthnRequest,
    /// The value of a cookie that shows later that this browser began the login.
    pub browser: Secret,
}

/// What the sign-in page offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInOptions {
    /// Whether the JIT user settings were saved; nobody signs in before (R3).
    pub is_ready: bool,
    /// The connections that are switched on, by name.
    pub connections: Vec<IdpConnection>,
}

impl Portal {
    /// What the sign-in page offers to somebody who is not known yet.
    pub async fn list_sign_in_options(
        &self,
        workspace: WorkspaceId,
    ) -> Result<SignInOptions, Error> {
        let store = &self.ports.store;
        let mut connections = store.list_connections(workspace).await?;
        connections.retain(|connection| connection.state == ConnectionState::Active);
        let is_ready = store.find_jit_settings(workspace).await?.is_some();
        Ok(SignInOptions {
            is_ready,
            connections,
        })
    }

    /// How long a person may take at the provider.
    const LOGIN_MINUTES: i64 = 15;

    /// Begins a login at a provider. A link that is no path of this portal is dropped (R16).
    ///
    /// Nothing is begun before the JIT user settings are saved (R3).
    pub async fn begin_sign_in(
        &self,
        workspace: WorkspaceId,
        connection: &Slug,
        return_to: Option<&str>,
    ) -> Result<BegunSignIn, Error> {
        let store = &self.ports.store;
        let connection = store
            .find_connection_by_slug(workspace, connection)
            .await?
            .ok_or(Rejection::NotFound {
                what: "identity provider",
            })?;
        if connection.state != ConnectionState::Active {
            return Err(Rejection::ConnectionInactive.into());
        }
        if store.find_jit_settings(workspace).await?.is_none() {
            return Err(Rejection::SettingsNotConfigured.into());
        }
        let now = self.now();
        let browser = self.secret(SecretKind::Browser);
        let random: [u8; 20] = self.ports.random.secret();
        let request = AuthnRequest {
            id: AuthnRequestId::new(uuid::Uuid::from_bytes(std::array::from_fn(|i| random[i]))),
            workspace,
            version: Version::FIRST,
            connection: connection.id,
            browser: browser.hash(),
            return_to: return_to.and_then(own_path),
            created_at: now,
            expires_at: now + chrono::Duration::minutes(Self::LOGIN_MINUTES),
        };
        let origin = Origin::default();
        let acting = Acting {
            workspace,
            actor: Actor::System,
            origin: &origin,
            now,
        };
        let changes = vec![Change::put(request.clone())];
        self.commit(
            &acting,
            Decided {
                result: (),
                changes,
                events: vec![],
            },
        )
        .await?;
        Ok(BegunSignIn {
            connection,
            request,
            browser,
        })
    }
}
