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

/// The parts of a response with one assertion.
pub(super) struct Parts<'a, 'x> {
    pub(super) signature: Option<Node<'a, 'x>>,
    pub(super) content: Content<'a, 'x>,
}

/// The assertion as it was sent.
pub(super) enum Content<'a, 'x> {
    Plain(Assertion<'a, 'x>),
    /// `EncryptedAssertion`.
    Encrypted(Node<'a, 'x>),
}

/// An assertion and its own signature.
pub(super) struct Assertion<'a, 'x> {
    pub(super) node: Node<'a, 'x>,
    pub(super) signature: Option<Node<'a, 'x>>,
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
    let (only, is_encrypted) = only_assertion(response)?;
    let signed = if is_encrypted { response } else { only };
    require_nothing_else(response, &[response, only], &[response, signed])?;
    Ok(Parts {
        signature: signature_of(response)?,
        content: if is_encrypted {
            Content::Encrypted(only)
        } else {
            Content::Plain(Assertion {
                node: only,
                signature: signature_of(only)?,
            })
        },
    })
}

/// The same rules for an assertion that was encrypted.
pub(super) fn decrypted<'a, 'x>(node: Node<'a, 'x>) -> Result<Assertion<'a, 'x>, Refusal> {
    require_nothing_else(node, &[node], &[node])?;
    Ok(Assertion {
        node,
        signature: signature_of(node)?,
    })
}

/// Requires that there are no messages and assertions but the known ones, and no signatures but in these.
fn require_nothing_else(
    top: Node<'_, '_>,
    known: &[Node<'_, '_>],
    signed: &[Node<'_, '_>],
) -> Result<(), Refusal> {
    for node in top.descendants() {
        let name = node.tag_name().name();
        match name {
            // By local name, whatever the namespace: a reader that is less strict must agree with us.
            "Response" | "Assertion" | "EncryptedAssertion" if !known.contains(&node) => {
                return Err(misplaced(
                    Reason::ElementMisplaced,
                    "one assertion, in the response",
                    node,
                ));
            }
            "Signature" => {
                let parent = node.parent_element();
                let belongs = parent.is_some_and(|parent| signed.contains(&parent));
                if !belongs || node.tag_name().namespace() != Some(DSIG) {
                    let expected = "XML signatures in the response or its assertion only";
                    return Err(misplaced(Reason::SignatureMisplaced, expected, node));
                }
            }
            "EncryptedID" | "EncryptedAttribute" => {
                return Err(Refusal::new(
                    Reason::EncryptedUnsupported,
                    "names and attributes in plain text, or the whole assertion encrypted",
                    name,
                ));
            }
            _ => {}
        }
    }
    Ok(())
}

/// The one assertion, and whether it is encrypted.
fn only_assertion<'a, 'x>(response: Node<'a, 'x>) -> Result<(Node<'a, 'x>, bool), Refusal> {
    let plain = children(response, ASSERTION, "Assertion").map(|node| (node, false));
    let encrypted = children(response, ASSERTION, "EncryptedAssertion").map(|node| (node, true));
    let found: Vec<_> = plain.chain(encrypted).collect();
    match found.as_slice() {
        &[only] => Ok(only),
        [] => Err(Refusal::new(
            Reason::AssertionMissing,
            "one assertion",
            "none",
        )),
        several => Err(Refusal::new(
            Reason::SeveralAssertions,
            "one assertion",
            several.len().to_string(),
        )),
    }
}

/// The signature that stands directly in an element.
pub(super) fn signature_of<'a, 'x>(parent: Node<'a, 'x>) -> Result<Option<Node<'a, 'x>>, Refusal> {
    optional(parent, DSIG, "Signature").map_err(|mut refusal| {
        refusal.reason = Reason::SeveralSignatures;
        refusal
    })
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
