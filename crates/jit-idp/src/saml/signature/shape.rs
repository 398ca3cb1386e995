//! The only shape of a signature that is accepted (SAML core 5.4.2 to 5.4.4, XML Signature 4).
//!
//! XML signatures can say nearly anything: several references, scripts as transforms, content of their own.
//! SAML allows one shape, and reading that one only is what keeps the rest out.

use aws_lc_rs::digest;
use roxmltree::{Node, NodeType};

use super::super::{
    algorithms::{SignatureMethod, digest_method},
    decode::decode_base64,
    names::{DSIG, ENVELOPED, EXC_C14N, EXC_C14N_WITH_COMMENTS},
    nodes::{attribute, required_attribute, text},
    refusal::{Reason, Refusal},
};

pub(super) struct Shape<'a, 'x> {
    pub(super) signed_info: Node<'a, 'x>,
    pub(super) signed_info_prefixes: Vec<&'a str>,
    pub(super) signature_method: SignatureMethod,
    pub(super) signature_value: Vec<u8>,
    pub(super) content_prefixes: Vec<&'a str>,
    pub(super) digest_method: &'static digest::Algorithm,
    pub(super) digest_value: Vec<u8>,
}

impl<'a, 'x> Shape<'a, 'x> {
    pub(super) fn read(parent: Node<'a, 'x>, signature: Node<'a, 'x>) -> Result<Self, Refusal> {
        let [signed_info, signature_value] = signed_parts(signature)?;
        let [canonicalization, method, reference] = exactly(
            signed_info,
            ["CanonicalizationMethod", "SignatureMethod", "Reference"],
        )?;
        let (signed_info_prefixes, canonical) = exclusive_c14n(canonicalization)?;
        if let Some(other) = canonical {
            let reason = Reason::CanonicalizationRefused;
            return Err(Refusal::new(reason, EXC_C14N, other));
        }
        no_elements_in(method)?;
        let signature_method = SignatureMethod::parse(required_attribute(method, "Algorithm")?)?;

        require_reference_to(parent, reference)?;
        let [transforms, digest_method_node, digest_value] =
            exactly(reference, ["Transforms", "DigestMethod", "DigestValue"])?;
        no_elements_in(digest_method_node)?;
        Ok(Self {
            signed_info,
            signed_info_prefixes,
            signature_method,
            signature_value: octets(signature_value)?,
            content_prefixes: prefixes_of_transforms(transforms)?,
            digest_method: digest_method(required_attribute(digest_method_node, "Algorithm")?)?,
            digest_value: octets(digest_value)?,
        })
    }
}

/// `SignedInfo`, `SignatureValue` and possibly `KeyInfo`, which is ignored:
/// the keys are those of the connection, never those of the message (core 5.4.5).
fn signed_parts<'a, 'x>(signature: Node<'a, 'x>) -> Result<[Node<'a, 'x>; 2], Refusal> {
    let parts: Vec<_> = elements(signature).collect();
    if parts.iter().any(|part| part.has_tag_name((DSIG, "Object"))) {
        let expected = "a signature without content of its own";
        return Err(Refusal::new(
            Reason::SignatureObjectForbidden,
            expected,
            "Object",
        ));
    }
    match parts.as_slice() {
        [info, value, rest @ ..]
            if info.has_tag_name((DSIG, "SignedInfo"))
                && value.has_tag_name((DSIG, "SignatureValue"))
                && rest.len() <= 1
                && rest.iter().all(|part| part.has_tag_name((DSIG, "KeyInfo"))) =>
        {
            Ok([*info, *value])
        }
        _ => Err(malformed("SignedInfo, SignatureValue, KeyInfo", signature)),
    }
}

/// The reference must be to the ID of the very element that the signature stands in (core 5.4.2).
///
/// An empty URI means the whole document, and any other ID some other element: both were used to wrap.
fn require_reference_to(parent: Node<'_, '_>, reference: Node<'_, '_>) -> Result<(), Refusal> {
    let id = required_attribute(parent, "ID")?;
    let uri = attribute(reference, "URI").unwrap_or_default();
    if uri.strip_prefix('#') == Some(id) {
        Ok(())
    } else {
        Err(Refusal::new(
            Reason::ReferenceMismatch,
            format!("#{id}"),
            uri,
        ))
    }
}

/// Exactly enveloped-signature, then exclusive canonicalization (core 5.4.4).
///
/// Without the second, inclusive canonicalization would apply, which depends on the surroundings.
fn prefixes_of_transforms<'a>(transforms: Node<'a, '_>) -> Result<Vec<&'a str>, Refusal> {
    let refuse = |found: &str| {
        let expected = "enveloped-signature and exclusive canonicalization, in this order";
        Refusal::new(Reason::TransformsRefused, expected, found)
    };
    let listed: Vec<_> = elements(transforms).collect();
    let [enveloped, canonical] = listed.as_slice() else {
        return Err(refuse(&format!("{} transforms", listed.len())));
    };
    if listed
        .iter()
        .any(|transform| !transform.has_tag_name((DSIG, "Transform")))
    {
        return Err(malformed("Transform, Transform", transforms));
    }
    match required_attribute(*enveloped, "Algorithm")? {
        ENVELOPED => no_elements_in(*enveloped)?,
        other => return Err(refuse(other)),
    }
    match exclusive_c14n(*canonical)? {
        (prefixes, None) => Ok(prefixes),
        (_, Some(other)) => Err(refuse(other)),
    }
}

/// The prefix list of an element that names exclusive canonicalization, or the method that it names instead.
fn exclusive_c14n<'a>(node: Node<'a, '_>) -> Result<(Vec<&'a str>, Option<&'a str>), Refusal> {
    let algorithm = required_attribute(node, "Algorithm")?;
    if algorithm != EXC_C14N && algorithm != EXC_C14N_WITH_COMMENTS {
        return Ok((Vec::new(), Some(algorithm)));
    }
    let mut content = elements(node);
    let prefixes = match content.next() {
        None => Vec::new(),
        Some(list) if list.has_tag_name((EXC_C14N, "InclusiveNamespaces")) => {
            let list = attribute(list, "PrefixList").unwrap_or_default();
            list.split_ascii_whitespace().collect()
        }
        Some(_) => return Err(malformed("InclusiveNamespaces", node)),
    };
    match content.next() {
        None => Ok((prefixes, None)),
        Some(_) => Err(malformed("one InclusiveNamespaces", node)),
    }
}

/// The child elements, if they are exactly these of XML Signature, in this order.
fn exactly<'a, 'x, const N: usize>(
    parent: Node<'a, 'x>,
    names: [&'static str; N],
) -> Result<[Node<'a, 'x>; N], Refusal> {
    let found: Vec<_> = elements(parent).collect();
    <[_; N]>::try_from(found)
        .ok()
        .filter(|found| {
            found
                .iter()
                .zip(names)
                .all(|(node, name)| node.has_tag_name((DSIG, name)))
        })
        .ok_or_else(|| malformed(&names.join(", "), parent))
}

fn elements<'a, 'x: 'a>(parent: Node<'a, 'x>) -> impl Iterator<Item = Node<'a, 'x>> {
    parent
        .children()
        .filter(|child| child.node_type() == NodeType::Element)
}

/// Parameters of a method, such as `HMACOutputLength`, have no place here.
fn no_elements_in(node: Node<'_, '_>) -> Result<(), Refusal> {
    match elements(node).next() {
        None => Ok(()),
        Some(_) => Err(malformed("no parameters", node)),
    }
}

fn octets(node: Node<'_, '_>) -> Result<Vec<u8>, Refusal> {
    decode_base64(text(node)?).ok_or_else(|| malformed("base64", node))
}

fn malformed(expected: &str, node: Node<'_, '_>) -> Refusal {
    let found: Vec<_> = elements(node)
        .map(|child| child.tag_name().name())
        .collect();
    let name = node.tag_name().name();
    Refusal::new(
        Reason::SignatureMalformed,
        format!("{expected} in {name}"),
        if found.is_empty() {
            "something else".to_owned()
        } else {
            found.join(", ")
        },
    )
}
