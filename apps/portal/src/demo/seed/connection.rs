use std::collections::BTreeSet;

use anyhow::Context;
use jit_domain::{
    Portal,
    connections::{AttributeMapping, ConnectionState, GroupRule, GroupSync, IdpConnection, Switch},
    console::ConsoleCaller,
    ids::IdpConnectionId,
    portal::{ConnectionDraft, Expected},
};
use jit_testkit::idp::IdentityProvider;

use super::groups;

const SLUG: &str = "acme";

/// What the provider calls a group, and what the portal calls it.
const RULES: [(&str, &str); 5] = [
    ("Engineering", "Engineering"),
    ("Finance", "Finance systems"),
    ("Mobile", "Mobile apps"),
    ("Operations", "Operations"),
    ("Partners", "Partners – Europe"),
];

/// The connection, if it was made before.
pub(super) async fn find(
    portal: &Portal,
    caller: &ConsoleCaller,
) -> anyhow::Result<Option<IdpConnection>> {
    let all = portal.list_connections(caller).await?;
    Ok(all.into_iter().find(|made| made.slug.as_str() == SLUG))
}

/// Makes the connection.
pub(super) async fn make(
    portal: &Portal,
    caller: &ConsoleCaller,
    idp: &IdentityProvider,
) -> anyhow::Result<IdpConnectionId> {
    let mut rules = Vec::new();
    for (value, group) in RULES {
        rules.push(GroupRule {
            value: value.to_owned(),
            group: groups::find(portal, caller, group).await?,
        });
    }
    let draft = ConnectionDraft {
        name: "Acme SSO".to_owned(),
        slug: Some(SLUG.to_owned()),
        state: ConnectionState::Active,
        idp: idp.description(),
        attributes: AttributeMapping::default(),
        jit: Switch::On,
        group_sync: GroupSync::On(rules),
        enforced_domains: BTreeSet::new(),
        linking: Switch::Off,
    };
    let made = portal.create_connection(caller, &draft).await;
    Ok(made.context("the connection of the demo")?.id)
}

/// Tells the connection what the provider says of itself now; everything else stays as people left it.
pub(super) async fn refresh(
    portal: &Portal,
    caller: &ConsoleCaller,
    made: IdpConnection,
    idp: &IdentityProvider,
) -> anyhow::Result<IdpConnectionId> {
    let (id, description) = (made.id, idp.description());
    if made.idp != description {
        let draft = ConnectionDraft {
            name: made.name.to_string(),
            slug: None,
            state: made.state,
            idp: description,
            attributes: made.attributes,
            jit: made.jit,
            group_sync: made.group_sync,
            enforced_domains: made.enforced_domains,
            linking: made.linking,
        };
        let expected = Expected::Version(made.version);
        let changed = portal.change_connection(caller, id, expected, &draft).await;
        changed.context("the certificate of the demo's identity provider")?;
    }
    Ok(id)
}
