//! Finds the secret in a request's headers.

use std::borrow::Cow;

use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderMap, HeaderName, HeaderValue, header::AUTHORIZATION};

/// The header of our own, and the user name that stands for it in HTTP Basic.
pub(crate) const API_TOKEN: HeaderName = HeaderName::from_static("api-token");

/// What a request brought to prove who calls.
#[derive(PartialEq, Eq)]
pub(crate) enum Presented<'a> {
    /// Nothing.
    Nothing,
    /// One secret; it may have come in several ways.
    Secret(Cow<'a, str>),
    /// Something that cannot be a secret, or two different secrets.
    Nonsense,
}

/// Reads `api-token: …`, `Authorization: Bearer …` (RFC 6750 section 2.1) and
/// `Authorization: Basic …` with the user `api-token` (RFC 7617).
///
/// An `Authorization` that is neither is none of our business and goes on to the upstream.
pub(crate) fn presented(headers: &HeaderMap) -> Presented<'_> {
    let own = headers.get_all(API_TOKEN).iter();
    let own = own.map(|value| Cow::Borrowed(value.as_bytes()));
    let standard = headers.get_all(AUTHORIZATION).iter().filter_map(ours);
    let mut found = None;
    for secret in own.chain(standard) {
        if found.as_ref().is_some_and(|before| *before != secret) {
            return Presented::Nonsense;
        }
        found = Some(secret);
    }
    let text = match found {
        None => return Presented::Nothing,
        Some(Cow::Borrowed(bytes)) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
        Some(Cow::Owned(bytes)) => String::from_utf8(bytes).ok().map(Cow::Owned),
    };
    text.map_or(Presented::Nonsense, Presented::Secret)
}

/// Whether that `Authorization` carries a secret of ours, which no upstream may see.
pub(crate) fn is_ours(authorization: &HeaderValue) -> bool {
    ours(authorization).is_some()
}

fn ours(authorization: &HeaderValue) -> Option<Cow<'_, [u8]>> {
    const BASIC_USER: &[u8] = b"api-token:";
    let bytes = authorization.as_bytes();
    let (scheme, rest) = bytes.split_at(bytes.iter().position(|byte| *byte == b' ')?);
    let rest = rest.trim_ascii();
    if scheme.eq_ignore_ascii_case(b"bearer") {
        return Some(Cow::Borrowed(rest));
    }
    if scheme.eq_ignore_ascii_case(b"basic") {
        let pair = STANDARD.decode(rest).ok()?;
        return pair
            .strip_prefix(BASIC_USER)
            .map(|secret| Cow::Owned(secret.to_vec()));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(lines: &[(HeaderName, &str)]) -> String {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        match presented(&headers) {
            Presented::Nothing => "nothing".into(),
            Presented::Nonsense => "nonsense".into(),
            Presented::Secret(secret) => secret.into_owned(),
        }
    }

    fn basic(pair: &str) -> String {
        format!("Basic {}", STANDARD.encode(pair))
    }

    /// R26: three ways to send a secret.
    #[test]
    fn a_secret_is_found_where_it_may_be() {
        assert_eq!(found(&[(API_TOKEN, "abc")]), "abc");
        assert_eq!(found(&[(AUTHORIZATION, "Bearer abc")]), "abc");
        assert_eq!(found(&[(AUTHORIZATION, "bEARER   abc ")]), "abc");
        assert_eq!(found(&[(AUTHORIZATION, &basic("api-token:abc"))]), "abc");
        assert_eq!(found(&[(AUTHORIZATION, &basic("api-token:a:c"))]), "a:c");
        assert_eq!(
            found(&[(API_TOKEN, "abc"), (AUTHORIZATION, "Bearer abc")]),
            "abc",
            "the same secret twice is one secret"
        );
    }

    /// R26: nobody may try two secrets with one call, or hide one behind another.
    #[test]
    fn two_different_secrets_are_nonsense() {
        let basic = basic("api-token:xyz");
        for two in [
            [(API_TOKEN, "abc"), (API_TOKEN, "xyz")],
            [(API_TOKEN, "abc"), (AUTHORIZATION, "Bearer xyz")],
            [(AUTHORIZATION, "Bearer abc"), (AUTHORIZATION, &basic)],
            [(API_TOKEN, "abc"), (API_TOKEN, "\u{fc}")],
            [(API_TOKEN, "abc"), (AUTHORIZATION, "Bearer \u{fc}")],
        ] {
            assert_eq!(found(&two), "nonsense");
        }
    }

    #[test]
    fn what_is_not_for_us_is_left_alone() {
        for other in [
            basic("dana:abc"),
            "Basic ???".into(),
            "Digest username=\"x\"".into(),
            "Bearer".into(),
            "abc".into(),
        ] {
            assert_eq!(found(&[(AUTHORIZATION, &other)]), "nothing", "{other}");
        }
        assert!(is_ours(&HeaderValue::from_static("Bearer x")));
        assert!(!is_ours(&HeaderValue::from_static("Digest x")));
    }
}
