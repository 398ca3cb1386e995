//! A thousand histories on the store in memory, and the faults that the simulator finds in broken ones.

use std::sync::Arc;

use jit_testkit::{
    MemoryStore,
    broken::{
        Fault::{
            self, ForgetsGuards, ForgetsKeysOf, ForgetsReplays, ForgetsTheEpoch, Hides,
            IgnoresVersions, KeepsWhatIsRemoved, Leaks, LogsRefusedCommits, LosesAnAuditEvent,
            LosesTheLastChange, RefusesWhatItApplied, RoundsMoments, SwallowsRefusals,
            TearsCommits,
        },
        store_with,
    },
    simulator::{Failure, Tally, simulate},
};

const SEEDS: u64 = 1_000;

/// In four parts, so that they run side by side.
fn quarter(part: u64) {
    let mut all = Tally::default();
    for seed in (0..SEEDS).filter(|seed| seed % 4 == part) {
        match simulate(seed, || Arc::new(MemoryStore::new())) {
            Ok(tally) => {
                all.logins += tally.logins;
                all.approvals += tally.approvals;
                all.calls += tally.calls;
            }
            Err(failure) => panic!("{failure}"),
        }
    }
    println!("{all:?}");
    assert!(
        all.logins > 500 && all.approvals > 100 && all.calls > 100,
        "{all:?}"
    );
}

#[test]
fn histories_keep_the_rules_first_quarter() {
    quarter(0);
}

#[test]
fn histories_keep_the_rules_second_quarter() {
    quarter(1);
}

#[test]
fn histories_keep_the_rules_third_quarter() {
    quarter(2);
}

#[test]
fn histories_keep_the_rules_fourth_quarter() {
    quarter(3);
}

/// What the first history that notices says is broken, and in how many steps at most it says so.
const FAULTS: &[(Fault, &[&str], usize)] = &[
    (ForgetsGuards, &[], 9),
    (ForgetsTheEpoch, &["R7"], 9),
    (ForgetsReplays, &["R11"], 9),
    (IgnoresVersions, &[], 9),
    (TearsCommits, &["R13"], 9),
    (SwallowsRefusals, &["R13"], 9),
    (RefusesWhatItApplied, &["R13"], 9),
    (LosesTheLastChange, &["R13"], 9),
    (KeepsWhatIsRemoved, &["R13"], 9),
    (LosesAnAuditEvent, &["R35"], 9),
    (LogsRefusedCommits, &["R35"], 9),
    (RoundsMoments, &["R13"], 9),
    (ForgetsKeysOf("EndUser"), &["R13"], 9),
    (ForgetsKeysOf("AccessRequest"), &["R20"], 9),
    (Hides("list_gateway_changes"), &["R26"], 9),
    (Hides("is_assertion_accepted"), &[], 9),
    (Leaks("list_end_users"), &["R13"], 9),
];

fn first_failure(fault: Fault) -> Option<Box<Failure>> {
    (0..2_000).find_map(|seed| simulate(seed, || store_with(fault)).err())
}

#[test]
fn the_fault_of_a_broken_store_is_found_and_told_in_a_few_steps() {
    let mut wrong = Vec::new();
    for (fault, rules, steps) in FAULTS {
        let Some(failure) = first_failure(*fault) else {
            wrong.push(format!("{fault:?} is not found"));
            continue;
        };
        println!("{fault:?}: {failure}");
        if !rules.contains(&failure.violation.rule) || failure.history.0.len() > *steps {
            wrong.push(format!("{fault:?}: {failure}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
