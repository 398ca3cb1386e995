//! R13: a server that stops in the middle of many commits leaves nobody half made.

use std::sync::Arc;

use jit_domain::{
    audit::Event,
    change::{Change, Commit},
    ids::{ApiClientId, EndUserId},
    ports::{ApiClientRepository, AuditRepository, EndUserRepository, Store},
    views::{AuditFilter, PageRequest},
};
use jit_postgres::PostgresStore;
use jit_testkit::{
    fixtures::Fixtures,
    postgres_server::{Durability, PostgresServer},
};
use tokio::sync::mpsc;

const PEOPLE: usize = 240;
const TASKS: usize = 8;

struct Login {
    commit: Commit,
    user: EndUserId,
    client: ApiClientId,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_that_crashes_in_the_middle_of_commits_leaves_nobody_half_made() {
    let server = Arc::new(PostgresServer::start(Durability::Full).unwrap());
    server.create_database("portal", None).unwrap();
    let store = PostgresStore::open(&server.url("portal")).await.unwrap();
    let make = Fixtures::default();
    let connection = make.connection("okta");
    let start = [make.workspace().into(), connection.clone().into()];
    store.commit(&make.put_all(start)).await.unwrap();

    let logins: Arc<Vec<_>> = Arc::new(
        (0..PEOPLE)
            .map(|n| {
                let user = make.end_user(&format!("person-{n}"), &connection);
                let client = make.client(&user);
                let (owner, id) = (user.id, client.id());
                let event = make.event(Event::made("end_user.created", owner));
                let mut commit = make.commit([Change::put(user), Change::put(client)]);
                commit.events = vec![event];
                Login {
                    commit,
                    user: owner,
                    client: id,
                }
            })
            .collect(),
    );
    let (done, mut answers) = mpsc::unbounded_channel();
    for task in 0..TASKS {
        let (store, logins, done) = (store.clone(), Arc::clone(&logins), done.clone());
        tokio::spawn(async move {
            for n in (task..PEOPLE).step_by(TASKS) {
                let outcome = store.commit(&logins[n].commit).await;
                done.send((n, outcome)).unwrap();
            }
        });
    }
    drop(done);
    let mut applied = vec![false; PEOPLE];
    let mut answered = 0;
    while let Some((n, outcome)) = answers.recv().await {
        // Whoever gets no good answer is told so, and may find it applied.
        applied[n] = outcome.is_ok();
        answered += 1;
        if answered % 60 == 30 {
            let server = Arc::clone(&server);
            let restart = move || {
                server.crash().unwrap();
                server.start_again().unwrap();
            };
            tokio::task::spawn_blocking(restart).await.unwrap();
        }
    }
    assert_eq!(answered, PEOPLE);
    let good = applied.iter().filter(|ok| **ok).count();
    assert!(good > PEOPLE / 2, "only {good} of {PEOPLE} got through");

    let workspace = make.workspace_id();
    for (login, ok) in logins.iter().zip(applied) {
        let user = store.find_end_user(workspace, login.user).await.unwrap();
        let client = store.find_client(workspace, login.client).await.unwrap();
        let filter = AuditFilter {
            target: Some(login.user.to_string()),
            ..AuditFilter::default()
        };
        let log = store.list_audit_events(workspace, &filter, &PageRequest::FIRST);
        let parts = [
            user.is_some(),
            client.is_some(),
            !log.await.unwrap().items.is_empty(),
        ];
        assert!(
            parts == [true; 3] || !ok && parts == [false; 3],
            "{parts:?}"
        );
    }
    store.close().await;
}
