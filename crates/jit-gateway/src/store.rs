//! A store whose commits are in force at this gateway when they return.

use std::sync::Arc;

use async_trait::async_trait;
use jit_domain::{change::Commit, error::StoreError, ports::Store, values::Timestamp};

use crate::Follower;

/// Any store, and the follower that learns of each commit before its caller does.
///
/// Give it to the use cases in place of the store: they need not know that there is a gateway, and
/// a revocation is in force on the next call (R28).
#[derive(Clone)]
pub struct FollowedStore {
    inner: Arc<dyn Store>,
    follower: Arc<Follower>,
}

impl FollowedStore {
    /// Wraps the store that the follower follows.
    pub fn new(inner: Arc<dyn Store>, follower: Arc<Follower>) -> Self {
        Self { inner, follower }
    }
}

jit_domain::pass_reads_on!(FollowedStore, inner);

#[async_trait]
impl Store for FollowedStore {
    async fn commit(&self, commit: &Commit) -> Result<(), StoreError> {
        self.inner.commit(commit).await?;
        if !commit.gateway_changes().is_empty() {
            // The commit is durable whatever happens here, so its answer stays.
            self.follower.catch_up_or_close().await;
        }
        Ok(())
    }

    async fn forget_expired(&self, before: Timestamp) -> Result<u64, StoreError> {
        self.inner.forget_expired(before).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.inner.ping().await
    }
}
