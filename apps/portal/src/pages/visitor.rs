//! Who looks at a page: extractors that end with a page of their own when the wrong person comes.

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{Method, StatusCode, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use jit_domain::{
    console::{Administrator, ConsoleCaller, ConsoleRole, SetupLink},
    error::Error,
    people::EndUser,
    portal::{EndUserCaller, SignedIn},
    sessions::Session,
    views::AccessRequestFilter,
};
use jit_http::{
    origin::origin,
    session::{Transport, read_session_cookie},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{
    ErrorPage, Nav, PageContext, Shell, failure,
    shell::{Reach, Visitor},
};
use crate::wiring::App;

mod connection;

pub use connection::{ByConnectionEditor, ConnectionVisitor, ContactVisitor};

/// An end user who looks at a page of the portal.
pub struct EndUserVisitor {
    /// The request.
    pub context: PageContext,
    /// As a caller of use cases.
    pub caller: EndUserCaller,
    /// The person.
    pub end_user: EndUser,
    /// Their session.
    pub session: Session,
}

/// Somebody who looks at a page of the console.
pub struct ConsoleVisitor {
    /// The request.
    pub context: PageContext,
    /// As a caller of use cases.
    pub caller: ConsoleCaller,
    /// The person.
    pub administrator: Administrator,
    /// How many access requests wait for a decision of theirs.
    pub pending: u64,
}

impl EndUserVisitor {
    /// The frame of a page.
    pub fn shell(&self, title: &str, nav: Nav) -> Shell {
        let detail = self
            .end_user
            .email
            .as_ref()
            .map_or(String::new(), ToString::to_string);
        self.context.shell(title, nav).signed_in(Visitor {
            name: self.end_user.display_name.to_string(),
            detail,
            sign_out: "/sign-out".to_owned(),
        })
    }

    /// Whether this is the session of the very first login.
    pub fn is_new(&self) -> bool {
        self.end_user.created_at == self.session.created_at
    }

    /// The page of an error that belongs to no field of a form.
    pub fn refuse(&self, error: &Error) -> Response {
        failure::page(&self.context, error)
    }
}

impl ConsoleVisitor {
    /// The frame of a page.
    pub fn shell(&self, title: &str, nav: Nav) -> Shell {
        let visitor = Visitor {
            name: self.administrator.name.to_string(),
            detail: self.administrator.email.to_string(),
            sign_out: "/sign-out".to_owned(),
        };
        let shell = self
            .context
            .shell(title, nav)
            .signed_in(visitor)
            .with_pending(self.pending);
        let reach = match self.administrator.role {
            ConsoleRole::Administrator => Reach::Everything,
            ConsoleRole::Auditor => Reach::Reading,
            ConsoleRole::Approver(_) => Reach::Requests,
        };
        Shell { reach, ..shell }
    }
}

/// Whoever is signed in, if anybody is.
async fn signed_in(parts: &Parts, app: &App) -> Result<Option<SignedIn>, Response> {
    let transport = Transport::of(&app.public_url);
    let Some(cookie) = read_session_cookie(&parts.headers, transport) else {
        return Ok(None);
    };
    let found = app.portal.find_signed_in(app.workspace, cookie).await;
    match found {
        Ok(found) => Ok(found),
        Err(error) => Err(failure::page(&PageContext::of(parts), &error)),
    }
}

/// To the sign-in page, and back to this page afterwards if it can be asked for again.
fn to_login(parts: &Parts, login: &str, wants_fragment: bool) -> Response {
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let location = if parts.method == Method::GET && !wants_fragment && path != "/" {
        format!(
            "{login}?next={}",
            utf8_percent_encode(path, NON_ALPHANUMERIC)
        )
    } else {
        login.to_owned()
    };
    super::respond::see_other(&location, wants_fragment)
}

impl FromRequestParts<App> for EndUserVisitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let context = PageContext::of(parts);
        match signed_in(parts, app).await? {
            Some(SignedIn::EndUser { end_user, session }) => {
                let origin = origin(parts);
                let caller = EndUserCaller {
                    workspace: app.workspace,
                    end_user: end_user.id,
                    origin,
                };
                Ok(Self {
                    context,
                    caller,
                    end_user: *end_user,
                    session: *session,
                })
            }
            Some(other) => Err(wrong_side(&context, &other)),
            None => Err(to_login(parts, "/login", context.wants_fragment)),
        }
    }
}

impl FromRequestParts<App> for ConsoleVisitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let found = signed_in(parts, app).await?;
        console_visitor(parts, app, found).await
    }
}

async fn console_visitor(
    parts: &Parts,
    app: &App,
    found: Option<SignedIn>,
) -> Result<ConsoleVisitor, Response> {
    let context = PageContext::of(parts);
    let caller = found
        .as_ref()
        .and_then(|found| found.console_caller(origin(parts)));
    match (found, caller) {
        (Some(SignedIn::Administrator { administrator, .. }), Some(caller)) => {
            let filter = AccessRequestFilter {
                status: Some(jit_domain::access::RequestStatus::Pending),
                ..AccessRequestFilter::default()
            };
            let pending = app.portal.count_access_requests(&caller, &filter).await;
            let pending = pending.map_err(|error| failure::page(&context, &error))?;
            Ok(ConsoleVisitor {
                context,
                caller,
                administrator: *administrator,
                pending,
            })
        }
        (Some(other), _) => Err(wrong_side(&context, &other)),
        (None, _) => Err(to_login(parts, "/login/admin", context.wants_fragment)),
    }
}

/// An administrator who is about to change something. Use cases ask again; this refuses before a form is read.
pub struct ByAdministrator(pub ConsoleVisitor);

impl FromRequestParts<App> for ByAdministrator {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let visitor = ConsoleVisitor::from_request_parts(parts, app).await?;
        match visitor.caller.require_administrator() {
            Ok(()) => Ok(Self(visitor)),
            Err(rejection) => Err(failure::page(&visitor.context, &rejection.into())),
        }
    }
}

/// Whoever is signed in, for pages that send each where they belong.
pub struct AnyVisitor(pub SignedIn);

impl OptionalFromRequestParts<App> for AnyVisitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, Response> {
        Ok(signed_in(parts, app).await?.map(Self))
    }
}

/// For somebody who is signed in, on a page that is not for them.
fn wrong_side(context: &PageContext, who: &SignedIn) -> Response {
    let (because, label) = match who {
        SignedIn::EndUser { .. } => (
            "You are signed in as an end user. The console is for administrators.",
            "Open the portal",
        ),
        SignedIn::Administrator { .. } => (
            "You are signed in to the console. These pages are for people who signed in through their identity provider.",
            "Open the console",
        ),
        SignedIn::SetupContact { .. } => (
            "You were invited to set up one SSO connection. This page is for people who sign in.",
            "Open the SSO connection",
        ),
    };
    let page = ErrorPage::new(context.shell("", Nav::None), StatusCode::FORBIDDEN)
        .because(because)
        .advise(
            "To be somebody else here, sign out first, or use another browser or a private window.",
        )
        .offer(label, &first_page(who));
    context.error(&page)
}

/// Where somebody goes who asked for no page in particular.
pub fn first_page(who: &SignedIn) -> String {
    match who {
        SignedIn::EndUser { .. } => "/discover".to_owned(),
        SignedIn::Administrator { .. } => "/admin".to_owned(),
        SignedIn::SetupContact { link, .. } => connection_page(link),
    }
}

fn connection_page(link: &SetupLink) -> String {
    format!("/admin/sso/{}", link.connection)
}

/// `/`: each where they belong.
pub async fn home(visitor: Option<AnyVisitor>) -> Response {
    let place = match visitor {
        Some(AnyVisitor(who)) => first_page(&who),
        None => "/login".to_owned(),
    };
    Redirect::to(&place).into_response()
}
