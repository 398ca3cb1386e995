use std::{collections::BTreeMap, net::IpAddr, sync::Arc};

use chrono::Duration;
use jit_domain::{
    catalogue::{Audience, Policy, Publication, RateLimit, RatePeriod},
    clients::{ClientState, IpNetwork, IpRules},
    gateway::{
        Allowed, Call, CallingClient, GatewayView, LimitReached, Limits, Refusal, Route, authorise,
    },
    ids::{ApiClientId, PolicyId},
    settings::AuthMethod,
    tokens::{Secret, SecretHash, SecretKind},
    values::Timestamp,
};
use jit_testkit::Fixtures;

struct Picture {
    clients: BTreeMap<SecretHash, Arc<CallingClient>>,
    route: Arc<Route>,
    policies: BTreeMap<PolicyId, Arc<Policy>>,
}

impl GatewayView for Picture {
    fn find_client(&self, hash: &SecretHash) -> Option<Arc<CallingClient>> {
        self.clients.get(hash).cloned()
    }

    fn find_route(&self, collection: &str, version: &str) -> Option<Arc<Route>> {
        let here = (self.route.slug.as_str(), self.route.api_version.as_str());
        (here == (collection, version)).then(|| self.route.clone())
    }

    fn find_policy(&self, id: PolicyId) -> Option<Arc<Policy>> {
        self.policies.get(&id).cloned()
    }
}

/// Room for a fixed number of calls, counted even when the answer is no.
struct Room(std::cell::Cell<u32>);

impl Limits for Room {
    fn consume(&self, _: ApiClientId, _: &Policy, _: Timestamp) -> Result<(), LimitReached> {
        match self.0.get() {
            0 => Err(LimitReached {
                limit: "rate",
                count: 1,
                retry_after_seconds: 1,
            }),
            n => {
                self.0.set(n - 1);
                Ok(())
            }
        }
    }
}

struct Scene {
    secret: Secret,
    client: CallingClient,
    route: Route,
    policy: Option<Policy>,
    room: Room,
    now: Timestamp,
}

impl Scene {
    /// A client with one credential and a live grant on the only collection.
    fn new() -> Self {
        let make = Fixtures::default();
        let connection = make.connection("okta");
        let (owner, collection) = (
            make.end_user("dana", &connection),
            make.collection("orders"),
        );
        let api_client = make.client(&owner);
        let (credential, secret) = make.credential("laptop");
        let request = make.request(&api_client, &collection);
        let (_, grant) = make.approved(&request);
        let client = CallingClient {
            id: api_client.id(),
            owner: owner.id,
            owner_is_usable: true,
            groups: [].into(),
            method: AuthMethod::AuthToken,
            state: ClientState::Active,
            policy: None,
            credentials: vec![credential],
            grants: vec![grant],
        };
        let route = Route {
            collection: collection.id,
            slug: collection.slug,
            api_version: collection.api_version,
            upstream: "http://127.0.0.1:9".to_owned(),
            publication: Publication::Published,
            audience: Audience::Everyone,
        };
        let room = Room(std::cell::Cell::new(10));
        Self {
            secret,
            client,
            route,
            policy: None,
            room,
            now: make.now(),
        }
    }

    fn with_policy(mut self, ip_rules: IpRules) -> Self {
        let mut policy = Fixtures::named("other", 2).policy("Standard");
        policy.rate = Some(RateLimit {
            count: 1,
            per: RatePeriod::Second,
        });
        policy.ip_rules = ip_rules;
        self.client.policy = Some(policy.id);
        self.policy = Some(policy);
        self
    }

    fn call(&self) -> Result<Allowed, Refusal> {
        self.call_as(Some(self.secret.reveal()), "127.0.0.1".parse().ok())
    }

    fn call_as(&self, secret: Option<&str>, ip: Option<IpAddr>) -> Result<Allowed, Refusal> {
        let picture = Picture {
            clients: [(
                self.client.credentials[0].hash,
                Arc::new(self.client.clone()),
            )]
            .into(),
            route: Arc::new(self.route.clone()),
            policies: self
                .policy
                .iter()
                .map(|p| (p.id, Arc::new(p.clone())))
                .collect(),
        };
        let (collection, version) = (self.route.slug.as_str(), self.route.api_version.as_str());
        authorise(
            &picture,
            &self.room,
            &Call {
                collection,
                version,
                secret,
                ip,
            },
            self.now,
        )
    }

    fn refused(&self) -> Refusal {
        self.call().unwrap_err()
    }
}

/// R26: a call passes if everything is in order.
#[test]
fn a_call_with_everything_in_order_passes() {
    let scene = Scene::new();
    assert_eq!(scene.call().unwrap().client.id, scene.client.id);
}

/// R26, R27: each thing that is missing refuses the call, with its own code and status.
#[test]
fn each_missing_thing_refuses_the_call() {
    let other = Secret::new(SecretKind::AuthToken, [9; 20]);
    let scene = Scene::new();
    for (secret, refusal) in [
        (None, Refusal::CredentialMissing),
        (Some(""), Refusal::CredentialInvalid),
        (Some("nonsense"), Refusal::CredentialInvalid),
        (Some(other.reveal()), Refusal::CredentialInvalid),
    ] {
        assert_eq!(scene.call_as(secret, None), Err(refusal));
        assert_eq!(refusal.status(), 401);
    }
    let broken = |change: fn(&mut Scene)| {
        let mut scene = Scene::new();
        change(&mut scene);
        let refusal = scene.refused();
        (refusal.code(), refusal.status())
    };
    assert_eq!(
        broken(|s| s.client.credentials[0].revoked_at = Some(s.now)),
        ("credential_invalid", 401)
    );
    assert_eq!(
        broken(|s| s.client.credentials[0].expires_at = Some(s.now)),
        ("credential_invalid", 401)
    );
    assert_eq!(
        broken(|s| s.client.method = AuthMethod::Jwt),
        ("credential_invalid", 401)
    );
    assert_eq!(
        broken(|s| s.client.owner_is_usable = false),
        ("suspended", 403)
    );
    assert_eq!(
        broken(|s| s.client.state = ClientState::Disabled),
        ("suspended", 403)
    );
    assert_eq!(broken(|s| s.client.grants.clear()), ("no_grant", 403));
    assert_eq!(
        broken(|s| s.route.publication = Publication::Draft),
        ("unknown_path", 404)
    );
    assert_eq!(
        broken(|s| s.route.publication = Publication::Deleted),
        ("unknown_path", 404)
    );
    assert_eq!(
        broken(|s| s.client.policy = Some(Fixtures::named("other", 3).id(PolicyId::new))),
        ("suspended", 403)
    );
}

/// R25: an end date is checked at use, to the microsecond.
#[test]
fn a_grant_ends_at_its_moment() {
    let mut scene = Scene::new();
    scene.client.grants[0].expires_at = Some(scene.now + Duration::microseconds(1));
    assert!(scene.call().is_ok());
    scene.now += Duration::microseconds(1);
    assert_eq!(scene.refused(), Refusal::NoGrant);
}

/// R27: a caller who may not see a collection cannot tell it from one that is not there.
#[test]
fn a_collection_that_the_caller_may_not_see_is_an_unknown_path() {
    let mut scene = Scene::new();
    scene.client.grants.clear();
    let group = Fixtures::default().group("Finance");
    scene.route.audience = Audience::Groups([group.id].into());
    assert_eq!(scene.refused(), Refusal::UnknownPath);
    let hidden = scene.refused();
    scene.route.slug = jit_domain::values::Slug::restore("elsewhere".to_owned());
    let mut missing = Scene::new();
    missing.client.grants.clear();
    missing.route.publication = Publication::Draft;
    assert_eq!(hidden, missing.refused());
    let mut stranger = Scene::new();
    stranger.client.groups = [group.id].into();
    stranger.client.grants.clear();
    stranger.route.audience = Audience::Groups([group.id].into());
    assert_eq!(stranger.refused(), Refusal::NoGrant);
}

/// R26: rules on addresses hold for the credential and for the policy.
#[test]
fn addresses_are_checked_by_credential_and_policy() {
    let rules = |text: &str| IpRules {
        allow: vec![],
        deny: vec![IpNetwork::parse("deny", text).unwrap()],
    };
    let mut scene = Scene::new();
    scene.client.credentials[0].ip_rules = rules("127.0.0.0/8");
    assert_eq!(scene.refused(), Refusal::IpDenied);
    assert_eq!(
        Scene::new().with_policy(rules("127.0.0.0/8")).refused(),
        Refusal::IpDenied
    );
    assert!(
        Scene::new()
            .with_policy(rules("192.0.2.0/24"))
            .call()
            .is_ok()
    );
}

/// R26, R27: room is asked last, so a refusal consumes nothing, and no room says how long to wait.
#[test]
fn a_refusal_consumes_nothing() {
    let mut scene = Scene::new().with_policy(IpRules::default());
    let grants = std::mem::take(&mut scene.client.grants);
    for _ in 0..20 {
        assert_eq!(scene.refused(), Refusal::NoGrant);
    }
    assert_eq!(scene.room.0.get(), 10);
    scene.client.grants = grants;
    for _ in 0..10 {
        scene.call().unwrap();
    }
    assert_eq!(scene.refused().status(), 429);
}
