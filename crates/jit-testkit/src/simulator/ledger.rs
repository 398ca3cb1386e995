use std::collections::{BTreeMap, BTreeSet};

use jit_domain::{
    access::{AccessRequest, Grant},
    audit::AuditEvent,
    catalogue::{ApiCollection, Policy},
    change::{Aggregate, Change, Commit, Ref},
    clients::ApiClient,
    connections::IdpConnection,
    ids::{
        AccessRequestId, ApiCollectionId, AuditEventId, EndUserId, IdpConnectionId, PolicyId,
        WorkspaceId,
    },
    people::{EndUser, EndUserGroup},
    settings::JitSettings,
    values::Timestamp,
};

use super::{Violation, commits::check_commit, story::Story};

/// What the store has said that it did: the rows as they must be, the log, and the first broken rule.
#[derive(Default)]
pub(super) struct Ledger {
    rows: BTreeMap<Ref, Aggregate>,
    accepted: BTreeSet<(String, String)>,
    /// The policies that the settings had since they were applied last (R7).
    pub(super) policies: BTreeSet<Option<PolicyId>>,
    pub(super) log: BTreeMap<AuditEventId, AuditEvent>,
    pub(super) story: Story,
    pub(super) violation: Option<Violation>,
}

/// A commit between what was before and what is after.
pub(super) struct Recorded<'a> {
    pub(super) commit: &'a Commit,
    pub(super) before: BTreeMap<Ref, Aggregate>,
    pub(super) replayed: bool,
    pub(super) now: Timestamp,
}

impl Ledger {
    /// Takes in a commit that the store has acknowledged, and looks whether it kept the rules.
    pub(super) fn record(&mut self, commit: &Commit, now: Timestamp) {
        let mut recorded = Recorded {
            commit,
            before: BTreeMap::new(),
            replayed: false,
            now,
        };
        for change in &commit.changes {
            match change {
                Change::Put(it) => {
                    let what = it.reference();
                    let before = self.rows.insert(what, it.clone());
                    recorded.before.extend(before.map(|before| (what, before)));
                }
                Change::Remove(what, _) => {
                    let before = self.rows.remove(what);
                    recorded.before.extend(before.map(|before| (*what, before)));
                    self.remove_what_goes_with(*what);
                }
                Change::Accept(it) => {
                    let key = (it.idp_entity_id.clone(), it.assertion_id.clone());
                    recorded.replayed |= !self.accepted.insert(key);
                }
                Change::Unchanged(..) | Change::SameEpoch(_) => {}
            }
        }
        for line in &commit.events {
            self.story.tell(line);
        }
        self.log
            .extend(commit.events.iter().map(|it| (it.id, it.clone())));
        if self.violation.is_none() {
            self.violation = check_commit(self, &recorded).err();
        }
        self.follow_policies(commit);
    }

    fn follow_policies(&mut self, commit: &Commit) {
        let says = |action| commit.events.iter().any(|it| it.event.action == action);
        let policy = self.settings(commit.workspace).map(|it| it.policy);
        if says("jit_settings.applied") {
            self.policies.clear();
        }
        self.policies.extend(policy);
    }

    fn remove_what_goes_with(&mut self, what: Ref) {
        let Ref::EndUserGroup(group) = what else {
            return;
        };
        for row in self.rows.values_mut() {
            if let Aggregate::EndUser(user) = row {
                user.memberships.retain(|it| it.group != group);
            }
        }
    }
}

macro_rules! find {
    ($($find:ident $kind:ident $id:ty;)*) => {
        impl Ledger {
            $(pub(super) fn $find(&self, id: $id) -> Option<&$kind> {
                match self.rows.get(&Ref::$kind(id)) {
                    Some(Aggregate::$kind(it)) => Some(it),
                    _ => None,
                }
            })*
        }
    };
}

find! {
    settings JitSettings WorkspaceId;
    connection IdpConnection IdpConnectionId;
    user EndUser EndUserId;
    collection ApiCollection ApiCollectionId;
    request AccessRequest AccessRequestId;
}

macro_rules! all {
    ($($all:ident $kind:ident;)*) => {
        impl Ledger {
            $(pub(super) fn $all(&self) -> Vec<&$kind> {
                let rows = self.rows.values();
                rows.filter_map(|row| match row {
                    Aggregate::$kind(it) => Some(&**it),
                    _ => None,
                })
                .collect()
            })*
        }
    };
}

// Each in order of id.
all! {
    connections IdpConnection;
    users EndUser;
    groups EndUserGroup;
    clients ApiClient;
    governing Policy;
    collections ApiCollection;
    requests AccessRequest;
    grants Grant;
}
