//! What a verification costs, beside the bare operation in it and beside what other programs take, in one run.
//!
//! `cargo bench -p jit-idp --bench peers`
//!
//! The others are installed into `target/peers` when they are missing: that needs python3 and npm, and their
//! registries. What cannot be installed has a line in the table that says so.
//! Time is CPU time of all threads of a process, so Linux is needed, and other work on the machine disturbs little.

#![expect(
    clippy::unwrap_used,
    reason = "a measurement ends when something is wrong"
)]

mod cpu;
mod install;
mod message;
mod ours;
mod software;
mod table;

use self::{message::Message, software::Software, table::Row};

/// One subject: its name, how often it works in one round, and the work.
struct Subject {
    name: &'static str,
    times: u32,
    work: Work,
}

/// Does the work so many times, and gives the CPU time in seconds.
type Work = Box<dyn FnMut(u32) -> f64>;

const ROUNDS: usize = 15;

fn main() {
    let message = Message::new();
    let mut subjects = ours::subjects(&message);
    let mut absent = Vec::new();
    for software in Software::ALL {
        match software.start(&message) {
            Ok(mut found) => subjects.append(&mut found),
            Err(error) => absent.push((software.name(), error)),
        }
    }
    println!(
        "a response of {} octets with one RSA-2048 signature, {ROUNDS} rounds, one after the other in each",
        message.octets()
    );
    let mut rows: Vec<Row> = subjects.iter().map(|it| Row::new(it.name)).collect();
    // The first round is for caches and just-in-time compilers, and does not count.
    for round in 0..=ROUNDS {
        for (subject, row) in subjects.iter_mut().zip(&mut rows) {
            let seconds = (subject.work)(subject.times) / f64::from(subject.times);
            if round > 0 {
                row.add(seconds);
            }
        }
    }
    table::print(&rows);
    for (name, error) in absent {
        println!("| {name} | not measured: {error} |");
    }
}
