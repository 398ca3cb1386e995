//! What a failed test last saw.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::paths;

/// Writes `<test>.png` and `<test>.html` to `target/browser/`, and says so.
pub(super) fn keep(session: String) {
    let test = std::thread::current()
        .name()
        .unwrap_or("test")
        .replace("::", "-");
    // The runtime of the test may be blocked in a drop, so this is one of its own.
    let kept = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        runtime.block_on(fetch(&session, &test))
    });
    match kept.join() {
        Ok(Ok(place)) => println!("the browser was left open; what it showed: {place}"),
        Ok(Err(error)) => println!("the browser was left open, and shows nothing: {error:#}"),
        Err(_) => println!("the browser was left open, and cannot be asked"),
    }
}

pub(super) fn write_base64(file: &Path, picture: &Value) -> Result<()> {
    let picture = picture
        .as_str()
        .context("there is no picture in the answer")?;
    std::fs::write(file, STANDARD.decode(picture)?)?;
    Ok(())
}

async fn fetch(session: &str, test: &str) -> Result<String> {
    let client = reqwest::Client::builder()
        .no_proxy()
        .timeout(Duration::from_secs(10))
        .build()?;
    let ask = async |what: &str| -> Result<Value> {
        let answer = client.get(format!("{session}/{what}")).send().await?;
        Ok(answer.json::<Value>().await?["value"].take())
    };
    let base = paths::evidence()?.join(test);
    let source = ask("source").await?;
    std::fs::write(
        base.with_extension("html"),
        source.as_str().unwrap_or_default(),
    )?;
    let picture = base.with_extension("png");
    write_base64(&picture, &ask("screenshot").await?)?;
    Ok(picture.display().to_string())
}
