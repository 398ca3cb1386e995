//! What came of sign-ins, for those who are asked why it does not work.

use jit_domain::{
    assertion::CheckResult,
    connections::IdpConnection,
    console::Origin,
    ids::SignInAttemptId,
    ports::Clock,
    sessions::LoginPurpose,
    sign_in_log::{AttemptOutcome, Evidence, SignInAttempt},
};
use jit_testkit::Fixtures;

use crate::{desk::administrator, world::World};

const HOSTILE: &str = "\"><script>alert(1)</script>&<img src=x>";

async fn put(world: &World, seed: u64, attempt: SignInAttempt) -> SignInAttemptId {
    let make = Fixtures::named("default", 3000 + seed);
    let now = world.clock.now();
    let id = make.id(SignInAttemptId::new);
    world
        .put(SignInAttempt {
            id,
            workspace: world.app.workspace,
            connection: world.connection.id,
            at: now,
            expires_at: now + SignInAttempt::KEPT,
            ..attempt
        })
        .await;
    id
}

fn refused(world: &World, code: &str, found: &str) -> SignInAttempt {
    let reference = format!("ref-{code}");
    SignInAttempt {
        outcome: AttemptOutcome::Refused {
            code: code.to_owned(),
            expected: "https://portal.example/sso/saml/okta/acs".to_owned(),
            found: found.to_owned(),
        },
        origin: Origin {
            ip: Some([192, 0, 2, 7].into()),
            request_id: Some(reference),
        },
        evidence: Evidence {
            purpose: Some(LoginPurpose::Test),
            name_id: Some(found.to_owned()),
            certificate: Some("0".repeat(64)),
            clock_difference_ms: Some(125_000),
            checks: ["issuer", "destination"]
                .map(|check| CheckResult {
                    check: check.to_owned(),
                    passed: check == "issuer",
                })
                .into(),
            redacted: Some(format!("<samlp:Response>{found}</samlp:Response>")),
        },
        ..Fixtures::default().sign_in_attempt(&world.connection)
    }
}

fn tested(world: &World) -> SignInAttempt {
    SignInAttempt {
        outcome: AttemptOutcome::Tested,
        ..Fixtures::default().sign_in_attempt(&world.connection)
    }
}

#[tokio::test]
async fn a_refused_sign_in_is_told_with_its_cause_its_cure_and_what_was_seen() {
    let world = World::ready().await;
    let attempt = refused(&world, "destination_mismatch", "https://elsewhere.example");
    let id = put(&world, 1, attempt).await;
    let desk = administrator(&world).await;
    desk.get(&format!("/admin/sso/log/{id}"))
        .await
        .is(200)
        .shows("The response was sent to another address than the ACS URL of the connection.")
        .shows("<strong>What to do:</strong>")
        .shows("<dt>Expected</dt><dd class=\"mono\">https://portal.example/sso/saml/okta/acs</dd>")
        .shows("<dt>Found</dt><dd class=\"mono\">https://elsewhere.example</dd>")
        .shows("1 of 1, ends 2 Jan 2026")
        .shows("The provider&#39;s clock is 2 min 5 s ahead of ours")
        .shows("The clocks differ.")
        .hides("Not looked for")
        .shows("ref-destination_mismatch")
        .shows("192.0.2.7")
        .shows("&#60;samlp:Response&#62;");
    desk.get("/admin/sso/log/att_000000000000000000000000000000ff")
        .await
        .is_refusal(404);
}

/// Whoever writes a response writes its names, addresses and structure.
#[tokio::test]
async fn what_arrived_is_text_wherever_it_is_shown() {
    let world = World::ready().await;
    let id = put(&world, 1, refused(&world, HOSTILE, HOSTILE)).await;
    let desk = administrator(&world).await;
    for path in [
        format!("/admin/sso/log/{id}"),
        "/admin/sso/log".to_owned(),
        "/admin/sso/log?reference=%22%3E%3Cscript%3Ealert(1)%3C/script%3E".to_owned(),
        format!("/admin/sso/{}", world.connection.id),
    ] {
        desk.get(&path)
            .await
            .is(200)
            .hides("<script>")
            .hides("<img src=x");
    }
}

#[tokio::test]
async fn what_the_provider_says_of_itself_is_text() {
    let world = World::ready().await;
    let mut hostile = IdpConnection {
        version: world.connection.version.next(),
        ..world.connection.clone()
    };
    HOSTILE.clone_into(&mut hostile.idp.as_mut().unwrap().entity_id);
    hostile.attributes.email = vec![HOSTILE.to_owned()];
    hostile.saml.subject = Some(HOSTILE.to_owned());
    world.put(hostile).await;
    let desk = administrator(&world).await;
    for path in [
        "/admin/sso".to_owned(),
        format!("/admin/sso/{}", world.connection.id),
    ] {
        desk.get(&path)
            .await
            .is(200)
            .hides("<script>")
            .shows("&#60;script&#62;");
    }
}

#[tokio::test]
async fn the_log_is_filtered_by_outcome_connection_and_reference() {
    let world = World::ready().await;
    put(&world, 1, refused(&world, "audience_mismatch", "x")).await;
    put(&world, 2, tested(&world)).await;
    let desk = administrator(&world).await;
    let (refused, passed) = ("for another application", "Nobody was signed in.");
    desk.get("/admin/sso/log")
        .await
        .shows(refused)
        .shows(passed);
    for (query, shown, hidden) in [
        ("outcome=refused", refused, passed),
        ("outcome=passed", passed, refused),
        ("reference=ref-audience_mismatch", refused, passed),
    ] {
        desk.get(&format!("/admin/sso/log?{query}"))
            .await
            .shows(shown)
            .hides(hidden);
    }
    desk.get(&format!(
        "/admin/sso/log?connection={}",
        world.connection.id
    ))
    .await
    .shows("2 attempts, newest first");
    desk.get("/admin/sso/log?reference=nobody")
        .await
        .shows("No sign-ins match");
}

/// The state of a step is what happened, not what somebody ticked.
#[tokio::test]
async fn a_passed_test_is_what_makes_the_step_done() {
    let world = World::ready().await;
    world
        .put(IdpConnection {
            version: world.connection.version.next(),
            state: jit_domain::connections::ConnectionState::Inactive,
            ..world.connection.clone()
        })
        .await;
    let page = format!("/admin/sso/{}", world.connection.id);
    let desk = administrator(&world).await;
    desk.get(&page)
        .await
        .shows("Not tested yet")
        .shows("Nothing came from there yet")
        .shows("Switch on without a test");
    let attempt = refused(&world, "audience_mismatch", "x");
    put(&world, 1, attempt.clone()).await;
    desk.get(&page)
        .await
        .shows("The provider answers here")
        .shows("In the console of your provider, paste the entity ID")
        .shows("Switch on without a test");
    put(&world, 2, tested(&world)).await;
    desk.get(&page)
        .await
        .shows("Test sign-in<span class=\"sr\"> (done)")
        .shows("id=\"step-activation\" open")
        .hides("Switch on without a test");
    world.clock.advance(chrono::Duration::minutes(1));
    put(&world, 3, attempt).await;
    desk.get(&page).await.shows("Worked, but not the last time");
}

/// Anybody can post to the address for providers, and must not move a step by it.
#[tokio::test]
async fn what_strangers_post_changes_the_state_of_no_step() {
    let world = World::ready().await;
    let mut attempt = refused(&world, "signature_invalid", "x");
    attempt.evidence.purpose = None;
    attempt.evidence.certificate = None;
    put(&world, 1, attempt).await;
    administrator(&world)
        .await
        .get(&format!("/admin/sso/{}", world.connection.id))
        .await
        .shows("Nothing came from there yet")
        .shows("Not tested yet");
}

#[tokio::test]
async fn a_certificate_that_nobody_got_to_look_for_is_not_said_to_be_missing() {
    let world = World::ready().await;
    let mut attempt = refused(&world, "destination_mismatch", "x");
    attempt.evidence.certificate = None;
    let early = put(&world, 1, attempt.clone()).await;
    attempt.evidence.checks.push(CheckResult {
        check: "signature".to_owned(),
        passed: false,
    });
    let late = put(&world, 2, attempt).await;
    let desk = administrator(&world).await;
    let page = desk.get(&format!("/admin/sso/log/{early}")).await;
    page.shows("Not looked for, because something else came first");
    let page = desk.get(&format!("/admin/sso/log/{late}")).await;
    page.shows("None that the connection had");
}
