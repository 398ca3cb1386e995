//! R17: single logout, from either side.

use anyhow::Result;
use thirtyfour::{By, prelude::ElementQueryable};
use workspace_tests::peers::{Software, fill_in};

use crate::meeting::{Meeting, SLUG};

/// Out of the portal, and the provider asks for the password again.
pub(crate) async fn from_the_portal(software: &'static Software) -> Result<()> {
    let meeting = Meeting::with_scripts(software).await?;
    let driver = meeting.driver();
    meeting.choose(SLUG).await?;
    fill_in(driver, &meeting.pair.person).await?;
    meeting.landed().await?;

    click(&meeting, "button[popovertarget=account]").await?;
    click(&meeting, "form[action='/sign-out'] button").await?;
    let heading = By::XPath("//h1[text()='Signed out']");
    driver.query(heading).first().await?;

    meeting.choose(SLUG).await?;
    fill_in(driver, &meeting.pair.person).await?;
    meeting.landed().await?;
    meeting.end().await
}

/// Out of the provider, and the portal knows the browser no more.
pub(crate) async fn from_the_provider(software: &'static Software) -> Result<()> {
    let meeting = Meeting::with_scripts(software).await?;
    let driver = meeting.driver();
    meeting.choose(SLUG).await?;
    fill_in(driver, &meeting.pair.person).await?;
    meeting.landed().await?;

    let logout = meeting.pair.provider.logout_url()?;
    driver.goto(logout.as_str()).await?;
    let portal = &meeting.pair.scene.portal;
    driver.goto(&portal.url("/discover")).await?;
    let heading = By::XPath("//h1[text()='Sign in']");
    driver.query(heading).first().await?;
    let events = meeting.pair.scene.all("/audit-events").await?;
    let ended = events
        .iter()
        .filter(|event| event["action"] == "session.ended_by_provider");
    assert_eq!(ended.count(), 1, "{events:#?}");
    meeting.end().await
}

async fn click(meeting: &Meeting, css: &str) -> Result<()> {
    let found = meeting.driver().query(By::Css(css)).and_clickable();
    Ok(found.first().await?.click().await?)
}
