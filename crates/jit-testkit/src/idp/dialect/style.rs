//! What of a dialect is visible in the text of a message.

use super::{
    super::{NameIdFormat, Person},
    Dialect,
};

/// The declaration of the prefix `xs`, which only types of values use.
///
/// It is in no name, so canonicalization drops it unless a prefix list names it (xml-exc-c14n section 1.3).
pub(in crate::idp) const XS: &str = " xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"";

const BASIC: &str = "urn:oasis:names:tc:SAML:2.0:attrname-format:basic";
const UNSPECIFIED: &str = "urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified";
const EMAIL: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";

/// The habits of a writer.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent habits of providers"
)]
pub(in crate::idp) struct Style {
    /// The prefix of the protocol with its colon, or nothing for a default namespace.
    pub(in crate::idp) protocol: &'static str,
    /// The same for assertions.
    pub(in crate::idp) assertion: &'static str,
    /// The same for signatures.
    pub(in crate::idp) signature: &'static str,
    /// `xsi:type` of values.
    pub(in crate::idp) value_type: Option<&'static str>,
    /// Whether `Response` declares `xs`.
    pub(in crate::idp) xs_on_response: bool,
    /// Whether `Assertion` declares `xs` and the prefix list has it.
    pub(in crate::idp) xs_listed: bool,
    /// Whether each value declares `xs`.
    pub(in crate::idp) xs_on_values: bool,
    pub(in crate::idp) attributes_first: bool,
    pub(in crate::idp) repeated_attributes: bool,
    /// `NameFormat` of attributes.
    pub(in crate::idp) name_format: Option<&'static str>,
    /// `Format` of a name that is an e-mail address.
    pub(in crate::idp) email_format: Option<&'static str>,
    /// The end of `AuthnContextClassRef`.
    pub(in crate::idp) context: &'static str,
    /// Whether `SessionIndex` is the ID of the assertion.
    pub(in crate::idp) session_is_assertion: bool,
}

impl Style {
    const NEUTRAL: Self = Self {
        protocol: "samlp:",
        assertion: "saml:",
        signature: "ds:",
        value_type: None,
        xs_on_response: false,
        xs_listed: false,
        xs_on_values: false,
        attributes_first: false,
        repeated_attributes: false,
        name_format: Some(BASIC),
        email_format: Some(EMAIL),
        context: "PasswordProtectedTransport",
        session_is_assertion: false,
    };

    pub(in crate::idp) fn of(dialect: Dialect) -> Self {
        match dialect {
            Dialect::Neutral => Self::NEUTRAL,
            Dialect::Okta => Self {
                protocol: "saml2p:",
                assertion: "saml2:",
                value_type: Some("xs:string"),
                xs_on_response: true,
                xs_listed: true,
                xs_on_values: true,
                name_format: Some(UNSPECIFIED),
                email_format: Some("urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"),
                ..Self::NEUTRAL
            },
            Dialect::GoogleWorkspace => Self {
                protocol: "saml2p:",
                assertion: "saml2:",
                value_type: Some("xs:anyType"),
                xs_on_values: true,
                attributes_first: true,
                name_format: None,
                email_format: None,
                context: "unspecified",
                ..Self::NEUTRAL
            },
            Dialect::EntraId => Self {
                assertion: "",
                signature: "",
                attributes_first: true,
                name_format: None,
                context: "Password",
                session_is_assertion: true,
                ..Self::NEUTRAL
            },
            Dialect::OneLogin => Self {
                value_type: Some("xs:string"),
                xs_on_values: true,
                ..Self::NEUTRAL
            },
        }
    }

    /// No prefixes at all.
    pub(in crate::idp) fn without_prefixes(self) -> Self {
        Self {
            protocol: "",
            assertion: "",
            signature: "",
            ..self
        }
    }

    /// Typed values, with `xs` in the prefix list.
    pub(in crate::idp) fn with_types(self) -> Self {
        Self {
            value_type: Some("xs:string"),
            xs_listed: true,
            ..self
        }
    }

    /// The attribute `Format` of somebody's `NameID`, if it is written.
    pub(in crate::idp) fn name_id_format(self, person: &Person) -> String {
        let uri = match person.name_id_format {
            NameIdFormat::EmailAddress => self.email_format,
            NameIdFormat::Persistent => Some(NameIdFormat::Persistent.uri()),
        };
        uri.map_or(String::new(), |uri| format!(" Format=\"{uri}\""))
    }

    /// `InclusiveNamespaces PrefixList`.
    pub(in crate::idp) fn prefix_list(self) -> &'static str {
        if self.xs_listed { "xs" } else { "" }
    }
}

/// The attribute that declares a prefix (with its colon) or the default namespace.
pub(in crate::idp) fn declares(prefix: &str, namespace: &str) -> String {
    match prefix.strip_suffix(':') {
        Some(prefix) => format!(" xmlns:{prefix}=\"{namespace}\""),
        None => format!(" xmlns=\"{namespace}\""),
    }
}
