//! Small checked values that several subjects share.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::error::InvalidField;

mod letters;

/// A moment in UTC with whole microseconds, the finest that every store keeps.
pub type Timestamp = DateTime<Utc>;

/// How often an aggregate was written; 1 for a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Version(pub u32);

impl Version {
    /// The version of something that has just been made.
    pub const FIRST: Self = Self(1);

    /// The version that the next change gives.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident { $min:literal ..= $max:literal, $lines:expr })*) => {$(
        $(#[$doc])*
        #[doc = concat!("\n\nTrimmed, ", $min, " to ", $max, " characters.")]
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The most characters it may have.
            pub const MAX_CHARS: usize = $max;

            /// Trims and checks a text that came from outside.
            pub fn parse(field: &'static str, text: &str) -> Result<Self, InvalidField> {
                checked_text(field, text, $min, $max, $lines).map(Self)
            }

            /// Rebuilds a value that a store kept; for adapters.
            pub fn restore(text: String) -> Self {
                Self(text)
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

texts! {
    /// What people call something: a group, a policy, a credential, a person.
    Name { 1 ..= 100, Lines::One }
    /// Why an end user needs a collection (R20).
    Reason { 1 ..= 2000, Lines::Many }
    /// What somebody said about a decision (R21, R22).
    Note { 1 ..= 2000, Lines::Many }
    /// One or two sentences about a collection.
    Summary { 0 ..= 500, Lines::Many }
}

impl Name {
    /// Makes a name of whatever an identity provider sent: never refuses, drops what may not stand in one.
    pub fn clipped(text: &str) -> Self {
        let kept: String = text.chars().filter(|c| !letters::is_control(*c)).collect();
        let clipped: String = kept.trim().chars().take(Self::MAX_CHARS).collect();
        Self(if clipped.is_empty() {
            "Unnamed".to_owned()
        } else {
            clipped.trim_end().to_owned()
        })
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Lines {
    One,
    Many,
}

fn checked_text(
    field: &'static str,
    text: &str,
    min: usize,
    max: usize,
    lines: Lines,
) -> Result<String, InvalidField> {
    let text = text.trim();
    let chars = text.chars().count();
    if chars < min || chars > max {
        return Err(InvalidField::new(
            field,
            format!("{min} to {max} characters"),
            format!("{chars} characters"),
        ));
    }
    let allowed = |c: char| {
        !letters::is_control(c) || (lines == Lines::Many && matches!(c, '\n' | '\r' | '\t'))
    };
    if let Some(bad) = text.chars().find(|c| !allowed(*c)) {
        return Err(InvalidField::new(
            field,
            "printable characters",
            format!("the control character U+{:04X}", u32::from(bad)),
        ));
    }
    Ok(text.to_owned())
}

/// An e-mail address as the person writes it; compared without letter case.
///
/// An attribute, never an identity (R15). The check is deliberately shallow:
/// only the mail server of the domain knows which addresses exist.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Checks the shape `local@domain` and the length of RFC 5321 section 4.5.3.1 (254 octets).
    pub fn parse(field: &'static str, text: &str) -> Result<Self, InvalidField> {
        let text = text.trim();
        let shaped = text.len() <= 254
            && !text.chars().any(|c| c.is_whitespace() || c.is_control())
            && text.split_once('@').is_some_and(|(local, domain)| {
                !local.is_empty() && !domain.is_empty() && !domain.contains('@')
            });
        if shaped {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidField::new(
                field,
                "an e-mail address such as dana@example.com",
                text,
            ))
        }
    }

    /// Rebuilds a value that a store kept; for adapters.
    pub fn restore(text: String) -> Self {
        Self(text)
    }

    /// The address as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form that two spellings of one address share; stores look up by it.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }

    /// What stands behind the `@`, in lower case.
    pub fn domain(&self) -> String {
        self.0.rsplit('@').next().unwrap_or_default().to_lowercase()
    }
}

impl PartialEq for EmailAddress {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for EmailAddress {}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The part of an address that names something: lower-case letters, digits and single hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Slug(String);

impl Slug {
    /// Checks 1 to 60 characters of `a-z`, `0-9`, `-` and (inside) `.`, starting and ending with a letter or digit.
    pub fn parse(field: &'static str, text: &str) -> Result<Self, InvalidField> {
        let text = text.trim();
        let inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let fine = (1..=60).contains(&text.len())
            && text.starts_with(inner)
            && text.ends_with(inner)
            && text.chars().all(|c| inner(c) || c == '-' || c == '.')
            && !text.contains("..");
        if fine {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidField::new(
                field,
                "1 to 60 lower-case letters, digits, hyphens or dots, such as `orders` or `v2`",
                text,
            ))
        }
    }

    /// Makes a slug out of a free text: `Product catalog` gives `product-catalog`. Of a very long one only the
    /// beginning is looked at.
    pub fn from_text(field: &'static str, text: &str) -> Result<Self, InvalidField> {
        let beginning: String = text.chars().take(1_000).collect();
        let mut slug = String::new();
        for c in beginning
            .to_lowercase()
            .chars()
            .filter_map(letters::unmarked)
        {
            if c.is_ascii_alphanumeric() {
                slug.push(c);
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        slug.truncate(60);
        Self::parse(field, slug.trim_end_matches('-'))
    }

    /// Rebuilds a value that a store kept; for adapters.
    pub fn restore(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An address that browsers and our own connections may go to: http or https, a host that every program
/// reads alike, no user, and nothing that would have to be escaped.
pub fn http_address(
    field: &'static str,
    text: &str,
    example: &str,
) -> Result<String, InvalidField> {
    let text = text.trim();
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let fine = rest.is_some_and(|rest| {
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let plain = |c: char| c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c);
        is_host(&rest[..end]) && rest[end..].chars().all(plain)
    });
    if fine && text.len() <= 2000 {
        Ok(text.to_owned())
    } else {
        let expected = format!("an address such as {example}");
        Err(InvalidField::new(field, expected, text))
    }
}

/// A name or an address, perhaps with a port.
fn is_host(text: &str) -> bool {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (text, None),
    };
    let is_port = |port: &str| {
        port.bytes().all(|digit| digit.is_ascii_digit())
            && port.parse::<u16>().is_ok_and(|port| port > 0)
    };
    let bracketed = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    let is_name = || {
        (1..=253).contains(&host.len())
            && !host.starts_with('.')
            && !host.contains("..")
            && host
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_'))
    };
    bracketed.map_or_else(is_name, |ip| ip.parse::<std::net::Ipv6Addr>().is_ok())
        && port.is_none_or(is_port)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_one_thing_to_every_program() {
        let read = |text| http_address("sso_url", text, "https://idp.example/sso");
        for fine in [
            "https://idp.example",
            "http://127.0.0.1:8080/sso?idp=1&x=%20#top",
            "https://[2001:db8::1]:8443/",
            "http://orders_api:80",
        ] {
            assert_eq!(read(fine).as_deref(), Ok(fine));
        }
        for bad in [
            "",
            "javascript:alert(1)",
            "//idp.example/sso",
            "ftp://idp.example",
            "https://",
            "https:///sso",
            "https://user@idp.example",
            "https://idp.example:0/",
            "https://idp.example:+80/",
            "https://idp.example:99999",
            "https://idp.example:",
            "https://[::1",
            "https://::1/",
            "https://idp%2eexample/",
            "https://{tenant}.example/",
            "https://idp.example/a b",
            "https://idp.example/a\r\nb",
            "https://idp.example\\@evil.example/",
            "https://idp.example/ü",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_name_is_trimmed_and_bounded() {
        assert_eq!(
            Name::parse("name", "  Standard ").map(|n| n.to_string()),
            Ok("Standard".into())
        );
        assert!(Name::parse("name", " ").is_err());
        assert!(Name::parse("name", &"x".repeat(101)).is_err());
        assert!(Name::parse("name", "two\nlines").is_err());
    }

    /// R20: 1 to 2,000 characters, counted as characters and not as bytes.
    #[test]
    fn a_reason_has_1_to_2000_characters() {
        assert!(Reason::parse("reason", "").is_err());
        assert!(Reason::parse("reason", &"ü".repeat(2000)).is_ok());
        assert!(Reason::parse("reason", &"ü".repeat(2001)).is_err());
    }

    #[test]
    fn letter_case_does_not_make_another_address() {
        let spelled = |text| EmailAddress::parse("email", text).unwrap();
        assert_eq!(spelled("Dana@Example.com"), spelled("dana@example.COM"));
        assert!(EmailAddress::parse("email", "dana@@example.com").is_err());
        assert!(EmailAddress::parse("email", "dana example.com").is_err());
    }

    #[test]
    fn a_slug_cannot_climb_a_path() {
        assert!(Slug::parse("slug", "..").is_err());
        assert!(Slug::parse("slug", "a..b").is_err());
        assert!(Slug::parse("slug", "a/b").is_err());
        assert_eq!(
            Slug::from_text("slug", "Product catalog!")
                .unwrap()
                .as_str(),
            "product-catalog"
        );
    }

    #[test]
    fn a_slug_has_the_letters_that_people_read() {
        for (text, slug) in [
            ("Tomás Silva", "tomas-silva"),
            ("Toma\u{301}s", "tomas"),
            ("Łódź & Åre", "lodz-are"),
            ("日本 API", "api"),
        ] {
            assert_eq!(Slug::from_text("slug", text).unwrap().as_str(), slug);
        }
    }
}
