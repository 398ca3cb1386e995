//! One decision, and the parts of it.

use std::hint::black_box;

use jit_domain::{
    gateway::{Call, GatewayView, Limits, authorise},
    tokens::{Secret, SecretKind},
};

use crate::{
    median,
    population::{COLLECTIONS, Population},
};

const CLIENTS: usize = 100_000;
const CALLS: usize = 200_000;
const ROUNDS: usize = 9;

pub(crate) fn compare() {
    let people = Population::of(CLIENTS);
    let slugs: Vec<String> = (0..COLLECTIONS)
        .map(|n| format!("collection-{n}"))
        .collect();
    // Steps over the clients in an order that no cache foresees.
    let order: Vec<usize> = (0..CALLS).map(|n| n * 7_919 % CLIENTS).collect();
    let hashes: Vec<_> = people.secrets.iter().map(Secret::hash).collect();
    let (snapshot, now) = (&people.snapshot, people.now);

    let parse = |n: usize| {
        black_box(Secret::parse(
            SecretKind::AuthToken,
            people.secrets[n].reveal(),
        ));
    };
    let hash = |n: usize| {
        black_box(people.secrets[n].hash());
    };
    let bare = |n: usize| {
        let client = snapshot.find_client(&hashes[n]).unwrap();
        let policy = snapshot.find_policy(client.policy.unwrap()).unwrap();
        black_box(snapshot.limits().consume(client.id, &policy, now)).unwrap();
    };
    let whole = |n: usize| {
        let call = Call {
            collection: &slugs[n % COLLECTIONS],
            version: "v1",
            secret: Some(people.secrets[n].reveal()),
            ip: None,
        };
        black_box(authorise(snapshot, snapshot.limits(), &call, now)).unwrap();
    };
    let (mut parsing, mut hashing, mut bares, mut wholes) = (vec![], vec![], vec![], vec![]);
    for _ in 0..ROUNDS {
        bares.push(nanoseconds(&order, bare));
        wholes.push(nanoseconds(&order, whole));
        parsing.push(nanoseconds(&order, parse));
        hashing.push(nanoseconds(&order, hash));
    }
    let (bare, whole) = (median(bares), median(wholes));
    let (parse, hash) = (median(parsing), median(hashing));
    let ratio = whole / (bare + hash);
    println!("a decision among {CLIENTS} clients with 10 grants each, ns of processor time:");
    println!("  look-ups of client and policy, and the rate  {bare:7.0}");
    println!("  SHA-256 of a secret                          {hash:7.0}");
    println!("  reading a secret and its checksum            {parse:7.0}");
    println!(
        "  authorise                                    {whole:7.0}  ({ratio:.2} x the first two)"
    );
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
fn nanoseconds(order: &[usize], work: impl Fn(usize)) -> f64 {
    let began = on_the_processor();
    for n in order {
        work(*n);
    }
    (on_the_processor() - began) as f64 / order.len() as f64
}

/// How long this thread has run, in nanoseconds; on a busy machine that is less than what has passed.
fn on_the_processor() -> u64 {
    let schedule = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    schedule.split(' ').next().unwrap().parse().unwrap()
}
