//! Every statement that the store runs finds its rows by an index.

#![expect(clippy::unwrap_used, reason = "a test that fails has to stop")]

use jit_postgres::PostgresStore;
use jit_testkit::{
    postgres_server::{Durability, PostgresServer},
    statements::{StatementLog, do_everything},
};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

/// Enough rows that reading all of them is never the cheapest, and what the planner knows of them.
const MANY: &str = include_str!("query_plans/many.sql");

/// Tables that an administrator fills by hand, or with a row a workspace.
const SMALL: [&str; 11] = [
    "administrators",
    "api_collections",
    "api_tokens",
    "end_user_groups",
    "idp_connections",
    "jit_settings",
    "jit_settings_groups",
    "policies",
    "saml_keys",
    "setup_links",
    "workspaces",
];

/// Numbers of all that there is, or of as many as are counted at most.
const COUNTS: [&str; 3] = [
    "SELECT COUNT(*) FROM end_users WHERE workspace_id",
    "SELECT COUNT(*) FROM api_clients WHERE workspace_id",
    "SELECT COUNT(*) FROM (SELECT 1 FROM access_requests r",
];

/// Plans for parameters that are not known: those that the server keeps for statements that come often.
#[tokio::test]
async fn no_statement_reads_a_table_from_end_to_end() {
    let server = PostgresServer::start(Durability::None).unwrap();
    server.create_database("plans", None).unwrap();
    let url = server.url("plans");
    let store = PostgresStore::open(&url).await.unwrap();
    let log = StatementLog::listen();
    do_everything(&store).await.unwrap();
    let statements = log.take();
    assert!(statements.len() > 60, "{statements:#?}");

    let mut db = PgConnection::connect(&url).await.unwrap();
    db.execute(MANY).await.unwrap();
    let mut slow = Vec::new();
    for statement in statements {
        let plan = plan(&mut db, &statement).await;
        let mut steps = Vec::new();
        faults(&plan, &statement, &mut steps);
        slow.extend(steps.into_iter().map(|step| format!("{step}: {statement}")));
    }
    assert!(slow.is_empty(), "{slow:#?}");
}

async fn plan(db: &mut PgConnection, statement: &str) -> Value {
    let parameters = (1..1_000)
        .take_while(|n| statement.contains(&format!("${n}")))
        .map(|_| "NULL")
        .collect::<Vec<_>>();
    let execute = if parameters.is_empty() {
        "it".to_owned()
    } else {
        format!("it ({})", parameters.join(", "))
    };
    // The texts come from the store itself.
    for sql in [
        "SET plan_cache_mode = force_generic_plan".to_owned(),
        format!("PREPARE it AS {statement}"),
    ] {
        db.execute(AssertSqlSafe(sql)).await.unwrap();
    }
    let explain = format!("EXPLAIN (FORMAT JSON) EXECUTE {execute}");
    let plan: Value = sqlx::query_scalar(AssertSqlSafe(explain))
        .persistent(false)
        .fetch_one(&mut *db)
        .await
        .unwrap();
    db.execute("DEALLOCATE it").await.unwrap();
    plan
}

/// The steps that read all rows of a big table, or all of a workspace, which comes to the same; or that sort
/// a list before a page is cut out of it.
fn faults(plan: &Value, statement: &str, found: &mut Vec<String>) {
    match plan {
        Value::Array(parts) => parts.iter().for_each(|it| faults(it, statement, found)),
        Value::Object(step) => {
            if let Some(kind) = step.get("Node Type").and_then(Value::as_str)
                && is_fault(kind, step, statement)
            {
                found.push(describe(kind, step));
            }
            step.values().for_each(|it| faults(it, statement, found));
        }
        _ => {}
    }
}

fn is_fault(kind: &str, step: &serde_json::Map<String, Value>, statement: &str) -> bool {
    let text = |key: &str| step.get(key).and_then(Value::as_str).unwrap_or_default();
    let is_small = SMALL.contains(&text("Relation Name"))
        // This index has nothing but what is pending.
        || text("Index Name").starts_with("access_requests_pending");
    let is_count = COUNTS.iter().any(|count| statement.starts_with(count));
    let condition = text("Index Cond");
    let whole = kind == "Seq Scan"
        || kind.contains("Scan")
            && condition.contains("workspace_id")
            && !condition.contains(" AND ");
    // The few rows of one client may be sorted.
    let rows = step.get("Plan Rows").and_then(Value::as_u64);
    let sorts = kind.contains("Sort") && statement.contains("LIMIT") && rows > Some(100);
    sorts || whole && !is_small && !is_count
}

fn describe(kind: &str, step: &serde_json::Map<String, Value>) -> String {
    let parts = [
        "Relation Name",
        "Index Name",
        "Index Cond",
        "Filter",
        "Sort Key",
    ];
    let parts = parts.into_iter().filter_map(|part| step.get(part));
    format!(
        "{kind} {}",
        parts.map(ToString::to_string).collect::<Vec<_>>().join(" ")
    )
}
