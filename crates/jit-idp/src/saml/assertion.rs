//! The assertion: who, for whom, how long (SAML core 2.3.3, profiles 4.1.4.2).

use jit_domain::assertion::Assertion;
use roxmltree::Node;

use super::{
    attributes, authn_statement,
    check::Check,
    conditions,
    envelope::{require_issuer, require_version_2},
    expectations::Expectations,
    names::ASSERTION,
    nodes::{required, required_attribute},
    refusal::{Reason, Refusal},
    subject,
    time::moment,
    trail::Trail,
};

/// Providers send some 40 octets. Each ID is remembered until the assertion has expired.
const LONGEST_ID: usize = 256;

/// Checks an assertion whose signature has been verified, and takes what it says.
pub(super) fn read(
    assertion: Node<'_, '_>,
    request: Option<&str>,
    expected: &Expectations<'_>,
    trail: &mut Trail,
) -> Result<Assertion, Refusal> {
    trail.at(Check::Assertion);
    require_version_2(assertion)?;
    let id = required_attribute(assertion, "ID")?;
    if id.len() > LONGEST_ID {
        let expected = format!("an ID of at most {LONGEST_ID} octets");
        let found = format!("one of {}", id.len());
        return Err(Refusal::new(Reason::IdTooLong, expected, found));
    }
    require_issuer(
        required(assertion, ASSERTION, "Issuer")?,
        expected.idp_entity_id,
    )?;
    let clock = expected.clock();
    let issued = moment(assertion, "IssueInstant")?.ok_or_else(|| {
        Refusal::new(
            Reason::AttributeMissing,
            "the attribute IssueInstant of Assertion",
            "none",
        )
    })?;
    clock.require_fresh(issued, Expectations::LONGEST_LOGIN)?;

    trail.at(Check::Subject);
    let subject = required(assertion, ASSERTION, "Subject")?;
    let name = subject::name(subject)?;
    if expected.subject.is_none() {
        name.require_lasting()?;
    }
    trail.at(Check::Confirmation);
    let confirmed_until = subject::require_bearer(subject, request, expected)?;
    trail.at(Check::Conditions);
    let conditions = required(assertion, ASSERTION, "Conditions")?;
    let conditions_until = conditions::require_met(conditions, clock)?;
    trail.at(Check::Audience);
    conditions::require_audience(conditions, expected.sp_entity_id)?;
    trail.at(Check::Session);
    let session = authn_statement::read(assertion, clock)?;

    trail.at(Check::Attributes);
    let attributes = attributes::read(assertion)?;
    let end = conditions_until.map_or(confirmed_until, |end| end.min(confirmed_until));
    Ok(Assertion {
        assertion_id: id.to_owned(),
        issuer: expected.idp_entity_id.to_owned(),
        name_id: name.value.to_owned(),
        name_id_format: name.format.map(str::to_owned),
        session_index: session.index.map(str::to_owned),
        in_response_to: request.map(str::to_owned),
        session_not_on_or_after: session.not_on_or_after,
        valid_until: end + expected.skew,
        attributes,
    })
}
