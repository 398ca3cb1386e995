//! Identity providers to choose from.

use jit_domain::connections::Provider;
use jit_idp::profiles::{PROFILES, Profile};

use crate::pages::view::{Choice, Entry};

/// The provider with that short name, as forms send it.
pub(super) fn parse(slug: &str) -> Option<Provider> {
    let named = PROFILES.iter().find(|profile| profile.slug == slug);
    named.map(|profile| profile.provider)
}

/// As cards.
pub(super) fn choices(chosen: &str) -> Vec<Choice> {
    let choice = |profile: &&Profile| Choice {
        value: profile.slug.to_owned(),
        label: profile.name.to_owned(),
        about: match profile.provider {
            Provider::Other => "Anything else that speaks SAML 2.0.".to_owned(),
            _ => format!("Set up in the {}.", profile.console),
        },
        checked: profile.slug == chosen,
        ..Choice::default()
    };
    PROFILES.iter().map(choice).collect()
}

/// As a list.
pub(super) fn entries(chosen: &str) -> Vec<Entry> {
    let entry = |profile: &&Profile| Entry {
        value: profile.slug.to_owned(),
        label: profile.name.to_owned(),
        meta: String::new(),
        chosen: profile.slug == chosen,
    };
    PROFILES.iter().map(entry).collect()
}
