//! First logins against the real program: at once, in races, and through crashes.

use std::sync::Arc;

use anyhow::Result;
use jit_testkit::idp::{Person, Sign};
use reqwest::StatusCode;
use serde_json::Value;
use workspace_tests::scene::Scene;

fn person(name: &str) -> Person {
    Person::new(name, format!("{name}@acme.example"))
}

/// R3: before the settings are saved a login is refused with the reason, and nothing is left behind.
#[tokio::test(flavor = "multi_thread")]
async fn before_the_settings_are_saved_nobody_signs_in_and_nothing_is_left() -> Result<()> {
    let scene = Scene::start().await?;
    let agent = scene.agent()?;
    let login = agent.get("/sso/saml/acme/login").await?;
    assert_eq!(login.status(), StatusCode::SERVICE_UNAVAILABLE);
    let page = login.text().await?;
    assert!(
        page.contains("not ready yet") && page.contains("administrator"),
        "{page}"
    );
    // A response that nobody asked for gets the same page.
    let dana = person("dana");
    let service = scene.portal.url("/sso/saml/acme");
    let forced = scene
        .idp
        .response(&dana, workspace_tests::scene::now())
        .acs(format!("{service}/acs"))
        .audience(format!("{service}/metadata"))
        .sign(Sign::Both);
    let forced = agent.post_response("acme", &forced).await?;
    assert_eq!(forced.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(forced.text().await?.contains("not ready yet"));
    assert_eq!(scene.counts().await?, (0, 0));
    Ok(())
}

/// R13: sixteen simultaneous first logins of one new person, fifty times over.
#[tokio::test(flavor = "multi_thread")]
async fn sixteen_first_logins_of_one_person_make_one_user_and_one_client() -> Result<()> {
    let scene = Arc::new(Scene::configured().await?);
    for round in 0..50 {
        let who = person(&format!("dana{round}"));
        sign_in_at_once(&scene, &vec![who; 16]).await?;
        assert_eq!(
            scene.counts().await?,
            (round + 1, round + 1),
            "round {round}"
        );
    }
    Ok(())
}

/// R6: sixteen people sign in for the first time while the settings are saved again and again, fifty times over.
#[tokio::test(flavor = "multi_thread")]
async fn first_logins_succeed_while_the_settings_are_saved_again_and_again() -> Result<()> {
    let scene = Arc::new(Scene::configured().await?);
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let saver = {
        let scene = scene.clone();
        tokio::spawn(async move {
            let mut saves = 0;
            while !*stopped.borrow() {
                let saved = scene.save_settings("auth_token").await?;
                anyhow::ensure!(saved.status().is_success(), "{}", saved.text().await?);
                saves += 1;
            }
            Ok::<_, anyhow::Error>(saves)
        })
    };
    for round in 0..50 {
        let people: Vec<_> = (0..16).map(|n| person(&format!("r{round}p{n}"))).collect();
        sign_in_at_once(&scene, &people).await?;
    }
    stop.send(true)?;
    let saves = saver.await??;
    assert!(saves > 50, "only {saves} saves raced with the logins");
    let clients = scene.all("/clients").await?;
    assert_eq!(clients.len(), 800);
    assert!(
        clients
            .iter()
            .all(|client| client["auth_method"] == "auth_token")
    );
    Ok(())
}

/// R5: after the first client another method is refused, with since when and how many.
#[tokio::test(flavor = "multi_thread")]
async fn after_the_first_client_another_method_is_refused() -> Result<()> {
    let scene = Scene::configured().await?;
    scene.sign_in(&person("dana")).await?;
    let refused = scene.save_settings("oauth2").await?;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    let problem: Value = refused.json().await?;
    assert_eq!(problem["code"], "auth_method_locked");
    assert_eq!(problem["clients"], 1);
    let client = &scene.all("/clients").await?[0];
    assert_eq!(problem["since"], client["created_at"]);
    Ok(())
}

/// R13: the program is killed again and again during 200 first logins; everybody has both records or
/// neither, and everybody signs in afterwards.
#[tokio::test(flavor = "multi_thread")]
async fn a_kill_in_the_middle_leaves_both_records_or_neither() -> Result<()> {
    let mut scene = Scene::configured().await?;
    let people: Vec<_> = (0..200).map(|n| person(&format!("person{n}"))).collect();
    for (round, group) in people.chunks(20).enumerate() {
        let logins = group.iter().map(|who| scene.sign_in(who));
        // Killed after a different number of logins each time, while the others are under way.
        let mut logins: futures::stream::FuturesUnordered<_> = logins.collect();
        for _ in 0..=(round * 2) {
            let _ = futures::StreamExt::next(&mut logins).await;
        }
        drop(logins);
        scene.portal.restart().await?;
        let (users, clients) = scene.counts().await?;
        assert_eq!(users, clients, "round {round}: half a person");
    }
    for who in &people {
        scene.sign_in(who).await?;
    }
    assert_eq!(scene.counts().await?, (200, 200));
    Ok(())
}

/// All begin first, and then post their responses at the same moment.
async fn sign_in_at_once(scene: &Arc<Scene>, people: &[Person]) -> Result<()> {
    let mut begun = Vec::new();
    for who in people {
        let agent = scene.agent()?;
        let request = agent.begin("acme", &scene.idp).await?;
        begun.push((agent, scene.answer_to(&request, who).sign(Sign::Assertion)));
    }
    let posting = begun.into_iter().map(|(agent, response)| {
        tokio::spawn(async move { agent.finish("acme", &response).await })
    });
    for posted in posting.collect::<Vec<_>>() {
        assert_eq!(posted.await??, "/discover");
    }
    Ok(())
}
