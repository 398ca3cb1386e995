//! The messages that go to providers and come from them.

use jit_domain::{
    connections::{IdpConnection, ServiceProvider},
    error::Error,
    portal::BegunSignIn,
    sessions::SamlSession,
};
use jit_idp::{LoginRedirect, saml::Refusal, sp_metadata};

use crate::wiring::App;

/// How a message leaves.
pub(super) enum Outgoing {
    Redirect {
        url: String,
    },
    Post {
        url: String,
        fields: Vec<(String, String)>,
    },
}

/// How a message came.
pub(super) enum Transported<'a> {
    Redirect(&'a str),
    Post {
        request: Option<&'a str>,
        response: Option<&'a str>,
        relay_state: Option<&'a str>,
    },
}

pub(super) struct LogoutRequest {
    pub(super) name_id: String,
    pub(super) session_indexes: Vec<String>,
}

pub(super) enum Incoming {
    Request(LogoutRequest),
    Response,
}

pub(super) fn login(app: &App, begun: &BegunSignIn) -> Result<Outgoing, Error> {
    let url = LoginRedirect {
        request: begun.request.id,
        issued_at: begun.request.created_at,
        sso_url: &begun.idp.sso_url,
        service: &ServiceProvider::of(&begun.connection, &app.public_url),
        relay_state: None,
    }
    .url();
    Ok(Outgoing::Redirect { url })
}

pub(super) fn metadata(_: &App, _: &IdpConnection, service: &ServiceProvider) -> String {
    sp_metadata(service)
}

pub(super) fn read_logout(
    _: &App,
    _: &IdpConnection,
    _: &Transported<'_>,
) -> Result<Incoming, Refusal> {
    Ok(Incoming::Response)
}

pub(super) fn logout_answer(
    _: &App,
    _: &IdpConnection,
    _: &LogoutRequest,
    _: &Transported<'_>,
) -> Option<Outgoing> {
    None
}

pub(super) fn logout(_: &App, _: &IdpConnection, _: &SamlSession) -> Option<Outgoing> {
    None
}
