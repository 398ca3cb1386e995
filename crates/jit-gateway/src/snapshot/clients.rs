//! Clients by the hash of each of their secrets.

use std::sync::Arc;

use jit_domain::{gateway::CallingClient, ids::ApiClientId, tokens::SecretHash};
use papaya::HashMap;

/// Two maps that agree; only one writer at a time.
#[derive(Debug, Default)]
pub(super) struct Clients {
    by_hash: HashMap<SecretHash, Arc<CallingClient>>,
    /// Tells which hashes a client had before, so that an update takes old ones away.
    by_id: HashMap<ApiClientId, Arc<CallingClient>>,
}

impl Clients {
    pub(super) fn find(&self, hash: &SecretHash) -> Option<Arc<CallingClient>> {
        self.by_hash.pin().get(hash).cloned()
    }

    pub(super) fn put(&self, client: CallingClient) {
        let client = Arc::new(client);
        let by_hash = self.by_hash.pin();
        for credential in &client.credentials {
            by_hash.insert(credential.hash, Arc::clone(&client));
        }
        let by_id = self.by_id.pin();
        if let Some(before) = by_id.insert(client.id, Arc::clone(&client)) {
            for gone in hashes(before).filter(|hash| hashes(&client).all(|kept| kept != *hash)) {
                by_hash.remove(gone);
            }
        }
    }

    pub(super) fn remove(&self, id: ApiClientId) {
        let by_hash = self.by_hash.pin();
        if let Some(before) = self.by_id.pin().remove(&id) {
            for gone in hashes(before) {
                by_hash.remove(gone);
            }
        }
    }
}

fn hashes(client: &CallingClient) -> impl Iterator<Item = &SecretHash> {
    client.credentials.iter().map(|credential| &credential.hash)
}
