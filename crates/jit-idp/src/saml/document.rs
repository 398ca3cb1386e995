//! The one tree that everything is verified on and read from.

use roxmltree::{Document, Error, ParsingOptions};

use super::{
    limits::Limits,
    prescan::prescan,
    refusal::{Reason, Refusal},
};

/// Scans and parses a text that has passed [`utf8`](super::decode::utf8).
pub(crate) fn parse<'x>(xml: &'x str, limits: &Limits) -> Result<Document<'x>, Refusal> {
    prescan(xml, limits)?;
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: limits.nodes,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(xml, options).map_err(|error| match error {
        Error::NodesLimitReached => Refusal::new(
            Reason::XmlMalformed,
            format!("at most {} nodes", limits.nodes),
            "more",
        ),
        other => Refusal::new(Reason::XmlMalformed, "well-formed XML", other.to_string()),
    })
}

/// Refuses two elements that claim one ID, whatever the attribute is called.
///
/// SAML says `ID`, SAML 1 said `AssertionID`, other signers and databases look for `Id`, `id` or `xml:id`.
/// A message in which two of those agree can mean different elements to different readers. What was encrypted
/// in it counts as a part of it.
pub(super) fn require_unique_ids(documents: &[&Document<'_>]) -> Result<(), Refusal> {
    let mut ids: Vec<&str> = documents
        .iter()
        .flat_map(|document| document.descendants())
        .flat_map(|node| node.attributes())
        .filter(|a| a.name().eq_ignore_ascii_case("id") || a.name() == "AssertionID")
        .map(|a| a.value())
        .collect();
    ids.sort_unstable();
    match ids.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(Refusal::new(
            Reason::DuplicateId,
            "an ID for one element",
            pair[0],
        )),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(xml: &str) -> Result<(), &'static str> {
        let document = parse(xml, &Limits::RESPONSE).unwrap();
        require_unique_ids(&[&document]).map_err(|refusal| refusal.code())
    }

    #[test]
    fn an_id_counts_under_every_name_it_goes_by() {
        assert_eq!(ids("<a ID='1'><b ID='2'/></a>"), Ok(()));
        for other in [
            "ID='1'",
            "Id='1'",
            "id='1'",
            "xml:id='1'",
            "AssertionID='1'",
        ] {
            assert_eq!(
                ids(&format!("<a ID='1'><b {other}/></a>")),
                Err("duplicate_id"),
                "{other}"
            );
        }
    }

    #[test]
    fn broken_and_bloated_documents_are_refused() {
        for xml in [
            "",
            "<a>",
            "<a></b>",
            "<a b='1' b='2'/>",
            "<a>&b;</a>",
            "<a>\0</a>",
            "<p:a/>",
        ] {
            assert_eq!(
                parse(xml, &Limits::RESPONSE).unwrap_err().code(),
                "xml_malformed",
                "{xml}"
            );
        }
        let bloated = format!("<a>{}</a>", "<b/>".repeat(20_000));
        assert_eq!(
            parse(&bloated, &Limits::RESPONSE).unwrap_err().code(),
            "xml_malformed"
        );
    }
}
