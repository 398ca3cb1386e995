//! The XML text of responses and assertions, canonical as it is written.

use super::{
    super::xml::{ASSERTION, PROTOCOL, attribute, moment, text},
    ResponseBuilder,
};

/// The dialects of well-known providers.
#[derive(Debug, Clone, Copy, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four independent habits of providers"
)]
pub(super) struct Style {
    pub(super) default_namespaces: bool,
    pub(super) typed_values: bool,
    pub(super) attributes_first: bool,
    pub(super) repeated_attributes: bool,
}

impl Style {
    /// The prefix for `name`, with its colon, and the attribute that declares it.
    fn names(self, name: &str) -> (String, String) {
        if self.default_namespaces {
            (String::new(), "xmlns".to_owned())
        } else {
            (format!("{name}:"), format!("xmlns:{name}"))
        }
    }
}

impl ResponseBuilder<'_> {
    pub(super) fn response_text(&self, assertion: &str) -> String {
        let (p, xmlns) = self.style.names("samlp");
        let (a, xmlns_a) = self.style.names("saml");
        format!(
            "<{p}Response {xmlns}=\"{PROTOCOL}\" Destination=\"{destination}\" ID=\"{id}\"{in_response_to} \
             IssueInstant=\"{issued}\" Version=\"2.0\"><{a}Issuer {xmlns_a}=\"{ASSERTION}\">{issuer}</{a}Issuer>\
             <{p}Status><{p}StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"></{p}StatusCode></{p}Status>\
             {assertion}</{p}Response>",
            destination = attribute(&self.acs_url),
            id = attribute(&self.response_id),
            in_response_to = self.in_response_to_text(),
            issued = moment(self.issued_at),
            issuer = text(&self.issuer),
        )
    }

    pub(super) fn assertion_text(&self) -> String {
        let (a, xmlns) = self.style.names("saml");
        let statements = if self.style.attributes_first {
            format!("{}{}", self.attribute_statement(), self.authn_statement())
        } else {
            format!("{}{}", self.authn_statement(), self.attribute_statement())
        };
        let xs = if self.style.typed_values {
            " xmlns:xs=\"http://www.w3.org/2001/XMLSchema\""
        } else {
            ""
        };
        format!(
            "<{a}Assertion {xmlns}=\"{ASSERTION}\"{xs} ID=\"{id}\" IssueInstant=\"{issued}\" Version=\"2.0\">\
             <{a}Issuer>{issuer}</{a}Issuer>{subject}{conditions}{statements}</{a}Assertion>",
            id = attribute(&self.assertion_id),
            issued = moment(self.issued_at),
            issuer = text(&self.issuer),
            subject = self.subject(),
            conditions = self.conditions(),
        )
    }

    fn in_response_to_text(&self) -> String {
        match &self.in_response_to {
            Some(id) => format!(" InResponseTo=\"{}\"", attribute(id)),
            None => String::new(),
        }
    }

    fn subject(&self) -> String {
        let (a, _) = self.style.names("saml");
        format!(
            "<{a}Subject><{a}NameID Format=\"{format}\">{name}</{a}NameID>\
             <{a}SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\">\
             <{a}SubjectConfirmationData{in_response_to} NotOnOrAfter=\"{end}\" Recipient=\"{recipient}\">\
             </{a}SubjectConfirmationData></{a}SubjectConfirmation></{a}Subject>",
            format = self.person.name_id_format.uri(),
            name = text(&self.person.name_id),
            in_response_to = self.in_response_to_text(),
            end = moment(self.not_on_or_after),
            recipient = attribute(&self.acs_url),
        )
    }

    fn conditions(&self) -> String {
        let (a, _) = self.style.names("saml");
        format!(
            "<{a}Conditions NotBefore=\"{start}\" NotOnOrAfter=\"{end}\"><{a}AudienceRestriction>\
             <{a}Audience>{audience}</{a}Audience></{a}AudienceRestriction></{a}Conditions>",
            start = moment(self.not_before),
            end = moment(self.not_on_or_after),
            audience = text(&self.audience),
        )
    }

    fn authn_statement(&self) -> String {
        let (a, _) = self.style.names("saml");
        let end = self.session_not_on_or_after;
        let end = end.map(|end| format!(" SessionNotOnOrAfter=\"{}\"", moment(end)));
        format!(
            "<{a}AuthnStatement AuthnInstant=\"{at}\" SessionIndex=\"{index}\"{end}><{a}AuthnContext>\
             <{a}AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</{a}AuthnContextClassRef>\
             </{a}AuthnContext></{a}AuthnStatement>",
            at = moment(self.issued_at),
            index = attribute(&self.session_index),
            end = end.unwrap_or_default(),
        )
    }

    fn attribute_statement(&self) -> String {
        let (a, _) = self.style.names("saml");
        let mut attributes = String::new();
        for (name, values) in self.idp.attributes.of(self.person) {
            if self.style.repeated_attributes {
                attributes.extend(
                    values
                        .iter()
                        .map(|value| self.attribute_text(name, &[value])),
                );
            } else {
                attributes.push_str(&self.attribute_text(name, &values));
            }
        }
        format!("<{a}AttributeStatement>{attributes}</{a}AttributeStatement>")
    }

    fn attribute_text(&self, name: &str, values: &[&str]) -> String {
        let (a, _) = self.style.names("saml");
        let typed = if self.style.typed_values {
            " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"xs:string\""
        } else {
            ""
        };
        let values = values
            .iter()
            .map(|value| {
                format!(
                    "<{a}AttributeValue{typed}>{}</{a}AttributeValue>",
                    text(value)
                )
            })
            .collect::<Vec<_>>()
            .concat();
        format!(
            "<{a}Attribute Name=\"{}\" NameFormat=\"urn:oasis:names:tc:SAML:2.0:attrname-format:basic\">{values}</{a}Attribute>",
            attribute(name),
        )
    }
}
