//! How many first logins a second become durable on your disk, with 1 and with 16 at once:
//! `cargo run --release -p jit-sqlite --example commit_rate [folder]`

use std::{
    error::Error,
    sync::Arc,
    time::{Duration, Instant},
};

use jit_domain::{
    audit::Event,
    change::{Change, Commit},
    connections::IdpConnection,
    ports::Store,
    sessions::{AuthnRequest, Principal},
    settings::JitSettings,
};
use jit_sqlite::SqliteStore;
use jit_testkit::fixtures::Fixtures;

const LOGINS: usize = 4_000;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let folder = match std::env::args().nth(1) {
        Some(folder) => tempfile::tempdir_in(folder)?,
        None => tempfile::tempdir()?,
    };
    for tasks in [1, 16] {
        let file = folder.path().join(format!("{tasks}.db"));
        let store = SqliteStore::open(&file.to_string_lossy()).await?;
        let logins = LOGINS.min(tasks * 1_000);
        let took = first_logins(Arc::new(store.clone()), tasks, logins).await?;
        store.close().await;
        let rate = f64::from(u32::try_from(logins)?) / took.as_secs_f64();
        println!("{tasks:>2} tasks: {rate:>6.0} first logins a second ({logins} in {took:.2?})");
    }
    Ok(())
}

async fn first_logins(
    store: Arc<SqliteStore>,
    tasks: usize,
    logins: usize,
) -> Result<Duration, Box<dyn Error + Send + Sync>> {
    let make = Fixtures::default();
    let (connection, settings) = (make.connection("okta"), make.settings());
    let begun: Vec<_> = (0..logins)
        .map(|_| make.authn_request(&connection))
        .collect();
    let workspace = make.workspace();
    let start = [
        workspace.into(),
        connection.clone().into(),
        settings.clone().into(),
    ];
    store.commit(&make.put_all(start)).await?;
    for some in begun.chunks(500) {
        store
            .commit(&make.put_all(some.iter().cloned().map(Into::into)))
            .await?;
    }
    let commits: Vec<_> = (0..logins)
        .map(|n| first_login(&make, &connection, &settings, &begun[n], n))
        .collect();

    let started = Instant::now();
    let mut running = Vec::new();
    for share in commits.chunks(logins / tasks) {
        let (store, share) = (Arc::clone(&store), share.to_vec());
        running.push(tokio::spawn(async move {
            for commit in &share {
                store.commit(commit).await?;
            }
            Ok::<_, jit_domain::error::StoreError>(())
        }));
    }
    for task in running {
        task.await??;
    }
    Ok(started.elapsed())
}

/// Seven changes and three lines of the audit log.
fn first_login(
    make: &Fixtures,
    connection: &IdpConnection,
    settings: &JitSettings,
    begun: &AuthnRequest,
    n: usize,
) -> Commit {
    let user = make.end_user(&format!("person-{n}"), connection);
    let client = make.client(&user);
    let session = make.session(Principal::EndUser(user.id));
    let guard = |it: jit_domain::change::Aggregate| Change::Unchanged(it.reference(), it.version());
    let events = [
        Event::made("end_user.created", user.id),
        Event::made("api_client.created", client.id()),
        Event::made("end_user.signed_in", user.id),
    ];
    let mut commit = make.commit([
        guard(connection.clone().into()),
        guard(settings.clone().into()),
        Change::Remove(
            jit_domain::change::Ref::AuthnRequest(begun.id),
            begun.version,
        ),
        Change::Accept(make.accepted(&format!("_{n}"), connection)),
        Change::put(user),
        Change::put(client),
        Change::put(session),
    ]);
    commit.events = events.map(|event| make.event(event)).into();
    commit
}
