//! Logins: asked for by a service provider, or started here (SAML profiles 4.1).

use axum::{
    Form,
    extract::{Query, RawQuery, State},
    response::Response,
};
use serde::Deserialize;

use super::{
    super::{
        AuthnRequest, BadRequest, IdpSession, Person, Service, Sign,
        pages::{self, Page},
        request::bad,
    },
    LONGEST_RELAY_STATE, Web,
};

/// A request by the POST binding; or a choice, with the request as it came.
#[derive(Deserialize)]
pub(super) struct Login {
    #[serde(rename = "SAMLRequest", default)]
    request: String,
    #[serde(rename = "RelayState", default)]
    relay_state: String,
    /// The raw query of a request by the redirect binding, so that its signature can be looked at again.
    #[serde(default)]
    query: String,
    #[serde(default)]
    person: String,
}

/// A login that starts here.
#[derive(Deserialize)]
pub(super) struct Start {
    /// `entityID` of the service provider; needless if only one is known.
    #[serde(default)]
    service: String,
    #[serde(rename = "RelayState", default)]
    relay_state: String,
    #[serde(default)]
    person: String,
}

/// Where a response goes, and what it answers.
struct Addressee {
    service: Service,
    request: Option<String>,
    relay_state: String,
}

pub(super) async fn redirected(State(web): State<Web>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let page = web.asked_by_query(&query).map(|addressee| {
        let carried = [("query", query.as_str())];
        pages::choose(&web.idp, &addressee.service.entity_id, "/sso", &carried)
    });
    web.shown(page)
}

pub(super) async fn posted(State(web): State<Web>, Form(login): Form<Login>) -> Response {
    let addressee = if login.query.is_empty() {
        web.asked_by_form(&login.request, &login.relay_state)
    } else {
        web.asked_by_query(&login.query)
    };
    let page = addressee.and_then(|addressee| {
        if login.person.is_empty() {
            let carried = [
                ("SAMLRequest", login.request.as_str()),
                ("RelayState", login.relay_state.as_str()),
            ];
            let service = &addressee.service.entity_id;
            return Ok(pages::choose(&web.idp, service, "/sso", &carried));
        }
        web.answer(&addressee, &login.person)
    });
    web.shown(page)
}

pub(super) async fn start(State(web): State<Web>, Query(start): Query<Start>) -> Response {
    web.shown(web.started(&start))
}

pub(super) async fn start_chosen(State(web): State<Web>, Form(start): Form<Start>) -> Response {
    web.shown(web.started(&start))
}

impl Web {
    fn asked_by_query(&self, query: &str) -> Result<Addressee, BadRequest> {
        let message = self.message_in_query(query)?;
        addressee(&message.xml, message.relay_state, &self.idp.sso_url())
    }

    fn asked_by_form(&self, request: &str, relay_state: &str) -> Result<Addressee, BadRequest> {
        let message = self.message_in_form(request, "", relay_state)?;
        addressee(&message.xml, message.relay_state, &self.idp.sso_url())
    }

    /// Without a person asks for one, with one posts an unsolicited response (profiles 4.1.5).
    fn started(&self, start: &Start) -> Result<Page, BadRequest> {
        let services = &self.idp.services;
        let service = match (services.as_slice(), start.service.as_str()) {
            ([only], "") => only,
            (known, asked) => match known.iter().find(|service| service.entity_id == asked) {
                Some(service) => service,
                None => return bad("no service provider of that name is known here"),
            },
        };
        if start.relay_state.len() > LONGEST_RELAY_STATE {
            return bad("RelayState is too long");
        }
        if start.person.is_empty() {
            let carried = [
                ("service", service.entity_id.as_str()),
                ("RelayState", start.relay_state.as_str()),
            ];
            let page = pages::choose(&self.idp, &service.entity_id, "/start", &carried);
            return Ok(page);
        }
        let addressee = Addressee {
            service: service.clone(),
            request: None,
            relay_state: start.relay_state.clone(),
        };
        self.answer(&addressee, &start.person)
    }

    fn answer(&self, to: &Addressee, person: &str) -> Result<Page, BadRequest> {
        let person = self.person(person)?;
        let mut response = self
            .idp
            .response(person, (self.now)())
            .acs(&to.service.acs_url)
            .audience(&to.service.entity_id);
        if let Some(request) = &to.request {
            response = response.in_response_to(request);
        }
        let field = response.sign(Sign::Usual);
        let fields = [
            ("SAMLResponse", field.as_str()),
            ("RelayState", to.relay_state.as_str()),
        ];
        let page = pages::post(&self.idp, "Signing you in", &to.service.acs_url, &fields)?;
        self.idp.sessions.begin(IdpSession {
            name_id: person.name_id.clone(),
            session_index: response.session().to_owned(),
            service: to.service.entity_id.clone(),
        });
        Ok(page)
    }

    fn person(&self, name_id: &str) -> Result<&Person, BadRequest> {
        let known = self
            .idp
            .people()
            .iter()
            .find(|person| person.name_id == name_id);
        known.ok_or_else(|| BadRequest("nobody of that name is known here".to_owned()))
    }
}

fn addressee(xml: &str, relay_state: String, sso_url: &str) -> Result<Addressee, BadRequest> {
    let request = AuthnRequest::read(xml, sso_url)?;
    Ok(Addressee {
        service: Service::new(request.issuer, request.acs_url),
        request: Some(request.id),
        relay_state,
    })
}
