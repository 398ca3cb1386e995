//! What the upstream is told.

use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{AUTHORIZATION, CONTENT_LENGTH, EXPECT, HOST, TRANSFER_ENCODING, VIA},
};
use jit_domain::gateway::Allowed;

use super::{
    caller::Caller,
    shared_headers::{
        X_CLIENT_ID, X_COLLECTION, X_END_USER_ID, X_FORWARDED_FOR, X_FORWARDED_HOST,
        X_FORWARDED_PROTO, X_REQUEST_ID, remove_hop_by_hop,
    },
};
use crate::credential;

/// What no upstream may take from a caller: our own words, secrets and cookies, and the headers that
/// some servers take for the path instead of the one that was checked.
const OURS: [&str; 11] = [
    "api-token",
    "cookie",
    "cookie2",
    "forwarded",
    "x-client-id",
    "x-collection",
    "x-end-user-id",
    "x-original-url",
    "x-real-ip",
    "x-request-id",
    "x-rewrite-url",
];

/// Removes what must not arrive, then says who calls.
pub(super) fn rewrite(
    headers: &mut HeaderMap,
    caller: &Caller,
    allowed: &Allowed,
    request_id: &HeaderValue,
) {
    if headers.contains_key(TRANSFER_ENCODING) {
        // Two lengths are one too many (RFC 9112 section 6.1): the body is sent as it is read.
        headers.remove(CONTENT_LENGTH);
    }
    remove_hop_by_hop(headers);
    let spoofed: Vec<HeaderName> = headers
        .keys()
        .filter(|name| is_ours(name))
        .cloned()
        .collect();
    for name in spoofed {
        headers.remove(name);
    }
    if headers
        .get_all(AUTHORIZATION)
        .iter()
        .any(credential::is_ours)
    {
        headers.remove(AUTHORIZATION);
    }
    // The client writes the upstream's own host.
    headers.remove(HOST);
    // Our own server has answered it by the time that the body is read.
    headers.remove(EXPECT);

    let mut say = |name: HeaderName, text: String| {
        // Ids, slugs and addresses are plain ASCII; anything else is not said at all.
        if let Ok(value) = HeaderValue::try_from(text) {
            headers.insert(name, value);
        }
    };
    say(X_CLIENT_ID, allowed.client.id.to_string());
    say(X_END_USER_ID, allowed.client.owner.to_string());
    say(X_COLLECTION, allowed.route.slug.to_string());
    if let Some(ip) = caller.ip {
        say(X_FORWARDED_FOR, ip.to_string());
    }
    headers.insert(X_FORWARDED_PROTO, caller.scheme.clone());
    if let Some(host) = &caller.host {
        headers.insert(X_FORWARDED_HOST, host.clone());
    }
    headers.insert(X_REQUEST_ID, request_id.clone());
    // RFC 9110 section 7.6.3.
    headers.append(VIA, HeaderValue::from_static("1.1 jit-gateway"));
}

/// Servers that hand headers on as variables cannot tell `X_Client_Id` from `X-Client-Id`.
fn is_ours(name: &HeaderName) -> bool {
    let name = name.as_str();
    let is = |ours: &str| {
        name.len() == ours.len()
            && name
                .bytes()
                .zip(ours.bytes())
                .all(|(a, b)| a == b || (a == b'_' && b == b'-'))
    };
    let starts = |prefix: &str| {
        name.get(..prefix.len()).is_some_and(|head| {
            head.bytes()
                .zip(prefix.bytes())
                .all(|(a, b)| a == b || (a == b'_' && b == b'-'))
        })
    };
    OURS.into_iter().any(is) || starts("x-forwarded-")
}
