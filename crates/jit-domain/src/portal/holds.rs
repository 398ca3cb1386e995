use crate::{
    audit::Event,
    change::Change,
    console::ConsoleCaller,
    error::{Error, Rejection},
    ids::EndUserId,
    people::{EndUser, Hold, HoldSource},
    values::{Note, Timestamp},
};

use super::{Decided, Portal};

/// Opens a hold of one source. Sessions end at once; credentials, grants and requests are kept as they
/// are and stop counting while any hold is open, so that clearing the last one restores exactly that (R17).
pub fn decide_open_hold(
    user: &EndUser,
    source: HoldSource,
    reason: Option<Note>,
    now: Timestamp,
) -> Decided<EndUser> {
    if user.holds.iter().any(|hold| hold.source == source) {
        return Decided {
            result: user.clone(),
            changes: vec![],
            events: vec![],
        };
    }
    let mut held = user.clone();
    held.version = user.version.next();
    // A session of this very microsecond ends as well, and so does one that a clock ahead of ours has made.
    let latest = now.max(user.sessions_valid_from);
    held.sessions_valid_from = latest + chrono::Duration::microseconds(1);
    held.holds.push(Hold {
        source,
        since: now,
        reason: reason.map(|note| note.to_string()),
    });
    let event =
        Event::changed("end_user.hold_opened", user.id, user.version).with("source", source.code());
    Decided {
        changes: vec![Change::put(held.clone())],
        events: vec![event],
        result: held,
    }
}

/// Clears the hold of one source, and no other's.
pub fn decide_clear_hold(user: &EndUser, source: HoldSource) -> Decided<EndUser> {
    if !user.holds.iter().any(|hold| hold.source == source) {
        return Decided {
            result: user.clone(),
            changes: vec![],
            events: vec![],
        };
    }
    let mut cleared = user.clone();
    cleared.version = user.version.next();
    cleared.holds.retain(|hold| hold.source != source);
    let event = Event::changed("end_user.hold_cleared", user.id, user.version)
        .with("source", source.code());
    Decided {
        changes: vec![Change::put(cleared.clone())],
        events: vec![event],
        result: cleared,
    }
}

impl Portal {
    /// Suspends a person: nothing of theirs works from the next call on (R17, R28).
    pub async fn open_hold(
        &self,
        caller: &ConsoleCaller,
        id: EndUserId,
        reason: Option<&str>,
    ) -> Result<EndUser, Error> {
        caller.require_administrator()?;
        let reason = reason.filter(|text| !text.trim().is_empty());
        let reason = reason.map(|text| Note::parse("reason", text)).transpose()?;
        self.changing_end_user(caller, id, |user, now| {
            decide_open_hold(user, HoldSource::Admin, reason.clone(), now)
        })
        .await
    }

    /// Clears an administrator's hold. Holds of other sources stay.
    pub async fn clear_hold(
        &self,
        caller: &ConsoleCaller,
        id: EndUserId,
    ) -> Result<EndUser, Error> {
        caller.require_administrator()?;
        self.changing_end_user(caller, id, |user, _| {
            decide_clear_hold(user, HoldSource::Admin)
        })
        .await
    }

    async fn changing_end_user(
        &self,
        caller: &ConsoleCaller,
        id: EndUserId,
        decide: impl Fn(&EndUser, Timestamp) -> Decided<EndUser> + Send + Sync,
    ) -> Result<EndUser, Error> {
        self.deciding(|| async {
            let user = self.ports.store.find_end_user(caller.workspace, id).await?;
            let user = user.ok_or(Rejection::NotFound { what: "end user" })?;
            let now = self.now();
            self.commit(&caller.acting(now), decide(&user, now)).await
        })
        .await
    }
}
