//! What a store holds before a test begins: one person who may call one collection.

use std::sync::Arc;

use jit_domain::{
    access::Grant,
    catalogue::{ApiCollection, Policy},
    change::Aggregate,
    clients::{ApiClient, Credential},
    people::{EndUser, EndUserGroup},
    ports::Store,
};
use jit_gateway::{Config, FollowedStore, Follower, Gateway};
use jit_testkit::{
    FixedClock, Fixtures, SeededRandom,
    fixtures::{ClientParts, at_version},
};

use crate::{faulty_store::FaultyStore, fixed_upstream::FixedUpstream, world::World};

/// Change what matters to the test, then [`Scene::open`] it.
pub(crate) struct Scene {
    pub(crate) make: Fixtures,
    pub(crate) user: EndUser,
    pub(crate) client: ClientParts,
    pub(crate) credential: Credential,
    pub(crate) secret: String,
    pub(crate) collection: ApiCollection,
    pub(crate) hidden: ApiCollection,
    pub(crate) grant: Option<Grant>,
    pub(crate) policy: Policy,
    pub(crate) config: Config,
    pub(crate) upstream: FixedUpstream,
    group: EndUserGroup,
}

impl Scene {
    pub(crate) async fn new() -> Self {
        Self::before(FixedUpstream::start().await)
    }

    pub(crate) fn before(upstream: FixedUpstream) -> Self {
        let make = Fixtures::default();
        let user = make.end_user("dana", &make.connection("okta"));
        let policy = make.policy("Standard");
        let mut client = ClientParts::of(&make.client(&user));
        client.policy = Some(policy.id);
        let (credential, secret) = make.credential("laptop");
        let mut collection = make.collection("orders");
        collection.upstream = format!("{}/base", upstream.url);
        let group = make.group("Insiders");
        let mut hidden = make.collection("secrets");
        hidden.upstream.clone_from(&collection.upstream);
        hidden.audience = jit_domain::catalogue::Audience::Groups([group.id].into());
        let (_, grant) = make.approved(&make.request(&client.clone().build(), &collection));
        Self {
            make,
            user,
            client,
            credential,
            secret: secret.reveal().to_owned(),
            collection,
            hidden,
            grant: Some(grant),
            policy,
            config: Config::default(),
            upstream,
            group,
        }
    }

    /// Stores everything and puts a gateway before it.
    pub(crate) async fn open(mut self) -> World {
        self.client.credentials.push(self.credential.clone());
        let client: ApiClient = self.client.clone().build();
        let mut all: Vec<Aggregate> = vec![
            self.make.workspace().into(),
            self.policy.clone().into(),
            self.group.clone().into(),
            self.make.connection("okta").into(),
            self.user.clone().into(),
            client.clone().into(),
            self.collection.clone().into(),
            self.hidden.clone().into(),
        ];
        if let Some(grant) = &self.grant {
            let request = self.make.request(&client, &self.collection);
            let request = jit_domain::access::AccessRequest {
                id: grant.request,
                ..request
            };
            all.push(request.into());
            all.push(at_version(
                &grant.clone().into(),
                jit_domain::values::Version::FIRST,
            ));
        }
        let store = Arc::new(FaultyStore::default());
        store.commit(&self.make.put_all(all)).await.unwrap();

        let clock = Arc::new(FixedClock::default());
        let follower = Follower::start(
            Arc::clone(&store) as Arc<dyn Store>,
            Arc::clone(&clock) as _,
            self.make.workspace_id(),
            Follower::MAX_STALENESS,
        )
        .await
        .unwrap();
        let gateway = Gateway::new(
            Arc::clone(&follower),
            Arc::clone(&clock) as _,
            Arc::new(SeededRandom::new(9)),
            self.config.clone(),
        );
        let followed =
            FollowedStore::new(Arc::clone(&store) as Arc<dyn Store>, Arc::clone(&follower));
        World {
            scene: self,
            clock,
            store,
            followed,
            follower,
            gateway,
        }
    }
}
