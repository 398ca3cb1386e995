use jit_domain::{
    assertion::ExampleAssertion,
    connections::Switch,
    error::Rejection,
    portal::{PreviewOutcome, SignInOutcome},
    ports::EndUserRepository,
    settings::AuthMethod,
    views::{EndUserFilter, PageRequest},
};

use crate::world::World;

async fn preview(world: &World, person: &str) -> PreviewOutcome {
    let example = ExampleAssertion(world.assertion(person));
    let slug = &world.connection.slug;
    world
        .portal
        .preview_sign_in(&world.admin, slug, example)
        .await
        .unwrap()
        .outcome
}

/// R10: a preview says what signing in would do, and does nothing.
#[tokio::test]
async fn a_preview_says_what_would_happen_and_does_nothing() {
    let mut world = World::new().await;
    assert_eq!(
        preview(&world, "dana").await,
        PreviewOutcome::Refused(Rejection::SettingsNotConfigured)
    );
    world.save(AuthMethod::AuthToken).await.unwrap();
    let before = world.actions().await;
    let PreviewOutcome::Accepted {
        outcome,
        end_user,
        display_name,
        method,
        ..
    } = preview(&world, "dana").await
    else {
        panic!("expected accepted");
    };
    assert_eq!(
        (outcome, end_user, method),
        (SignInOutcome::Created, None, AuthMethod::AuthToken)
    );
    assert_eq!(display_name.as_str(), "dana of Acme");
    assert_eq!(world.actions().await, before);
    let people = world
        .store
        .list_end_users(
            world.workspace.id,
            &EndUserFilter::default(),
            &PageRequest::FIRST,
        )
        .await
        .unwrap();
    assert!(people.items.is_empty());

    let dana = world.sign_in("dana").await.unwrap().now.end_user.id;
    world.change_connection(|c| c.jit = Switch::Off).await;
    assert_eq!(
        preview(&world, "noor").await,
        PreviewOutcome::Refused(Rejection::JitDisabled)
    );
    let PreviewOutcome::Accepted {
        outcome, end_user, ..
    } = preview(&world, "dana").await
    else {
        panic!("expected accepted");
    };
    assert_eq!((outcome, end_user), (SignInOutcome::Known, Some(dana)));
}
