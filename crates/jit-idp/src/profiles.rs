//! What is known of each identity provider: the labels of its console, its habits, its limits.
//!
//! Providers differ in words and defaults, not in the protocol, so the difference is data: one [`Profile`] each.
//! Pages and [guides](guide()) are made of it. Nothing here decides whether anybody may sign in.
//!
//! Sentences are Markdown of one line: labels of the console are bold, values are code.

mod entra_id;
mod google_workspace;
mod guide;
mod okta;
mod onelogin;
mod other;
mod parts;

use jit_domain::connections::{AttributeMapping, Provider};

pub use self::{
    guide::guide,
    parts::{
        Carried, Claim, Feature, Label, NameId, OurField, OurValue, Setting, Signatures,
        TheirField, TheirValue,
    },
};

/// One identity provider, as its administrators see it.
#[derive(Debug)]
pub struct Profile {
    /// Which one.
    pub provider: Provider,
    /// What the product is called.
    pub name: &'static str,
    /// The name in addresses and of files, such as `entra-id`.
    pub slug: &'static str,
    /// What the place is called where its administrators work.
    pub console: &'static str,
    /// How to make the application there, in the words of its screens and in their order.
    pub steps: &'static [&'static str],
    /// Where our values go. A value that is not listed is not asked for.
    pub ours: &'static [OurField],
    /// Where its values are found.
    pub theirs: &'static [TheirField],
    /// What the `NameID` should be.
    pub name_id: NameId,
    /// The attribute that names a person better than the `NameID` and arrives without anybody asking for it.
    pub subject: Option<&'static str>,
    /// The attributes to send.
    pub claims: &'static [Claim],
    /// Names under which the display name arrives, best first.
    pub display_name: &'static [&'static str],
    /// Names under which the e-mail address arrives, best first.
    pub email: &'static [&'static str],
    /// Names under which the groups arrive, best first.
    pub groups: &'static [&'static str],
    /// What it signs, and with what.
    pub signatures: Signatures,
    /// How people get the application.
    pub assignment: &'static [&'static str],
    /// What its console offers for a test, and what to make of it.
    pub test: &'static [&'static str],
    /// How its certificate is replaced without an interruption.
    pub rotation: &'static [&'static str],
    /// Logins that begin at the provider (SAML profiles 4.1.5).
    pub idp_initiated: Feature,
    /// Single logout (SAML profiles 4.4).
    pub logout: Feature,
    /// Encrypted assertions (SAML core 2.3.4).
    pub encryption: Feature,
    /// What surprises people.
    pub quirks: &'static [&'static str],
}

/// Every profile, in the order in which pages offer them.
pub static PROFILES: [&Profile; 5] = [
    &okta::OKTA,
    &google_workspace::GOOGLE_WORKSPACE,
    &entra_id::ENTRA_ID,
    &onelogin::ONELOGIN,
    &other::OTHER,
];

/// The profile of a provider.
pub fn profile(provider: Provider) -> &'static Profile {
    match provider {
        Provider::Okta => &okta::OKTA,
        Provider::GoogleWorkspace => &google_workspace::GOOGLE_WORKSPACE,
        Provider::EntraId => &entra_id::ENTRA_ID,
        Provider::OneLogin => &onelogin::ONELOGIN,
        Provider::Other => &other::OTHER,
    }
}

impl Profile {
    /// Which attribute carries what, for a new connection to this provider.
    pub fn attribute_mapping(&self) -> AttributeMapping {
        let names = |list: &[&str]| list.iter().map(|&name| name.to_owned()).collect();
        AttributeMapping {
            display_name: names(self.display_name),
            email: names(self.email),
            groups: names(self.groups),
        }
    }

    /// The fields of its console that take one of our values.
    pub fn fields_for(&self, value: OurValue) -> impl Iterator<Item = &'static OurField> {
        self.ours.iter().filter(move |field| field.value == value)
    }

    /// The places of its console that show one of its values.
    pub fn places_of(&self, value: TheirValue) -> impl Iterator<Item = &'static TheirField> {
        self.theirs.iter().filter(move |field| field.value == value)
    }

    /// Whether its metadata has an address; otherwise it is a file to download.
    pub fn has_metadata_url(&self) -> bool {
        self.places_of(TheirValue::MetadataUrl).next().is_some()
    }
}
