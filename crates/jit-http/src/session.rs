//! The cookies of a signed-in browser, for this API and for the pages beside it.

use axum::http::{HeaderMap, HeaderValue, header};

/// Keeps a browser signed in over https; its value is a session secret.
pub const SESSION_COOKIE: &str = "__Host-portal_session";

/// Ties a login under way to the browser that began it.
const LOGIN_COOKIE: &str = "__Host-portal_login";

/// Holds the session that a response has made until the browser has shown that it began the login.
/// A response that was slipped to a browser must not take the place of the session that it has.
const RESPONSE_COOKIE: &str = "__Host-portal_response";

/// Browsers take a cookie of such a name from this very host only, over https and for every path. Without it
/// another host of the same domain could slip somebody a session of its own (RFC 6265bis section 4.1.3.2).
const OF_THIS_HOST: &str = "__Host-";

/// Whether the browser may send a cookie in clear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// Only over https.
    HttpsOnly,
    /// Also over http, for a portal on one's own machine.
    Any,
}

impl Transport {
    /// What the portal's public address allows.
    pub fn of(public_url: &str) -> Self {
        if public_url.starts_with("https://") {
            Self::HttpsOnly
        } else {
            Self::Any
        }
    }
}

/// Sets the session cookie. It ends with the browser; the session itself ends by R17.
pub fn session_cookie(value: &str, transport: Transport) -> HeaderValue {
    cookie(SESSION_COOKIE, value, "", transport)
}

/// Removes the session cookie.
pub fn clear_session_cookie(transport: Transport) -> HeaderValue {
    cookie(SESSION_COOKIE, "", "; Max-Age=0", transport)
}

/// Sets the cookie of a login under way, for the quarter of an hour that a login may take.
pub fn login_cookie(value: &str, transport: Transport) -> HeaderValue {
    cookie(LOGIN_COOKIE, value, "; Max-Age=900", transport)
}

/// Removes the cookie of a login under way.
pub fn clear_login_cookie(transport: Transport) -> HeaderValue {
    cookie(LOGIN_COOKIE, "", "; Max-Age=0", transport)
}

/// Sets the cookie of a response that has just come; the browser is at the next address at once.
pub fn response_cookie(value: &str, transport: Transport) -> HeaderValue {
    cookie(RESPONSE_COOKIE, value, "; Max-Age=60", transport)
}

/// Removes the cookie of a response.
pub fn clear_response_cookie(transport: Transport) -> HeaderValue {
    cookie(RESPONSE_COOKIE, "", "; Max-Age=0", transport)
}

/// The cookie of a response that has just come.
pub fn read_response_cookie(headers: &HeaderMap, transport: Transport) -> Option<&str> {
    read_cookie(headers, RESPONSE_COOKIE, transport)
}

/// The session cookie of a request.
pub fn read_session_cookie(headers: &HeaderMap, transport: Transport) -> Option<&str> {
    read_cookie(headers, SESSION_COOKIE, transport)
}

/// The cookie of a login under way.
pub fn read_login_cookie(headers: &HeaderMap, transport: Transport) -> Option<&str> {
    read_cookie(headers, LOGIN_COOKIE, transport)
}

/// A browser takes the prefix over https only.
fn name_for(transport: Transport, name: &'static str) -> &'static str {
    match transport {
        Transport::HttpsOnly => name,
        Transport::Any => name.strip_prefix(OF_THIS_HOST).unwrap_or(name),
    }
}

fn cookie(name: &'static str, value: &str, age: &str, transport: Transport) -> HeaderValue {
    let name = name_for(transport, name);
    let secure = match transport {
        Transport::HttpsOnly => "; Secure",
        Transport::Any => "",
    };
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}");
    // Our values are letters, digits and `_`; anything else is not ours and is not sent.
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

fn read_cookie<'a>(
    headers: &'a HeaderMap,
    name: &'static str,
    transport: Transport,
) -> Option<&'a str> {
    let name = name_for(transport, name);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
        .filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_out_of_reach_of_scripts_and_of_other_sites() {
        assert_eq!(
            session_cookie("jss_1", Transport::of("https://portal.example")),
            "__Host-portal_session=jss_1; Path=/; HttpOnly; SameSite=Lax; Secure"
        );
        assert_eq!(
            login_cookie("jbr_1", Transport::of("http://localhost:8080")),
            "portal_login=jbr_1; Path=/; HttpOnly; SameSite=Lax; Max-Age=900"
        );
        assert_eq!(
            clear_session_cookie(Transport::Any),
            "portal_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
        );
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        let line = "theme=dark; portal_session=jss_1; xportal_login=no";
        headers.append(header::COOKIE, HeaderValue::from_static(line));
        headers.append(
            header::COOKIE,
            HeaderValue::from_static("portal_login=jbr_1"),
        );
        let any = Transport::Any;
        assert_eq!(read_session_cookie(&headers, any), Some("jss_1"));
        assert_eq!(read_login_cookie(&headers, any), Some("jbr_1"));
        assert_eq!(read_session_cookie(&HeaderMap::new(), any), None);
    }

    #[test]
    fn over_https_a_cookie_that_a_neighbour_may_have_set_does_not_count() {
        let mut headers = HeaderMap::new();
        let line = "portal_session=theirs; portal_login=theirs; __Host-portal_session=ours";
        headers.append(header::COOKIE, HeaderValue::from_static(line));
        let https = Transport::HttpsOnly;
        assert_eq!(read_session_cookie(&headers, https), Some("ours"));
        assert_eq!(read_login_cookie(&headers, https), None);
    }
}
