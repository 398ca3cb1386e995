//! What a person does on the pages of a provider, and what the browser carries back.

use anyhow::{Context, Result};
use base64::{Engine, engine::general_purpose::STANDARD};
use jit_testkit::idp::Person;
use thirtyfour::{By, WebDriver, WebElement, prelude::ElementQueryable};

use super::PASSWORD;

/// Fills in the form for name and password, which all providers name alike.
pub async fn fill_in(driver: &WebDriver, person: &Person) -> Result<()> {
    let name = find(driver, "input[name=username]").await?;
    name.send_keys(&person.name_id).await?;
    let password = find(driver, "input[name=password]").await?;
    password.send_keys(PASSWORD).await?;
    find(driver, "form button[type=submit]")
        .await?
        .click()
        .await?;
    Ok(())
}

/// The response that waits on the provider's page, as XML.
///
/// The browser must have no scripts; with them the page sends itself.
pub async fn answer(driver: &WebDriver) -> Result<String> {
    let field = find(driver, "input[name=SAMLResponse]").await?;
    let value = field.attr("value").await?.context("the field is empty")?;
    Ok(String::from_utf8(STANDARD.decode(value)?)?)
}

/// Sends the response that waits on the provider's page, as a person without scripts does.
pub async fn send_answer(driver: &WebDriver) -> Result<()> {
    let visible = driver.query(By::Css("form [type=submit]")).and_clickable();
    visible.first().await?.click().await?;
    Ok(())
}

async fn find(driver: &WebDriver, css: &str) -> Result<WebElement> {
    let found = driver.query(By::Css(css)).first().await;
    match found {
        Ok(element) => Ok(element),
        Err(error) => {
            let page = driver.source().await.unwrap_or_default();
            Err(error).with_context(|| format!("no {css} on the page of the provider: {page}"))
        }
    }
}
