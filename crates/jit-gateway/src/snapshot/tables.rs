//! Routes and policies: small tables, replaced as a whole.

use std::{collections::HashMap, sync::Arc};

use arc_swap::ArcSwap;
use jit_domain::{catalogue::Policy, gateway::Route, ids::PolicyId};

/// Routes by slug; the versions of one slug are few.
#[derive(Debug, Default)]
pub(super) struct Routes(ArcSwap<HashMap<String, Vec<Arc<Route>>>>);

impl Routes {
    pub(super) fn find(&self, collection: &str, version: &str) -> Option<Arc<Route>> {
        let table = self.0.load();
        let versions = table.get(collection)?;
        let found = versions
            .iter()
            .find(|route| route.api_version.as_str() == version)?;
        Some(Arc::clone(found))
    }

    pub(super) fn replace(&self, routes: Vec<Route>) {
        let mut table: HashMap<String, Vec<Arc<Route>>> = HashMap::with_capacity(routes.len());
        for route in routes {
            let versions = table.entry(route.slug.as_str().to_owned()).or_default();
            versions.push(Arc::new(route));
        }
        self.0.store(Arc::new(table));
    }
}

/// Policies by id.
#[derive(Debug, Default)]
pub(super) struct Policies(ArcSwap<HashMap<PolicyId, Arc<Policy>>>);

impl Policies {
    pub(super) fn find(&self, id: PolicyId) -> Option<Arc<Policy>> {
        self.0.load().get(&id).cloned()
    }

    pub(super) fn put(&self, policy: Policy) {
        let policy = Arc::new(policy);
        self.0.rcu(|table| {
            let mut table = HashMap::clone(table);
            table.insert(policy.id, Arc::clone(&policy));
            table
        });
    }

    pub(super) fn remove(&self, id: PolicyId) {
        self.0.rcu(|table| {
            let mut table = HashMap::clone(table);
            table.remove(&id);
            table
        });
    }
}
