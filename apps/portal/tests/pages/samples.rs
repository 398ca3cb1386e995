//! Every page filled with examples.

use askama::Template;
use portal::pages::{
    ErrorPage, Nav, Shell,
    shell::Visitor,
    view::{Choice, Entry, Errors, Link, Notice, Pager, Pill, Tone, When},
};

#[path = "samples_admin.rs"]
mod admin;
#[path = "samples_catalogue.rs"]
mod catalogue;
#[path = "samples_portal.rs"]
mod portal_pages;
#[path = "samples_sso.rs"]
mod sso;

pub(crate) const NONCE: &str = "bm9uY2U";

/// Name and whole page.
pub(crate) fn all() -> Vec<(&'static str, String)> {
    let mut pages = errors();
    pages.extend(portal_pages::all());
    pages.extend(admin::all());
    pages.extend(catalogue::all());
    pages.extend(sso::all());
    pages
}

/// Name, fragment, and how it begins.
pub(crate) fn fragments() -> Vec<(&'static str, String, &'static str)> {
    let mut fragments = portal_pages::fragments();
    fragments.extend(admin::fragments());
    fragments
}

fn errors() -> Vec<(&'static str, String)> {
    [
        ("error-403", 403),
        ("error-404", 404),
        ("error-409", 409),
        ("error-422", 422),
        ("error-429", 429),
        ("error-500", 500),
        ("error-503", 503),
    ]
    .into_iter()
    .map(|(name, status)| {
        let status = status.try_into().unwrap();
        let mut page = ErrorPage::new(shell("", Nav::None), status);
        page.retry_after = Some(12);
        (name, html(&page))
    })
    .collect()
}

pub(crate) fn html(template: &impl Template) -> String {
    template.render().unwrap()
}

pub(crate) fn shell(title: &str, nav: Nav) -> Shell {
    Shell {
        title: title.to_owned(),
        nav,
        brand: "Acme".to_owned(),
        nonce: NONCE.to_owned(),
        request_id: "019ad3c2-7f3a-7c11-9d20-5b1f0f6f9a01".to_owned(),
        ..Shell::default()
    }
}

pub(crate) fn console(title: &str, nav: Nav) -> Shell {
    shell(title, nav).with_pending(7).signed_in(Visitor {
        name: "Alex Kim".to_owned(),
        detail: "alex.kim@acme.example".to_owned(),
        sign_out: "/admin/sign-out".to_owned(),
    })
}

pub(crate) fn visitor(title: &str, nav: Nav) -> Shell {
    shell(title, nav).signed_in(Visitor {
        name: "Dana Okafor".to_owned(),
        detail: "dana.okafor@acme.example".to_owned(),
        sign_out: "/sign-out".to_owned(),
    })
}

pub(crate) fn when() -> When {
    When {
        iso: "2026-04-14T15:25:07Z".to_owned(),
        text: "14 Apr 2026, 15:25 UTC".to_owned(),
    }
}

pub(crate) fn mistakes(list: &[(&str, &str)]) -> Errors {
    let mut errors = Errors::default();
    for (field, message) in list {
        errors.push(field, *message);
    }
    errors
}

pub(crate) fn pager() -> Pager {
    Pager {
        summary: "1 to 25".to_owned(),
        first: None,
        next: Some("?after=x".to_owned()),
    }
}

pub(crate) fn pill(tone: Tone, text: &str) -> Pill {
    Pill::new(tone, text)
}

pub(crate) fn notice() -> Notice {
    Notice::done("Saved.", "Everything is in place.")
}

pub(crate) fn warning() -> Notice {
    Notice {
        tone: Tone::Warn,
        title: "The certificate of Okta ends in 6 days.".to_owned(),
        text: "The next one arrives by itself from the metadata URL.".to_owned(),
        link: Some(Link::new("/admin/sso/idp_1#step-metadata", "Open it")),
    }
}

pub(crate) fn methods(chosen: &str) -> Vec<Choice> {
    let rows = [
        (
            "auth_token",
            "Auth token",
            "One secret, sent in the header api-token or as Bearer. Simple; rotate it regularly.",
        ),
        (
            "oauth2",
            "OAuth 2.0 client credentials",
            "The client swaps an id and a secret for short-lived access tokens.",
        ),
        (
            "jwt",
            "JWT",
            "The client signs its own tokens with a key whose public half it uploads.",
        ),
        (
            "oidc",
            "OpenID Connect",
            "Tokens of your own issuer, checked by its keys.",
        ),
        (
            "introspection",
            "Token introspection",
            "Tokens of your own issuer, checked by asking it.",
        ),
    ];
    rows.into_iter()
        .map(|(value, label, about)| Choice {
            value: value.to_owned(),
            label: label.to_owned(),
            about: about.to_owned(),
            badge: if value == "auth_token" {
                ""
            } else {
                "Not yet available"
            }
            .to_owned(),
            checked: value == chosen,
            unavailable: value != "auth_token",
        })
        .collect()
}

pub(crate) fn entries(rows: &[(&str, &str)]) -> Vec<Entry> {
    rows.iter()
        .enumerate()
        .map(|(number, (label, meta))| Entry {
            value: format!("id-{number}"),
            label: (*label).to_owned(),
            meta: (*meta).to_owned(),
            chosen: number == 0,
        })
        .collect()
}
