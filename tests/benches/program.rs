//! What the whole program costs: until it answers, at rest, and for a first login.
//!
//! `cargo build --release -p portal && cargo bench -p workspace-tests`

use std::{
    fs::File,
    io::Write,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use jit_testkit::idp::{Person, Sign};
use reqwest::StatusCode;
use workspace_tests::{portal::Portal, scene::Scene};

const STARTS: usize = 11;
const LOGINS: usize = 200;

fn main() -> Result<()> {
    tokio::runtime::Runtime::new()?.block_on(measure())
}

async fn measure() -> Result<()> {
    let mut scene = Scene::configured().await?;
    let logins = first_logins(&scene).await?;
    let disk = disk(scene.portal.data())?;
    let starts = starts(&mut scene.portal).await?;
    let resident = resident_kib(&scene.portal)?;

    println!("| what | median | 95 of 100 | limit |");
    println!("|---|---|---|---|");
    row(
        "from start to the first answer, on a database in use",
        &starts,
        "200 ms",
    );
    println!(
        "| memory at rest | {:.1} MiB | | 30 MiB |",
        resident / 1024.0
    );
    row(
        "a first login, from the posted response to the redirect",
        &logins,
        "10 ms",
    );
    row("one write of 4 KiB, on the disk, for comparison", &disk, "");
    Ok(())
}

/// The time of the post alone; the browser's other steps are not counted.
async fn first_logins(scene: &Scene) -> Result<Vec<Duration>> {
    let mut times = Vec::new();
    for n in 0..LOGINS {
        let who = Person::new(format!("Person {n}"), format!("person{n}@acme.example"));
        let agent = scene.agent()?;
        let request = agent.begin("acme", &scene.idp).await?;
        let response = scene.answer_to(&request, &who).sign(Sign::Assertion);
        let before = Instant::now();
        let answer = agent.post_response("acme", &response).await?;
        times.push(before.elapsed());
        anyhow::ensure!(
            answer.status() == StatusCode::SEE_OTHER,
            "login {n}: {}",
            answer.status()
        );
    }
    Ok(times)
}

async fn starts(portal: &mut Portal) -> Result<Vec<Duration>> {
    let mut times = Vec::new();
    for _ in 0..STARTS {
        portal.stop().await?;
        let before = Instant::now();
        portal.restart().await?;
        let answer = reqwest::get(portal.url("/readyz")).await?;
        times.push(before.elapsed());
        anyhow::ensure!(
            answer.status().is_success(),
            "not ready: {}",
            answer.text().await?
        );
    }
    Ok(times)
}

/// What the same disk needs to keep one page, the floor of every commit.
fn disk(folder: &std::path::Path) -> Result<Vec<Duration>> {
    let mut file = File::create(folder.join("probe"))?;
    let mut times = Vec::new();
    for _ in 0..LOGINS {
        let before = Instant::now();
        file.write_all(&[0; 4096])?;
        file.sync_data()?;
        times.push(before.elapsed());
    }
    Ok(times)
}

fn resident_kib(portal: &Portal) -> Result<f64> {
    let process = portal.process_id().context("the portal runs")?;
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    Ok(number.context("the resident size is stated")?.parse()?)
}

fn row(what: &str, times: &[Duration], limit: &str) {
    let mut sorted = times.to_vec();
    sorted.sort();
    let at = |part: usize| sorted[(sorted.len() - 1) * part / 100].as_secs_f64() * 1000.0;
    println!("| {what} | {:.1} ms | {:.1} ms | {limit} |", at(50), at(95));
}
