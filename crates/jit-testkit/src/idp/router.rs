//! The web side of the provider.

mod slo;
mod sso;

use std::sync::Arc;

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use jit_domain::values::Timestamp;

use super::{
    BadRequest, IdentityProvider,
    pages::{self, Page},
    redirect::{Redirected, inflated},
    request::{bad, posted},
    signed_request::{require_enveloped, require_query},
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
    /// | path | what |
    /// |---|---|
    /// | `/metadata` | what the provider says of itself |
    /// | `/sso` | logins that a service provider asks for, by redirect or POST |
    /// | `/start` | logins that start here, to a [`Service`](super::Service): `?service=<entityID>&person=<name>&RelayState=..` |
    /// | `/slo` | logouts, by redirect or POST |
    ///
    /// The pages bring a content security policy of their own, with the service provider's address
    /// in `form-action`. A stricter one around them would stop the form that goes back to it.
    pub fn router(self: Arc<Self>, now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Router {
        Router::new()
            .route("/metadata", get(metadata))
            .route("/sso", get(sso::redirected).post(sso::posted))
            .route("/start", get(sso::start).post(sso::start_chosen))
            .route("/slo", get(slo::redirected).post(slo::posted))
            .route("/style.css", get(style))
            .with_state(Web {
                idp: self,
                now: Arc::new(now),
            })
    }
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

/// A message of a service provider, whichever way it came, if it is as well signed as it must be.
struct Message {
    xml: String,
    is_response: bool,
    relay_state: String,
}

impl Message {
    fn new(xml: String, is_response: bool, relay_state: &str) -> Result<Self, BadRequest> {
        if relay_state.len() > LONGEST_RELAY_STATE {
            return bad("RelayState is too long");
        }
        Ok(Self {
            xml,
            is_response,
            relay_state: relay_state.to_owned(),
        })
    }
}

impl Web {
    fn message_in_query(&self, query: &str) -> Result<Message, BadRequest> {
        let came = Redirected::parse(query)?;
        let name = if came.is_response {
            "SAMLResponse"
        } else {
            "SAMLRequest"
        };
        let xml = inflated(name, &came.parameter)?;
        if let Some(certificate) = &self.idp.request_certificate {
            require_query(came.signature.as_ref(), certificate)?;
        }
        Message::new(xml, came.is_response, &came.relay_state)
    }

    fn message_in_form(
        &self,
        request: &str,
        response: &str,
        relay_state: &str,
    ) -> Result<Message, BadRequest> {
        let xml = match response {
            "" => posted("SAMLRequest", request)?,
            response => posted("SAMLResponse", response)?,
        };
        if let Some(certificate) = &self.idp.request_certificate {
            require_enveloped(&xml, certificate)?;
        }
        Message::new(xml, !response.is_empty(), relay_state)
    }

    fn shown(&self, page: Result<Page, BadRequest>) -> Response {
        let (status, page) = match page {
            Ok(page) => (StatusCode::OK, page),
            Err(why) => (StatusCode::BAD_REQUEST, pages::refuse(&self.idp, &why)),
        };
        let headers = [
            (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
            (header::CONTENT_SECURITY_POLICY, page.policy),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
            (header::CACHE_CONTROL, "no-store".to_owned()),
        ];
        (status, headers, page.html).into_response()
    }
}
