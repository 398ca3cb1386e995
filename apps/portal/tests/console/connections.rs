use jit_domain::connections::{ConnectionState, GroupSync, IdpConnection, Switch};
use jit_testkit::idp::IdentityProvider;

use crate::{
    browser::Answer,
    desk::{administrator, group},
    world::World,
};

async fn stored(world: &World) -> Vec<IdpConnection> {
    world
        .app
        .portal
        .list_connections(&world.admin)
        .await
        .unwrap()
}

async fn other(world: &World) -> Option<IdpConnection> {
    stored(world)
        .await
        .into_iter()
        .find(|it| it.id != world.connection.id)
}

async fn create(world: &World, form: &[(&str, &str)]) -> Answer {
    administrator(world)
        .await
        .post("/admin/sso/new", form)
        .await
}

fn pem(provider: &IdentityProvider) -> String {
    let base64 = &provider.description().certificates[0].base64_der;
    format!("-----BEGIN CERTIFICATE-----\n{base64}\n-----END CERTIFICATE-----\n")
}

#[tokio::test]
async fn single_values_make_a_connection_that_is_off_at_first() {
    let world = World::ready().await;
    let provider = IdentityProvider::new("https://entra.example", vec![]);
    let (entity_id, sso_url, certificate) =
        (provider.entity_id(), provider.sso_url(), pem(&provider));
    let location = create(
        &world,
        &[
            ("name", "Entra ID"),
            ("slug", "entra"),
            ("source", "values"),
            ("entity_id", &entity_id),
            ("sso_url", &sso_url),
            ("certificate", &certificate),
            ("jit", "on"),
            ("enforced_domains", "acme.example\n@Partner.example"),
            ("email", "mail"),
        ],
    )
    .await
    .location()
    .to_owned();
    let made = other(&world).await.unwrap();
    assert_eq!(
        (made.state, made.jit, made.linking),
        (ConnectionState::Inactive, Switch::On, Switch::Off)
    );
    assert_eq!(made.enforced_domains.len(), 2);
    assert_eq!(made.attributes.email, ["mail"]);
    assert!(made.attributes.groups.len() > 1);
    let desk = world_desk(&world).await;
    desk.get(&location)
        .await
        .shows("<strong>Created.</strong>")
        .shows("data-copy=\"https://portal.example/sso/saml/entra/acs\"")
        .shows("data-copy=\"https://portal.example/sso/saml/entra/metadata\"")
        .shows(&made.idp.certificates[0].sha256)
        .shows("value=\"keep\" checked")
        .hides("name=\"slug\"");
    let page = location.split('?').next().unwrap();
    let on = desk.post(&format!("{page}/activate"), &[]).await;
    desk.get(on.location()).await.shows("Switched on.");
    assert_eq!(other(&world).await.unwrap().state, ConnectionState::Active);
    let off = desk.post(&format!("{page}/deactivate"), &[]).await;
    desk.get(off.location()).await.shows("Switched off.");
    assert_eq!(
        other(&world).await.unwrap().state,
        ConnectionState::Inactive
    );
}

async fn world_desk(world: &World) -> crate::browser::Browser {
    crate::desk::colleague(
        world,
        "ada",
        jit_domain::console::ConsoleRole::Administrator,
    )
    .await
}

#[tokio::test]
async fn mistakes_are_named_at_their_fields_and_nothing_is_stored() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    for (form, words) in [
        (
            vec![("source", "")],
            "<a href=\"#source\">Identity provider: expected one of the ways below",
        ),
        (
            vec![("source", "keep")],
            "<a href=\"#source\">Identity provider: expected one of the ways below",
        ),
        (
            vec![("source", "document"), ("metadata", "<a>")],
            "<a href=\"#metadata\">Metadata document: expected",
        ),
        (
            vec![("source", "url"), ("metadata_url", "http://plain.example")],
            "<a href=\"#metadata_url\">Metadata URL: expected",
        ),
        (
            vec![("source", "values")],
            "<a href=\"#entity_id\">Entity ID of the provider: expected",
        ),
        (
            vec![("source", "values"), ("sso_url", "javascript:alert(1)")],
            "<a href=\"#sso_url\">Sign-on URL: expected an address such as https://",
        ),
        (
            vec![("source", "values"), ("certificate", "nonsense")],
            "<a href=\"#certificate\">Signing certificate: expected",
        ),
        (
            vec![
                ("source", "values"),
                ("group_sync", "on"),
                ("group_rules", "eng"),
            ],
            "<a href=\"#group_rules\">Group rules: expected lines such as",
        ),
        (
            vec![
                ("source", "values"),
                ("group_sync", "on"),
                ("group_rules", "eng = Nobody"),
            ],
            "Group rules: expected groups that exist, found Nobody.",
        ),
    ] {
        let mut form = form;
        form.push(("name", "Kept name"));
        desk.post("/admin/sso/new", &form)
            .await
            .is(422)
            .shows(words)
            .shows("value=\"Kept name\"");
        assert!(other(&world).await.is_none(), "{form:?}");
    }
}

/// R14: the rules name groups as people do.
#[tokio::test]
async fn what_is_stored_is_kept_while_the_rest_changes() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let engineering = group(&world, "Engineering").await;
    let page = format!("/admin/sso/{}", world.connection.id);
    let form = [
        ("version", "1"),
        ("name", "Okta"),
        ("source", "keep"),
        ("group_sync", "on"),
        ("group_rules", "cn=eng,dc=acme = engineering\n"),
        ("linking", "on"),
    ];
    let location = desk.post(&page, &form).await.location().to_owned();
    let changed = stored(&world).await.remove(0);
    assert_eq!(changed.idp, world.connection.idp);
    assert_eq!(
        (changed.jit, changed.linking, changed.state),
        (Switch::Off, Switch::On, ConnectionState::Active)
    );
    let GroupSync::On(rules) = &changed.group_sync else {
        panic!("off")
    };
    assert_eq!(
        (rules[0].value.as_str(), rules[0].group),
        ("cn=eng,dc=acme", engineering)
    );
    desk.get(&location)
        .await
        .shows("Saved.")
        .shows("cn=eng,dc=acme = Engineering");
}

#[tokio::test]
async fn an_older_form_does_not_replace_what_somebody_else_saved() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let page = format!("/admin/sso/{}", world.connection.id);
    desk.post(
        &page,
        &[("version", "1"), ("name", "Theirs"), ("source", "keep")],
    )
    .await
    .location();
    desk.post(
        &page,
        &[("version", "1"), ("name", "Mine"), ("source", "keep")],
    )
    .await
    .is(409)
    .shows("Somebody else saved this in the meantime.")
    .shows("value=\"Mine\"")
    .shows("name=\"version\" value=\"2\"");
    assert_eq!(stored(&world).await[0].name.as_str(), "Theirs");
}

#[tokio::test]
async fn a_provider_that_is_connected_already_is_refused() {
    let world = World::ready().await;
    let provider = IdentityProvider::new("https://entra.example", vec![]);
    let certificate = pem(&provider);
    let form = [
        ("name", "Twin"),
        ("source", "values"),
        ("entity_id", "https://idp.example/okta"),
        ("sso_url", "https://idp.example/okta/sso"),
        ("certificate", certificate.as_str()),
    ];
    create(&world, &form)
        .await
        .is(409)
        .shows("The name https://idp.example/okta is taken by another identity provider.");
    assert!(other(&world).await.is_none());
}
