//! Exclusive canonicalization of what service providers have signed (W3C xml-exc-c14n, without prefix lists).
//!
//! Written apart from the one of the verifier, so that each can find the other's mistakes.

use std::collections::BTreeMap;

use roxmltree::{Node, NodeId};

use super::xml::{attribute, text};

/// Deeper elements are left out, so that a signature over them does not count.
const DEEPEST: usize = 64;

/// The canonical text of an element, without one node below it.
pub(super) fn canonical(element: Node<'_, '_>, without: Option<NodeId>) -> String {
    let mut out = String::new();
    write(element, without, &BTreeMap::new(), DEEPEST, &mut out);
    out
}

fn write(
    node: Node<'_, '_>,
    without: Option<NodeId>,
    declared: &BTreeMap<String, String>,
    depth: usize,
    out: &mut String,
) {
    if Some(node.id()) == without || depth == 0 {
        return;
    }
    if node.is_text() {
        out.push_str(&text(node.text().unwrap_or_default()));
    }
    if !node.is_element() {
        return;
    }
    let name = &node.document().input_text()[node.range().start + 1..];
    let name = name.split([' ', '\t', '\r', '\n', '/', '>']).next();
    let name = name.unwrap_or_default();
    let mut declared = declared.clone();
    let mut tag = String::new();
    for (prefix, uri) in used(node, name) {
        let known = declared.get(&prefix).map_or("", String::as_str);
        if prefix != "xml" && known != uri {
            let colon = if prefix.is_empty() { "" } else { ":" };
            tag.extend([" xmlns", colon, &prefix, "=\"", &attribute(&uri), "\""]);
            declared.insert(prefix, uri);
        }
    }
    let mut attributes: Vec<_> = node.attributes().collect();
    attributes.sort_by_key(|a| (a.namespace().unwrap_or_default(), a.name()));
    for one in attributes {
        let name = &node.document().input_text()[one.range_qname()];
        tag.extend([" ", name, "=\"", &attribute(one.value()), "\""]);
    }
    out.extend(["<", name, &tag, ">"]);
    for child in node.children() {
        write(child, without, &declared, depth - 1, out);
    }
    out.extend(["</", name, ">"]);
}

/// The prefixes that a start tag visibly uses, and what they mean.
fn used(node: Node<'_, '_>, name: &str) -> BTreeMap<String, String> {
    let prefix = |name: &str| {
        name.split_once(':')
            .map_or("", |(prefix, _)| prefix)
            .to_owned()
    };
    let own = node.tag_name().namespace().unwrap_or_default();
    let mut used = BTreeMap::from([(prefix(name), own.to_owned())]);
    for attribute in node.attributes() {
        if let Some(uri) = attribute.namespace() {
            let name = &node.document().input_text()[attribute.range_qname()];
            used.insert(prefix(name), uri.to_owned());
        }
    }
    used
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    #[test]
    fn namespaces_stand_where_they_are_used_and_attributes_in_order() {
        let document = Document::parse(
            "<a:x xmlns:a='urn:a' xmlns:b='urn:b' z='1' b:y='&lt;' c=\"'\"><!-- - --><y xmlns='urn:d'/>\
             <a:z>&gt;&#13;</a:z><y/></a:x>",
        )
        .unwrap();
        assert_eq!(
            canonical(document.root_element(), None),
            "<a:x xmlns:a=\"urn:a\" xmlns:b=\"urn:b\" c=\"'\" z=\"1\" b:y=\"&lt;\">\
             <y xmlns=\"urn:d\"></y><a:z>&gt;&#xD;</a:z><y></y></a:x>"
        );
    }
}
