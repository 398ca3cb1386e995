//! The audit log: part of the commit, in order, as written (R35).

use std::{collections::BTreeMap, sync::Arc};

use jit_domain::{
    access::Decider,
    audit::{ACTIONS, Actor, AuditEvent, Event},
    change::Change,
    console::Origin,
    ids::{AdministratorId, ApiTokenId, EndUserId},
    ports::Store,
    values::Version,
    views::{AuditFilter, PageRequest},
};

use super::world::{World, assert_same};

/// R35: a decision and its lines are there together, the latest line first.
pub async fn audit_events_are_part_of_the_commit_and_keep_their_order(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let policy = world.make.policy("Standard");
    let event = |action| world.make.event(Event::made(action, policy.id));
    let [first, second, third] = [
        event("policy.created"),
        event("policy.changed"),
        event("policy.deleted"),
    ];
    let mut commit = world.make.commit([Change::put(policy.clone())]);
    commit.events = vec![first.clone(), second.clone()];
    world.commit(&commit).await.unwrap();
    assert_eq!(
        log(&world, &AuditFilter::default()).await,
        [second.clone(), first.clone()]
    );
    let mut commit = world.make.commit([]);
    commit.events = vec![third.clone()];
    world.commit(&commit).await.unwrap();
    assert_eq!(
        log(&world, &AuditFilter::default()).await,
        [third, second, first]
    );
}

/// R35: who, what, on what, when, from where, and the versions before and after.
pub async fn an_audit_event_comes_back_as_it_was_written(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let make = &world.make;
    let actors = [
        Actor::System,
        Actor::EndUser(make.id(EndUserId::new)),
        Actor::Console(Decider::Administrator(make.id(AdministratorId::new))),
        Actor::Console(Decider::ApiToken(make.id(ApiTokenId::new))),
    ];
    let origins = [
        Origin::default(),
        Origin {
            ip: "192.0.2.7".parse().ok(),
            request_id: None,
        },
        Origin {
            ip: "2001:db8::7".parse().ok(),
            request_id: Some("req-Ä-1".to_owned()),
        },
        Origin {
            ip: None,
            request_id: Some(String::new()),
        },
    ];
    let versions = [
        (None, None),
        (None, Some(1)),
        (Some(1), Some(2)),
        (Some(u32::MAX), None),
    ];
    let mut details = BTreeMap::new();
    let mut written = Vec::new();
    for (n, ((actor, origin), (before, after))) in
        actors.into_iter().zip(origins).zip(versions).enumerate()
    {
        let event = Event {
            action: ACTIONS[n],
            target: format!("target {n} “Ω”"),
            before: before.map(Version),
            after: after.map(Version),
            details: details.clone(),
        };
        written.push(AuditEvent {
            actor,
            origin,
            ..make.event(event)
        });
        details.insert(format!("clé {n}"), "a \"quoted\" 'value'\n\\ 🦀".to_owned());
    }
    let mut commit = make.commit([]);
    commit.events.clone_from(&written);
    world.commit(&commit).await.unwrap();
    written.reverse();
    assert_same(log(&world, &AuditFilter::default()).await, written);
}

/// Every action that is ever written can be read again.
pub async fn every_action_is_read_again(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let mut commit = world.make.commit([]);
    let event = |action: &&'static str| world.make.event(Event::made(action, "x"));
    commit.events = ACTIONS.iter().map(event).collect();
    world.commit(&commit).await.unwrap();
    for event in &commit.events {
        let filter = AuditFilter {
            action: Some(event.event.action.to_owned()),
            target: None,
        };
        assert_eq!(log(&world, &filter).await, std::slice::from_ref(event));
    }
}

/// One action, all actions of a subject, one target, or both.
pub async fn the_audit_log_is_found_by_each_part_of_the_filter(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let mut commit = world.make.commit([]);
    for (action, target) in [
        ("api_client.created", "cli_1"),
        ("api_collection.created", "col_1"),
        ("api_collection.changed", "col_1"),
        ("api_collection.created", "col_2"),
        ("end_user.created", "usr_1"),
        ("end_user_group.created", "grp_1"),
    ] {
        commit
            .events
            .push(world.make.event(Event::made(action, target)));
    }
    world.commit(&commit).await.unwrap();
    for (action, target, expected) in [
        (None, None, &[5, 4, 3, 2, 1, 0][..]),
        (Some("api_collection.created"), None, &[3, 1]),
        (Some("api_collection."), None, &[3, 2, 1]),
        (Some("end_user."), None, &[4]),
        (Some("api_collection"), None, &[]),
        (Some("api%."), None, &[]),
        (Some("."), None, &[]),
        (None, Some("col_1"), &[2, 1]),
        (None, Some("col"), &[]),
        (None, Some("COL_1"), &[]),
        (Some("api_collection.created"), Some("col_1"), &[1]),
        (Some("api_collection."), Some("col_2"), &[3]),
        (Some("end_user."), Some("col_2"), &[]),
    ] {
        let filter = AuditFilter {
            action: action.map(str::to_owned),
            target: target.map(str::to_owned),
        };
        let expected: Vec<_> = expected
            .iter()
            .map(|&n: &usize| commit.events[n].clone())
            .collect();
        assert_eq!(log(&world, &filter).await, expected, "{filter:?}");
    }
}

async fn log(world: &World, filter: &AuditFilter) -> Vec<AuditEvent> {
    let page = world
        .store
        .list_audit_events(world.workspace(), filter, &PageRequest::FIRST);
    page.await.unwrap().items
}
