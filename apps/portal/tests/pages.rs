//! Every page, in its states, keeps the rules that a browser or a reader depends on.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "pages/samples.rs"]
mod samples;

use std::collections::HashSet;

#[test]
fn nothing_is_styled_or_scripted_inline() {
    for (name, html) in samples::all() {
        for tag in tags(&html) {
            assert!(!tag.starts_with("style"), "{name}: {tag}");
            assert!(attribute(tag, "style").is_none(), "{name}: {tag}");
            if tag.starts_with("script") {
                assert_eq!(
                    attribute(tag, "nonce"),
                    Some(samples::NONCE),
                    "{name}: {tag}"
                );
                assert!(attribute(tag, "src").is_some(), "{name}: {tag}");
            }
            let handler = tag
                .split_whitespace()
                .any(|word| word.starts_with("on") && word.contains('='));
            assert!(!handler, "{name}: {tag}");
        }
    }
}

#[test]
fn every_htmx_element_carries_the_nonce() {
    for (name, html) in samples::all() {
        for tag in tags(&html).filter(|tag| tag.contains(" hx-")) {
            assert_eq!(
                attribute(tag, "hx-nonce"),
                Some(samples::NONCE),
                "{name}: {tag}"
            );
        }
    }
}

#[test]
fn every_form_works_without_javascript() {
    for (name, html) in samples::all() {
        for tag in tags(&html).filter(|tag| tag.starts_with("form")) {
            assert!(attribute(tag, "action").is_some(), "{name}: {tag}");
            let method = attribute(tag, "method");
            assert!(matches!(method, Some("get" | "post")), "{name}: {tag}");
        }
    }
}

#[test]
fn ids_are_unique_and_references_lead_somewhere() {
    for (name, html) in samples::all() {
        let mut ids = HashSet::new();
        for id in tags(&html).filter_map(|tag| attribute(tag, "id")) {
            assert!(ids.insert(id), "{name}: {id} is there twice");
        }
        for tag in tags(&html) {
            let named = [
                "for",
                "aria-labelledby",
                "aria-describedby",
                "popovertarget",
            ]
            .into_iter()
            .filter_map(|key| attribute(tag, key))
            .flat_map(str::split_whitespace);
            let anchor = attribute(tag, "href").and_then(|href| href.strip_prefix('#'));
            for id in named.chain(anchor.filter(|anchor| !anchor.is_empty())) {
                assert!(ids.contains(id), "{name}: {id} in {tag}");
            }
        }
    }
}

#[test]
fn every_page_has_one_main_heading_and_a_skip_link() {
    for (name, html) in samples::all() {
        let headings = tags(&html).filter(|tag| tag.starts_with("h1")).count();
        assert_eq!(headings, 1, "{name}");
        assert!(
            html.contains("href=\"#main\"") && html.contains("id=\"main\""),
            "{name}"
        );
    }
}

#[test]
fn no_control_is_without_a_label() {
    for (name, html) in samples::all() {
        let labelled: HashSet<_> = tags(&html)
            .filter_map(|tag| attribute(tag, "for"))
            .collect();
        for tag in tags(&html) {
            let control = ["input", "select", "textarea"]
                .iter()
                .any(|kind| tag.starts_with(kind));
            let inside_label =
                ["hidden", "radio", "checkbox"].contains(&attribute(tag, "type").unwrap_or(""));
            if control && !inside_label {
                let id = attribute(tag, "id").unwrap_or_default();
                assert!(labelled.contains(id), "{name}: {tag}");
            }
        }
    }
}

#[test]
fn a_fragment_is_what_the_page_has_in_its_place() {
    for (name, fragment, start) in samples::fragments() {
        assert!(
            fragment.trim_start().starts_with(start),
            "{name}: {fragment}"
        );
    }
}

#[test]
fn what_people_typed_is_text() {
    for (name, html) in samples::all() {
        assert!(!html.contains("<script>"), "{name}");
    }
}

/// The inside of every opening tag.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<')
        .skip(1)
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
        .map(|rest| rest.split_once('>').map_or(rest, |(tag, _)| tag))
}

fn attribute<'a>(tag: &'a str, key: &str) -> Option<&'a str> {
    let start = format!(" {key}=\"");
    let (_, rest) = tag.split_once(&start)?;
    rest.split_once('"').map(|(value, _)| value)
}
