use std::collections::BTreeMap;

use jit_domain::{
    assertion::Assertion,
    ids::{EndUserGroupId, EndUserId, IdpConnectionId, WorkspaceId},
    people::{EndUser, EndUserGroup, Hold, HoldSource, Membership, MembershipSource, Subject},
    values::Version,
};
use proptest::{
    collection::{btree_map, btree_set, vec},
    option,
    prelude::*,
    sample::select,
};

use super::values::{email, id, name, optional_timestamp, slug, timestamp};

/// Any source of holds.
pub fn hold_source() -> impl Strategy<Value = HoldSource> {
    const SOURCES: &[HoldSource] = &[
        HoldSource::Admin,
        HoldSource::ScimInactive,
        HoldSource::IdpSuspended,
        HoldSource::IdpDeactivated,
        HoldSource::AppUnassigned,
        HoldSource::Risk,
    ];
    select(SOURCES)
}

/// A reason why somebody may not act.
pub fn hold() -> impl Strategy<Value = Hold> {
    let reason = option::of(name().prop_map(|text| text.to_string()));
    (hold_source(), timestamp(), reason).prop_map(|(source, since, reason)| Hold {
        source,
        since,
        reason,
    })
}

/// Somebody at some provider.
pub fn subject() -> impl Strategy<Value = Subject> {
    let provider = slug().prop_map(|slug| format!("https://idp.example/{slug}"));
    (provider, "\\PC{1,20}").prop_map(|(idp_entity_id, name_id)| Subject {
        idp_entity_id,
        name_id,
    })
}

/// A group, by the word of some source.
pub fn membership() -> impl Strategy<Value = Membership> {
    const SOURCES: &[MembershipSource] = &[
        MembershipSource::Idp,
        MembershipSource::Scim,
        MembershipSource::Jit,
        MembershipSource::Manual,
    ];
    (id(EndUserGroupId::new), select(SOURCES))
        .prop_map(|(group, source)| Membership { group, source })
}

/// A person; at most one hold of each source.
pub fn end_user(workspace: WorkspaceId) -> impl Strategy<Value = EndUser> {
    let held = btree_map(hold_source().prop_map(HoldSource::code), hold(), 0..3);
    let moments = (timestamp(), timestamp(), timestamp());
    (
        id(EndUserId::new),
        btree_set(subject(), 1..3),
        id(IdpConnectionId::new),
        name(),
        option::of(email()),
        btree_set(membership(), 0..4),
        held,
        moments,
    )
        .prop_map(
            move |(id, subjects, connection, display_name, email, memberships, held, moments)| {
                let mut holds: Vec<Hold> = held.into_values().collect();
                holds.sort_by_key(|hold| hold.source);
                holds.dedup_by_key(|hold| hold.source);
                EndUser {
                    id,
                    workspace,
                    version: Version::FIRST,
                    subjects,
                    connection,
                    display_name,
                    email,
                    memberships,
                    holds,
                    sessions_valid_from: moments.0,
                    created_at: moments.1,
                    last_signed_in_at: moments.2,
                }
            },
        )
}

/// A group.
pub fn end_user_group(workspace: WorkspaceId) -> impl Strategy<Value = EndUserGroup> {
    (id(EndUserGroupId::new), name(), "\\PC{0,40}", timestamp()).prop_map(
        move |(id, name, description, created_at)| EndUserGroup {
            id,
            workspace,
            version: Version::FIRST,
            name,
            description,
            created_at,
        },
    )
}

/// What a provider says of somebody: with and without address and groups.
pub fn assertion() -> impl Strategy<Value = Assertion> {
    let groups = option::of(vec("\\PC{0,10}", 0..3));
    let claims = (option::of(email()), option::of(name()), groups);
    (
        "_[0-9a-f]{32}",
        subject(),
        option::of("[0-9a-z]{1,8}"),
        (timestamp(), optional_timestamp()),
        claims,
    )
        .prop_map(
            |(assertion_id, who, session_index, (valid_until, end), claims)| {
                let (email, name, groups) = claims;
                let mut attributes = BTreeMap::new();
                let email = email.map(|it| vec![it.to_string()]);
                let name = name.map(|it| vec![it.to_string()]);
                attributes.extend(email.map(|it| ("email".to_owned(), it)));
                attributes.extend(name.map(|it| ("displayName".to_owned(), it)));
                attributes.extend(groups.map(|it| ("groups".to_owned(), it)));
                Assertion {
                    assertion_id,
                    issuer: who.idp_entity_id,
                    name_id: who.name_id,
                    name_id_format: None,
                    session_index,
                    in_response_to: None,
                    session_not_on_or_after: end,
                    valid_until,
                    attributes,
                }
            },
        )
}
