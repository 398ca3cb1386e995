//! A running portal with an identity provider, a token for the API, and short words for what people do.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use jit_domain::values::Timestamp;
use jit_testkit::idp::{AuthnRequest, IdentityProvider, Person, ResponseBuilder, Sign};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, header, redirect::Policy};
use serde_json::{Value, json};
use tokio::process::Command;

use crate::{paths::programs, portal::Portal};

/// A portal that knows one identity provider.
pub struct Scene {
    /// The running program.
    pub portal: Portal,
    /// The provider; it signs, and nobody needs to reach it.
    pub idp: Arc<IdentityProvider>,
    token: String,
    http: Client,
}

impl Scene {
    /// Starts the program on an empty database and registers the provider. Settings are not saved.
    pub async fn start() -> Result<Self> {
        Self::with(Portal::start().await?).await
    }

    /// The same with a program that runs already.
    pub async fn with(portal: Portal) -> Result<Self> {
        let token = create_token(&portal).await?;
        let idp = Arc::new(IdentityProvider::new("https://idp.example", vec![]));
        let http = Client::builder().redirect(Policy::none()).build()?;
        let scene = Self {
            portal,
            idp,
            token,
            http,
        };
        let connection = json!({
            "name": "Acme SSO", "slug": "acme", "state": "active", "jit": "on",
            "metadata_xml": scene.idp.metadata_xml(),
        });
        scene.post("/idp-connections", &connection).await?;
        Ok(scene)
    }

    /// The same with JIT user settings saved.
    pub async fn configured() -> Result<Self> {
        let scene = Self::start().await?;
        scene
            .save_settings("auth_token")
            .await?
            .error_for_status()?;
        Ok(scene)
    }

    /// A call of the API with the administrator's token; `path` is below `/api/v1`.
    pub fn api(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, self.portal.url(&format!("/api/v1{path}")))
            .bearer_auth(&self.token)
    }

    /// What is at that path of the API.
    pub async fn get(&self, path: &str) -> Result<Value> {
        answer(self.api(Method::GET, path).send().await?).await
    }

    /// What a post to that path of the API answers.
    pub async fn post(&self, path: &str, body: &Value) -> Result<Value> {
        answer(self.api(Method::POST, path).json(body).send().await?).await
    }

    /// Saves the settings with that method, whatever was there.
    pub async fn save_settings(&self, method: &str) -> Result<Response> {
        let body = json!({ "auth_method": method });
        Ok(self
            .api(Method::PUT, "/jit-settings")
            .json(&body)
            .send()
            .await?)
    }

    /// How many end users and clients there are.
    pub async fn counts(&self) -> Result<(usize, usize)> {
        Ok((
            self.count("/end-users").await?,
            self.count("/clients").await?,
        ))
    }

    async fn count(&self, path: &str) -> Result<usize> {
        Ok(self.all(path).await?.len())
    }

    /// Every item of a list, page by page.
    pub async fn all(&self, path: &str) -> Result<Vec<Value>> {
        let mut items = vec![];
        let mut after = String::new();
        loop {
            let page = self.get(&format!("{path}?limit=100{after}")).await?;
            items.extend(
                page["items"]
                    .as_array()
                    .context("a list has items")?
                    .iter()
                    .cloned(),
            );
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => return Ok(items),
            }
        }
    }

    /// A published collection whose calls go to that upstream; gives its id.
    pub async fn collection(&self, slug: &str, upstream: &str) -> Result<String> {
        let document = json!({
            "openapi": "3.1.0",
            "info": {"title": slug, "version": "1.0.0"},
            "paths": {"/things": {"get": {"summary": "List things"}}},
        });
        let body = json!({"slug": slug, "document": document, "upstream": upstream});
        let made = self.post("/collections", &body).await?;
        let id = made["id"]
            .as_str()
            .context("a collection has an id")?
            .to_owned();
        self.post(&format!("/collections/{id}/publish"), &json!({}))
            .await?;
        Ok(id)
    }

    /// A browser without a screen that has not signed in.
    pub fn agent(&self) -> Result<Agent> {
        let http = Client::builder()
            .redirect(Policy::none())
            .cookie_store(true)
            .build()?;
        Ok(Agent {
            http,
            base: self.portal.base_url().to_owned(),
        })
    }

    /// The whole login of a person.
    pub async fn sign_in(&self, person: &Person) -> Result<Agent> {
        let agent = self.agent()?;
        let request = agent.begin("acme", &self.idp).await?;
        agent
            .finish(
                "acme",
                &self.answer_to(&request, person).sign(Sign::Assertion),
            )
            .await?;
        Ok(agent)
    }

    /// What the provider answers to a request about that person.
    pub fn answer_to<'a>(
        &'a self,
        request: &AuthnRequest,
        person: &'a Person,
    ) -> ResponseBuilder<'a> {
        self.idp
            .response(person, now())
            .acs(&request.acs_url)
            .audience(&request.issuer)
            .in_response_to(&request.id)
    }
}

/// A browser without a screen: cookies, and no redirect followed unasked.
pub struct Agent {
    http: Client,
    base: String,
}

impl Agent {
    /// The same browser at another replica.
    #[must_use]
    pub fn at(&self, portal: &Portal) -> Self {
        Self {
            http: self.http.clone(),
            base: portal.base_url().to_owned(),
        }
    }

    /// A request with the cookies of this browser.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }

    /// A page.
    pub async fn get(&self, path: &str) -> Result<Response> {
        Ok(self.request(Method::GET, path).send().await?)
    }

    /// What a post to that path of the API answers.
    pub async fn post_json(&self, path: &str, body: &Value) -> Result<Value> {
        answer(
            self.request(Method::POST, &format!("/api/v1{path}"))
                .json(body)
                .send()
                .await?,
        )
        .await
    }

    /// What is at that path of the API.
    pub async fn get_json(&self, path: &str) -> Result<Value> {
        answer(self.get(&format!("/api/v1{path}")).await?).await
    }

    /// Begins a login and reads what the provider is asked.
    pub async fn begin(&self, connection: &str, idp: &IdentityProvider) -> Result<AuthnRequest> {
        let start = self.get(&format!("/sso/saml/{connection}/login")).await?;
        let url: reqwest::Url = location(&start)?.parse()?;
        let parameter = url.query_pairs().find(|(name, _)| name == "SAMLRequest");
        let (_, parameter) = parameter.context("the redirect carries no SAMLRequest")?;
        AuthnRequest::parse(&parameter, &idp.sso_url()).map_err(|bad| anyhow::anyhow!("{bad:?}"))
    }

    /// Posts a response, as the browser does that comes from the provider.
    pub async fn post_response(&self, connection: &str, response: &str) -> Result<Response> {
        let form = [("SAMLResponse", response)];
        let acs = format!("/sso/saml/{connection}/acs");
        let from = "https://idp.example";
        let request = self
            .request(Method::POST, &acs)
            .header(header::ORIGIN, from);
        Ok(request
            .header("Sec-Fetch-Site", "cross-site")
            .form(&form)
            .send()
            .await?)
    }

    /// Posts a response and follows to the landing page; gives its path.
    pub async fn finish(&self, connection: &str, response: &str) -> Result<String> {
        let accepted = self.post_response(connection, response).await?;
        let status = accepted.status();
        if status != StatusCode::SEE_OTHER {
            anyhow::bail!(
                "the response was answered with {status}: {}",
                accepted.text().await?
            );
        }
        let finished = self.get(&location(&accepted)?).await?;
        let status = finished.status();
        ensure!(
            status == StatusCode::SEE_OTHER,
            "the login was finished with {status}"
        );
        location(&finished)
    }
}

/// Where a redirect leads.
pub fn location(response: &Response) -> Result<String> {
    let value = response.headers().get(header::LOCATION);
    let value = value.with_context(|| format!("{} is no redirect", response.status()))?;
    Ok(value.to_str()?.to_owned())
}

/// Now, for what the provider writes into responses.
#[expect(
    clippy::disallowed_methods,
    reason = "a real program is talked to, which has a real clock"
)]
pub fn now() -> Timestamp {
    chrono::Utc::now()
}

/// The body of a good answer.
async fn answer(response: Response) -> Result<Value> {
    let (status, url) = (response.status(), response.url().clone());
    let text = response.text().await?;
    ensure!(status.is_success(), "{url} answered {status}: {text}");
    if text.is_empty() {
        Ok(Value::Null)
    } else {
        Ok(serde_json::from_str(&text)?)
    }
}

/// A token for the API, made on the command line while the portal runs.
pub async fn create_token(portal: &Portal) -> Result<String> {
    let made = Command::new(programs()?.join("portal"))
        .args(["token", "create", "--role", "administrator"])
        .args(portal.database_arguments())
        .output()
        .await?;
    ensure!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    Ok(String::from_utf8(made.stdout)?.trim().to_owned())
}
