use jit_domain::{
    access::RequestStatus,
    audit::Event,
    change::{Aggregate, Change},
    error::StoreError,
    ids::IdpConnectionId,
    ports::Store,
    sign_in_log::SignInAttemptFilter,
    views::{AccessRequestFilter, AuditFilter, EndUserFilter, GrantFilter, PageRequest},
};

use crate::fixtures::{Fixtures, at_version};

/// Every kind of change, and every read with every filter that has a text of its own.
///
/// # Errors
/// The first error of the store.
pub async fn do_everything(store: &impl Store) -> Result<(), StoreError> {
    let make = Fixtures::default();
    let w = make.workspace_id();
    let all = make.one_of_each();
    let connection = make.connection("another");
    let mut first = make.put_all(all.clone());
    first
        .changes
        .push(Change::Accept(make.accepted("_1", &connection)));
    first.events = vec![make.event(Event::made("workspace.created", "wsp_1"))];
    store.commit(&first).await?;
    for it in &all {
        let second = at_version(it, it.version().next());
        let guard = Change::Unchanged(second.reference(), second.version());
        store
            .commit(&make.commit([Change::Put(second), guard]))
            .await?;
    }
    let page = &PageRequest::FIRST;
    for it in &all {
        match it {
            Aggregate::Workspace(it) => drop(store.find_workspace(&it.slug).await?),
            Aggregate::JitSettings(_) => drop(store.find_jit_settings(w).await?),
            Aggregate::IdpConnection(it) => {
                store.find_connection(w, it.id).await?;
                store.find_connection_by_slug(w, &it.slug).await?;
            }
            Aggregate::EndUser(it) => {
                store.find_end_user(w, it.id).await?;
                for subject in &it.subjects {
                    store.find_end_user_by_subject(w, subject).await?;
                }
                if let Some(email) = &it.email {
                    store.list_end_users_by_email(w, email).await?;
                }
                store.find_client_of(w, it.id).await?;
            }
            Aggregate::EndUserGroup(it) => {
                store.find_group(w, it.id).await?;
                store.list_references_to_group(w, it.id).await?;
            }
            Aggregate::ApiClient(it) => {
                store.find_client(w, it.id()).await?;
                store.list_requests_of_client(w, it.id()).await?;
                store.list_grants_of_client(w, it.id()).await?;
                store.find_calling_client(w, it.id()).await?;
                store.list_calling_clients(w, Some(it.id())).await?;
            }
            Aggregate::Policy(it) => {
                store.find_policy(w, it.id).await?;
                store.list_references_to_policy(w, it.id).await?;
            }
            Aggregate::ApiCollection(it) => {
                store.find_collection(w, it.id).await?;
                store.find_collection_by_slug(w, &it.slug).await?;
                store.list_pending_requests_for(w, it.id).await?;
            }
            Aggregate::AccessRequest(it) => {
                store.find_access_request(w, it.id).await?;
                for filter in request_filters(it.client, it.collection) {
                    store.list_access_requests(w, &filter, page).await?;
                    store.count_access_requests(w, &filter).await?;
                }
            }
            Aggregate::Grant(it) => {
                store.find_grant(w, it.id).await?;
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
                    store.list_grants(w, &filter, page).await?;
                }
            }
            Aggregate::Administrator(it) => {
                store.find_administrator(w, it.id).await?;
                store.find_administrator_by_email(w, &it.email).await?;
                let subject = make.subject("ada", &connection);
                store.find_administrator_by_subject(w, &subject).await?;
            }
            Aggregate::ApiToken(it) => {
                store.find_api_token(w, it.id).await?;
                store.find_api_token_by_hash(w, &it.hash).await?;
            }
            Aggregate::Session(it) => {
                store.find_session(w, &it.hash).await?;
                store.list_sessions_of(w, it.principal).await?;
                let id = connection.id;
                store.list_sessions_by_name_id(w, id, "dana").await?;
            }
            Aggregate::AuthnRequest(it) => {
                store.find_authn_request(w, it.id).await?;
            }
            Aggregate::SamlKey(_) => drop(store.list_saml_keys(w).await?),
            Aggregate::SetupLink(it) => {
                store.find_setup_link(w, it.id).await?;
                store.find_setup_link_by_hash(w, &it.hash).await?;
                store.list_setup_links(w, it.connection).await?;
            }
            Aggregate::SignInAttempt(it) => {
                store.find_sign_in_attempt(w, it.id).await?;
                for filter in attempt_filters(it.connection) {
                    store.list_sign_in_attempts(w, &filter, page).await?;
                }
            }
        }
    }
    store.is_assertion_accepted(w, "idp", "_1").await?;
    store.list_connections(w).await?;
    store.list_groups(w).await?;
    store.list_policies(w).await?;
    store.list_collections(w).await?;
    store.list_routes(w).await?;
    store.list_administrators(w).await?;
    store.list_api_tokens(w).await?;
    store.list_clients(w, page).await?;
    store
        .list_end_users(w, &EndUserFilter::default(), page)
        .await?;
    store.count_end_users(w).await?;
    store.count_jit_clients(w).await?;
    store.find_latest_gateway_change(w).await?;
    store.list_gateway_changes(w, 0).await?;
    for (action, target) in [
        (None, None),
        (Some("policy.created"), None),
        (None, Some("x")),
    ] {
        let filter = AuditFilter {
            action: action.map(Into::into),
            target: target.map(Into::into),
        };
        store.list_audit_events(w, &filter, page).await?;
    }
    for it in all.iter().skip(1).rev() {
        let remove = Change::Remove(it.reference(), it.version().next());
        store.commit(&make.commit([remove])).await?;
    }
    store.forget_expired(make.now()).await?;
    Ok(())
}

fn attempt_filters(connection: IdpConnectionId) -> [SignInAttemptFilter; 5] {
    let any = SignInAttemptFilter::default;
    let refused = |refused| SignInAttemptFilter {
        refused: Some(refused),
        ..any()
    };
    [
        any(),
        SignInAttemptFilter {
            connection: Some(connection),
            ..any()
        },
        refused(true),
        refused(false),
        SignInAttemptFilter {
            reference: Some("r-1".to_owned()),
            ..any()
        },
    ]
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
