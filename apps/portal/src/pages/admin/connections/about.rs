//! The name of a connection, and which product the provider is.

use jit_domain::{connections::IdpConnection, error::InvalidField, portal::ConnectionDraft};
use jit_idp::profiles::profile;

use super::{
    super::form::{FieldNames, Fields},
    providers,
};
use crate::pages::view::Entry;

pub(super) const NAMES: &FieldNames = &[
    ("name", "name", "Name"),
    ("slug", "slug", "Short name"),
    ("provider", "provider", "Identity provider"),
];

#[derive(Clone, Debug, Default)]
pub struct AboutForm {
    pub name: String,
    pub slug: String,
    pub providers: Vec<Entry>,
}

impl AboutForm {
    pub(super) fn stored(connection: &IdpConnection) -> Self {
        Self {
            name: connection.name.to_string(),
            slug: connection.slug.to_string(),
            providers: providers::entries(profile(connection.provider).slug),
        }
    }

    /// The short name stays, so it is not sent.
    pub(super) fn typed(fields: &Fields, connection: &IdpConnection) -> Self {
        Self {
            name: fields.text("name").to_owned(),
            providers: providers::entries(fields.text("provider")),
            ..Self::stored(connection)
        }
    }
}

/// What the form asks for. Names of attributes stay as they are, for somebody may have chosen them.
pub(super) fn read(
    fields: &Fields,
    before: ConnectionDraft,
) -> Result<ConnectionDraft, InvalidField> {
    Ok(ConnectionDraft {
        name: fields.text("name").to_owned(),
        provider: provider(fields)?,
        ..before
    })
}

pub(super) fn provider(fields: &Fields) -> Result<jit_domain::connections::Provider, InvalidField> {
    let chosen = fields.text("provider");
    let expected = "one of those in the list";
    providers::parse(chosen).ok_or_else(|| InvalidField::new("provider", expected, chosen))
}
