//! The XML text of responses and assertions, canonical as it is written.
//!
//! The one exception is the prefix `xs`, which the signature leaves out again where it has to.

use jit_domain::values::Timestamp;

use super::{
    super::{
        dialect::{XS, declares},
        xml::{ASSERTION, PROTOCOL, attribute, moment, text},
    },
    ResponseBuilder,
    attributes::Attribute,
};

const STATUS: &str = "urn:oasis:names:tc:SAML:2.0:status:";

impl ResponseBuilder<'_> {
    pub(super) fn response_text(&self, assertions: &str) -> String {
        let (p, a) = (self.style.protocol, self.style.assertion);
        let (status, assertions) = match &self.faults.failed {
            Some(why) => (
                format!(
                    "<{p}StatusCode Value=\"{STATUS}Responder\"><{p}StatusCode Value=\"{STATUS}{why}\">\
                     </{p}StatusCode></{p}StatusCode>",
                    why = attribute(why)
                ),
                "",
            ),
            None => (
                format!("<{p}StatusCode Value=\"{STATUS}Success\"></{p}StatusCode>"),
                assertions,
            ),
        };
        format!(
            "<{p}Response{xmlns}{xs} Destination=\"{destination}\" ID=\"{id}\"{in_response_to} \
             IssueInstant=\"{issued}\" Version=\"2.0\"><{a}Issuer{xmlns_a}>{issuer}</{a}Issuer>\
             <{p}Status>{status}</{p}Status>{assertions}</{p}Response>",
            xmlns = declares(p, PROTOCOL),
            xs = if self.style.xs_on_response { XS } else { "" },
            xmlns_a = declares(a, ASSERTION),
            destination = attribute(self.faults.destination.as_ref().unwrap_or(&self.acs_url)),
            id = attribute(&self.response_id),
            in_response_to = self.in_response_to_text(),
            issued = moment(self.issued()),
            issuer = text(self.faults.issuer.as_ref().unwrap_or(&self.issuer)),
        )
    }

    pub(super) fn assertion_text(&self, id: &str) -> String {
        let a = self.style.assertion;
        let statements = if self.style.attributes_first {
            format!("{}{}", self.attribute_statement(), self.authn_statement(id))
        } else {
            format!("{}{}", self.authn_statement(id), self.attribute_statement())
        };
        format!(
            "<{a}Assertion{xmlns}{xs} ID=\"{id}\" IssueInstant=\"{issued}\" Version=\"2.0\">\
             <{a}Issuer>{issuer}</{a}Issuer>{subject}{conditions}{statements}</{a}Assertion>",
            xmlns = declares(a, ASSERTION),
            xs = if self.style.xs_listed { XS } else { "" },
            id = attribute(id),
            issued = moment(self.issued()),
            issuer = text(self.faults.issuer.as_ref().unwrap_or(&self.issuer)),
            subject = self.subject(),
            conditions = self.conditions(),
        )
    }

    fn issued(&self) -> Timestamp {
        self.issued_at.unwrap_or(self.now)
    }

    fn end(&self) -> Timestamp {
        self.not_on_or_after
            .unwrap_or(self.now + self.dialect.validity().1)
    }

    fn in_response_to_text(&self) -> String {
        match &self.in_response_to {
            Some(id) if !self.faults.unsolicited => format!(" InResponseTo=\"{}\"", attribute(id)),
            _ => String::new(),
        }
    }

    fn subject(&self) -> String {
        let a = self.style.assertion;
        format!(
            "<{a}Subject><{a}NameID{format}>{name}</{a}NameID>\
             <{a}SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\">\
             <{a}SubjectConfirmationData{in_response_to} NotOnOrAfter=\"{end}\" Recipient=\"{recipient}\">\
             </{a}SubjectConfirmationData></{a}SubjectConfirmation></{a}Subject>",
            format = self.style.name_id_format(self.person),
            name = text(&self.person.name_id),
            in_response_to = self.in_response_to_text(),
            end = moment(self.end()),
            recipient = attribute(self.faults.recipient.as_ref().unwrap_or(&self.acs_url)),
        )
    }

    fn conditions(&self) -> String {
        let a = self.style.assertion;
        let start = self.now + self.dialect.validity().0;
        format!(
            "<{a}Conditions NotBefore=\"{start}\" NotOnOrAfter=\"{end}\"><{a}AudienceRestriction>\
             <{a}Audience>{audience}</{a}Audience></{a}AudienceRestriction></{a}Conditions>",
            start = moment(self.not_before.unwrap_or(start)),
            end = moment(self.end()),
            audience = text(self.faults.audience.as_ref().unwrap_or(&self.audience)),
        )
    }

    fn authn_statement(&self, id: &str) -> String {
        let a = self.style.assertion;
        let end = self.dialect.session().map(|length| self.now + length);
        let end = self.session_not_on_or_after.or(end);
        let end = end.map(|end| format!(" SessionNotOnOrAfter=\"{}\"", moment(end)));
        format!(
            "<{a}AuthnStatement AuthnInstant=\"{at}\" SessionIndex=\"{index}\"{end}><{a}AuthnContext>\
             <{a}AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:{context}</{a}AuthnContextClassRef>\
             </{a}AuthnContext></{a}AuthnStatement>",
            at = moment(self.issued()),
            index = attribute(self.session_index_of(id)),
            end = end.unwrap_or_default(),
            context = self.style.context,
        )
    }

    /// `SessionIndex` of the first assertion.
    pub(in crate::idp) fn session(&self) -> &str {
        self.session_index_of(&self.assertion_id)
    }

    /// `SessionIndex`: the one that was chosen, otherwise one that goes with the message.
    fn session_index_of<'s>(&'s self, assertion_id: &'s str) -> &'s str {
        match &self.session_index {
            Some(index) => index,
            None if self.style.session_is_assertion => assertion_id,
            None => &self.response_id,
        }
    }

    fn attribute_statement(&self) -> String {
        let a = self.style.assertion;
        let attributes: String = self
            .attributes()
            .into_iter()
            .flat_map(|(name, values)| {
                if self.style.repeated_attributes {
                    let one = |value| (name.clone(), vec![value]);
                    values.into_iter().map(one).collect()
                } else {
                    vec![(name, values)]
                }
            })
            .map(|attribute| self.attribute_text(&attribute))
            .collect();
        format!("<{a}AttributeStatement>{attributes}</{a}AttributeStatement>")
    }

    fn attribute_text(&self, (name, values): &Attribute) -> String {
        let a = self.style.assertion;
        let typed = self.style.value_type.map(|value_type| {
            let xs = if self.style.xs_on_values { XS } else { "" };
            format!(
                "{xs} xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"{value_type}\""
            )
        });
        let typed = typed.unwrap_or_default();
        let values: Vec<_> = values
            .iter()
            .map(|value| {
                format!(
                    "<{a}AttributeValue{typed}>{}</{a}AttributeValue>",
                    text(value)
                )
            })
            .collect();
        let values = values.concat();
        let format = self.style.name_format;
        let format = format.map(|uri| format!(" NameFormat=\"{uri}\""));
        format!(
            "<{a}Attribute Name=\"{}\"{}>{values}</{a}Attribute>",
            attribute(name),
            format.unwrap_or_default(),
        )
    }
}
