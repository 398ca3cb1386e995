use jit_domain::connections::{AttributeMapping, GroupSync, IdpConnection, Switch};

use super::{
    super::form::{FieldNames, Fields},
    ConnectionFields,
};

pub(super) const NAMES: &FieldNames = &[
    ("name", "name", "Name"),
    ("slug", "slug", "Short name"),
    ("source", "source", "Identity provider"),
    ("metadata_url", "metadata_url", "Metadata URL"),
    ("metadata", "metadata", "Metadata document"),
    ("entity_id", "entity_id", "Entity ID of the provider"),
    ("sso_url", "sso_url", "Sign-on URL"),
    ("slo_url", "slo_url", "Logout URL"),
    ("certificate", "certificate", "Signing certificate"),
    ("certificates", "certificate", "Signing certificate"),
    (
        "enforced_domains",
        "enforced_domains",
        "Enforced e-mail domains",
    ),
    ("group_sync", "group_rules", "Group rules"),
];

impl ConnectionFields {
    /// With the attribute names that the well-known providers send.
    pub(super) fn of_new() -> Self {
        Self {
            jit: true,
            ..Self::default()
        }
        .with(&AttributeMapping::default())
    }

    /// `rules` are the group rules with names, one a line.
    pub(super) fn stored(connection: &IdpConnection, rules: String) -> Self {
        let idp = &connection.idp;
        let domains: Vec<_> = connection.enforced_domains.iter().cloned().collect();
        Self {
            name: connection.name.to_string(),
            slug: connection.slug.to_string(),
            entity_id: idp.entity_id.clone(),
            sso_url: idp.sso_url.clone(),
            slo_url: idp.slo_url.clone().unwrap_or_default(),
            jit: connection.jit == Switch::On,
            group_sync: connection.group_sync != GroupSync::Off,
            group_rules: rules,
            linking: connection.linking == Switch::On,
            enforced_domains: domains.join("\n"),
            ..Self::default()
        }
        .with(&connection.attributes)
    }

    pub(super) fn typed(fields: &Fields) -> Self {
        let text = |name| fields.text(name).to_owned();
        Self {
            name: text("name"),
            slug: text("slug"),
            metadata_url: text("metadata_url"),
            metadata: text("metadata"),
            entity_id: text("entity_id"),
            sso_url: text("sso_url"),
            slo_url: text("slo_url"),
            certificate: text("certificate"),
            display_name: text("display_name"),
            email: text("email"),
            groups: text("group_attribute"),
            jit: fields.is_on("jit"),
            group_sync: fields.is_on("group_sync"),
            group_rules: text("group_rules"),
            linking: fields.is_on("linking"),
            enforced_domains: text("enforced_domains"),
        }
    }

    fn with(self, attributes: &AttributeMapping) -> Self {
        Self {
            display_name: attributes.display_name.join("\n"),
            email: attributes.email.join("\n"),
            groups: attributes.groups.join("\n"),
            ..self
        }
    }
}
