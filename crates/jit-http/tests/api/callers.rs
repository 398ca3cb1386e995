//! Who may do what, at every endpoint.

use serde_json::Value;

use crate::{
    client::{Answer, Who, call},
    table::{Row, Scene, rows},
};

async fn ask(scene: &Scene, row: &Row, who: &Who) -> Answer {
    let (method, path, body, _) = row;
    let mut sent = call(method, &scene.fill(path)).by(who);
    if *body != Value::Null {
        let body = serde_json::from_str(&scene.fill(&body.to_string())).unwrap();
        sent = sent.json(&body);
    }
    scene.world.send(sent).await
}

/// R24, R38 and the roles of the console, at every endpoint.
#[tokio::test]
async fn every_endpoint_answers_each_kind_of_caller_as_its_role_allows() {
    for row in rows() {
        for (caller, expected) in row.3.into_iter().enumerate() {
            // A world of its own, because a success changes it.
            let scene = Scene::new().await;
            let world = &scene.world;
            let who = [
                &Who::Nobody,
                &scene.dana,
                &world.auditor,
                &world.approver,
                &world.admin,
            ][caller];
            let answer = ask(&scene, &row, who).await;
            let (method, path) = (row.0, row.1);
            assert_eq!(
                answer.status.as_u16(),
                expected,
                "{method} {path} by {who:?}: {}",
                answer.text
            );
            match expected {
                401 => {
                    assert_eq!(answer.header("www-authenticate"), "Bearer");
                    answer.refused(401, "unauthenticated");
                }
                403 => {
                    let code = match caller {
                        1 => "console_only",
                        _ if row.3[1] < 300 && row.3[4] == 403 => "end_users_only",
                        _ => "role_missing",
                    };
                    answer.refused(403, code);
                }
                _ => assert!(answer.header("cache-control").starts_with("no-store")),
            }
        }
    }
}

/// R38: a token of another workspace is as unknown as one that was never made.
#[tokio::test]
async fn a_token_of_another_workspace_is_nobody() {
    let scene = Scene::new().await;
    let make = jit_testkit::Fixtures::named("other", 99);
    let secret = make.secret(jit_domain::tokens::SecretKind::ApiToken);
    let token = jit_domain::console::ApiToken {
        hash: secret.hash(),
        ..make.api_token("of another")
    };
    let commit = make.put_all([make.workspace().into(), token.into()]);
    jit_domain::ports::Store::commit(&*scene.world.store, &commit)
        .await
        .unwrap();
    let who = Who::Token(secret.reveal().to_owned());
    for row in rows().iter().filter(|row| row.1 != "/openapi.json") {
        ask(&scene, row, &who).await.refused(401, "unauthenticated");
    }
}

#[tokio::test]
async fn a_wrong_token_is_refused_even_beside_a_good_cookie() {
    let scene = Scene::new().await;
    let send = async |who: &Who, sent: &str| {
        let call = call("GET", "/me").by(who).header("authorization", sent);
        scene.world.send(call).await
    };
    for wrong in ["Bearer nonsense", "bearer jpt_x", "Bearer", "Bearer  "] {
        let answer = send(&scene.dana, wrong).await;
        answer.refused(401, "unauthenticated");
    }
    for of_a_proxy in ["Basic YTpi", "Bearers x", ""] {
        send(&scene.dana, of_a_proxy).await.ok();
        let answer = send(&Who::Nobody, of_a_proxy).await;
        answer.refused(401, "unauthenticated");
    }
}

#[tokio::test]
async fn a_revoked_or_expired_token_is_nobody() {
    let scene = Scene::new().await;
    let world = &scene.world;
    let soon = world.portal.now() + chrono::Duration::minutes(1);
    let role = jit_domain::console::ConsoleRole::Auditor;
    let new = world
        .portal
        .create_api_token(world.workspace.id, "short", role, Some(soon))
        .await
        .unwrap();
    let who = Who::Token(new.secret.reveal().to_owned());
    world.send(call("GET", "/me").by(&who)).await.ok();
    world.clock.advance(chrono::Duration::minutes(1));
    let late = world.send(call("GET", "/me").by(&who)).await;
    late.refused(401, "unauthenticated");
}

#[tokio::test]
async fn each_caller_learns_who_it_is() {
    let scene = Scene::new().await;
    let world = &scene.world;
    let me = async |who: &Who| world.send(call("GET", "/me").by(who)).await.ok();
    let dana = me(&scene.dana).await;
    assert_eq!(dana["kind"], "end_user");
    assert_eq!(dana["client_id"], scene.fill("{client}"));
    assert_eq!(dana["role"], Value::Null);
    let approver = me(&world.approver).await;
    assert_eq!(approver["kind"], "api_token");
    assert_eq!(approver["role"], "approver");
    assert_eq!(approver["collections"], Value::Null);
    let alex = world.console_session("alex@acme.example").await;
    let alex = me(&alex).await;
    assert_eq!(alex["kind"], "administrator");
    assert_eq!(alex["role"], "administrator");
}

/// R17: with a hold, the session is over at once.
#[tokio::test]
async fn a_held_person_is_nobody() {
    let scene = Scene::new().await;
    let holds = scene.fill("/end-users/{user}/holds");
    let world = &scene.world;
    world.send(call("POST", &holds).by(&world.admin)).await.ok();
    let answer = world.send(call("GET", "/discover").by(&scene.dana)).await;
    answer.refused(401, "unauthenticated");
}
