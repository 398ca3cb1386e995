//! What to do in the console of the provider, in its own words.

use std::fmt::Write;

use jit_domain::{
    connections::{IdpConnection, ServiceProvider, SigningCertificate},
    portal::ConnectionDraft,
};
use jit_idp::profiles::{Carried, Claim, OurField, OurValue, Profile, profile};

use super::super::prose;
use crate::wiring::App;

/// Texts are HTML made of our own sentences; values are plain.
#[derive(Clone, Debug, Default)]
pub struct Guide {
    /// What the place is called where the provider's administrators work.
    pub console: &'static str,
    pub steps: Vec<String>,
    /// What every connection needs.
    pub ours: Vec<OurRow>,
    /// What only single logout, signed requests or encryption need.
    pub more: Vec<OurRow>,
    /// The document with all of our values.
    pub metadata_url: String,
    /// Where people begin.
    pub login_url: String,
    pub name_id: Vec<String>,
    pub claims: Vec<ClaimRow>,
    pub signatures: Vec<String>,
    pub assignment: Vec<String>,
    pub test: Vec<String>,
    pub quirks: Vec<String>,
    /// How its certificate is replaced without an interruption.
    pub rotation: Vec<String>,
}

#[derive(Clone, Debug, Default)]
pub struct OurRow {
    /// What the field is called there.
    pub label: String,
    /// The same as plain text.
    pub name: &'static str,
    pub at: String,
    pub value: String,
    pub note: String,
}

impl OurRow {
    /// A certificate, which is better copied than looked at.
    pub fn is_long(&self) -> bool {
        self.value.contains('\n')
    }
}

#[derive(Clone, Debug, Default)]
pub struct ClaimRow {
    pub purpose: &'static str,
    pub name: &'static str,
    pub choose: String,
}

impl Guide {
    pub(super) fn new(app: &App, connection: &IdpConnection) -> Self {
        let profile = profile(connection.provider);
        let ours = Ours::of(app, connection);
        let rows = profile.ours.iter().filter_map(|field| ours.row(field));
        let (more, needed) = rows.partition(|row| row.note.starts_with("Only for"));
        let name_id = &profile.name_id;
        let mut about_name_id = vec![
            prose::setting(&name_id.format),
            prose::setting(&name_id.source),
        ];
        about_name_id.extend(prose::lines(name_id.advice));
        Self {
            console: profile.console,
            steps: prose::lines(profile.steps),
            ours: needed,
            more,
            metadata_url: ours.service.entity_id.clone(),
            login_url: ours.login_url.clone(),
            name_id: about_name_id,
            claims: profile.claims.iter().map(claim).collect(),
            signatures: signatures(profile),
            assignment: prose::lines(profile.assignment),
            test: prose::lines(profile.test),
            quirks: prose::lines(profile.quirks),
            rotation: prose::lines(profile.rotation),
        }
    }
}

fn claim(claim: &Claim) -> ClaimRow {
    ClaimRow {
        purpose: match claim.carries {
            Carried::DisplayName => "Name",
            Carried::Email => "E-mail address",
            Carried::Groups => "Groups",
            Carried::Subject => "Who the person is",
        },
        name: claim.name,
        choose: prose::line(claim.choose),
    }
}

fn signatures(profile: &Profile) -> Vec<String> {
    let signatures = &profile.signatures;
    let mut all = prose::lines(&[signatures.by_default, signatures.choose]);
    all.extend(signatures.sha256.as_ref().map(prose::setting));
    all
}

/// Our values, of which a provider asks for some.
struct Ours {
    service: ServiceProvider,
    login_url: String,
    certificate: Option<String>,
}

impl Ours {
    fn of(app: &App, connection: &IdpConnection) -> Self {
        Self {
            service: ServiceProvider::of(connection, &app.public_url),
            login_url: format!("{}/sso/saml/{}/login", app.public_url, connection.slug),
            certificate: app.saml_keys.newest().map(|key| pem(&key.certificate)),
        }
    }

    fn row(&self, field: &OurField) -> Option<OurRow> {
        let value = match field.value {
            OurValue::AcsUrl => self.service.acs_url.clone(),
            OurValue::AcsUrlPattern => format!("^{}$", literal(&self.service.acs_url)),
            OurValue::EntityId | OurValue::MetadataUrl => self.service.entity_id.clone(),
            OurValue::StartUrl => self.login_url.clone(),
            OurValue::LogoutUrl => self.service.slo_url.clone(),
            OurValue::Certificate => self.certificate.clone()?,
        };
        Some(OurRow {
            label: prose::label(field.label),
            name: field.label.text(),
            at: prose::line(field.at),
            value,
            note: prose::line(field.note),
        })
    }
}

/// An address as a regular expression that matches nothing else.
fn literal(address: &str) -> String {
    let mut pattern = String::new();
    for letter in address.chars() {
        if "\\.+*?()|[]{}^$".contains(letter) {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern
}

/// As files of certificates are (RFC 7468).
fn pem(certificate: &SigningCertificate) -> String {
    let mut text = String::from("-----BEGIN CERTIFICATE-----\n");
    for line in certificate.base64_der.as_bytes().chunks(64) {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", String::from_utf8_lossy(line));
    }
    text.push_str("-----END CERTIFICATE-----\n");
    text
}

/// A connection to that provider as it is at first: with the names that it sends by itself.
pub(super) fn first_draft(
    name: &str,
    provider: jit_domain::connections::Provider,
) -> ConnectionDraft {
    let profile = profile(provider);
    let mut draft = ConnectionDraft::new(name, provider);
    draft.attributes = profile.attribute_mapping();
    draft.saml.subject = profile.subject.map(str::to_owned);
    draft
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_its_address_only() {
        assert_eq!(
            literal("https://a.example/acs?x=1"),
            r"https://a\.example/acs\?x=1"
        );
    }

    #[test]
    fn a_certificate_has_lines_of_64_letters() {
        let certificate = SigningCertificate {
            base64_der: "A".repeat(70),
            sha256: String::new(),
            not_after: chrono::DateTime::UNIX_EPOCH,
        };
        let pem = pem(&certificate);
        let lines: Vec<usize> = pem.lines().map(str::len).collect();
        assert_eq!(lines, [27, 64, 6, 25]);
    }
}
