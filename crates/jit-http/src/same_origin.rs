//! A write that a browser sends with our cookie must come from our own pages.

use axum::http::{HeaderMap, Method, header, request::Parts};

use crate::problem::Problem;

/// Refuses a write with a cookie that another site may have made the browser send.
///
/// Programs with a token need none of this: no browser adds a token by itself.
pub(crate) fn require(parts: &Parts, public_url: &str) -> Result<(), Problem> {
    if [Method::GET, Method::HEAD, Method::OPTIONS].contains(&parts.method) {
        return Ok(());
    }
    if !is_same_origin(&parts.headers, public_url) {
        return Err(Problem::cross_site());
    }
    // A form of another site can send neither this type nor, in old browsers, tell where it comes from.
    if has_body(&parts.headers) && !is_json(&parts.headers) {
        return Err(Problem::media_type("application/json"));
    }
    Ok(())
}

/// `Sec-Fetch-Site` decides; without it `Origin` does; a caller that sends neither is no browser.
fn is_same_origin(headers: &HeaderMap, public_url: &str) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    let Some(sent) = headers.get(header::ORIGIN) else {
        return true;
    };
    let sent = sent.to_str().unwrap_or("null");
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let authority = sent.split_once("://").map(|(_, authority)| authority);
    Some(sent) == origin_of(public_url) || (authority.is_some() && authority == host)
}

/// Scheme, host and port of an address.
fn origin_of(url: &str) -> Option<&str> {
    let start = url.find("://")? + 3;
    let end = url[start..]
        .find('/')
        .map_or(url.len(), |slash| start + slash);
    Some(&url[..end])
}

fn has_body(headers: &HeaderMap) -> bool {
    let length = headers.get(header::CONTENT_LENGTH);
    headers.contains_key(header::TRANSFER_ENCODING) || length.is_some_and(|length| length != "0")
}

/// Whether the body says that it is JSON.
pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    media_type(headers).is_some_and(|found| found.eq_ignore_ascii_case("application/json"))
}

/// The type of the body, without parameters.
pub(crate) fn media_type(headers: &HeaderMap) -> Option<&str> {
    let sent = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    Some(sent.split(';').next().unwrap_or_default().trim())
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn sent(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let header = |(name, value): &(&'static str, &'static str)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        };
        pairs.iter().map(header).collect()
    }

    #[test]
    fn another_site_is_refused() {
        for pair in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.example"),
            ("origin", "https://portal.example.evil.example"),
            ("origin", "http://portal.example"),
            ("origin", "null"),
        ] {
            let headers = sent(&[pair, ("host", "inside:8080")]);
            assert!(
                !is_same_origin(&headers, "https://portal.example/base"),
                "{pair:?}"
            );
        }
    }

    #[test]
    fn our_own_pages_and_programs_pass() {
        for pair in [
            ("sec-fetch-site", "same-origin"),
            ("sec-fetch-site", "none"),
            ("origin", "https://portal.example"),
            ("origin", "http://inside:8080"),
            ("accept", "*/*"),
        ] {
            let headers = sent(&[pair, ("host", "inside:8080")]);
            assert!(
                is_same_origin(&headers, "https://portal.example/base"),
                "{pair:?}"
            );
        }
    }

    #[test]
    fn parameters_do_not_change_a_media_type() {
        assert!(is_json(&sent(&[(
            "content-type",
            "Application/JSON; charset=utf-8"
        )])));
        for other in [
            "text/plain",
            "application/jsonp",
            "",
            "text/plain; a=application/json",
        ] {
            assert!(!is_json(&sent(&[("content-type", other)])), "{other}");
        }
    }
}
