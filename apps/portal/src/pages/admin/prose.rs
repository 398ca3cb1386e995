//! Sentences with a little Markdown, as the knowledge about identity providers is written, as HTML.

use jit_idp::profiles::{Label, Setting};
use pulldown_cmark::{Event, Parser, Tag, TagEnd, html};

/// One line: bold, italics and code stay, HTML becomes text.
pub fn line(markdown: &str) -> String {
    let events = Parser::new(markdown).filter_map(|event| match event {
        Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => None,
        Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
        other => Some(other),
    });
    let mut out = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut out, events);
    out
}

pub fn lines(sentences: &[&str]) -> Vec<String> {
    sentences.iter().map(|sentence| line(sentence)).collect()
}

/// What a console calls something.
pub fn label(label: Label) -> String {
    match label {
        Label::Is(text) => line(&format!("**{text}**")),
        Label::Usually(text) => line(&format!("usually **{text}**")),
    }
}

/// A choice in a console, as a sentence.
pub fn setting(setting: &Setting) -> String {
    let Setting { label, at, choose } = setting;
    let text = label.text();
    let name = match label {
        Label::Is(_) => format!("**{text}**"),
        Label::Usually(_) => format!("What is usually called **{text}**"),
    };
    line(&format!("{name} (in {at}): {choose}."))
}

/// The same sentence without any mark-up, for hints of controls.
pub fn plain(markdown: &str) -> String {
    let text = Parser::new(markdown).filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.into_string()),
        _ => None,
    });
    text.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_elements_and_html_becomes_text() {
        assert_eq!(
            line("Press **Next** with `a<b>` <b>now</b>."),
            "Press <strong>Next</strong> with <code>a&lt;b&gt;</code> &lt;b&gt;now&lt;/b&gt;."
        );
        assert_eq!(plain("**Sign On** tab, *the app*"), "Sign On tab, the app");
    }
}
