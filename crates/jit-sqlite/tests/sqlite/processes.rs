//! Several processes on one file, each played by a store of its own.

use jit_domain::{
    change::{Change, GatewayChange},
    ports::{ConsoleRepository, EndUserRepository, GatewayRepository, Store},
};

use super::world::World;

/// R28: what another process commits is read at once, and the changelog tells of it.
#[tokio::test]
async fn what_another_process_commits_is_seen() {
    let (world, _) = World::full().await;
    let workspace = world.make.workspace_id();
    let other = world.again().await;
    let before = world.store.find_latest_gateway_change(workspace).await;

    let (token, policy) = (world.make.api_token("ci"), world.make.policy("Slow"));
    let commit = world
        .make
        .put_all([token.clone().into(), policy.clone().into()]);
    other.commit(&commit).await.unwrap();

    let found = world.store.find_api_token_by_hash(workspace, &token.hash);
    assert_eq!(found.await.unwrap(), Some(token));
    let news = world
        .store
        .list_gateway_changes(workspace, before.unwrap())
        .await
        .unwrap();
    let news: Vec<_> = news.changes.into_iter().map(|(_, change)| change).collect();
    assert_eq!(news, [GatewayChange::Policy(policy.id)]);
}

/// R13: nobody fails with *database is locked*.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn processes_that_write_at_once_wait_for_each_other() {
    let world = World::new().await;
    let connection = world.make.connection("okta");
    let start = world
        .make
        .put_all([world.make.workspace().into(), connection.clone().into()]);
    world.commit(&start).await;
    let mut writing = Vec::new();
    for process in 0..3 {
        let store = world.again().await;
        for n in 0..20 {
            let user = world.make.end_user(&format!("p{process}-{n}"), &connection);
            let (store, commit) = (store.clone(), world.make.commit([Change::put(user)]));
            writing.push(tokio::spawn(async move { store.commit(&commit).await }));
        }
    }
    for one in writing {
        one.await.unwrap().unwrap();
    }
    let people = world.store.count_end_users(world.make.workspace_id());
    assert_eq!(people.await.unwrap(), 60);
}
