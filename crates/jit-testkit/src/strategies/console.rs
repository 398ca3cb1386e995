use jit_domain::{
    console::{
        Administrator, ApiToken, ApproverScope, ConsoleRole, ConsoleSignIn, Setup, Workspace,
    },
    ids::{
        AdministratorId, ApiCollectionId, ApiTokenId, EndUserId, IdpConnectionId, SessionId,
        SetupLinkId, WorkspaceId,
    },
    sessions::{
        AuthnRequest, AuthnRequestId, LoginPurpose, NameId, Principal, SamlSession, Session,
        SessionState,
    },
    tokens::SecretKind,
    values::Version,
};
use proptest::{collection::btree_set, option, prelude::*, sample::select};

use super::{
    people::subject,
    values::{email, id, name, optional_timestamp, secret, secret_hash, slug, timestamp},
};

/// Any role.
pub fn console_role() -> impl Strategy<Value = ConsoleRole> {
    let some = btree_set(id(ApiCollectionId::new), 0..3).prop_map(ApproverScope::Collections);
    prop_oneof![
        Just(ConsoleRole::Administrator),
        Just(ConsoleRole::Approver(ApproverScope::All)),
        some.prop_map(ConsoleRole::Approver),
        Just(ConsoleRole::Auditor),
    ]
}

/// Any stage of the setup.
pub fn setup() -> impl Strategy<Value = Setup> {
    let invited = (secret_hash(), timestamp()).prop_map(|(code, expires_at)| Setup::Invited {
        code_sha256: code.hex(),
        expires_at,
    });
    prop_oneof![Just(Setup::Waiting), invited, Just(Setup::Done)]
}

/// A workspace with that id.
pub fn workspace(id: WorkspaceId) -> impl Strategy<Value = Workspace> {
    (slug(), setup()).prop_map(move |(slug, setup)| Workspace {
        id,
        version: Version::FIRST,
        slug,
        setup,
    })
}

/// Somebody of the console.
pub fn administrator(workspace: WorkspaceId) -> impl Strategy<Value = Administrator> {
    (
        id(AdministratorId::new),
        email(),
        name(),
        console_role(),
        console_sign_in(),
        option::of(id(EndUserId::new)),
        timestamp(),
    )
        .prop_map(
            move |(id, email, name, role, sign_in, end_user, created_at)| Administrator {
                id,
                workspace,
                version: Version::FIRST,
                email,
                name,
                role,
                sign_in,
                end_user,
                created_at,
            },
        )
}

/// With a password or through a provider.
pub fn console_sign_in() -> impl Strategy<Value = ConsoleSignIn> {
    let hash = "$plain-text-for-tests$correct horse battery".to_owned();
    let sso = (id(IdpConnectionId::new), subject());
    prop_oneof![
        Just(ConsoleSignIn::Password { hash }),
        sso.prop_map(|(connection, subject)| ConsoleSignIn::Sso {
            connection,
            subject,
        }),
    ]
}

/// A token for scripts, ended or not.
pub fn api_token(workspace: WorkspaceId) -> impl Strategy<Value = ApiToken> {
    let moments = (timestamp(), optional_timestamp(), optional_timestamp());
    let token = secret(SecretKind::ApiToken);
    (id(ApiTokenId::new), name(), console_role(), token, moments).prop_map(
        move |(id, name, role, secret, (created_at, expires_at, revoked_at))| ApiToken {
            id,
            workspace,
            version: Version::FIRST,
            name,
            role,
            hash: secret.hash(),
            hint: secret.hint(),
            created_at,
            expires_at,
            revoked_at,
        },
    )
}

/// An end user, an administrator, or somebody from outside.
pub fn principal() -> impl Strategy<Value = Principal> {
    prop_oneof![
        id(EndUserId::new).prop_map(Principal::EndUser),
        id(AdministratorId::new).prop_map(Principal::Administrator),
        id(SetupLinkId::new).prop_map(Principal::SetupContact),
    ]
}

/// Any state.
pub fn session_state() -> impl Strategy<Value = SessionState> {
    let browser = option::of(secret_hash());
    let awaiting =
        (browser, "/[a-z]{0,20}").prop_map(|(browser, landing)| SessionState::AwaitingBrowser {
            browser_sha256: browser.map(|it| it.hex()),
            landing,
        });
    prop_oneof![
        awaiting,
        Just(SessionState::Active),
        timestamp().prop_map(|at| SessionState::Ended { at }),
    ]
}

/// A session of anybody.
pub fn session(workspace: WorkspaceId) -> impl Strategy<Value = Session> {
    let name_id = ("\\PC{1,20}", option::of("[a-z:]{1,20}"));
    let name_id = name_id.prop_map(|(value, format)| NameId { value, format });
    let saml = (
        id(IdpConnectionId::new),
        name_id,
        option::of("[0-9a-z]{1,8}"),
    );
    let saml = saml.prop_map(|(connection, name_id, session_index)| SamlSession {
        connection,
        name_id,
        session_index,
    });
    (
        id(SessionId::new),
        secret_hash(),
        principal(),
        session_state(),
        option::of(saml),
        (timestamp(), timestamp()),
    )
        .prop_map(
            move |(id, hash, principal, state, saml, (created_at, expires_at))| Session {
                id,
                workspace,
                version: Version::FIRST,
                hash,
                principal,
                state,
                saml,
                created_at,
                expires_at,
            },
        )
}

/// Any purpose.
pub fn login_purpose() -> impl Strategy<Value = LoginPurpose> {
    use LoginPurpose::{Console, Portal, Test};
    select(&[Portal, Console, Test][..])
}

/// A login under way.
pub fn authn_request(workspace: WorkspaceId) -> impl Strategy<Value = AuthnRequest> {
    let moments = (timestamp(), timestamp());
    (
        id(AuthnRequestId::new),
        id(IdpConnectionId::new),
        login_purpose(),
        secret_hash(),
        option::of("/[a-z]{0,20}"),
        moments,
    )
        .prop_map(
            move |(id, connection, purpose, browser, return_to, (created_at, expires_at))| {
                AuthnRequest {
                    id,
                    workspace,
                    version: Version::FIRST,
                    connection,
                    purpose,
                    browser,
                    return_to,
                    created_at,
                    expires_at,
                }
            },
        )
}
