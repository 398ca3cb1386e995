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
    simulator::{Act, Action, Failure, History, Step, Tally, run, simulate},
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

/// What the first history that notices says is broken: one of these rules.
const FAULTS: &[(Fault, &[&str])] = &[
    (
        ForgetsGuards,
        &["R7", "R12", "R18", "R20", "R23", "R26", "R30"],
    ),
    (ForgetsReplays, &["R11"]),
    (
        IgnoresVersions,
        &["R5", "R6", "R13", "R20", "R21", "R25", "R26"],
    ),
    (TearsCommits, &["R13"]),
    (SwallowsRefusals, &["R13"]),
    (RefusesWhatItApplied, &["R13"]),
    (LosesTheLastChange, &["R13"]),
    (KeepsWhatIsRemoved, &["R13"]),
    (LosesAnAuditEvent, &["R35"]),
    (LogsRefusedCommits, &["R35"]),
    (RoundsMoments, &["R13"]),
    (ForgetsKeysOf("EndUser"), &["R13"]),
    (ForgetsKeysOf("AccessRequest"), &["R20"]),
    (Hides("list_gateway_changes"), &["R26"]),
    (Leaks("list_end_users"), &["R13"]),
];

/// Settings, a login, a request, an approval and a credential: nothing needs more to go wrong.
const MOST_STEPS: usize = 6;

fn first_failure(fault: Fault) -> Option<Box<Failure>> {
    (0..200).find_map(|seed| simulate(seed, || store_with(fault)).err())
}

#[test]
fn the_fault_of_a_broken_store_is_found_and_told_in_a_few_steps() {
    let mut wrong = Vec::new();
    for (fault, rules) in FAULTS {
        let Some(failure) = first_failure(*fault) else {
            wrong.push(format!("{fault:?} is not found"));
            continue;
        };
        let few = failure.history.0.len() <= MOST_STEPS;
        if !rules.contains(&failure.violation.rule) || !few {
            wrong.push(format!("{fault:?}: {failure}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_seed_decides_everything() {
    let run = || simulate(7, || store_with(TearsCommits));
    assert_eq!(run(), run());
}

/// R7: the epoch is needed only if a save and an *apply* both fall into one first login, so the three
/// are put there, in one order after another until one shows it.
#[test]
fn a_login_that_overlaps_with_an_apply_shows_why_there_is_an_epoch() {
    let step = |actions: &[Action], turns| {
        let trouble = None;
        let acts = actions.iter().map(|&action| Act { action, trouble });
        let acts = acts.collect();
        Step { acts, turns }
    };
    let login = |person| Action::Login {
        person,
        email: 0,
        groups: None,
    };
    let save = |n| Action::Save {
        policy: Some(n),
        groups: 0,
    };
    let history = |turns| {
        let together = step(&[login(1), save(1), Action::Apply], turns);
        History(vec![step(&[save(0)], 0), step(&[login(0)], 0), together])
    };
    let rule = |turns| {
        let violation = run(&history(turns), store_with(ForgetsTheEpoch)).err();
        violation.map(|it| it.rule)
    };
    let Some(turns) = (0..2_000).find(|turns| rule(*turns).is_some()) else {
        panic!("no order shows it");
    };
    assert_eq!(rule(turns), Some("R7"));
    let sound = run(&history(turns), Arc::new(MemoryStore::new()));
    assert!(sound.is_ok(), "{sound:?}");
}
