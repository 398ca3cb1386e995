//! Protection against forged requests: a browser must say that a write comes from our own pages.

use axum::{
    extract::Request,
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{PageContext, errors::ErrorPage, headers::RequestFacts};

/// Middleware: refuses writes that a browser sends for another site.
///
/// It needs [`super::headers::secure`] outside of it.
pub async fn require(context: PageContext, request: Request, next: Next) -> Response {
    let own = request
        .extensions()
        .get::<RequestFacts>()
        .map(|facts| facts.settings.public_origin.to_string());
    if is_safe(request.method())
        || is_outside(request.uri().path())
        || is_same_origin(request.headers(), own.as_deref())
    {
        return next.run(request).await;
    }
    let page = ErrorPage::new(context.shell("", super::Nav::None), StatusCode::FORBIDDEN)
        .because("The form was sent from another site, so nothing was changed.")
        .advise("Open the page in this portal and send the form again.");
    context.error(&page).into_response()
}

fn is_safe(method: &Method) -> bool {
    [Method::GET, Method::HEAD, Method::OPTIONS].contains(method)
}

/// Callers that are no pages of ours: identity providers post assertions, programs send tokens.
fn is_outside(path: &str) -> bool {
    let saml = path
        .strip_prefix("/sso/saml/")
        .and_then(|rest| rest.strip_suffix("/acs").or(rest.strip_suffix("/slo")))
        .is_some_and(|connection| !connection.is_empty() && !connection.contains('/'));
    saml || ["/api/v1", "/gateway"].iter().any(|prefix| {
        path.strip_prefix(prefix)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// `Sec-Fetch-Site` decides; without it `Origin` does; a caller that sends neither is no browser.
fn is_same_origin(headers: &HeaderMap, own_origin: Option<&str>) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    let Some(origin) = headers.get(header::ORIGIN) else {
        return true;
    };
    let Ok(origin) = origin.to_str() else {
        return false;
    };
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    own_origin.is_some_and(|own| own == origin)
        || origin
            .split_once("://")
            .is_some_and(|(_, authority)| Some(authority) == host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (
                    header::HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect()
    }

    #[test]
    fn another_site_is_refused() {
        for pair in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.example"),
            ("origin", "null"),
        ] {
            let sent = headers(&[pair, ("host", "portal.example")]);
            assert!(
                !is_same_origin(&sent, Some("https://portal.example")),
                "{pair:?}"
            );
        }
    }

    #[test]
    fn our_own_pages_and_programs_pass() {
        for pair in [
            ("sec-fetch-site", "same-origin"),
            ("origin", "https://portal.example"),
            ("origin", "http://inside:8080"),
            ("accept", "*/*"),
        ] {
            let sent = headers(&[pair, ("host", "inside:8080")]);
            assert!(
                is_same_origin(&sent, Some("https://portal.example")),
                "{pair:?}"
            );
        }
    }

    #[test]
    fn only_the_named_paths_are_outside() {
        for path in [
            "/sso/saml/okta/acs",
            "/sso/saml/okta/slo",
            "/api/v1",
            "/api/v1/clients",
            "/gateway/orders",
        ] {
            assert!(is_outside(path), "{path}");
        }
        for path in [
            "/sso/saml/acs",
            "/sso/saml/a/b/acs",
            "/api/v10",
            "/gatewayed",
            "/admin/sso",
        ] {
            assert!(!is_outside(path), "{path}");
        }
    }
}
