//! How a login is asked for.

use anyhow::{Result, ensure};
use reqwest::Client;
use serde_json::json;
use workspace_tests::peers::{Settings, Software, fill_in};
use workspace_tests::scene::location;

use crate::meeting::{Meeting, SLUG};

/// The provider refuses what is not signed, and takes what is.
pub(crate) async fn signed(software: &'static Software) -> Result<()> {
    let meeting = Meeting::with_scripts(software).await?;
    let pair = &meeting.pair;
    pair.provider.set(Settings {
        require_signed_requests: true,
        ..Settings::default()
    })?;
    let begun = pair.scene.agent()?;
    let begun = begun.get(&format!("/sso/saml/{SLUG}/login")).await?;
    let http = Client::builder().cookie_store(true).build()?;
    let page = http.get(location(&begun)?).send().await?.text().await?;
    let asks = page.contains(r#"name="password""#);
    ensure!(!asks, "unsigned requests are refused: {page}");

    pair.switch_on("signed_requests").await?;
    meeting.choose(SLUG).await?;
    fill_in(meeting.driver(), &pair.person).await?;
    assert_eq!(meeting.landed().await?, "/discover");
    meeting.end().await
}

/// The request travels in a form if the provider takes no other, signed or not.
pub(crate) async fn posted(software: &'static Software) -> Result<()> {
    let meeting = Meeting::with_scripts(software).await?;
    let pair = &meeting.pair;
    pair.provider.set(Settings {
        post_binding_only: true,
        ..Settings::default()
    })?;
    let body = json!({"metadata_xml": pair.provider.metadata_xml().await?});
    pair.change(&pair.connection, &body).await?;
    meeting.choose(SLUG).await?;
    fill_in(meeting.driver(), &pair.person).await?;
    assert_eq!(meeting.landed().await?, "/discover");

    pair.switch_on("signed_requests").await?;
    pair.provider.set(Settings {
        post_binding_only: true,
        require_signed_requests: true,
        ..Settings::default()
    })?;
    meeting.choose(SLUG).await?;
    assert_eq!(meeting.landed().await?, "/discover");
    meeting.end().await
}
