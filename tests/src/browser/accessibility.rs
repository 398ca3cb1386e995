//! The accessibility check, by axe-core.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use thirtyfour::WebDriver;

use crate::metadata::{entries, text};

const AXE: &str = include_str!("../../vendor/axe.min.js");
const RUN: &str = "
    const done = arguments[arguments.length - 1];
    axe.run(document, { resultTypes: ['violations'] })
        .then(found => done({ violations: found.violations }), error => done({ error: String(error) }));
";

/// Checks the page that the browser shows, and gives what is wrong, one text a rule.
pub async fn axe(driver: &WebDriver) -> Result<Vec<String>> {
    driver
        .execute(AXE, Vec::new())
        .await
        .context("axe does not load")?;
    let answer = driver
        .execute_async(RUN, Vec::new())
        .await
        .context("axe does not run")?;
    let answer = answer.json();
    if !answer["violations"].is_array() {
        bail!("axe gave up: {answer}");
    }
    Ok(entries(answer, "violations").iter().map(describe).collect())
}

fn describe(violation: &Value) -> String {
    let (rule, impact, help) = (
        text(violation, "id"),
        text(violation, "impact"),
        text(violation, "help"),
    );
    let places: Vec<&str> = entries(violation, "nodes")
        .iter()
        .map(|node| text(node, "html"))
        .collect();
    format!("{rule} ({impact}): {help}: {}", places.join(" | "))
}
