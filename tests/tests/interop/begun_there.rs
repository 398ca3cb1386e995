//! Logins that begin at the provider.

use anyhow::{Result, ensure};
use workspace_tests::peers::{Software, answer, fill_in, send_answer};

use crate::meeting::{Meeting, text};

pub(crate) async fn refused_until_allowed(software: &'static Software) -> Result<()> {
    let meeting = Meeting::without_scripts(software).await?;
    let driver = meeting.driver();
    let pair = &meeting.pair;
    let entity_id = text(&pair.connection, "/sp/entity_id")?;
    let start = pair.provider.start_url(&entity_id, Some("/client"))?;
    driver.goto(start.as_str()).await?;
    fill_in(driver, &pair.person).await?;
    let xml = answer(driver).await?;
    ensure!(!xml.contains("InResponseTo"), "it answers nothing: {xml}");
    send_answer(driver).await?;
    meeting.refused_with("in_response_to_missing").await?;

    pair.switch_on("idp_initiated").await?;
    driver.goto(start.as_str()).await?;
    send_answer(driver).await?;
    let landed = meeting.landed().await?;
    ensure!(landed == "/client", "RelayState says where to: {landed}");
    meeting.end().await
}
