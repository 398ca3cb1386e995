//! The response that everybody verifies.

use std::time::SystemTime;

use chrono::{DateTime, Duration, Utc};
use jit_domain::{
    connections::{IdpConnection, ServiceProvider},
    values::Timestamp,
};
use jit_testkit::{
    fixtures::Fixtures,
    idp::{IdentityProvider, Person, Sign},
};

/// A response with a signed assertion, and what it has to agree with.
pub(crate) struct Message {
    /// The provider that signed it.
    pub(crate) idp: IdentityProvider,
    /// Our connection to that provider.
    pub(crate) connection: IdpConnection,
    /// Whom it is for.
    pub(crate) service: ServiceProvider,
    /// When it was written. The others look at the clock of the machine.
    pub(crate) now: Timestamp,
    /// The form field.
    pub(crate) field: String,
    /// The same before base64.
    pub(crate) xml: String,
}

impl Message {
    pub(crate) const NAME: &str = "dana@example.com";
    pub(crate) const REQUEST: &str = "_0123456789abcdef0123456789abcdef";

    pub(crate) fn new() -> Self {
        let mut dana = Person::new("Dana Reyes", Self::NAME);
        let groups = (0..32).map(|n| format!("a group of people, number {n}"));
        dana.groups = Some(groups.collect());
        let idp = IdentityProvider::new("https://idp.example", vec![dana.clone()]);
        let connection = IdpConnection {
            idp: Some(idp.description()),
            ..Fixtures::named("acme", 1).connection("idp")
        };
        let service = ServiceProvider::of(&connection, "https://portal.example");
        // The rules of `Clock` are for the product; here the clock has to be that of the other programs.
        let now = DateTime::<Utc>::from(SystemTime::now());
        let response = idp
            .response(&dana, now)
            .to(&service)
            .in_response_to(Self::REQUEST)
            .not_on_or_after(now + Duration::hours(1));
        let xml = response.xml(Sign::Assertion);
        let field = response.sign(Sign::Assertion);
        drop(response);
        Self {
            idp,
            connection,
            service,
            now,
            field,
            xml,
        }
    }

    pub(crate) fn octets(&self) -> usize {
        self.xml.len()
    }

    /// What the programs of others are told, in JSON. Nothing in it needs escaping.
    pub(crate) fn told(&self) -> String {
        let members = [
            ("service", self.service.entity_id.as_str()),
            ("acs", &self.service.acs_url),
            ("idp", &self.idp.entity_id()),
            ("certificate", &self.idp.key().certificate_base64()),
            ("request", Self::REQUEST),
            ("name_id", Self::NAME),
            ("response", &self.field),
        ];
        let members = members.map(|(name, value)| format!("\"{name}\": \"{value}\""));
        format!("{{{}}}", members.join(", "))
    }
}
