//! Holds of several sources that arrive in any order, more than once, at the same time.

use std::{collections::BTreeSet, sync::Arc};

use jit_domain::{
    error::StoreError,
    people::{EndUser, HoldSource},
    portal::{decide_clear_hold, decide_open_hold},
    ports::Store,
};

use super::world::World;

#[derive(Clone, Copy)]
enum Says {
    Gone,
    Back,
}

/// What each source says, in its own order; some say it twice.
const WORDS: [(HoldSource, &[Says]); 5] = [
    (HoldSource::Admin, &[Says::Gone]),
    (
        HoldSource::ScimInactive,
        &[Says::Gone, Says::Gone, Says::Back],
    ),
    (
        HoldSource::IdpSuspended,
        &[Says::Gone, Says::Back, Says::Gone],
    ),
    (HoldSource::AppUnassigned, &[Says::Back]),
    (HoldSource::Risk, &[Says::Gone, Says::Back, Says::Back]),
];

/// R30, R31: the same words of the same sources give the same holds, however they are mixed, and
/// although those who decide at the same time have all seen the same version.
pub async fn holds_of_all_sources_converge_in_any_order(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    for first in 0..WORDS.len() {
        let (user, _) = world.person(&format!("person-{first}")).await;
        let mut rest = WORDS;
        rest.rotate_left(first);
        while rest.iter().any(|(_, words)| !words.is_empty()) {
            let seen = find(&world, &user).await;
            for (source, words) in &mut rest {
                if let [next, later @ ..] = words
                    && decided(&world, &seen, *source, *next).await
                {
                    *words = later;
                }
            }
        }
        let after = find(&world, &user).await;
        let holds: BTreeSet<_> = after.holds.iter().map(|hold| hold.source).collect();
        let expected = [HoldSource::Admin, HoldSource::IdpSuspended];
        assert_eq!(holds, expected.into(), "beginning with {:?}", rest[0].0);
        assert_eq!(after.holds.len(), 2, "each source holds once");
    }
}

/// Whether the store took the decision; if not, its source says the same again.
async fn decided(world: &World, seen: &EndUser, source: HoldSource, says: Says) -> bool {
    let decided = match says {
        Says::Gone => decide_open_hold(seen, source, None, world.make.now()),
        Says::Back => decide_clear_hold(seen, source),
    };
    match world.commit(&world.make.commit(decided.changes)).await {
        Ok(()) => true,
        Err(StoreError::Conflict) => false,
        Err(other) => panic!("a race is no reason for {other:?}"),
    }
}

async fn find(world: &World, user: &EndUser) -> EndUser {
    let found = world.store.find_end_user(world.workspace(), user.id).await;
    found.unwrap().unwrap()
}
