//! Small values that many pages show.

use chrono::{DateTime, Utc};
use jit_domain::error::InvalidField;

/// A moment: UTC as text for everybody, machine-readable for the script that shows local time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct When {
    pub iso: String,
    pub text: String,
}

impl When {
    /// The day alone.
    pub fn day(&self) -> &str {
        self.text.split(',').next().unwrap_or_default()
    }
}

impl From<DateTime<Utc>> for When {
    fn from(at: DateTime<Utc>) -> Self {
        Self {
            iso: at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            text: at.format("%-d %b %Y, %H:%M UTC").to_string(),
        }
    }
}

/// How a state looks; never the only sign of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Plain,
    Info,
    Ok,
    Warn,
    Bad,
}

impl Tone {
    pub fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Info => "info",
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }

    pub fn icon(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Info => "info",
            Self::Ok => "check",
            Self::Warn => "clock",
            Self::Bad => "close",
        }
    }
}

/// A state in a word or two.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pill {
    pub tone: Tone,
    pub text: String,
}

impl Pill {
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self {
            tone,
            text: text.into(),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    pub href: String,
    pub text: String,
}

impl Link {
    pub fn new(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            href: href.into(),
            text: text.into(),
        }
    }
}

/// What just happened, or what stands in the way; shown where it happened.
#[derive(Clone, Debug, Default)]
pub struct Notice {
    pub tone: Tone,
    pub title: String,
    pub text: String,
    pub link: Option<Link>,
}

impl Notice {
    pub fn done(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            tone: Tone::Ok,
            title: title.into(),
            text: text.into(),
            link: None,
        }
    }
}

/// Mistakes in a form, in the order of its fields.
#[derive(Clone, Debug, Default)]
pub struct Errors(pub Vec<FieldError>);

#[derive(Clone, Debug)]
pub struct FieldError {
    /// The id of the control, or of the form when no single control is wrong.
    pub field: String,
    pub message: String,
}

impl Errors {
    /// What the domain found, in words for people; a form names its controls as the domain names its inputs.
    pub fn of_fields(fields: &[InvalidField]) -> Self {
        let mut errors = Self::default();
        for field in fields {
            errors.push(field.field, asked_for(field));
        }
        errors
    }

    pub fn push(&mut self, field: &str, message: impl Into<String>) {
        self.0.push(FieldError {
            field: field.to_owned(),
            message: message.into(),
        });
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The message for one field; empty when it is in order.
    pub fn of(&self, field: &str) -> &str {
        self.0
            .iter()
            .find(|error| error.field == field)
            .map_or("", |error| &error.message)
    }
}

/// "Enter a name of 1 to 100 characters, not 140 characters"
fn asked_for(field: &InvalidField) -> String {
    let a_text = field.expected.ends_with(" characters") && field.expected.contains(" to ");
    let what = if a_text {
        format!("a {} of {}", field.field, field.expected)
    } else {
        field.expected.clone()
    };
    match field.found.as_str() {
        "nothing" | "0 characters" => format!("Enter {what}"),
        found => format!("Enter {what}, not {found}"),
    }
}

/// One of several that exclude each other, with a line of explanation.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub about: String,
    pub badge: String,
    pub checked: bool,
    /// Shown, but cannot be chosen yet.
    pub unavailable: bool,
}

/// An entry of a drop-down list or of a list of check boxes.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    pub value: String,
    pub label: String,
    /// A fact at the end of the line, such as "84 members".
    pub meta: String,
    pub chosen: bool,
}

/// Where in a long list this page is.
#[derive(Clone, Debug, Default)]
pub struct Pager {
    pub summary: String,
    pub first: Option<String>,
    pub next: Option<String>,
}

/// A filter that is a link, with the number of matches.
#[derive(Clone, Debug, Default)]
pub struct Tab {
    pub href: String,
    pub label: String,
    pub count: Option<u64>,
    pub current: bool,
}

/// A step of a history, newest or oldest first as the page says.
#[derive(Clone, Debug, Default)]
pub struct Step {
    pub tone: Tone,
    pub title: String,
    pub at: Option<When>,
    pub by: String,
    pub note: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_as_utc() -> Result<(), chrono::ParseError> {
        let at: DateTime<Utc> = "2026-04-14T15:25:07Z".parse()?;
        let when = When::from(at);
        assert_eq!(when.text, "14 Apr 2026, 15:25 UTC");
        assert_eq!(when.iso, "2026-04-14T15:25:07Z");
        Ok(())
    }
}
