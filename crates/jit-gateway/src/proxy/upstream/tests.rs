use jit_domain::{
    catalogue::{Audience, Publication},
    ids::ApiCollectionId,
    values::Slug,
};

use super::*;

fn route(upstream: &str) -> Route {
    let slug = |text| Slug::parse("slug", text).unwrap();
    Route {
        collection: "col_00000000000000000000000000000001"
            .parse::<ApiCollectionId>()
            .unwrap(),
        slug: slug("orders"),
        api_version: slug("v1"),
        upstream: upstream.into(),
        publication: Publication::Published,
        audience: Audience::Everyone,
    }
}

#[test]
fn the_rest_of_the_path_follows_the_base() {
    for (base, rest, query, expected) in [
        ("http://a:81", "", None, "http://a:81/"),
        ("http://a:81", "/", None, "http://a:81/"),
        ("http://a/b", "", None, "http://a/b"),
        ("http://a/b/", "", None, "http://a/b"),
        (
            "http://a/b/",
            "/c%20d/",
            Some("x=%2F&y"),
            "http://a/b/c%20d/?x=%2F&y",
        ),
        ("https://a/b", "/c", Some(""), "https://a/b/c?"),
        ("http://a", "", Some("x"), "http://a/?x"),
    ] {
        assert_eq!(target(base, rest, query).unwrap().to_string(), expected);
    }
    for nonsense in ["", "/a", "a", "http://"] {
        assert_eq!(target(nonsense, "/c", None), None, "{nonsense}");
    }
}

#[test]
fn a_redirect_to_the_upstream_itself_comes_back_to_us() {
    let local = |location| local_address(&route("http://API.internal:80/base/"), location);
    for (location, expected) in [
        ("http://api.internal/base/a?b#c", "/gateway/orders/v1/a?b#c"),
        ("HTTP://api.INTERNAL:80/base", "/gateway/orders/v1"),
        ("/base/a", "/gateway/orders/v1/a"),
        ("http://api.internal/base?x", "/gateway/orders/v1?x"),
    ] {
        assert_eq!(local(location).as_deref(), Some(expected), "{location}");
    }
    for elsewhere in [
        "https://api.internal/base/a",
        "http://api.internal:8080/base/a",
        "http://api.internal/other",
        "http://api.internal/based",
        "http://api.internal.evil.example/base/a",
        "http://api.internal@evil.example/base/a",
        "//api.internal/base/a",
        "/other",
        "a",
        "?u=http://api.internal/base/a",
        "",
    ] {
        assert_eq!(local(elsewhere), None, "{elsewhere}");
    }
}
