use anyhow::Context;
use jit_domain::{
    Portal,
    connections::{
        ConnectionState, GroupRule, GroupSync, IdpConnection, Provider, ServiceProvider,
    },
    console::ConsoleCaller,
    ids::IdpConnectionId,
    portal::{ConnectionDraft, ConnectionEditor, Expected},
    values::Slug,
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

/// The portal towards its provider.
pub fn service(public_url: &str) -> ServiceProvider {
    ServiceProvider::at(&Slug::restore(SLUG.to_owned()), public_url)
}

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
        slug: Some(SLUG.to_owned()),
        state: ConnectionState::Active,
        idp: Some(idp.description()),
        group_sync: GroupSync::On(rules),
        ..ConnectionDraft::new("Acme SSO", Provider::Other)
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
    let (id, description) = (made.id, Some(idp.description()));
    if made.idp != description {
        let draft = ConnectionDraft {
            idp: description,
            ..ConnectionDraft::of(&made)
        };
        let editor = ConnectionEditor::Console(caller.clone());
        let expected = Expected::Version(made.version);
        let changed = portal
            .change_connection(&editor, id, expected, &draft)
            .await;
        changed.context("the certificate of the demo's identity provider")?;
    }
    Ok(id)
}
