//! What the provider says of itself (SAML metadata 2.4), in the shape that its dialect has.

use super::{
    Dialect, IdentityProvider,
    xml::{DSIG, METADATA, POST, PROTOCOL, REDIRECT, attribute},
};

/// How a dialect writes the document.
struct Shape {
    /// The prefix of metadata with its colon, or nothing.
    prefix: &'static str,
    /// Attributes of the root beside `entityID`.
    root: &'static str,
    /// Attributes of the role beside the protocols.
    role: &'static str,
    name_formats: &'static [&'static str],
    bindings: &'static [&'static str],
    /// Lines of the certificate have this many characters; none folds nothing.
    folded: Option<usize>,
}

const NOT_SIGNED: &str = " WantAuthnRequestsSigned=\"false\"";
const SIGNED: &str = " WantAuthnRequestsSigned=\"true\"";
const EMAIL: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
const UNSPECIFIED: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";

impl Shape {
    fn of(dialect: Dialect) -> Self {
        let neutral = Self {
            prefix: "md:",
            root: "",
            role: NOT_SIGNED,
            name_formats: &[EMAIL],
            bindings: &[REDIRECT, POST],
            folded: None,
        };
        match dialect {
            Dialect::Neutral => neutral,
            Dialect::Okta => Self {
                name_formats: &[UNSPECIFIED, EMAIL],
                bindings: &[POST, REDIRECT],
                folded: Some(64),
                ..neutral
            },
            Dialect::GoogleWorkspace => Self {
                root: " validUntil=\"2049-12-31T00:00:00.000Z\"",
                folded: Some(64),
                ..neutral
            },
            Dialect::EntraId => Self {
                prefix: "",
                role: "",
                name_formats: &[],
                ..neutral
            },
            Dialect::OneLogin => Self {
                prefix: "",
                role: "",
                folded: Some(64),
                ..neutral
            },
        }
    }
}

impl IdentityProvider {
    /// Its metadata document.
    pub fn metadata_xml(&self) -> String {
        let shape = Shape::of(self.dialect);
        let m = shape.prefix;
        let key = self.key_descriptor(&shape);
        let slo = self.slo_url().map(|url| {
            let bindings: &[_] = match self.dialect {
                Dialect::EntraId | Dialect::OneLogin => &[REDIRECT],
                _ => shape.bindings,
            };
            endpoints(m, "SingleLogoutService", bindings, &url)
        });
        let formats = shape.name_formats.iter();
        let formats: Vec<_> = formats
            .map(|format| format!("<{m}NameIDFormat>{format}</{m}NameIDFormat>\n"))
            .collect();
        let wants = if self.request_certificate.is_some() {
            SIGNED
        } else {
            shape.role
        };
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <{m}EntityDescriptor{xmlns} entityID=\"{entity_id}\"{root}>\n{others}\
             <{m}IDPSSODescriptor{wants} protocolSupportEnumeration=\"{PROTOCOL}\">\n\
             {key}{slo}{formats}{sso}</{m}IDPSSODescriptor>\n</{m}EntityDescriptor>\n",
            xmlns = super::dialect::declares(m, METADATA),
            entity_id = attribute(&self.entity_id()),
            root = shape.root,
            others = self.other_roles(&key),
            slo = slo.unwrap_or_default(),
            formats = formats.concat(),
            sso = endpoints(m, "SingleSignOnService", shape.bindings, &self.sso_url()),
        )
    }

    fn key_descriptor(&self, shape: &Shape) -> String {
        let m = shape.prefix;
        let certificate = self.key.certificate_base64();
        let certificate = match shape.folded {
            None => certificate,
            Some(length) => {
                let mut folded = String::new();
                for (at, c) in certificate.chars().enumerate() {
                    if at % length == 0 {
                        folded.push('\n');
                    }
                    folded.push(c);
                }
                folded + "\n"
            }
        };
        format!(
            "<{m}KeyDescriptor use=\"signing\"><ds:KeyInfo xmlns:ds=\"{DSIG}\"><ds:X509Data>\
             <ds:X509Certificate>{certificate}</ds:X509Certificate>\
             </ds:X509Data></ds:KeyInfo></{m}KeyDescriptor>\n"
        )
    }

    /// Entra ID describes its WS-Federation roles in the same document, with the same keys.
    fn other_roles(&self, key: &str) -> String {
        if self.dialect != Dialect::EntraId {
            return String::new();
        }
        ["SecurityTokenServiceType", "ApplicationServiceType"]
            .map(|role| {
                format!(
                    "<RoleDescriptor xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
                     xmlns:fed=\"http://docs.oasis-open.org/wsfed/federation/200706\" xsi:type=\"fed:{role}\" \
                     protocolSupportEnumeration=\"http://docs.oasis-open.org/wsfed/federation/200706\">\n\
                     {key}</RoleDescriptor>\n"
                )
            })
            .concat()
    }
}

fn endpoints(m: &str, kind: &str, bindings: &[&str], url: &str) -> String {
    let url = attribute(url);
    let bindings = bindings.iter();
    let endpoints: Vec<_> = bindings
        .map(|binding| {
            format!("<{m}{kind} Binding=\"{binding}\" Location=\"{url}\"></{m}{kind}>\n")
        })
        .collect();
    endpoints.concat()
}
