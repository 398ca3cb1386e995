use anyhow::Context;
use jit_domain::{
    Portal,
    catalogue::{ApiCollection, Audience, Publication},
    console::ConsoleCaller,
    portal::{CollectionDraft, Expected},
};

use super::groups;
use crate::demo::documents::{COLLECTIONS, DemoCollection};

/// Makes and publishes the collections that are missing.
pub(super) async fn make(
    portal: &Portal,
    caller: &ConsoleCaller,
    upstream: &str,
) -> anyhow::Result<()> {
    let present = portal.list_collections(caller).await?;
    for demo in &COLLECTIONS {
        let made = match present.iter().find(|c| c.slug.as_str() == demo.slug) {
            Some(made) => made.clone(),
            None => create(portal, caller, demo, upstream)
                .await
                .context(demo.slug)?,
        };
        if made.publication == Publication::Draft {
            portal
                .set_publication(caller, made.id, Publication::Published)
                .await
                .context(demo.slug)?;
        }
    }
    Ok(())
}

async fn create(
    portal: &Portal,
    caller: &ConsoleCaller,
    demo: &DemoCollection,
    upstream: &str,
) -> anyhow::Result<ApiCollection> {
    let audience = match demo.audience {
        None => Audience::Everyone,
        Some(group) => Audience::Groups([groups::find(portal, caller, group).await?].into()),
    };
    let draft = CollectionDraft {
        document: Some(demo.document.to_owned()),
        slug: Some(demo.slug.to_owned()),
        owner: Some(demo.owner.to_owned()),
        tags: Some(demo.tags.iter().map(|&tag| tag.to_owned()).collect()),
        upstream: Some(address(upstream, demo.slug)),
        audience: Some(audience),
        ..CollectionDraft::default()
    };
    Ok(portal.create_collection(caller, &draft).await?)
}

/// Follows the demo to another port; what an administrator has pointed elsewhere stays there.
pub(super) async fn move_upstreams(
    portal: &Portal,
    caller: &ConsoleCaller,
    upstream: &str,
) -> anyhow::Result<()> {
    for collection in portal.list_collections(caller).await? {
        let slug = collection.slug.as_str();
        let now = address(upstream, slug);
        let is_ours = COLLECTIONS.iter().any(|demo| demo.slug == slug)
            && is_loopback(&collection.upstream, slug);
        if is_ours && collection.upstream != now {
            let draft = CollectionDraft {
                upstream: Some(now),
                ..CollectionDraft::default()
            };
            portal
                .change_collection(caller, collection.id, Expected::Any, &draft)
                .await?;
        }
    }
    Ok(())
}

fn address(upstream: &str, slug: &str) -> String {
    format!("{}/{slug}", upstream.trim_end_matches('/'))
}

/// Whether the address is `http://127.0.0.1:PORT/slug`.
fn is_loopback(address: &str, slug: &str) -> bool {
    let rest = address.strip_prefix("http://127.0.0.1:");
    let port = rest.and_then(|rest| rest.strip_suffix(slug)?.strip_suffix('/'));
    port.is_some_and(|port| port.parse::<u16>().is_ok())
}
