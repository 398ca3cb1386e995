//! Messages in the query of an address: the redirect binding (SAML bindings 3.4.4).

use std::io::{Read, Write};

use base64::{Engine, engine::general_purpose::STANDARD};
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::{
    BadRequest, IdpKey,
    request::{LONGEST_MESSAGE, bad},
};

/// RFC 3986 section 2.3: what a query may hold as it is.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The parts of a query, after URL decoding.
pub(super) struct Redirected {
    /// `SAMLRequest` or `SAMLResponse`, still deflated.
    pub(super) parameter: String,
    pub(super) is_response: bool,
    pub(super) relay_state: String,
    pub(super) signature: Option<QuerySignature>,
}

/// The signature beside a message.
pub(super) struct QuerySignature {
    /// What was signed: the octets of the query as they came (bindings 3.4.4.1).
    pub(super) signed: String,
    /// `SigAlg`.
    pub(super) method: String,
    /// `Signature`.
    pub(super) value: Vec<u8>,
}

impl Redirected {
    /// Takes the raw query. A parameter that stands twice means different things to different readers.
    pub(super) fn parse(query: &str) -> Result<Self, BadRequest> {
        let raw = |name: &str| {
            let mut found = query
                .split('&')
                .filter_map(|pair| pair.split_once('='))
                .filter(|(known, _)| *known == name);
            match (found.next(), found.next()) {
                (first, None) => Ok(first.map(|(_, value)| value)),
                _ => bad(&format!("{name} stands twice in the query")),
            }
        };
        let (name, message) = match (raw("SAMLRequest")?, raw("SAMLResponse")?) {
            (Some(request), None) => ("SAMLRequest", request),
            (None, Some(response)) => ("SAMLResponse", response),
            (None, None) => ("SAMLRequest", ""),
            _ => return bad("there is a SAMLRequest and a SAMLResponse"),
        };
        let relay_state = raw("RelayState")?;
        let signature = match (raw("SigAlg")?, raw("Signature")?) {
            (Some(method), Some(value)) => {
                let relay = relay_state.map(|state| format!("&RelayState={state}"));
                let relay = relay.unwrap_or_default();
                let Ok(octets) = STANDARD.decode(decoded(value)?) else {
                    return bad("Signature is not base64");
                };
                Some(QuerySignature {
                    signed: format!("{name}={message}{relay}&SigAlg={method}"),
                    method: decoded(method)?,
                    value: octets,
                })
            }
            _ => None,
        };
        Ok(Self {
            parameter: decoded(message)?,
            is_response: name == "SAMLResponse",
            relay_state: decoded(relay_state.unwrap_or_default())?,
            signature,
        })
    }
}

/// The address that carries a message, signed if there is a key.
pub(super) fn address(
    base: &str,
    name: &str,
    xml: &str,
    relay_state: Option<&str>,
    signer: Option<(&IdpKey, bool)>,
) -> String {
    let escaped = |text: &str| utf8_percent_encode(text, ESCAPED).to_string();
    let mut query = format!("{name}={}", escaped(&deflated(xml)));
    if let Some(state) = relay_state {
        query.extend(["&RelayState=", &escaped(state)]);
    }
    if let Some((key, sha1)) = signer {
        query.extend(["&SigAlg=", &escaped(key.signature_method(sha1))]);
        let signature = STANDARD.encode(key.sign(query.as_bytes(), sha1));
        query.extend(["&Signature=", &escaped(&signature)]);
    }
    let joint = if base.contains('?') { '&' } else { '?' };
    format!("{base}{joint}{query}")
}

/// The text of a parameter after URL decoding.
pub(super) fn inflated(name: &str, parameter: &str) -> Result<String, BadRequest> {
    if parameter.len() > LONGEST_MESSAGE {
        return bad(&format!("{name} is too long"));
    }
    let Ok(deflated) = STANDARD.decode(parameter) else {
        return bad(&format!("{name} is not base64"));
    };
    let mut xml = String::new();
    let inflated = DeflateDecoder::new(deflated.as_slice())
        .take(LONGEST_MESSAGE as u64 + 1)
        .read_to_string(&mut xml);
    if inflated.is_err() {
        return bad(&format!("{name} is not deflated text"));
    }
    if xml.len() > LONGEST_MESSAGE {
        return bad(&format!("{name} is too long after inflating"));
    }
    Ok(xml)
}

fn deflated(xml: &str) -> String {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    // Writing into memory does not fail.
    let written = encoder.write_all(xml.as_bytes());
    STANDARD.encode(written.and_then(|()| encoder.finish()).unwrap_or_default())
}

fn decoded(raw: &str) -> Result<String, BadRequest> {
    let spaced = raw.replace('+', " ");
    match percent_decode_str(&spaced).decode_utf8() {
        Ok(text) => Ok(text.into_owned()),
        Err(_) => bad("the query is not UTF-8"),
    }
}
