//! Somebody with a browser.

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header, request::Builder},
};
use http_body_util::BodyExt;
use jit_http::session::SESSION_COOKIE;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tower::ServiceExt;

pub(crate) struct Browser {
    site: Router,
    session: Option<String>,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) html: String,
}

impl Browser {
    pub(crate) fn new(site: Router, session: Option<&str>) -> Self {
        let session = session.map(str::to_owned);
        Self { site, session }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path), "").await
    }

    pub(crate) async fn htmx_get(&self, path: &str) -> Answer {
        let request = self.request(Method::GET, path).header("hx-request", "true");
        self.send(request, "").await
    }

    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_body(path, &form(fields)).await
    }

    pub(crate) async fn htmx_post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.form(path).header("hx-request", "true");
        self.send(request, &form(fields)).await
    }

    pub(crate) async fn post_body(&self, path: &str, body: &str) -> Answer {
        self.send(self.form(path), body).await
    }

    /// As a page of another site would make the browser do it.
    pub(crate) async fn forged_post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut request = self.form(path);
        let headers = request.headers_mut().unwrap();
        headers.insert("sec-fetch-site", "cross-site".parse().unwrap());
        self.send(request, &form(fields)).await
    }

    /// The same request, not a form at all.
    pub(crate) async fn post_json(&self, path: &str, body: &str) -> Answer {
        let request = self.request(Method::POST, path);
        let request = request.header(header::CONTENT_TYPE, "application/json");
        self.send(request, body).await
    }

    fn form(&self, path: &str) -> Builder {
        let form = "application/x-www-form-urlencoded";
        self.request(Method::POST, path)
            .header(header::CONTENT_TYPE, form)
    }

    fn request(&self, method: Method, path: &str) -> Builder {
        let request = Request::builder().method(method).uri(path);
        let request = request.header("sec-fetch-site", "same-origin");
        match &self.session {
            Some(session) => request.header(header::COOKIE, format!("{SESSION_COOKIE}={session}")),
            None => request,
        }
    }

    async fn send(&self, request: Builder, body: &str) -> Answer {
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let answer = self.site.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            html: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn location(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.html);
        self.header("location")
    }

    /// The value of the session cookie that was set.
    pub(crate) fn session(&self) -> String {
        let cookie = self.header("set-cookie");
        let pair = cookie.split(';').next().unwrap_or_default();
        pair.strip_prefix(SESSION_COOKIE)
            .and_then(|rest| rest.strip_prefix('='))
            .unwrap_or_else(|| panic!("no session in {cookie:?}"))
            .to_owned()
    }

    #[track_caller]
    pub(crate) fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.html);
        self
    }

    #[track_caller]
    pub(crate) fn shows(&self, text: &str) -> &Self {
        assert!(self.html.contains(text), "no {text:?} in\n{}", self.html);
        self
    }

    #[track_caller]
    pub(crate) fn hides(&self, text: &str) -> &Self {
        assert!(!self.html.contains(text), "{text:?} is in\n{}", self.html);
        self
    }

    /// A page that says what is wrong, with the reference that the log has too.
    #[track_caller]
    pub(crate) fn is_refusal(&self, status: u16) -> &Self {
        self.is(status).shows("<title>Error: ").shows("<h1>");
        let reference = self.header("x-request-id");
        assert!(!reference.is_empty());
        self.shows(reference)
    }
}

fn form(fields: &[(&str, &str)]) -> String {
    let safe = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let pair = |(name, value): &(&str, &str)| format!("{}={}", safe(name), safe(value));
    fields.iter().map(pair).collect::<Vec<_>>().join("&")
}
