//! Character escapes of Canonical XML 1.0 section 2.3, for what is verified and for what is written.

/// Text: `&`, `<`, `>` and carriage return.
pub(crate) fn push_text(text: &str, out: &mut Vec<u8>) {
    push(text, out, |octet| match octet {
        b'&' => Some(b"&amp;"),
        b'<' => Some(b"&lt;"),
        b'>' => Some(b"&gt;"),
        b'\r' => Some(b"&#xD;"),
        _ => None,
    });
}

/// Attribute values: `&`, `<`, the quote, and white space that a parser would flatten.
pub(crate) fn push_attribute_value(value: &str, out: &mut Vec<u8>) {
    push(value, out, |octet| match octet {
        b'&' => Some(b"&amp;"),
        b'<' => Some(b"&lt;"),
        b'"' => Some(b"&quot;"),
        b'\t' => Some(b"&#x9;"),
        b'\n' => Some(b"&#xA;"),
        b'\r' => Some(b"&#xD;"),
        _ => None,
    });
}

/// An attribute value as text of its own, for documents that this crate writes.
pub(crate) fn attribute_value(value: &str) -> String {
    let mut out = Vec::with_capacity(value.len());
    push_attribute_value(value, &mut out);
    String::from_utf8(out).unwrap_or_default()
}

/// Text as text of its own, for documents that this crate writes.
pub(crate) fn text(value: &str) -> String {
    let mut out = Vec::with_capacity(value.len());
    push_text(value, &mut out);
    String::from_utf8(out).unwrap_or_default()
}

/// Copies runs of ordinary octets at once. All that is escaped is ASCII, so UTF-8 stays whole.
fn push(text: &str, out: &mut Vec<u8>, escape: impl Fn(u8) -> Option<&'static [u8]>) {
    let octets = text.as_bytes();
    let mut copied = 0;
    for (at, &octet) in octets.iter().enumerate() {
        if let Some(escaped) = escape(octet) {
            out.extend_from_slice(&octets[copied..at]);
            out.extend_from_slice(escaped);
            copied = at + 1;
        }
    }
    out.extend_from_slice(&octets[copied..]);
}
