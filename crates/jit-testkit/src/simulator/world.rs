use std::{
    cell::RefCell,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU8},
    },
};

use jit_domain::{
    Portal,
    access::Decider,
    assertion::Assertion,
    audit::{AuditEvent, Event},
    catalogue::{ApiCollection, Audience},
    change::{Aggregate, Commit},
    connections::{GroupRule, GroupSync, IdpConnection},
    console::{ApproverScope, ConsoleCaller, ConsoleRole, Origin},
    ids::{
        AdministratorId, ApiCollectionId, AuditEventId, CredentialId, IdpConnectionId, WorkspaceId,
    },
    people::EndUser,
    ports::{Clock, Ports, Random, Store},
    tokens::Secret,
    values::EmailAddress,
};
use uuid::Uuid;

use super::{
    Tally,
    history::{Colleague, PEOPLE, Trouble},
    ledger::Ledger,
    turns::{Turns, alone},
};
use crate::{FixedClock, Fixtures, PlainPasswords, SeededRandom, between::Between};

/// What the whole simulation shares.
pub(super) struct World {
    pub(super) store: Arc<dyn Store>,
    pub(super) clock: Arc<FixedClock>,
    pub(super) workspace: WorkspaceId,
    pub(super) neighbour: WorkspaceId,
    pub(super) connection: IdpConnectionId,
    pub(super) make: Fixtures,
    pub(super) known: RefCell<Known>,
    ledger: Arc<Mutex<Ledger>>,
    random: Arc<SeededRandom>,
}

/// What people remember, and no store.
#[derive(Default)]
pub(super) struct Known {
    pub(super) assertions: Vec<Assertion>,
    pub(super) credentials: Vec<(CredentialId, Secret)>,
    pub(super) sessions: Vec<Secret>,
    pub(super) tally: Tally,
    /// Whether something went wrong while a collection was taken away: its requests may still wait.
    pub(super) interrupted: bool,
}

/// The doors through which one act reaches the store.
pub(super) struct Doors {
    pub(super) portal: Portal,
    pub(super) store: Arc<dyn Store>,
    pub(super) crashed: Arc<AtomicBool>,
}

const FIRST_COLLECTION: ApiCollectionId = ApiCollectionId::new(Uuid::from_u128(1));

/// How somebody stands to a request.
#[derive(Debug, PartialEq)]
pub(super) enum Side {
    May,
    Own,
    MayNot,
}

/// R22, R24: who may decide, without asking those who decide that.
pub(super) fn decides(by: Decider, requester: &EndUser, collection: ApiCollectionId) -> Side {
    let own = requester.subjects.iter().any(|it| it.name_id == PEOPLE[3]);
    let all = [
        Colleague::Administrator,
        Colleague::Approver,
        Colleague::ApproverOfOne,
        Colleague::Requester,
    ];
    match all.into_iter().find(|it| identity(*it) == by) {
        Some(Colleague::Requester) if own => Side::Own,
        Some(Colleague::ApproverOfOne) if collection != FIRST_COLLECTION => Side::MayNot,
        Some(_) => Side::May,
        None => Side::MayNot,
    }
}

fn identity(colleague: Colleague) -> Decider {
    Decider::Administrator(AdministratorId::new(Uuid::from_u128(colleague as u128 + 1)))
}

impl World {
    /// One provider, two groups, two policies, two collections, and a neighbour that nobody may touch.
    pub(super) fn new(store: Arc<dyn Store>) -> Self {
        let make = Fixtures::default();
        let neighbour = Fixtures::named("neighbour", 3);
        alone(store.commit(&neighbour.put_all(neighbour.one_of_each()))).ok();
        let groups = ["Partners", "Staff"].map(|name| make.group(name));
        let rule = |(n, group): (usize, &jit_domain::people::EndUserGroup)| GroupRule {
            value: format!("g{n}"),
            group: group.id,
        };
        let connection = IdpConnection {
            group_sync: GroupSync::On(groups.iter().enumerate().map(rule).collect()),
            ..make.connection("okta")
        };
        let collections = [
            ApiCollection {
                id: FIRST_COLLECTION,
                ..make.collection("orders")
            },
            ApiCollection {
                audience: Audience::Groups([groups[0].id].into()),
                ..make.collection("billing")
            },
        ];
        let policies = ["Standard", "Strict"].map(|name| make.policy(name));
        let world = Self {
            store,
            clock: Arc::new(FixedClock::at(make.now() + chrono::Duration::hours(1))),
            workspace: make.workspace_id(),
            neighbour: neighbour.workspace_id(),
            connection: connection.id,
            make,
            known: RefCell::default(),
            ledger: Arc::default(),
            random: Arc::new(SeededRandom::new(2)),
        };
        let mut rows: Vec<(&str, Aggregate)> = vec![
            ("workspace.created", world.make.workspace().into()),
            ("idp_connection.created", connection.into()),
        ];
        rows.extend(groups.map(|it| ("end_user_group.created", it.into())));
        rows.extend(policies.map(|it| ("policy.created", it.into())));
        rows.extend(collections.map(|it| ("api_collection.published", it.into())));
        let mut commit = world.make.put_all(rows.iter().map(|(_, row)| row.clone()));
        let line = |(action, row): &(&'static str, Aggregate)| {
            let target = super::commits::text(row.reference());
            world.make.event(Event::made(action, target))
        };
        commit.events = rows.iter().map(line).collect();
        alone(world.doors(None).store.commit(&commit)).ok();
        world
    }

    pub(super) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A portal of its own for one act, with what goes wrong in it.
    pub(super) fn doors(&self, trouble: Option<(Trouble, u8)>) -> Doors {
        let crashed = Arc::new(AtomicBool::new(false));
        let store: Arc<dyn Store> = Arc::new(Between(Turns {
            store: self.store.clone(),
            ledger: self.ledger.clone(),
            clock: self.clock.clone(),
            trouble,
            calls: AtomicU8::new(0),
            crashed: crashed.clone(),
        }));
        let portal = self.portal(store.clone());
        Doors {
            portal,
            store,
            crashed,
        }
    }

    /// A portal on that store, with the time and the randomness of this world.
    pub(super) fn portal(&self, store: Arc<dyn Store>) -> Portal {
        Portal::new(Ports {
            store,
            clock: self.clock.clone(),
            random: self.random.clone(),
            passwords: Arc::new(PlainPasswords),
        })
    }

    pub(super) fn caller(&self, colleague: Colleague) -> ConsoleCaller {
        let one = ApproverScope::Collections([FIRST_COLLECTION].into());
        let role = match colleague {
            Colleague::Administrator => ConsoleRole::Administrator,
            Colleague::Approver | Colleague::Requester => ConsoleRole::Approver(ApproverScope::All),
            Colleague::ApproverOfOne => ConsoleRole::Approver(one),
            Colleague::Auditor => ConsoleRole::Auditor,
        };
        let own = format!("{}@acme.example", PEOPLE[3]);
        let is_own = colleague == Colleague::Requester;
        ConsoleCaller {
            workspace: self.workspace,
            identity: identity(colleague),
            role,
            email: is_own.then(|| EmailAddress::restore(own)),
            end_user: None,
            origin: Origin::default(),
        }
    }

    /// A commit of something that no use case does yet.
    pub(super) fn commit(&self, aggregate: Option<Aggregate>, event: Event) -> Commit {
        let at = self.clock.now();
        let mut commit = self.make.put_all(aggregate);
        commit.events = vec![AuditEvent {
            id: AuditEventId::new(self.random.id(at)),
            at,
            ..self.make.event(event)
        }];
        commit
    }
}
