//! Random histories on a store, under the rules of the product, without threads and without time.
//!
//! A seed decides a [`History`]: logins, saves, requests, decisions, holds, credentials, what goes
//! wrong at which call of the store, and in which order those who act at the same time take turns.
//! Two runs of one seed are the same to the last microsecond.
//! After every step, the rules are looked at from outside: on the commits that the store has
//! acknowledged, on everything that can be read, and for calls by an oracle that knows only the audit log.
//!
//! ```
//! use std::sync::Arc;
//! use jit_testkit::{MemoryStore, simulator::simulate};
//!
//! let tally = simulate(42, || Arc::new(MemoryStore::new())).unwrap();
//! assert!(tally.logins > 0);
//! ```

use std::{fmt, sync::Arc};

use jit_domain::ports::Store;

mod calls;
mod commits;
mod dice;
mod generate;
mod history;
mod ledger;
mod logged;
mod play;
mod shrink;
mod state;
mod story;
mod turns;
mod world;

pub use history::{Act, Action, Colleague, History, Step, Trouble};

use calls::{Picture, check_calls};
use play::{Played, play};
use state::check_state;
use turns::{Running, alone, take_turns};
use world::World;

/// A rule that was broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Its number, such as `R13`.
    pub rule: &'static str,
    /// How.
    pub says: String,
}

/// What a history has come to, to see that it was about something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Logins to the end.
    pub logins: u64,
    /// Requests that were approved.
    pub approvals: u64,
    /// Calls that passed, of those that were tried after every step.
    pub calls: u64,
}

/// A seed whose history breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The seed.
    pub seed: u64,
    /// The shortest history that was found to break the same rule.
    pub history: History,
    /// How that one breaks it.
    pub violation: Violation,
}

type Broken = Result<(), Violation>;

/// Runs the history of a seed on a fresh store; shortens it if it breaks a rule.
///
/// The store must answer at once, as one in memory does: there is no runtime that it could wait with.
pub fn simulate(seed: u64, fresh: impl Fn() -> Arc<dyn Store>) -> Result<Tally, Box<Failure>> {
    let history = generate::history(seed);
    let violation = match run(&history, fresh()) {
        Ok(tally) => return Ok(tally),
        Err(violation) => violation,
    };
    let same = |history: &History| {
        let again = run(history, fresh()).err();
        again.is_some_and(|it| it.rule == violation.rule)
    };
    let history = shrink::shrink(history, same);
    let violation = run(&history, fresh()).err().unwrap_or(violation);
    Err(Box::new(Failure {
        seed,
        history,
        violation,
    }))
}

/// Runs a history on an empty store.
pub fn run(history: &History, store: Arc<dyn Store>) -> Result<Tally, Violation> {
    let world = World::new(store);
    let mut picture = Picture::default();
    for step in &history.0 {
        take_step(&world, step)?;
        if let Some(violation) = world.ledger().violation.clone() {
            return Err(violation);
        }
        alone(check_state(&world))?;
        let followed = alone(picture.follow(&world));
        followed.map_err(|_| Violation::new("R28", "the changelog cannot be read"))?;
        check_calls(&world, &picture)?;
    }
    let tally = world.known.borrow().tally;
    Ok(tally)
}

fn take_step(world: &World, step: &Step) -> Broken {
    let doors: Vec<_> = step
        .acts
        .iter()
        .map(|act| world.doors(act.trouble))
        .collect();
    let acts = step.acts.iter().zip(&doors).map(|(act, doors)| Running {
        act: Box::pin(play(world, doors, act.action)),
        crashed: doors.crashed.clone(),
    });
    let played = take_turns(acts.collect(), step.turns);
    let interrupted =
        |it: &Act| matches!(it.action, Action::Publish { .. }) && it.trouble.is_some();
    world.known.borrow_mut().interrupted |= step.acts.iter().any(interrupted);
    let replays = |it: &Act| matches!(it.action, Action::Replay { .. });
    let replayed = step.acts.iter().any(replays);
    for (act, played) in step.acts.iter().zip(played) {
        check_answer(*act, played, replayed)?;
    }
    Ok(())
}

/// R13: where nothing goes wrong, nothing fails, and no login is refused because of the others.
fn check_answer(act: Act, played: Option<Played>, replayed: bool) -> Broken {
    let wrong = match (act.trouble, act.action, played) {
        (None, _, Some(Played::Failed(how))) => how,
        (None, Action::Login { .. }, Some(Played::Refused(code))) => match code {
            "login_unknown" | "other_browser" => code,
            // Whoever replays may be first.
            "assertion_replayed" if !replayed => code,
            _ => return Ok(()),
        },
        _ => return Ok(()),
    };
    Violation::of("R13", &format!("{} failed: {wrong}", act.action))
}

impl Violation {
    fn new(rule: &'static str, says: &str) -> Self {
        let says = says.to_owned();
        Self { rule, says }
    }

    fn of(rule: &'static str, says: &str) -> Broken {
        Err(Self::new(rule, says))
    }

    fn unless(fine: bool, rule: &'static str, says: &str) -> Broken {
        if fine { Ok(()) } else { Self::of(rule, says) }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Violation { rule, says } = &self.violation;
        writeln!(f, "seed {} breaks {rule}: {says}", self.seed)?;
        write!(f, "{}", self.history)
    }
}

impl std::error::Error for Failure {}
