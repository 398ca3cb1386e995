//! People, clients and settings come back as they were put, with every optional part and with none.

use std::sync::Arc;

use jit_domain::{
    catalogue::{Policy, Quota, QuotaPeriod, RateLimit, RatePeriod},
    change::Aggregate,
    clients::{ClientState, Credential, IpNetwork, IpRules},
    connections::{
        AttributeMapping, Binding, ConnectionState, GroupRule, GroupSync, IdpConnection,
        IdpDescription, LogoutEndpoint, SigningCertificate, Switch,
    },
    ids::{AdministratorId, ApiTokenId},
    people::{EndUser, EndUserGroup, Hold, HoldSource, MembershipSource},
    ports::Store,
    settings::{AuthMethod, JitSettings, SavedBy},
    values::Version,
};

use super::world::World;
use crate::fixtures::{ClientParts, at_version};

/// R1, R5: who saved what, and since when the method is locked.
pub async fn settings_come_back_as_they_were_put(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let found = world.store.find_jit_settings(world.workspace()).await;
    assert_eq!(found.unwrap(), None, "not configured is a state of its own");
    let policy = world.make.policy("Standard");
    let groups = ["Partners", "Staff"].map(|name| world.make.group(name));
    world.put([policy.clone().into()]).await;
    world.put(groups.clone().map(Into::into)).await;
    let sparse = world.make.settings();
    let full = JitSettings {
        method: AuthMethod::Introspection,
        policy: Some(policy.id),
        groups: groups.iter().map(|it| it.id).collect(),
        epoch: Version(2),
        method_locked_since: Some(world.make.now()),
        saved_by: SavedBy::Administrator(world.make.id(AdministratorId::new)),
        ..sparse.clone()
    };
    let by_script = JitSettings {
        saved_by: SavedBy::ApiToken(world.make.id(ApiTokenId::new)),
        ..sparse.clone()
    };
    // The locked ones last: no store lets go of a lock (R5).
    assert_come_back(&world, [sparse, by_script, full]).await;
}

/// R12, R14, R15: switches, rules, domains, names of attributes, and keys in their order.
pub async fn a_connection_comes_back_as_it_was_put(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let group = world.make.group("Partners");
    world.put([group.clone().into()]).await;
    let names = |list: &[&str]| list.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
    let certificate = |n: u8| SigningCertificate {
        base64_der: format!("MIIB+/{n}=="),
        sha256: format!("{n:064x}"),
        not_after: world.make.now(),
    };
    let rule = |value: &str| GroupRule {
        value: value.to_owned(),
        group: group.id,
    };
    let described = IdpDescription {
        sso_binding: Binding::Post,
        slo: Some(LogoutEndpoint {
            url: "https://idp.example/slo?a=b&c=ü".to_owned(),
            response_url: Some("https://idp.example/slo-answers".to_owned()),
            binding: Binding::Post,
        }),
        wants_signed_requests: true,
        certificates: vec![certificate(2), certificate(1)],
        ..world.make.idp_description("okta")
    };
    let full = IdpConnection {
        state: ConnectionState::Inactive,
        idp: Some(described.clone()),
        attributes: AttributeMapping {
            display_name: names(&["z", "a"]),
            email: names(&[]),
            groups: names(&["urn:oid:1.2.3"]),
        },
        jit: Switch::Off,
        group_sync: GroupSync::On(vec![rule("z"), rule("Ä \"x\""), rule("a")]),
        enforced_domains: names(&["example.com", "example.org"]).into_iter().collect(),
        linking: Switch::On,
        ..world.make.connection("okta")
    };
    let sparse = IdpConnection {
        idp: Some(IdpDescription {
            slo: None,
            certificates: vec![],
            ..described
        }),
        attributes: AttributeMapping {
            display_name: vec![],
            email: vec![],
            groups: vec![],
        },
        state: ConnectionState::Active,
        jit: Switch::On,
        group_sync: GroupSync::Off,
        enforced_domains: [].into(),
        linking: Switch::Off,
        ..full.clone()
    };
    let no_rules = IdpConnection {
        group_sync: GroupSync::On(vec![]),
        ..sparse.clone()
    };
    assert_come_back(&world, [full.clone(), sparse, no_rules, full]).await;
}

/// R14, R15, R30: identities, groups by source, and holds in the order in which they were opened.
pub async fn a_person_comes_back_as_they_were_put(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let make = &world.make;
    let connections = ["okta", "entra"].map(|slug| make.connection(slug));
    let groups = ["Partners", "Staff"].map(|name| make.group(name));
    world.put(connections.clone().map(Into::into)).await;
    world.put(groups.clone().map(Into::into)).await;
    let sources = [
        MembershipSource::Idp,
        MembershipSource::Scim,
        MembershipSource::Jit,
        MembershipSource::Manual,
    ];
    let of_both = |source| groups.iter().map(move |it| make.membership(it, source));
    let holds = [
        HoldSource::Risk,
        HoldSource::Admin,
        HoldSource::ScimInactive,
        HoldSource::IdpSuspended,
        HoldSource::IdpDeactivated,
        HoldSource::AppUnassigned,
    ];
    let because = |source| Hold {
        reason: (source != HoldSource::Risk).then(|| format!("“{source:?}”")),
        ..make.hold(source)
    };
    let sparse = EndUser {
        email: None,
        ..make.end_user("dana", &connections[0])
    };
    let full = EndUser {
        subjects: connections
            .iter()
            .map(|it| make.subject("dana", it))
            .collect(),
        connection: connections[1].id,
        email: make.end_user("Dana.Okafor", &connections[0]).email,
        memberships: sources.into_iter().flat_map(of_both).collect(),
        holds: holds.map(because).into(),
        sessions_valid_from: make.now(),
        last_signed_in_at: make.now(),
        ..sparse.clone()
    };
    let nobody = EndUser {
        subjects: [].into(),
        ..sparse.clone()
    };
    assert_come_back(&world, [sparse, full.clone(), nobody, full.clone()]).await;
    for subject in &full.subjects {
        let found = world
            .store
            .find_end_user_by_subject(world.workspace(), subject)
            .await;
        assert_eq!(found.unwrap().map(|user| user.id), Some(full.id));
    }
}

/// A group with and without a description.
pub async fn a_group_comes_back_as_it_was_put(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let sparse = world.make.group("Partners");
    let full = EndUserGroup {
        description: "People of other companies.\nAnd “friends”.".to_owned(),
        ..sparse.clone()
    };
    assert_come_back(&world, [sparse.clone(), full, sparse]).await;
}

/// R26: state, policy, and credentials with ends and IP rules.
pub async fn a_client_comes_back_as_it_was_put(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (_, client) = world.person("dana").await;
    let policy = world.make.policy("Standard");
    world.put([policy.clone().into()]).await;
    let (plain, _) = world.make.credential("plain");
    let ended = Credential {
        expires_at: Some(world.make.now()),
        revoked_at: Some(world.make.now()),
        ip_rules: ip_rules(),
        ..world.make.credential("ended").0
    };
    let full = ClientParts {
        policy: Some(policy.id),
        state: ClientState::Disabled,
        credentials: vec![ended.clone(), plain.clone()],
        name: policy.name,
        ..ClientParts::next(&client)
    };
    let other = ClientParts {
        policy: None,
        state: ClientState::AwaitingKey,
        credentials: vec![plain, ended],
        ..full.clone()
    };
    for (n, parts) in [full.clone(), other, ClientParts::of(&client), full]
        .into_iter()
        .enumerate()
    {
        let version = Version(u32::try_from(n).unwrap() + 2);
        let next = Aggregate::from(ClientParts { version, ..parts }.build());
        world.put([next.clone()]).await;
        world.assert_kept(&next).await;
    }
}

/// Each limit with each period, either absent, and rules for addresses.
pub async fn a_policy_comes_back_as_it_was_put(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let policy = world.make.policy("Standard");
    let with = |rate, quota, ip_rules| Policy {
        rate,
        quota,
        ip_rules,
        ..policy.clone()
    };
    let rate = |count, per| Some(RateLimit { count, per });
    let quota = |count, per| Some(Quota { count, per });
    let most = i64::MAX.unsigned_abs();
    assert_come_back(
        &world,
        [
            with(None, None, IpRules::default()),
            with(rate(1, RatePeriod::Second), None, ip_rules()),
            with(None, quota(1, QuotaPeriod::Hour), IpRules::default()),
            with(
                rate(2, RatePeriod::Minute),
                quota(2, QuotaPeriod::Day),
                ip_rules(),
            ),
            with(
                rate(u32::MAX, RatePeriod::Hour),
                quota(3, QuotaPeriod::Week),
                ip_rules(),
            ),
            with(None, quota(most, QuotaPeriod::Month), IpRules::default()),
        ],
    )
    .await;
}

fn ip_rules() -> IpRules {
    let network = |text| IpNetwork::parse("network", text).unwrap();
    IpRules {
        allow: vec![
            network("10.0.0.0/8"),
            network("2001:db8::/33"),
            network("192.0.2.1"),
        ],
        deny: vec![network("10.1.0.0/16")],
    }
}

/// Puts these as versions 1, 2, 3, … of one aggregate and reads each back.
pub(super) async fn assert_come_back<T: Into<Aggregate>>(
    world: &World,
    versions: impl IntoIterator<Item = T>,
) {
    for (n, next) in (1..).zip(versions) {
        let next = at_version(&next.into(), Version(n));
        world.put([next.clone()]).await;
        world.assert_kept(&next).await;
    }
}
