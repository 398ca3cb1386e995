use jit_domain::{
    catalogue::{
        ApiCollection, Audience, Operation, Policy, Publication, Quota, QuotaPeriod, RateLimit,
        RatePeriod,
    },
    ids::{AdministratorId, ApiCollectionId, ApiTokenId, EndUserGroupId, PolicyId, WorkspaceId},
    settings::{JitSettings, SavedBy},
    values::Version,
};
use proptest::{
    collection::{btree_set, vec},
    option,
    prelude::*,
    sample::select,
};

use super::{
    clients::{auth_method, ip_rules},
    values::{id, name, optional_timestamp, slug, summary, timestamp, version},
};

/// So many calls in a period.
pub fn rate_limit() -> impl Strategy<Value = RateLimit> {
    let per = select(&[RatePeriod::Second, RatePeriod::Minute, RatePeriod::Hour][..]);
    (1..=u32::MAX, per).prop_map(|(count, per)| RateLimit { count, per })
}

/// So many calls in a longer period.
pub fn quota() -> impl Strategy<Value = Quota> {
    const PERIODS: &[QuotaPeriod] = &[
        QuotaPeriod::Hour,
        QuotaPeriod::Day,
        QuotaPeriod::Week,
        QuotaPeriod::Month,
    ];
    (1..=i64::MAX.unsigned_abs(), select(PERIODS)).prop_map(|(count, per)| Quota { count, per })
}

/// A policy with both limits, one or none.
pub fn policy(workspace: WorkspaceId) -> impl Strategy<Value = Policy> {
    let limits = (option::of(rate_limit()), option::of(quota()));
    (id(PolicyId::new), name(), limits, ip_rules(), timestamp()).prop_map(
        move |(id, name, (rate, quota), ip_rules, created_at)| Policy {
            id,
            workspace,
            version: Version::FIRST,
            name,
            rate,
            quota,
            ip_rules,
            created_at,
        },
    )
}

/// One endpoint.
pub fn operation() -> impl Strategy<Value = Operation> {
    let method = select(&["GET", "POST", "PUT", "DELETE"][..]);
    (method, "(/[a-z{}]{1,8}){1,3}", "\\PC{0,20}").prop_map(|(method, path, summary)| Operation {
        method: method.to_owned(),
        path,
        summary,
    })
}

/// Whether a collection is offered.
pub fn publication() -> impl Strategy<Value = Publication> {
    const ALL: &[Publication] = &[
        Publication::Draft,
        Publication::Published,
        Publication::Deleted,
    ];
    select(ALL)
}

/// Everyone, or some groups.
pub fn audience() -> impl Strategy<Value = Audience> {
    prop_oneof![
        Just(Audience::Everyone),
        btree_set(id(EndUserGroupId::new), 1..3).prop_map(Audience::Groups),
    ]
}

/// A collection in any state.
pub fn api_collection(workspace: WorkspaceId) -> impl Strategy<Value = ApiCollection> {
    let named = (id(ApiCollectionId::new), slug(), slug(), name(), summary());
    let offered = (publication(), audience());
    let words = ("\\PC{0,20}", vec("\\PC{1,10}", 0..3));
    let document = (
        vec(operation(), 0..3),
        "[0-9]\\.[0-9]\\.[0-9]",
        "\\PC{0,100}",
    );
    (named, words, offered, document, (timestamp(), timestamp())).prop_map(
        move |(named, (owner, tags), (publication, audience), document, moments)| {
            let (id, slug, api_version, name, summary) = named;
            let (operations, document_version, document) = document;
            ApiCollection {
                id,
                workspace,
                version: Version::FIRST,
                upstream: format!("http://{slug}.internal:8080"),
                slug,
                api_version,
                name,
                summary,
                owner,
                tags,
                publication,
                audience,
                operations,
                document_version,
                document,
                created_at: moments.0,
                updated_at: moments.1,
            }
        },
    )
}

/// Saved settings, locked or not.
pub fn jit_settings(workspace: WorkspaceId) -> impl Strategy<Value = JitSettings> {
    let saved_by = prop_oneof![
        Just(SavedBy::System),
        id(AdministratorId::new).prop_map(SavedBy::Administrator),
        id(ApiTokenId::new).prop_map(SavedBy::ApiToken),
    ];
    (
        version(),
        auth_method(),
        option::of(id(PolicyId::new)),
        btree_set(id(EndUserGroupId::new), 0..3),
        optional_timestamp(),
        (saved_by, timestamp()),
    )
        .prop_map(
            move |(epoch, method, policy, groups, method_locked_since, (saved_by, saved_at))| {
                JitSettings {
                    workspace,
                    version: Version::FIRST,
                    epoch,
                    method,
                    policy,
                    groups,
                    method_locked_since,
                    saved_by,
                    saved_at,
                }
            },
        )
}
