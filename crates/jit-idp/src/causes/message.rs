//! What arrived is not a response that can be read (SAML core 3.2.2, bindings 3.5.4).

use super::Cause;

/// The cure where no honest provider does such a thing.
const NOBODY_SENDS_THIS: &str = "No known provider sends this: if it comes back, take it for an attack or a broken proxy, and tell the people who run the provider.";

pub(super) const CAUSES: &[Cause] = &[
    Cause::new(
        "form_malformed",
        "What was posted to the ACS URL is not the form of a SAML response.",
        "Let the provider answer by HTTP-POST with the form field SAMLResponse; nothing else may send people to the ACS URL.",
    ),
    Cause::new(
        "no_usable_key",
        "The connection has no certificate whose key could verify a signature, so everything is refused.",
        "Give the connection the provider's metadata or its signing certificate: RSA of 2,048 bits or more, or ECDSA on P-256, P-384 or P-521.",
    ),
    Cause::new(
        "provider_unknown",
        "The connection does not know its provider yet, so everything is refused.",
        "Give the connection the provider's metadata, as an address, as a document or as single values.",
    ),
    Cause::new(
        "certificate_invalid",
        "A certificate is not X.509 in base64 or PEM form.",
        "Download the certificate from the provider again, in PEM or base64 form, and paste all of it.",
    ),
    Cause::new(
        "key_unsupported",
        "The key of a certificate is too short or of a kind that is not supported.",
        "Make a new signing certificate at the provider: RSA of 2,048 bits or more, or ECDSA on P-256, P-384 or P-521.",
    ),
    Cause::new(
        "too_large",
        "The response has more than 256 KiB.",
        "Let the provider send fewer groups: only those that the application needs.",
    ),
    Cause::new(
        "base64_invalid",
        "The form field SAMLResponse is not base64.",
        "Let the provider answer by the HTTP-POST binding, and look for a proxy that changes forms.",
    ),
    Cause::new(
        "not_utf8",
        "The response is not UTF-8, or says to be something else.",
        "Let the provider write its responses in UTF-8.",
    ),
    Cause::new(
        "doctype_forbidden",
        "The response has a document type declaration, which can change what a document says.",
        NOBODY_SENDS_THIS,
    ),
    Cause::new(
        "comment_forbidden",
        "The response has a comment, which can split a name in two.",
        NOBODY_SENDS_THIS,
    ),
    Cause::new(
        "cdata_forbidden",
        "The response has a CDATA section.",
        "Let the provider write values as plain text; look for an attribute that is made by a script or a template.",
    ),
    Cause::new(
        "processing_instruction_forbidden",
        "The response has a processing instruction.",
        NOBODY_SENDS_THIS,
    ),
    Cause::new(
        "too_deep",
        "The response has elements within elements to more than 64 levels.",
        NOBODY_SENDS_THIS,
    ),
    Cause::new(
        "too_many_attributes",
        "An element of the response has more than 48 XML attributes.",
        NOBODY_SENDS_THIS,
    ),
    Cause::new(
        "too_many_namespaces",
        "The response declares more than 32 namespaces at one place.",
        NOBODY_SENDS_THIS,
    ),
    Cause::new(
        "namespace_invalid",
        "The response declares a namespace in a way that makes its signature ambiguous.",
        NOBODY_SENDS_THIS,
    ),
    Cause::new(
        "xml_malformed",
        "The response is not well-formed XML, or has more than 20,000 nodes.",
        "Look for a proxy that changes forms; if there is none, let the provider send fewer attributes and groups.",
    ),
    Cause::new(
        "duplicate_id",
        "Two elements of the response have the same ID, so it is not clear which of them is signed.",
        NOBODY_SENDS_THIS,
    ),
    Cause::new(
        "id_too_long",
        "The ID of the assertion has more than 256 characters, so the portal cannot remember that it was used.",
        NOBODY_SENDS_THIS,
    ),
    Cause::new(
        "query_malformed",
        "A logout message came by redirect, and its parameters are absent, doubled or not as they should be.",
        "Let the provider send logout messages by redirect or POST as SAML 2.0 says, and look for a proxy that changes addresses.",
    ),
    Cause::new(
        "deflate_invalid",
        "A logout message came by redirect and is not compressed text, or too long.",
        "Let the provider send logout messages by redirect as SAML 2.0 says, with DEFLATE.",
    ),
    Cause::new(
        "not_a_logout_message",
        "Something else than a logout message came to the single logout URL.",
        "See whether the ACS URL and the single logout URL are in the right fields of the application at the provider.",
    ),
    Cause::new(
        "not_a_response",
        "The document is not a SAML 2.0 response.",
        "Choose SAML 2.0 for the application at the provider, not SAML 1.1 and not WS-Federation.",
    ),
    Cause::new(
        "version_unsupported",
        "The response is of another version of SAML than 2.0.",
        "Choose SAML 2.0 for the application at the provider.",
    ),
    Cause::new(
        "status_not_success",
        "The provider says that the login failed; its own words are beside the code.",
        "See whether the person has the application at the provider, then look the words up in the provider's own sign-in log.",
    ),
    Cause::new(
        "assertion_missing",
        "The response says that the login succeeded and does not say who it was.",
        "See whether the application at the provider is complete, and whether the person has it.",
    ),
    Cause::new(
        "several_assertions",
        "The response has more than one assertion, and only one can say who the person is.",
        "Let the provider send one assertion only.",
    ),
    Cause::new(
        "encrypted_unsupported",
        "A single name or attribute is encrypted, and only a whole assertion may be.",
        "At the provider, encrypt the whole assertion or nothing.",
    ),
    Cause::new(
        "element_misplaced",
        "The response has an assertion or a response at a place where none belongs, as in an attack with a moved signature.",
        NOBODY_SENDS_THIS,
    ),
    Cause::new(
        "element_missing",
        "The response lacks an element that every login needs; the words beside the code say which.",
        "See whether the application at the provider is of the kind SAML 2.0 for browsers, and complete.",
    ),
    Cause::new(
        "element_repeated",
        "An element stands twice in the response where only one may stand.",
        NOBODY_SENDS_THIS,
    ),
    Cause::new(
        "attribute_missing",
        "An element of the response lacks something that it must state; the words beside the code say what.",
        "See whether every attribute of the application at the provider has a name, and ask the provider's support if all have.",
    ),
    Cause::new(
        "markup_in_value",
        "A name or an address in the response has elements in it instead of text.",
        "Let the provider send plain text as NameID and as audience.",
    ),
    Cause::new(
        "timestamp_invalid",
        "A time in the response is not in UTC, such as 2026-01-31T12:00:00Z.",
        "Let the provider write its times in UTC, with a Z at the end.",
    ),
];
