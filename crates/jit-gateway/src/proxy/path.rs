//! Reads the path of a call, and refuses every path that two programs could read differently.

/// `/gateway/{collection}/{version}{rest}`, as it was sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct GatewayPath<'a> {
    pub(super) collection: &'a str,
    pub(super) version: &'a str,
    /// What the upstream gets: empty, or with a slash at its beginning.
    pub(super) rest: &'a str,
}

impl<'a> GatewayPath<'a> {
    /// The parts of a path that is safe to pass on unchanged.
    ///
    /// Nothing is ever normalised: a path that an upstream could normalise into another one, and so
    /// leave the collection that the grant is for, is refused.
    pub(super) fn parse(path: &'a str) -> Option<Self> {
        let path = path.strip_prefix("/gateway/")?;
        if !is_safe(path) {
            return None;
        }
        let (collection, rest) = path.split_once('/').unwrap_or((path, ""));
        let end = rest.find('/').unwrap_or(rest.len());
        let (version, rest) = rest.split_at(end);
        Some(Self {
            collection,
            version,
            rest,
        })
    }
}

fn is_safe(path: &str) -> bool {
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        // A slash at the end is fine; two in a row are one to some programs and two to others.
        let is_empty = segment.is_empty() && segments.peek().is_some();
        if is_empty || !is_safe_segment(segment) {
            return false;
        }
    }
    true
}

fn is_safe_segment(segment: &str) -> bool {
    let Some(decoded) = decode(segment) else {
        return false;
    };
    // Some servers take away everything from a semicolon on, and some take away spaces, before they
    // look for dot segments.
    let is_dots = |part: &str| [".", ".."].contains(&part.trim());
    let has_dots = decoded.split(';').any(is_dots);
    let is_clean = |c: char| !c.is_control() && c != '/' && c != '\\';
    !has_dots && decoded.chars().all(is_clean) && !has_escape(&decoded)
}

/// Decodes a segment, unless it has a character that RFC 3986 section 3.3 does not allow, an escape
/// that is none, or bytes that are not UTF-8 (an overlong form of a dot or slash is among those).
fn decode(segment: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(segment.len());
    let mut bytes = segment.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'%' => decoded.push(hex(bytes.next()?)? << 4 | hex(bytes.next()?)?),
            b'-' | b'.' | b'_' | b'~' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+'
            | b',' | b';' | b'=' | b':' | b'@' => decoded.push(byte),
            _ if byte.is_ascii_alphanumeric() => decoded.push(byte),
            _ => return None,
        }
    }
    String::from_utf8(decoded).ok()
}

/// Whether a second decoding would find something.
fn has_escape(decoded: &str) -> bool {
    decoded
        .as_bytes()
        .windows(3)
        .any(|three| matches!(three, [b'%', a, b] if hex(*a).is_some() && hex(*b).is_some()))
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R26: no path leads out of the collection that the grant is for.
    #[test]
    fn a_path_that_can_be_read_in_two_ways_is_refused() {
        for bad in [
            "..",
            "a/..",
            "../a",
            "a/../b",
            ".",
            "a/./b",
            "%2e%2e",
            "%2E.",
            ".%2e/a",
            "a/%2e",
            "a%2fb",
            "a%2Fb",
            "a%5cb",
            "a%5Cb",
            "a\\b",
            "a//b",
            "//a",
            "a%00b",
            "a%0ab",
            "a%0d%0ab",
            "a%7f",
            "..;/a",
            "..;x=1/a",
            ";../a",
            "a;..",
            "a;x;..;y",
            "%2e%2e;a",
            "..%3b/a",
            "%252e%252e",
            "%252f",
            "a%255cb",
            "%25%32%66",
            "..%20",
            "%20.",
            "..%C2%A0/a",
            "%2525",
            "%2525252f",
            "a%",
            "a%2",
            "a%zz",
            "a%c0%ae",
            "a%c0%af",
            "%ff",
            "%ed%a0%80",
            "ü",
            "a b",
            "a\"b",
            "a<b",
            "a|b",
            "a^b",
            "a`b",
            "{id}",
            "[1]",
            "a#b",
            "a?b",
            "a\tb",
        ] {
            let path = format!("/gateway/orders/v1/{bad}");
            assert_eq!(GatewayPath::parse(&path), None, "{bad}");
        }
        for bad in [
            "/gateway/../v1/a",
            "/gateway//v1/a",
            "/gateway/orders//a",
            "/gateway/o%2fv1/a",
        ] {
            assert_eq!(GatewayPath::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_honest_path_passes_unchanged() {
        for rest in [
            "",
            "/",
            "/a",
            "/a/",
            "/a/b.json",
            "/...",
            "/a..b",
            "/.well-known/x",
            "/a;v=1.2",
            "/100%25",
            "/%C3%BC",
            "/%20",
            "/%3Fx",
            "/~a!$&'()*+,;=:@",
            "/a%2eb",
        ] {
            let path = format!("/gateway/orders/v1{rest}");
            let parsed = GatewayPath::parse(&path).unwrap();
            assert_eq!(
                (parsed.collection, parsed.version, parsed.rest),
                ("orders", "v1", rest)
            );
        }
        let parsed = GatewayPath::parse("/gateway/orders").unwrap();
        assert_eq!(
            (parsed.collection, parsed.version, parsed.rest),
            ("orders", "", "")
        );
    }
}
