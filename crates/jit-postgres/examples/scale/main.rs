//! How the lists and searches of the console answer with very many rows:
//! `cargo run --release -p jit-postgres --example scale [people [grants of each person]]`
//!
//! A million people and ten grants each, unless told otherwise, on a server of its own in the folder for
//! temporary files; it takes about 8 GB there, and the filling takes minutes.

use std::{
    error::Error,
    str::FromStr,
    time::{Duration, Instant},
};

use jit_domain::{connections::IdpConnection, ports::Store};
use jit_postgres::PostgresStore;
use jit_testkit::{
    fixtures::Fixtures,
    postgres_server::{Durability, PostgresServer},
};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, postgres::PgConnectOptions};

mod questions;

type Done<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// So many people are written at once.
const PART: u32 = 20_000;

/// How often each question is asked.
const ROUNDS: u64 = 200;

const FUNCTIONS: &str = r"
CREATE FUNCTION scale_id(kind text, n bigint) RETURNS uuid IMMUTABLE LANGUAGE sql AS
$$ SELECT (lpad(to_hex(n), 12, '0') || '7000800' || '0' || lpad(kind, 12, '0'))::uuid $$;
CREATE FUNCTION scale_name(n bigint) RETURNS text IMMUTABLE LANGUAGE sql AS $$
    SELECT (ARRAY['Ada','Bo','Chen','Dana','Emil','Fay','Goran','Hana','Ines','Jan','Kira','Lars','Mina','Nils',
        'Olga','Pia','Quentin','Rosa','Sven','Tara','Uma','Vera','Wim','Xenia','Yara','Zoe'])[1 + n % 26]
        || ' ' || initcap(translate(substr(md5(n::text), 1, 7), '0123456789', 'ghijklmnop'))
$$;
CREATE TABLE one_row (id bigint PRIMARY KEY);
";

#[tokio::main]
async fn main() -> Done {
    let number = |place, usual| match std::env::args().nth(place) {
        Some(text) => text.parse::<u32>(),
        None => Ok(usual),
    };
    let (people, grants) = (number(1, 1_000_000)?, number(2, 10)?.min(15));
    let server = PostgresServer::start(Durability::None)?;
    server.create_database("portal", None)?;
    let url = server.url("portal");
    let mut store = PostgresStore::open(&url).await?;
    let mut db = PgConnection::connect_with(&PgConnectOptions::from_str(&url)?).await?;

    let make = Fixtures::default();
    let connection = make.connection("okta");
    let start = [make.workspace().into(), connection.clone().into()];
    store.commit(&make.put_all(start)).await?;
    fill(&mut db, &make, &connection, people, grants).await?;

    println!("| question | median | 99 of 100 | rows read without an index |");
    println!("|---|---|---|---|");
    for question in questions::all(make.workspace_id(), people) {
        let before = rows_read_without_index(&mut db).await?;
        let mut times = Vec::new();
        for round in 0..ROUNDS {
            let asked = Instant::now();
            (question.ask)(&store, round).await?;
            times.push(asked.elapsed());
        }
        // Connections tell the server what they have read when they have nothing to do, or end.
        store.close().await;
        store = PostgresStore::open(&url).await?;
        let read = rows_read_without_index(&mut db).await? - before;
        row(
            question.what,
            &mut times,
            &(read / i64::try_from(ROUNDS)?).to_string(),
        );
    }
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let asked = Instant::now();
        db.execute("SELECT 1").await?;
        times.push(asked.elapsed());
    }
    row("`SELECT 1`, for comparison", &mut times, "");
    store.close().await;
    Ok(())
}

async fn fill(
    db: &mut PgConnection,
    make: &Fixtures,
    connection: &IdpConnection,
    people: u32,
    grants: u32,
) -> Done {
    let workspace = make.workspace_id().uuid().to_string();
    db.execute(FUNCTIONS).await?;
    // Without triggers and references, which is faster.
    db.execute("SET session_replication_role = replica").await?;
    let collections = format!(
        "INSERT INTO api_collections
         SELECT '{workspace}', scale_id('b', n), 1, 'api-' || n, 'v1', 'API ' || n, 'api ' || n, '', '', '[]',
            'http://upstream', 'published', '\"everyone\"', '[]', '1', now(), now(), '{{}}'
         FROM generate_series(0, 999) n"
    );
    db.execute(AssertSqlSafe(collections)).await?;
    let started = Instant::now();
    for from in (1..=people).step_by(usize::try_from(PART)?) {
        let to = people.min(from + PART - 1);
        let fill = include_str!("fill.sql")
            .replace("$workspace", &workspace)
            .replace("$connection", &connection.id.uuid().to_string())
            .replace("$from", &from.to_string())
            .replace("$to", &to.to_string())
            .replace("$grants", &grants.to_string());
        db.execute(AssertSqlSafe(fill)).await?;
        let took = started.elapsed();
        let left = took.mul_f64(f64::from(people - to) / f64::from(to));
        eprint!(
            "\r{to} of {people} people, {:.0} s left   ",
            left.as_secs_f64()
        );
    }
    eprintln!(
        "\rfilled in {:.0} s; the server gathers statistics",
        started.elapsed().as_secs_f64()
    );
    db.execute("SET session_replication_role = DEFAULT").await?;
    db.execute("VACUUM ANALYZE").await?;
    Ok(())
}

/// How many rows of the tables with very many were read in the order of the table, so far.
async fn rows_read_without_index(db: &mut PgConnection) -> Done<i64> {
    db.execute("SELECT pg_stat_clear_snapshot()").await?;
    let read = sqlx::query_scalar(
        "SELECT COALESCE(SUM(seq_tup_read), 0)::bigint FROM pg_stat_user_tables WHERE n_live_tup > 5000",
    );
    Ok(read.fetch_one(db).await?)
}

fn row(what: &str, times: &mut [Duration], read: &str) {
    times.sort();
    let at = |part: usize| times[(times.len() - 1) * part / 100].as_secs_f64() * 1000.0;
    println!("| {what} | {:.2} ms | {:.2} ms | {read} |", at(50), at(99));
}
