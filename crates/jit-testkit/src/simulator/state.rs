use std::{collections::BTreeSet, fmt::Debug};

use jit_domain::{
    access::{AccessRequest, RequestState},
    catalogue::Publication,
    clients::ApiClient,
    error::StoreError,
    ports::Clock,
    sessions::SessionState,
    views::{
        AccessRequestFilter, AuditFilter, EndUserFilter, GrantFilter, Page, PageLimit, PageRequest,
    },
};

use super::{Broken, Violation, ledger::Ledger, world::World};

/// Looks through everything that the store has.
pub(super) async fn check_state(world: &World) -> Broken {
    let read = rows(world).await;
    read.map_err(|_| Violation::new("R13", "the store cannot be read"))??;
    check_people(&world.ledger())?;
    if !world.known.borrow().interrupted {
        check_requests(&world.ledger())?;
    }
    check_sessions(world).await
}

/// R13, R35, R38: what the store has is what it has acknowledged: everything of each commit or nothing.
async fn rows(world: &World) -> Result<Broken, StoreError> {
    let (store, workspace) = (&world.store, world.workspace);
    let all = &PageRequest {
        after: None,
        limit: PageLimit::clamped(100),
    };
    let settings = store.find_jit_settings(workspace).await?;
    let connections = store.list_connections(workspace).await?;
    let people = EndUserFilter::default();
    let people = store.list_end_users(workspace, &people, all).await?;
    let groups = store.list_groups(workspace).await?;
    let groups = groups.into_iter().map(|it| it.group).collect();
    let clients = store.list_clients(workspace, all).await?;
    let policies = store.list_policies(workspace).await?;
    let policies = policies.into_iter().map(|it| it.policy).collect();
    let collections = store.list_collections(workspace).await?;
    let requests = AccessRequestFilter::default();
    let requests = store
        .list_access_requests(workspace, &requests, all)
        .await?;
    let requests = requests.items.into_iter().map(|it| it.request).collect();
    let grants = GrantFilter::default();
    let grants = store.list_grants(workspace, &grants, all).await?;
    let grants = grants.items.into_iter().map(|it| it.grant).collect();
    let log = store
        .list_audit_events(workspace, &AuditFilter::default(), all)
        .await?;
    let filter = EndUserFilter::default();
    let neighbours = store.list_end_users(world.neighbour, &filter, all).await?;

    let ledger = world.ledger();
    Ok((|| {
        let acknowledged = ledger.settings(workspace).cloned();
        let same = acknowledged == settings;
        Violation::unless(same, "R13", "the settings are not what was acknowledged")?;
        kept("connections", connections, ledger.connections(), |it| it.id)?;
        kept("people", people.items, ledger.users(), |it| it.id)?;
        kept("groups", groups, ledger.groups(), |it| it.id)?;
        kept("clients", clients.items, ledger.clients(), ApiClient::id)?;
        kept("policies", policies, ledger.governing(), |it| it.id)?;
        let mut known: Vec<_> = ledger.collections().into_iter().cloned().collect();
        for collection in &mut known {
            collection.document.clear();
        }
        kept("collections", collections, known.iter().collect(), |it| {
            it.id
        })?;
        kept("requests", requests, ledger.requests(), |it| it.id)?;
        kept("grants", grants, ledger.grants(), |it| it.id)?;
        check_log(&log, &ledger)?;
        let alone = neighbours.items.len() == 1;
        Violation::unless(alone, "R38", "another workspace has changed")
    })())
}

fn kept<T: Clone + PartialEq + Debug, I: Ord>(
    what: &str,
    mut found: Vec<T>,
    acknowledged: Vec<&T>,
    id: impl Fn(&T) -> I,
) -> Broken {
    found.sort_by_key(&id);
    if found.iter().eq(acknowledged.iter().copied()) {
        return Ok(());
    }
    let differs = |it: &&T| !acknowledged.contains(it);
    let first = found.iter().find(differs);
    let says = format!(
        "{what}: the store has {} and acknowledged {}; {first:?}",
        found.len(),
        acknowledged.len()
    );
    Violation::of("R13", &says)
}

/// The newest lines, for the log is long.
fn check_log(found: &Page<jit_domain::audit::AuditEvent>, ledger: &Ledger) -> Broken {
    let newest = ledger
        .log
        .values()
        .rev()
        .take(PageLimit::clamped(100).rows());
    let same = found.items.iter().eq(newest);
    Violation::unless(same, "R35", "the audit log is not what was acknowledged")
}

/// R13: a person is known once, and has one client.
fn check_people(ledger: &Ledger) -> Broken {
    let mut subjects = BTreeSet::new();
    let clients = ledger.clients();
    for user in ledger.users() {
        let once = user.subjects.iter().all(|it| subjects.insert(it.clone()));
        Violation::unless(once, "R13", "two people with one identity")?;
        let theirs = clients.iter().filter(|it| it.owner() == user.id).count();
        Violation::unless(theirs == 1, "R13", "a person without exactly one client")?;
    }
    let settings = clients
        .first()
        .and_then(|it| ledger.settings(it.workspace()));
    let method = settings.map(|it| it.method);
    let all = clients.iter().all(|it| Some(it.method()) == method);
    Violation::unless(all, "R6", "clients with different methods")
}

/// R23: nothing waits for a collection that went away, once that was done to the end.
fn check_requests(ledger: &Ledger) -> Broken {
    let lost = |it: &&AccessRequest| {
        let collection = ledger.collection(it.collection);
        it.state == RequestState::Pending
            && collection.is_none_or(|it| it.publication != Publication::Published)
    };
    let none = !ledger.requests().iter().any(lost);
    Violation::unless(
        none,
        "R23",
        "a collection went away and a request still waits",
    )
}

/// R17, R30: a session counts exactly as long as nothing has put an end to it.
async fn check_sessions(world: &World) -> Broken {
    let portal = world.portal(world.store.clone());
    let known = world.known.borrow().sessions.clone();
    for cookie in known {
        let counts = portal
            .find_signed_in(world.workspace, cookie.reveal())
            .await;
        let Ok(counts) = counts else {
            return Violation::of("R17", "a session cannot be read");
        };
        let row = world
            .store
            .find_session(world.workspace, &cookie.hash())
            .await;
        let Ok(Some(row)) = row else {
            return Violation::of("R13", "a session was lost");
        };
        let (ledger, now) = (world.ledger(), world.clock.now());
        let jit_domain::sessions::Principal::EndUser(owner) = row.principal else {
            continue;
        };
        let owner = owner.to_string();
        let lives = ledger.story.session_lives(&row.id.to_string(), &owner)
            && row.state == SessionState::Active
            && now < row.expires_at;
        Violation::unless(
            counts.is_none() || lives,
            "R17",
            "a session outlived its end",
        )?;
        // One that began before a hold was decided and was committed after it was cleared is over, too.
        let later = ledger
            .story
            .last_hold(&owner)
            .is_none_or(|it| row.created_at > it);
        let lost = lives && later && counts.is_none();
        Violation::unless(!lost, "R17", "a session ended without a reason")?;
    }
    Ok(())
}
