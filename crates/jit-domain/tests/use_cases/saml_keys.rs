use jit_domain::{
    connections::SigningCertificate, error::Source, saml_keys::PrivateKey, values::Timestamp,
};

use crate::world::World;

#[expect(clippy::unnecessary_wraps, reason = "the use case takes what may fail")]
fn generate() -> Result<(PrivateKey, SigningCertificate), Source> {
    Ok((
        PrivateKey(vec![1, 2, 3]),
        SigningCertificate {
            base64_der: "MIIB".to_owned(),
            sha256: "aa".to_owned(),
            not_after: Timestamp::UNIX_EPOCH,
        },
    ))
}

#[tokio::test]
async fn the_first_start_makes_a_key_and_later_ones_find_it() {
    let world = World::new().await;
    let slug = &world.workspace.slug;
    let first = world.portal.open_saml_keys(slug, generate).await.unwrap();
    let second = world.portal.open_saml_keys(slug, generate).await.unwrap();
    assert_eq!(first.len(), 1);
    assert_eq!(first, second);
    let shown = format!("{:?}", first[0]);
    assert!(shown.contains("PrivateKey(…)"), "{shown}");
}

#[tokio::test]
async fn a_key_that_cannot_be_made_is_an_error_and_leaves_nothing() {
    let world = World::new().await;
    let slug = &world.workspace.slug;
    let failed = world
        .portal
        .open_saml_keys(slug, || Err("no entropy".into()))
        .await;
    assert!(failed.is_err());
    assert!(world.portal.open_saml_keys(slug, generate).await.is_ok());
}
