//! The database is the last line: SQL that breaks a rule is refused, whoever sends it.

use jit_domain::{
    audit::Event,
    change::Change,
    ports::{ApiClientRepository, AuditRepository, SettingsRepository},
    settings::{AuthMethod, JitSettings},
    values::Version,
    views::{AuditFilter, PageRequest},
};
use jit_testkit::fixtures::Fixtures;

use super::world::World;

async fn all_refused(world: &World, rule: &str, attempts: &[&'static str]) {
    for sql in attempts {
        let refusal = world.execute(sql).await.expect_err(sql);
        assert!(refusal.contains(rule), "{sql}: {refusal}");
    }
}

/// R4: not by any statement that changes rows.
#[tokio::test]
async fn sql_cannot_change_the_method_of_a_client() {
    let (world, _) = World::full().await;
    let page = PageRequest::FIRST;
    let clients = || world.store.list_clients(world.make.workspace_id(), &page);
    let before = clients().await.unwrap();
    let attempts = [
        "UPDATE api_clients SET method = 'oauth2'",
        "UPDATE ONLY api_clients SET method = 'oauth2', version = version + 1",
        "UPDATE api_clients SET id = gen_random_uuid()",
        "INSERT INTO api_clients SELECT * FROM api_clients WHERE TRUE
            ON CONFLICT (workspace_id, id) DO UPDATE SET method = 'oauth2'",
        "WITH other AS (UPDATE api_clients SET method = 'jwt' RETURNING 1) SELECT * FROM other",
        "MERGE INTO api_clients c USING (VALUES ('oauth2')) o (method) ON TRUE
            WHEN MATCHED THEN UPDATE SET method = o.method",
        "DO $$ BEGIN UPDATE api_clients SET method = 'oauth2'; END $$",
    ];
    all_refused(&world, "R4", &attempts).await;
    assert_eq!(clients().await.unwrap(), before);
    assert_eq!(before.items.len(), 1);
}

/// R5: a locked method neither changes nor unlocks, and the settings do not go away.
#[tokio::test]
async fn sql_cannot_change_locked_settings() {
    let (world, _) = World::full().await;
    let locked = JitSettings {
        version: Version(2),
        method_locked_since: Some(world.make.now()),
        ..world.make.settings()
    };
    let lock = world.make.commit([Change::put(locked.clone())]);
    world.commit(&lock).await;
    let attempts = [
        "UPDATE jit_settings SET method = 'oauth2'",
        "UPDATE jit_settings SET method_locked_since = NULL",
        "UPDATE jit_settings SET method_locked_since = method_locked_since + INTERVAL '1 microsecond'",
        "UPDATE jit_settings SET workspace_id = gen_random_uuid()",
        "INSERT INTO jit_settings SELECT * FROM jit_settings WHERE TRUE
            ON CONFLICT (workspace_id) DO UPDATE SET method = 'oauth2'",
        "DELETE FROM jit_settings",
        "TRUNCATE jit_settings CASCADE",
    ];
    all_refused(&world, "R5", &attempts).await;
    let kept = world.store.find_jit_settings(world.make.workspace_id());
    assert_eq!(kept.await.unwrap(), Some(locked));
}

/// R5: before the first client, and for policy and groups after it, saving is free.
#[tokio::test]
async fn the_lock_holds_nothing_but_the_method() {
    let (world, _) = World::full().await;
    let mut settings = world.make.settings();
    let policy = world.make.policy("Another");
    world
        .commit(&world.make.put_all([policy.clone().into()]))
        .await;
    for change in [
        |it: &mut JitSettings| it.method = AuthMethod::Oauth2,
        |it: &mut JitSettings| it.method_locked_since = Some(it.saved_at),
        |it: &mut JitSettings| it.policy = None,
    ] {
        settings.policy = Some(policy.id);
        change(&mut settings);
        settings.version = settings.version.next();
        let save = world.make.commit([Change::put(settings.clone())]);
        world.commit(&save).await;
    }
}

/// R35: the audit log is append-only.
#[tokio::test]
async fn sql_cannot_touch_a_line_of_the_audit_log() {
    let world = World::new().await;
    let event = world.make.event(Event::made("workspace.created", "wsp_1"));
    let mut commit = world.make.put_all([world.make.workspace().into()]);
    commit.events = vec![event.clone()];
    world.commit(&commit).await;
    let attempts = [
        "UPDATE audit_events SET action = 'policy.deleted'",
        "INSERT INTO audit_events SELECT * FROM audit_events WHERE TRUE
            ON CONFLICT (workspace_id, id) DO UPDATE SET details = '{}'",
        "DELETE FROM audit_events",
        "TRUNCATE audit_events",
    ];
    all_refused(&world, "R35", &attempts).await;
    let (filter, page) = (AuditFilter::default(), PageRequest::FIRST);
    let log = world
        .store
        .list_audit_events(world.make.workspace_id(), &filter, &page);
    assert_eq!(log.await.unwrap().items, [event]);
}

/// R13, R20: one JIT client a person, one pending request for a client and a collection.
#[tokio::test]
async fn sql_cannot_make_a_second_of_what_there_is_one() {
    let (world, _) = World::full().await;
    let second_client =
        "INSERT INTO api_clients SELECT workspace_id, gen_random_uuid(), version, owner_id,
        method, origin, name, policy_id, state, created_at FROM api_clients";
    all_refused(&world, "unique constraint", &[second_client]).await;
    let pending =
        "INSERT INTO access_requests SELECT workspace_id, gen_random_uuid(), version, client_id,
        requester_id, collection_id, reason, requested_at, 'pending', NULL, NULL, NULL, NULL
        FROM access_requests LIMIT 1";
    assert_eq!(world.execute(pending).await, Ok(1));
    all_refused(&world, "unique constraint", &[pending]).await;
}

/// R38: no reference leads into another workspace.
#[tokio::test]
async fn sql_cannot_refer_to_another_workspace() {
    let (world, _) = World::full().await;
    let other = Fixtures::named("other", 2);
    let (theirs, policy) = (other.workspace(), other.policy("Theirs"));
    world
        .commit(&other.put_all([theirs.into(), policy.into()]))
        .await;
    let attempts = [
        "UPDATE api_clients SET policy_id = (SELECT id FROM policies WHERE name = 'Theirs')",
        "UPDATE jit_settings SET policy_id = (SELECT id FROM policies WHERE name = 'Theirs')",
        "UPDATE grants SET workspace_id = (SELECT workspace_id FROM policies WHERE name = 'Theirs')",
    ];
    all_refused(&world, "foreign key constraint", &attempts).await;
}
