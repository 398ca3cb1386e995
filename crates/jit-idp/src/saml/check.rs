//! The stages of a verification, for those who want to know how far a message came.

use std::fmt;

macro_rules! checks {
    ($($(#[$doc:meta])* $variant:ident = $code:literal,)*) => {
        /// One stage, in the order in which they run.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Check {
            $($(#[$doc])* $variant,)*
        }

        impl Check {
            /// Every stage in its order. A message goes through those that concern it, until one fails.
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

checks! {
    /// The connection knows its provider, and a key of it.
    ConnectionKey = "connection_key",
    /// The form field is base64 of UTF-8, and not too large.
    Encoding = "encoding",
    /// Well-formed XML with nothing in it that messages have no use for; each ID once.
    Xml = "xml",
    /// A SAML 2.0 response.
    Response = "response",
    /// The provider says that the login succeeded.
    Status = "status",
    /// One assertion, plain or encrypted; no assertion and no signature elsewhere.
    Structure = "structure",
    /// Sent to this address.
    Destination = "destination",
    /// Sent by the provider of this connection.
    Issuer = "issuer",
    /// The answer to a request, or none where that is allowed.
    Request = "request",
    /// The signature of the response; only if it has one.
    ResponseSignature = "response_signature",
    /// The assertion could be decrypted; only if it was encrypted.
    Decryption = "decryption",
    /// The assertion is signed, by itself or as a part of the response, as the connection wants it.
    Signature = "signature",
    /// Version, author and age of the assertion.
    Assertion = "assertion",
    /// Somebody is named.
    Subject = "subject",
    /// Whoever brings the assertion may be taken for them: recipient, request and end of the confirmation.
    Confirmation = "confirmation",
    /// The conditions are known, and the time is within them.
    Conditions = "conditions",
    /// We are the audience.
    Audience = "audience",
    /// Somebody has logged in, and the provider's session lasts.
    Session = "session",
    /// The attributes can be read.
    Attributes = "attributes",
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_stage_has_a_name_of_its_own_and_a_bit_of_the_trail() {
        let codes: HashSet<_> = Check::ALL.iter().map(|check| check.code()).collect();
        assert_eq!(codes.len(), Check::ALL.len());
        assert!(Check::ALL.len() < 32);
        assert!(Check::ALL.is_sorted());
    }
}
