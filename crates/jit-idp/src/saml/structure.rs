//! Where the parts of a response stand. Everything later looks at these nodes and at no others.
//!
//! Signature wrapping moves a signed element aside and puts a forged one where the reader looks.
//! So there is exactly one place for an assertion, two for signatures, and a message with one anywhere else
//! is refused as a whole (SAML core 5.4.2, profiles 4.1.4.2).

use roxmltree::{Document, Node};

use super::{
    names::{ASSERTION, DSIG, PROTOCOL},
    nodes::{children, optional},
    refusal::{Reason, Refusal},
};

/// The parts of a response with one plain assertion.
pub(super) struct Parts<'a, 'x> {
    pub(super) response: Node<'a, 'x>,
    pub(super) response_signature: Option<Node<'a, 'x>>,
    pub(super) assertion: Node<'a, 'x>,
    pub(super) assertion_signature: Option<Node<'a, 'x>>,
}

/// The root, if it is a SAML 2.0 response by its expanded name (core 3.2.2).
pub(super) fn response<'a, 'x>(document: &'a Document<'x>) -> Result<Node<'a, 'x>, Refusal> {
    let root = document.root_element();
    if root.has_tag_name((PROTOCOL, "Response")) {
        Ok(root)
    } else {
        let name = root.tag_name();
        let found = format!(
            "{{{}}}{}",
            name.namespace().unwrap_or_default(),
            name.name()
        );
        Err(Refusal::new(
            Reason::NotAResponse,
            format!("{{{PROTOCOL}}}Response"),
            found,
        ))
    }
}

/// Finds the parts, and refuses a message that has any of them elsewhere.
pub(super) fn parts<'a, 'x>(response: Node<'a, 'x>) -> Result<Parts<'a, 'x>, Refusal> {
    let assertion = only_assertion(response)?;
    for node in response.descendants() {
        let name = node.tag_name().name();
        match name {
            // By local name, whatever the namespace: a reader that is less strict must agree with us.
            "Response" | "Assertion" | "EncryptedAssertion"
                if node != response && node != assertion =>
            {
                return Err(misplaced(
                    Reason::ElementMisplaced,
                    "one assertion, in the response",
                    node,
                ));
            }
            "Signature" => {
                let parent = node.parent_element();
                let belongs = parent == Some(response) || parent == Some(assertion);
                if !belongs || node.tag_name().namespace() != Some(DSIG) {
                    let expected = "XML signatures in the response or its assertion only";
                    return Err(misplaced(Reason::SignatureMisplaced, expected, node));
                }
            }
            "EncryptedID" | "EncryptedAttribute" => return Err(encrypted(name)),
            _ => {}
        }
    }
    Ok(Parts {
        response,
        response_signature: signature_of(response)?,
        assertion,
        assertion_signature: signature_of(assertion)?,
    })
}

fn only_assertion<'a, 'x>(response: Node<'a, 'x>) -> Result<Node<'a, 'x>, Refusal> {
    let plain: Vec<_> = children(response, ASSERTION, "Assertion").collect();
    let encrypted_ones = children(response, ASSERTION, "EncryptedAssertion").count();
    match (plain.as_slice(), encrypted_ones) {
        (&[only], 0) => Ok(only),
        ([], 0) => Err(Refusal::new(
            Reason::AssertionMissing,
            "one assertion",
            "none",
        )),
        ([], 1) => Err(encrypted("EncryptedAssertion")),
        (several, more) => Err(Refusal::new(
            Reason::SeveralAssertions,
            "one assertion",
            (several.len() + more).to_string(),
        )),
    }
}

fn signature_of<'a, 'x>(parent: Node<'a, 'x>) -> Result<Option<Node<'a, 'x>>, Refusal> {
    optional(parent, DSIG, "Signature").map_err(|mut refusal| {
        refusal.reason = Reason::SeveralSignatures;
        refusal
    })
}

fn encrypted(name: &str) -> Refusal {
    Refusal::new(
        Reason::EncryptedUnsupported,
        "plain assertions: switch encryption off at the provider",
        name,
    )
}

fn misplaced(reason: Reason, expected: &str, node: Node<'_, '_>) -> Refusal {
    let parent = node
        .parent_element()
        .map_or("the document", |parent| parent.tag_name().name());
    Refusal::new(
        reason,
        expected,
        format!("{} in {parent}", node.tag_name().name()),
    )
}
