//! What does not work, and says why.

use anyhow::{Context, Result, ensure};
use jit_testkit::idp::{IdpKey, Sign};
use reqwest::{Client, Method, Url};
use serde_json::{Value, json};
use workspace_tests::peers::{Settings, Software, answer, fill_in, send_answer};
use workspace_tests::scene::location;

use crate::meeting::{Meeting, Pair, SLUG, metadata_of, text};

/// The connection of the scene belongs to another provider.
const OTHER: &str = "acme";

pub(crate) async fn another_provider(software: &'static Software) -> Result<()> {
    let meeting = Meeting::without_scripts(software).await?;
    let driver = meeting.driver();
    let connections = meeting.pair.scene.get("/idp-connections").await?;
    let connections = connections["items"].as_array().context("a list")?;
    let other = connections.iter().find(|found| found["slug"] == OTHER);
    let other = other.context("the scene has a connection")?;
    meeting
        .pair
        .provider
        .trust(OTHER, &metadata_of(other).await?)?;

    // People of the other connection are led here, and the answer fits in everything but its author.
    let here = json!({"sso_url": meeting.pair.connection["idp"]["sso_url"]});
    change(&meeting, other, &here).await?;
    meeting.choose(OTHER).await?;
    fill_in(driver, &meeting.pair.person).await?;
    let xml = answer(driver).await?;
    for field in ["/sp/acs_url", "/sp/entity_id"] {
        let theirs = text(other, field)?;
        ensure!(xml.contains(&theirs), "{theirs} is not in {xml}");
    }
    send_answer(driver).await?;
    meeting.refused_with("issuer_mismatch").await?;

    // The right name, and a key that this connection does not pin.
    let key = json!({"certificates": [text(other, "/idp/certificates/0/base64_der")?]});
    change(&meeting, &meeting.pair.connection, &key).await?;
    meeting.choose(SLUG).await?;
    send_answer(driver).await?;
    meeting.refused_with("signature_invalid").await?;
    meeting.end().await
}

async fn change(meeting: &Meeting, connection: &Value, body: &Value) -> Result<()> {
    let path = format!("/idp-connections/{}", text(connection, "/id")?);
    let changed = meeting.pair.scene.api(Method::PATCH, &path).json(body);
    changed.send().await?.error_for_status()?;
    Ok(())
}

pub(crate) async fn not_supported(software: &'static Software) -> Result<()> {
    let meeting = Meeting::without_scripts(software).await?;
    begun_at_the_provider(&meeting).await?;
    encrypted(&meeting).await?;
    meeting.end().await
}

async fn begun_at_the_provider(meeting: &Meeting) -> Result<()> {
    let driver = meeting.driver();
    let entity_id = text(&meeting.pair.connection, "/sp/entity_id")?;
    let start = meeting.pair.provider.start_url(&entity_id, Some("/apis"))?;
    driver.goto(start.as_str()).await?;
    fill_in(driver, &meeting.pair.person).await?;
    let xml = answer(driver).await?;
    ensure!(!xml.contains("InResponseTo"), "it answers nothing: {xml}");
    send_answer(driver).await?;
    meeting.refused_with("in_response_to_missing").await
}

async fn encrypted(meeting: &Meeting) -> Result<()> {
    let driver = meeting.driver();
    let metadata = metadata_of(&meeting.pair.connection).await?;
    let provider = &meeting.pair.provider;
    provider.trust(SLUG, &with_encryption_key(&metadata))?;
    provider.set(Settings {
        encrypt: true,
        ..Settings::signing(Sign::Both)
    })?;
    meeting.choose(SLUG).await?;
    let xml = answer(driver).await?;
    let is_hidden =
        !xml.contains(&meeting.pair.person.email) && !xml.contains("AttributeStatement");
    ensure!(
        is_hidden && xml.contains("EncryptedAssertion"),
        "not encrypted: {xml}"
    );
    send_answer(driver).await?;
    meeting.refused_with("encrypted_unsupported").await
}

/// Our metadata as if we could decrypt.
fn with_encryption_key(metadata: &str) -> String {
    let certificate = IdpKey::rsa().certificate_base64();
    let key = format!(
        r#"<md:KeyDescriptor use="encryption"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"#
    );
    let first = "<md:AssertionConsumerService";
    metadata.replacen(first, &format!("{key}{first}"), 1)
}

pub(crate) async fn requests(software: &'static Software) -> Result<()> {
    let pair = Pair::arranged(software).await?;
    let begun = pair.scene.agent()?;
    let begun = begun.get(&format!("/sso/saml/{SLUG}/login")).await?;
    let unsigned = without_signature(&location(&begun)?)?;
    let asks_who_it_is = async || {
        let http = Client::builder().cookie_store(true).build()?;
        let page = http.get(unsigned.clone()).send().await?.text().await?;
        anyhow::Ok(page.contains(r#"name="password""#))
    };
    ensure!(asks_who_it_is().await?, "unsigned requests are answered");
    pair.provider.set(Settings {
        require_signed_requests: true,
        ..Settings::default()
    })?;
    ensure!(!asks_who_it_is().await?, "signed requests are required");

    let endpoint = async |binding: &str| {
        let xml = pair.provider.metadata_xml().await?;
        let endpoints = xml
            .split('<')
            .filter(|tag| tag.contains("SingleSignOnService"));
        anyhow::Ok(endpoints.filter(|tag| tag.contains(binding)).count())
    };
    assert_eq!(endpoint(":HTTP-Redirect").await?, 1);
    assert_eq!(endpoint(":HTTP-POST").await?, 1);
    pair.provider.set(Settings {
        post_binding_only: true,
        ..Settings::default()
    })?;
    assert_eq!(endpoint(":HTTP-Redirect").await?, 0);
    assert_eq!(endpoint(":HTTP-POST").await?, 1);
    Ok(())
}

fn without_signature(url: &str) -> Result<Url> {
    let mut url: Url = url.parse()?;
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| name != "SigAlg" && name != "Signature")
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    url.query_pairs_mut().clear().extend_pairs(kept);
    Ok(url)
}
