//! Inputs of the full length, in shapes that have cost other programs much. Fuzzers rarely get that far.

use std::panic::catch_unwind;

use crate::{
    cost::{MESSAGE, within},
    targets,
    world::{examined, response},
};
use jit_testkit::idp::Sign;

/// Pieces that are repeated, with what stands before them.
const SHAPES: &[(&str, &str)] = &[
    ("", "<"),
    ("", "<a>"),
    ("<a>", "<a/>"),
    ("<a ", "b='' "),
    ("<a>", "<a xmlns:b='c'>"),
    ("<a>", "<a ID='b'/>"),
    ("<a>", "&amp;"),
    ("<a>", "&#x10ffff;"),
    ("<a b='", "&lt;"),
    ("<a>", "]]>"),
    ("<a>", "<!-- -->"),
    ("<a>", "<![CDATA[]]>"),
    ("<a>", "<?b?>"),
    ("<!DOCTYPE a [", "<!ENTITY b 'c'>"),
    ("", "SAMLRequest=&"),
    ("SAMLRequest=", "%41"),
    ("", "[1,"),
    ("[", "1,"),
    ("a: ", "\"\\\"\" "),
    ("a: &a b\nc: [", "*a, "),
    ("{\"openapi\":\"3.1\",\"paths\":{", "\"/a\":{\"get\":{}},"),
    ("", "- "),
    ("", "a:\n"),
    ("", "é"),
    ("", "\u{0}"),
];

/// Runs all of them in every target that takes octets.
pub fn run() {
    let mut failed = Vec::new();
    for (before, piece) in SHAPES {
        let times = (MESSAGE.octets - before.len()) / piece.len();
        let input = format!("{before}{}", piece.repeat(times));
        for (name, target) in targets::ALL {
            println!("{name}, {before:?} and {piece:?} many times");
            if catch_unwind(|| target(input.as_bytes())).is_err() {
                failed.push(format!("{name}, {before:?} and {piece:?} many times"));
            }
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
    signed();
}

/// Signed responses that are as large as is allowed pass within the limits: nothing ends early there.
fn signed() {
    let values = [
        "<saml:AttributeValue>a group of some people in the north &amp; south, where the river is</saml:AttributeValue>",
        "<saml:AttributeValue>&amp;&#xD;&lt;&gt;</saml:AttributeValue>",
    ];
    for value in values {
        for sign in [Sign::Assertion, Sign::Both] {
            // The tree may have 20,000 nodes, and octets of base64 in signatures need room too.
            let times = (240 * 1024 / value.len()).min(8_000);
            let more = format!("{}</saml:Attribute>", value.repeat(times));
            let field = response()
                .edit_assertion(|xml| xml.replacen("</saml:Attribute>", &more, 1))
                .sign(sign);
            println!("a signed response of {} octets in base64", field.len());
            let examination = within(&MESSAGE, MESSAGE.octets, || examined(&field));
            assert!(examination.verdict.is_ok(), "{:?}", examination.verdict);
        }
    }
}
