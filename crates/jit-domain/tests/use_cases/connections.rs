use jit_domain::{
    connections::{GroupRule, GroupSync},
    error::Rejection,
    portal::{ConnectionDraft, Expected},
};

use crate::world::{World, rejection};

fn draft(world: &World) -> ConnectionDraft {
    let kept = world.connection.clone();
    ConnectionDraft {
        name: kept.name.to_string(),
        slug: None,
        state: kept.state,
        idp: kept.idp,
        attributes: kept.attributes,
        jit: kept.jit,
        group_sync: kept.group_sync,
        enforced_domains: kept.enforced_domains,
        linking: kept.linking,
    }
}

async fn wrong_fields(world: &World, draft: &ConnectionDraft) -> Vec<&'static str> {
    let id = world.connection.id;
    let saved = world
        .portal
        .change_connection(&world.admin, id, Expected::Any, draft)
        .await;
    match rejection(saved) {
        Rejection::Invalid(fields) => fields.iter().map(|field| field.field).collect(),
        other => panic!("expected wrong fields, got {other:?}"),
    }
}

#[tokio::test]
async fn browsers_are_sent_to_addresses_of_the_web_only() {
    let world = World::new().await;
    for bad in [
        "javascript:alert(1)",
        "idp.example/sso",
        "//idp.example",
        "https://idp.example/\r\nset-cookie:a",
    ] {
        let mut draft = draft(&world);
        draft.idp.sso_url = bad.to_owned();
        draft.idp.slo_url = Some(bad.to_owned());
        assert_eq!(
            wrong_fields(&world, &draft).await,
            ["sso_url", "slo_url"],
            "{bad}"
        );
    }
}

/// R14: no value of the provider means a group by accident.
#[tokio::test]
async fn a_rule_without_a_value_is_refused() {
    let world = World::new().await;
    let rule = |value: &str, group| GroupRule {
        value: value.to_owned(),
        group,
    };
    let group = world.group("Engineering").await.id;
    let mut draft = draft(&world);
    draft.group_sync = GroupSync::On(vec![rule("eng", group), rule(" ", group)]);
    assert_eq!(wrong_fields(&world, &draft).await, ["group_sync"]);
}
