//! A connection from its first form to the switch, one step after another.

use jit_domain::connections::{
    ConnectionState, GroupSync, IdpConnection, MetadataSource, Provider, Switch,
};
use jit_domain::console::{ApproverScope, ConsoleRole};
use jit_testkit::idp::IdentityProvider;

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

/// The page of a connection that was just made, and its desk.
async fn made(world: &World, form: &[(&str, &str)]) -> (Browser, String, IdpConnection) {
    let desk = administrator(world).await;
    let answer = desk.post("/admin/sso/new", form).await;
    let page = answer.location().split('?').next().unwrap().to_owned();
    let all = world.app.portal.list_connections(&world.admin).await;
    let mut all = all.unwrap().into_iter();
    let made = all.find(|it| page.ends_with(&it.id.to_string())).unwrap();
    (desk, page, made)
}

fn pem(provider: &IdentityProvider) -> String {
    let base64 = &provider.description().certificates[0].base64_der;
    format!("-----BEGIN CERTIFICATE-----\n{base64}\n-----END CERTIFICATE-----\n")
}

#[tokio::test]
async fn which_provider_it_is_makes_a_connection_that_is_off_and_knows_nothing_yet() {
    let world = World::ready().await;
    let (desk, page, made) = made(&world, &[("provider", "entra-id"), ("slug", "entra")]).await;
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

/// Google has no address for its metadata, only a file.
#[tokio::test]
async fn a_provider_without_a_metadata_url_is_not_offered_one() {
    let world = World::ready().await;
    let (desk, page, _) = made(&world, &[("provider", "google-workspace")]).await;
    desk.get(&page)
        .await
        .shows("value=\"document\" checked")
        .hides("value=\"url\"");
    let (desk, page, _) = self::made(&world, &[("provider", "okta"), ("slug", "o2")]).await;
    desk.get(&page).await.shows("value=\"url\" checked");
}

#[tokio::test]
async fn single_values_describe_the_provider_and_open_the_next_steps() {
    let world = World::ready().await;
    let (desk, page, _) = made(&world, &[("provider", "other"), ("name", "Acme ID")]).await;
    let provider = IdentityProvider::new("https://entra.example", vec![]);
    let certificate = pem(&provider);
    let (entity_id, sso_url) = (provider.entity_id(), provider.sso_url());
    let form = [
        ("version", "1"),
        ("source", "values"),
        ("entity_id", entity_id.as_str()),
        ("sso_url", &sso_url),
        ("sso_binding", "post"),
        ("certificate", &certificate),
    ];
    let saved = desk.post(&format!("{page}/metadata"), &form).await;
    assert_eq!(
        saved.location(),
        format!("{page}?done=metadata#step-metadata")
    );
    let fingerprint = &provider.description().certificates[0].sha256[..2];
    desk.get(&format!("{page}?done=metadata"))
        .await
        .shows("This is what the provider says of itself.")
        .shows(&sso_url)
        .shows("by POST")
        .shows(&format!("{}:", fingerprint.to_uppercase()))
        .shows("id=\"step-test\" open")
        .shows(&format!("href=\"{page}/test\" target=\"_blank\""))
        .shows("Switch on without a test");
    let on = desk.post(&format!("{page}/activate"), &[]).await;
    let place = on.location().split('#').next().unwrap();
    desk.get(place)
        .await
        .shows("Switched on.")
        .shows("Continue with Acme ID");
    let off = desk.post(&format!("{page}/deactivate"), &[]).await;
    let place = off.location().split('#').next().unwrap();
    desk.get(place).await.shows("Switched off.");
}

/// A provider changes its certificate: the new one comes beside the old one, which goes later.
#[tokio::test]
async fn certificates_are_added_beside_those_that_stay_and_taken_out() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let page = format!("/admin/sso/{}/metadata", world.connection.id);
    let provider = IdentityProvider::new("https://entra.example", vec![]);
    let (certificate, entity_id) = (pem(&provider), world.entity_id());
    let old = "0".repeat(64);
    let form = |version, keep, certificate| {
        [
            ("version", version),
            ("source", "values"),
            ("entity_id", &*entity_id),
            ("sso_url", "https://idp.example/okta/sso"),
            ("keep", keep),
            ("certificate", certificate),
        ]
        .map(|(name, value): (&str, &str)| (name, value.to_owned()))
    };
    let send = async |form: [(&str, String); 6]| {
        let form: Vec<_> = form
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        desk.post(&page, &form).await
    };
    send(form("1", &old, &certificate)).await.location();
    let both = stored(&world).await.idp.unwrap().certificates;
    assert_eq!(both.len(), 2);
    let new = &both[1].sha256;
    send(form("2", new, "")).await.location();
    assert_eq!(stored(&world).await.idp.unwrap().certificates, both[1..]);
    send(form("3", "", ""))
        .await
        .is(422)
        .shows("<a href=\"#certificate\">Signing certificate: expected at least one");
}

#[tokio::test]
async fn mistakes_are_named_at_their_fields_and_nothing_is_stored() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    for (step, form, words) in [
        (
            "about",
            vec![("name", "")],
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
    let (desk, page, made) = made(&world, &[("provider", "okta"), ("slug", "second")]).await;
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

#[tokio::test]
async fn a_provider_that_is_connected_already_is_refused() {
    let world = World::ready().await;
    let (desk, page, made) = made(&world, &[("provider", "other"), ("name", "Twin")]).await;
    let certificate = pem(&IdentityProvider::new("https://entra.example", vec![]));
    let form = [
        ("version", "1"),
        ("source", "values"),
        ("entity_id", "https://idp.example/okta"),
        ("sso_url", "https://idp.example/okta/sso"),
        ("certificate", certificate.as_str()),
    ];
    desk.post(&format!("{page}/metadata"), &form)
        .await
        .is(409)
        .shows("The name https://idp.example/okta is taken by another identity provider.");
    let find = world.app.portal.find_connection(&world.admin, made.id);
    assert!(find.await.unwrap().idp.is_none());
}

/// The background reads it as well; this is for whoever does not want to wait.
#[tokio::test]
async fn metadata_that_cannot_be_read_again_says_why_and_keeps_what_is_known() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    world
        .put(IdpConnection {
            version: world.connection.version.next(),
            metadata: MetadataSource::Url {
                url: "http://127.0.0.1:1/metadata".to_owned(),
                problem: None,
            },
            ..world.connection.clone()
        })
        .await;
    let page = format!("/admin/sso/{}", world.connection.id);
    desk.get(&page).await.shows("Read again now");
    let read = desk.post(&format!("{page}/refresh"), &[]).await;
    assert_eq!(
        read.location(),
        format!("{page}?done=read-failed#step-metadata")
    );
    let words = "The metadata of Sign in with okta cannot be read.";
    desk.get(&format!("{page}?done=read-failed"))
        .await
        .shows(words)
        .shows("id=\"step-metadata\" open");
    desk.get("/admin").await.shows(words);
    assert_eq!(stored(&world).await.idp, world.connection.idp);
}
