//! What is known of a request before anybody handles it: its name, and where it comes from.

use std::{convert::Infallible, net::SocketAddr, sync::Arc, time::Instant};

use axum::{
    extract::{ConnectInfo, FromRequestParts, Request, State},
    http::{HeaderValue, header::HeaderName, request::Parts},
    middleware::Next,
    response::Response,
};
use jit_domain::{
    clients::{IpNetwork, IpRules},
    console::Origin,
};
use jit_http::origin::{ClientIp, RequestId};

use crate::random;

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Whose word about addresses counts.
#[derive(Clone)]
pub struct Facts {
    trusted: Arc<IpRules>,
}

impl Facts {
    /// Believes `X-Forwarded-For` of peers in these networks only.
    pub fn new(trusted_proxies: Vec<IpNetwork>) -> Self {
        Self {
            trusted: Arc::new(IpRules {
                allow: trusted_proxies,
                deny: vec![],
            }),
        }
    }

    fn trusts(&self, ip: std::net::IpAddr) -> bool {
        !self.trusted.allow.is_empty() && self.trusted.allows(Some(ip))
    }

    /// The last address in the chain that no trusted proxy vouches for.
    fn client_ip(&self, request: &Request) -> Option<ClientIp> {
        let ConnectInfo(peer) = request.extensions().get::<ConnectInfo<SocketAddr>>()?;
        let mut ip = peer.ip();
        let lines = request.headers().get_all("x-forwarded-for");
        let chain = lines
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','));
        for hop in chain.collect::<Vec<_>>().into_iter().rev() {
            if !self.trusts(ip) {
                break;
            }
            match hop.trim().parse() {
                Ok(before) => ip = before,
                Err(_) => break,
            }
        }
        Some(ClientIp(ip.to_canonical()))
    }
}

/// Middleware, outermost: names the request, finds its origin, and writes one log line about its answer.
/// The line has no query, for a query may carry a secret such as a setup code.
pub async fn about_the_request(
    State(facts): State<Facts>,
    mut request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let id = random::id().simple().to_string();
    let value = HeaderValue::from_str(&id).unwrap_or(HeaderValue::from_static("unknown"));
    if let Some(ip) = facts.client_ip(&request) {
        request.extensions_mut().insert(ip);
    }
    request.extensions_mut().insert(RequestId(id.clone()));
    request
        .extensions_mut()
        .insert(jit_gateway::RequestId(value.clone()));
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let mut response = next.run(request).await;
    response.headers_mut().insert(X_REQUEST_ID, value);
    let status = response.status().as_u16();
    let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    // Calls through the gateway are counted elsewhere; a line for each would cost more than the call.
    if path.starts_with("/gateway/") || path.starts_with("/assets/") {
        tracing::debug!(request.id = %id, %method, path, status, duration_ms, "http.request");
    } else {
        tracing::info!(request.id = %id, %method, path, status, duration_ms, "http.request");
    }
    response
}

/// Where a request comes from, for the audit log (R35).
pub struct RequestOrigin(pub Origin);

impl<S: Sync> FromRequestParts<S> for RequestOrigin {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(jit_http::origin::origin(parts)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn seen(trusted: &[&str], peer: [u8; 4], forwarded: &[&str]) -> String {
        let networks = trusted
            .iter()
            .map(|text| IpNetwork::parse("proxy", text).unwrap());
        let facts = Facts::new(networks.collect());
        let mut request = Request::new(Body::empty());
        request
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::from((peer, 9))));
        for line in forwarded {
            request
                .headers_mut()
                .append("x-forwarded-for", line.parse().unwrap());
        }
        facts.client_ip(&request).unwrap().0.to_string()
    }

    #[test]
    fn only_a_trusted_proxy_says_where_a_request_comes_from() {
        assert_eq!(seen(&[], [10, 0, 0, 1], &["192.0.2.7"]), "10.0.0.1");
        assert_eq!(
            seen(&["10.0.0.0/8"], [10, 0, 0, 1], &["192.0.2.7"]),
            "192.0.2.7"
        );
        assert_eq!(
            seen(&["10.0.0.0/8"], [203, 0, 113, 5], &["192.0.2.7"]),
            "203.0.113.5"
        );
    }

    #[test]
    fn what_a_caller_puts_before_the_proxy_does_not_count() {
        let forwarded = ["198.51.100.1, 192.0.2.7", "10.0.0.2"];
        assert_eq!(
            seen(&["10.0.0.0/8"], [10, 0, 0, 1], &forwarded),
            "192.0.2.7"
        );
        assert_eq!(
            seen(&["10.0.0.0/8"], [10, 0, 0, 1], &["nonsense"]),
            "10.0.0.1"
        );
    }
}
