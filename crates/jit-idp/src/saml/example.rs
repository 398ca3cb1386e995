//! Reading an assertion that somebody pasted, to show what it would do (R10). Nothing is verified.

use std::collections::BTreeMap;

use chrono::DateTime;
use jit_domain::assertion::{Assertion, ExampleAssertion};
use roxmltree::Node;

use super::{
    attributes,
    decode::{decode_form_field, utf8},
    document::parse,
    limits::{Comments, Limits},
    names::ASSERTION,
    nodes::{attribute, children, optional, required, text},
    refusal::{Reason, Refusal},
    subject::{self, Name},
};

/// Takes a response or an assertion, as XML or as the base64 of a form field.
///
/// The result is of a type of its own, so that it cannot sign anybody in.
pub fn read_example(pasted: &str) -> Result<ExampleAssertion, Refusal> {
    let pasted = pasted.trim();
    let decoded;
    let octets = if pasted.starts_with('<') {
        pasted.as_bytes()
    } else {
        decoded = decode_form_field(pasted)?;
        &decoded
    };
    let limits = Limits {
        comments: Comments::Allowed,
        ..Limits::RESPONSE
    };
    let document = parse(utf8(octets, &limits)?, &limits)?;
    let assertion = document
        .descendants()
        .find(|node| node.has_tag_name((ASSERTION, "Assertion")))
        .ok_or_else(|| Refusal::new(Reason::AssertionMissing, "an assertion", "none"))?;
    read(assertion).map(ExampleAssertion)
}

fn read(assertion: Node<'_, '_>) -> Result<Assertion, Refusal> {
    let name = subject::name(required(assertion, ASSERTION, "Subject")?)?;
    let issuer = optional(assertion, ASSERTION, "Issuer")?.map(text);
    let issuer = issuer.transpose()?.unwrap_or_default();
    Ok(example(
        assertion,
        issuer,
        name,
        attributes::read(assertion)?,
    ))
}

/// What a message says of somebody, believed or not: whatever cannot be read is empty.
///
/// `None` if it has no assertion and answers no request.
pub(super) fn claimed(message: Node<'_, '_>) -> Option<ExampleAssertion> {
    let answered = attribute(message, "InResponseTo");
    let mut found = message.descendants();
    match found.find(|node| node.has_tag_name((ASSERTION, "Assertion"))) {
        Some(assertion) => Some(claimed_by(assertion, answered)),
        None => answered.map(|_| claimed_by(message, answered)),
    }
}

fn claimed_by(assertion: Node<'_, '_>, answered: Option<&str>) -> ExampleAssertion {
    let subject = children(assertion, ASSERTION, "Subject").next();
    let name = subject.and_then(|subject| subject::name(subject).ok());
    let issuer = children(assertion, ASSERTION, "Issuer").find_map(|issuer| text(issuer).ok());
    let confirmed = || {
        children(subject?, ASSERTION, "SubjectConfirmation")
            .flat_map(|it| children(it, ASSERTION, "SubjectConfirmationData"))
            .find_map(|data| attribute(data, "InResponseTo"))
    };
    let claimed = example(
        assertion,
        issuer.unwrap_or_default(),
        name.unwrap_or_default(),
        attributes::read(assertion).unwrap_or_default(),
    );
    ExampleAssertion(Assertion {
        in_response_to: answered.or_else(confirmed).map(str::to_owned),
        ..claimed
    })
}

fn example(
    assertion: Node<'_, '_>,
    issuer: &str,
    name: Name<'_>,
    attributes: BTreeMap<String, Vec<String>>,
) -> Assertion {
    let session = children(assertion, ASSERTION, "AuthnStatement").next();
    Assertion {
        assertion_id: attribute(assertion, "ID").unwrap_or_default().to_owned(),
        issuer: issuer.to_owned(),
        name_id: name.value.to_owned(),
        name_id_format: name.format.map(str::to_owned),
        session_index: session
            .and_then(|session| attribute(session, "SessionIndex"))
            .map(str::to_owned),
        in_response_to: None,
        session_not_on_or_after: None,
        // An example is never valid, so that no mistake elsewhere can make it count.
        valid_until: DateTime::UNIX_EPOCH,
        attributes,
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::STANDARD};

    use super::*;

    #[test]
    fn an_example_may_be_an_assertion_or_a_response_as_xml_or_base64() {
        let assertion = format!(
            "<a:Assertion xmlns:a='{ASSERTION}'><!-- pasted --><a:Subject><a:NameID>dana</a:NameID></a:Subject></a:Assertion>"
        );
        let response = format!("<Response>{assertion}</Response>");
        for pasted in [assertion, response.clone(), STANDARD.encode(response)] {
            assert_eq!(read_example(&pasted).unwrap().0.name_id, "dana");
        }
        assert_eq!(
            read_example("<a/>").unwrap_err().code(),
            "assertion_missing"
        );
        assert_eq!(read_example("dana").unwrap_err().code(), "not_utf8");
    }
}
