//! How long a hold that one replica took needs to stop calls at another (R28).
//!
//! `cargo build --release -p portal && cargo bench -p workspace-tests --bench revocation`

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use reqwest::{Method, StatusCode};
use serde_json::json;
use workspace_tests::{caller::Caller, replicas::Replicas};

const ROUNDS: usize = 200;

fn main() -> Result<()> {
    tokio::runtime::Runtime::new()?.block_on(measure())
}

async fn measure() -> Result<()> {
    let replicas = Replicas::start().await?;
    let here = &replicas.scene;
    let caller = Caller::approved(here).await?;
    let (mut stops, mut calls) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        until(&caller, &replicas, StatusCode::OK).await?;
        let before = Instant::now();
        caller.call(&replicas.other).await?;
        calls.push(before.elapsed());

        here.post(&caller.holds(), &json!({"reason": "measured"}))
            .await?;
        let committed = Instant::now();
        until(&caller, &replicas, StatusCode::FORBIDDEN).await?;
        stops.push(committed.elapsed());

        let own = caller.call(&here.portal).await?.0;
        ensure!(
            own == StatusCode::FORBIDDEN,
            "round {round}: {own} where the hold was taken"
        );
        let cleared = here.api(Method::DELETE, &caller.holds()).send().await?;
        cleared.error_for_status()?;
    }
    println!("| what | median | 99 of 100 | longest | limit |");
    println!("|---|---|---|---|---|");
    row(
        "from the answer to the administrator to the first refused call at the other replica",
        &mut stops,
        "50 ms for 99 of 100, 100 ms at most",
    );
    row("one call that passes, for comparison", &mut calls, "");
    Ok(())
}

/// Calls through the other replica until it answers like that.
async fn until(caller: &Caller, replicas: &Replicas, expected: StatusCode) -> Result<()> {
    while caller.call(&replicas.other).await?.0 != expected {}
    Ok(())
}

fn row(what: &str, times: &mut [Duration], limit: &str) {
    times.sort();
    let at = |part: usize| times[(times.len() - 1) * part / 100].as_secs_f64() * 1000.0;
    let (median, most, longest) = (at(50), at(99), at(100));
    println!("| {what} | {median:.1} ms | {most:.1} ms | {longest:.1} ms | {limit} |");
}
