//! Two replicas of the program on one PostgreSQL server.

use std::{sync::Arc, time::Duration};

use anyhow::{Context, Result, ensure};
use futures::future::join_all;
use jit_testkit::idp::{Person, Sign};
use reqwest::{Method, StatusCode, header};
use serde_json::json;
use workspace_tests::{caller::Caller, replicas::Replicas, scene::location};

/// A login that begins at one replica; its response goes to the same or to the other one.
async fn sign_in(replicas: &Replicas, who: &Person, n: usize) -> Result<StatusCode> {
    let portals = [&replicas.scene.portal, &replicas.other];
    let begins = replicas.scene.agent()?.at(portals[n % 2]);
    let request = begins.begin("acme", &replicas.scene.idp).await?;
    let response = replicas.scene.answer_to(&request, who);
    let response = response.sign(Sign::Assertion);
    let answer = begins.at(portals[n / 2 % 2]);
    let answer = answer.post_response("acme", &response).await?;
    let status = answer.status();
    if status == StatusCode::SERVICE_UNAVAILABLE {
        let wait = answer.headers().get(header::RETRY_AFTER);
        ensure!(wait.is_some(), "503 without Retry-After");
        return Ok(status);
    }
    ensure!(
        status == StatusCode::SEE_OTHER,
        "{status}: {}",
        answer.text().await?
    );
    let finishes = begins.at(portals[(n + 1) % 2]);
    let finished = finishes.get(&location(&answer)?).await?;
    Ok(finished.status())
}

/// R13: five rounds of twenty first logins of one person at once, through both replicas.
#[tokio::test(flavor = "multi_thread")]
async fn twenty_first_logins_of_one_person_through_two_replicas_all_succeed() -> Result<()> {
    let replicas = Replicas::start().await?;
    let mut succeeded = 0;
    for round in 1..=5 {
        let who = Person::new(format!("Person {round}"), format!("p{round}@acme.example"));
        let logins = join_all((0..20).map(|n| sign_in(&replicas, &who, n))).await;
        for login in logins {
            assert_eq!(login?, StatusCode::SEE_OTHER);
            succeeded += 1;
        }
        assert_eq!(replicas.scene.counts().await?, (round, round));
    }
    assert_eq!(succeeded, 100);
    Ok(())
}

/// R13: while the database goes away and comes back, a login succeeds or says when to try again; nobody is
/// made twice or by half, and everybody signs in afterwards.
#[tokio::test(flavor = "multi_thread")]
async fn a_restart_of_the_database_leaves_nobody_half_made() -> Result<()> {
    let replicas = Arc::new(Replicas::start().await?);
    let people: Arc<Vec<_>> = Arc::new(
        (0..60)
            .map(|n| Person::new(format!("Person {n}"), format!("p{n}@acme.example")))
            .collect(),
    );
    let logins: Vec<_> = (0..people.len())
        .map(|n| {
            let (replicas, people) = (Arc::clone(&replicas), Arc::clone(&people));
            tokio::spawn(async move { sign_in(&replicas, &people[n], n).await })
        })
        .collect();
    let restarted = {
        let replicas = Arc::clone(&replicas);
        tokio::task::spawn_blocking(move || {
            replicas.server.crash()?;
            replicas.server.start_again()
        })
    };
    restarted.await??;
    for login in logins {
        match login.await? {
            Ok(StatusCode::SEE_OTHER | StatusCode::SERVICE_UNAVAILABLE) => {}
            Ok(other) => panic!("{other}"),
            // Whoever could not even begin is told in the same way.
            Err(error) => assert!(error.to_string().starts_with("503 "), "{error:#}"),
        }
    }
    let (users, clients) = replicas.scene.counts().await?;
    assert_eq!(users, clients, "half a person");
    for (n, who) in people.iter().enumerate() {
        assert_eq!(
            sign_in(&replicas, who, n).await?,
            StatusCode::SEE_OTHER,
            "{n}"
        );
    }
    assert_eq!(replicas.scene.counts().await?, (60, 60));
    Ok(())
}

/// R28, R30: what one replica takes away is gone at the other; how fast, `cargo bench` shows.
#[tokio::test(flavor = "multi_thread")]
async fn a_hold_at_one_replica_stops_calls_at_the_other() -> Result<()> {
    let replicas = Replicas::start().await?;
    let (here, there) = (&replicas.scene, &replicas.other);
    let caller = Caller::approved(here).await?;
    until(&caller, &replicas, (StatusCode::OK, "")).await?;
    here.post(&caller.holds(), &json!({"reason": "left the project"}))
        .await?;
    let own = caller.call(&here.portal).await?;
    assert_eq!(
        own,
        (StatusCode::FORBIDDEN, "suspended".to_owned()),
        "on the next call"
    );
    until(&caller, &replicas, (StatusCode::FORBIDDEN, "suspended")).await?;
    let cleared = here.api(Method::DELETE, &caller.holds()).send().await?;
    cleared.error_for_status()?;
    until(&caller, &replicas, (StatusCode::OK, "")).await?;

    // Cut off from the database, both fail closed, and say when to try again.
    replicas.server.crash()?;
    until(
        &caller,
        &replicas,
        (StatusCode::SERVICE_UNAVAILABLE, "stale"),
    )
    .await?;
    replicas.server.start_again()?;
    until(&caller, &replicas, (StatusCode::OK, "")).await?;
    assert_eq!(caller.call(there).await?.0, StatusCode::OK);
    Ok(())
}

/// Calls through the other replica until it answers like that.
async fn until(caller: &Caller, replicas: &Replicas, expected: (StatusCode, &str)) -> Result<()> {
    let expected = (expected.0, expected.1.to_owned());
    let met = async {
        while caller.call(&replicas.other).await? != expected {}
        Ok::<_, anyhow::Error>(())
    };
    let met = tokio::time::timeout(Duration::from_secs(30), met).await;
    met.with_context(|| format!("{expected:?} did not come"))?
}
