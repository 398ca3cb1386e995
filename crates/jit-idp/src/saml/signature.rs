//! One enveloped XML signature in the profile of SAML core 5.4.

mod shape;

use aws_lc_rs::digest;
use roxmltree::Node;

use self::shape::Shape;
use super::{
    c14n::canonicalise,
    keys::VerifyingKey,
    refusal::{Reason, Refusal},
};

/// Checks that `signature`, a child of `parent`, signs all of `parent` with one of the keys.
///
/// After that every node below `parent`, the signature itself aside, is what the provider wrote.
/// Gives the place of the key in the list.
pub(super) fn verify(
    parent: Node<'_, '_>,
    signature: Node<'_, '_>,
    keys: &[VerifyingKey],
) -> Result<usize, Refusal> {
    let shape = Shape::read(parent, signature)?;
    let content = canonicalise(parent, Some(signature.id()), &shape.content_prefixes)?;
    let digest = digest::digest(shape.digest_method, &content);
    // Both are public, so comparing them tells nobody anything.
    if digest.as_ref() != shape.digest_value {
        return Err(Refusal::new(
            Reason::DigestMismatch,
            format!("the {} as it was signed", parent.tag_name().name()),
            "other content",
        ));
    }
    let signed = canonicalise(shape.signed_info, None, &shape.signed_info_prefixes)?;
    let made_it =
        |key: &VerifyingKey| key.verifies(shape.signature_method, &signed, &shape.signature_value);
    keys.iter().position(made_it).ok_or_else(|| {
        Refusal::new(
            Reason::SignatureInvalid,
            format!(
                "a signature of the {} by a key of this connection",
                parent.tag_name().name()
            ),
            format!("another one ({:?})", shape.signature_method),
        )
    })
}
