//! Logout messages of a provider (SAML core 3.7, profiles 4.4.4).

use chrono::Duration;
use jit_domain::{
    connections::ServiceProvider, saml_keys::SamlKey, sessions::NameId, values::Timestamp,
};
use roxmltree::{Document, Node};

use super::{
    decode::{decode_form_field, utf8},
    decryption::{self, Recipient},
    document::{parse, require_unique_ids},
    envelope::{Status, require_destination, require_issuer, require_version_2},
    expectations::Expectations,
    keys::VerifyingKey,
    limits::Limits,
    names::{ASSERTION, DSIG, PARTIAL_LOGOUT, PROTOCOL, SUCCESS},
    nodes::{attribute, children, optional, required, required_attribute, text},
    query::Query,
    refusal::{Reason, Refusal, excerpt},
    signature, structure, subject,
    time::{Clock, moment},
};
use crate::logout::{LogoutOutcome, Received, ReceivedLogout};

/// Our side of one logout, fixed before any XML is read.
pub(crate) struct LogoutExpectations<'a> {
    pub(crate) idp_entity_id: &'a str,
    pub(crate) keys: &'a [VerifyingKey],
    pub(crate) service: &'a ServiceProvider,
    pub(crate) our_keys: &'a [SamlKey],
    pub(crate) now: Timestamp,
    pub(crate) skew: Duration,
}

/// Verifies a message and takes what it says.
pub(crate) fn read(
    received: Received<'_>,
    expected: &LogoutExpectations<'_>,
) -> Result<ReceivedLogout, Refusal> {
    let (octets, is_request, signed_query) = match received {
        Received::PostedRequest(field) => (decode_form_field(field)?, true, None),
        Received::PostedResponse(field) => (decode_form_field(field)?, false, None),
        Received::Query(query) => {
            let query = Query::parse(query)?;
            let is_request = query.is_request()?;
            let is_signed = query.verify(expected.keys)?;
            // Nothing that a stranger wrote is inflated for nothing.
            require_signed(is_request, is_signed)?;
            (query.inflate()?, is_request, Some(is_signed))
        }
    };
    let document = parse(utf8(&octets, &Limits::LOGOUT)?, &Limits::LOGOUT)?;
    require_unique_ids(&[&document])?;
    let message = root(&document, is_request)?;
    require_version_2(message)?;
    let is_signed = match signed_query {
        Some(is_signed) => {
            require_signatures_in(message, None)?;
            is_signed
        }
        None => verify_enveloped(message, expected.keys)?,
    };
    require_signed(is_request, is_signed)?;
    require_destination(message, is_signed, &expected.service.slo_url)?;
    let issuer = required(message, ASSERTION, "Issuer")?;
    require_issuer(issuer, expected.idp_entity_id)?;
    require_fresh(message, expected)?;
    if is_request {
        request(message, expected)
    } else {
        response(message, is_signed)
    }
}

fn root<'a, 'x>(document: &'a Document<'x>, is_request: bool) -> Result<Node<'a, 'x>, Refusal> {
    let root = document.root_element();
    let name = if is_request {
        "LogoutRequest"
    } else {
        "LogoutResponse"
    };
    if root.has_tag_name((PROTOCOL, name)) {
        return Ok(root);
    }
    Err(Refusal::new(
        Reason::NotALogoutMessage,
        format!("{{{PROTOCOL}}}{name}"),
        root.tag_name().name(),
    ))
}

/// Whether the message carries a signature of itself, which must be good.
fn verify_enveloped(message: Node<'_, '_>, keys: &[VerifyingKey]) -> Result<bool, Refusal> {
    let signature = structure::signature_of(message)?;
    require_signatures_in(message, signature)?;
    match signature {
        Some(signature) => signature::verify(message, signature, keys).map(|_| true),
        None => Ok(false),
    }
}

/// Refuses every signature but that one, and those of other namespaces that are called the same.
///
/// A message in a query carries none: its signature is in the query (bindings 3.4.4.1).
fn require_signatures_in(message: Node<'_, '_>, only: Option<Node<'_, '_>>) -> Result<(), Refusal> {
    let stray = message
        .descendants()
        .filter(|node| node.tag_name().name() == "Signature")
        .find(|node| Some(*node) != only);
    match stray {
        None => Ok(()),
        Some(node) => Err(Refusal::new(
            Reason::SignatureMisplaced,
            "the signature of the message at its one place",
            node.tag_name().namespace().unwrap_or(DSIG),
        )),
    }
}

/// Whoever could forge a request could sign everybody out (profiles 4.4.4.1).
fn require_signed(is_request: bool, is_signed: bool) -> Result<(), Refusal> {
    if is_signed || !is_request {
        return Ok(());
    }
    Err(Refusal::new(
        Reason::Unsigned,
        "a signed logout request",
        "one without a signature",
    ))
}

fn require_fresh(message: Node<'_, '_>, expected: &LogoutExpectations<'_>) -> Result<(), Refusal> {
    let clock = Clock {
        now: expected.now,
        skew: expected.skew,
    };
    let issued = moment(message, "IssueInstant")?.ok_or_else(|| {
        let wanted = "the attribute IssueInstant";
        Refusal::new(Reason::AttributeMissing, wanted, "none")
    })?;
    clock.require_fresh(issued, Expectations::LONGEST_LOGIN)?;
    match moment(message, "NotOnOrAfter")? {
        Some(end) => clock.require_not_ended("NotOnOrAfter", end),
        None => Ok(()),
    }
}

fn request(
    message: Node<'_, '_>,
    expected: &LogoutExpectations<'_>,
) -> Result<ReceivedLogout, Refusal> {
    let indexes = children(message, PROTOCOL, "SessionIndex").map(text);
    let session_indexes = indexes
        .map(|index| index.map(str::to_owned))
        .collect::<Result<_, _>>()?;
    Ok(ReceivedLogout::Request {
        id: required_attribute(message, "ID")?.to_owned(),
        name_id: name(message, expected)?,
        session_indexes,
    })
}

/// Whom the message is about: one name, plain or encrypted (core 3.7.1).
fn name(message: Node<'_, '_>, expected: &LogoutExpectations<'_>) -> Result<NameId, Refusal> {
    let encrypted = optional(message, ASSERTION, "EncryptedID")?;
    match (encrypted, optional(message, ASSERTION, "NameID")?) {
        (None, _) => name_in(message),
        (Some(encrypted), None) => encrypted_name(encrypted, expected),
        (Some(_), Some(_)) => Err(Refusal::new(
            Reason::ElementRepeated,
            "either NameID or EncryptedID",
            "both",
        )),
    }
}

fn name_in(parent: Node<'_, '_>) -> Result<NameId, Refusal> {
    let name = subject::name(parent)?;
    Ok(NameId {
        value: name.value.to_owned(),
        format: name.format.map(str::to_owned),
    })
}

fn encrypted_name(
    encrypted: Node<'_, '_>,
    expected: &LogoutExpectations<'_>,
) -> Result<NameId, Refusal> {
    let recipient = Recipient {
        entity_id: &expected.service.entity_id,
        keys: expected.our_keys,
    };
    // A request is signed as a whole, or it does not come as far as this.
    let opened = decryption::open(encrypted, recipient, true)?;
    let document = opened.parse()?;
    decryption::only_element(&document, "NameID")?;
    name_in(document.root_element())
}

fn response(message: Node<'_, '_>, signed: bool) -> Result<ReceivedLogout, Refusal> {
    let status = Status::read(message)?;
    let outcome = match (status.code, status.detail) {
        (_, Some(PARTIAL_LOGOUT)) => LogoutOutcome::Partial,
        (SUCCESS, _) => LogoutOutcome::Done,
        _ => LogoutOutcome::Failed(excerpt(&status.to_string())),
    };
    Ok(ReceivedLogout::Response {
        in_response_to: attribute(message, "InResponseTo").map(str::to_owned),
        outcome,
        signed,
    })
}
