//! Changes of an XML message that keep most of it well-formed, so that what stands behind the parser is reached.

use arbitrary::Arbitrary;

/// One change. Places are counted among the marks of the message (tags, attributes), not among its octets.
#[derive(Debug, Clone, Copy, Arbitrary)]
pub enum Edit<'a> {
    /// Puts one of the [`PIECES`] there.
    Piece(u16, u8),
    /// Puts a text there.
    Text(u16, &'a str),
    /// Replaces what stands between the place and the next.
    Replace(u16, &'a str),
    /// Removes so many marks.
    Remove(u16, u8),
    /// Copies so many marks from one place to another.
    Copy(u16, u16, u8),
    /// Moves them.
    Move(u16, u16, u8),
    /// Puts a piece there many times.
    Repeat(u16, u8, u16),
    /// Puts whole elements around so many marks.
    Wrap(u16, u8, u8),
}

/// What attackers like to insert.
const PIECES: &[&str] = &[
    "<",
    ">",
    "\"",
    "&",
    "<!-- -->",
    "<![CDATA[x]]>",
    "<?x?>",
    "<!DOCTYPE a>",
    "\u{0}",
    "<x>",
    "</x>",
    "<x/>",
    " ID=\"_a\"",
    " xmlns=\"\"",
    " xmlns:saml=\"urn:x\"",
    " xmlns:x=\"urn:x\"",
    " xml:lang=\"en\"",
    " xsi:type=\"xs:string\"",
    "&#13;",
    "&#x10ffff;",
    "&amp;",
    "root@example.com",
    "<saml:NameID>root@example.com</saml:NameID>",
    "<saml:Attribute Name=\"email\"><saml:AttributeValue>root@example.com</saml:AttributeValue></saml:Attribute>",
    "<saml:Assertion xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"_a\">",
    "</saml:Assertion>",
    "<saml:Audience>x</saml:Audience>",
    "<saml:OneTimeUse/>",
    "<saml:ProxyRestriction Count=\"1\"/>",
    "<ds:Object xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">",
    "<ds:Reference URI=\"\"/>",
    " InclusiveNamespaces PrefixList=\"#default xs\"",
    " Algorithm=\"http://www.w3.org/2000/09/xmldsig#sha1\"",
    " NotOnOrAfter=\"9999-12-31T23:59:60.999999999Z\"",
    "\u{feff}",
    "\u{2028}",
    "\r\n",
];

const WRAPS: &[(&str, &str)] = &[
    ("<x>", "</x>"),
    ("<x xmlns=\"urn:x\">", "</x>"),
    ("<x:x xmlns:x=\"urn:x\" ID=\"_x\">", "</x:x>"),
    ("<!--", "-->"),
    ("<![CDATA[", "]]>"),
    (
        "<ds:Object xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">",
        "</ds:Object>",
    ),
    (
        "<samlp:Extensions xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\">",
        "</samlp:Extensions>",
    ),
];

/// A message that has grown beyond what anybody sends does not grow further.
const LONGEST: usize = 300 * 1024;

/// Changes the message, one change after the other.
pub fn apply(edits: &[Edit<'_>], mut message: String) -> String {
    for edit in edits {
        if message.len() < LONGEST {
            message = apply_one(edit, message);
        }
    }
    message
}

fn apply_one(edit: &Edit<'_>, mut message: String) -> String {
    let marks = marks(&message);
    let at = |place: u16| marks[usize::from(place) % marks.len()];
    let range = |place: u16, length: u8| {
        let first = usize::from(place) % marks.len();
        let last = (first + usize::from(length)).min(marks.len() - 1);
        marks[first]..marks[last]
    };
    let piece = |which: u8| PIECES[usize::from(which) % PIECES.len()];
    match *edit {
        Edit::Piece(place, which) => message.insert_str(at(place), piece(which)),
        Edit::Text(place, text) => message.insert_str(at(place), text),
        Edit::Replace(place, text) => message.replace_range(range(place, 1), text),
        Edit::Remove(place, length) => message.replace_range(range(place, length), ""),
        Edit::Copy(from, to, length) => {
            let copied = message[range(from, length)].to_owned();
            message.insert_str(at(to), &copied);
        }
        Edit::Move(from, to, length) => {
            let from = range(from, length);
            let (moved, to) = (message[from.clone()].to_owned(), at(to));
            let to = if to <= from.start {
                to
            } else {
                to.max(from.end) - from.len()
            };
            message.replace_range(from, "");
            message.insert_str(to, &moved);
        }
        Edit::Repeat(place, which, times) => {
            let piece = piece(which);
            let room = LONGEST.saturating_sub(message.len()) / piece.len();
            message.insert_str(at(place), &piece.repeat(room.min(usize::from(times))));
        }
        Edit::Wrap(place, length, which) => {
            let (before, after) = WRAPS[usize::from(which) % WRAPS.len()];
            let inner = range(place, length);
            message.insert_str(inner.end, after);
            message.insert_str(inner.start, before);
        }
    }
    message
}

/// Both ends, and every place where a tag, a name or a value begins or ends.
fn marks(message: &str) -> Vec<usize> {
    let mut marks = vec![0];
    for (at, octet) in message.bytes().enumerate() {
        match octet {
            b'<' | b' ' => marks.push(at),
            b'>' | b'"' => marks.push(at + 1),
            _ => {}
        }
    }
    marks.push(message.len());
    marks.dedup();
    marks
}
