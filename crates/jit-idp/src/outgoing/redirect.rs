//! The redirect binding (SAML bindings 3.4.4): the message, compressed, in the query of an address.

use std::io::Write;

use flate2::{Compression, write::DeflateEncoder};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Message, SendError, Signer, Way, base64};

/// RFC 3986 section 2.3: what a query may hold as it is.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The address. Its own query stays, and is no part of what is signed (bindings 3.4.4.1).
pub(super) fn redirect_url(way: &Way<'_>, message: &Message<'_>) -> Result<String, SendError> {
    let mut query = String::with_capacity(1024);
    let add = |query: &mut String, name: &str, value: &str| {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(name);
        query.push('=');
        query.extend(utf8_percent_encode(value, ESCAPED));
    };
    add(&mut query, way.field, &deflated(&message.xml("")));
    if let Some(state) = way.relay_state {
        add(&mut query, "RelayState", state);
    }
    if let Some(signer) = &way.signer {
        add(&mut query, "SigAlg", Signer::METHOD);
        let signature = signer.sign(query.as_bytes())?;
        add(&mut query, "Signature", &signature);
    }
    let base = way.url.split('#').next().unwrap_or_default();
    let joint = if base.contains('?') { '&' } else { '?' };
    Ok(format!("{base}{joint}{query}"))
}

/// RFC 1951 without any wrapper, in base64.
fn deflated(xml: &str) -> String {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    // Writing into memory does not fail, and an empty message would only be refused.
    let written = encoder.write_all(xml.as_bytes());
    let octets = written.and_then(|()| encoder.finish()).unwrap_or_default();
    base64(&octets)
}
