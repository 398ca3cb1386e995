use crate::{
    audit::Actor,
    change::Change,
    connections::{ConnectionState, IdpConnection, IdpDescription},
    console::Origin,
    error::{Error, Rejection},
    ids::{IdpConnectionId, WorkspaceId},
    sessions::{AuthnRequest, AuthnRequestId, LoginPurpose, own_path},
    tokens::{Secret, SecretKind},
    values::{Slug, Version},
};

use super::{Acting, ConnectionEditor, Decided, Portal};

/// A login that has begun: what the provider is asked, and what the browser has to keep.
#[derive(Debug)]
pub struct BegunSignIn {
    /// The provider to go to.
    pub connection: IdpConnection,
    /// What it says of itself.
    pub idp: IdpDescription,
    /// The request; its id is sent along.
    pub request: AuthnRequest,
    /// The value of a cookie that shows later that this browser began the login.
    pub browser: Secret,
}

/// What somebody signs in to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoginTarget {
    /// The portal, as an end user.
    Portal,
    /// The console.
    Console,
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

    /// The id of a message to a provider: 128 unpredictable bits (SAML core 1.3.4).
    pub fn new_message_id(&self) -> AuthnRequestId {
        let random: [u8; 20] = self.ports.random.secret();
        AuthnRequestId::new(uuid::Uuid::from_bytes(std::array::from_fn(|i| random[i])))
    }

    /// How long a person may take at the provider.
    const LOGIN_MINUTES: i64 = 15;

    /// Begins a login at a provider. A link that is no path of this portal is dropped (R16).
    ///
    /// Nothing is begun before the JIT user settings are saved (R3), except to get into the console.
    pub async fn begin_sign_in(
        &self,
        workspace: WorkspaceId,
        connection: &Slug,
        target: LoginTarget,
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
        let purpose = match target {
            LoginTarget::Portal => LoginPurpose::Portal,
            LoginTarget::Console => LoginPurpose::Console,
        };
        if target == LoginTarget::Portal && store.find_jit_settings(workspace).await?.is_none() {
            return Err(Rejection::SettingsNotConfigured.into());
        }
        self.begin(connection, purpose, return_to).await
    }

    /// Begins a login that shows what the provider sends and makes nothing. The connection need not be in use.
    pub async fn begin_test_sign_in(
        &self,
        editor: &ConnectionEditor,
        connection: IdpConnectionId,
    ) -> Result<BegunSignIn, Error> {
        let connection = self.find_connection_to_set_up(editor, connection).await?;
        self.begin(connection, LoginPurpose::Test, None).await
    }

    async fn begin(
        &self,
        connection: IdpConnection,
        purpose: LoginPurpose,
        return_to: Option<&str>,
    ) -> Result<BegunSignIn, Error> {
        let idp = connection
            .idp
            .clone()
            .ok_or(Rejection::ConnectionInactive)?;
        let (workspace, now) = (connection.workspace, self.now());
        let browser = self.secret(SecretKind::Browser);
        let request = AuthnRequest {
            id: self.new_message_id(),
            workspace,
            version: Version::FIRST,
            connection: connection.id,
            purpose,
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
        let decided = Decided {
            result: (),
            changes: vec![Change::put(request.clone())],
            events: vec![],
        };
        self.commit(&acting, decided).await?;
        Ok(BegunSignIn {
            connection,
            idp,
            request,
            browser,
        })
    }
}
