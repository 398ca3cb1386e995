//! XML that reads files, grows without end, or says different things to different parsers.

use base64::{Engine, engine::general_purpose::STANDARD};
use jit_testkit::idp::Sign;

use super::{Attack, changed, replaced};
use crate::world::{ATTACKER, response};

pub(super) fn attacks() -> Vec<Attack> {
    let mut attacks = document_types();
    attacks.extend(beside_elements());
    attacks.extend(differentials());
    attacks.extend(octets());
    attacks
}

fn document_types() -> Vec<Attack> {
    let mut bomb = "<!ENTITY e0 \"ha\">".to_owned();
    for n in 1..10 {
        let tenfold = format!("&e{};", n - 1).repeat(10);
        bomb.extend(["<!ENTITY e", &n.to_string(), " \"", &tenfold, "\">"]);
    }
    let quadratic = format!("<!ENTITY e9 \"{}\">", "a".repeat(50_000));
    [
        ("nothing inside", "<!DOCTYPE a>".to_owned()),
        ("an entity bomb", format!("<!DOCTYPE a [{bomb}]>")),
        ("one long entity", format!("<!DOCTYPE a [{quadratic}]>")),
        ("a file", "<!DOCTYPE a [<!ENTITY e9 SYSTEM \"file:///etc/passwd\">]>".to_owned()),
        ("an address", "<!DOCTYPE a [<!ENTITY e9 SYSTEM \"http://127.0.0.1/\">]>".to_owned()),
        ("an external subset", "<!DOCTYPE a SYSTEM \"http://127.0.0.1/a.dtd\">".to_owned()),
        ("a public subset", "<!DOCTYPE a PUBLIC \"a\" \"http://127.0.0.1/a.dtd\">".to_owned()),
        ("a parameter entity", "<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://127.0.0.1/\">%p;]>".to_owned()),
        ("an attribute with a default", "<!DOCTYPE a [<!ATTLIST saml:Assertion ID CDATA \"_evil\">]>".to_owned()),
        ("an attribute that is an ID", "<!DOCTYPE a [<!ATTLIST x name ID #IMPLIED>]>".to_owned()),
        // One parser ends this at the first `]>`, another one at the second (CVE-2025-25292).
        ("quotes that hide its end", "<!DOCTYPE a [<!ENTITY b ']><x y=\"'>]>".to_owned()),
        ("a notation", "<!DOCTYPE a [<!NOTATION n SYSTEM \"n\">]>".to_owned()),
        ("small letters", "<!doctype a>".to_owned()),
        ("a mark before it", "\u{feff}<!DOCTYPE a>".to_owned()),
        ("a declaration before it", "<?xml version=\"1.0\"?>\n<!DOCTYPE a>".to_owned()),
    ]
    .into_iter()
    .map(|(name, doctype)| {
        let name = format!("a document type with {name}");
        changed(name, "doctype_forbidden", Sign::Both, move |xml| {
            let used = xml.replacen("dana@", "&e9;@", usize::from(doctype.contains("e9 ")));
            format!("{doctype}{used}")
        })
    })
    .chain([
        replaced("an entity without a document type", "xml_malformed", Sign::Both, "dana@", "&e9;@"),
        replaced("a declaration inside", "doctype_forbidden", Sign::Both, "<samlp:Status>", "<!ENTITY e \"e\"><samlp:Status>"),
        replaced("an inclusion of a file", "digest_mismatch", Sign::Both, "dana@", "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\"/>@"),
    ])
    .collect()
}

fn beside_elements() -> Vec<Attack> {
    let mut attacks = Vec::new();
    for (what, text, reason) in [
        ("a comment", "<!-- x -->", "comment_forbidden"),
        ("an empty comment", "<!---->", "comment_forbidden"),
        ("a CDATA section", "<![CDATA[x]]>", "cdata_forbidden"),
        ("an empty CDATA section", "<![CDATA[]]>", "cdata_forbidden"),
        (
            "an instruction",
            "<?x y?>",
            "processing_instruction_forbidden",
        ),
        (
            "a style sheet",
            "<?xml-stylesheet type=\"text/xsl\" href=\"x\"?>",
            "processing_instruction_forbidden",
        ),
        (
            "an XML declaration",
            "<?xml version=\"1.0\"?>",
            "processing_instruction_forbidden",
        ),
    ] {
        for (place, at) in [
            ("before the response", "<samlp:Response"),
            ("in the status", "<samlp:StatusCode"),
            ("in the name", "@example.com</saml:NameID>"),
            ("in the audience", "/metadata</saml:Audience>"),
            (
                "in a group",
                "</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>",
            ),
            ("in SignatureValue", "</ds:SignatureValue>"),
            ("in KeyInfo", "</ds:KeyInfo>"),
        ] {
            let to = format!(" {text}{at}");
            attacks.push(replaced(
                format!("{what} {place}"),
                reason,
                Sign::Assertion,
                at,
                &to,
            ));
        }
        let behind = move |xml| format!("{xml}{text}");
        attacks.push(changed(
            format!("{what} behind the response"),
            reason,
            Sign::Assertion,
            behind,
        ));
    }
    attacks
}

/// What one parser reads one way and another one another way.
fn differentials() -> Vec<Attack> {
    let malformed = |name: &str, from: &str, to: &str| {
        replaced(name, "xml_malformed", Sign::Assertion, from, to)
    };
    vec![
        malformed(
            "an attribute twice",
            "<saml:Assertion ",
            "<saml:Assertion ID=\"_evil\" ",
        ),
        malformed(
            "an attribute without quotes",
            " Version=\"2.0\"",
            " Version=2.0",
        ),
        malformed(
            "an attribute without a value",
            "<samlp:Status>",
            "<samlp:Status x>",
        ),
        malformed("a bare < in a value", "ID=\"", "x=\"<\" ID=\""),
        malformed("a bare &", "dana@", "dana&@"),
        malformed("a NUL by reference", "dana@", "dana&#0;@"),
        // The parser takes it for U+FFFD, and so it is not what was signed.
        replaced(
            "a surrogate by reference",
            "digest_mismatch",
            Sign::Assertion,
            "dana@",
            "dana&#xD800;@",
        ),
        malformed("a NUL", "dana@", "dana\0@"),
        malformed("a control character", "dana@", "dana\u{1}@"),
        malformed("tags that cross", "</saml:NameID>", "</saml:Subject>"),
        malformed(
            "an end without a start",
            "<samlp:Status>",
            "</x><samlp:Status>",
        ),
        changed("two roots", "xml_malformed", Sign::Assertion, |xml| {
            let evil = xml
                .replace("dana@example.com", ATTACKER)
                .replace("ID=\"_", "ID=\"_e");
            format!("{xml}{evil}")
        }),
        changed(
            "text behind the root",
            "xml_malformed",
            Sign::Assertion,
            |xml| format!("{xml}x"),
        ),
        changed("a second mark", "xml_malformed", Sign::Assertion, |xml| {
            format!("\u{feff}\u{feff}{xml}")
        }),
        changed("no end", "xml_malformed", Sign::Assertion, |mut xml| {
            xml.truncate(xml.len() - 5);
            xml
        }),
        changed("another encoding", "not_utf8", Sign::Assertion, |xml| {
            format!("<?xml version=\"1.0\" encoding=\"UTF-7\"?>{xml}")
        }),
        replaced(
            "another root with the same local name",
            "not_a_response",
            Sign::Assertion,
            "urn:oasis:names:tc:SAML:2.0:protocol",
            "urn:x",
        ),
        changed(
            "the assertion alone",
            "not_a_response",
            Sign::Assertion,
            |xml| crate::world::between(&xml, "<saml:Assertion", "</saml:Assertion>").to_owned(),
        ),
        // Different line ends and references mean the same text, and are allowed; other text is not.
        replaced(
            "a carriage return by reference",
            "digest_mismatch",
            Sign::Assertion,
            "dana@",
            "&#13;dana@",
        ),
        replaced(
            "a character that looks the same",
            "digest_mismatch",
            Sign::Assertion,
            "dana@",
            "d\u{430}na@",
        ),
        replaced(
            "a combining character",
            "digest_mismatch",
            Sign::Assertion,
            "S\u{f6}hne",
            "So\u{308}hne",
        ),
    ]
}

fn octets() -> Vec<Attack> {
    let honest = response().xml(Sign::Assertion);
    let attack = |name: &str, reason, octets: Vec<u8>| Attack {
        name: name.to_owned(),
        reason,
        field: STANDARD.encode(octets),
    };
    let mut latin1 = honest.replace("S\u{f6}hne", "S?hne").into_bytes();
    let at = latin1.iter().position(|octet| *octet == b'?').unwrap();
    latin1[at] = 0xf6;
    let mut overlong = honest.clone().into_bytes();
    overlong.splice(at..=at, [0xc0, 0xbc]);
    let utf16 = |octets: fn(u16) -> [u8; 2]| {
        let marked = format!("\u{feff}{honest}");
        marked.encode_utf16().flat_map(octets).collect::<Vec<u8>>()
    };
    let base64 = STANDARD.encode(&honest);
    vec![
        attack("Latin-1", "not_utf8", latin1),
        attack("an overlong form", "not_utf8", overlong),
        attack("UTF-16", "not_utf8", utf16(u16::to_le_bytes)),
        attack(
            "UTF-16 the other way round",
            "not_utf8",
            utf16(u16::to_be_bytes),
        ),
        attack("nothing", "xml_malformed", Vec::new()),
        attack("base64 twice", "xml_malformed", base64.clone().into_bytes()),
        Attack {
            name: "base64 for addresses".to_owned(),
            reason: "base64_invalid",
            field: format!("-{}", &base64[1..]),
        },
        Attack {
            name: "two messages in one field".to_owned(),
            reason: "base64_invalid",
            field: format!("{base64}={base64}"),
        },
    ]
}
