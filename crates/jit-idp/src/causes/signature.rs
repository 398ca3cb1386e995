//! The signature is not there, or not good enough (SAML core 5.4).

use super::Cause;

const STANDARD_SIGNATURE: &str = "Let the provider sign as SAML 2.0 says: enveloped, with exclusive canonicalization; if it does, take this for an attack and tell the people who run it.";

pub(super) const CAUSES: &[Cause] = &[
    Cause::new(
        "unsigned",
        "Neither the response nor the assertion is signed.",
        "At the provider, choose to sign the assertion, or the response and the assertion.",
    ),
    Cause::new(
        "assertion_unsigned",
        "The response is signed, but the connection wants the assertion itself signed.",
        "At the provider, choose to sign the assertion too, or let the connection accept signed responses.",
    ),
    Cause::new(
        "signature_misplaced",
        "There is a signature at a place where none belongs, as in an attack with a moved signature.",
        STANDARD_SIGNATURE,
    ),
    Cause::new(
        "several_signatures",
        "An element has two signatures.",
        "Let the provider sign each element once.",
    ),
    Cause::new(
        "signature_malformed",
        "The signature does not have the one form that SAML allows.",
        STANDARD_SIGNATURE,
    ),
    Cause::new(
        "signature_object_forbidden",
        "The signature carries content of its own, which could be taken for what is signed.",
        STANDARD_SIGNATURE,
    ),
    Cause::new(
        "reference_mismatch",
        "The signature is over something else than the element that it stands in.",
        STANDARD_SIGNATURE,
    ),
    Cause::new(
        "transforms_refused",
        "The signature is over a changed form of the element, and the change is not one that SAML allows.",
        STANDARD_SIGNATURE,
    ),
    Cause::new(
        "canonicalization_refused",
        "The signature is made over another form of XML than exclusive canonicalization.",
        "At the provider, choose exclusive canonicalization without comments.",
    ),
    Cause::new(
        "sha1_refused",
        "The provider signs with SHA-1, which can be forged.",
        "At the provider, choose SHA-256 (RSA-SHA256) as the signature algorithm, and as the digest algorithm if there is one.",
    ),
    Cause::new(
        "signature_method_refused",
        "The provider signs with another method than RSA or ECDSA with SHA-2.",
        "At the provider, choose RSA-SHA256 as the signature algorithm.",
    ),
    Cause::new(
        "digest_method_refused",
        "The provider signs with another digest than SHA-2.",
        "At the provider, choose SHA-256 as the digest algorithm.",
    ),
    Cause::new(
        "digest_mismatch",
        "The content is not what was signed: something changed it on the way.",
        "Look for a proxy that changes forms; if there is none, take this for an attack.",
    ),
    Cause::new(
        "signature_invalid",
        "No certificate of the connection fits the signature: usually the provider has a new one.",
        "Add the provider's new signing certificate to the connection, or give it the provider's metadata again.",
    ),
];
