//! The web side of the provider.

use std::sync::Arc;

use axum::{
    Form, Router,
    extract::{Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use jit_domain::values::Timestamp;
use serde::Deserialize;

use super::{
    AuthnRequest, BadRequest, IdentityProvider, Person, Sign,
    pages::{self, Page},
};

/// The longest `RelayState` that is carried. The standard says 80 octets (SAML bindings 3.4.3), others send more.
const LONGEST_RELAY_STATE: usize = 1024;

type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

#[derive(Clone)]
struct Web {
    idp: Arc<IdentityProvider>,
    now: Now,
}

impl IdentityProvider {
    /// The pages and the metadata, to be mounted where its base address says:
    /// with the base `http://127.0.0.1:8080/demo-idp` as `app.nest("/demo-idp", router)`.
    ///
    /// The pages bring a content security policy of their own, with the service provider's address
    /// in `form-action`. A stricter one around them would stop the form that goes back to it.
    pub fn router(self: Arc<Self>, now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Router {
        Router::new()
            .route("/metadata", get(metadata))
            .route("/sso", get(choose).post(chosen))
            .route("/style.css", get(style))
            .with_state(Web {
                idp: self,
                now: Arc::new(now),
            })
    }
}

/// What the redirect binding carries (SAML bindings 3.4.4).
#[derive(Deserialize)]
struct Login {
    #[serde(rename = "SAMLRequest", default)]
    request: String,
    #[serde(rename = "RelayState", default)]
    relay_state: String,
}

/// The same, and who was chosen.
#[derive(Deserialize)]
struct Chosen {
    #[serde(rename = "SAMLRequest", default)]
    request: String,
    #[serde(rename = "RelayState", default)]
    relay_state: String,
    #[serde(default)]
    person: String,
}

async fn metadata(State(web): State<Web>) -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "application/samlmetadata+xml")],
        web.idp.metadata_xml(),
    )
}

async fn style() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/css; charset=utf-8")],
        include_str!("style.css"),
    )
}

async fn choose(State(web): State<Web>, Query(login): Query<Login>) -> Response {
    match web.request(&login.request, &login.relay_state) {
        Ok(request) => {
            let page = pages::choose(&web.idp, &request, &login.request, &login.relay_state);
            html(StatusCode::OK, page)
        }
        Err(why) => web.refuse(&why),
    }
}

async fn chosen(State(web): State<Web>, Form(chosen): Form<Chosen>) -> Response {
    match web.answer(&chosen) {
        Ok(page) => html(StatusCode::OK, page),
        Err(why) => web.refuse(&why),
    }
}

impl Web {
    fn request(&self, parameter: &str, relay_state: &str) -> Result<AuthnRequest, BadRequest> {
        if relay_state.len() > LONGEST_RELAY_STATE {
            return Err(BadRequest("RelayState is too long".to_owned()));
        }
        AuthnRequest::parse(parameter, &self.idp.sso_url())
    }

    fn answer(&self, chosen: &Chosen) -> Result<Page, BadRequest> {
        let request = self.request(&chosen.request, &chosen.relay_state)?;
        let person = self.person(&chosen.person)?;
        let response = self
            .idp
            .response(person, (self.now)())
            .acs(&request.acs_url)
            .audience(&request.issuer)
            .in_response_to(&request.id)
            .sign(Sign::Assertion);
        Ok(pages::answer(
            &self.idp,
            &request,
            &response,
            &chosen.relay_state,
        ))
    }

    fn person(&self, name_id: &str) -> Result<&Person, BadRequest> {
        let known = self
            .idp
            .people()
            .iter()
            .find(|person| person.name_id == name_id);
        known.ok_or_else(|| BadRequest("nobody of that name is known here".to_owned()))
    }

    fn refuse(&self, why: &BadRequest) -> Response {
        html(StatusCode::BAD_REQUEST, pages::refuse(&self.idp, why))
    }
}

fn html(status: StatusCode, page: Page) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CONTENT_SECURITY_POLICY, page.policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (status, headers, page.html).into_response()
}
