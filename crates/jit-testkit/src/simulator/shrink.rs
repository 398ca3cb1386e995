use super::history::{History, Step};

/// The shortest history that still fails the same way, as far as taking out one thing at a time leads.
pub(super) fn shrink(history: History, fails: impl Fn(&History) -> bool) -> History {
    let mut shortest = history;
    let mut part = shortest.0.len().div_ceil(2);
    // First halves, then quarters, …: most of a long history has nothing to do with the fault.
    while part > 0 {
        let mut at = 0;
        while at < shortest.0.len() {
            let mut shorter = shortest.clone();
            let end = (at + part).min(shorter.0.len());
            shorter.0.drain(at..end);
            if fails(&shorter) {
                shortest = shorter;
            } else {
                at += part;
            }
        }
        part /= 2;
    }
    loop {
        let simpler = simpler(&shortest).into_iter().find(|it| fails(it));
        match simpler {
            Some(simpler) => shortest = simpler,
            None => return shortest,
        }
    }
}

/// The history without one of its steps, acts or troubles, or with one step in a plain order.
fn simpler(history: &History) -> Vec<History> {
    let mut all = Vec::new();
    for (n, step) in history.0.iter().enumerate() {
        let with = |step: Option<Step>| {
            let mut other = history.clone();
            match step {
                Some(step) => other.0[n] = step,
                None => drop(other.0.remove(n)),
            }
            other
        };
        all.push(with(None));
        for act in 0..step.acts.len() {
            if step.acts.len() > 1 {
                let mut acts = step.acts.clone();
                acts.remove(act);
                // With one act less the same seed means another order.
                for turns in [step.turns, 0, 1, 2, 3, 4, 5] {
                    let acts = acts.clone();
                    all.push(with(Some(Step { acts, turns })));
                }
            }
            if step.acts[act].trouble.is_some() {
                let mut step = step.clone();
                step.acts[act].trouble = None;
                all.push(with(Some(step)));
            }
        }
        if step.turns != 0 {
            let acts = step.acts.clone();
            all.push(with(Some(Step { acts, turns: 0 })));
        }
    }
    all
}
