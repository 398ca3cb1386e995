//! Sizes that are refused before anything else is looked at.

use axum::extract::Request;
use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};

use super::{Config, Failure};

pub(super) fn check(request: &Request, config: &Config) -> Result<(), Failure> {
    let target = request.uri().path_and_query();
    if target.is_some_and(|target| target.as_str().len() > config.max_target) {
        return Err(Failure::TargetTooLong);
    }
    let mut together = 0;
    for (name, value) in request.headers() {
        let line = name.as_str().len() + value.len();
        together += line;
        if line > config.max_header || together > config.max_headers {
            return Err(Failure::HeadersTooLarge);
        }
    }
    // With a transfer coding the length means nothing (RFC 9112 section 6.3); the bytes are counted then.
    let stated = request.headers().get(CONTENT_LENGTH);
    let stated = stated.filter(|_| !request.headers().contains_key(TRANSFER_ENCODING));
    let stated = stated.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if stated.is_some_and(|length| length > config.max_body) {
        return Err(Failure::BodyTooLarge);
    }
    Ok(())
}
