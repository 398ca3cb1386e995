use jit_domain::{
    console::{Administrator, ApiToken, ApproverScope, ConsoleRole, Setup, Workspace},
    ids::{
        AdministratorId, ApiCollectionId, ApiTokenId, EndUserId, IdpConnectionId, SessionId,
        WorkspaceId,
    },
    sessions::{AuthnRequest, AuthnRequestId, Principal, SamlSession, Session, SessionState},
    tokens::SecretKind,
    values::Version,
};
use proptest::{collection::btree_set, option, prelude::*};

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
        option::of(id(EndUserId::new)),
        timestamp(),
    )
        .prop_map(
            move |(id, email, name, role, end_user, created_at)| Administrator {
                id,
                workspace,
                version: Version::FIRST,
                email,
                name,
                role,
                password_hash: "$plain-text-for-tests$correct horse battery".to_owned(),
                end_user,
                created_at,
            },
        )
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

/// An end user or an administrator.
pub fn principal() -> impl Strategy<Value = Principal> {
    prop_oneof![
        id(EndUserId::new).prop_map(Principal::EndUser),
        id(AdministratorId::new).prop_map(Principal::Administrator),
    ]
}

/// Any state.
pub fn session_state() -> impl Strategy<Value = SessionState> {
    let awaiting = (secret_hash(), "/[a-z]{0,20}").prop_map(|(browser, landing)| {
        SessionState::AwaitingBrowser {
            browser_sha256: browser.hex(),
            landing,
        }
    });
    prop_oneof![
        awaiting,
        Just(SessionState::Active),
        timestamp().prop_map(|at| SessionState::Ended { at }),
    ]
}

/// A session of anybody.
pub fn session(workspace: WorkspaceId) -> impl Strategy<Value = Session> {
    let saml = (
        id(IdpConnectionId::new),
        subject(),
        option::of("[0-9a-z]{1,8}"),
    );
    let saml = saml.prop_map(|(connection, subject, session_index)| SamlSession {
        connection,
        subject,
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

/// A login under way.
pub fn authn_request(workspace: WorkspaceId) -> impl Strategy<Value = AuthnRequest> {
    let moments = (timestamp(), timestamp());
    (
        id(AuthnRequestId::new),
        id(IdpConnectionId::new),
        secret_hash(),
        option::of("/[a-z]{0,20}"),
        moments,
    )
        .prop_map(
            move |(id, connection, browser, return_to, (created_at, expires_at))| AuthnRequest {
                id,
                workspace,
                version: Version::FIRST,
                connection,
                browser,
                return_to,
                created_at,
                expires_at,
            },
        )
}
