//! Logouts that a service provider asks for, and answers to those that started here (SAML profiles 4.4).

use axum::{
    Form,
    extract::{RawQuery, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::{
    super::{
        BadRequest, LogoutBuilder, LogoutRequest, LogoutResponse,
        pages::{self, Page},
    },
    Message, Web,
};

#[derive(Deserialize)]
pub(super) struct Logout {
    #[serde(rename = "SAMLRequest", default)]
    request: String,
    #[serde(rename = "SAMLResponse", default)]
    response: String,
    #[serde(rename = "RelayState", default)]
    relay_state: String,
}

pub(super) async fn redirected(State(web): State<Web>, RawQuery(query): RawQuery) -> Response {
    let message = web.message_in_query(&query.unwrap_or_default());
    match message.and_then(|message| web.ended(&message)) {
        Ok(Ended::Answered(answer)) => {
            let headers = [(header::LOCATION, answer.redirect_url())];
            (StatusCode::SEE_OTHER, headers).into_response()
        }
        Ok(Ended::Silent(how)) => web.shown(Ok(pages::signed_out(&web.idp, &how))),
        Err(why) => web.shown(Err(why)),
    }
}

pub(super) async fn posted(State(web): State<Web>, Form(logout): Form<Logout>) -> Response {
    let message = web.message_in_form(&logout.request, &logout.response, &logout.relay_state);
    let ended = message.and_then(|message| web.ended(&message));
    let page = ended.and_then(|ended| match ended {
        Ended::Answered(answer) => web.posting(&answer, &logout.relay_state),
        Ended::Silent(how) => Ok(pages::signed_out(&web.idp, &how)),
    });
    web.shown(page)
}

enum Ended<'a> {
    /// The service provider gets this.
    Answered(Box<LogoutBuilder<'a>>),
    /// Nobody gets anything, for this reason.
    Silent(String),
}

impl Web {
    /// Ends the sessions that a request is about, or takes note of an answer.
    fn ended(&self, message: &Message) -> Result<Ended<'_>, BadRequest> {
        if message.is_response {
            let answer = LogoutResponse::read(&message.xml)?;
            let how = if answer.succeeded { "has" } else { "has not" };
            let how = format!("{} {how} signed you out", answer.issuer);
            return Ok(Ended::Silent(how));
        }
        let request = LogoutRequest::read(&message.xml)?;
        let sessions = &self.idp.sessions;
        sessions.end(&request.name_id, &request.session_indexes);
        let mut services = self.idp.services.iter();
        let service = services.find(|service| service.entity_id == request.issuer);
        let Some(url) = service.and_then(|service| service.slo_url.as_ref()) else {
            let why = format!("{} has no address for an answer", request.issuer);
            return Ok(Ended::Silent(why));
        };
        let mut answer = self
            .idp
            .logout_response(request.id, (self.now)())
            .destination(url);
        if !message.relay_state.is_empty() {
            answer = answer.relay_state(&message.relay_state);
        }
        Ok(Ended::Answered(Box::new(answer)))
    }

    fn posting(&self, answer: &LogoutBuilder<'_>, relay_state: &str) -> Result<Page, BadRequest> {
        let field = answer.form_field();
        let fields = [
            (answer.parameter(), field.as_str()),
            ("RelayState", relay_state),
        ];
        pages::post(&self.idp, "Signing you out", answer.address(), &fields)
    }
}
