//! The log of sign-ins: attempts of a connection, newest first, by each part of the filter.

use std::sync::Arc;

use jit_domain::{
    console::Origin,
    ids::{AdministratorId, SignInAttemptId},
    ports::Store,
    sign_in_log::{AttemptOutcome, SignInAttempt, SignInAttemptFilter},
    views::{PageLimit, PageRequest},
};

use super::world::World;

/// Who looks for the cause finds it by connection, by whether it was refused, and by the reference on the page.
pub async fn attempts_are_found_by_each_part_of_the_filter(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let make = &world.make;
    let [okta, entra] = ["okta", "entra"].map(|slug| make.connection(slug));
    world.put([okta.clone().into(), entra.clone().into()]).await;
    let with = |reference: &str, attempt| SignInAttempt {
        origin: Origin {
            ip: None,
            request_id: Some(reference.to_owned()),
        },
        ..attempt
    };
    let plain = make.sign_in_attempt(&okta);
    let refused = with("r-1", make.refused_attempt(&okta));
    let tested = SignInAttempt {
        outcome: AttemptOutcome::Tested,
        ..with("R-1", make.sign_in_attempt(&entra))
    };
    let of_console = SignInAttempt {
        outcome: AttemptOutcome::Administrator {
            id: make.id(AdministratorId::new),
        },
        ..with("r-1", make.sign_in_attempt(&okta))
    };
    let elsewhere = make.refused_attempt(&entra);
    let all = [&plain, &refused, &tested, &of_console, &elsewhere];
    world.put(all.map(|it| it.clone().into())).await;

    let any = SignInAttemptFilter::default;
    let through = |connection| SignInAttemptFilter {
        connection: Some(connection),
        ..any()
    };
    let only_if = |refused| SignInAttemptFilter {
        refused: Some(refused),
        ..any()
    };
    let with_reference = |reference: &str| SignInAttemptFilter {
        reference: Some(reference.to_owned()),
        ..any()
    };
    let everything_at_once = SignInAttemptFilter {
        connection: Some(okta.id),
        refused: Some(true),
        reference: Some("r-1".to_owned()),
    };
    let refused_there = SignInAttemptFilter {
        refused: Some(true),
        ..through(entra.id)
    };
    let unknown = make.connection("google").id;
    for (filter, expected) in [
        (
            any(),
            &[elsewhere.id, of_console.id, tested.id, refused.id, plain.id][..],
        ),
        (through(okta.id), &[of_console.id, refused.id, plain.id]),
        (through(unknown), &[]),
        (only_if(true), &[elsewhere.id, refused.id]),
        (only_if(false), &[of_console.id, tested.id, plain.id]),
        (with_reference("r-1"), &[of_console.id, refused.id]),
        (with_reference("R-1"), &[tested.id]),
        (with_reference("r-"), &[]),
        (with_reference(""), &[]),
        (everything_at_once, &[refused.id]),
        (refused_there, &[elsewhere.id]),
    ] {
        assert_eq!(found(&world, &filter).await, expected, "{filter:?}");
    }
}

/// The limit counts attempts that the filter finds, and the rest is on the next pages.
pub async fn a_filtered_page_of_attempts_is_full(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let connection = world.make.connection("okta");
    world.put([connection.clone().into()]).await;
    for _ in 0..6 {
        let both = [
            world.make.sign_in_attempt(&connection),
            world.make.refused_attempt(&connection),
        ];
        world.put(both.map(Into::into)).await;
    }
    let filter = &SignInAttemptFilter {
        refused: Some(true),
        ..SignInAttemptFilter::default()
    };
    let limit = PageLimit::clamped(4);
    let read = |after| {
        let world = &world;
        async move {
            let page = PageRequest { after, limit };
            let read = world
                .store
                .list_sign_in_attempts(world.workspace(), filter, &page);
            read.await.unwrap()
        }
    };
    let first = read(None).await;
    assert_eq!(first.items.len(), 4);
    let second = read(first.next).await;
    assert_eq!((second.items.len(), second.next), (2, None));
}

async fn found(world: &World, filter: &SignInAttemptFilter) -> Vec<SignInAttemptId> {
    let read = world
        .store
        .list_sign_in_attempts(world.workspace(), filter, &PageRequest::FIRST);
    read.await.unwrap().items.iter().map(|it| it.id).collect()
}
