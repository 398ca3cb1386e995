use jit_domain::{
    audit::{ACTIONS, Actor, AuditEvent, Event},
    change::{Aggregate, Change, Commit},
    console::Origin,
    ids::{AuditEventId, EndUserId, IdpConnectionId, SetupLinkId, WorkspaceId},
};
use proptest::{
    collection::{btree_map, vec},
    option,
    prelude::*,
    sample::select,
};

use super::{
    access::{access_request, decider, grant},
    catalogue::{api_collection, jit_settings, policy},
    clients::api_client,
    connections::{idp_connection, saml_key, setup_link},
    console::{administrator, api_token, authn_request, session, workspace},
    people::{end_user, end_user_group},
    sign_in_log::sign_in_attempt,
    values::{id, timestamp, version},
};

/// An aggregate of any kind.
pub fn aggregate(of: WorkspaceId) -> impl Strategy<Value = Aggregate> {
    let clients = id(EndUserId::new).prop_flat_map(move |owner| api_client(of, owner));
    let connection = || id(IdpConnectionId::new);
    let links = connection().prop_flat_map(move |connection| setup_link(of, connection));
    let attempts = connection().prop_flat_map(move |connection| sign_in_attempt(of, connection));
    prop_oneof![
        workspace(of).prop_map(Aggregate::from),
        jit_settings(of).prop_map(Aggregate::from),
        idp_connection(of).prop_map(Aggregate::from),
        end_user(of).prop_map(Aggregate::from),
        end_user_group(of).prop_map(Aggregate::from),
        clients.prop_map(Aggregate::from),
        policy(of).prop_map(Aggregate::from),
        api_collection(of).prop_map(Aggregate::from),
        access_request(of).prop_map(Aggregate::from),
        grant(of).prop_map(Aggregate::from),
        administrator(of).prop_map(Aggregate::from),
        api_token(of).prop_map(Aggregate::from),
        session(of).prop_map(Aggregate::from),
        authn_request(of).prop_map(Aggregate::from),
        saml_key(of).prop_map(Aggregate::from),
        links.prop_map(Aggregate::from),
        attempts.prop_map(Aggregate::from),
    ]
}

/// With and without an address and a request id.
pub fn origin() -> impl Strategy<Value = Origin> {
    let parts = (any::<Option<std::net::IpAddr>>(), option::of("\\PC{0,20}"));
    parts.prop_map(|(ip, request_id)| Origin { ip, request_id })
}

/// A line of the audit log about anything by anybody.
pub fn audit_event(workspace: WorkspaceId) -> impl Strategy<Value = AuditEvent> {
    let actor = prop_oneof![
        Just(Actor::System),
        id(EndUserId::new).prop_map(Actor::EndUser),
        decider().prop_map(Actor::Console),
        id(SetupLinkId::new).prop_map(Actor::SetupContact),
    ];
    let details = btree_map("[a-z_]{1,10}", "\\PC{0,20}", 0..3);
    let event = (
        select(ACTIONS),
        "\\PC{1,40}",
        option::of(version()),
        option::of(version()),
        details,
    );
    let event = event.prop_map(|(action, target, before, after, details)| Event {
        action,
        target,
        before,
        after,
        details,
    });
    (id(AuditEventId::new), timestamp(), actor, origin(), event).prop_map(
        move |(id, at, actor, origin, event)| AuditEvent {
            id,
            workspace,
            at,
            actor,
            origin,
            event,
        },
    )
}

/// Puts of anything, with lines of the log. Most stores refuse it: what it names is not there.
pub fn commit(workspace: WorkspaceId) -> impl Strategy<Value = Commit> {
    let changes = vec(aggregate(workspace).prop_map(Change::Put), 0..4);
    (changes, vec(audit_event(workspace), 0..3)).prop_map(move |(changes, events)| Commit {
        workspace,
        changes,
        events,
    })
}
