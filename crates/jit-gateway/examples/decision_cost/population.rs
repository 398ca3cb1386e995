//! Clients, collections and a policy.

use chrono::DateTime;
use jit_domain::{
    access::{Decider, Grant},
    catalogue::{Audience, Policy, Publication, RateLimit, RatePeriod},
    clients::{ClientState, Credential, IpRules},
    gateway::{CallingClient, Route},
    ids::{
        AccessRequestId, AdministratorId, ApiClientId, ApiCollectionId, CredentialId, EndUserId,
        GrantId, PolicyId, WorkspaceId,
    },
    ports::Random,
    settings::AuthMethod,
    tokens::{Secret, SecretKind},
    values::{Name, Slug, Timestamp, Version},
};
use jit_gateway::Snapshot;
use jit_testkit::SeededRandom;

pub(crate) const COLLECTIONS: usize = 50;
const GRANTS: usize = 10;

pub(crate) struct Population {
    pub(crate) snapshot: Snapshot,
    pub(crate) secrets: Vec<Secret>,
    pub(crate) now: Timestamp,
}

impl Population {
    pub(crate) fn of(clients: usize) -> Self {
        let random = SeededRandom::default();
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let workspace = WorkspaceId::new(random.id(now));
        let routes: Vec<Route> = (0..COLLECTIONS)
            .map(|n| Route {
                collection: ApiCollectionId::new(random.id(now)),
                slug: Slug::restore(format!("collection-{n}")),
                api_version: Slug::restore("v1".into()),
                upstream: "http://127.0.0.1:1".into(),
                publication: Publication::Published,
                audience: Audience::Everyone,
            })
            .collect();
        let policy = Policy {
            id: PolicyId::new(random.id(now)),
            workspace,
            version: Version::FIRST,
            name: Name::restore("Standard".into()),
            rate: Some(RateLimit {
                count: u32::MAX,
                per: RatePeriod::Second,
            }),
            quota: None,
            ip_rules: IpRules::default(),
            created_at: now,
        };
        let (mut all, mut secrets) = (Vec::new(), Vec::new());
        for n in 0..clients {
            let secret = Secret::new(SecretKind::AuthToken, random.secret());
            let id = ApiClientId::new(random.id(now));
            let grant = |place: usize| Grant {
                id: GrantId::new(random.id(now)),
                workspace,
                version: Version::FIRST,
                client: id,
                collection: routes[(n + place) % COLLECTIONS].collection,
                request: AccessRequestId::new(random.id(now)),
                granted_by: Decider::Administrator(AdministratorId::new(random.id(now))),
                granted_at: now,
                expires_at: None,
                revocation: None,
            };
            all.push(CallingClient {
                id,
                owner: EndUserId::new(random.id(now)),
                owner_is_usable: true,
                groups: [].into(),
                method: AuthMethod::AuthToken,
                state: ClientState::Active,
                policy: Some(policy.id),
                credentials: vec![Credential {
                    id: CredentialId::new(random.id(now)),
                    name: Name::restore("laptop".into()),
                    hash: secret.hash(),
                    hint: secret.hint(),
                    created_at: now,
                    expires_at: None,
                    revoked_at: None,
                    ip_rules: IpRules::default(),
                }],
                grants: (0..GRANTS).map(grant).collect(),
            });
            secrets.push(secret);
        }
        let snapshot = Snapshot::from_parts(all, routes, [policy]);
        Self {
            snapshot,
            secrets,
            now,
        }
    }
}
