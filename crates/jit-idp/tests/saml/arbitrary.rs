//! Nothing that arrives makes the verifier panic, and no change of a signed message makes somebody else of Dana.

use std::sync::LazyLock;

use jit_idp::{
    metadata::IdpMetadata,
    saml::{Expectations, Signed, X509, decode_form_field, read_example, verify},
};
use jit_testkit::idp::{Dialect, Sign};
use proptest::{prelude::*, sample::Index};

use crate::world::{ATTACKER, IDP, OTHER_KEY, expecting, key, response, verified};

static MESSAGES: LazyLock<[Vec<u8>; 4]> = LazyLock::new(|| {
    [
        response().xml(Sign::Assertion).into_bytes(),
        response().xml(Sign::Response).into_bytes(),
        response().default_namespaces().xml(Sign::Both).into_bytes(),
        response().typed_values().xml(Sign::Both).into_bytes(),
    ]
});

static METADATA: LazyLock<Vec<u8>> = LazyLock::new(|| IDP.metadata_xml().into_bytes());

/// What attackers like to insert.
const PIECES: &[&str] = &[
    "",
    "<",
    ">",
    "/",
    "\"",
    "&",
    "<!--",
    "-->",
    "<!-- -->",
    "<![CDATA[",
    "]]>",
    "<?x?>",
    "<!DOCTYPE a>",
    " ",
    "\u{0}",
    "<x>",
    "</x>",
    "<x/>",
    "ID=\"_a\"",
    " xmlns=\"\"",
    " xmlns:saml=\"urn:x\"",
    "&#13;",
    "&amp;",
    "dana",
    ATTACKER,
    "</saml:NameID>",
    "<saml:NameID>",
    "</saml:Assertion>",
    "<ds:Object>",
    "\u{feff}",
    "\u{2028}",
];

#[derive(Debug, Clone)]
enum Change {
    Insert(Index, &'static str),
    Overwrite(Index, u8),
    Remove(Index, usize),
    Copy(Index, Index, usize),
}

fn change() -> impl Strategy<Value = Change> {
    let length = 1..400_usize;
    prop_oneof![
        (any::<Index>(), prop::sample::select(PIECES))
            .prop_map(|(at, piece)| Change::Insert(at, piece)),
        (any::<Index>(), any::<u8>()).prop_map(|(at, octet)| Change::Overwrite(at, octet)),
        (any::<Index>(), length.clone()).prop_map(|(at, length)| Change::Remove(at, length)),
        (any::<Index>(), any::<Index>(), length)
            .prop_map(|(from, to, length)| Change::Copy(from, to, length)),
    ]
}

fn apply(change: &Change, message: &mut Vec<u8>) {
    let end = |start: usize, length: usize| (start + length).min(message.len());
    match change {
        Change::Insert(at, piece) => {
            let at = at.index(message.len());
            message.splice(at..at, piece.bytes());
        }
        Change::Overwrite(at, octet) => {
            let at = at.index(message.len());
            message[at] = *octet;
        }
        Change::Remove(at, length) => {
            let at = at.index(message.len() - 1);
            message.drain(at..end(at, *length).min(message.len() - 1));
        }
        Change::Copy(from, to, length) => {
            let from = from.index(message.len());
            let copied = message[from..end(from, *length)].to_vec();
            let to = to.index(message.len());
            message.splice(to..to, copied);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn arbitrary_octets_are_refused(octets in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(expecting(Signed::Either, |expected| verify(&octets, expected)).is_err());
        let _ = IdpMetadata::read(&octets);
    }

    #[test]
    fn arbitrary_text_is_refused(text in "[<>/&;!?=\"' a-zA-Z0-9:#\\[\\]\\-\u{e9}]{0,200}") {
        prop_assert!(expecting(Signed::Either, |expected| verify(text.as_bytes(), expected)).is_err());
        prop_assert!(verified(&text).is_err());
        let _ = decode_form_field(&text);
        let _ = read_example(&text);
        let _ = IdpMetadata::read(text.as_bytes());
    }

    #[test]
    fn a_changed_message_names_dana_or_nobody(
        which in 0..4_usize,
        changes in prop::collection::vec(change(), 1..5),
    ) {
        let mut message = MESSAGES[which].clone();
        for change in &changes {
            apply(change, &mut message);
        }
        if let Ok(assertion) = expecting(Signed::Either, |expected| verify(&message, expected)) {
            prop_assert_eq!(assertion.name_id, "dana@example.com");
            prop_assert_eq!(&assertion.attributes["groups"], &["engineering", "on call"]);
            prop_assert_eq!(assertion.attributes.len(), 3);
            prop_assert_eq!(assertion.issuer, IDP.entity_id());
        }
        if let Ok(text) = std::str::from_utf8(&message) {
            let _ = read_example(text);
        }
    }

    #[test]
    fn a_provider_that_signs_anything_breaks_nothing(
        dialect in prop::sample::select(Dialect::ALL.as_slice()),
        sign in prop::sample::select([Sign::Assertion, Sign::Response, Sign::Both].as_slice()),
        changes in prop::collection::vec(change(), 1..4),
    ) {
        let changed = |xml: String| {
            let mut octets = xml.into_bytes();
            for change in &changes {
                apply(change, &mut octets);
            }
            String::from_utf8_lossy(&octets).into_owned()
        };
        let xml = response().dialect(dialect).key(&OTHER_KEY).edit_assertion(changed).xml(sign);
        let keys = [key(&OTHER_KEY)];
        let _ = expecting(Signed::Either, |expected| {
            verify(xml.as_bytes(), &Expectations { keys: &keys, ..*expected })
        });
    }

    #[test]
    fn changed_metadata_and_certificates_are_read_or_refused(
        changes in prop::collection::vec(change(), 1..5),
    ) {
        let mut metadata = METADATA.clone();
        let mut certificate = IDP.key().certificate_der().to_vec();
        for change in &changes {
            apply(change, &mut metadata);
            apply(change, &mut certificate);
        }
        let _ = IdpMetadata::read(&metadata);
        let _ = X509::from_der(certificate);
    }
}
