//! A message in the query of an address (SAML bindings 3.4.4).
//!
//! The signature is over the octets of the query as the sender wrote them, in the order of the standard. So the
//! query is taken apart without decoding it, and no parameter may stand twice: another reader might take the other.

use std::io::Read;

use flate2::read::DeflateDecoder;
use percent_encoding::percent_decode_str;

use super::{
    algorithms::SignatureMethod,
    decode::decode_base64,
    keys::VerifyingKey,
    limits::Limits,
    refusal::{Reason, Refusal},
};

/// The parameters, still encoded.
#[derive(Default)]
pub(super) struct Query<'q> {
    request: Option<&'q str>,
    response: Option<&'q str>,
    relay_state: Option<&'q str>,
    algorithm: Option<&'q str>,
    signature: Option<&'q str>,
}

const DEFLATE: &str = "urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE";

impl<'q> Query<'q> {
    /// Finds the parameters by their exact names; others are nobody's business.
    pub(super) fn parse(query: &'q str) -> Result<Self, Refusal> {
        let most = Limits::LOGOUT.octets * 2;
        if query.len() > most {
            return Err(Refusal::new(
                Reason::TooLarge,
                format!("a query of at most {most} octets"),
                format!("{} octets", query.len()),
            ));
        }
        let mut found = Self::default();
        let mut encoding = None;
        for parameter in query.split('&') {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            let place = match name {
                "SAMLRequest" => &mut found.request,
                "SAMLResponse" => &mut found.response,
                "RelayState" => &mut found.relay_state,
                "SigAlg" => &mut found.algorithm,
                "Signature" => &mut found.signature,
                "SAMLEncoding" => &mut encoding,
                _ => continue,
            };
            if place.replace(value).is_some() {
                return Err(malformed(&format!("one {name}"), "several"));
            }
        }
        match encoding.map(decoded).transpose()?.as_deref() {
            None | Some(DEFLATE) => Ok(found),
            Some(other) => Err(malformed(DEFLATE, other)),
        }
    }

    /// The only message, and whether it is a request.
    fn message(&self) -> Result<(&'q str, bool), Refusal> {
        match (self.request, self.response) {
            (Some(request), None) => Ok((request, true)),
            (None, Some(response)) => Ok((response, false)),
            _ => Err(malformed(
                "either SAMLRequest or SAMLResponse",
                "none or both",
            )),
        }
    }

    pub(super) fn is_request(&self) -> Result<bool, Refusal> {
        self.message().map(|(_, is_request)| is_request)
    }

    /// Whether it is signed. A signature that is not by one of the keys is an error.
    pub(super) fn verify(&self, keys: &[VerifyingKey]) -> Result<bool, Refusal> {
        let (algorithm, signature) = match (self.algorithm, self.signature) {
            (Some(algorithm), Some(signature)) => (algorithm, signature),
            (None, None) => return Ok(false),
            _ => return Err(malformed("SigAlg and Signature", "one of them")),
        };
        let method = SignatureMethod::parse(&decoded(algorithm)?)?;
        let octets = self.signed_octets(algorithm)?;
        let value = decode_base64(&decoded(signature)?);
        let value = value.ok_or_else(|| malformed("base64 in Signature", "something else"))?;
        if keys
            .iter()
            .any(|key| key.verifies(method, octets.as_bytes(), &value))
        {
            Ok(true)
        } else {
            Err(Refusal::new(
                Reason::SignatureInvalid,
                "a signature of the query by a key of this connection",
                format!("another one ({method:?})"),
            ))
        }
    }

    /// The parameters in the order of the standard, each as it was written (bindings 3.4.4.1).
    fn signed_octets(&self, algorithm: &str) -> Result<String, Refusal> {
        let (message, is_request) = self.message()?;
        let name = if is_request {
            "SAMLRequest"
        } else {
            "SAMLResponse"
        };
        let state = self.relay_state;
        let state = state.map_or_else(String::new, |state| format!("&RelayState={state}"));
        Ok(format!("{name}={message}{state}&SigAlg={algorithm}"))
    }

    /// The message itself. What inflates beyond the limit is given up when it gets there.
    pub(super) fn inflate(&self) -> Result<Vec<u8>, Refusal> {
        let (message, _) = self.message()?;
        let deflated = decode_base64(&decoded(message)?)
            .ok_or_else(|| Refusal::new(Reason::Base64Invalid, "base64", "something else"))?;
        let most = Limits::LOGOUT.octets;
        let mut octets = Vec::new();
        let inflated = DeflateDecoder::new(deflated.as_slice())
            .take(most as u64 + 1)
            .read_to_end(&mut octets);
        if inflated.is_err() || octets.len() > most {
            let expected = format!("a deflated message of at most {most} octets");
            return Err(Refusal::new(
                Reason::DeflateInvalid,
                expected,
                "something else",
            ));
        }
        Ok(octets)
    }
}

fn decoded(value: &str) -> Result<String, Refusal> {
    let text = percent_decode_str(value).decode_utf8();
    text.map(Into::into)
        .map_err(|_| malformed("UTF-8 in the query", "another octet"))
}

fn malformed(expected: &str, found: &str) -> Refusal {
    Refusal::new(Reason::QueryMalformed, expected, found)
}
