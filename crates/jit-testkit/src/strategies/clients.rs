use std::net::IpAddr;

use jit_domain::{
    clients::{ApiClient, ClientOrigin, ClientState, Credential, IpNetwork, IpRules},
    ids::{ApiClientId, CredentialId, EndUserId, PolicyId, WorkspaceId},
    settings::AuthMethod,
    tokens::SecretKind,
    values::Version,
};
use proptest::{collection::vec, option, prelude::*, sample::select};

use super::values::{id, name, optional_timestamp, secret, timestamp};
use crate::fixtures::ClientParts;

/// Any method, those that this release does not check too.
pub fn auth_method() -> impl Strategy<Value = AuthMethod> {
    select(&AuthMethod::ALL[..])
}

/// Any state.
pub fn client_state() -> impl Strategy<Value = ClientState> {
    const STATES: &[ClientState] = &[
        ClientState::Active,
        ClientState::AwaitingKey,
        ClientState::Disabled,
    ];
    select(STATES)
}

/// A network of either family, of any size.
pub fn ip_network() -> impl Strategy<Value = IpNetwork> {
    let text = |(ip, prefix): (IpAddr, u8)| {
        let bits = if ip.is_ipv4() { 32 } else { 128 };
        format!("{ip}/{}", prefix % (bits + 1))
    };
    let network = (any::<IpAddr>(), any::<u8>()).prop_map(text);
    network.prop_filter_map("a network", |text| IpNetwork::parse("network", &text).ok())
}

/// Short lists of networks.
pub fn ip_rules() -> impl Strategy<Value = IpRules> {
    let networks = || vec(ip_network(), 0..3);
    (networks(), networks()).prop_map(|(allow, deny)| IpRules { allow, deny })
}

/// A credential, ended or not.
pub fn credential() -> impl Strategy<Value = Credential> {
    (
        id(CredentialId::new),
        name(),
        secret(SecretKind::AuthToken),
        timestamp(),
        optional_timestamp(),
        optional_timestamp(),
        ip_rules(),
    )
        .prop_map(
            |(id, name, secret, created_at, expires_at, revoked_at, ip_rules)| Credential {
                id,
                name,
                hash: secret.hash(),
                hint: secret.hint(),
                created_at,
                expires_at,
                revoked_at,
                ip_rules,
            },
        )
}

/// The JIT client of a person.
pub fn api_client(workspace: WorkspaceId, owner: EndUserId) -> impl Strategy<Value = ApiClient> {
    (
        id(ApiClientId::new),
        auth_method(),
        timestamp(),
        name(),
        option::of(id(PolicyId::new)),
        client_state(),
        vec(credential(), 0..4),
    )
        .prop_map(
            move |(id, method, created_at, name, policy, state, credentials)| {
                let parts = ClientParts {
                    id,
                    workspace,
                    owner,
                    method,
                    origin: ClientOrigin::Jit,
                    created_at,
                    version: Version::FIRST,
                    name,
                    policy,
                    state,
                    credentials,
                };
                parts.build()
            },
        )
}
