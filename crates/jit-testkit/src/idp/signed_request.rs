//! Whether a service provider has signed what it asks for.

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::STANDARD};
use roxmltree::{Document, Node};

use super::{
    BadRequest,
    c14n::canonical,
    certificate,
    redirect::QuerySignature,
    request::bad,
    xml::{DSIG, EXC_C14N},
};

const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";

/// Requires a good signature beside a message in a query (SAML bindings 3.4.4.1).
pub(super) fn require_query(
    signature: Option<&QuerySignature>,
    certificate: &[u8],
) -> Result<(), BadRequest> {
    match signature {
        None => bad("the request is not signed"),
        Some(QuerySignature {
            signed,
            method,
            value,
        }) if certificate::verifies(certificate, method, signed.as_bytes(), value) => Ok(()),
        Some(_) => bad("the signature of the request is not good"),
    }
}

/// Requires a good signature inside a message that was posted (SAML core 5.4).
pub(super) fn require_enveloped(xml: &str, certificate: &[u8]) -> Result<(), BadRequest> {
    let Ok(document) = Document::parse(xml) else {
        return bad("the request is not XML");
    };
    let root = document.root_element();
    let Some(signature) = child(root, "Signature") else {
        return bad("the request is not signed");
    };
    match is_good(root, signature, certificate) {
        Some(true) => Ok(()),
        _ => bad("the signature of the request is not good"),
    }
}

/// Nothing if a part is missing or not as SAML wants it.
fn is_good(root: Node<'_, '_>, signature: Node<'_, '_>, certificate: &[u8]) -> Option<bool> {
    let info = child(signature, "SignedInfo")?;
    let reference = child(info, "Reference")?;
    let algorithm = |parent, name| child(parent, name)?.attribute("Algorithm");
    let transforms: Vec<_> = child(reference, "Transforms")?
        .children()
        .filter(Node::is_element)
        .map(|transform| (transform.attribute("Algorithm"), transform.has_children()))
        .collect();
    let enveloped = format!("{DSIG}enveloped-signature");
    let right_form = algorithm(info, "CanonicalizationMethod")? == EXC_C14N
        && transforms == [(Some(enveloped.as_str()), false), (Some(EXC_C14N), false)]
        && algorithm(reference, "DigestMethod")? == SHA256
        && reference.attribute("URI")?.strip_prefix('#')? == root.attribute("ID")?;

    let content = canonical(root, Some(signature.id()));
    let digest = digest::digest(&digest::SHA256, content.as_bytes());
    let digest_matches = octets(reference, "DigestValue")? == digest.as_ref();
    let method = algorithm(info, "SignatureMethod")?;
    let value = octets(signature, "SignatureValue")?;
    let signed = canonical(info, None);
    Some(
        right_form
            && digest_matches
            && certificate::verifies(certificate, method, signed.as_bytes(), &value),
    )
}

/// The child with that name, if there is one only.
fn child<'a, 'x>(parent: Node<'a, 'x>, name: &str) -> Option<Node<'a, 'x>> {
    let mut found = parent
        .children()
        .filter(|node| node.has_tag_name((DSIG, name)));
    let first = found.next();
    first.filter(|_| found.next().is_none())
}

fn octets(parent: Node<'_, '_>, name: &str) -> Option<Vec<u8>> {
    let text = child(parent, name)?.text()?;
    let dense: String = text.split_ascii_whitespace().collect();
    STANDARD.decode(dense).ok()
}
