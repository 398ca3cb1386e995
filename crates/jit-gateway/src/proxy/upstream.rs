//! The other side: where a call goes, and how it gets there.

use std::{error::Error as StdError, io, sync::atomic::Ordering, time::Duration};

use axum::body::Body;
use http::{HeaderValue, Request, Response, StatusCode, Uri, Version, request::Parts};
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, Error, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use jit_domain::gateway::Route;
use rustls::crypto::aws_lc_rs;
use tokio::{pin, time::timeout};

use super::{
    Config,
    failure::Failure,
    upload::{TooLarge, Upload},
};

/// A pool of connections to all upstreams.
pub(super) struct Upstreams {
    client: Client<HttpsConnector<HttpConnector>, Upload>,
    max_body: u64,
    response_timeout: Duration,
}

impl Upstreams {
    /// Connections that upstreams may close at any moment are not kept for long.
    const IDLE: Duration = Duration::from_secs(15);
    const MAX_IDLE_PER_HOST: usize = 128;

    #[expect(
        clippy::expect_used,
        reason = "the provider that is named here has both versions of TLS"
    )]
    pub(super) fn new(config: &Config) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(Some(config.connect_timeout));
        let connector = HttpsConnectorBuilder::new()
            .with_provider_and_webpki_roots(aws_lc_rs::default_provider())
            .expect("TLS 1.2 and 1.3")
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp);
        // Retries are left on: they concern only requests of which not a byte was written because
        // a pooled connection turned out to be closed, so no upstream sees one twice.
        let client = Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(Self::IDLE)
            .pool_max_idle_per_host(Self::MAX_IDLE_PER_HOST)
            .build(connector);
        Self {
            client,
            max_body: config.max_body,
            response_timeout: config.response_timeout,
        }
    }

    /// Sends a request and waits for the beginning of the answer.
    pub(super) async fn send(
        &self,
        mut parts: Parts,
        body: Body,
        request_id: &HeaderValue,
    ) -> Result<Response<Incoming>, Failure> {
        parts.version = Version::HTTP_11;
        // What our server left in there is not for the client.
        parts.extensions.clear();
        let upload = Upload::new(body, self.max_body);
        let sent = upload.counter();
        let answer = self.client.request(Request::from_parts(parts, upload));
        pin!(answer);
        // A long body takes its time; only a wait in which nothing moves counts.
        loop {
            let before = sent.load(Ordering::Relaxed);
            match timeout(self.response_timeout, &mut answer).await {
                // Nobody asked it to switch protocols, and what follows would be no HTTP.
                Ok(Ok(answer)) if answer.status() == StatusCode::SWITCHING_PROTOCOLS => {
                    return Err(Failure::UpstreamUnreachable);
                }
                Ok(result) => return result.map_err(|error| failure(&error, request_id)),
                Err(_) if sent.load(Ordering::Relaxed) != before => {}
                Err(_) => return Err(Failure::UpstreamTimeout),
            }
        }
    }
}

fn failure(error: &Error, request_id: &HeaderValue) -> Failure {
    if has_cause::<TooLarge>(error, |_| true) {
        return Failure::BodyTooLarge;
    }
    tracing::warn!(
        ?request_id,
        error = error as &dyn StdError,
        "an upstream did not answer"
    );
    let timed_out = |error: &io::Error| error.kind() == io::ErrorKind::TimedOut;
    if error.is_connect() && has_cause(error, timed_out) {
        Failure::UpstreamTimeout
    } else {
        Failure::UpstreamUnreachable
    }
}

fn has_cause<E: StdError + 'static>(error: &Error, matches: impl Fn(&E) -> bool) -> bool {
    let first: &(dyn StdError + 'static) = error;
    std::iter::successors(Some(first), |&error| error.source())
        .filter_map(|error| error.downcast_ref::<E>())
        .any(matches)
}

/// The upstream's address of a call: its base, then the rest of the path as it was sent.
pub(super) fn target(base: &str, rest: &str, query: Option<&str>) -> Option<Uri> {
    let base: Uri = base.parse().ok()?;
    // Put together from parts, so that nothing in the path can become a part of the host.
    let path = base.path().strip_suffix('/').unwrap_or(base.path());
    let path = match (format!("{path}{rest}"), query) {
        (path, Some(query)) => format!("{path}?{query}"),
        (path, None) if path.is_empty() => "/".to_owned(),
        (path, None) => path,
    };
    Uri::builder()
        .scheme(base.scheme()?.clone())
        .authority(base.authority()?.clone())
        .path_and_query(path)
        .build()
        .ok()
}

/// Our address for one that an upstream gave as its own; `None` if it leads elsewhere.
pub(super) fn local_address(route: &Route, location: &str) -> Option<String> {
    let upstream: Uri = route.upstream.parse().ok()?;
    let ours = |scheme: &str, authority: &str| {
        let other: Uri = format!("{scheme}://{authority}").parse().ok()?;
        (origin(&other)? == origin(&upstream)?).then_some(())
    };
    let path = match location.split_once("://") {
        Some((scheme, after)) if !scheme.contains(['/', '?', '#']) => {
            let (authority, path) =
                after.split_at(after.find(['/', '?', '#']).unwrap_or(after.len()));
            ours(scheme, authority)?;
            path
        }
        // `//host/path` has a host of its own.
        _ if location.starts_with('/') && !location.starts_with("//") => location,
        _ => return None,
    };
    let base = upstream.path();
    let rest = path.strip_prefix(base.strip_suffix('/').unwrap_or(base))?;
    let is_below = rest.is_empty() || rest.starts_with(['/', '?', '#']);
    is_below.then(|| format!("/gateway/{}/{}{rest}", route.slug, route.api_version))
}

fn origin(uri: &Uri) -> Option<(String, String, u16)> {
    let scheme = uri.scheme_str()?.to_ascii_lowercase();
    let usual = if scheme == "https" { 443 } else { 80 };
    let host = uri.host()?.to_ascii_lowercase();
    Some((scheme, host, uri.port_u16().unwrap_or(usual)))
}

#[cfg(test)]
mod tests;
