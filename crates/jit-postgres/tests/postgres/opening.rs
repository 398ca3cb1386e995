use jit_domain::ports::{Store, WorkspaceRepository};
use jit_postgres::{OpenError, PostgresStore};

use super::{
    server::{self, Database},
    world::World,
};

#[tokio::test]
async fn opening_again_changes_nothing() {
    let (world, _) = World::full().await;
    let before = schema(&world).await;
    world.store.close().await;

    let again = PostgresStore::open(&world.database.url()).await.unwrap();
    let workspace = world.make.workspace();
    let found = again.find_workspace(&workspace.slug).await.unwrap();
    assert_eq!(found, Some(workspace));
    assert_eq!(schema(&world).await, before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_that_open_a_new_database_at_once_all_get_a_store() {
    let database = Database::empty();
    let open = |_| {
        let url = database.url();
        tokio::spawn(async move { PostgresStore::open(&url).await })
    };
    let opening: Vec<_> = (0..8).map(open).collect();
    for one in opening {
        one.await.unwrap().unwrap().ping().await.unwrap();
    }
}

/// The previous release goes on, and may start again, while the next one is there.
#[tokio::test]
async fn tables_with_more_than_this_release_knows_can_be_opened() {
    let world = World::new().await;
    newer(&world, "INSERT INTO _sqlx_migrations
        SELECT 9998, 'expand for later', installed_on, TRUE, checksum, 0 FROM _sqlx_migrations LIMIT 1")
    .await;
    let again = PostgresStore::open(&world.database.url()).await.unwrap();
    again.ping().await.unwrap();
}

#[tokio::test]
async fn tables_that_lost_what_this_release_needs_are_refused() {
    let world = World::new().await;
    newer(&world, "INSERT INTO _sqlx_migrations
        SELECT 9999, 'contract the past', installed_on, TRUE, checksum, 0 FROM _sqlx_migrations LIMIT 1")
    .await;
    let refusal = PostgresStore::open(&world.database.url())
        .await
        .unwrap_err();
    assert!(matches!(refusal, OpenError::Migration { .. }), "{refusal}");
}

async fn newer(world: &World, sql: &'static str) {
    assert_eq!(world.execute(sql).await, Ok(1));
}

#[tokio::test]
async fn a_database_that_cannot_keep_all_text_is_refused() {
    let world = World::new().await;
    let other = "CREATE DATABASE ascii ENCODING 'SQL_ASCII' TEMPLATE template0";
    world.execute(other).await.unwrap();
    let url = server::url_of("ascii");
    let refusal = PostgresStore::open(&url).await.unwrap_err();
    assert!(
        matches!(&refusal, OpenError::Encoding { encoding, .. } if encoding == "SQL_ASCII"),
        "{refusal}"
    );
}

/// R29: not even when the address is wrong.
#[tokio::test]
async fn no_refusal_tells_the_password() {
    for address in [
        "postgres://portal:hunter2@/portal?host=/nowhere",
        "postgres://portal:hunter2@[::1/portal",
        "hunter2",
        "postgres://portal:hunter2@127.0.0.1:hunter2/portal",
    ] {
        let refusal = PostgresStore::open(address).await.unwrap_err();
        let mut told = vec![format!("{refusal:?}")];
        let mut source: Option<&dyn std::error::Error> = Some(&refusal);
        while let Some(error) = source {
            told.push(error.to_string());
            source = error.source();
        }
        assert!(!told.concat().contains("hunter2"), "{told:?}");
    }
}

async fn schema(world: &World) -> Vec<(String, String)> {
    sqlx::query_as(
        "SELECT table_name || '.' || column_name, data_type FROM information_schema.columns
         WHERE table_schema = 'public' ORDER BY 1",
    )
    .fetch_all(&mut world.sql().await)
    .await
    .unwrap()
}
