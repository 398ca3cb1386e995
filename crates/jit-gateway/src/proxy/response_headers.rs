//! What the caller is told.

use http::{HeaderMap, HeaderName, HeaderValue, header};
use jit_domain::gateway::Route;

use super::{Config, shared_headers::remove_hop_by_hop, upstream};

/// What speaks for a whole host name and not for one answer. The host name is ours.
const OF_THE_ORIGIN: [HeaderName; 11] = [
    HeaderName::from_static("accept-ch"),
    header::ALT_SVC,
    HeaderName::from_static("clear-site-data"),
    HeaderName::from_static("nel"),
    header::PUBLIC_KEY_PINS,
    HeaderName::from_static("report-to"),
    HeaderName::from_static("reporting-endpoints"),
    HeaderName::from_static("service-worker-allowed"),
    header::SET_COOKIE,
    HeaderName::from_static("set-cookie2"),
    header::STRICT_TRANSPORT_SECURITY,
];

pub(super) fn rewrite(headers: &mut HeaderMap, route: &Route, config: &Config) {
    remove_hop_by_hop(headers);
    for name in OF_THE_ORIGIN {
        headers.remove(name);
    }
    let location = headers
        .get(header::LOCATION)
        .and_then(|it| it.to_str().ok());
    let local = location.and_then(|location| upstream::local_address(route, location));
    if let Some(local) = local.and_then(|it| HeaderValue::try_from(it).ok()) {
        headers.insert(header::LOCATION, local);
    }
    if !config.has_own_origin {
        // A link with a secret in it (`https://api-token:…@portal/gateway/…`) can open an upstream's
        // page here. Without these two it would run as a page of the portal.
        headers.insert(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("sandbox; default-src 'none'"),
        );
        headers.insert(
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        );
    }
}
