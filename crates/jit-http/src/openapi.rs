//! What the document says beside the paths, which the router brings along.

use utoipa::{
    Modify, OpenApi,
    openapi::{
        self, Content, Ref, RefOr, ResponseBuilder,
        path::{Operation, PathItem},
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use crate::{problem::ProblemBody, session::SESSION_COOKIE};

/// The OpenAPI document of this API.
pub fn openapi() -> openapi::OpenApi {
    crate::router::described().into_openapi()
}

/// The frame of the document.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Developer portal API",
        description = "Everything that the console and the portal do, for scripts.\n\nLists come in parts: send the `next` of one answer as `after` of the next request.\nWhat has a version states it as `ETag`; send it as `If-Match` to change only that version.\nEvery refusal is `application/problem+json` with a stable `code`.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    components(schemas(ProblemBody)),
    tags(
        (name = "me", description = "Who calls."),
        (name = "jit-settings", description = "What a first login makes."),
        (name = "idp-connections", description = "Identity providers."),
        (name = "groups", description = "Named sets of end users."),
        (name = "policies", description = "Limits on calls."),
        (name = "collections", description = "What is offered."),
        (name = "discover", description = "What an end user sees of it."),
        (name = "access-requests", description = "Who asks for what, and the decisions."),
        (name = "grants", description = "Who may call what."),
        (name = "end-users", description = "People, and why they may not act."),
        (name = "clients", description = "What calls APIs."),
        (name = "credentials", description = "The keys of clients."),
        (name = "audit-events", description = "Who did what."),
        (name = "sign-in-attempts", description = "What came of attempts to sign in."),
        (name = "openapi", description = "This document.")
    ),
    security(("token" = []), ("session" = [])),
    modifiers(&Callers)
)]
pub(crate) struct Frame;

struct Callers;

impl Modify for Callers {
    fn modify(&self, openapi: &mut openapi::OpenApi) {
        let token = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("A token for scripts, which starts with `jpt_`."))
            .build();
        let session = ApiKeyValue::with_description(
            SESSION_COOKIE,
            "The session of a signed-in browser. Writes must come from the portal's own pages.",
        );
        let components = openapi.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(token));
        components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(session)));
    }
}

/// Every operation may be refused, always in the same shape.
pub(crate) fn with_refusals(openapi: &mut openapi::OpenApi) {
    for item in openapi.paths.paths.values_mut() {
        for operation in operations(item) {
            let problem = Content::new(Some(Ref::from_schema_name("Problem")));
            let refusal = ResponseBuilder::new()
                .description("Refused; `code` says why")
                .content("application/problem+json", problem);
            let responses = &mut operation.responses.responses;
            responses.insert("default".to_owned(), RefOr::T(refusal.build()));
        }
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem {
        get,
        put,
        post,
        patch,
        delete,
        ..
    } = item;
    [get, put, post, patch, delete].into_iter().flatten()
}
