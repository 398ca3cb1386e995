//! Somebody whose program may call an API through the gateway.

use anyhow::{Context, Result};
use axum::{Router, routing::get};
use jit_testkit::idp::Person;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

use crate::{portal::Portal, scene::Scene};

/// A person with a credential and a grant.
pub struct Caller {
    /// The person, as the API names them.
    pub end_user: String,
    secret: String,
    http: Client,
}

impl Caller {
    /// Publishes a collection with an upstream, signs a person in and approves what they ask for.
    pub async fn approved(scene: &Scene) -> Result<Self> {
        let collection = scene.collection("things", &upstream().await?).await?;
        let person = Person::new("Dana Okafor", "dana@acme.example");
        let agent = scene.sign_in(&person).await?;
        let me = agent.get_json("/me").await?;
        let client = text(&me, "client_id")?;
        let credential = json!({"name": "laptop"});
        let path = format!("/clients/{client}/credentials");
        let made = agent.post_json(&path, &credential).await?;
        let wish = json!({"collection": collection, "reason": "We list things every night."});
        let request = agent.post_json("/access-requests", &wish).await?;
        let approve = format!("/access-requests/{}/approve", text(&request, "id")?);
        scene.post(&approve, &json!({})).await?;
        Ok(Self {
            end_user: text(&me, "id")?,
            secret: text(&made, "secret")?,
            http: Client::new(),
        })
    }

    /// The status and the `code` of a call through the gateway of that portal.
    pub async fn call(&self, portal: &Portal) -> Result<(StatusCode, String)> {
        let url = portal.url("/gateway/things/v1/things");
        let call = self.http.get(url).header("api-token", &self.secret);
        let answer = call.send().await?;
        let status = answer.status();
        let body: Value = serde_json::from_slice(&answer.bytes().await?).unwrap_or_default();
        Ok((status, body["code"].as_str().unwrap_or_default().to_owned()))
    }

    /// The path of their holds, below `/api/v1`.
    pub fn holds(&self) -> String {
        format!("/end-users/{}/holds", self.end_user)
    }
}

async fn upstream() -> Result<String> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let app = Router::new().route("/things", get(async || "things"));
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(format!("http://{address}"))
}

fn text(value: &Value, name: &str) -> Result<String> {
    let text = value[name].as_str();
    let text = text.with_context(|| format!("{name} is a text in {value}"))?;
    Ok(text.to_owned())
}
