//! What does not work, and says why.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use workspace_tests::peers::{Software, answer, fill_in, send_answer};

use crate::meeting::{Meeting, SLUG, metadata_of, text};

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
    meeting.pair.change(other, &here).await?;
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
    let pair = &meeting.pair;
    pair.change(&pair.connection, &key).await?;
    meeting.choose(SLUG).await?;
    send_answer(driver).await?;
    meeting.refused_with("signature_invalid").await?;
    meeting.end().await
}
