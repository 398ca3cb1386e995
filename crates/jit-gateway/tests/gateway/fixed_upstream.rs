//! An upstream on a port of this machine that remembers what reached it.

use std::sync::{Arc, Mutex};

use axum::{Router, body::Body, extract::State, response::Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, Uri};
use http_body_util::BodyExt;
use tokio::net::TcpListener;

/// A request as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

#[derive(Clone)]
pub(crate) struct FixedUpstream {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    headers: Arc<Mutex<HeaderMap>>,
}

impl FixedUpstream {
    /// Somebody else's server, of which nothing is remembered.
    pub(crate) fn elsewhere(url: String) -> Self {
        let (seen, headers) = (Arc::default(), Arc::default());
        Self { url, seen, headers }
    }

    /// Answers everything with 200 and the body that it got.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let upstream = Self::elsewhere(url);
        let router = Router::new().fallback(answer).with_state(upstream.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        upstream
    }

    /// Everything that arrived so far.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// The one request that arrived.
    pub(crate) fn only(&self) -> Seen {
        let seen = self.seen();
        assert_eq!(seen.len(), 1);
        seen[0].clone()
    }

    /// Adds a header to every answer from now on.
    pub(crate) fn say(&self, name: &'static str, value: &str) {
        let value = HeaderValue::from_str(value).unwrap();
        self.headers.lock().unwrap().append(name, value);
    }
}

async fn answer(State(upstream): State<FixedUpstream>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    // A body that breaks off never arrived.
    let Ok(body) = body.collect().await else {
        return Response::default();
    };
    let body = body.to_bytes();
    upstream.seen.lock().unwrap().push(Seen {
        method: parts.method,
        uri: parts.uri,
        headers: parts.headers,
        body: body.clone(),
    });
    let mut response = Response::new(Body::from(body));
    *response.headers_mut() = upstream.headers.lock().unwrap().clone();
    response
}
