//! Pages of long lists: newest first, without gaps, and stable while rows arrive.

use std::{fmt::Debug, future::Future, sync::Arc};

use jit_domain::{
    audit::Event,
    clients::ApiClient,
    error::StoreError,
    ports::Store,
    sign_in_log::SignInAttemptFilter,
    views::{
        AccessRequestFilter, AuditFilter, EndUserFilter, GrantFilter, Page, PageLimit, PageRequest,
    },
};
use uuid::Uuid;

use super::world::World;

/// People: newest first, in pages that join.
pub async fn pages_of_people_join(store: Arc<dyn Store>) {
    let world = &World::new(store).await;
    let mut ids = Vec::new();
    for n in 0..7 {
        ids.push(world.person(&format!("person-{n}")).await.0.id.uuid());
    }
    assert_pages_join(ids, |page| async move {
        let filter = EndUserFilter::default();
        let read = world
            .store
            .list_end_users(world.workspace(), &filter, &page);
        ids_of(read.await, |it| it.id.uuid())
    })
    .await;
}

/// Clients: newest first, in pages that join.
pub async fn pages_of_clients_join(store: Arc<dyn Store>) {
    let world = &World::new(store).await;
    let mut ids = Vec::new();
    for n in 0..7 {
        ids.push(world.person(&format!("person-{n}")).await.1.id().uuid());
    }
    assert_pages_join(ids, |page| async move {
        let read = world.store.list_clients(world.workspace(), &page);
        ids_of(read.await, |it| it.id().uuid())
    })
    .await;
}

/// Requests: newest first, in pages that join.
pub async fn pages_of_requests_join(store: Arc<dyn Store>) {
    let world = &World::new(store).await;
    let ids = seven_grants(world)
        .await
        .into_iter()
        .map(|(request, _)| request);
    assert_pages_join(ids.collect(), |page| async move {
        let filter = AccessRequestFilter::default();
        let read = world
            .store
            .list_access_requests(world.workspace(), &filter, &page);
        ids_of(read.await, |row| row.request.id.uuid())
    })
    .await;
}

/// Grants: newest first, in pages that join.
pub async fn pages_of_grants_join(store: Arc<dyn Store>) {
    let world = &World::new(store).await;
    let ids = seven_grants(world)
        .await
        .into_iter()
        .map(|(_, grant)| grant);
    assert_pages_join(ids.collect(), |page| async move {
        let filter = GrantFilter::default();
        let read = world.store.list_grants(world.workspace(), &filter, &page);
        ids_of(read.await, |row| row.grant.id.uuid())
    })
    .await;
}

/// Attempts to sign in: newest first, in pages that join.
pub async fn pages_of_attempts_join(store: Arc<dyn Store>) {
    let world = &World::new(store).await;
    let connection = world.make.connection("okta");
    let attempts = [(); 7].map(|()| world.make.sign_in_attempt(&connection));
    let ids = attempts.iter().map(|it| it.id.uuid()).collect();
    world.put([connection.into()]).await;
    world.put(attempts.map(Into::into)).await;
    assert_pages_join(ids, |page| attempts_of(world, page)).await;
}

/// R35: lines of the audit log: newest first, in pages that join.
pub async fn pages_of_the_audit_log_join(store: Arc<dyn Store>) {
    let world = &World::new(store).await;
    let event = |n| world.make.event(Event::made("policy.created", n));
    let mut commit = world.make.commit([]);
    commit.events = (0..7).map(event).collect();
    let ids = commit.events.iter().map(|it| it.id.uuid()).collect();
    world.commit(&commit).await.unwrap();
    assert_pages_join(ids, |page| async move {
        let filter = AuditFilter::default();
        let read = world
            .store
            .list_audit_events(world.workspace(), &filter, &page);
        ids_of(read.await, |it| it.id.uuid())
    })
    .await;
}

/// Who reads on sees no person twice and misses none, whoever arrives meanwhile.
pub async fn pages_of_people_stay_stable_while_rows_arrive(store: Arc<dyn Store>) {
    let world = &World::new(store).await;
    let arrive = |n| async move { world.person(&format!("person-{n}")).await.0.id.uuid() };
    assert_stable(arrive, |page| async move {
        let filter = EndUserFilter::default();
        let read = world
            .store
            .list_end_users(world.workspace(), &filter, &page);
        ids_of(read.await, |it| it.id.uuid())
    })
    .await;
}

/// Who reads on sees no client twice and misses none.
pub async fn pages_of_clients_stay_stable_while_rows_arrive(store: Arc<dyn Store>) {
    let world = &World::new(store).await;
    let arrive = |n| async move { world.person(&format!("person-{n}")).await.1.id().uuid() };
    assert_stable(arrive, |page| async move {
        let read = world.store.list_clients(world.workspace(), &page);
        ids_of(read.await, |it| it.id().uuid())
    })
    .await;
}

/// Who reads on sees no request twice and misses none.
pub async fn pages_of_requests_stay_stable_while_rows_arrive(store: Arc<dyn Store>) {
    let world = &World::new(store).await;
    let (_, client) = &world.person("dana").await;
    let arrive = |n| async move { grant(world, client, n).await.0 };
    assert_stable(arrive, |page| async move {
        let filter = AccessRequestFilter::default();
        let read = world
            .store
            .list_access_requests(world.workspace(), &filter, &page);
        ids_of(read.await, |row| row.request.id.uuid())
    })
    .await;
}

/// Who reads on sees no grant twice and misses none.
pub async fn pages_of_grants_stay_stable_while_rows_arrive(store: Arc<dyn Store>) {
    let world = &World::new(store).await;
    let (_, client) = &world.person("dana").await;
    let arrive = |n| async move { grant(world, client, n).await.1 };
    assert_stable(arrive, |page| async move {
        let filter = GrantFilter::default();
        let read = world.store.list_grants(world.workspace(), &filter, &page);
        ids_of(read.await, |row| row.grant.id.uuid())
    })
    .await;
}

/// R35: who reads on sees no line of the audit log twice and misses none.
pub async fn pages_of_the_audit_log_stay_stable_while_rows_arrive(store: Arc<dyn Store>) {
    let world = &World::new(store).await;
    let arrive = |n| async move {
        let event = world.make.event(Event::made("policy.created", n));
        let mut commit = world.make.commit([]);
        commit.events = vec![event.clone()];
        world.commit(&commit).await.unwrap();
        event.id.uuid()
    };
    assert_stable(arrive, |page| async move {
        let filter = AuditFilter::default();
        let read = world
            .store
            .list_audit_events(world.workspace(), &filter, &page);
        ids_of(read.await, |it| it.id.uuid())
    })
    .await;
}

/// Who reads on sees no attempt twice and misses none.
pub async fn pages_of_attempts_stay_stable_while_rows_arrive(store: Arc<dyn Store>) {
    let world = &World::new(store).await;
    let connection = &world.make.connection("okta");
    world.put([connection.clone().into()]).await;
    let arrive = |_| async move {
        let attempt = world.make.refused_attempt(connection);
        world.put([attempt.clone().into()]).await;
        attempt.id.uuid()
    };
    assert_stable(arrive, |page| attempts_of(world, page)).await;
}

/// The limit counts rows that the filter finds, not rows that were looked at.
pub async fn a_filtered_page_is_full(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    for n in 0..6 {
        world.person(&format!("dana-{n}")).await;
        world.person(&format!("emil-{n}")).await;
    }
    let filter = EndUserFilter {
        text: Some("dana".to_owned()),
        usable: None,
    };
    let read = |page| {
        let world = &world;
        let filter = &filter;
        async move {
            world
                .store
                .list_end_users(world.workspace(), filter, &page)
                .await
                .unwrap()
        }
    };
    let first = read(request(None, 4)).await;
    assert_eq!(first.items.len(), 4);
    let second = read(request(first.next, 4)).await;
    assert_eq!((second.items.len(), second.next), (2, None));
}

/// Reads six rows in pages of two, with one more arriving after each page.
async fn assert_stable<A, F>(arrive: impl Fn(usize) -> A, read: impl Fn(PageRequest) -> F)
where
    A: Future<Output = Uuid>,
    F: Future<Output = Page<Uuid>>,
{
    let (mut expected, mut seen) = (Vec::new(), Vec::new());
    for n in 0..6 {
        expected.insert(0, arrive(n).await);
    }
    let mut next = request(None, 2);
    for late in 6.. {
        let page = read(next).await;
        seen.extend(page.items);
        assert!(seen.len() <= expected.len(), "a row came twice");
        arrive(late).await;
        match page.next {
            Some(cursor) => next = request(Some(cursor), 2),
            None => break,
        }
    }
    assert_eq!(seen, expected);
}

/// With any limit, the pages together are the list, and only the last has no next.
async fn assert_pages_join<F>(mut oldest_first: Vec<Uuid>, read: impl Fn(PageRequest) -> F)
where
    F: Future<Output = Page<Uuid>>,
{
    oldest_first.reverse();
    for limit in [1, 3, 6, 7, 100] {
        let (mut seen, mut next) = (Vec::new(), request(None, limit));
        loop {
            let page = read(next).await;
            assert!(page.items.len() <= next.limit.rows());
            assert!(!page.items.is_empty(), "an empty page was announced");
            seen.extend(page.items);
            assert!(seen.len() <= oldest_first.len(), "a row came twice");
            match page.next {
                Some(cursor) => next = request(Some(cursor), limit),
                None => break,
            }
        }
        assert_eq!(seen, oldest_first, "in pages of {limit}");
    }
}

fn request(after: Option<jit_domain::views::Cursor>, limit: u32) -> PageRequest {
    let limit = PageLimit::clamped(limit);
    PageRequest { after, limit }
}

fn ids_of<T: Debug>(page: Result<Page<T>, StoreError>, id: impl Fn(&T) -> Uuid) -> Page<Uuid> {
    let page = page.unwrap();
    Page {
        items: page.items.iter().map(id).collect(),
        next: page.next,
    }
}

async fn attempts_of(world: &World, page: PageRequest) -> Page<Uuid> {
    let filter = SignInAttemptFilter::default();
    let read = world
        .store
        .list_sign_in_attempts(world.workspace(), &filter, &page);
    ids_of(read.await, |it| it.id.uuid())
}

/// The ids of seven requests, each with that of its grant.
async fn seven_grants(world: &World) -> Vec<(Uuid, Uuid)> {
    let (_, client) = world.person("dana").await;
    let mut ids = Vec::new();
    for n in 0..7 {
        ids.push(grant(world, &client, n).await);
    }
    ids
}

/// The ids of a request for a collection of its own, and of its grant.
async fn grant(world: &World, client: &ApiClient, n: usize) -> (Uuid, Uuid) {
    let collection = world.collection(&format!("api-{n}")).await;
    let request = world.make.request(client, &collection);
    let (approved, grant) = world.make.approved(&request);
    let ids = (request.id.uuid(), grant.id.uuid());
    world
        .put([request.into(), approved.into(), grant.into()])
        .await;
    ids
}
