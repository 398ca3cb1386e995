//! What is known of the provider of a connection.

use jit_domain::connections;
use jit_idp::profiles::{self, Profile};

use crate::pages::view::{Choice, Entry};

pub fn of(provider: connections::Provider) -> &'static Profile {
    profiles::profile(match provider {
        connections::Provider::Okta => profiles::Provider::Okta,
        connections::Provider::GoogleWorkspace => profiles::Provider::GoogleWorkspace,
        connections::Provider::EntraId => profiles::Provider::EntraId,
        connections::Provider::OneLogin => profiles::Provider::OneLogin,
        connections::Provider::Other => profiles::Provider::Other,
    })
}

/// The provider with that short name, as forms send it.
pub fn parse(slug: &str) -> Option<connections::Provider> {
    let mut all = connections::Provider::ALL.into_iter();
    all.find(|provider| of(*provider).slug == slug)
}

/// To choose from, as cards.
pub fn choices(chosen: &str) -> Vec<Choice> {
    let choice = |provider| {
        let profile = of(provider);
        let about = match provider {
            connections::Provider::Other => "Anything else that speaks SAML 2.0.".to_owned(),
            _ => format!("Set up in the {}.", profile.console),
        };
        Choice {
            value: profile.slug.to_owned(),
            label: profile.name.to_owned(),
            about,
            checked: profile.slug == chosen,
            ..Choice::default()
        }
    };
    connections::Provider::ALL.map(choice).into()
}

/// To choose from, as a list.
pub fn entries(chosen: &str) -> Vec<Entry> {
    let entry = |choice: Choice| Entry {
        value: choice.value,
        label: choice.label,
        meta: String::new(),
        chosen: choice.checked,
    };
    choices(chosen).into_iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_provider_reads_back() {
        for provider in connections::Provider::ALL {
            assert_eq!(parse(of(provider).slug), Some(provider));
        }
        assert_eq!(parse("nobody"), None);
    }
}
