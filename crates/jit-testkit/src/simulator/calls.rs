use std::{collections::BTreeMap, sync::Arc};

use jit_domain::{
    catalogue::Policy,
    change::GatewayChange,
    error::StoreError,
    gateway::{Call, CallingClient, GatewayView, LimitReached, Limits, Route, authorise},
    ids::{ApiClientId, ApiCollectionId, PolicyId},
    ports::Clock,
    tokens::SecretHash,
    values::Timestamp,
};

use super::{Broken, Violation, world::World};

/// What a gateway knows that follows the changelog and reads again only what it names.
#[derive(Default)]
pub(super) struct Picture {
    clients: BTreeMap<ApiClientId, Arc<CallingClient>>,
    routes: BTreeMap<ApiCollectionId, Arc<Route>>,
    policies: BTreeMap<PolicyId, Arc<Policy>>,
    settled: u64,
}

/// Room for every call: limits are not what is simulated.
struct NoLimits;

impl Limits for NoLimits {
    fn consume(&self, _: ApiClientId, _: &Policy, _: Timestamp) -> Result<(), LimitReached> {
        Ok(())
    }
}

impl GatewayView for Picture {
    fn find_client(&self, hash: &SecretHash) -> Option<Arc<CallingClient>> {
        let owns = |it: &&Arc<CallingClient>| it.credentials.iter().any(|it| it.hash == *hash);
        self.clients.values().find(owns).cloned()
    }

    fn find_route(&self, collection: &str, version: &str) -> Option<Arc<Route>> {
        let here =
            |it: &&Arc<Route>| (it.slug.as_str(), it.api_version.as_str()) == (collection, version);
        self.routes.values().find(here).cloned()
    }

    fn find_policy(&self, id: PolicyId) -> Option<Arc<Policy>> {
        self.policies.get(&id).cloned()
    }
}

impl Picture {
    pub(super) async fn follow(&mut self, world: &World) -> Result<(), StoreError> {
        let (store, workspace) = (&world.store, world.workspace);
        let part = store.list_gateway_changes(workspace, self.settled).await?;
        self.settled = part.settled;
        for (_, change) in part.changes {
            match change {
                GatewayChange::Client(id) => self.read_client(world, id).await?,
                GatewayChange::EndUser(id) => {
                    if let Some(client) = store.find_client_of(workspace, id).await? {
                        self.read_client(world, client.id()).await?;
                    }
                }
                GatewayChange::Policy(id) => {
                    self.policies.remove(&id);
                    let found = store.find_policy(workspace, id).await?;
                    self.policies.extend(found.map(|it| (id, Arc::new(it))));
                }
                GatewayChange::Collection(_) => {
                    let routes = store.list_routes(workspace).await?.into_iter();
                    self.routes = routes.map(|it| (it.collection, Arc::new(it))).collect();
                }
            }
        }
        Ok(())
    }

    async fn read_client(&mut self, world: &World, id: ApiClientId) -> Result<(), StoreError> {
        self.clients.remove(&id);
        let found = world.store.find_calling_client(world.workspace, id).await?;
        self.clients.extend(found.map(|it| (id, Arc::new(it))));
        Ok(())
    }
}

/// R26: each secret on each collection passes exactly if the story says so.
pub(super) fn check_calls(world: &World, picture: &Picture) -> Broken {
    let (ledger, now) = (world.ledger(), world.clock.now());
    let mut known = world.known.borrow_mut();
    let mut passed = 0;
    for (credential, secret) in &known.credentials {
        for collection in ledger.collections() {
            let call = Call {
                collection: collection.slug.as_str(),
                version: collection.api_version.as_str(),
                secret: Some(secret.reveal()),
                ip: None,
            };
            let answer = authorise(picture, &NoLimits, &call, now);
            let expected =
                ledger
                    .story
                    .passes(&credential.to_string(), &collection.id.to_string(), now);
            passed += u64::from(answer.is_ok());
            if answer.is_ok() != expected {
                let answer = answer.map_or_else(|it| it.code(), |_| "passes");
                let wanted = if expected { "pass" } else { "not pass" };
                let says = format!("a call to {} must {wanted}: {answer}", collection.slug);
                return Violation::of("R26", &says);
            }
        }
    }
    known.tally.calls += passed;
    Ok(())
}
