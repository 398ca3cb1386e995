//! The rules, looked at from outside, on each commit that the store has acknowledged.

use jit_domain::{
    access::{AccessRequest, Decision, Grant, RequestState},
    catalogue::Publication,
    change::{Aggregate, Change, Ref},
    clients::ApiClient,
    connections::{ConnectionState, Switch},
    people::{EndUser, MembershipSource},
    sessions::{Principal, Session},
    settings::JitSettings,
    values::Version,
};

use super::{
    Broken, Violation,
    ledger::{Ledger, Recorded},
    logged::check_log,
    world::{Side, decides},
};

/// The first rule that the commit has broken.
pub(super) fn check_commit(after: &Ledger, recorded: &Recorded<'_>) -> Broken {
    Violation::unless(!recorded.replayed, "R11", "an assertion was accepted twice")?;
    for change in &recorded.commit.changes {
        match change {
            Change::Put(aggregate) => {
                let before = recorded.before.get(&aggregate.reference());
                check_put(after, recorded, aggregate, before)?;
            }
            Change::Remove(what, _) => removal(after, recorded, *what)?,
            Change::Unchanged(..) | Change::SameEpoch(_) | Change::Accept(_) => {}
        }
    }
    check_log(after, recorded)
}

fn check_put(
    after: &Ledger,
    recorded: &Recorded<'_>,
    put: &Aggregate,
    before: Option<&Aggregate>,
) -> Broken {
    match (put, before) {
        (Aggregate::JitSettings(now), Some(Aggregate::JitSettings(was))) => settings(was, now),
        (Aggregate::EndUser(now), None) => new_user(after, now),
        (Aggregate::EndUser(now), Some(Aggregate::EndUser(was))) => user(recorded, was, now),
        (Aggregate::ApiClient(now), None) => new_client(after, now),
        (Aggregate::ApiClient(now), Some(Aggregate::ApiClient(was))) => {
            client(after, recorded, was, now)
        }
        (Aggregate::AccessRequest(now), None) => new_request(after, now),
        (Aggregate::AccessRequest(now), Some(Aggregate::AccessRequest(was))) => {
            request(after, was, now)
        }
        (Aggregate::Grant(now), None) => new_grant(after, recorded, now),
        (Aggregate::Grant(now), Some(Aggregate::Grant(was))) => grant(was, now),
        (Aggregate::Session(now), None) => new_session(after, now),
        _ => Ok(()),
    }
}

fn removal(after: &Ledger, recorded: &Recorded<'_>, what: Ref) -> Broken {
    let settings = after.settings(recorded.commit.workspace);
    let used = match what {
        Ref::Policy(id) => {
            settings.is_some_and(|it| it.policy == Some(id))
                || after.clients().iter().any(|it| it.policy == Some(id))
        }
        Ref::EndUserGroup(id) => settings.is_some_and(|it| it.groups.contains(&id)),
        _ => false,
    };
    Violation::unless(!used, "R8", "something in use was removed")
}

fn settings(was: &JitSettings, now: &JitSettings) -> Broken {
    let locked = was.method_locked_since.is_some();
    let same = (was.method, was.method_locked_since) == (now.method, now.method_locked_since);
    Violation::unless(!locked || same, "R5", "a locked method has changed")
}

fn new_user(after: &Ledger, user: &EndUser) -> Broken {
    let connection = after.connection(user.connection);
    let may =
        connection.is_some_and(|it| it.state == ConnectionState::Active && it.jit == Switch::On);
    Violation::unless(may, "R12", "a new person although JIT is off")?;
    let configured = after.settings(user.workspace).is_some();
    Violation::unless(
        configured,
        "R3",
        "a new person before the settings were saved",
    )
}

fn user(recorded: &Recorded<'_>, was: &EndUser, now: &EndUser) -> Broken {
    let others = |user: &EndUser| {
        let mut rest = user.memberships.clone();
        rest.retain(|it| it.source != MembershipSource::Idp);
        rest
    };
    let says = |action| {
        recorded
            .commit
            .events
            .iter()
            .any(|it| it.event.action == action)
    };
    let kept = !says("end_user.signed_in") || others(was) == others(now);
    Violation::unless(kept, "R14", "a login has changed groups of another source")
}

fn new_client(after: &Ledger, client: &ApiClient) -> Broken {
    let Some(settings) = after.settings(client.workspace()) else {
        return Violation::of("R3", "a client before the settings were saved");
    };
    let locked = settings.method_locked_since.is_some();
    Violation::unless(locked, "R5", "a client, and the method is not locked")?;
    let same = client.method() == settings.method;
    Violation::unless(same, "R6", "a client with another method than the settings")?;
    let known = after.policies.contains(&client.policy);
    Violation::unless(
        known,
        "R7",
        "a client with a policy from before the settings were applied",
    )
}

fn client(after: &Ledger, recorded: &Recorded<'_>, was: &ApiClient, now: &ApiClient) -> Broken {
    let same = was.method() == now.method();
    Violation::unless(same, "R4", "a client has another method than before")?;
    let says = |action| {
        recorded
            .commit
            .events
            .iter()
            .any(|it| it.event.action == action)
    };
    let policy = after.settings(now.workspace()).and_then(|it| it.policy);
    let applied = says("jit_settings.applied_to_client") && now.policy == policy;
    Violation::unless(
        was.policy == now.policy || applied,
        "R7",
        "a client has another policy",
    )
}

fn new_request(after: &Ledger, request: &AccessRequest) -> Broken {
    let twin = |it: &AccessRequest| {
        it.id != request.id
            && it.state == RequestState::Pending
            && (it.client, it.collection) == (request.client, request.collection)
    };
    let alone = !after.requests().into_iter().any(twin);
    Violation::unless(alone, "R20", "a second pending request")?;
    let (collection, user) = (
        after.collection(request.collection),
        after.user(request.requester),
    );
    let (Some(collection), Some(user)) = (collection, user) else {
        return Violation::of("R20", "a request of nobody or for nothing");
    };
    let seen = collection.publication == Publication::Published
        && collection.audience.includes(&user.groups());
    Violation::unless(seen, "R18", "a request for what the requester cannot see")?;
    let free = !after.story.is_held(&user.id.to_string());
    Violation::unless(free, "R30", "a request of somebody who is held")
}

fn request(after: &Ledger, was: &AccessRequest, now: &AccessRequest) -> Broken {
    let pending = was.state == RequestState::Pending;
    Violation::unless(pending, "R21", "a decision was changed")?;
    let asked = |it: &AccessRequest| (it.client, it.requester, it.collection, it.reason.clone());
    Violation::unless(
        asked(was) == asked(now),
        "R21",
        "a request asks for something else",
    )?;
    match &now.state {
        RequestState::Approved { decision, .. } => {
            decided(after, now, decision)?;
            let held = after.story.is_held(&now.requester.to_string());
            Violation::unless(!held, "R30", "an approval for somebody who is held")?;
            let collection = after.collection(now.collection);
            let open = collection.is_some_and(|it| it.publication == Publication::Published);
            Violation::unless(open, "R23", "an approval for a collection that went away")
        }
        RequestState::Rejected { decision } => {
            Violation::unless(decision.note.is_some(), "R22", "a rejection without a note")?;
            decided(after, now, decision)
        }
        _ => Ok(()),
    }
}

fn decided(after: &Ledger, request: &AccessRequest, decision: &Decision) -> Broken {
    let requester = after.user(request.requester);
    let side = requester.map(|it| decides(decision.by, it, request.collection));
    match side {
        Some(Side::May) => Ok(()),
        Some(Side::Own) => Violation::of("R22", "somebody has decided their own request"),
        _ => Violation::of("R24", "somebody has decided who may not"),
    }
}

fn new_grant(after: &Ledger, recorded: &Recorded<'_>, grant: &Grant) -> Broken {
    let here = |change: &Change| matches!(change, Change::Put(Aggregate::AccessRequest(it)) if it.id == grant.request);
    let answered = recorded.commit.changes.iter().any(here);
    let request = after.request(grant.request).filter(|_| answered);
    let matches = request.is_some_and(|it| {
        let by = match &it.state {
            RequestState::Approved {
                decision,
                grant: made,
            } if *made == grant.id => decision.by,
            _ => return false,
        };
        (it.client, it.collection, by) == (grant.client, grant.collection, grant.granted_by)
    });
    Violation::unless(matches, "R22", "a grant without its approval")?;
    let later = grant.expires_at.is_none_or(|end| end > recorded.now);
    Violation::unless(later, "R22", "a grant that has ended already")
}

fn grant(was: &Grant, now: &Grant) -> Broken {
    let once = was.revocation.is_none();
    Violation::unless(once, "R25", "a revocation was changed")?;
    let same = Grant {
        revocation: None,
        version: was.version,
        ..now.clone()
    };
    Violation::unless(same == *was, "R25", "a grant has changed")
}

fn new_session(after: &Ledger, session: &Session) -> Broken {
    let Principal::EndUser(owner) = session.principal else {
        return Ok(());
    };
    let configured = after.settings(session.workspace).is_some();
    Violation::unless(configured, "R3", "a session before the settings were saved")?;
    let longest = session.created_at + chrono::Duration::hours(8);
    let short = session.expires_at <= longest && session.version == Version::FIRST;
    Violation::unless(short, "R17", "a session of more than 8 hours")?;
    let free = !after.story.is_held(&owner.to_string());
    Violation::unless(free, "R30", "a session of somebody who is held")
}

/// How the log names an aggregate.
pub(super) fn text(what: Ref) -> String {
    match what {
        Ref::Workspace(id) | Ref::JitSettings(id) => id.to_string(),
        Ref::IdpConnection(id) => id.to_string(),
        Ref::EndUser(id) => id.to_string(),
        Ref::EndUserGroup(id) => id.to_string(),
        Ref::ApiClient(id) => id.to_string(),
        Ref::Policy(id) => id.to_string(),
        Ref::ApiCollection(id) => id.to_string(),
        Ref::AccessRequest(id) => id.to_string(),
        Ref::Grant(id) => id.to_string(),
        Ref::Administrator(id) => id.to_string(),
        Ref::ApiToken(id) => id.to_string(),
        Ref::Session(id) => id.to_string(),
        Ref::AuthnRequest(id) => id.to_string(),
        Ref::SamlKey(id) => id.to_string(),
        Ref::SetupLink(id) => id.to_string(),
        Ref::SignInAttempt(id) => id.to_string(),
    }
}
