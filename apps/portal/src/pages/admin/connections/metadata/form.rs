use jit_domain::connections::{Binding, IdpConnection, IdpDescription, MetadataSource};
use jit_idp::profiles::{Profile, TheirField, TheirValue, profile};

use crate::pages::{
    admin::{
        form::{FieldNames, Fields},
        prose,
    },
    view::{Choice, Entry},
};

pub(in super::super) const NAMES: &FieldNames = &[
    ("source", "source", "Where it comes from"),
    ("metadata_url", "metadata_url", "Metadata URL"),
    ("metadata", "metadata", "Metadata document"),
    ("entity_id", "entity_id", "Entity ID of the provider"),
    ("sso_url", "sso_url", "Sign-on URL"),
    ("slo_url", "slo_url", "Logout URL"),
    ("slo_response_url", "slo_url", "Logout URL for answers"),
    ("certificate", "certificate", "Signing certificate"),
    ("certificates", "certificate", "Signing certificates"),
];

#[derive(Clone, Debug, Default)]
pub struct MetadataForm {
    /// `url`, `document` (a file or its content) or `values`.
    pub sources: Vec<Choice>,
    pub metadata_url: String,
    pub metadata: String,
    pub entity_id: String,
    pub sso_url: String,
    pub sso_bindings: Vec<Entry>,
    pub slo_url: String,
    /// New ones, beside those that stay.
    pub certificate: String,
    /// SHA-256 of stored certificates that stay.
    pub kept: Vec<String>,
    /// Where the provider shows each value, as hints.
    pub places: Places,
}

/// Where the console of the provider shows what is asked for.
#[derive(Clone, Debug, Default)]
pub struct Places {
    pub url: String,
    pub document: String,
    pub entity_id: String,
    pub sso_url: String,
    pub slo_url: String,
    pub certificate: String,
}

impl Places {
    fn of(profile: &Profile) -> Self {
        let place = |value| {
            let field = profile.places_of(value).next();
            field.map_or_else(String::new, place)
        };
        Self {
            url: place(TheirValue::MetadataUrl),
            document: place(TheirValue::MetadataDocument),
            entity_id: place(TheirValue::EntityId),
            sso_url: place(TheirValue::SsoUrl),
            slo_url: place(TheirValue::LogoutUrl),
            certificate: place(TheirValue::Certificate),
        }
    }
}

/// "There: Metadata URL (Sign On tab, Metadata details), such as https://…"
fn place(field: &TheirField) -> String {
    let (label, at) = (field.label.text(), prose::plain(field.at));
    let example = match field.example {
        "" => String::new(),
        example => format!(", such as {example}"),
    };
    format!("There: “{label}” ({at}){example}.")
}

impl MetadataForm {
    pub(in super::super) fn stored(connection: &IdpConnection) -> Self {
        let profile = profile(connection.provider);
        let idp = connection.idp.as_ref();
        let text = |part: fn(&IdpDescription) -> String| idp.map(part).unwrap_or_default();
        let (source, metadata_url) = match (&connection.metadata, idp) {
            (MetadataSource::Url { url, .. }, _) => ("url", url.clone()),
            (MetadataSource::Given, None) if profile.has_metadata_url() => ("url", String::new()),
            (MetadataSource::Given, _) => ("document", String::new()),
        };
        Self {
            sources: sources(profile, source),
            metadata_url,
            metadata: String::new(),
            entity_id: text(|idp| idp.entity_id.clone()),
            sso_url: text(|idp| idp.sso_url.clone()),
            sso_bindings: bindings(idp.map(|idp| idp.sso_binding).unwrap_or_default()),
            slo_url: text(|idp| (idp.slo.as_ref()).map_or_else(String::new, |it| it.url.clone())),
            certificate: String::new(),
            kept: idp.map_or_else(Vec::new, |idp| {
                idp.certificates
                    .iter()
                    .map(|it| it.sha256.clone())
                    .collect()
            }),
            places: Places::of(profile),
        }
    }

    pub(in super::super) fn typed(fields: &Fields, connection: &IdpConnection) -> Self {
        let text = |name| fields.text(name).to_owned();
        Self {
            sources: sources(profile(connection.provider), fields.text("source")),
            metadata_url: text("metadata_url"),
            metadata: text("metadata"),
            entity_id: text("entity_id"),
            sso_url: text("sso_url"),
            sso_bindings: bindings(binding(fields)),
            slo_url: text("slo_url"),
            certificate: text("certificate"),
            kept: fields.all("keep").map(str::to_owned).collect(),
            ..Self::stored(connection)
        }
    }

    pub fn keeps(&self, sha256: &str) -> bool {
        self.kept.iter().any(|kept| kept == sha256)
    }
}

/// A provider without an address for its metadata is not offered one, unless it is in use.
fn sources(profile: &Profile, chosen: &str) -> Vec<Choice> {
    let all = [
        (
            "url",
            "Metadata URL",
            "Read from the provider now, and again and again: new certificates arrive by themselves.",
        ),
        ("document", "Metadata document", "A file, or its content."),
        (
            "values",
            "Single values",
            "Entity ID, addresses and certificates by hand.",
        ),
    ];
    let offered = |value: &str| value != "url" || profile.has_metadata_url() || chosen == "url";
    let offered = all.into_iter().filter(|(value, ..)| offered(value));
    let choice = |(value, label, about): (&str, &str, &str)| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        about: about.to_owned(),
        checked: value == chosen,
        ..Choice::default()
    };
    offered.map(choice).collect()
}

pub(super) fn binding(fields: &Fields) -> Binding {
    match fields.text("sso_binding") {
        "post" => Binding::Post,
        _ => Binding::Redirect,
    }
}

fn bindings(chosen: Binding) -> Vec<Entry> {
    let entry = |value: &str, label: &str, chosen| Entry {
        value: value.to_owned(),
        label: label.to_owned(),
        meta: String::new(),
        chosen,
    };
    vec![
        entry("redirect", "HTTP-Redirect", chosen == Binding::Redirect),
        entry("post", "HTTP-POST", chosen == Binding::Post),
    ]
}
