//! What every code of a refused sign-in means to an administrator, and what to do about it.
//!
//! A code names what failed; [`Refusal`](crate::saml::Refusal) adds what was expected and what came.
//! Here is the rest: plain sentences, the same for pages and for the table in the documentation.

mod agreement;
mod encryption;
mod message;
mod portal;
mod signature;

use std::{borrow::Cow, fmt::Write};

use crate::profiles::{Label, OurValue, Profile, Setting, TheirValue};

/// Why a sign-in was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// The stable name that logs and pages show.
    pub code: &'static str,
    /// What it means, in a sentence.
    pub meaning: &'static str,
    /// What to do about it and where, in a sentence.
    pub cure: Cow<'static, str>,
}

impl Cause {
    const fn new(code: &'static str, meaning: &'static str, cure: &'static str) -> Self {
        Self {
            code,
            meaning,
            cure: Cow::Borrowed(cure),
        }
    }
}

/// Every cause: those of messages in the order of the checks, then those of this portal.
pub fn causes() -> impl Iterator<Item = &'static Cause> {
    let all = [
        message::CAUSES,
        signature::CAUSES,
        encryption::CAUSES,
        agreement::CAUSES,
        portal::CAUSES,
    ];
    all.into_iter().flatten()
}

/// The cause with that code, in words that fit any provider.
pub fn cause(code: &str) -> Option<Cause> {
    causes().find(|cause| cause.code == code).cloned()
}

/// The cause with that code; the cure names the settings of that provider's console where it can.
pub fn cause_at(code: &str, profile: &Profile) -> Option<Cause> {
    let general = cause(code)?;
    Some(match cure_at(code, profile) {
        Some(cure) => Cause {
            cure: Cow::Owned(cure),
            ..general
        },
        None => general,
    })
}

/// The table of all causes in Markdown, as the documentation has it.
pub fn table() -> String {
    let mut table = String::from("| code | what it means | what to do |\n|---|---|---|\n");
    for Cause {
        code,
        meaning,
        cure,
    } in causes()
    {
        // Writing to a string cannot fail.
        let _ = writeln!(table, "| `{code}` | {meaning} | {cure} |");
    }
    table
}

fn cure_at(code: &str, profile: &Profile) -> Option<String> {
    let console = profile.console;
    match code {
        "sha1_refused" | "signature_method_refused" | "digest_method_refused" => {
            let Setting { label, at, choose } = profile.signatures.sha256?;
            let label = quoted(label);
            Some(plain(&format!(
                "In the {console}, set {label} (in {at}) to {choose}."
            )))
        }
        "destination_mismatch" | "recipient_mismatch" => {
            let fields = ours(profile, OurValue::AcsUrl)?;
            Some(format!(
                "In the {console}, paste the ACS URL of the connection into {fields} again."
            ))
        }
        "audience_mismatch" | "audience_missing" => {
            let fields = ours(profile, OurValue::EntityId)?;
            Some(format!(
                "In the {console}, paste the entity ID of the connection into {fields} again."
            ))
        }
        "issuer_mismatch" => {
            let field = profile.places_of(TheirValue::EntityId).next()?;
            let (label, at) = (quoted(field.label), field.at);
            Some(plain(&format!(
                "Compare the provider's entity ID in the connection with {label} in the {console} (in {at}), letter by letter, or read the metadata again."
            )))
        }
        "signature_invalid" | "no_usable_key" => {
            let field = profile.places_of(TheirValue::Certificate).next()?;
            let (label, at) = (quoted(field.label), field.at);
            Some(plain(&format!(
                "Give the connection the signing certificate that is in use in the {console}: {label} (in {at})."
            )))
        }
        _ => None,
    }
}

/// The fields that take a value, those first that every login needs.
fn ours(profile: &Profile, value: OurValue) -> Option<String> {
    let needed = profile
        .fields_for(value)
        .filter(|field| !field.note.starts_with("Only for"));
    let labels: Vec<String> = needed.map(|field| quoted(field.label)).collect();
    (!labels.is_empty()).then(|| labels.join(" and "))
}

fn quoted(label: Label) -> String {
    match label {
        Label::Is(text) => format!("“{text}”"),
        Label::Usually(text) => format!("what is usually called “{text}”"),
    }
}

/// Profiles are Markdown, causes are not.
fn plain(markdown: &str) -> String {
    markdown.replace("**", "").replace(['*', '`'], "")
}
