//! Sign-in and sign-out through an identity provider.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use jit_domain::{
    connections::IdpConnection,
    error::{Error, Rejection, RejectionKind},
    values::Slug,
};

use crate::{
    pages::{
        ErrorPage, Nav, PageContext, failure,
        public::{Missing, NotReadyPage},
        respond,
    },
    wiring::App,
};

mod finish;
mod login;
mod logout;
mod metadata;
mod post;
mod response;
mod test_result;

pub use login::begin_test;
pub use logout::at_provider as log_out_at_provider;
pub use test_result::{AttributeRow, CheckRow, TestResultPage};

/// The longest form that a message may come in; a response itself may have 256 KiB.
const LONGEST_FORM: usize = 512 * 1024;

/// `/sso/...`
pub fn routes(app: App) -> Router {
    Router::new()
        .route("/sso/saml/{connection}/login", get(login::begin))
        .route(
            "/sso/saml/{connection}/acs",
            get(no_page).post(response::take),
        )
        .route(
            "/sso/saml/{connection}/slo",
            get(logout::by_redirect).post(logout::by_post),
        )
        .route("/sso/saml/{connection}/metadata", get(metadata::show))
        .route("/sso/finish", get(finish::show))
        .layer(DefaultBodyLimit::max(LONGEST_FORM))
        .with_state(app)
}

/// The connection whose address was called.
async fn find(app: &App, slug: &str) -> Result<IdpConnection, Error> {
    let store = app.portal.store();
    let slug = Slug::restore(slug.to_owned());
    let found = store.find_connection_by_slug(app.workspace, &slug).await?;
    Ok(found.ok_or(Rejection::NotFound {
        what: "identity provider",
    })?)
}

/// Providers post to this address; whoever opens it is told where to go instead.
async fn no_page(context: PageContext) -> Response {
    let shell = context.shell("", Nav::None);
    let page = ErrorPage::new(shell, StatusCode::METHOD_NOT_ALLOWED)
        .because("Identity providers send their answers to this address.")
        .advise("Start again from the portal.")
        .offer("Sign in", "/login");
    let allow = [(axum::http::header::ALLOW, "POST")];
    (allow, context.error(&page)).into_response()
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
        Error::Rejected(rejection) if rejection.kind() != RejectionKind::NotFound => {
            let status = failure::status_of(rejection.kind());
            let page = ErrorPage::new(context.shell("", Nav::None), status)
                .headed("Sign-in failed")
                .because(&failure::sentence(&rejection.to_string()))
                .advise("If you need help, tell an administrator the reference below.")
                .offer("Try again", "/login");
            context.error(&page)
        }
        other => failure::page(context, other),
    }
}

fn log_rejection(context: &PageContext, connection: &str, error: &Error) {
    if let Error::Rejected(rejection) = error {
        let reason = rejection.to_string();
        log_refusal(context, connection, rejection.code(), &reason);
    }
}

/// The reason in the log, never the message itself. At the end of a login the connection is not known.
fn log_refusal(context: &PageContext, connection: &str, code: &str, reason: &str) {
    tracing::warn!(
        request.id = context.request_id,
        connection,
        code,
        reason,
        "sign_in.refused"
    );
}

fn too_many(context: &PageContext, seconds: u64) -> Response {
    let mut page = ErrorPage::new(context.shell("", Nav::None), StatusCode::TOO_MANY_REQUESTS)
        .headed("Too many attempts to sign in")
        .because("Very many sign-ins came from your network.")
        .offer("Try again", "/login");
    page.retry_after = Some(seconds);
    context.error(&page)
}
