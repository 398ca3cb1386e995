use jit_domain::change::{Aggregate, Change, Ref};

use super::{
    Broken, Violation,
    commits::text,
    ledger::{Ledger, Recorded},
};

/// R35: whatever a decision has changed stands in a line of the log that came with it.
pub(super) fn check_log(after: &Ledger, recorded: &Recorded<'_>) -> Broken {
    for change in &recorded.commit.changes {
        let what = match change {
            Change::Put(aggregate) => aggregate.reference(),
            Change::Remove(what, _) => *what,
            Change::Unchanged(..) | Change::SameEpoch(_) | Change::Accept(_) => continue,
        };
        // A login under way is no decision yet, a session is named by the login, and attempts have a log of
        // their own.
        if matches!(
            what,
            Ref::Session(_) | Ref::AuthnRequest(_) | Ref::SignInAttempt(_)
        ) {
            continue;
        }
        let mut named = vec![text(what)];
        if let Change::Put(Aggregate::EndUser(user)) = change {
            let theirs = after
                .clients()
                .into_iter()
                .filter(|it| it.owner() == user.id);
            named.extend(theirs.map(|client| client.id().to_string()));
        }
        let tells = |line: &jit_domain::audit::AuditEvent| {
            let details = line.event.details.values();
            details
                .chain([&line.event.target])
                .any(|it| named.contains(it))
        };
        if !recorded.commit.events.iter().any(tells) {
            let says = format!("{what:?} has changed without a line in the audit log");
            return Violation::of("R35", &says);
        }
    }
    Ok(())
}
