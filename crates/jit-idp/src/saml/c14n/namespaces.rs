//! Which namespace declarations a start tag gets (xml-exc-c14n section 3).

use roxmltree::Node;

use super::super::names::XML;
use crate::escape::push_attribute_value;

/// What a prefix means at an element; no prefix and no declaration mean no namespace.
pub(super) fn in_scope<'a>(node: Node<'a, '_>, prefix: &str) -> Option<&'a str> {
    match prefix {
        "xml" => Some(XML),
        "" => Some(node.lookup_namespace_uri(None).unwrap_or_default()),
        _ => node.lookup_namespace_uri(Some(prefix)),
    }
}

/// The declarations that are in force in the output so far, and those that the next tag needs.
#[derive(Default)]
pub(super) struct Rendered<'a> {
    /// Innermost last.
    in_force: Vec<(&'a str, &'a str)>,
    needed: Vec<(&'a str, &'a str)>,
}

impl<'a> Rendered<'a> {
    /// Where the declarations of the next element start.
    pub(super) fn mark(&self) -> usize {
        self.in_force.len()
    }

    /// An element has ended, and its declarations with it.
    pub(super) fn forget_after(&mut self, mark: usize) {
        self.in_force.truncate(mark);
    }

    pub(super) fn start(&mut self) {
        self.needed.clear();
    }

    /// The tag uses this prefix. `xml` is never declared (Canonical XML 1.0 section 2.3).
    pub(super) fn needs(&mut self, prefix: &'a str, uri: &'a str) {
        if prefix != "xml" && !self.needed.iter().any(|(known, _)| *known == prefix) {
            self.needed.push((prefix, uri));
        }
    }

    /// The prefix list names this prefix. It outlives the list, so it is borrowed from the document.
    pub(super) fn needs_listed(&mut self, node: Node<'a, '_>, prefix: &str, uri: &'a str) {
        if prefix.is_empty() {
            self.needs("", uri);
        } else if let Some(own) = node
            .namespaces()
            .find_map(|n| n.name().filter(|n| *n == prefix))
        {
            self.needs(own, uri);
        }
    }

    /// Writes what is needed and not yet in force, in the order of the prefixes.
    ///
    /// `xmlns=""` is written only to undo a default namespace that the output has.
    pub(super) fn push_declarations(&mut self, out: &mut Vec<u8>) {
        self.needed.sort_unstable();
        for &(prefix, uri) in &self.needed {
            let current = self
                .in_force
                .iter()
                .rev()
                .find(|(known, _)| *known == prefix);
            let current = current.map(|(_, uri)| *uri);
            if current == Some(uri) || (prefix.is_empty() && uri.is_empty() && current.is_none()) {
                continue;
            }
            out.extend_from_slice(b" xmlns");
            if !prefix.is_empty() {
                out.push(b':');
                out.extend_from_slice(prefix.as_bytes());
            }
            out.extend_from_slice(b"=\"");
            push_attribute_value(uri, out);
            out.push(b'"');
            self.in_force.push((prefix, uri));
        }
    }
}
