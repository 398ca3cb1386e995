//! Which attribute carries what, and what the messages have to be like.

use jit_domain::{
    connections::{IdpConnection, Provider, SamlOptions, Switch},
    portal::ConnectionDraft,
};
use jit_idp::profiles::{Carried, profile};

use super::super::form::{FieldNames, Fields};

pub(super) const NAMES: &FieldNames = &[
    ("subject", "subject", "Who the person is"),
    ("display_name", "display_name", "Display name"),
    ("email", "email", "E-mail address"),
    ("groups", "group_attribute", "Groups"),
];

#[derive(Clone, Debug, Default)]
pub struct AttributesForm {
    /// Attribute names, one a line; the first that is present counts.
    pub display_name: String,
    pub email: String,
    pub groups: String,
    /// Empty for the `NameID`.
    pub subject: String,
    /// Names that this provider sends, for each of them.
    pub offered: Offered,
    pub signed_assertions: bool,
    pub signed_requests: bool,
    pub idp_initiated: bool,
}

/// What the provider calls things, as hints.
#[derive(Clone, Debug, Default)]
pub struct Offered {
    pub provider: &'static str,
    pub display_name: String,
    pub email: String,
    pub groups: String,
    pub subjects: Vec<&'static str>,
    /// Its metadata asks for signed requests.
    pub wants_signed_requests: bool,
}

impl Offered {
    fn by(connection: &IdpConnection) -> Self {
        let profile = profile(connection.provider);
        // The fields hold the usual names already, and there are many.
        let usually = |names: &[&str]| match connection.provider {
            Provider::Other => String::new(),
            _ => format!("Usually {}.", names.join(", ")),
        };
        let claims = profile.claims.iter();
        let subjects = claims
            .filter(|claim| claim.carries == Carried::Subject)
            .map(|claim| claim.name);
        Self {
            provider: match connection.provider {
                Provider::Other => "a provider",
                _ => profile.name,
            },
            display_name: usually(profile.display_name),
            email: usually(profile.email),
            groups: usually(profile.groups),
            subjects: profile.subject.into_iter().chain(subjects).collect(),
            wants_signed_requests: (connection.idp.as_ref())
                .is_some_and(|idp| idp.wants_signed_requests),
        }
    }
}

impl AttributesForm {
    pub(super) fn stored(connection: &IdpConnection) -> Self {
        let (attributes, saml) = (&connection.attributes, &connection.saml);
        Self {
            display_name: attributes.display_name.join("\n"),
            email: attributes.email.join("\n"),
            groups: attributes.groups.join("\n"),
            subject: saml.subject.clone().unwrap_or_default(),
            offered: Offered::by(connection),
            signed_assertions: saml.signed_assertions == Switch::On,
            signed_requests: saml.signed_requests == Switch::On,
            idp_initiated: saml.idp_initiated == Switch::On,
        }
    }

    pub(super) fn typed(fields: &Fields, connection: &IdpConnection) -> Self {
        let text = |name| fields.text(name).to_owned();
        Self {
            display_name: text("display_name"),
            email: text("email"),
            groups: text("group_attribute"),
            subject: text("subject"),
            signed_assertions: fields.is_on("signed_assertions"),
            signed_requests: fields.is_on("signed_requests"),
            idp_initiated: fields.is_on("idp_initiated"),
            ..Self::stored(connection)
        }
    }
}

/// What is left empty is what the provider sends.
pub(super) fn read(fields: &Fields, before: ConnectionDraft) -> ConnectionDraft {
    let mut attributes = profile(before.provider).attribute_mapping();
    for (names, field) in [
        (&mut attributes.display_name, "display_name"),
        (&mut attributes.email, "email"),
        (&mut attributes.groups, "group_attribute"),
    ] {
        let typed = fields.lines(field);
        if !typed.is_empty() {
            *names = typed;
        }
    }
    ConnectionDraft {
        attributes,
        saml: SamlOptions {
            subject: fields.some("subject"),
            signed_assertions: fields.switch("signed_assertions"),
            signed_requests: fields.switch("signed_requests"),
            idp_initiated: fields.switch("idp_initiated"),
        },
        ..before
    }
}
