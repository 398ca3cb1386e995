use jit_domain::{catalogue::Publication, people::HoldSource};

use super::{
    dice::Dice,
    history::{Act, Action, Colleague, History, Step, Trouble},
};

const FEWEST_STEPS: usize = 12;
const MORE_STEPS: usize = 12;

/// The history that a seed decides.
pub(super) fn history(seed: u64) -> History {
    let mut dice = Dice::new(seed);
    let mut steps = vec![first(&mut dice)];
    if dice.percent(60) {
        steps.extend(two_who_may_call(&mut dice));
    }
    for _ in 0..FEWEST_STEPS + dice.below(MORE_STEPS) {
        if dice.percent(20) {
            steps.push(race(&mut dice));
            continue;
        }
        let acts = match dice.below(10) {
            0..6 => 1,
            6..9 => 2,
            _ => 3,
        };
        let mut acts: Vec<_> = (0..acts).map(|_| act(&mut dice)).collect();
        // Time passes between steps only: a login that takes an hour is refused, and rightly.
        if let Some(wait) = acts
            .iter()
            .find(|it| matches!(it.action, Action::Wait { .. }))
        {
            acts = vec![*wait];
        }
        let turns = dice.number() % 1_000;
        steps.push(Step { acts, turns });
    }
    History(steps)
}

/// Those that are after the same thing, at the same time.
fn race(dice: &mut Dice) -> Step {
    let (person, n) = (dice.small(4), dice.small(2));
    let (login, by) = (
        Action::Login {
            person,
            email: 0,
            groups: Some(1),
        },
        Colleague::Administrator,
    );
    let ask = Action::Ask {
        person,
        collection: n,
    };
    let approve = Action::Approve {
        request: n,
        by,
        hours: None,
    };
    let publication = publication(dice);
    let publish = Action::Publish {
        collection: n,
        publication,
    };
    let hold = Action::OpenHold {
        person,
        source: source(dice),
    };
    let actions = match dice.below(7) {
        0 => vec![login, save(dice), Action::Apply],
        1 => vec![login, login, save(dice)],
        2 => vec![ask, ask, publish],
        3 => vec![approve, publish, hold],
        4 => vec![
            approve,
            Action::Reject { request: n, by },
            Action::Withdraw { request: n },
        ],
        5 => vec![login, Action::Replay { login: n }, hold],
        _ => vec![login, Action::SwitchJit { on: false }],
    };
    let acts = actions.into_iter().map(|action| with_trouble(dice, action));
    Step {
        acts: acts.collect(),
        turns: dice.number() % 1_000,
    }
}

/// Without a beginning like this, few histories come to a call that passes.
fn two_who_may_call(dice: &mut Dice) -> Vec<Step> {
    let mut steps = Vec::new();
    let first = dice.small(4);
    for person in [first, first + 1] {
        for action in [
            Action::Login {
                person,
                email: 0,
                groups: Some(1),
            },
            Action::Ask {
                person,
                collection: dice.small(2),
            },
            Action::Approve {
                request: 0,
                by: Colleague::Administrator,
                hours: None,
            },
            Action::MakeCredential {
                person,
                hours: None,
            },
        ] {
            let acts = vec![with_trouble(dice, action)];
            steps.push(Step { acts, turns: 0 });
        }
    }
    steps
}

/// Mostly the settings are saved first; sometimes by a release that knows another method, or not at all.
fn first(dice: &mut Dice) -> Step {
    let action = match dice.below(10) {
        0 => Action::Wait { minutes: 1 },
        1 | 2 => Action::OtherReleaseSaves,
        _ => save(dice),
    };
    let trouble = None;
    let acts = vec![Act { action, trouble }];
    Step { acts, turns: 0 }
}

fn act(dice: &mut Dice) -> Act {
    let action = action(dice);
    with_trouble(dice, action)
}

fn with_trouble(dice: &mut Dice, action: Action) -> Act {
    const TROUBLES: [Trouble; 5] = [
        Trouble::Unavailable,
        Trouble::AnswerLost,
        Trouble::Conflict,
        Trouble::CrashBefore,
        Trouble::CrashAfter,
    ];
    let goes_wrong = dice.percent(12);
    let trouble = dice.one_of(&TROUBLES).filter(|_| goes_wrong);
    let trouble = trouble.map(|trouble| (trouble, dice.small(12)));
    Act { action, trouble }
}

fn save(dice: &mut Dice) -> Action {
    Action::Save {
        policy: [None, Some(0), Some(1)][dice.below(3)],
        groups: dice.small(4),
    }
}

fn action(dice: &mut Dice) -> Action {
    type Make = fn(&mut Dice) -> Action;
    const CHOICES: &[(usize, Make)] = &[
        (20, |dice| Action::Login {
            person: dice.small(4),
            email: dice.small(3),
            groups: [None, Some(0), Some(1), Some(3)][dice.below(4)],
        }),
        (16, |dice| Action::Ask {
            person: dice.small(4),
            collection: dice.small(3),
        }),
        (14, |dice| Action::Approve {
            request: dice.small(3),
            by: colleague(dice),
            hours: [None, None, Some(1)][dice.below(3)],
        }),
        (10, |dice| Action::MakeCredential {
            person: dice.small(4),
            hours: [None, None, Some(1)][dice.below(3)],
        }),
        (4, |dice| Action::Reject {
            request: dice.small(3),
            by: colleague(dice),
        }),
        (3, |dice| Action::Withdraw {
            request: dice.small(3),
        }),
        (3, |dice| Action::Revoke {
            grant: dice.small(3),
            by: colleague(dice),
        }),
        (6, |dice| Action::OpenHold {
            person: dice.small(4),
            source: source(dice),
        }),
        (5, |dice| Action::ClearHold {
            person: dice.small(4),
            source: source(dice),
        }),
        (2, |dice| Action::MakeCollection {
            restricted: dice.percent(50),
        }),
        (6, |dice| Action::Publish {
            collection: dice.small(3),
            publication: publication(dice),
        }),
        (3, |dice| Action::Rotate {
            credential: dice.small(3),
            hours: dice.small(2),
        }),
        (2, |dice| Action::RevokeCredential {
            credential: dice.small(3),
        }),
        (4, save),
        (3, |_| Action::Apply),
        (2, |dice| Action::SwitchJit {
            on: dice.percent(70),
        }),
        (2, |dice| Action::Replay {
            login: dice.small(3),
        }),
        (2, |dice| Action::SignOut {
            session: dice.small(3),
        }),
        (5, |dice| Action::Wait {
            minutes: [1, 14, 61, 500][dice.below(4)],
        }),
        (1, |dice| Action::DeletePolicy {
            policy: dice.small(2),
        }),
        (1, |dice| Action::DeleteGroup {
            group: dice.small(2),
        }),
    ];
    dice.weighted(CHOICES)
        .map_or(Action::Apply, |make| make(dice))
}

fn colleague(dice: &mut Dice) -> Colleague {
    let choices = [
        (6, Colleague::Administrator),
        (4, Colleague::Approver),
        (2, Colleague::ApproverOfOne),
        (2, Colleague::Requester),
        (1, Colleague::Auditor),
    ];
    dice.weighted(&choices).unwrap_or(Colleague::Administrator)
}

fn source(dice: &mut Dice) -> HoldSource {
    const SOURCES: [HoldSource; 6] = [
        HoldSource::Admin,
        HoldSource::ScimInactive,
        HoldSource::IdpSuspended,
        HoldSource::IdpDeactivated,
        HoldSource::AppUnassigned,
        HoldSource::Risk,
    ];
    // Two of them most of the time, so that what was opened is cleared again.
    let known = if dice.percent(70) { 2 } else { SOURCES.len() };
    dice.one_of(&SOURCES[..known]).unwrap_or(HoldSource::Admin)
}

fn publication(dice: &mut Dice) -> Publication {
    let choices = [
        (5, Publication::Published),
        (4, Publication::Draft),
        (1, Publication::Deleted),
    ];
    dice.weighted(&choices).unwrap_or(Publication::Draft)
}
