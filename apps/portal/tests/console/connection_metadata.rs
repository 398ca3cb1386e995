//! What a provider says of itself: read, given by hand, and read again.

use jit_domain::connections::{IdpConnection, MetadataSource};
use jit_testkit::idp::IdentityProvider;

use crate::{
    connections::{made, stored},
    desk::administrator,
    world::World,
};

fn pem(provider: &IdentityProvider) -> String {
    let base64 = &provider.description().certificates[0].base64_der;
    format!("-----BEGIN CERTIFICATE-----\n{base64}\n-----END CERTIFICATE-----\n")
}

/// Google has no address for its metadata, only a file.
#[tokio::test]
async fn a_provider_without_a_metadata_url_is_not_offered_one() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let (page, _) = made(&world, &desk, &[("provider", "google-workspace")]).await;
    desk.get(&page)
        .await
        .shows("value=\"document\" checked")
        .hides("value=\"url\"");
    let (page, _) = made(&world, &desk, &[("provider", "okta"), ("slug", "o2")]).await;
    desk.get(&page).await.shows("value=\"url\" checked");
}

#[tokio::test]
async fn single_values_describe_the_provider_and_open_the_next_steps() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let (page, _) = made(&world, &desk, &[("provider", "other"), ("name", "Acme ID")]).await;
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
async fn a_provider_that_is_connected_already_is_refused() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let (page, made) = made(&world, &desk, &[("provider", "other"), ("name", "Twin")]).await;
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
