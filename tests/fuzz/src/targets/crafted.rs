//! Messages of a provider that signs for real, changed before or after signing.

use std::sync::LazyLock;

use arbitrary::{Arbitrary, Unstructured};
use base64::{Engine, engine::general_purpose::STANDARD};
use jit_domain::assertion::Assertion;
use jit_idp::{Received, ReceivedLogout};
use jit_testkit::idp::{
    ContentCipher, Dialect, Encryption, KeyPlace, KeyTransport, LogoutBuilder, ResponseBuilder,
    Sign,
};

use crate::{
    cost::{MESSAGE, within},
    edits::{Edit, apply},
    world::{DANA, IDP, OURS, REQUEST, SERVICE, examined, logout, now, person, response},
};

/// How an honest message is written, and what is changed before and after it is signed.
#[derive(Debug, Clone, Arbitrary)]
pub struct Script<'a> {
    dialect: u8,
    sign: u8,
    style: u8,
    before: Vec<Edit<'a>>,
    after: Vec<Edit<'a>>,
}

const SIGNS: [Sign; 3] = [Sign::Assertion, Sign::Response, Sign::Both];

impl<'a> Script<'a> {
    fn dialect(&self) -> usize {
        usize::from(self.dialect) % Dialect::ALL.len()
    }

    fn sign(&self) -> usize {
        usize::from(self.sign) % SIGNS.len()
    }

    fn response(&self) -> ResponseBuilder<'static> {
        let mut response = response().dialect(Dialect::ALL[self.dialect()]);
        if self.style & 1 != 0 {
            response = response.default_namespaces();
        }
        if self.style & 2 != 0 {
            response = response.typed_values();
        }
        if self.style & 4 != 0 {
            response = response.repeated_attributes();
        }
        response
    }

    /// An empty script for each way to write and to sign.
    fn honest() -> impl Iterator<Item = Self> {
        let dialects = 0..Dialect::ALL.len() as u8;
        let with_signs =
            dialects.flat_map(|dialect| (0..SIGNS.len() as u8).map(move |sign| (dialect, sign)));
        with_signs.map(|(dialect, sign)| Self {
            dialect,
            sign,
            style: 0,
            before: Vec::new(),
            after: Vec::new(),
        })
    }
}

/// Honest messages, and what they say.
static HONEST: LazyLock<Vec<(String, Assertion)>> = LazyLock::new(|| {
    let honest = Script::honest().map(|script| {
        let xml = script.response().xml(SIGNS[script.sign()]);
        let examination = examined(&STANDARD.encode(&xml));
        (xml, examination.verdict.expect("an honest response passes"))
    });
    honest.collect()
});

/// A signed response that somebody changed on the way: what passes says what the provider said.
pub fn response_changed(script: &Script<'_>) {
    let which = script.dialect() * SIGNS.len() + script.sign();
    let (xml, said) = &HONEST[which];
    let xml = apply(&script.after, xml.clone());
    let field = STANDARD.encode(&xml);
    let examination = within(&MESSAGE, xml.len(), || examined(&field));
    if let Ok(passed) = examination.verdict {
        assert_eq!(passed.name_id, DANA);
        assert_eq!(passed.attributes, said.attributes);
        assert_eq!(passed.issuer, said.issuer);
        assert_eq!(passed.assertion_id, said.assertion_id);
        assert_eq!(passed.session_index, said.session_index);
        assert_eq!(passed.in_response_to.as_deref(), Some(REQUEST));
    }
}

/// A response that a provider signs, whatever it says.
pub fn response_crafted(script: &Script<'_>) {
    let (in_response, in_assertion) = halves(&script.before);
    let response = script
        .response()
        .edit_assertion(|xml| apply(in_assertion, xml))
        .edit_response(|xml| apply(in_response, xml))
        .edit_signed_info(|xml| apply(&script.after, xml));
    let xml = response.xml(SIGNS[script.sign()]);
    let field = STANDARD.encode(&xml);
    within(&MESSAGE, xml.len(), || examined(&field));
}

const CIPHERS: [ContentCipher; 4] = [
    ContentCipher::Aes128Gcm,
    ContentCipher::Aes256Gcm,
    ContentCipher::Aes128Cbc,
    ContentCipher::Aes256Cbc,
];
const TRANSPORTS: [KeyTransport; 3] = [
    KeyTransport::OaepSha1,
    KeyTransport::OaepSha256,
    KeyTransport::Pkcs1V15,
];

/// A response whose assertion is encrypted to us, changed in the clear and around it.
pub fn response_encrypted(script: &Script<'_>) {
    let style = usize::from(script.style);
    let encryption = Encryption::to(&OUR_CERTIFICATE)
        .cipher(CIPHERS[style % CIPHERS.len()])
        .transport(TRANSPORTS[style / 4 % TRANSPORTS.len()])
        .key_place(if style & 128 == 0 {
            KeyPlace::Inside
        } else {
            KeyPlace::Beside
        });
    let response = response()
        .dialect(Dialect::ALL[script.dialect()])
        .encrypt_to(encryption)
        .edit_plaintext(|xml| apply(&script.before, xml))
        .edit_response(|xml| apply(&script.after, xml));
    let xml = response.xml(SIGNS[script.sign()]);
    let field = STANDARD.encode(&xml);
    within(&MESSAGE, xml.len(), || examined(&field));
}

static OUR_CERTIFICATE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let der = STANDARD.decode(&OURS.certificate.base64_der);
    der.expect("our own certificate")
});

/// A logout message by redirect and by form, changed before and after it is signed.
pub fn logout_crafted(script: &Script<'_>) {
    let logout_message = || -> LogoutBuilder<'static> {
        let message = if script.style & 1 == 0 {
            IDP.logout_request(person(), now()).session_index("_s1")
        } else {
            IDP.logout_response(REQUEST, now())
        };
        message.destination(&SERVICE.slo_url).relay_state("state")
    };
    let before = |xml| apply(&script.before, xml);
    let after = |xml| apply(&script.after, xml);
    let read = if script.style & 2 == 0 {
        let url = logout_message()
            .edit(before)
            .edit_signed(after)
            .redirect_url();
        let query = url.split_once('?').map_or("", |(_, query)| query);
        within(&MESSAGE, query.len(), || logout(Received::Query(query)))
    } else {
        let field = logout_message()
            .edit(before)
            .edit_signed(after)
            .form_field();
        let received = if script.style & 1 == 0 {
            Received::PostedRequest(&field)
        } else {
            Received::PostedResponse(&field)
        };
        within(&MESSAGE, field.len(), || logout(received))
    };
    if let (true, Some(ReceivedLogout::Request { name_id, .. })) = (script.before.is_empty(), read)
    {
        assert_eq!(name_id.value, DANA);
    }
}

/// Splits the changes in two.
fn halves<'s, 'a>(edits: &'s [Edit<'a>]) -> (&'s [Edit<'a>], &'s [Edit<'a>]) {
    edits.split_at(edits.len() / 3)
}

macro_rules! by_octets {
    ($($name:ident = $target:ident;)*) => {$(
        /// The same, for octets from a file.
        pub(super) fn $name(octets: &[u8]) {
            if let Ok(script) = Script::arbitrary_take_rest(Unstructured::new(octets)) {
                $target(&script);
            }
        }
    )*};
}

by_octets! {
    response_changed_by = response_changed;
    response_crafted_by = response_crafted;
    response_encrypted_by = response_encrypted;
    logout_crafted_by = logout_crafted;
}
