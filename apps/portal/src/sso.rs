//! Sign-in through an identity provider: the start, the response, and the browser that shows its cookie.

use axum::{
    Form, Router,
    extract::{DefaultBodyLimit, Path, Query, State, rejection::FormRejection},
    http::{HeaderMap, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use jit_domain::{
    connections::ServiceProvider,
    console::Origin,
    error::{Error, Rejection},
    values::Slug,
};
use jit_http::session::{
    Transport, clear_login_cookie, clear_response_cookie, login_cookie, read_login_cookie,
    read_response_cookie, read_session_cookie, response_cookie, session_cookie,
};
use jit_idp::{LoginRedirect, sp_metadata};
use serde::Deserialize;

use crate::{
    facts::RequestOrigin,
    pages::{
        ErrorPage, Nav, PageContext, failure,
        public::{Missing, NotReadyPage},
        respond,
    },
    wiring::App,
};

/// The longest form that a response may come in; a response itself may have 256 KiB.
const LONGEST_FORM: usize = 512 * 1024;

/// `/sso/...`
pub fn routes(app: App) -> Router {
    Router::new()
        .route("/sso/saml/{connection}/login", get(login))
        .route("/sso/saml/{connection}/acs", post(acs).get(no_page))
        .route("/sso/saml/{connection}/metadata", get(metadata))
        .route("/sso/finish", get(finish))
        .layer(DefaultBodyLimit::max(LONGEST_FORM))
        .with_state(app)
}

#[derive(Deserialize)]
struct ReturnTo {
    #[serde(default)]
    next: Option<String>,
}

/// Sends the browser to the provider, with a cookie that it has to show at the end.
async fn login(
    State(app): State<App>,
    context: PageContext,
    RequestOrigin(origin): RequestOrigin,
    Path(connection): Path<String>,
    Query(ReturnTo { next }): Query<ReturnTo>,
) -> Response {
    if let Err(seconds) = app.guesses.login(origin.ip) {
        return too_many(&context, seconds);
    }
    let slug = Slug::restore(connection);
    let begun = match app
        .portal
        .begin_sign_in(app.workspace, &slug, next.as_deref())
        .await
    {
        Ok(begun) => begun,
        Err(error) => return refuse(&context, &error),
    };
    let url = LoginRedirect {
        request: begun.request.id,
        issued_at: begun.request.created_at,
        sso_url: &begun.connection.idp.sso_url,
        service: &ServiceProvider::of(&begun.connection, &app.public_url),
        relay_state: None,
    }
    .url();
    let cookie = login_cookie(begun.browser.reveal(), Transport::of(&app.public_url));
    ([(header::SET_COOKIE, cookie)], Redirect::to(&url)).into_response()
}

/// What a provider posts (SAML bindings 3.5.4). Other fields are nobody's business.
#[derive(Deserialize)]
struct PostedResponse {
    #[serde(rename = "SAMLResponse")]
    saml_response: String,
}

/// Takes a response: verify, decide, and hand the session to the browser that began the login.
async fn acs(
    State(app): State<App>,
    context: PageContext,
    RequestOrigin(origin): RequestOrigin,
    Path(connection): Path<String>,
    form: Result<Form<PostedResponse>, FormRejection>,
) -> Response {
    let slug = Slug::restore(connection);
    let Form(posted) = match form {
        Ok(form) => form,
        Err(rejection) => return not_a_response(&context, &rejection),
    };
    match accept(&app, &context, &slug, &posted.saml_response, &origin).await {
        Ok(session) => {
            let cookie = response_cookie(&session, Transport::of(&app.public_url));
            ([(header::SET_COOKIE, cookie)], Redirect::to("/sso/finish")).into_response()
        }
        Err(refused) => refused,
    }
}

async fn accept(
    app: &App,
    context: &PageContext,
    slug: &Slug,
    saml_response: &str,
    origin: &Origin,
) -> Result<String, Response> {
    let refuse = |error: Error| refuse(context, &error);
    let store = app.portal.store();
    let connection = store.find_connection_by_slug(app.workspace, slug).await;
    let connection = connection
        .map_err(|error| refuse(error.into()))?
        .ok_or_else(|| {
            refuse(
                Rejection::NotFound {
                    what: "identity provider",
                }
                .into(),
            )
        })?;
    let options = app
        .portal
        .list_sign_in_options(app.workspace)
        .await
        .map_err(refuse)?;
    if !options.is_ready {
        let error = Rejection::SettingsNotConfigured.into();
        log_rejection(context, slug.as_str(), &error);
        return Err(refuse(error));
    }
    let service = ServiceProvider::of(&connection, &app.public_url);
    let now = app.portal.now();
    let verified = app
        .verifier
        .verify(&connection, &service, saml_response, now);
    let who = verified.map_err(|refusal| {
        log_refusal(context, slug.as_str(), refusal.code, &refusal.to_string());
        ErrorPage::new(context.shell("", Nav::None), StatusCode::FORBIDDEN)
            .headed("Sign-in failed")
            .because("The answer of the identity provider was not accepted.")
            .advise("Start again from the portal. If it goes on, tell an administrator the reference below.")
            .offer("Try again", "/login")
    })
    .map_err(|page| context.error(&page))?;
    let signed_in = app.portal.sign_in(app.workspace, slug, &who, origin).await;
    match signed_in {
        Ok((now, session)) => {
            tracing::info!(
                request.id = context.request_id,
                end_user.id = %now.end_user.id,
                outcome = ?now.outcome,
                "sign_in.accepted"
            );
            Ok(session.reveal().to_owned())
        }
        Err(error) => {
            log_rejection(context, slug.as_str(), &error);
            Err(refuse(error))
        }
    }
}

fn log_rejection(context: &PageContext, connection: &str, error: &Error) {
    if let Error::Rejected(rejection) = error {
        log_refusal(
            context,
            connection,
            rejection.code(),
            &rejection.to_string(),
        );
    }
}

/// The reason in the log, never the response itself. At the end of a login the connection is not known.
fn log_refusal(context: &PageContext, connection: &str, code: &str, reason: &str) {
    tracing::warn!(
        request.id = context.request_id,
        connection,
        code,
        reason,
        "sign_in.refused"
    );
}

/// The GET that follows the response: here the browser sends the cookie of its own login.
async fn finish(
    State(app): State<App>,
    context: PageContext,
    RequestOrigin(origin): RequestOrigin,
    headers: HeaderMap,
) -> Response {
    let transport = Transport::of(&app.public_url);
    let session = read_response_cookie(&headers, transport).unwrap_or_default();
    let browser = read_login_cookie(&headers, transport);
    let over = [
        (header::SET_COOKIE, clear_response_cookie(transport)),
        (header::SET_COOKIE, clear_login_cookie(transport)),
    ];
    let finished = app
        .portal
        .finish_sign_in(app.workspace, session, browser, &origin)
        .await;
    match finished {
        Ok(landing) => {
            let signed_in = [(header::SET_COOKIE, session_cookie(session, transport))];
            let cookies = AppendHeaders(signed_in.into_iter().chain(over));
            (cookies, Redirect::to(&landing)).into_response()
        }
        // Asked for again, as by going back: who is signed in stays so, and needs no second proof.
        Err(_) if is_signed_in(&app, &headers, transport).await => {
            (AppendHeaders(over), Redirect::to("/")).into_response()
        }
        Err(error) => {
            log_rejection(&context, "", &error);
            (AppendHeaders(over), refuse(&context, &error)).into_response()
        }
    }
}

/// Providers post to this address; whoever opens it is told where to go instead.
async fn no_page(context: PageContext) -> Response {
    let shell = context.shell("", Nav::None);
    let page = ErrorPage::new(shell, StatusCode::METHOD_NOT_ALLOWED)
        .because("Identity providers send their answers to this address.")
        .advise("Start again from the portal.")
        .offer("Sign in", "/login");
    let allow = [(header::ALLOW, "POST")];
    (allow, context.error(&page)).into_response()
}

async fn is_signed_in(app: &App, headers: &HeaderMap, transport: Transport) -> bool {
    let session = read_session_cookie(headers, transport).unwrap_or_default();
    let found = app.portal.find_signed_in(app.workspace, session).await;
    found.is_ok_and(|found| found.is_some())
}

/// Our own metadata, for administrators of the provider.
async fn metadata(
    State(app): State<App>,
    context: PageContext,
    Path(connection): Path<String>,
) -> Response {
    let slug = Slug::restore(connection);
    match app
        .portal
        .store()
        .find_connection_by_slug(app.workspace, &slug)
        .await
    {
        Ok(Some(connection)) => {
            let xml = sp_metadata(&ServiceProvider::of(&connection, &app.public_url));
            (
                [(header::CONTENT_TYPE, "application/samlmetadata+xml")],
                xml,
            )
                .into_response()
        }
        Ok(None) => refuse(
            &context,
            &Rejection::NotFound {
                what: "identity provider",
            }
            .into(),
        ),
        Err(error) => refuse(&context, &error.into()),
    }
}

fn refuse(context: &PageContext, error: &Error) -> Response {
    match error {
        Error::Rejected(Rejection::SettingsNotConfigured) => {
            let shell = context.shell("The portal is not ready yet", Nav::None);
            respond::page_with(
                StatusCode::SERVICE_UNAVAILABLE,
                &NotReadyPage {
                    shell,
                    missing: Missing::Settings,
                },
            )
        }
        Error::Rejected(rejection)
            if rejection.kind() != jit_domain::error::RejectionKind::NotFound =>
        {
            let page = ErrorPage::new(
                context.shell("", Nav::None),
                failure::status_of(rejection.kind()),
            )
            .headed("Sign-in failed")
            .because(&failure::sentence(&rejection.to_string()))
            .advise("If you need help, tell an administrator the reference below.")
            .offer("Try again", "/login");
            context.error(&page)
        }
        other => failure::page(context, other),
    }
}

fn too_many(context: &PageContext, seconds: u64) -> Response {
    let mut page = ErrorPage::new(context.shell("", Nav::None), StatusCode::TOO_MANY_REQUESTS)
        .headed("Too many attempts to sign in")
        .because("Very many sign-ins were begun from your network.")
        .offer("Try again", "/login");
    page.retry_after = Some(seconds);
    context.error(&page)
}

fn not_a_response(context: &PageContext, rejection: &FormRejection) -> Response {
    tracing::warn!(
        request.id = context.request_id,
        code = "form_malformed",
        reason = rejection.body_text(),
        "sign_in.refused"
    );
    let page = ErrorPage::new(context.shell("", Nav::None), rejection.status())
        .headed("Sign-in failed")
        .because("What arrived was not the answer of an identity provider: a form with one field SAMLResponse was expected.")
        .advise("Start again from the portal.")
        .offer("Try again", "/login");
    context.error(&page)
}
