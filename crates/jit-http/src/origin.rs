//! Where a request came from, for the audit log (R35).

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::ConnectInfo,
    http::{Extensions, HeaderMap, request::Parts},
};
use jit_domain::console::Origin;

/// The address of the caller, as whoever stands before this API found it out (a trusted proxy, for instance).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientIp(pub IpAddr);

/// The id of a request, as it stands in logs and on error pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

/// Where the request came from.
pub fn origin(parts: &Parts) -> Origin {
    origin_of(&parts.headers, &parts.extensions)
}

/// Where a request with these headers and extensions came from.
pub fn origin_of(headers: &HeaderMap, extensions: &Extensions) -> Origin {
    let given = extensions.get::<ClientIp>().map(|found| found.0);
    let socket = || extensions.get::<ConnectInfo<SocketAddr>>();
    Origin {
        ip: given.or_else(|| socket().map(|found| found.0.ip())),
        request_id: request_id(headers, extensions),
    }
}

/// The id of a request with these headers and extensions.
pub fn request_id(headers: &HeaderMap, extensions: &Extensions) -> Option<String> {
    let given = extensions.get::<RequestId>().map(|found| found.0.clone());
    given.or_else(|| {
        let sent = headers.get("x-request-id")?.to_str().ok()?;
        // It ends up in logs, so what a stranger sends is kept short and plain.
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        ((1..=64).contains(&sent.len()) && sent.chars().all(plain)).then(|| sent.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    /// R35: the address is the caller's, not the proxy's, where somebody has found it out.
    #[test]
    fn an_address_that_was_found_out_wins_over_the_socket() {
        let (mut headers, mut extensions) = (HeaderMap::new(), Extensions::new());
        headers.insert("x-request-id", HeaderValue::from_static("from-a-stranger"));
        extensions.insert(ConnectInfo(SocketAddr::from(([10, 0, 0, 1], 4000))));
        let found = origin_of(&headers, &extensions);
        assert_eq!(found.ip, Some(IpAddr::from([10, 0, 0, 1])));
        assert_eq!(found.request_id.as_deref(), Some("from-a-stranger"));

        extensions.insert(ClientIp(IpAddr::from([192, 0, 2, 7])));
        extensions.insert(RequestId("ours".to_owned()));
        let found = origin_of(&headers, &extensions);
        assert_eq!(found.ip, Some(IpAddr::from([192, 0, 2, 7])));
        assert_eq!(found.request_id.as_deref(), Some("ours"));
    }

    #[test]
    fn an_id_that_would_spoil_a_log_is_dropped() {
        for bad in ["a b", "", "a\"b", &"x".repeat(65)] {
            let mut headers = HeaderMap::new();
            headers.insert("x-request-id", HeaderValue::from_str(bad).unwrap());
            assert_eq!(request_id(&headers, &Extensions::new()), None, "{bad}");
        }
    }
}
