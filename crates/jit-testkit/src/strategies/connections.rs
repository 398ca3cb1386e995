use jit_domain::{
    connections::{
        AttributeMapping, Binding, CertificateNotices, ConnectionState, GroupRule, GroupSync,
        IdpConnection, IdpDescription, LogoutEndpoint, MetadataSource, Provider, RefreshProblem,
        RoleRule, SamlOptions, SigningCertificate, Switch,
    },
    console::SetupLink,
    ids::{EndUserGroupId, IdpConnectionId, SamlKeyId, SetupLinkId, WorkspaceId},
    saml_keys::{PrivateKey, SamlKey},
    values::Version,
};
use proptest::{
    collection::{btree_map, btree_set, vec},
    option,
    prelude::*,
    sample::select,
};

use super::{
    access::decider,
    console::console_role,
    values::{id, name, optional_timestamp, secret_hash, slug, timestamp},
};

/// A connection with every switch in either position, described or not.
pub fn idp_connection(workspace: WorkspaceId) -> impl Strategy<Value = IdpConnection> {
    let state = select(&[ConnectionState::Active, ConnectionState::Inactive][..]);
    let domains = btree_set("[a-z0-9]{1,10}\\.(com|example)", 0..3);
    (
        (id(IdpConnectionId::new), slug(), name(), state),
        (
            select(&Provider::ALL[..]),
            option::of(idp_description()),
            metadata_source(),
            saml_options(),
        ),
        (switch(), group_sync(), domains, switch()),
        (vec(role_rule(), 0..3), notices()),
        timestamp(),
    )
        .prop_map(move |(named, described, people, console, created_at)| {
            let (id, slug, name, state) = named;
            let (provider, idp, metadata, saml) = described;
            let (jit, group_sync, enforced_domains, linking) = people;
            let (console_roles, certificate_notices) = console;
            IdpConnection {
                id,
                workspace,
                version: Version::FIRST,
                slug,
                name,
                state,
                provider,
                idp,
                metadata,
                saml,
                attributes: AttributeMapping::default(),
                jit,
                group_sync,
                enforced_domains,
                linking,
                console_roles,
                certificate_notices,
                created_at,
            }
        })
}

/// A provider with every binding, with and without a logout.
pub fn idp_description() -> impl Strategy<Value = IdpDescription> {
    let bindings = || select(&[Binding::Redirect, Binding::Post][..]);
    let logout = option::of((bindings(), any::<bool>()));
    let certificates = vec(signing_certificate(), 1..3);
    (slug(), bindings(), logout, any::<bool>(), certificates).prop_map(
        |(slug, sso_binding, logout, wants_signed_requests, certificates)| {
            let base = format!("https://idp.example/{slug}");
            IdpDescription {
                sso_url: format!("{base}/sso"),
                sso_binding,
                slo: logout.map(|(binding, answers_elsewhere)| LogoutEndpoint {
                    url: format!("{base}/slo"),
                    response_url: answers_elsewhere.then(|| format!("{base}/slo-answers")),
                    binding,
                }),
                wants_signed_requests,
                entity_id: base,
                certificates,
            }
        },
    )
}

/// A certificate that nobody checks.
pub fn signing_certificate() -> impl Strategy<Value = SigningCertificate> {
    let parts = ("[A-Za-z0-9+/]{8}", "[0-9a-f]{64}", timestamp());
    parts.prop_map(|(base64_der, sha256, not_after)| SigningCertificate {
        base64_der,
        sha256,
        not_after,
    })
}

/// Any source, with and without a failure.
pub fn metadata_source() -> impl Strategy<Value = MetadataSource> {
    let problem = (timestamp(), "\\PC{1,40}");
    let problem = problem.prop_map(|(since, cause)| RefreshProblem { since, cause });
    let url = slug().prop_map(|slug| format!("https://idp.example/{slug}/metadata"));
    let from_url = (url, option::of(problem));
    prop_oneof![
        Just(MetadataSource::Given),
        from_url.prop_map(|(url, problem)| MetadataSource::Url { url, problem }),
    ]
}

/// Every option either way.
pub fn saml_options() -> impl Strategy<Value = SamlOptions> {
    let subject = option::of("\\PC{1,20}");
    (subject, switch(), switch(), switch()).prop_map(
        |(subject, signed_assertions, signed_requests, idp_initiated)| SamlOptions {
            subject,
            signed_assertions,
            signed_requests,
            idp_initiated,
        },
    )
}

/// A value of the groups attribute and any role.
pub fn role_rule() -> impl Strategy<Value = RoleRule> {
    ("\\PC{1,20}", console_role()).prop_map(|(value, role)| RoleRule { value, role })
}

/// A key pair of ours; no key at all.
pub fn saml_key(workspace: WorkspaceId) -> impl Strategy<Value = SamlKey> {
    let private = vec(any::<u8>(), 1..64).prop_map(PrivateKey);
    (
        id(SamlKeyId::new),
        private,
        signing_certificate(),
        timestamp(),
    )
        .prop_map(move |(id, private, certificate, created_at)| SamlKey {
            id,
            workspace,
            version: Version::FIRST,
            private,
            certificate,
            created_at,
        })
}

/// An invitation to set up that connection, opened or not.
pub fn setup_link(
    workspace: WorkspaceId,
    connection: IdpConnectionId,
) -> impl Strategy<Value = SetupLink> {
    let moments = (timestamp(), timestamp(), optional_timestamp());
    (id(SetupLinkId::new), secret_hash(), decider(), moments).prop_map(
        move |(id, hash, created_by, (created_at, expires_at, opened_at))| SetupLink {
            id,
            workspace,
            version: Version::FIRST,
            connection,
            hash,
            created_by,
            created_at,
            expires_at,
            opened_at,
        },
    )
}

fn switch() -> impl Strategy<Value = Switch> {
    select(&[Switch::On, Switch::Off][..])
}

fn group_sync() -> impl Strategy<Value = GroupSync> {
    let rule = ("\\PC{1,20}", id(EndUserGroupId::new))
        .prop_map(|(value, group)| GroupRule { value, group });
    prop_oneof![
        Just(GroupSync::Off),
        vec(rule, 0..3).prop_map(GroupSync::On),
    ]
}

fn notices() -> impl Strategy<Value = CertificateNotices> {
    btree_map("[0-9a-f]{64}", any::<u16>(), 0..3)
}
