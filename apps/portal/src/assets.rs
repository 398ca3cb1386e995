//! Style sheet, scripts and icon: inside the program, compressed once, cached for ever by browsers.
//!
//! A URL holds a digest of the content, so a new release is a new URL.

use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};
use std::{fmt::Write as _, io::Write as _, sync::LazyLock};

/// The route that [`serve`] answers.
pub const ROUTE: &str = "/assets/{digest}/{name}";

const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

static ASSETS: LazyLock<[Asset; 5]> = LazyLock::new(|| {
    [
        Asset::new(
            "app.css",
            "text/css; charset=utf-8",
            include_bytes!("../assets/app.css"),
        ),
        Asset::new("app.js", JAVASCRIPT, include_bytes!("../assets/app.js")),
        Asset::new(
            "icon.svg",
            "image/svg+xml",
            include_bytes!("../assets/icon.svg"),
        ),
        Asset::new(
            "htmx.js",
            JAVASCRIPT,
            include_bytes!("../assets/htmx-4.0.1.min.js"),
        ),
        Asset::new(
            "hx-csp.js",
            JAVASCRIPT,
            include_bytes!("../assets/hx-csp-4.0.1.min.js"),
        ),
    ]
});

struct Asset {
    name: &'static str,
    media_type: &'static str,
    url: String,
    plain: &'static [u8],
    gzip: Vec<u8>,
}

impl Asset {
    fn new(name: &'static str, media_type: &'static str, plain: &'static [u8]) -> Self {
        Self {
            name,
            media_type,
            url: format!("/assets/{}/{name}", &hex_digest(plain)[..12]),
            plain,
            gzip: gzip(plain).unwrap_or_default(),
        }
    }
}

/// The URL of an asset, or an empty text when there is none of that name.
pub fn url(name: &str) -> &'static str {
    ASSETS
        .iter()
        .find(|asset| asset.name == name)
        .map_or("", |asset| &asset.url)
}

/// Handler of [`ROUTE`].
pub async fn serve(Path((digest, name)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let wanted = format!("/assets/{digest}/{name}");
    let Some(asset) = ASSETS.iter().find(|asset| asset.url == wanted) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let common = [
        (header::CONTENT_TYPE, asset.media_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "accept-encoding"),
    ];
    if accepts_gzip(&headers) && !asset.gzip.is_empty() {
        let coding = [(header::CONTENT_ENCODING, "gzip")];
        return (common, coding, asset.gzip.as_slice()).into_response();
    }
    (common, asset.plain).into_response()
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|coding| coding.trim() == "gzip")
}

fn gzip(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(plain)?;
    encoder.finish()
}

fn hex_digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vendored_files_have_the_stated_checksums() {
        let manifest = include_str!("../assets/VENDOR.toml");
        let stated = manifest.matches("[[file]]").count();
        let vendored: Vec<_> = ASSETS
            .iter()
            .filter(|asset| asset.name.starts_with('h'))
            .collect();
        assert_eq!(vendored.len(), stated);
        for asset in vendored {
            let line = format!("sha256 = \"{}\"", hex_digest(asset.plain));
            assert!(
                manifest.contains(&line),
                "{} is not what VENDOR.toml says",
                asset.name
            );
        }
    }

    #[tokio::test]
    async fn a_wrong_digest_is_not_found() {
        let path = Path(("000000000000".to_owned(), "app.css".to_owned()));
        let answer = serve(path, HeaderMap::new()).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn everything_a_first_visit_needs_fits_the_budget() {
        let total: usize = ASSETS.iter().map(|asset| asset.gzip.len()).sum();
        assert!(total < 36_000, "{total} bytes");
    }
}
