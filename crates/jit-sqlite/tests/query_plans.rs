//! Every statement that the store runs finds its rows by an index.
#![expect(clippy::unwrap_used, reason = "a test that fails has to stop")]

use std::sync::{Arc, Mutex};

use jit_domain::{
    access::RequestStatus,
    audit::Event,
    change::{Aggregate, Change},
    ports::*,
    views::{AccessRequestFilter, AuditFilter, EndUserFilter, GrantFilter, PageRequest},
};
use jit_sqlite::SqliteStore;
use jit_testkit::fixtures::{Fixtures, at_version};
use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use tracing::{
    Event as Logged, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

#[tokio::test(flavor = "multi_thread")]
async fn no_statement_reads_a_table_from_end_to_end() {
    let heard = Heard::default();
    tracing::subscriber::set_global_default(heard.clone()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("portal.db");
    let store = SqliteStore::open(&file.to_string_lossy()).await.unwrap();
    heard.statements.lock().unwrap().clear();
    do_everything(&store).await;

    let options = SqliteConnectOptions::new().filename(&file);
    let mut db = SqliteConnection::connect_with(&options).await.unwrap();
    let mut statements = heard.statements.lock().unwrap().clone();
    statements.sort_unstable();
    statements.dedup();
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
const SMALL: [&str; 9] = [
    "administrators",
    "api_collections",
    "api_tokens",
    "end_user_groups",
    "idp_connections",
    "jit_settings",
    "jit_settings_groups",
    "policies",
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

/// Every kind of change, and every read with every filter that has a text of its own.
async fn do_everything(store: &SqliteStore) {
    let make = Fixtures::default();
    let w = make.workspace_id();
    let all = make.one_of_each();
    let connection = make.connection("another");
    let mut first = make.put_all(all.clone());
    first
        .changes
        .push(Change::Accept(make.accepted("_1", &connection)));
    first.events = vec![make.event(Event::made("workspace.created", "wsp_1"))];
    store.commit(&first).await.unwrap();
    for it in &all {
        let second = at_version(it, it.version().next());
        let guard = Change::Unchanged(second.reference(), second.version());
        store
            .commit(&make.commit([Change::Put(second), guard]))
            .await
            .unwrap();
    }
    let page = &PageRequest::FIRST;
    for it in &all {
        match it {
            Aggregate::Workspace(it) => drop(store.find_workspace(&it.slug).await.unwrap()),
            Aggregate::JitSettings(_) => drop(store.find_jit_settings(w).await.unwrap()),
            Aggregate::IdpConnection(it) => {
                store.find_connection(w, it.id).await.unwrap();
                store.find_connection_by_slug(w, &it.slug).await.unwrap();
            }
            Aggregate::EndUser(it) => {
                store.find_end_user(w, it.id).await.unwrap();
                for subject in &it.subjects {
                    store.find_end_user_by_subject(w, subject).await.unwrap();
                }
                if let Some(email) = &it.email {
                    store.list_end_users_by_email(w, email).await.unwrap();
                }
                store.find_client_of(w, it.id).await.unwrap();
            }
            Aggregate::EndUserGroup(it) => {
                store.find_group(w, it.id).await.unwrap();
                store.list_references_to_group(w, it.id).await.unwrap();
            }
            Aggregate::ApiClient(it) => {
                store.find_client(w, it.id()).await.unwrap();
                store.list_requests_of_client(w, it.id()).await.unwrap();
                store.list_grants_of_client(w, it.id()).await.unwrap();
                store.find_calling_client(w, it.id()).await.unwrap();
                store.list_calling_clients(w, Some(it.id())).await.unwrap();
            }
            Aggregate::Policy(it) => {
                store.find_policy(w, it.id).await.unwrap();
                store.list_references_to_policy(w, it.id).await.unwrap();
            }
            Aggregate::ApiCollection(it) => {
                store.find_collection(w, it.id).await.unwrap();
                store.find_collection_by_slug(w, &it.slug).await.unwrap();
                store.list_pending_requests_for(w, it.id).await.unwrap();
            }
            Aggregate::AccessRequest(it) => {
                store.find_access_request(w, it.id).await.unwrap();
                for filter in request_filters(it.client, it.collection) {
                    store.list_access_requests(w, &filter, page).await.unwrap();
                    store.count_access_requests(w, &filter).await.unwrap();
                }
            }
            Aggregate::Grant(it) => {
                store.find_grant(w, it.id).await.unwrap();
                let (client, collection) = (Some(it.client), Some(it.collection));
                for filter in [
                    GrantFilter::default(),
                    GrantFilter {
                        client,
                        ..GrantFilter::default()
                    },
                    GrantFilter {
                        collection,
                        ..GrantFilter::default()
                    },
                ] {
                    store.list_grants(w, &filter, page).await.unwrap();
                }
            }
            Aggregate::Administrator(it) => {
                store.find_administrator(w, it.id).await.unwrap();
                store
                    .find_administrator_by_email(w, &it.email)
                    .await
                    .unwrap();
            }
            Aggregate::ApiToken(it) => {
                store.find_api_token(w, it.id).await.unwrap();
                store.find_api_token_by_hash(w, &it.hash).await.unwrap();
            }
            Aggregate::Session(it) => drop(store.find_session(w, &it.hash).await.unwrap()),
            Aggregate::AuthnRequest(it) => {
                store.find_authn_request(w, it.id).await.unwrap();
            }
        }
    }
    store.is_assertion_accepted(w, "idp", "_1").await.unwrap();
    store.list_connections(w).await.unwrap();
    store.list_groups(w).await.unwrap();
    store.list_policies(w).await.unwrap();
    store.list_collections(w).await.unwrap();
    store.list_routes(w).await.unwrap();
    store.list_administrators(w).await.unwrap();
    store.list_api_tokens(w).await.unwrap();
    store.list_clients(w, page).await.unwrap();
    store
        .list_end_users(w, &EndUserFilter::default(), page)
        .await
        .unwrap();
    store.count_end_users(w).await.unwrap();
    store.count_jit_clients(w).await.unwrap();
    store.find_latest_gateway_change(w).await.unwrap();
    store.list_gateway_changes(w, 0).await.unwrap();
    for (action, target) in [
        (None, None),
        (Some("policy.created"), None),
        (None, Some("x")),
    ] {
        let filter = AuditFilter {
            action: action.map(Into::into),
            target: target.map(Into::into),
        };
        store.list_audit_events(w, &filter, page).await.unwrap();
    }
    for it in all.iter().skip(1).rev() {
        let remove = Change::Remove(it.reference(), it.version().next());
        store.commit(&make.commit([remove])).await.unwrap();
    }
    store.forget_expired(make.now()).await.unwrap();
}

fn request_filters(
    client: jit_domain::ids::ApiClientId,
    collection: jit_domain::ids::ApiCollectionId,
) -> [AccessRequestFilter; 4] {
    let any = AccessRequestFilter::default;
    [
        any(),
        AccessRequestFilter {
            client: Some(client),
            ..any()
        },
        AccessRequestFilter {
            status: Some(RequestStatus::Pending),
            ..any()
        },
        AccessRequestFilter {
            collection: Some(collection),
            ..any()
        },
    ]
}

/// Remembers every statement that the driver logs.
#[derive(Clone, Default)]
struct Heard {
    statements: Arc<Mutex<Vec<String>>>,
}

impl Subscriber for Heard {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Logged<'_>) {
        event.record(&mut Statement(self));
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

struct Statement<'a>(&'a Heard);

impl Visit for Statement<'_> {
    fn record_str(&mut self, field: &Field, text: &str) {
        if field.name() == "db.statement" && !text.is_empty() {
            self.0
                .statements
                .lock()
                .unwrap()
                .push(text.trim().to_owned());
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}
