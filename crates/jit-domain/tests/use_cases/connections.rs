use jit_domain::{
    connections::{Binding, GroupRule, GroupSync, LogoutEndpoint},
    error::Rejection,
    portal::{ConnectionDraft, ConnectionEditor, Expected},
};

use crate::world::{World, rejection};

async fn wrong_fields(world: &World, draft: &ConnectionDraft) -> Vec<&'static str> {
    let id = world.connection.id;
    let editor = ConnectionEditor::Console(world.admin.clone());
    let saved = world
        .portal
        .change_connection(&editor, id, Expected::Any, draft)
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
        let mut draft = ConnectionDraft::of(&world.connection);
        let idp = draft.idp.as_mut().unwrap();
        idp.sso_url = bad.to_owned();
        idp.slo = Some(LogoutEndpoint {
            url: bad.to_owned(),
            response_url: Some(bad.to_owned()),
            binding: Binding::Redirect,
        });
        assert_eq!(
            wrong_fields(&world, &draft).await,
            ["sso_url", "slo_url", "slo_response_url"],
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
    let mut draft = ConnectionDraft::of(&world.connection);
    draft.group_sync = GroupSync::On(vec![rule("eng", group), rule(" ", group)]);
    assert_eq!(wrong_fields(&world, &draft).await, ["group_sync"]);
}
