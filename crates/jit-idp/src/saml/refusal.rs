//! Why a message does not count: the reason, what was expected and what came.

use std::fmt;

/// One failed check.
///
/// The texts are for administrators. They are cut to [`Refusal::MAX_CHARS`] and never hold a whole message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}: expected {expected}, found {found}")]
pub struct Refusal {
    /// Which check failed.
    pub reason: Reason,
    /// What would have passed.
    pub expected: String,
    /// What came.
    pub found: String,
}

impl Refusal {
    /// The most characters that a refusal repeats of what came.
    pub const MAX_CHARS: usize = 200;

    pub(crate) fn new(reason: Reason, expected: impl AsRef<str>, found: impl AsRef<str>) -> Self {
        Self {
            reason,
            expected: excerpt(expected.as_ref()),
            found: excerpt(found.as_ref()),
        }
    }

    /// The stable name of the failed check.
    pub fn code(&self) -> &'static str {
        self.reason.code()
    }
}

/// Cuts a text, and makes control characters visible so that it cannot forge a line of a log.
pub(crate) fn excerpt(text: &str) -> String {
    let mut cut: String = text
        .chars()
        .take(Refusal::MAX_CHARS)
        .flat_map(|c| {
            if c.is_control() {
                Escaped::Yes(c.escape_unicode())
            } else {
                Escaped::No(Some(c))
            }
        })
        .collect();
    if text.chars().nth(Refusal::MAX_CHARS).is_some() {
        cut.push('…');
    }
    cut
}

enum Escaped {
    Yes(std::char::EscapeUnicode),
    No(Option<char>),
}

impl Iterator for Escaped {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        match self {
            Self::Yes(escape) => escape.next(),
            Self::No(c) => c.take(),
        }
    }
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $code:literal,)*) => {
        /// The checks, one variant each.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Reason {
            $($(#[$doc])* $variant,)*
        }

        impl Reason {
            /// Every reason, for documentation and tests.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The stable name that logs and pages show.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)*
                }
            }
        }
    };
}

reasons! {
    /// The connection has no key that a signature could be verified with.
    NoUsableKey = "no_usable_key",
    /// The connection does not know its provider yet.
    ProviderUnknown = "provider_unknown",
    /// A certificate is not X.509 in base64 or PEM form.
    CertificateInvalid = "certificate_invalid",
    /// A key is too short or of a kind that is not supported.
    KeyUnsupported = "key_unsupported",

    /// More octets than the limit.
    TooLarge = "too_large",
    /// The form field is not base64.
    Base64Invalid = "base64_invalid",
    /// Not UTF-8, or declared to be something else.
    NotUtf8 = "not_utf8",
    /// A document type declaration: entities, defaults and other surprises.
    DoctypeForbidden = "doctype_forbidden",
    /// A comment, which can split a value in two.
    CommentForbidden = "comment_forbidden",
    /// A CDATA section.
    CdataForbidden = "cdata_forbidden",
    /// A processing instruction.
    ProcessingInstructionForbidden = "processing_instruction_forbidden",
    /// Elements nested too deeply.
    TooDeep = "too_deep",
    /// Too many attributes in one tag.
    TooManyAttributes = "too_many_attributes",
    /// Too many namespaces in scope at once.
    TooManyNamespaces = "too_many_namespaces",
    /// A namespace declaration that canonicalization has no sound answer for.
    NamespaceInvalid = "namespace_invalid",
    /// Not well-formed XML, or too many nodes.
    XmlMalformed = "xml_malformed",
    /// Two elements claim one ID.
    DuplicateId = "duplicate_id",
    /// The ID of the assertion is longer than what can be remembered to have been used.
    IdTooLong = "id_too_long",

    /// Parameters of the redirect binding that are absent, doubled or not as they should be.
    QueryMalformed = "query_malformed",
    /// Not compressed text, or too much of it.
    DeflateInvalid = "deflate_invalid",
    /// Another message than the one that belongs here.
    NotALogoutMessage = "not_a_logout_message",
    /// The root is not a SAML 2.0 `Response`.
    NotAResponse = "not_a_response",
    /// `Version` is not 2.0.
    VersionUnsupported = "version_unsupported",
    /// The provider says that the login failed.
    StatusNotSuccess = "status_not_success",
    /// No assertion in the response.
    AssertionMissing = "assertion_missing",
    /// More than one assertion.
    SeveralAssertions = "several_assertions",
    /// An encrypted name or attribute; a whole assertion may be encrypted.
    EncryptedUnsupported = "encrypted_unsupported",
    /// A `Response` or an assertion at a place where none belongs.
    ElementMisplaced = "element_misplaced",
    /// A required element is absent.
    ElementMissing = "element_missing",
    /// An element that may stand once stands twice.
    ElementRepeated = "element_repeated",
    /// A required XML attribute is absent or empty.
    AttributeMissing = "attribute_missing",
    /// Elements inside a value that should be text.
    MarkupInValue = "markup_in_value",
    /// A time that is not `xs:dateTime` in UTC.
    TimestampInvalid = "timestamp_invalid",

    /// Neither the response nor the assertion is signed.
    Unsigned = "unsigned",
    /// The response is signed, but this connection wants the assertion signed.
    AssertionUnsigned = "assertion_unsigned",
    /// A signature at a place where none belongs.
    SignatureMisplaced = "signature_misplaced",
    /// Two signatures on one element.
    SeveralSignatures = "several_signatures",
    /// Not the exact shape of a SAML signature.
    SignatureMalformed = "signature_malformed",
    /// A signature that carries content of its own.
    SignatureObjectForbidden = "signature_object_forbidden",
    /// A signature over something else than the element that it stands in.
    ReferenceMismatch = "reference_mismatch",
    /// Transforms other than enveloped-signature and exclusive canonicalization.
    TransformsRefused = "transforms_refused",
    /// `SignedInfo` is canonicalized by another method.
    CanonicalizationRefused = "canonicalization_refused",
    /// SHA-1 in the signature or the digest.
    Sha1Refused = "sha1_refused",
    /// A signature method that is not RSA or ECDSA with SHA-2.
    SignatureMethodRefused = "signature_method_refused",
    /// A digest method that is not SHA-2.
    DigestMethodRefused = "digest_method_refused",
    /// The content is not what was signed.
    DigestMismatch = "digest_mismatch",
    /// No key of the connection made this signature.
    SignatureInvalid = "signature_invalid",

    /// Encrypted, and we have no key that could have been meant.
    NoDecryptionKey = "no_decryption_key",
    /// Not the shape of an encrypted element, or encrypted for too many.
    EncryptionMalformed = "encryption_malformed",
    /// The key of the content is encrypted by another method than RSA-OAEP, such as RSA 1.5.
    KeyTransportRefused = "key_transport_refused",
    /// The content is encrypted by another method than AES in GCM or CBC mode, such as Triple DES.
    CipherRefused = "cipher_refused",
    /// CBC mode, whose errors can tell what it hides, in a message that is not signed as a whole.
    CbcUnsigned = "cbc_unsigned",
    /// None of our keys gives the one element that should be in there. It does not say why, on purpose.
    DecryptionFailed = "decryption_failed",

    /// Sent to another address.
    DestinationMismatch = "destination_mismatch",
    /// From another provider.
    IssuerMismatch = "issuer_mismatch",
    /// An answer to no request.
    InResponseToMissing = "in_response_to_missing",
    /// Response and assertion answer different requests.
    InResponseToMismatch = "in_response_to_mismatch",
    /// Older than the longest time that a login may take.
    IssuedTooLongAgo = "issued_too_long_ago",
    /// Nobody is named.
    NameIdMissing = "name_id_missing",
    /// A name for this one session, by which nobody is known again.
    NameIdTransient = "name_id_transient",
    /// No confirmation by bearer.
    BearerMissing = "bearer_missing",
    /// Meant for another assertion consumer service.
    RecipientMismatch = "recipient_mismatch",
    /// No longer valid.
    Expired = "expired",
    /// Not yet valid.
    NotYetValid = "not_yet_valid",
    /// No restriction to an audience.
    AudienceMissing = "audience_missing",
    /// Meant for another service provider.
    AudienceMismatch = "audience_mismatch",
    /// A condition that is not understood, and so not met.
    ConditionUnknown = "condition_unknown",
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_reason_has_a_code_of_its_own() {
        let codes: HashSet<_> = Reason::ALL.iter().map(|reason| reason.code()).collect();
        assert_eq!(codes.len(), Reason::ALL.len());
    }

    #[test]
    fn a_refusal_repeats_little_and_forges_no_line_of_a_log() {
        let refusal = Refusal::new(Reason::Expired, "a\nb", "x".repeat(1_000));
        assert_eq!(refusal.expected, "a\\u{a}b");
        assert_eq!(refusal.found.chars().count(), Refusal::MAX_CHARS + 1);
    }
}
