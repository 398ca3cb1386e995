use std::{fmt::Debug, sync::Arc};

use jit_domain::{
    catalogue::ApiCollection,
    change::{Aggregate, Change, Commit},
    clients::ApiClient,
    error::StoreError,
    ids::WorkspaceId,
    people::EndUser,
    ports::Store,
};

use crate::fixtures::Fixtures;

/// A store with one workspace in it, and things to put there.
pub(super) struct World {
    pub(super) store: Arc<dyn Store>,
    pub(super) make: Fixtures,
}

impl World {
    /// With the workspace `default`.
    pub(super) async fn new(store: Arc<dyn Store>) -> Self {
        Self::with(store, Fixtures::default()).await
    }

    /// With the workspace of these fixtures.
    pub(super) async fn with(store: Arc<dyn Store>, make: Fixtures) -> Self {
        let world = Self { store, make };
        world.put([world.make.workspace().into()]).await;
        world
    }

    pub(super) fn workspace(&self) -> WorkspaceId {
        self.make.workspace_id()
    }

    pub(super) async fn commit(&self, commit: &Commit) -> Result<(), StoreError> {
        self.store.commit(commit).await
    }

    /// These changes, which must work.
    pub(super) async fn apply(&self, changes: impl IntoIterator<Item = Change>) {
        self.commit(&self.make.commit(changes)).await.unwrap();
    }

    /// These changes, which the store must refuse as a conflict.
    #[track_caller]
    pub(super) fn refuse(
        &self,
        changes: impl IntoIterator<Item = Change>,
    ) -> impl Future<Output = ()> + Send {
        let commit = self.make.commit(changes);
        let caller = std::panic::Location::caller();
        async move {
            match self.commit(&commit).await {
                Err(StoreError::Conflict) => {}
                other => panic!("{caller}: expected a conflict, got {other:?} for {commit:?}"),
            }
        }
    }

    /// Puts that must work, in this order.
    pub(super) async fn put(&self, aggregates: impl IntoIterator<Item = Aggregate>) {
        self.apply(aggregates.into_iter().map(Change::Put)).await;
    }

    /// A put that the store must refuse as a conflict.
    #[track_caller]
    pub(super) fn refuse_put(
        &self,
        aggregate: impl Into<Aggregate>,
    ) -> impl Future<Output = ()> + Send {
        self.refuse([Change::Put(aggregate.into())])
    }

    /// A person who came through a connection of their own, with their client.
    pub(super) async fn person(&self, name: &str) -> (EndUser, ApiClient) {
        let connection = self.make.connection(&format!("idp-of-{name}"));
        let user = self.make.end_user(name, &connection);
        let client = self.make.client(&user);
        self.put([
            connection.into(),
            user.clone().into(),
            client.clone().into(),
        ])
        .await;
        (user, client)
    }

    /// A published collection.
    pub(super) async fn collection(&self, slug: &str) -> ApiCollection {
        let collection = self.make.collection(slug);
        self.put([collection.clone().into()]).await;
        collection
    }

    /// What the store keeps of an aggregate, found by what identifies it.
    pub(super) async fn read(&self, what: &Aggregate) -> Option<Aggregate> {
        read(&*self.store, self.workspace(), what).await
    }

    /// Checks that the store gives back the very same.
    pub(super) async fn assert_kept(&self, what: &Aggregate) {
        let kept = self.read(what).await;
        assert_same(kept.as_ref(), Some(what));
    }
}

/// Equal, and spelled alike: addresses are equal without letter case and are kept as written.
#[track_caller]
pub(super) fn assert_same<T: PartialEq + Debug>(found: T, expected: T) {
    assert_eq!(found, expected);
    assert_eq!(format!("{found:?}"), format!("{expected:?}"));
}

/// Reads by id, or by what else finds it.
pub(super) async fn read(
    store: &dyn Store,
    workspace: WorkspaceId,
    what: &Aggregate,
) -> Option<Aggregate> {
    macro_rules! found {
        ($read:expr) => {
            $read.await.unwrap().map(Into::into)
        };
    }
    match what {
        Aggregate::Workspace(it) => found!(store.find_workspace(&it.slug)),
        Aggregate::JitSettings(_) => found!(store.find_jit_settings(workspace)),
        Aggregate::IdpConnection(it) => found!(store.find_connection(workspace, it.id)),
        Aggregate::EndUser(it) => found!(store.find_end_user(workspace, it.id)),
        Aggregate::EndUserGroup(it) => found!(store.find_group(workspace, it.id)),
        Aggregate::ApiClient(it) => found!(store.find_client(workspace, it.id())),
        Aggregate::Policy(it) => found!(store.find_policy(workspace, it.id)),
        Aggregate::ApiCollection(it) => found!(store.find_collection(workspace, it.id)),
        Aggregate::AccessRequest(it) => found!(store.find_access_request(workspace, it.id)),
        Aggregate::Grant(it) => found!(store.find_grant(workspace, it.id)),
        Aggregate::Administrator(it) => found!(store.find_administrator(workspace, it.id)),
        Aggregate::ApiToken(it) => found!(store.find_api_token(workspace, it.id)),
        Aggregate::Session(it) => found!(store.find_session(workspace, &it.hash)),
        Aggregate::AuthnRequest(it) => found!(store.find_authn_request(workspace, it.id)),
        Aggregate::SamlKey(it) => {
            let mut all = store.list_saml_keys(workspace).await.unwrap();
            all.retain(|key| key.id == it.id);
            all.pop().map(Into::into)
        }
        Aggregate::SetupLink(it) => found!(store.find_setup_link(workspace, it.id)),
        Aggregate::SignInAttempt(it) => found!(store.find_sign_in_attempt(workspace, it.id)),
    }
}
