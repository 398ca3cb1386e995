//! Whom the assertion is about, and that its bearer may be taken for them (SAML core 2.4, profiles 4.1.4.2).

use jit_domain::values::Timestamp;
use roxmltree::Node;

use super::{
    expectations::Expectations,
    names::{ASSERTION, BEARER},
    nodes::{attribute, children, optional, required, text},
    refusal::{Reason, Refusal},
    time::moment,
};

const TRANSIENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Name<'a> {
    pub(super) value: &'a str,
    pub(super) format: Option<&'a str>,
}

/// The one `NameID`, exactly as it is written.
pub(super) fn name<'a>(subject: Node<'a, '_>) -> Result<Name<'a>, Refusal> {
    let missing = |found| Refusal::new(Reason::NameIdMissing, "a NameID in Subject", found);
    let node = optional(subject, ASSERTION, "NameID")?.ok_or_else(|| missing("none"))?;
    let value = text(node)?;
    if value.trim().is_empty() {
        return Err(missing("an empty one"));
    }
    let format = attribute(node, "Format");
    Ok(Name { value, format })
}

impl Name<'_> {
    /// Refuses a name by which nobody is known again.
    pub(super) fn require_lasting(self) -> Result<(), Refusal> {
        if self.format != Some(TRANSIENT) {
            return Ok(());
        }
        let lasting = "a NameID that stays the same, such as a persistent one or an e-mail address";
        Err(Refusal::new(Reason::NameIdTransient, lasting, TRANSIENT))
    }
}

/// Requires one bearer confirmation that is good here and now.
///
/// Gives the moment from which none of them could be good any more.
pub(super) fn require_bearer(
    subject: Node<'_, '_>,
    request: Option<&str>,
    expected: &Expectations<'_>,
) -> Result<Timestamp, Refusal> {
    if request.is_none() {
        require_unsolicited(subject)?;
    }
    let mut refused = None;
    let mut accepted = false;
    let mut until = None;
    for confirmation in children(subject, ASSERTION, "SubjectConfirmation") {
        if attribute(confirmation, "Method") != Some(BEARER) {
            continue;
        }
        let end = end_of(confirmation);
        match end
            .clone()
            .and_then(|end| require_usable(confirmation, end, request, expected))
        {
            Ok(()) => accepted = true,
            Err(refusal) => refused = refused.or(Some(refusal)),
        }
        until = until.max(end.ok());
    }
    match (until, refused) {
        (Some(until), _) if accepted => Ok(until),
        (_, Some(refusal)) => Err(refusal),
        _ => Err(Refusal::new(
            Reason::BearerMissing,
            BEARER,
            "no such SubjectConfirmation",
        )),
    }
}

/// A response to no request answers none anywhere (profiles 4.1.5), not even beside a good confirmation:
/// somebody may have taken `InResponseTo` off an unsigned response.
fn require_unsolicited(subject: Node<'_, '_>) -> Result<(), Refusal> {
    children(subject, ASSERTION, "SubjectConfirmation")
        .flat_map(|confirmation| children(confirmation, ASSERTION, "SubjectConfirmationData"))
        .try_for_each(|data| require_answer(data, None))
}

fn data<'a, 'x>(confirmation: Node<'a, 'x>) -> Result<Node<'a, 'x>, Refusal> {
    required(confirmation, ASSERTION, "SubjectConfirmationData")
}

fn end_of(confirmation: Node<'_, '_>) -> Result<Timestamp, Refusal> {
    moment(data(confirmation)?, "NotOnOrAfter")?.ok_or_else(|| {
        let expected = "the attribute NotOnOrAfter of SubjectConfirmationData";
        Refusal::new(Reason::AttributeMissing, expected, "none")
    })
}

fn require_usable(
    confirmation: Node<'_, '_>,
    end: Timestamp,
    request: Option<&str>,
    expected: &Expectations<'_>,
) -> Result<(), Refusal> {
    let data = data(confirmation)?;
    let clock = expected.clock();
    match attribute(data, "Recipient") {
        Some(recipient) if recipient == expected.acs_url => {}
        other => {
            let found = other.unwrap_or("none");
            return Err(Refusal::new(
                Reason::RecipientMismatch,
                expected.acs_url,
                found,
            ));
        }
    }
    require_answer(data, request)?;
    // The profile forbids NotBefore here, and providers send it all the same: then it binds.
    if let Some(start) = moment(data, "NotBefore")? {
        clock.require_started("NotBefore of SubjectConfirmationData", start)?;
    }
    clock.require_not_ended("NotOnOrAfter of SubjectConfirmationData", end)
}

/// The confirmation must answer the request that the response answers, or none if that answers none.
fn require_answer(data: Node<'_, '_>, request: Option<&str>) -> Result<(), Refusal> {
    let (reason, found) = match attribute(data, "InResponseTo") {
        id if id == request => return Ok(()),
        Some(other) => (Reason::InResponseToMismatch, other),
        None => (
            Reason::InResponseToMissing,
            "none in SubjectConfirmationData",
        ),
    };
    let expected = request.unwrap_or("no InResponseTo, for the response has none");
    Err(Refusal::new(reason, expected, found))
}
