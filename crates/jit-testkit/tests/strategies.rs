//! What the strategies make is what the domain accepts and what a store keeps.
#![expect(clippy::unwrap_used, reason = "a test that fails has to stop")]

use jit_domain::{
    change::{Aggregate, Change, Commit},
    ids::{EndUserId, WorkspaceId},
    ports::{
        CollectionRepository, ConnectionRepository, ConsoleRepository, PolicyRepository, Store,
    },
    tokens::{Secret, SecretKind},
    values::{EmailAddress, Name, Note, Reason, Slug, Summary},
};
use jit_testkit::{Fixtures, MemoryStore, strategies};
use proptest::prelude::*;

fn workspace() -> WorkspaceId {
    Fixtures::default().workspace_id()
}

fn kept(aggregate: impl Into<Aggregate>) -> MemoryStore {
    let (store, make) = (MemoryStore::new(), Fixtures::default());
    let commit = Commit {
        changes: vec![Change::put(make.workspace()), Change::Put(aggregate.into())],
        ..make.commit([])
    };
    now(store.commit(&commit)).unwrap();
    store
}

fn now<T>(future: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.build().unwrap().block_on(future)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn every_text_is_accepted_as_it_is(
        name in strategies::name(),
        note in strategies::note(),
        reason in strategies::reason(),
        summary in strategies::summary(),
        slug in strategies::slug(),
        email in strategies::email(),
    ) {
        prop_assert_eq!(Name::parse("name", name.as_str()), Ok(name));
        prop_assert_eq!(Note::parse("note", note.as_str()), Ok(note));
        prop_assert_eq!(Reason::parse("reason", reason.as_str()), Ok(reason));
        prop_assert_eq!(Summary::parse("summary", summary.as_str()), Ok(summary));
        prop_assert_eq!(Slug::parse("slug", slug.as_str()), Ok(slug));
        let read = EmailAddress::parse("email", email.as_str()).unwrap();
        prop_assert_eq!(read.as_str(), email.as_str());
    }

    #[test]
    fn ids_and_secrets_read_their_own_text(
        id in strategies::id(EndUserId::new),
        secret in strategies::secret(SecretKind::AuthToken),
    ) {
        prop_assert_eq!(id.to_string().parse(), Ok(id));
        prop_assert_eq!(Secret::parse(SecretKind::AuthToken, secret.reveal()), Some(secret));
    }

    #[test]
    fn every_change_of_a_commit_belongs_to_its_workspace(commit in strategies::commit(workspace())) {
        for change in &commit.changes {
            let Change::Put(aggregate) = change else { unreachable!("only puts are made") };
            prop_assert_eq!(aggregate.workspace(), commit.workspace);
        }
    }

    #[test]
    fn a_policy_comes_back_from_a_store(policy in strategies::policy(workspace())) {
        let store = kept(policy.clone());
        prop_assert_eq!(now(store.find_policy(workspace(), policy.id)).unwrap(), Some(policy));
    }

    #[test]
    fn a_connection_comes_back_from_a_store(it in strategies::idp_connection(workspace())) {
        let store = kept(it.clone());
        prop_assert_eq!(now(store.find_connection(workspace(), it.id)).unwrap(), Some(it));
    }

    #[test]
    fn an_administrator_comes_back_from_a_store(it in strategies::administrator(workspace())) {
        let store = kept(it.clone());
        prop_assert_eq!(now(store.find_administrator(workspace(), it.id)).unwrap(), Some(it));
    }

    #[test]
    fn a_collection_comes_back_from_a_store(it in strategies::api_collection(workspace())) {
        let store = kept(it.clone());
        prop_assert_eq!(now(store.find_collection(workspace(), it.id)).unwrap(), Some(it));
    }
}
