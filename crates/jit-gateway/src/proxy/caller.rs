//! Where a call comes from.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request};
use http::{HeaderMap, HeaderValue, header::HOST};
use jit_domain::clients::IpRules;

use super::{
    Config,
    shared_headers::{X_FORWARDED_FOR, X_FORWARDED_HOST, X_FORWARDED_PROTO},
};

/// What is believed about the other end.
#[derive(Debug, Clone)]
pub(super) struct Caller {
    /// The caller's address, if it is known.
    pub(super) ip: Option<IpAddr>,
    /// The scheme that the caller used.
    pub(super) scheme: HeaderValue,
    /// The host that the caller asked for.
    pub(super) host: Option<HeaderValue>,
}

impl Caller {
    pub(super) fn of(request: &Request, config: &Config) -> Self {
        let headers = request.headers();
        let ConnectInfo(peer) = match request.extensions().get::<ConnectInfo<SocketAddr>>() {
            Some(peer) => *peer,
            None => return Self::unknown(headers),
        };
        let peer = peer.ip().to_canonical();
        let trusted = Trusted::new(config);
        if !trusted.includes(peer) {
            return Self {
                ip: Some(peer),
                ..Self::unknown(headers)
            };
        }
        let scheme = headers.get(X_FORWARDED_PROTO);
        let scheme = scheme.filter(|scheme| *scheme == "https" || *scheme == "http");
        let unknown = Self::unknown(headers);
        Self {
            ip: forwarded_for(headers, peer, &trusted),
            scheme: scheme.cloned().unwrap_or(unknown.scheme),
            host: headers.get(X_FORWARDED_HOST).cloned().or(unknown.host),
        }
    }

    fn unknown(headers: &HeaderMap) -> Self {
        Self {
            ip: None,
            scheme: HeaderValue::from_static("http"),
            host: headers.get(HOST).cloned(),
        }
    }
}

struct Trusted(IpRules);

impl Trusted {
    fn new(config: &Config) -> Self {
        let allow = config.trusted_proxies.clone();
        let deny = Vec::new();
        Self(IpRules { allow, deny })
    }

    fn includes(&self, ip: IpAddr) -> bool {
        // An empty list allows everybody there, and trusts nobody here.
        !self.0.allow.is_empty() && self.0.allows(Some(ip))
    }
}

/// The last address in the chain that no trusted proxy has. What stands before it was written by
/// the caller and may be anything. A chain that cannot be read gives no address.
fn forwarded_for(headers: &HeaderMap, peer: IpAddr, trusted: &Trusted) -> Option<IpAddr> {
    let lines: Vec<&HeaderValue> = headers.get_all(X_FORWARDED_FOR).iter().collect();
    let mut nearest = peer;
    for line in lines.into_iter().rev() {
        for hop in line.to_str().ok()?.rsplit(',') {
            nearest = read_address(hop.trim())?;
            if !trusted.includes(nearest) {
                return Some(nearest);
            }
        }
    }
    Some(nearest)
}

/// An address, perhaps with brackets and a port.
fn read_address(text: &str) -> Option<IpAddr> {
    let bare = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'))
        .unwrap_or(text);
    let address = bare.parse::<IpAddr>().ok();
    let address = address.or_else(|| text.parse::<SocketAddr>().ok().map(|it| it.ip()));
    address.map(|ip| ip.to_canonical())
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use jit_domain::clients::IpNetwork;

    use super::*;

    fn caller(peer: &str, headers: &[(&str, &str)]) -> Caller {
        let mut request = Request::new(Body::empty());
        for (name, value) in headers {
            let name = http::HeaderName::try_from(*name).unwrap();
            request.headers_mut().append(name, value.parse().unwrap());
        }
        let peer: SocketAddr = format!("{peer}:4000").parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        let config = Config {
            trusted_proxies: vec![IpNetwork::parse("trusted", "10.0.0.0/8").unwrap()],
            ..Config::default()
        };
        Caller::of(&request, &config)
    }

    fn ip(peer: &str, forwarded_for: &[&str]) -> String {
        let headers: Vec<_> = forwarded_for
            .iter()
            .map(|it| ("x-forwarded-for", *it))
            .collect();
        caller(peer, &headers)
            .ip
            .map_or("unknown".into(), |ip| ip.to_string())
    }

    /// R26: nobody chooses the address that rules see.
    #[test]
    fn only_a_trusted_proxy_is_believed() {
        assert_eq!(ip("192.0.2.1", &["203.0.113.7"]), "192.0.2.1");
        assert_eq!(ip("10.0.0.1", &["203.0.113.7"]), "203.0.113.7");
        assert_eq!(
            ip("10.0.0.1", &["198.51.100.9, 203.0.113.7, 10.0.0.2"]),
            "203.0.113.7"
        );
        assert_eq!(
            ip("10.0.0.1", &["198.51.100.9", "203.0.113.7"]),
            "203.0.113.7"
        );
        assert_eq!(ip("10.0.0.1", &["10.9.9.9, 10.0.0.2"]), "10.9.9.9");
        assert_eq!(ip("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(ip("10.0.0.1", &["203.0.113.7, nonsense"]), "unknown");
        assert_eq!(ip("10.0.0.1", &["nonsense, 203.0.113.7"]), "203.0.113.7");
        assert_eq!(ip("10.0.0.1", &["[2001:db8::1]:99"]), "2001:db8::1");
        assert_eq!(ip("10.0.0.1", &["::ffff:203.0.113.7"]), "203.0.113.7");
        assert_eq!(ip("[::ffff:192.0.2.1]", &[]), "192.0.2.1");
    }

    #[test]
    fn the_scheme_and_host_of_others_are_not_believed() {
        let lines = [
            ("host", "a.example"),
            ("x-forwarded-host", "b.example"),
            ("x-forwarded-proto", "https"),
        ];
        let stranger = caller("192.0.2.1", &lines);
        assert_eq!(
            (
                stranger.scheme.to_str().unwrap(),
                stranger.host.unwrap().to_str().unwrap()
            ),
            ("http", "a.example")
        );
        let proxy = caller("10.0.0.1", &lines);
        assert_eq!(
            (
                proxy.scheme.to_str().unwrap(),
                proxy.host.unwrap().to_str().unwrap()
            ),
            ("https", "b.example")
        );
    }

    #[test]
    fn without_configuration_nobody_is_trusted() {
        let everybody = Trusted::new(&Config::default());
        assert!(!everybody.includes([127, 0, 0, 1].into()));
    }
}
