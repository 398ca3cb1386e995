//! What comes of a response, and what the log of sign-ins remembers.

use chrono::Duration;
use jit_domain::{
    assertion::{Assertion, AssertionRefusal, CheckResult, Examination, ExampleAssertion},
    connections::RoleRule,
    console::{ConsoleRole, Origin},
    error::{Error, Rejection},
    portal::{Answered, ConnectionEditor, LoginTarget, Response},
    sessions::{AuthnRequestId, LoginPurpose},
    sign_in_log::{AttemptOutcome, SignInAttempt, SignInAttemptFilter},
    views::PageRequest,
};

use crate::world::{World, rejection};

async fn take(world: &World, examination: &Examination) -> Result<Answered, Error> {
    let origin = Origin {
        request_id: Some("req-7".to_owned()),
        ..Origin::default()
    };
    let response = Response {
        connection: &world.connection,
        examination,
        relay_state: None,
        origin: &origin,
    };
    world.portal.take_response(&response).await
}

fn accepted(who: Assertion) -> Examination {
    Examination {
        certificate: Some("aa".to_owned()),
        issued_at: Some(who.valid_until - Duration::minutes(6)),
        checks: vec![CheckResult {
            check: "signature".to_owned(),
            passed: true,
        }],
        ..Examination::of(Ok(who))
    }
}

fn refused(who: Assertion) -> Examination {
    Examination {
        claimed: Some(ExampleAssertion(who)),
        ..Examination::of(Err(AssertionRefusal {
            code: "audience_mismatch",
            expected: "us".to_owned(),
            found: "them".to_owned(),
        }))
    }
}

async fn log(world: &World) -> Vec<SignInAttempt> {
    let filter = SignInAttemptFilter::default();
    let page = world
        .portal
        .list_sign_in_attempts(&world.admin, &filter, &PageRequest::FIRST);
    page.await.unwrap().items
}

/// A login of that kind that is under way, and what the provider would say to it.
async fn begun(world: &World, target: LoginTarget) -> Assertion {
    let (workspace, slug) = (world.workspace.id, &world.connection.slug);
    let begun = world
        .portal
        .begin_sign_in(workspace, slug, target, None)
        .await
        .unwrap();
    answer(world, begun.request.id)
}

async fn begun_test(world: &World) -> Assertion {
    let editor = ConnectionEditor::Console(world.admin.clone());
    let begun = world
        .portal
        .begin_test_sign_in(&editor, world.connection.id)
        .await
        .unwrap();
    answer(world, begun.request.id)
}

fn answer(world: &World, request: AuthnRequestId) -> Assertion {
    Assertion {
        in_response_to: Some(request.to_string()),
        ..world.assertion("dana")
    }
}

#[tokio::test]
async fn a_login_is_remembered_with_who_signed_in_and_what_was_seen() {
    let world = World::configured().await;
    let who = begun(&world, LoginTarget::Portal).await;
    let answered = take(&world, &accepted(who)).await.unwrap();
    let Answered::EndUser(now, _) = answered else {
        panic!("expected an end user, got {answered:?}")
    };
    let [attempt] = log(&world).await.try_into().unwrap();
    let id = now.end_user.id;
    assert_eq!(attempt.outcome, AttemptOutcome::EndUser { id });
    assert_eq!(attempt.evidence.purpose, Some(LoginPurpose::Portal));
    assert_eq!(attempt.evidence.name_id.as_deref(), Some("dana"));
    assert_eq!(attempt.evidence.certificate.as_deref(), Some("aa"));
    assert_eq!(attempt.evidence.clock_difference_ms, Some(-60_000));
    assert_eq!(attempt.evidence.checks.len(), 1);
    assert_eq!(attempt.origin.request_id.as_deref(), Some("req-7"));
    assert_eq!(attempt.expires_at - attempt.at, Duration::days(30));
}

#[tokio::test]
async fn a_response_that_fails_a_check_signs_nobody_in_and_is_remembered_with_the_cause() {
    let world = World::configured().await;
    let who = begun(&world, LoginTarget::Portal).await;
    let answered = take(&world, &refused(who)).await.unwrap();
    assert!(matches!(&answered, Answered::Refused(it) if it.code == "audience_mismatch"));
    let [attempt] = log(&world).await.try_into().unwrap();
    assert_eq!(attempt.outcome.refusal(), Some("audience_mismatch"));
    assert_eq!(crate::sign_in::people(&world).await, 0);
}

#[tokio::test]
async fn a_refusal_of_the_business_is_remembered_as_well() {
    let world = World::configured().await;
    let answered = take(&world, &accepted(world.assertion("dana"))).await;
    assert_eq!(rejection(answered), Rejection::UnsolicitedForbidden);
    let [attempt] = log(&world).await.try_into().unwrap();
    assert_eq!(attempt.outcome.refusal(), Some("unsolicited_forbidden"));
}

/// R3: before the settings are saved, whatever the response says.
#[tokio::test]
async fn before_the_settings_are_saved_good_and_bad_responses_get_the_same_answer() {
    let world = World::new().await;
    for examination in [
        accepted(world.assertion("dana")),
        refused(world.assertion("dana")),
    ] {
        let answered = take(&world, &examination).await;
        assert_eq!(rejection(answered), Rejection::SettingsNotConfigured);
    }
    assert_eq!(crate::sign_in::people(&world).await, 0);
}

#[tokio::test]
async fn a_test_makes_nothing_before_the_settings_are_saved_and_while_the_connection_is_off() {
    let mut world = World::new().await;
    let off = jit_domain::connections::ConnectionState::Inactive;
    world.change_connection(|it| it.state = off).await;
    let who = begun_test(&world).await;
    let answered = take(&world, &accepted(who.clone())).await.unwrap();
    assert!(matches!(answered, Answered::Test));
    let [attempt] = log(&world).await.try_into().unwrap();
    assert_eq!(attempt.outcome, AttemptOutcome::Tested);
    assert_eq!(crate::sign_in::people(&world).await, 0);
    assert!(!world.actions().await.contains(&"end_user.signed_in"));

    // It counts once: the same response is no test any more, and no login either.
    let again = take(&world, &accepted(who)).await;
    assert_eq!(rejection(again), Rejection::SettingsNotConfigured);
}

#[tokio::test]
async fn a_test_that_fails_may_be_answered_again() {
    let world = World::configured().await;
    let who = begun_test(&world).await;
    for _ in 0..2 {
        let answered = take(&world, &refused(who.clone())).await.unwrap();
        assert!(matches!(answered, Answered::Test));
    }
    take(&world, &accepted(who)).await.unwrap();
    let outcomes: Vec<_> = log(&world).await;
    let refused = outcomes.iter().filter(|it| it.outcome.refusal().is_some());
    assert_eq!(refused.count(), 2);
    assert_eq!(outcomes[0].outcome, AttemptOutcome::Tested);
}

#[tokio::test]
async fn the_answer_to_a_login_to_the_console_makes_no_end_user() {
    let mut world = World::configured().await;
    let rule = RoleRule {
        value: "admins".to_owned(),
        role: ConsoleRole::Auditor,
    };
    world
        .change_connection(|it| it.console_roles = vec![rule])
        .await;
    let mut who = begun(&world, LoginTarget::Console).await;
    let groups = vec!["admins".to_owned()];
    who.attributes.insert("groups".to_owned(), groups);
    let answered = take(&world, &accepted(who)).await.unwrap();
    assert!(matches!(answered, Answered::Administrator(..)));
    assert_eq!(crate::sign_in::people(&world).await, 0);
}

/// R11: an answer to a login through one connection is none at the address of another.
#[tokio::test]
async fn an_answer_to_a_login_through_another_connection_is_refused() {
    let mut world = World::configured().await;
    let who = begun(&world, LoginTarget::Portal).await;
    let other = jit_domain::connections::IdpConnection {
        id: jit_domain::ids::IdpConnectionId::new(uuid::Uuid::from_u128(77)),
        workspace: world.workspace.id,
        ..jit_testkit::Fixtures::default().connection("other")
    };
    world.put(other.clone()).await;
    world.connection = other;
    let who = Assertion {
        issuer: world.connection.idp.clone().unwrap().entity_id,
        ..who
    };
    let answered = take(&world, &accepted(who)).await;
    assert_eq!(rejection(answered), Rejection::LoginUnknown);
}

#[tokio::test]
async fn a_name_that_fills_a_book_is_remembered_by_its_beginning() {
    let world = World::configured().await;
    let mut who = begun(&world, LoginTarget::Portal).await;
    who.name_id = "x".repeat(100_000);
    take(&world, &refused(who)).await.unwrap();
    let [attempt] = log(&world).await.try_into().unwrap();
    assert_eq!(attempt.evidence.name_id.unwrap().len(), 256);
}
