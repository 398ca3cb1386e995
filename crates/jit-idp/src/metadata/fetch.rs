//! Fetching the document: small, soon, and only from where an administrator may point a server at.

use std::time::Duration;

use reqwest::{Client, Url, redirect};

use super::MetadataError;
use crate::saml::limits::Limits;

/// All of it, from the look-up of the name to the last octet.
const TIME: Duration = Duration::from_secs(5);

/// Each is checked as strictly as the first address.
const REDIRECTS: usize = 3;

/// Fetches a metadata document by https, or by http from this machine.
///
/// Https says who the provider is; http to the own machine serves tests and providers that run beside the portal.
/// A redirect may not lead from the network to this machine.
pub async fn fetch_metadata(url: &str) -> Result<Vec<u8>, MetadataError> {
    let refused = || MetadataError::AddressRefused(url.chars().take(200).collect());
    let first = Url::parse(url).map_err(|_| refused())?;
    if !may_be_fetched(&first) {
        return Err(refused());
    }
    let client = client(&first).map_err(|error| unreachable(&error))?;
    let mut response = client
        .get(first)
        .send()
        .await
        .map_err(|error| unreachable(&error))?;
    if !response.status().is_success() {
        return Err(MetadataError::Status(response.status().as_u16()));
    }
    let most = Limits::METADATA.octets;
    let mut document = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| unreachable(&error))?
    {
        if document.len() + chunk.len() > most {
            return Err(MetadataError::TooLarge(most));
        }
        document.extend_from_slice(&chunk);
    }
    Ok(document)
}

/// A client for one fetch. They are rare, and nothing of one should linger for the next.
fn client(first: &Url) -> reqwest::Result<Client> {
    let local = is_loopback(first);
    let policy = redirect::Policy::custom(move |attempt| {
        let next = attempt.url();
        if attempt.previous().len() > REDIRECTS {
            attempt.error("too many redirects")
        } else if may_be_fetched(next) && is_loopback(next) == local {
            attempt.follow()
        } else {
            attempt.error("a redirect to an address that metadata is not fetched from")
        }
    });
    let builder = Client::builder()
        .timeout(TIME)
        .redirect(policy)
        .referer(false);
    // A proxy could not reach this machine's own addresses.
    if local {
        builder.no_proxy().build()
    } else {
        builder.build()
    }
}

fn may_be_fetched(url: &Url) -> bool {
    let plain = url.username().is_empty() && url.password().is_none();
    plain
        && match url.scheme() {
            "https" => url.has_host(),
            "http" => is_loopback(url),
            _ => false,
        }
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || address
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback())
}

/// The innermost cause is the one that says something.
fn unreachable(error: &dyn std::error::Error) -> MetadataError {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    MetadataError::Unreachable(cause.to_string().chars().take(200).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_https_or_on_this_machine() {
        let may = |url: &str| Url::parse(url).is_ok_and(|url| may_be_fetched(&url));
        for fine in [
            "https://idp.example/metadata",
            "http://127.0.0.1:8080/metadata",
            "http://[::1]/metadata",
            "http://localhost:1/metadata",
        ] {
            assert!(may(fine), "{fine}");
        }
        for refused in [
            "http://idp.example/metadata",
            "http://127.0.0.1.example/metadata",
            "http://localhost.example/",
            "https://user:secret@idp.example/",
            "http://10.0.0.1/",
            "file:///etc/passwd",
            "data:text/xml,a",
            "metadata",
        ] {
            assert!(!may(refused), "{refused}");
        }
    }
}
