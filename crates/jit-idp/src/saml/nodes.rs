//! Reading elements strictly: by expanded name, once, and text without markup.

use roxmltree::Node;

use super::refusal::{Reason, Refusal};

/// The child elements of one expanded name.
pub(crate) fn children<'a, 'x: 'a>(
    parent: Node<'a, 'x>,
    namespace: &'static str,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'x>> {
    parent
        .children()
        .filter(move |child| child.has_tag_name((namespace, name)))
}

/// The child element that may stand once.
pub(crate) fn optional<'a, 'x>(
    parent: Node<'a, 'x>,
    namespace: &'static str,
    name: &'static str,
) -> Result<Option<Node<'a, 'x>>, Refusal> {
    let mut found = children(parent, namespace, name);
    let first = found.next();
    if found.next().is_some() {
        return Err(Refusal::new(
            Reason::ElementRepeated,
            format!("one {name} in {}", parent.tag_name().name()),
            "several",
        ));
    }
    Ok(first)
}

/// The child element that must stand exactly once.
pub(crate) fn required<'a, 'x>(
    parent: Node<'a, 'x>,
    namespace: &'static str,
    name: &'static str,
) -> Result<Node<'a, 'x>, Refusal> {
    optional(parent, namespace, name)?.ok_or_else(|| {
        Refusal::new(
            Reason::ElementMissing,
            format!("{name} in {}", parent.tag_name().name()),
            "none",
        )
    })
}

/// The XML attribute without a namespace.
///
/// `roxmltree`'s own look-up by a plain name takes an attribute of any namespace, whichever comes first:
/// `x:ID` would be as good as `ID`.
pub(crate) fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes()
        .find(|attribute| attribute.namespace().is_none() && attribute.name() == name)
        .map(|attribute| attribute.value())
}

/// The XML attribute that must be there and not empty.
pub(crate) fn required_attribute<'a>(node: Node<'a, '_>, name: &str) -> Result<&'a str, Refusal> {
    attribute(node, name)
        .filter(|value| !value.is_empty())
        .ok_or_else(|| {
            Refusal::new(
                Reason::AttributeMissing,
                format!("the attribute {name} of {}", node.tag_name().name()),
                "none",
            )
        })
}

/// The whole text of an element that has no other content.
///
/// `roxmltree`'s own `text()` gives the first piece only: with `a<!-- -->b` that is half a name,
/// which is how one person became another in several verifiers.
pub(crate) fn text<'a>(node: Node<'a, '_>) -> Result<&'a str, Refusal> {
    let mut children = node.children();
    match (children.next(), children.next()) {
        (None, _) => Ok(""),
        (Some(only), None) if only.is_text() => Ok(only.text().unwrap_or_default()),
        _ => Err(Refusal::new(
            Reason::MarkupInValue,
            format!("text alone in {}", node.tag_name().name()),
            "markup",
        )),
    }
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    #[test]
    fn text_is_whole_or_refused() {
        let read = |xml| {
            let document = Document::parse(xml).unwrap();
            text(document.root_element())
                .map(str::to_owned)
                .map_err(|refusal| refusal.code())
        };
        assert_eq!(
            read("<a>dana &amp; co&#13;\u{fc}</a>"),
            Ok("dana & co\r\u{fc}".into())
        );
        assert_eq!(read("<a/>"), Ok(String::new()));
        assert_eq!(read("<a>dana<!-- -->.evil</a>"), Err("markup_in_value"));
        assert_eq!(read("<a>dana<b/></a>"), Err("markup_in_value"));
        assert_eq!(read("<a><?b?>dana</a>"), Err("markup_in_value"));
    }

    #[test]
    fn an_attribute_of_another_namespace_is_another_attribute() {
        let document =
            Document::parse("<a xmlns:x='urn:x' x:ID='evil' ID='good' x:URI='evil'/>").unwrap();
        let root = document.root_element();
        assert_eq!(attribute(root, "ID"), Some("good"));
        assert_eq!(
            required_attribute(root, "URI").unwrap_err().code(),
            "attribute_missing"
        );
    }

    #[test]
    fn a_child_is_found_by_namespace_and_only_once() {
        let document = Document::parse("<a xmlns:p='urn:p'><p:b/><b/><p:c/><p:c/></a>").unwrap();
        let root = document.root_element();
        assert!(optional(root, "urn:p", "b").unwrap().is_some());
        assert!(optional(root, "urn:q", "b").unwrap().is_none());
        assert_eq!(
            required(root, "urn:q", "b").unwrap_err().code(),
            "element_missing"
        );
        assert_eq!(
            optional(root, "urn:p", "c").unwrap_err().code(),
            "element_repeated"
        );
    }
}
