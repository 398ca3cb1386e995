//! Encrypted assertions.

use anyhow::{Context, Result, ensure};
use jit_testkit::idp::Sign;
use workspace_tests::peers::{Settings, Software, answer, fill_in, send_answer};

use crate::meeting::{Meeting, SLUG};

pub(crate) async fn opened(software: &'static Software) -> Result<()> {
    let meeting = Meeting::without_scripts(software).await?;
    let driver = meeting.driver();
    meeting.pair.provider.set(Settings {
        encrypt: true,
        ..Settings::signing(Sign::Both)
    })?;
    meeting.choose(SLUG).await?;
    fill_in(driver, &meeting.pair.person).await?;
    let xml = answer(driver).await?;
    let is_hidden =
        !xml.contains(&meeting.pair.person.email) && !xml.contains("AttributeStatement");
    ensure!(
        is_hidden && xml.contains("EncryptedAssertion"),
        "not encrypted: {xml}"
    );
    send_answer(driver).await?;
    let landed = meeting.landed().await;
    ensure!(landed.with_context(|| xml)? == "/discover");
    let people = meeting.pair.scene.all("/end-users").await?;
    let email = &meeting.pair.person.email;
    ensure!(people[0]["email"] == email.as_str(), "{people:#?}");
    meeting.end().await
}
