//! Two workspaces never see each other's rows, whatever the query (R38).

use std::{fmt::Debug, sync::Arc};

use jit_domain::{
    audit::Event,
    change::{Aggregate, Change},
    error::StoreError,
    people::{EndUser, MembershipSource, Subject},
    ports::Store,
    settings::JitSettings,
    sign_in_log::SignInAttemptFilter,
    values::Version,
    views::{AccessRequestFilter, AuditFilter, EndUserFilter, GrantFilter, PageRequest},
};

use super::world::{World, read};
use crate::fixtures::{ClientParts, Fixtures, at_version};

/// R38: the same names, addresses, subjects and slugs in two workspaces are no conflict.
pub async fn two_workspaces_may_hold_the_same(store: Arc<dyn Store>) {
    let (left, right) = two_worlds(store).await;
    for (world, other, all) in [(&left.0, &right.0, &left.1), (&right.0, &left.0, &right.1)] {
        for it in all {
            world.assert_kept(it).await;
            if !matches!(it, Aggregate::Workspace(_) | Aggregate::JitSettings(_)) {
                let found = read(&*world.store, other.workspace(), it).await;
                assert_eq!(found, None, "of the other workspace");
            }
        }
    }
}

/// R38: a list has only what belongs to its workspace.
pub async fn every_list_is_of_one_workspace(store: Arc<dyn Store>) {
    let (left, right) = two_worlds(store).await;
    let empty = another_workspace(&left.0, 3).await;
    for (world, expected) in [(&left.0, 1), (&right.0, 1), (&empty, 0)] {
        let (store, workspace, first) = (&world.store, world.workspace(), &PageRequest::FIRST);
        let requests = AccessRequestFilter::default();
        let people = EndUserFilter::default();
        let counts = [
            len(store.list_connections(workspace).await),
            len(store.list_groups(workspace).await),
            len(store.list_policies(workspace).await),
            len(store.list_collections(workspace).await),
            len(store.list_administrators(workspace).await),
            len(store.list_api_tokens(workspace).await),
            len(store.list_routes(workspace).await),
            len(store.list_calling_clients(workspace, None).await),
            len(store
                .list_end_users(workspace, &people, first)
                .await
                .map(|it| it.items)),
            len(store
                .list_clients(workspace, first)
                .await
                .map(|it| it.items)),
            len(store
                .list_access_requests(workspace, &requests, first)
                .await
                .map(|it| it.items)),
            len(store
                .list_grants(workspace, &GrantFilter::default(), first)
                .await
                .map(|it| it.items)),
            len(store
                .list_audit_events(workspace, &AuditFilter::default(), first)
                .await
                .map(|it| it.items)),
            len(store
                .list_sign_in_attempts(workspace, &SignInAttemptFilter::default(), first)
                .await
                .map(|it| it.items)),
            len(store.list_saml_keys(workspace).await),
            number(store.count_end_users(workspace).await),
            number(store.count_jit_clients(workspace).await),
            number(store.count_access_requests(workspace, &requests).await),
        ];
        assert_eq!(counts, [expected; 18]);
        let members = store.list_groups(workspace).await.unwrap();
        assert!(members.iter().all(|row| row.members == 1), "{members:?}");
        let governed = store.list_policies(workspace).await.unwrap();
        assert!(governed.iter().all(|row| row.clients == 1), "{governed:?}");
    }
}

/// R38: an id, a slug, a subject, an address or a hash finds nothing in another workspace.
pub async fn nothing_is_found_in_another_workspace(store: Arc<dyn Store>) {
    let (left, _) = two_worlds(store).await;
    let empty = another_workspace(&left.0, 3).await;
    let (store, other) = (&left.0.store, empty.workspace());
    let (_, client) = left.0.person("emil").await;
    let billing = left.0.collection("billing").await;
    let pending = left.0.make.request(&client, &billing);
    let connection = left.0.make.connection("entra");
    let outside = left.0.make.sso_administrator("grace", &connection);
    let session = left.0.make.saml_session("grace", &connection);
    left.0
        .put([
            pending.into(),
            connection.clone().into(),
            outside.into(),
            session.into(),
        ])
        .await;
    let grace = left.0.make.subject("grace", &connection);
    assert_none(store.find_administrator_by_subject(other, &grace).await);
    let named = store.list_sessions_by_name_id(other, connection.id, "grace");
    assert_eq!(len(named.await), 0);
    let waiting = store.list_pending_requests_for(other, billing.id).await;
    assert_eq!(len(waiting), 0);
    for it in &left.1 {
        if !matches!(it, Aggregate::Workspace(_)) {
            assert_eq!(read(&**store, other, it).await, None);
        }
        match it {
            Aggregate::IdpConnection(it) => {
                assert_none(store.find_connection_by_slug(other, &it.slug).await);
                let (provider, id) = (&it.idp.as_ref().unwrap().entity_id, "_a1");
                let here = left.0.workspace();
                assert!(
                    store
                        .is_assertion_accepted(here, provider, id)
                        .await
                        .unwrap()
                );
                assert!(
                    !store
                        .is_assertion_accepted(other, provider, id)
                        .await
                        .unwrap()
                );
            }
            Aggregate::EndUser(it) => {
                let email = it.email.as_ref().unwrap();
                assert_eq!(len(store.list_end_users_by_email(other, email).await), 0);
                let subject: &Subject = it.subjects.first().unwrap();
                assert_none(store.find_end_user_by_subject(other, subject).await);
                assert_none(store.find_client_of(other, it.id).await);
            }
            Aggregate::EndUserGroup(it) => {
                assert_eq!(len(store.list_references_to_group(other, it.id).await), 0);
            }
            Aggregate::Policy(it) => {
                assert_eq!(len(store.list_references_to_policy(other, it.id).await), 0);
            }
            Aggregate::ApiClient(it) => {
                assert_none(store.find_calling_client(other, it.id()).await);
                assert_eq!(len(store.list_requests_of_client(other, it.id()).await), 0);
                assert_eq!(len(store.list_grants_of_client(other, it.id()).await), 0);
            }
            Aggregate::ApiCollection(it) => {
                assert_none(store.find_collection_by_slug(other, &it.slug).await);
            }
            Aggregate::Administrator(it) => {
                assert_none(store.find_administrator_by_email(other, &it.email).await);
            }
            Aggregate::SetupLink(it) => {
                assert_none(store.find_setup_link_by_hash(other, &it.hash).await);
                let of_connection = store.list_setup_links(other, it.connection).await;
                assert_eq!(len(of_connection), 0);
            }
            Aggregate::Session(it) => {
                let theirs = store.list_sessions_of(other, it.principal).await;
                assert_eq!(len(theirs), 0);
            }
            Aggregate::ApiToken(it) => {
                assert_none(store.find_api_token_by_hash(other, &it.hash).await);
            }
            _ => {}
        }
    }
}

/// R38: a commit carries aggregates and lines of the log of its own workspace only.
pub async fn a_commit_with_something_of_another_workspace_is_refused(store: Arc<dyn Store>) {
    let (left, right) = two_worlds(store).await;
    for foreign in &left.1 {
        let next = at_version(foreign, Version(2));
        right.0.refuse_put(next).await;
        left.0.assert_kept(foreign).await;
    }
    let mut commit = right.0.make.commit([]);
    commit.events = vec![left.0.make.event(Event::made("policy.created", "x"))];
    right.0.commit(&commit).await.unwrap_err();
    let new = left.0.make.group("New");
    right.0.refuse_put(new.clone()).await;
    assert_eq!(left.0.read(&new.into()).await, None);
}

/// R38: nobody guards or removes what belongs to others.
pub async fn nothing_of_another_workspace_is_guarded_or_removed(store: Arc<dyn Store>) {
    let (left, right) = two_worlds(store).await;
    for foreign in left.1.iter().rev() {
        let what = foreign.reference();
        right.0.refuse([Change::Unchanged(what, Version(1))]).await;
        right.0.refuse([Change::Remove(what, Version(1))]).await;
        left.0.assert_kept(foreign).await;
    }
}

/// R38: what must exist must exist in the same workspace (R2).
pub async fn references_do_not_cross_workspaces(store: Arc<dyn Store>) {
    let (left, right) = two_worlds(store).await;
    let (world, make) = (&right.0, &right.0.make);
    let mut theirs = Theirs::default();
    for it in &left.1 {
        match it {
            Aggregate::IdpConnection(it) => theirs.connection = Some((**it).clone()),
            Aggregate::EndUserGroup(it) => theirs.group = Some(it.id),
            Aggregate::Policy(it) => theirs.policy = Some(it.id),
            Aggregate::EndUser(it) => theirs.user = Some((**it).clone()),
            Aggregate::ApiClient(it) => theirs.client = Some((**it).clone()),
            Aggregate::ApiCollection(it) => theirs.collection = Some((**it).clone()),
            _ => {}
        }
    }
    let settings = JitSettings {
        version: Version(2),
        ..make.settings()
    };
    let named = JitSettings {
        policy: theirs.policy,
        ..settings.clone()
    };
    world.refuse_put(named).await;
    let grouped = JitSettings {
        groups: theirs.group.into_iter().collect(),
        ..settings
    };
    world.refuse_put(grouped).await;
    let (foreign_user, foreign_client) = (theirs.user.unwrap(), theirs.client.unwrap());
    world.refuse_put(make.client(&foreign_user)).await;
    let (user, client) = world.person("emil").await;
    let governed = ClientParts {
        policy: theirs.policy,
        ..ClientParts::next(&client)
    };
    world.refuse_put(governed.build()).await;
    let foreign_group = EndUser {
        version: Version(2),
        memberships: foreign_user.memberships,
        ..user
    };
    world.refuse_put(foreign_group).await;
    let own = world.collection("billing").await;
    let request = make.request(&client, &theirs.collection.unwrap());
    world.refuse_put(request).await;
    world.refuse_put(make.request(&foreign_client, &own)).await;
    let connection = theirs.connection.unwrap();
    world.refuse_put(make.setup_link(&connection)).await;
    world.refuse_put(make.sign_in_attempt(&connection)).await;
}

/// R28, R38: each workspace has a changelog of its own.
pub async fn each_workspace_has_its_own_changelog(store: Arc<dyn Store>) {
    let left = World::new(store).await;
    let right = another_workspace(&left, 2).await;
    let (store, [l, r]) = (&left.store, [left.workspace(), right.workspace()]);
    left.collection("orders").await;
    let before = store.find_latest_gateway_change(l).await.unwrap();
    assert_eq!(store.find_latest_gateway_change(r).await.unwrap(), 0);
    let changes = async |workspace| {
        let read = store.list_gateway_changes(workspace, 0).await.unwrap();
        // A store may tell of a change more than once.
        let changes = read.changes.into_iter().map(|(_, change)| change);
        changes.collect::<std::collections::BTreeSet<_>>().len()
    };
    assert_eq!(changes(r).await, 0);
    right.collection("orders").await;
    right.collection("billing").await;
    assert_eq!(store.find_latest_gateway_change(l).await.unwrap(), before);
    assert_eq!(changes(l).await, 1);
    assert_eq!(changes(r).await, 2);
}

#[derive(Default)]
struct Theirs {
    connection: Option<jit_domain::connections::IdpConnection>,
    group: Option<jit_domain::ids::EndUserGroupId>,
    policy: Option<jit_domain::ids::PolicyId>,
    user: Option<EndUser>,
    client: Option<jit_domain::clients::ApiClient>,
    collection: Option<jit_domain::catalogue::ApiCollection>,
}

type Full = (World, Vec<Aggregate>);

/// Two workspaces with one of each kind, the same but for ids and secrets.
async fn two_worlds(store: Arc<dyn Store>) -> (Full, Full) {
    let left = World::new(store).await;
    let right = another_workspace(&left, 2).await;
    (filled(left).await, filled(right).await)
}

async fn another_workspace(world: &World, seed: u64) -> World {
    let make = Fixtures::named(&format!("workspace-{seed}"), seed);
    World::with(Arc::clone(&world.store), make).await
}

/// One of each kind, each with what it may refer to, beside an accepted assertion and a line of the log.
async fn filled(world: World) -> Full {
    let make = &world.make;
    let mut all = make.one_of_each();
    let (mut group, mut policy) = (None, None);
    for it in &mut all {
        match it {
            Aggregate::EndUserGroup(it) => group = Some(it.id),
            Aggregate::Policy(it) => policy = Some(it.id),
            Aggregate::JitSettings(it) => {
                it.policy = policy;
                it.groups = group.into_iter().collect();
            }
            Aggregate::EndUser(it) => it.set_memberships(MembershipSource::Jit, group),
            Aggregate::ApiClient(it) => it.policy = policy,
            _ => {}
        }
    }
    world.put(all[1..].iter().cloned()).await;
    let accepted = make.accepted("_a1", &make.connection("okta"));
    let mut commit = make.commit([Change::Accept(accepted)]);
    commit.events = vec![make.event(Event::made("policy.created", "x"))];
    world.commit(&commit).await.unwrap();
    (world, all)
}

fn len<T>(rows: Result<Vec<T>, StoreError>) -> u64 {
    rows.unwrap().len() as u64
}

fn number(count: Result<u64, StoreError>) -> u64 {
    count.unwrap()
}

fn assert_none<T: PartialEq + Debug>(found: Result<Option<T>, StoreError>) {
    assert_eq!(found.unwrap(), None);
}
