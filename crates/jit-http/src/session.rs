//! The cookies of a signed-in browser, for this API and for the pages beside it.

use axum::http::{HeaderMap, HeaderValue, header};

/// Keeps a browser signed in; its value is a session secret.
pub const SESSION_COOKIE: &str = "portal_session";

/// Ties a login under way to the browser that began it.
pub const LOGIN_COOKIE: &str = "portal_login";

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

/// The session cookie of a request.
pub fn read_session_cookie(headers: &HeaderMap) -> Option<&str> {
    read_cookie(headers, SESSION_COOKIE)
}

/// The cookie of a login under way.
pub fn read_login_cookie(headers: &HeaderMap) -> Option<&str> {
    read_cookie(headers, LOGIN_COOKIE)
}

fn cookie(name: &str, value: &str, age: &str, transport: Transport) -> HeaderValue {
    let secure = match transport {
        Transport::HttpsOnly => "; Secure",
        Transport::Any => "",
    };
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}");
    // Our values are letters, digits and `_`; anything else is not ours and is not sent.
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

fn read_cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
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
            "portal_session=jss_1; Path=/; HttpOnly; SameSite=Lax; Secure"
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
        assert_eq!(read_session_cookie(&headers), Some("jss_1"));
        assert_eq!(read_login_cookie(&headers), Some("jbr_1"));
        assert_eq!(read_session_cookie(&HeaderMap::new()), None);
    }
}
