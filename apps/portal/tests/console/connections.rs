//! A connection from its first form to the switch, one step after another.

use jit_domain::connections::{ConnectionState, GroupSync, IdpConnection, Provider, Switch};
use jit_domain::console::{ApproverScope, ConsoleRole};

use crate::{
    browser::Browser,
    desk::{administrator, group},
    world::World,
};

pub(crate) async fn stored(world: &World) -> IdpConnection {
    let id = world.connection.id;
    let found = world.app.portal.find_connection(&world.admin, id).await;
    found.unwrap()
}

/// The page of a connection that was just made, and the connection.
pub(crate) async fn made(
    world: &World,
    desk: &Browser,
    form: &[(&str, &str)],
) -> (String, IdpConnection) {
    let answer = desk.post("/admin/sso/new", form).await;
    let page = answer.location().split('?').next().unwrap().to_owned();
    let all = world.app.portal.list_connections(&world.admin).await;
    let mut all = all.unwrap().into_iter();
    let made = all.find(|it| page.ends_with(&it.id.to_string())).unwrap();
    (page, made)
}

#[tokio::test]
async fn which_provider_it_is_makes_a_connection_that_is_off_and_knows_nothing_yet() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let (page, made) = made(
        &world,
        &desk,
        &[("provider", "entra-id"), ("slug", "entra")],
    )
    .await;
    assert_eq!(
        (made.state, made.provider, made.name.as_str()),
        (
            ConnectionState::Inactive,
            Provider::EntraId,
            "Microsoft Entra ID"
        )
    );
    assert!(made.idp.is_none());
    let by_claim = "http://schemas.microsoft.com/identity/claims/objectidentifier";
    assert_eq!(made.saml.subject.as_deref(), Some(by_claim));
    desk.get(&format!("{page}?done=created"))
        .await
        .is(200)
        .shows("<strong>Created.</strong>")
        .shows("id=\"step-values\" open")
        .shows("In the Microsoft Entra admin center:")
        .shows("<strong>Identifier (Entity ID)</strong>")
        .shows("data-copy=\"https://portal.example/sso/saml/entra/acs\"")
        .shows("data-copy=\"https://portal.example/sso/saml/entra/metadata\"")
        .shows("-----BEGIN CERTIFICATE-----")
        .shows("Not read yet")
        .hides("href=\"/admin/sso/log?connection=")
        .hides("/test\"")
        .hides("/activate\"");
}

#[tokio::test]
async fn a_new_connection_without_a_provider_or_with_a_taken_name_comes_back() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    desk.post("/admin/sso/new", &[("name", "Kept name")])
        .await
        .is(422)
        .shows("<a href=\"#provider\">Identity provider: expected one of those in the list")
        .shows("value=\"Kept name\"");
    desk.post("/admin/sso/new", &[("provider", "other")])
        .await
        .is(422)
        .shows("<a href=\"#name\">Name: expected");
    desk.post("/admin/sso/new", &[("provider", "okta"), ("slug", "okta")])
        .await
        .is(409)
        .shows("The name okta is taken by another identity provider.")
        .shows("value=\"okta\" checked");
}

#[tokio::test]
async fn mistakes_are_named_at_their_fields_and_nothing_is_stored() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    for (step, form, words) in [
        (
            "about",
            vec![("name", ""), ("provider", "okta")],
            "<a href=\"#name\">Name: expected",
        ),
        (
            "about",
            vec![("name", "x"), ("provider", "nobody")],
            "<a href=\"#provider\">Identity provider: expected one of those in the list, found nobody",
        ),
        (
            "metadata",
            vec![],
            "<a href=\"#source\">Where it comes from: expected one of the ways below",
        ),
        (
            "metadata",
            vec![("source", "document"), ("metadata", "<a>")],
            "<a href=\"#metadata\">Metadata document: expected",
        ),
        (
            "metadata",
            vec![("source", "url"), ("metadata_url", "http://plain.example")],
            "<a href=\"#metadata_url\">Metadata URL: expected",
        ),
        (
            "metadata",
            vec![("source", "values")],
            "<a href=\"#entity_id\">Entity ID of the provider: expected",
        ),
        (
            "metadata",
            vec![("source", "values"), ("sso_url", "javascript:alert(1)")],
            "<a href=\"#sso_url\">Sign-on URL: expected an address such as https://",
        ),
        (
            "metadata",
            vec![("source", "values"), ("certificate", "nonsense")],
            "<a href=\"#certificate\">Signing certificate: expected",
        ),
        (
            "people",
            vec![("group_sync", "on"), ("group_rules", "eng")],
            "<a href=\"#group_rules\">Group rules: expected lines such as",
        ),
        (
            "people",
            vec![("group_sync", "on"), ("group_rules", "eng = Nobody")],
            "Group rules: expected groups that exist, found Nobody.",
        ),
        (
            "people",
            vec![("enforced_domains", "nonsense")],
            "<a href=\"#enforced_domains\">Enforced e-mail domains: expected a domain",
        ),
        (
            "people",
            vec![("console_roles", "admins = owner")],
            "<a href=\"#console_roles\">Console roles: expected administrator, approver",
        ),
    ] {
        let page = format!("/admin/sso/{}/{step}", world.connection.id);
        let form = [vec![("version", "1")], form].concat();
        desk.post(&page, &form)
            .await
            .is(422)
            .shows("<title>Error: ")
            .shows(words)
            .shows(&format!("id=\"step-{step}\" open"));
        assert_eq!(stored(&world).await, world.connection, "{form:?}");
    }
}

/// R12, R14, R24: one form says who the people are.
#[tokio::test]
async fn people_are_made_grouped_bound_and_let_into_the_console() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let (engineering, orders) = (group(&world, "Engineering").await, world.orders().await);
    let page = format!("/admin/sso/{}", world.connection.id);
    let form = [
        ("version", "1"),
        ("group_sync", "on"),
        ("group_rules", "cn=eng,dc=acme = engineering\n"),
        ("enforced_domains", "acme.example\n@Partner.example"),
        ("linking", "on"),
        (
            "console_roles",
            "admins = administrator\nbuyers = approver of orders\nall = approver",
        ),
    ];
    desk.post(&format!("{page}/people"), &form).await.location();
    let changed = stored(&world).await;
    assert_eq!(changed.idp, world.connection.idp);
    assert_eq!(
        (changed.jit, changed.linking, changed.state),
        (Switch::Off, Switch::On, ConnectionState::Active)
    );
    assert!(changed.enforced_domains.contains("partner.example"));
    let GroupSync::On(rules) = &changed.group_sync else {
        panic!("off")
    };
    assert_eq!(
        (rules[0].value.as_str(), rules[0].group),
        ("cn=eng,dc=acme", engineering)
    );
    let roles: Vec<_> = changed.console_roles.iter().map(|it| &it.role).collect();
    assert_eq!(roles[0], &ConsoleRole::Administrator);
    let some = ApproverScope::Collections([orders.id].into());
    assert_eq!(roles[1], &ConsoleRole::Approver(some));
    desk.get(&format!("{page}?done=people"))
        .await
        .shows("Saved.")
        .shows("JIT off, groups, 2 domains, console")
        .shows("cn=eng,dc=acme = Engineering")
        .shows("buyers = approver of orders");
}

#[tokio::test]
async fn attributes_left_empty_are_what_the_provider_sends() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let (page, made) = made(&world, &desk, &[("provider", "okta"), ("slug", "second")]).await;
    let form = [
        ("version", "1"),
        ("email", "mail\n"),
        ("subject", " userId "),
        ("idp_initiated", "on"),
    ];
    desk.post(&format!("{page}/attributes"), &form)
        .await
        .location();
    let find = world.app.portal.find_connection(&world.admin, made.id);
    let changed = find.await.unwrap();
    assert_eq!(changed.attributes.email, ["mail"]);
    assert_eq!(changed.attributes.groups, made.attributes.groups);
    assert_eq!(changed.saml.subject.as_deref(), Some("userId"));
    assert_eq!(
        (changed.saml.idp_initiated, changed.saml.signed_requests),
        (Switch::On, Switch::Off)
    );
    desk.get(&page).await.shows("Your own names");
}

#[tokio::test]
async fn an_older_form_does_not_replace_what_somebody_else_saved() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let page = format!("/admin/sso/{}/about", world.connection.id);
    let form = |version, name| [("version", version), ("name", name), ("provider", "okta")];
    desk.post(&page, &form("1", "Theirs")).await.location();
    desk.post(&page, &form("1", "Mine"))
        .await
        .is(409)
        .shows("Somebody else saved this in the meantime.")
        .shows("value=\"Mine\"")
        .shows("name=\"version\" value=\"2\"");
    assert_eq!(stored(&world).await.name.as_str(), "Theirs");
}
