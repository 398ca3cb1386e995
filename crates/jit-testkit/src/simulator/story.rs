//! Who may call what, told from the audit log alone: it knows none of the code that decides calls.

use std::collections::{BTreeMap, BTreeSet};

use chrono::DateTime;
use jit_domain::{audit::AuditEvent, values::Timestamp};

/// Everything by the text of its id, as the log has it.
#[derive(Debug, Default)]
pub(super) struct Story {
    owners: BTreeMap<String, String>,
    with_secrets: BTreeSet<String>,
    holds: BTreeMap<String, BTreeSet<String>>,
    last_hold: BTreeMap<String, Timestamp>,
    published: BTreeSet<String>,
    credentials: BTreeMap<String, Lasting>,
    grants: BTreeMap<String, (String, String, Lasting)>,
    sessions: BTreeMap<String, usize>,
    ended_sessions: BTreeSet<String>,
    held_at: BTreeMap<String, usize>,
    lines: usize,
}

/// Something of a client that may end.
#[derive(Debug, Clone)]
struct Lasting {
    client: String,
    end: Option<Timestamp>,
    revoked: bool,
}

impl Lasting {
    fn new(client: String, end: Option<Timestamp>) -> Self {
        let revoked = false;
        Self {
            client,
            end,
            revoked,
        }
    }

    fn lasts(&self, now: Timestamp) -> bool {
        !self.revoked && self.end.is_none_or(|end| now < end)
    }
}

impl Story {
    pub(super) fn tell(&mut self, line: &AuditEvent) {
        self.lines += 1;
        let event = &line.event;
        let fact = |key: &str| event.details.get(key).cloned().unwrap_or_default();
        let moment = |key: &str| moment(&fact(key));
        let target = event.target.clone();
        match event.action {
            "api_client.created" => {
                if fact("method") == "auth_token" {
                    self.with_secrets.insert(target.clone());
                }
                self.owners.insert(target, fact("owner"));
            }
            "end_user.hold_opened" => {
                self.held_at.insert(target.clone(), self.lines);
                self.last_hold.insert(target.clone(), line.at);
                self.holds.entry(target).or_default().insert(fact("source"));
            }
            "end_user.hold_cleared" => {
                let holds = self.holds.entry(target).or_default();
                holds.remove(&fact("source"));
            }
            "end_user.signed_in" => {
                self.sessions.insert(fact("session"), self.lines);
            }
            "end_user.signed_out" => {
                self.ended_sessions.insert(fact("session"));
            }
            "api_collection.published" => {
                self.published.insert(target);
            }
            "api_collection.unpublished" | "api_collection.deleted" => {
                self.published.remove(&target);
            }
            "grant.created" => {
                let lasting = Lasting::new(fact("client"), moment("expires_at"));
                let grant = (fact("client"), fact("collection"), lasting);
                self.grants.insert(target, grant);
            }
            "grant.revoked" => {
                if let Some((.., lasting)) = self.grants.get_mut(&target) {
                    lasting.revoked = true;
                }
            }
            "credential.created" => {
                let lasting = Lasting::new(fact("client"), moment("expires_at"));
                self.credentials.insert(target, lasting);
            }
            "credential.rotated" => self.rotate(&fact("replaces"), target, moment("old_ends_at")),
            "credential.revoked" => {
                if let Some(lasting) = self.credentials.get_mut(&target) {
                    lasting.revoked = true;
                }
            }
            _ => {}
        }
    }

    /// The successor ends when the old one would have; the old one at the end of the overlap at the latest.
    fn rotate(&mut self, old: &str, successor: String, overlap: Option<Timestamp>) {
        let Some(old) = self.credentials.get_mut(old) else {
            return;
        };
        let new = Lasting::new(old.client.clone(), old.end);
        old.end = [old.end, overlap].into_iter().flatten().min();
        self.credentials.insert(successor, new);
    }

    /// R26: whether a call with that credential reaches that collection.
    pub(super) fn passes(&self, credential: &str, collection: &str, now: Timestamp) -> bool {
        let Some(known) = self.credentials.get(credential) else {
            return false;
        };
        let client = &known.client;
        let granted = |(of, to, lasting): &(String, String, Lasting)| {
            of == client && to == collection && lasting.lasts(now)
        };
        known.lasts(now)
            && self.with_secrets.contains(client)
            && self.owners.get(client).is_some_and(|it| !self.is_held(it))
            && self.published.contains(collection)
            && self.grants.values().any(granted)
    }

    pub(super) fn is_held(&self, user: &str) -> bool {
        self.holds.get(user).is_some_and(|holds| !holds.is_empty())
    }

    /// R17, R30: whether a session outlived what has happened to its owner.
    pub(super) fn session_lives(&self, session: &str, owner: &str) -> bool {
        let held_at = self.held_at.get(owner).copied().unwrap_or_default();
        let began = self.sessions.get(session).copied().unwrap_or_default();
        began > held_at && !self.is_held(owner) && !self.ended_sessions.contains(session)
    }

    pub(super) fn last_hold(&self, owner: &str) -> Option<Timestamp> {
        self.last_hold.get(owner).copied()
    }
}

fn moment(text: &str) -> Option<Timestamp> {
    DateTime::parse_from_rfc3339(text)
        .ok()
        .map(|it| it.to_utc())
}
