//! Qualified names as they were written. The parser keeps only what they mean.

use roxmltree::Node;

/// A prefix, possibly empty, and a local name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::saml) struct QName<'x> {
    pub(super) prefix: &'x str,
    local: &'x str,
}

impl<'x> QName<'x> {
    pub(super) fn parse(text: &'x str) -> Self {
        match text.split_once(':') {
            Some((prefix, local)) => Self { prefix, local },
            None => Self {
                prefix: "",
                local: text,
            },
        }
    }

    /// The name in the start tag of an element.
    pub(in crate::saml) fn of(node: Node<'_, 'x>) -> Self {
        let text = node.document().input_text();
        // A range starts with the `<` of the tag; the parser has found the name well-formed.
        let tag = text.get(node.range().start + 1..).unwrap_or_default();
        let ends = |octet| matches!(octet, b' ' | b'\t' | b'\r' | b'\n' | b'/' | b'>');
        let end = tag.bytes().position(ends).unwrap_or(tag.len());
        Self::parse(&tag[..end])
    }

    pub(in crate::saml) fn push_to(self, out: &mut Vec<u8>) {
        if !self.prefix.is_empty() {
            out.extend_from_slice(self.prefix.as_bytes());
            out.push(b':');
        }
        out.extend_from_slice(self.local.as_bytes());
    }
}
