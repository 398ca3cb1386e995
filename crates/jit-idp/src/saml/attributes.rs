//! What else the provider says about the person (SAML core 2.7.3).

use std::collections::BTreeMap;

use roxmltree::Node;

use super::{
    names::{ASSERTION, XSI},
    nodes::{children, required_attribute, text},
    refusal::Refusal,
};

/// The values by the exact `Name`, over all statements.
///
/// Some providers write one `Attribute` with many values, others one `Attribute` a value: both give one list.
/// An attribute without values is present and empty. Values with markup inside are left out, and so are
/// those that are empty or say to be nothing (`xsi:nil`, core 2.7.3.1.1): some providers write "no groups"
/// as one empty value, which must not be the name of a group.
pub(super) fn read(assertion: Node<'_, '_>) -> Result<BTreeMap<String, Vec<String>>, Refusal> {
    let mut attributes = BTreeMap::<String, Vec<String>>::new();
    for statement in children(assertion, ASSERTION, "AttributeStatement") {
        for node in children(statement, ASSERTION, "Attribute") {
            let name = required_attribute(node, "Name")?;
            let values = children(node, ASSERTION, "AttributeValue")
                .filter(|value| !matches!(value.attribute((XSI, "nil")), Some("true" | "1")))
                .filter_map(|value| text(value).ok())
                .filter(|value| !value.trim().is_empty())
                .map(str::to_owned);
            if let Some(known) = attributes.get_mut(name) {
                known.extend(values);
            } else {
                attributes.insert(name.to_owned(), values.collect());
            }
        }
    }
    Ok(attributes)
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    fn of(attributes: &str) -> Vec<(String, Vec<String>)> {
        let xml = format!(
            "<Assertion xmlns='{ASSERTION}' xmlns:xsi='{XSI}'><AttributeStatement>{attributes}</AttributeStatement></Assertion>"
        );
        let document = Document::parse(&xml).unwrap();
        read(document.root_element()).unwrap().into_iter().collect()
    }

    #[test]
    fn one_attribute_a_value_and_many_values_are_the_same() {
        let expected = vec![("g".to_owned(), vec!["1".to_owned(), "2".to_owned()])];
        let value = |v| format!("<AttributeValue>{v}</AttributeValue>");
        let (one, two) = (value("1"), value("2"));
        assert_eq!(
            of(&format!("<Attribute Name='g'>{one}{two}</Attribute>")),
            expected
        );
        assert_eq!(
            of(&format!(
                "<Attribute Name='g'>{one}</Attribute><Attribute Name='g'>{two}</Attribute>"
            )),
            expected
        );
    }

    #[test]
    fn names_are_exact() {
        let both = of("<Attribute Name='Groups'/><Attribute Name='groups'/>");
        assert_eq!(both.len(), 2);
    }

    /// R14: an empty attribute says "no groups", an absent one says nothing.
    #[test]
    fn an_attribute_without_values_is_present_and_empty() {
        let empty = vec![("g".to_owned(), Vec::new())];
        assert_eq!(of("<Attribute Name='g'/>"), empty);
        assert_eq!(
            of("<Attribute Name='g'><AttributeValue xsi:nil='true'/></Attribute>"),
            empty
        );
        assert_eq!(
            of(
                "<Attribute Name='g'><AttributeValue/><AttributeValue> </AttributeValue></Attribute>"
            ),
            empty
        );
        assert_eq!(
            of("<Attribute Name='g'><AttributeValue><b/></AttributeValue></Attribute>"),
            empty
        );
    }
}
