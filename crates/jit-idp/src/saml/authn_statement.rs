//! That somebody has logged in, and until when the provider calls that a session (SAML core 2.7.2).

use jit_domain::values::Timestamp;
use roxmltree::Node;

use super::{
    names::ASSERTION,
    nodes::{attribute, children},
    refusal::{Reason, Refusal},
    time::{Clock, moment},
};

pub(super) struct Session<'a> {
    pub(super) index: Option<&'a str>,
    pub(super) not_on_or_after: Option<Timestamp>,
}

/// Requires one statement at least. Of several, the first index and the earliest end count.
pub(super) fn read<'a>(assertion: Node<'a, '_>, clock: Clock) -> Result<Session<'a>, Refusal> {
    let mut found = false;
    let mut session = Session {
        index: None,
        not_on_or_after: None,
    };
    for statement in children(assertion, ASSERTION, "AuthnStatement") {
        found = true;
        session.index = session.index.or(attribute(statement, "SessionIndex"));
        if let Some(end) = moment(statement, "SessionNotOnOrAfter")? {
            clock.require_not_ended("SessionNotOnOrAfter", end)?;
            session.not_on_or_after = Some(
                session
                    .not_on_or_after
                    .map_or(end, |earlier| earlier.min(end)),
            );
        }
    }
    if found {
        Ok(session)
    } else {
        Err(Refusal::new(
            Reason::ElementMissing,
            "AuthnStatement in Assertion",
            "none",
        ))
    }
}
