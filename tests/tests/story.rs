//! The whole story through the API, with a real upstream behind the gateway.

use anyhow::{Context, Result};
use axum::{Json, Router, http::HeaderMap, routing::get};
use jit_testkit::idp::Person;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use workspace_tests::scene::Scene;

/// An API that tells what reached it.
async fn upstream() -> Result<String> {
    let things = |headers: HeaderMap| async move {
        let seen = |name: &str| {
            headers
                .get(name)
                .and_then(|v| v.to_str().ok())
                .map(str::to_owned)
        };
        Json(json!({
            "client": seen("x-client-id"), "user": seen("x-end-user-id"),
            "token": seen("api-token"), "authorization": seen("authorization"), "cookie": seen("cookie"),
        }))
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let app = Router::new().route("/api/things", get(things));
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(format!("http://{address}/api"))
}

/// R13, R20, R21, R26, R28, R30: the main job, end to end.
#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_asks_is_approved_calls_and_is_suspended() -> Result<()> {
    let scene = Scene::configured().await?;
    let collection = scene.collection("things", &upstream().await?).await?;
    let dana = Person::new("Dana Okafor", "dana@acme.example");
    let agent = scene.sign_in(&dana).await?;
    assert_eq!(agent.get("/discover").await?.status(), StatusCode::OK);

    // A client without a secret, and a secret without a grant.
    let me = agent.get_json("/me").await?;
    let client = me["client"]
        .as_str()
        .or(me["client_id"].as_str())
        .context("a client")?
        .to_owned();
    let made = agent
        .post_json(
            &format!("/clients/{client}/credentials"),
            &json!({"name": "laptop"}),
        )
        .await?;
    let secret = made["secret"]
        .as_str()
        .context("the secret is in the answer")?
        .to_owned();
    let call = async || -> Result<(StatusCode, Value)> {
        let url = scene.portal.url("/gateway/things/v1/things");
        let answer = Client::new()
            .get(url)
            .header("api-token", &secret)
            .send()
            .await?;
        Ok((answer.status(), answer.json().await?))
    };
    let (status, problem) = call().await?;
    assert_eq!(
        (status, &problem["code"]),
        (StatusCode::FORBIDDEN, &json!("no_grant"))
    );

    // Asking, and asking twice.
    let wish = json!({"collection": collection, "reason": "We list things every night."});
    let request = agent.post_json("/access-requests", &wish).await?;
    let twice = agent
        .post_json("/access-requests", &wish)
        .await
        .unwrap_err()
        .to_string();
    assert!(twice.contains("already_pending"), "{twice}");
    let id = request["id"].as_str().context("a request has an id")?;
    scene
        .post(
            &format!("/access-requests/{id}/approve"),
            &json!({"note": "Welcome."}),
        )
        .await?;

    // The very next call passes, without the credential and without cookies.
    let (status, seen) = call().await?;
    assert_eq!(status, StatusCode::OK, "{seen}");
    assert_eq!(seen["client"], json!(client));
    for stripped in ["token", "authorization", "cookie"] {
        assert_eq!(seen[stripped], Value::Null, "{stripped}");
    }

    // Suspended: the very next call is refused, and so are the pages; released: the call passes again.
    let user = scene.all("/end-users").await?[0]["id"]
        .as_str()
        .context("an id")?
        .to_owned();
    let holds = format!("/end-users/{user}/holds");
    scene
        .post(&holds, &json!({"reason": "left the project"}))
        .await?;
    let (status, problem) = call().await?;
    assert_eq!(
        (status, &problem["code"]),
        (StatusCode::FORBIDDEN, &json!("suspended"))
    );
    assert_eq!(
        agent.get("/api/v1/me").await?.status(),
        StatusCode::UNAUTHORIZED
    );
    scene
        .api(reqwest::Method::DELETE, &holds)
        .send()
        .await?
        .error_for_status()?;
    assert_eq!(call().await?.0, StatusCode::OK);

    // Revoked: refused again.
    let grant = scene.all("/grants").await?[0]["id"]
        .as_str()
        .context("an id")?
        .to_owned();
    scene
        .post(
            &format!("/grants/{grant}/revoke"),
            &json!({"reason": "contract ended"}),
        )
        .await?;
    assert_eq!(call().await?.1["code"], "no_grant");

    // R35: the audit log tells it all, and no secret.
    let log = serde_json::to_string(&scene.all("/audit-events").await?)?;
    for action in [
        "end_user.created",
        "api_client.created",
        "access_request.approved",
        "grant.revoked",
    ] {
        assert!(log.contains(action), "{action}");
    }
    assert!(!log.contains(&secret) && !scene.portal.stderr().join("\n").contains(&secret));
    Ok(())
}
