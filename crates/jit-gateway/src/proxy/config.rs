//! What an operator may decide.

use std::time::Duration;

use jit_domain::clients::IpNetwork;

/// The settings of the built-in proxy. The defaults are meant to stay.
#[derive(Debug, Clone)]
pub struct Config {
    /// Peers whose `X-Forwarded-For`, `-Proto` and `-Host` are believed; nobody's by default.
    pub trusted_proxies: Vec<IpNetwork>,
    /// Whether callers reach the gateway under a host name of its own. If not, what upstreams answer
    /// shares an origin with the portal, and browsers are told to give it no rights there.
    pub has_own_origin: bool,
    /// The longest body of a request, in bytes.
    pub max_body: u64,
    /// The longest header line, in bytes.
    pub max_header: usize,
    /// The longest headers together, in bytes.
    pub max_headers: usize,
    /// The longest path and query, in bytes.
    pub max_target: usize,
    /// How long a connection to an upstream may take.
    pub connect_timeout: Duration,
    /// How long an upstream may do nothing before it begins to answer.
    pub response_timeout: Duration,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            trusted_proxies: Vec::new(),
            has_own_origin: false,
            max_body: 5 * 1024 * 1024,
            max_header: 16 * 1024,
            max_headers: 64 * 1024,
            max_target: 8 * 1024,
            connect_timeout: Duration::from_secs(2),
            response_timeout: Duration::from_secs(30),
        }
    }
}
