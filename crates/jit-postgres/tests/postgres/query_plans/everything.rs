use jit_domain::{
    access::RequestStatus,
    audit::Event,
    change::{Aggregate, Change},
    ports::*,
    views::{AccessRequestFilter, AuditFilter, EndUserFilter, GrantFilter, PageRequest},
};
use jit_postgres::PostgresStore;
use jit_testkit::fixtures::{Fixtures, at_version};

/// Every kind of change, and every read with every filter that has a text of its own.
pub(crate) async fn do_everything(store: &PostgresStore) {
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
