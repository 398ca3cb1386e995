use jit_domain::ports::{Store, WorkspaceRepository};
use jit_sqlite::{OpenError, SqliteStore};
use sqlx::Row;

use super::world::World;

#[tokio::test]
async fn opening_again_changes_nothing() {
    let (world, _) = World::full().await;
    let schema = schema(&world).await;
    world.store.close().await;

    let again = world.again().await;
    let workspace = world.make.workspace();
    let found = again.find_workspace(&workspace.slug).await.unwrap();
    assert_eq!(found, Some(workspace));
    assert_eq!(self::schema(&world).await, schema);
}

#[tokio::test]
async fn two_that_open_a_new_file_at_once_both_get_a_store() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a folder").join("portal.db");
    let file = format!("sqlite:{}", file.display());
    let (one, two) = tokio::join!(SqliteStore::open(&file), SqliteStore::open(&file));
    one.unwrap().ping().await.unwrap();
    two.unwrap().ping().await.unwrap();
}

#[tokio::test]
async fn a_database_in_memory_is_refused() {
    for address in [":memory:", "sqlite::memory:", "sqlite://?mode=memory"] {
        let refusal = SqliteStore::open(address).await.unwrap_err();
        assert!(
            matches!(refusal, OpenError::InMemory),
            "{address}: {refusal}"
        );
    }
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused_with_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.txt");
    std::fs::write(
        &file,
        "not a database, and long enough to be read as one: ".repeat(9),
    )
    .unwrap();
    let refusal = SqliteStore::open(&file.to_string_lossy())
        .await
        .unwrap_err();
    assert!(refusal.to_string().contains("notes.txt"), "{refusal}");
}

#[tokio::test]
async fn a_file_of_a_newer_release_is_refused() {
    let world = World::new().await;
    world.store.close().await;
    let newer = "INSERT INTO _sqlx_migrations
        SELECT 9999, 'from the future', installed_on, TRUE, checksum, 0 FROM _sqlx_migrations LIMIT 1";
    assert_eq!(world.execute(newer).await, Ok(1));
    let refusal = SqliteStore::open(&world.file()).await.unwrap_err();
    assert!(matches!(refusal, OpenError::Migration { .. }), "{refusal}");
}

/// Releases before it can lose commits when the write-ahead log is reset.
#[tokio::test]
async fn sqlite_is_new_enough() {
    let world = World::new().await;
    let row = sqlx::query("SELECT sqlite_version()")
        .fetch_one(&mut world.sql().await)
        .await
        .unwrap();
    let text: String = row.get(0);
    let version: Vec<u32> = text.split('.').map(|part| part.parse().unwrap()).collect();
    assert!(version >= vec![3, 51, 3], "{text}");
}

/// R29: hashes of passwords and secrets are in there.
#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_reads_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new().await;
    for file in [world.file(), world.file() + "-wal"] {
        let mode = std::fs::metadata(file).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{mode:o}");
    }
}

async fn schema(world: &World) -> Vec<(String, String)> {
    sqlx::query_as("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
        .fetch_all(&mut world.sql().await)
        .await
        .unwrap()
}
