//! Exclusive XML Canonicalization 1.0 of one element (W3C xml-exc-c14n, on Canonical XML 1.0).
//!
//! The octets that a signature is about. They are made from the tree that the claims are read from,
//! never from a second parse. Comments and processing instructions do not occur: the pre-scan refuses them.

mod names;
mod namespaces;

use roxmltree::{Attribute, Node, NodeId};

pub(in crate::saml) use self::names::QName;
use self::namespaces::Rendered;
use super::refusal::{Reason, Refusal};
use crate::escape::{push_attribute_value, push_text};

/// The canonical form of `root`, leaving out one node below it: the signature that is being checked.
///
/// `inclusive` is the `InclusiveNamespaces PrefixList` (xml-exc-c14n section 4): prefixes that count
/// as used everywhere they are in scope; `#default` stands for none.
pub(crate) fn canonicalise(
    root: Node<'_, '_>,
    without: Option<NodeId>,
    inclusive: &[&str],
) -> Result<Vec<u8>, Refusal> {
    let mut canonical = Canonical {
        out: Vec::with_capacity(root.range().len() + 256),
        rendered: Rendered::default(),
        attributes: Vec::new(),
        inclusive,
    };
    // A stack of our own: nesting is bounded, and yet nobody should have to prove it here.
    let mut pending = vec![Step::Enter(root)];
    while let Some(step) = pending.pop() {
        match step {
            Step::Enter(node) if Some(node.id()) == without => {}
            Step::Enter(node) if node.is_text() => {
                push_text(node.text().unwrap_or_default(), &mut canonical.out);
            }
            Step::Enter(node) if node.is_element() => {
                let name = QName::of(node);
                let mark = canonical.start_tag(node, name)?;
                pending.push(Step::Leave(name, mark));
                let mut child = node.last_child();
                while let Some(node) = child {
                    pending.push(Step::Enter(node));
                    child = node.prev_sibling();
                }
            }
            Step::Enter(_) => return Err(unsound("a comment or processing instruction")),
            Step::Leave(name, mark) => canonical.end_tag(name, mark),
        }
    }
    if canonical.out.is_empty() {
        return Err(unsound("an empty canonical form"));
    }
    Ok(canonical.out)
}

enum Step<'a, 'x> {
    Enter(Node<'a, 'x>),
    Leave(QName<'x>, usize),
}

struct Canonical<'a, 'p> {
    out: Vec<u8>,
    rendered: Rendered<'a>,
    /// The attributes of the element at hand, kept for its allocation.
    attributes: Vec<CanonicalAttribute<'a>>,
    inclusive: &'p [&'p str],
}

/// Ordered as Canonical XML 1.0 section 2.2 wants: by namespace name, then local name; none comes first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct CanonicalAttribute<'a> {
    namespace: &'a str,
    local: &'a str,
    name: QName<'a>,
    value: &'a str,
}

impl<'a> Canonical<'a, '_> {
    fn start_tag<'x: 'a>(&mut self, node: Node<'a, 'x>, name: QName<'x>) -> Result<usize, Refusal> {
        let mark = self.rendered.mark();
        self.rendered.start();
        self.use_namespaces(node, name)?;
        self.out.push(b'<');
        name.push_to(&mut self.out);
        self.rendered.push_declarations(&mut self.out);
        for attribute in &self.attributes {
            self.out.push(b' ');
            attribute.name.push_to(&mut self.out);
            self.out.extend_from_slice(b"=\"");
            push_attribute_value(attribute.value, &mut self.out);
            self.out.push(b'"');
        }
        self.out.push(b'>');
        Ok(mark)
    }

    fn end_tag(&mut self, name: QName<'_>, mark: usize) {
        self.out.extend_from_slice(b"</");
        name.push_to(&mut self.out);
        self.out.push(b'>');
        self.rendered.forget_after(mark);
    }

    /// Collects the namespaces that the start tag makes visible use of, and sorts its attributes.
    fn use_namespaces<'x: 'a>(
        &mut self,
        node: Node<'a, 'x>,
        name: QName<'x>,
    ) -> Result<(), Refusal> {
        let in_scope = |prefix: &str| namespaces::in_scope(node, prefix);
        let uri = in_scope(name.prefix).ok_or_else(|| unsound("an unbound prefix"))?;
        // The prefix comes from the text and the namespace from the parser; they must agree.
        if node.tag_name().namespace().unwrap_or_default() != uri {
            return Err(unsound("an element whose prefix means something else"));
        }
        self.rendered.needs(name.prefix, uri);
        self.attributes.clear();
        for attribute in node.attributes() {
            let attribute = canonical_attribute(node, attribute);
            if !attribute.name.prefix.is_empty() {
                let uri =
                    in_scope(attribute.name.prefix).ok_or_else(|| unsound("an unbound prefix"))?;
                self.rendered.needs(attribute.name.prefix, uri);
            }
            self.attributes.push(attribute);
        }
        for &listed in self.inclusive {
            let prefix = if listed == "#default" { "" } else { listed };
            if let Some(uri) = in_scope(prefix) {
                self.rendered.needs_listed(node, prefix, uri);
            }
        }
        self.attributes.sort_unstable();
        Ok(())
    }
}

fn canonical_attribute<'a, 'x: 'a>(
    node: Node<'a, 'x>,
    attribute: Attribute<'a, 'x>,
) -> CanonicalAttribute<'a> {
    CanonicalAttribute {
        namespace: attribute.namespace().unwrap_or_default(),
        local: attribute.name(),
        name: QName::parse(&node.document().input_text()[attribute.range_qname()]),
        value: attribute.value(),
    }
}

fn unsound(what: &str) -> Refusal {
    Refusal::new(
        Reason::NamespaceInvalid,
        "a document with a sound canonical form",
        what,
    )
}

#[cfg(test)]
mod tests;
