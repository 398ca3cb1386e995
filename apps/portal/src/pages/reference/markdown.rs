//! Markdown of a published document as HTML that can do nothing.

use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// A description longer than this is cut.
const MOST_CHARS: usize = 20_000;

/// Raw HTML becomes text, pictures become their alternative text, and links keep to harmless schemes.
pub fn render(markdown: &str) -> String {
    let source = super::shortened(markdown, MOST_CHARS);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let events = Parser::new_ext(&source, options).filter_map(harmless);
    let mut out = String::with_capacity(source.len() * 2);
    html::push_html(&mut out, events);
    out
}

fn harmless(event: Event<'_>) -> Option<Event<'_>> {
    match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => Some(Event::Start(Tag::Link {
            link_type,
            dest_url: harmless_address(dest_url),
            title,
            id,
        })),
        // An alignment would become an inline style, which the policy of our pages forbids.
        Event::Start(Tag::Table(columns)) => Some(Event::Start(Tag::Table(vec![
            Alignment::None;
            columns.len()
        ]))),
        // The page has its own first three levels.
        Event::Start(Tag::Heading { level, .. }) => Some(Event::Start(Tag::Heading {
            level: lowered(level),
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        })),
        Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(lowered(level)))),
        other => Some(other),
    }
}

fn harmless_address(address: CowStr<'_>) -> CowStr<'_> {
    let lower = address.to_ascii_lowercase();
    let allowed = ["https://", "http://", "mailto:", "#"];
    if allowed.iter().any(|start| lower.starts_with(start)) {
        address
    } else {
        "#".into()
    }
}

fn lowered(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H4,
        HeadingLevel::H2 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}
