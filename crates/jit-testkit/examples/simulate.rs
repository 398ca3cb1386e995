//! Runs the histories of many seeds on the store in memory: `--seeds 1000000`, `--from 0`.

use std::{
    error::Error,
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
};

use jit_testkit::{MemoryStore, simulator::simulate};

const PROGRESS: u64 = 10_000;

fn main() -> ExitCode {
    let (from, seeds) = match (number("--from", 0), number("--seeds", PROGRESS)) {
        (Ok(from), Ok(seeds)) => (from, seeds),
        (Err(wrong), _) | (_, Err(wrong)) => {
            eprintln!("{wrong}; usage: simulate [--from 0] [--seeds {PROGRESS}]");
            return ExitCode::from(2);
        }
    };
    let (next, failed) = (AtomicU64::new(from), AtomicBool::new(false));
    let end = from.saturating_add(seeds);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| work(&next, end, &failed));
        }
    });
    if failed.into_inner() {
        return ExitCode::FAILURE;
    }
    println!("{seeds} histories from seed {from} kept the rules");
    ExitCode::SUCCESS
}

/// Takes seeds until there are none, or one has failed.
fn work(next: &AtomicU64, end: u64, failed: &AtomicBool) {
    while !failed.load(Ordering::Relaxed) {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        if seed >= end {
            return;
        }
        if let Err(failure) = simulate(seed, || Arc::new(MemoryStore::new())) {
            println!("{failure}");
            failed.store(true, Ordering::Relaxed);
        }
        if seed.is_multiple_of(PROGRESS) {
            println!("at seed {seed}");
        }
    }
}

/// The number after an argument.
fn number(name: &str, otherwise: u64) -> Result<u64, Box<dyn Error>> {
    let mut arguments = std::env::args().skip_while(|it| it != name).skip(1);
    match arguments.next() {
        Some(text) => Ok(text
            .parse()
            .map_err(|_| format!("{name} {text} is no number"))?),
        None => Ok(otherwise),
    }
}
