//! Every statement that the store runs finds its rows by an index.

use jit_sqlite::SqliteStore;
use jit_testkit::statements::{StatementLog, do_everything};
use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};

#[tokio::test(flavor = "multi_thread")]
async fn no_statement_reads_a_table_from_end_to_end() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("portal.db");
    let store = SqliteStore::open(&file.to_string_lossy()).await.unwrap();
    let log = StatementLog::listen();
    do_everything(&store).await.unwrap();

    let options = SqliteConnectOptions::new().filename(&file);
    let mut db = SqliteConnection::connect_with(&options).await.unwrap();
    let statements = log.take();
    assert!(statements.len() > 60, "{statements:#?}");
    let mut slow = Vec::new();
    for statement in statements {
        // The text was constant a moment ago, and only its plan is asked for.
        let explain: &'static str = format!("EXPLAIN QUERY PLAN {statement}").leak();
        let plan: Vec<(i64, i64, i64, String)> =
            sqlx::query_as(explain).fetch_all(&mut db).await.unwrap();
        let steps = plan.into_iter().map(|(.., step)| step);
        let steps = steps.filter(|step| reads_all(step, &statement));
        slow.extend(steps.map(|step| format!("{step}: {statement}")));
    }
    assert!(slow.is_empty(), "{slow:#?}");
}

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

/// Numbers of all that there is, out of an index, or of as many as are counted at most.
const COUNTS: [&str; 4] = [
    "SELECT COALESCE(MAX(number), 0) FROM gateway_changes",
    "SELECT COUNT(*) FROM end_users WHERE workspace_id = ?",
    "SELECT COUNT(*) FROM api_clients WHERE workspace_id = ? AND origin = 'jit'",
    "SELECT COUNT(*) FROM (SELECT 1 FROM access_requests r",
];

/// Whether a step reads all rows of a big table, or all of a workspace, which comes to the same;
/// or sorts a list before it cuts a page out of it.
fn reads_all(step: &str, statement: &str) -> bool {
    let scans = step.starts_with("SCAN") && step != "SCAN CONSTANT ROW";
    let sorts = step == "USE TEMP B-TREE FOR ORDER BY" && statement.contains("LIMIT");
    let whole = scans && !step.contains("VIRTUAL TABLE") || step.ends_with("(workspace_id=?)");
    // This index has nothing but what is pending.
    let is_short =
        step.contains("access_requests_pending ") || SMALL.contains(&table(step, statement));
    let is_count = COUNTS.iter().any(|count| statement.starts_with(count));
    sorts || whole && !is_short && !is_count
}

/// What the second word of a step stands for.
fn table<'a>(step: &'a str, statement: &'a str) -> &'a str {
    let name = step.split(' ').nth(1).unwrap_or_default();
    let words: Vec<&str> = statement.split_whitespace().collect();
    let named = words
        .windows(3)
        .find(|it| ["FROM", "JOIN"].contains(&it[0]) && it[2].trim_end_matches(')') == name);
    named.map_or(name, |it| it[1])
}
