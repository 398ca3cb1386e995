//! Nonsense in a row is an error that says where.

use jit_domain::{
    catalogue::ApiCollection,
    change::{Aggregate, Change},
    error::StoreError,
    people::EndUserGroup,
    ports::{
        AccessRequestRepository, ApiClientRepository, CollectionRepository, ConsoleRepository,
        EndUserRepository, SessionRepository, Store,
    },
    views::{EndUserFilter, PageRequest},
};

use super::world::World;

/// Writes past the checks of the tables, as a broken tool could.
async fn corrupt(world: &World, sql: &'static str) {
    const NO_CHECKS: &str = "DO $$
        DECLARE one record;
        BEGIN
            FOR one IN SELECT conrelid::regclass AS of, conname FROM pg_constraint
                WHERE contype = 'c' AND conrelid <> 0
            LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.of, one.conname);
            END LOOP;
        END $$";
    for sql in [NO_CHECKS, sql] {
        world.execute(sql).await.unwrap();
    }
}

fn said<T: std::fmt::Debug>(answer: Result<T, StoreError>) -> String {
    match answer {
        Err(StoreError::Unavailable(source)) => source.to_string(),
        other => panic!("expected an error that says where, got {other:?}"),
    }
}

#[tokio::test]
async fn a_part_that_is_no_json_names_table_column_and_id() {
    let (world, _) = World::full().await;
    corrupt(
        &world,
        r#"UPDATE end_users SET holds = '[{"source":"nobody"}]'"#,
    )
    .await;
    let (filter, page) = (EndUserFilter::default(), PageRequest::FIRST);
    let people = world
        .store
        .list_end_users(world.make.workspace_id(), &filter, &page);
    let text = said(people.await);
    assert!(text.starts_with("end_users.holds of usr_"), "{text}");
    assert!(text.contains("unknown variant `nobody`"), "{text}");
}

#[tokio::test]
async fn an_unknown_name_in_a_column_names_table_column_and_id() {
    let (world, _) = World::full().await;
    corrupt(&world, "UPDATE api_clients SET state = 'asleep'").await;
    let page = PageRequest::FIRST;
    let clients = world.store.list_clients(world.make.workspace_id(), &page);
    let text = said(clients.await);
    assert!(text.starts_with("api_clients.state of cli_"), "{text}");
    assert!(text.ends_with("found asleep"), "{text}");
}

#[tokio::test]
async fn a_state_whose_parts_are_missing_names_table_column_and_id() {
    let (world, all) = World::full().await;
    corrupt(&world, "UPDATE access_requests SET grant_id = NULL").await;
    let request = all.iter().find_map(|it| match it.reference() {
        jit_domain::change::Ref::AccessRequest(id) => Some(id),
        _ => None,
    });
    let read = world
        .store
        .find_access_request(world.make.workspace_id(), request.unwrap());
    let text = said(read.await);
    assert!(
        text.starts_with("access_requests.grant_id of req_"),
        "{text}"
    );
}

#[tokio::test]
async fn an_administrator_who_cannot_sign_in_names_table_column_and_id() {
    let (world, _) = World::full().await;
    corrupt(&world, "UPDATE administrators SET password_hash = NULL").await;
    let all = world.store.list_administrators(world.make.workspace_id());
    let text = said(all.await);
    assert!(
        text.starts_with("administrators.connection_id of adm_"),
        "{text}"
    );
}

#[tokio::test]
async fn a_session_of_nobody_names_table_column_and_id() {
    let (world, all) = World::full().await;
    corrupt(&world, "UPDATE sessions SET principal = 'ghost'").await;
    let hash = all.iter().find_map(|it| match it {
        Aggregate::Session(it) => Some(it.hash),
        _ => None,
    });
    let hash = hash.unwrap();
    let session = world.store.find_session(world.make.workspace_id(), &hash);
    let text = said(session.await);
    assert!(text.starts_with("sessions.principal of ses_"), "{text}");
    assert!(text.ends_with("found ghost"), "{text}");
}

#[tokio::test]
async fn a_moment_that_no_calendar_has_names_table_column_and_id() {
    let (world, _) = World::full().await;
    corrupt(
        &world,
        "UPDATE api_collections SET updated_at = 'infinity', version = 0",
    )
    .await;
    let collections = world.store.list_collections(world.make.workspace_id());
    let text = said(collections.await);
    assert!(
        text.starts_with("api_collections.version of col_"),
        "{text}"
    );
    corrupt(&world, "UPDATE api_collections SET version = 1").await;
    let collections = world.store.list_collections(world.make.workspace_id());
    let text = said(collections.await);
    assert!(
        text.starts_with("api_collections.updated_at of col_"),
        "{text}"
    );
}

/// Answers of the API are JSON, and JSON has U+0000.
#[tokio::test]
async fn a_text_that_cannot_be_kept_is_an_error_that_says_so_and_is_found_nowhere() {
    let (world, all) = World::full().await;
    let group = EndUserGroup {
        description: "before\0after".to_owned(),
        ..world.make.group("Partners")
    };
    let in_json = ApiCollection {
        tags: vec!["before\0after".to_owned()],
        ..world.make.collection("billing")
    };
    for change in [Change::put(group), Change::put(in_json)] {
        let text = said(world.store.commit(&world.make.commit([change])).await);
        assert!(text.contains("U+0000"), "{text}");
    }
    let filter = EndUserFilter {
        text: Some("\0".to_owned()),
        ..EndUserFilter::default()
    };
    let workspace = world.make.workspace_id();
    let page = world
        .store
        .list_end_users(workspace, &filter, &PageRequest::FIRST);
    assert_eq!(page.await.unwrap().items, []);
    assert!(!all.is_empty());
}
