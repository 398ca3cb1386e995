//! Octets as anybody can send them. None of them is signed by our provider, so none of them may pass.

use base64::{Engine, engine::general_purpose::STANDARD};
use jit_idp::{Received, ReceivedLogout};

use crate::{
    cost::{MESSAGE, within},
    world::{examined, logout},
};

/// A response, before base64.
pub fn response_xml(xml: &[u8]) {
    let field = STANDARD.encode(xml);
    let examination = within(&MESSAGE, xml.len(), || examined(&field));
    assert!(examination.verdict.is_err(), "an unsigned response passed");
}

/// The form field `SAMLResponse`.
pub fn response_field(field: &[u8]) {
    let Ok(field) = std::str::from_utf8(field) else {
        return;
    };
    let examination = within(&MESSAGE, field.len(), || examined(field));
    assert!(examination.verdict.is_err(), "an unsigned response passed");
}

/// The query of the address of single logout.
pub fn logout_query(query: &[u8]) {
    if let Ok(query) = std::str::from_utf8(query) {
        let read = within(&MESSAGE, query.len(), || logout(Received::Query(query)));
        require_unsigned(read);
    }
}

/// A logout message in a form, before base64.
pub fn logout_post(xml: &[u8]) {
    let field = STANDARD.encode(xml);
    for received in [
        Received::PostedRequest(&field),
        Received::PostedResponse(&field),
    ] {
        require_unsigned(within(&MESSAGE, xml.len(), || logout(received)));
    }
}

/// A response need not be signed, but then has to be known for unsigned.
fn require_unsigned(read: Option<ReceivedLogout>) {
    match read {
        None | Some(ReceivedLogout::Response { signed: false, .. }) => {}
        Some(passed) => panic!("without a signature passed {passed:?}"),
    }
}
