//! Who is signed in here, as far as this provider knows.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::IdentityProvider;

/// A login that the web side has answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdpSession {
    /// Whom it is about.
    pub name_id: String,
    /// `SessionIndex` of the assertion.
    pub session_index: String,
    /// The service provider that was told.
    pub service: String,
}

#[derive(Debug, Default)]
pub(super) struct Sessions(Mutex<Vec<IdpSession>>);

impl Sessions {
    /// More than a test needs, and a bound for a demo that runs for weeks.
    const MOST: usize = 1_000;

    fn all(&self) -> MutexGuard<'_, Vec<IdpSession>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn begin(&self, session: IdpSession) {
        let mut all = self.all();
        if all.len() == Self::MOST {
            all.remove(0);
        }
        all.push(session);
    }

    /// Ends those of a person: the ones that are named, or all if none is (SAML core 3.7.1).
    pub(super) fn end(&self, name_id: &str, indexes: &[String]) {
        let meant = |session: &IdpSession| {
            session.name_id == name_id
                && (indexes.is_empty() || indexes.contains(&session.session_index))
        };
        self.all().retain(|session| !meant(session));
    }
}

impl IdentityProvider {
    /// The sessions that logins through the [`router`](Self::router) began and no logout has ended.
    pub fn sessions(&self) -> Vec<IdpSession> {
        self.sessions.all().clone()
    }
}
