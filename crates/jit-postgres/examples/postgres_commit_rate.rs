//! How many first logins a second become durable, with 1, 8 and 32 at once, and beside it how many bare
//! inserts of one row the same server makes durable:
//! `cargo run --release -p jit-postgres --example postgres_commit_rate [address of an empty database]`
//!
//! Without an address it starts a server of its own, in the folder for temporary files.

use std::{
    error::Error,
    future::Future,
    str::FromStr,
    sync::Arc,
    time::{Duration, Instant},
};

use jit_domain::{
    audit::Event,
    change::{Aggregate, Change, Commit, Ref},
    connections::IdpConnection,
    ports::Store,
    sessions::{AuthnRequest, Principal},
    settings::JitSettings,
};
use jit_postgres::PostgresStore;
use jit_testkit::{
    fixtures::Fixtures,
    postgres_server::{Durability, PostgresServer},
};
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

const CONNECTIONS: u32 = 32;

type Done = Result<(), Box<dyn Error + Send + Sync>>;

#[tokio::main]
async fn main() -> Done {
    let server;
    let url = if let Some(url) = std::env::args().nth(1) {
        url
    } else {
        server = PostgresServer::start(Durability::Full)?;
        server.create_database("portal", None)?;
        server.url("portal")
    };
    let store = PostgresStore::open_with(&url, CONNECTIONS).await?;
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .test_before_acquire(false)
        .connect_with(PgConnectOptions::from_str(&url)?)
        .await?;
    sqlx::query("CREATE TABLE IF NOT EXISTS one_row (id bigint PRIMARY KEY, text text NOT NULL)")
        .execute(&pool)
        .await?;
    for (round, tasks) in (0..).zip([1, 8, 32]) {
        let many = tasks * 200 + 2_000;
        let inserts = bare_inserts(&pool, round, tasks, many).await?;
        let logins = first_logins(&store, round, tasks, many).await?;
        println!(
            "{tasks:>2} tasks: {:>6.0} first logins a second, {:>6.0} bare inserts a second",
            rate(many, logins)?,
            rate(many, inserts)?,
        );
    }
    sqlx::query("DROP TABLE one_row").execute(&pool).await?;
    pool.close().await;
    store.close().await;
    Ok(())
}

fn rate(many: usize, took: Duration) -> Result<f64, std::num::TryFromIntError> {
    Ok(f64::from(u32::try_from(many)?) / took.as_secs_f64())
}

/// Shares the work among tasks and measures it.
async fn at_once<T, F>(
    work: Vec<T>,
    tasks: usize,
    each: impl Fn(T) -> F + Clone + Send + Sync + 'static,
) -> Result<Duration, Box<dyn Error + Send + Sync>>
where
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Done> + Send,
{
    let started = Instant::now();
    let mut running = Vec::new();
    for share in work.chunks(work.len() / tasks) {
        let (share, each) = (share.to_vec(), each.clone());
        running.push(tokio::spawn(async move {
            for one in share {
                each(one).await?;
            }
            Ok::<_, Box<dyn Error + Send + Sync>>(())
        }));
    }
    for task in running {
        task.await??;
    }
    Ok(started.elapsed())
}

async fn bare_inserts(
    pool: &PgPool,
    round: u32,
    tasks: usize,
    many: usize,
) -> Result<Duration, Box<dyn Error + Send + Sync>> {
    let start = i64::from(round) * 1_000_000;
    let ids = start..start + i64::try_from(many)?;
    let pool = pool.clone();
    let insert = move |id: i64| {
        let pool = pool.clone();
        async move {
            let insert = sqlx::query("INSERT INTO one_row (id, text) VALUES ($1, 'a row')");
            insert.bind(id).execute(&pool).await?;
            Ok(())
        }
    };
    at_once(ids.collect(), tasks, insert).await
}

async fn first_logins(
    store: &PostgresStore,
    round: u32,
    tasks: usize,
    many: usize,
) -> Result<Duration, Box<dyn Error + Send + Sync>> {
    let make = Fixtures::named(&format!("round-{round}"), 100 + u64::from(round));
    let (connection, settings) = (make.connection("okta"), make.settings());
    let begun: Vec<_> = (0..many).map(|_| make.authn_request(&connection)).collect();
    let start = [
        make.workspace().into(),
        connection.clone().into(),
        settings.clone().into(),
    ];
    store.commit(&make.put_all(start)).await?;
    for some in begun.chunks(500) {
        let all = some.iter().cloned().map(Into::into);
        store.commit(&make.put_all(all)).await?;
    }
    let commits: Vec<_> = (0..many)
        .map(|n| Arc::new(first_login(&make, &connection, &settings, &begun[n], n)))
        .collect();
    let store = store.clone();
    let commit = move |commit: Arc<Commit>| {
        let store = store.clone();
        async move { Ok(store.commit(&commit).await?) }
    };
    at_once(commits, tasks, commit).await
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
    let connection_is: Aggregate = connection.clone().into();
    let events = [
        Event::made("end_user.created", user.id),
        Event::made("api_client.created", client.id()),
        Event::made("end_user.signed_in", user.id),
    ];
    let mut commit = make.commit([
        Change::Unchanged(connection_is.reference(), connection.version),
        Change::SameEpoch(settings.epoch),
        Change::Remove(Ref::AuthnRequest(begun.id), begun.version),
        Change::Accept(make.accepted(&format!("_{n}"), connection)),
        Change::put(user),
        Change::put(client),
        Change::put(session),
    ]);
    commit.events = events.map(|event| make.event(event)).into();
    commit
}
