//! What comes with every answer.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
    middleware,
    routing::{get, post},
};
use http_body_util::BodyExt;
use portal::{
    assets,
    pages::{
        PageContext, errors,
        headers::{PageSettings, secure},
        same_origin,
    },
};
use tower::ServiceExt;

fn app() -> Router {
    let settings = PageSettings {
        brand: "Acme".into(),
        public_origin: "https://portal.example".into(),
    };
    Router::new()
        .route(assets::ROUTE, get(assets::serve))
        .route("/write", post(|| async { "written" }))
        .route(
            "/nonce",
            get(|context: PageContext| async move { context.nonce }),
        )
        .fallback(errors::not_found)
        .layer(middleware::from_fn(same_origin::require))
        .layer(middleware::from_fn_with_state(settings, secure))
}

async fn ask(request: Request<Body>) -> (http::response::Parts, String) {
    let (parts, body) = app().oneshot(request).await.unwrap().into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    (parts, String::from_utf8_lossy(&bytes).into_owned())
}

fn get_of(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).unwrap()
}

#[tokio::test]
async fn the_policy_allows_this_answers_nonce_and_nothing_unsafe() {
    let (parts, nonce) = ask(get_of("/nonce")).await;
    let policy = parts.headers["content-security-policy"].to_str().unwrap();
    assert!(
        policy.contains(&format!("script-src 'nonce-{nonce}';")),
        "{policy}"
    );
    assert!(policy.contains("require-trusted-types-for 'script'"));
    assert!(!policy.contains("unsafe"));
    let (_, second) = ask(get_of("/nonce")).await;
    assert_ne!(nonce, second);
}

#[tokio::test]
async fn an_error_page_shows_the_reference_of_its_header() {
    let (parts, html) = ask(get_of("/nothing")).await;
    assert_eq!(parts.status, StatusCode::NOT_FOUND);
    let id = parts.headers["x-request-id"].to_str().unwrap();
    assert!(
        html.contains(&format!("<code id=\"reference\">{id}</code>")),
        "{html}"
    );
    assert!(
        html.contains("<title>Error: Page not found – Acme developer portal</title>"),
        "{html}"
    );
    assert_eq!(parts.headers["cache-control"], "no-store");
    assert_eq!(parts.headers["x-content-type-options"], "nosniff");
}

#[tokio::test]
async fn htmx_gets_an_error_beside_the_content() {
    let request = Request::get("/nothing").header("hx-request", "true");
    let (parts, html) = ask(request.body(Body::empty()).unwrap()).await;
    assert_eq!(parts.headers["hx-retarget"], "#problem");
    assert!(html.starts_with("<div class=\"note bad"), "{html}");
    let id = parts.headers["x-request-id"].to_str().unwrap();
    assert!(html.contains(id), "{html}");
}

#[tokio::test]
async fn a_write_from_another_site_is_refused() {
    let write = |site| {
        let request = Request::post("/write").header("sec-fetch-site", site);
        ask(request.body(Body::empty()).unwrap())
    };
    assert_eq!(write("cross-site").await.0.status, StatusCode::FORBIDDEN);
    assert_eq!(write("same-origin").await.1, "written");
}

#[tokio::test]
async fn assets_are_cached_for_ever_and_compressed() {
    let request = Request::get(assets::url("app.css")).header("accept-encoding", "br, gzip");
    let (parts, _) = ask(request.body(Body::empty()).unwrap()).await;
    assert_eq!(parts.status, StatusCode::OK);
    assert_eq!(parts.headers["content-encoding"], "gzip");
    assert_eq!(
        parts.headers["cache-control"],
        "public, max-age=31536000, immutable"
    );
}

#[tokio::test]
async fn the_theme_cookie_is_rendered() {
    let request = Request::get("/nothing").header("cookie", "a=b; theme=dark");
    let (_, html) = ask(request.body(Body::empty()).unwrap()).await;
    assert!(html.contains("data-theme=\"dark\""), "{html}");
}
