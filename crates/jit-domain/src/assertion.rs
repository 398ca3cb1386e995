//! What an identity provider has said about a person, after every check.

use std::collections::BTreeMap;

use crate::{connections::AttributeMapping, values::Timestamp};

/// The claims of one verified SAML assertion.
///
/// Only an [`AssertionVerifier`](crate::ports::AssertionVerifier) makes one for a sign-in (R11).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assertion {
    /// `Assertion/@ID`, remembered so that it counts once (SAML profiles 4.1.4.5).
    pub assertion_id: String,
    /// The `entityID` of the provider.
    pub issuer: String,
    /// `NameID`, the identity of the person at that provider.
    pub name_id: String,
    /// `NameID/@Format`.
    pub name_id_format: Option<String>,
    /// `AuthnStatement/@SessionIndex`, needed for a logout.
    pub session_index: Option<String>,
    /// `InResponseTo`: the request of ours that it answers.
    pub in_response_to: Option<String>,
    /// `AuthnStatement/@SessionNotOnOrAfter`: the provider's own end of the session (R17).
    pub session_not_on_or_after: Option<Timestamp>,
    /// From this moment on it is expired for everybody, and need not be remembered.
    pub valid_until: Timestamp,
    /// Attribute values by exact name; an attribute without values is present and empty.
    pub attributes: BTreeMap<String, Vec<String>>,
}

impl Assertion {
    /// The first non-empty value of the first attribute of the list that is there.
    pub fn first_value(&self, names: &[String]) -> Option<&str> {
        names
            .iter()
            .filter_map(|name| self.attributes.get(name))
            .flatten()
            .map(|value| value.trim())
            .find(|value| !value.is_empty())
    }

    /// The value of the first entry of the list that is all there. An entry may join attributes with
    /// [`JOIN`](AttributeMapping::JOIN), as in `firstName + lastName`; a space comes between their values.
    pub fn first_joined(&self, entries: &[String]) -> Option<String> {
        let value = |name: &str| self.first_value(&[name.to_owned()]);
        entries.iter().find_map(|entry| {
            let values: Option<Vec<_>> = entry.split(AttributeMapping::JOIN).map(value).collect();
            values.map(|values| values.join(" "))
        })
    }

    /// Whether the provider says where groups could be read instead of saying them: Entra ID does so for
    /// people in more than 150 groups.
    pub fn groups_are_withheld(&self, mapping: &AttributeMapping) -> bool {
        const LINK: &str = "http://schemas.microsoft.com/claims/groups.link";
        self.groups(mapping).is_none() && self.attributes.contains_key(LINK)
    }

    /// The values of the groups attribute: `None` if it is absent, an empty list if it is empty (R14).
    pub fn groups(&self, mapping: &AttributeMapping) -> Option<&[String]> {
        mapping
            .groups
            .iter()
            .find_map(|name| self.attributes.get(name))
            .map(Vec::as_slice)
    }
}

/// What a verifier found out about a response: its verdict, and how it came to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examination {
    /// The claims, only if every check passed.
    pub verdict: Result<Assertion, AssertionRefusal>,
    /// The checks in their order; none after the first that failed.
    pub checks: Vec<CheckResult>,
    /// What the message says, believed or not, as far as it can be read. For the eyes of administrators only.
    pub claimed: Option<ExampleAssertion>,
    /// The SHA-256 of the certificate whose key made a good signature.
    pub certificate: Option<String>,
    /// `IssueInstant` of the response, believed or not.
    pub issued_at: Option<Timestamp>,
    /// The message without values, names and signatures: its structure, addresses and times.
    pub redacted: Option<String>,
}

impl Examination {
    /// A verdict without anything that led to it.
    pub const fn of(verdict: Result<Assertion, AssertionRefusal>) -> Self {
        Self {
            verdict,
            checks: Vec::new(),
            claimed: None,
            certificate: None,
            issued_at: None,
            redacted: None,
        }
    }
}

/// One check of a response.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CheckResult {
    /// A stable name, such as `signature`.
    pub check: String,
    /// Whether it passed.
    pub passed: bool,
}

/// An assertion that somebody pasted to see what it would do (R10). Nothing about it was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleAssertion(pub Assertion);

/// Why a SAML response did not count. The text is for administrators; end users see a plain page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: expected {expected}, found {found}")]
pub struct AssertionRefusal {
    /// A stable name of the failed check, such as `signature_invalid`.
    pub code: &'static str,
    /// What would have passed.
    pub expected: String,
    /// What came, shortened; never a secret, never the whole assertion.
    pub found: String,
}

impl AssertionRefusal {
    /// The code of a verifier for a signature that no key of the connection has made.
    pub const UNKNOWN_KEY: &str = "signature_invalid";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assertion(names: &[&str]) -> Assertion {
        let values = |name: &&str| ((*name).to_owned(), vec!["x".to_owned()]);
        Assertion {
            assertion_id: "_1".to_owned(),
            issuer: "https://idp.example".to_owned(),
            name_id: "dana".to_owned(),
            name_id_format: None,
            session_index: None,
            in_response_to: None,
            session_not_on_or_after: None,
            valid_until: Timestamp::UNIX_EPOCH,
            attributes: names.iter().map(values).collect(),
        }
    }

    #[test]
    fn a_link_in_place_of_the_groups_is_told_from_no_groups_at_all() {
        let mapping = AttributeMapping::default();
        let link = "http://schemas.microsoft.com/claims/groups.link";
        assert!(assertion(&[link]).groups_are_withheld(&mapping));
        assert!(!assertion(&[link, "groups"]).groups_are_withheld(&mapping));
        assert!(!assertion(&[]).groups_are_withheld(&mapping));
    }
}
