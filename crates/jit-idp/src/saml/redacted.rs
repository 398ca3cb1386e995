//! A message without people, signatures and ciphers, for administrators and support.
//!
//! It is written anew from the tree. What is not known to be harmless is replaced by its length, so that
//! a provider's own extensions stay out as well.

use roxmltree::Node;

use super::c14n::QName;
use crate::escape::{push_attribute_value, push_text};

/// The most octets of one copy.
pub(super) const MOST: usize = 16 * 1024;

/// The most octets of one kept value; addresses and IDs are shorter.
const LONGEST_VALUE: usize = 512;

/// Elements whose text is an address or an identifier.
const KEPT_TEXTS: [&str; 4] = [
    "Issuer",
    "Audience",
    "AuthnContextClassRef",
    "AuthenticatingAuthority",
];

/// Attributes that are addresses, times, IDs, or names of algorithms and formats.
const KEPT_ATTRIBUTES: [&str; 28] = [
    "Algorithm",
    "AssertionConsumerServiceURL",
    "AssertionID",
    "AuthnInstant",
    "Comparison",
    "Consent",
    "Destination",
    "Encoding",
    "Format",
    "FriendlyName",
    "ID",
    "Id",
    "InResponseTo",
    "IssueInstant",
    "Method",
    "Name",
    "NameFormat",
    "NameQualifier",
    "NotBefore",
    "NotOnOrAfter",
    "PrefixList",
    "Recipient",
    "SPNameQualifier",
    "SessionNotOnOrAfter",
    "Type",
    "URI",
    "Version",
    "type",
];

/// Writes these elements one after the other, as far as [`MOST`] allows.
pub(super) fn redacted(elements: &[Node<'_, '_>]) -> String {
    let mut copy = Copy {
        out: Vec::with_capacity(4096),
        piece: Vec::with_capacity(256),
    };
    for (position, element) in elements.iter().enumerate() {
        let separated = position == 0 || copy.push(b"\n\nThe assertion in it, decrypted:\n\n");
        if !separated || !copy.element(*element) {
            copy.out.extend_from_slice(CUT);
            break;
        }
    }
    String::from_utf8(copy.out).unwrap_or_default()
}

const CUT: &[u8] = b"\n\n[cut here]";

struct Copy {
    out: Vec<u8>,
    /// The tag or text at hand: it is taken as a whole or not at all.
    piece: Vec<u8>,
}

enum Step<'a, 'x> {
    Enter(Node<'a, 'x>),
    Leave(Node<'a, 'x>),
}

impl Copy {
    /// Whether all of it had room.
    fn element(&mut self, root: Node<'_, '_>) -> bool {
        let mut pending = vec![Step::Enter(root)];
        while let Some(step) = pending.pop() {
            self.piece.clear();
            match step {
                Step::Enter(node) if node.is_element() => {
                    self.start_tag(node);
                    pending.push(Step::Leave(node));
                    pending.extend(node.children().rev().map(Step::Enter));
                }
                Step::Enter(node) => self.text(node),
                Step::Leave(node) => {
                    self.piece.extend_from_slice(b"</");
                    QName::of(node).push_to(&mut self.piece);
                    self.piece.push(b'>');
                }
            }
            if !self.push_piece() {
                return false;
            }
        }
        true
    }

    fn start_tag(&mut self, node: Node<'_, '_>) {
        self.piece.push(b'<');
        QName::of(node).push_to(&mut self.piece);
        let parent = node.parent_element();
        for namespace in node.namespaces() {
            let known = parent.and_then(|parent| parent.lookup_namespace_uri(namespace.name()));
            if namespace.name() == Some("xml") || known == Some(namespace.uri()) {
                continue;
            }
            self.piece.extend_from_slice(b" xmlns");
            if let Some(prefix) = namespace.name() {
                self.piece.push(b':');
                self.piece.extend_from_slice(prefix.as_bytes());
            }
            self.value(namespace.uri(), true);
        }
        for attribute in node.attributes() {
            self.piece.push(b' ');
            let name = &node.document().input_text()[attribute.range_qname()];
            self.piece.extend_from_slice(name.as_bytes());
            let kept = match attribute.name() {
                "Value" => node.tag_name().name() == "StatusCode",
                other => KEPT_ATTRIBUTES.contains(&other),
            };
            self.value(attribute.value(), kept);
        }
        self.piece.push(b'>');
    }

    fn value(&mut self, value: &str, kept: bool) {
        self.piece.extend_from_slice(b"=\"");
        if kept && value.len() <= LONGEST_VALUE {
            push_attribute_value(value, &mut self.piece);
        } else {
            self.mark(value);
        }
        self.piece.push(b'"');
    }

    fn text(&mut self, node: Node<'_, '_>) {
        let text = node.text().unwrap_or_default();
        let parent = node
            .parent_element()
            .map_or("", |parent| parent.tag_name().name());
        let blank = text.trim().is_empty() && text.len() <= 80;
        if blank || (KEPT_TEXTS.contains(&parent) && text.len() <= LONGEST_VALUE) {
            push_text(text, &mut self.piece);
        } else {
            self.mark(text);
        }
    }

    fn mark(&mut self, hidden: &str) {
        let mark = format!("[{} characters]", hidden.chars().count());
        self.piece.extend_from_slice(mark.as_bytes());
    }

    fn push_piece(&mut self) -> bool {
        let fits = self.out.len() + self.piece.len() + CUT.len() <= MOST;
        if fits {
            self.out.extend_from_slice(&self.piece);
        }
        fits
    }

    fn push(&mut self, text: &[u8]) -> bool {
        self.piece.clear();
        self.piece.extend_from_slice(text);
        self.push_piece()
    }
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    fn copy(xml: &str) -> String {
        redacted(&[Document::parse(xml).unwrap().root_element()])
    }

    #[test]
    fn addresses_and_structure_stay_and_people_go() {
        let xml = "<p:R xmlns:p=\"urn:p\" ID=\"_1\" Destination=\"https://a?b&amp;c\" Consent=\"urn:x\">\
                   <Issuer xmlns=\"urn:a\">https://idp</Issuer><NameID xmlns=\"urn:a\" Format=\"f\">dana@x</NameID>\
                   <Attribute Name=\"mail\"><AttributeValue>dana@example.com</AttributeValue></Attribute>\
                   <SubjectLocality Address=\"192.0.2.1\"></SubjectLocality></p:R>";
        let expected = xml
            .replace("dana@x", "[6 characters]")
            .replace("dana@example.com", "[16 characters]")
            .replace("192.0.2.1", "[9 characters]");
        assert_eq!(copy(xml), expected);
    }

    #[test]
    fn what_nobody_knows_is_hidden() {
        let copied =
            copy("<a b=\"secret\" xmlns:c=\"urn:c\" c:d=\"secret\"><e>secret</e>secret</a>");
        assert!(!copied.contains("secret"), "{copied}");
    }

    #[test]
    fn a_copy_of_a_huge_message_is_cut_between_tags() {
        let copied = copy(&format!("<a>{}</a>", "<b Name=\"&amp;\"/>".repeat(2_000)));
        assert!(copied.len() <= MOST);
        assert!(
            copied.ends_with(">\n\n[cut here]"),
            "{}",
            &copied[copied.len() - 40..]
        );
        let long = copy(&format!("<a Name=\"{}\"/>", "x".repeat(MOST)));
        assert_eq!(long, format!("<a Name=\"[{MOST} characters]\"></a>"));
    }

    #[test]
    fn a_copy_cannot_bring_markup_of_its_own() {
        let xml = "<Issuer Name=\"&quot;&lt;b>\">&lt;b&gt;</Issuer>";
        let copied = copy(xml);
        assert!(!copied.contains("<b"), "{copied}");
    }
}
