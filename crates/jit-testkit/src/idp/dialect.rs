//! The ways in which well-known providers write.
//!
//! Each dialect is what a provider does when nobody has changed its settings, as its messages and its
//! documentation show it. Options that an administrator can choose there are methods of the response here.

mod style;

use chrono::Duration;

pub(super) use self::style::{Style, XS, declares};
use super::{AttributeNames, Sign, xml::digest_hex};

/// How a provider writes: prefixes, order, names, times, and what it signs.
///
/// | | signs | name of a person | valid, in minutes | attributes |
/// |---|---|---|---|---|
/// | `Neutral` | assertion | e-mail address | -5 to +5 | `displayName`, `email`, `groups` |
/// | `Okta` | response and assertion | unspecified | -5 to +5 | the same; typed, with a prefix list |
/// | `GoogleWorkspace` | assertion | no format | -5 to +5 | the same; typed as `xs:anyType` |
/// | `EntraId` | assertion | e-mail address | -5 to +60 | claim addresses, before the authentication |
/// | `OneLogin` | response | e-mail address | -3 to +3, session of a day | `User.…`; typed |
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Dialect {
    /// Plain SAML as the standard has it in its examples.
    #[default]
    Neutral,
    /// Okta.
    Okta,
    /// Google Workspace.
    GoogleWorkspace,
    /// Microsoft Entra ID. The groups of a person are object ids there.
    EntraId,
    /// OneLogin. It offers SHA-1 too, see [`sha1`](super::ResponseBuilder::sha1).
    OneLogin,
}

impl Dialect {
    /// All of them, for tests that every provider must pass.
    pub const ALL: [Self; 5] = [
        Self::Neutral,
        Self::Okta,
        Self::GoogleWorkspace,
        Self::EntraId,
        Self::OneLogin,
    ];

    /// What is signed by default: the meaning of [`Sign::Usual`].
    pub fn signs(self) -> Sign {
        match self {
            Self::Neutral | Self::GoogleWorkspace | Self::EntraId => Sign::Assertion,
            Self::Okta => Sign::Both,
            Self::OneLogin => Sign::Response,
        }
    }

    /// Under which names it sends the attributes of a person.
    ///
    /// Okta, Google Workspace and OneLogin leave the names to the administrator: these are usual ones.
    pub fn attribute_names(self) -> AttributeNames {
        let (display_name, email, groups) = match self {
            Self::Neutral | Self::Okta | Self::GoogleWorkspace => return AttributeNames::default(),
            Self::EntraId => (
                "http://schemas.microsoft.com/identity/claims/displayname",
                "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
                "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups",
            ),
            Self::OneLogin => ("User.DisplayName", "User.email", "memberOf"),
        };
        AttributeNames {
            display_name: display_name.to_owned(),
            email: email.to_owned(),
            groups: groups.to_owned(),
        }
    }

    /// What its `entityID` looks like, made from the base address so that two providers differ.
    pub(super) fn entity_id(self, base_url: &str) -> String {
        let id = digest_hex(base_url);
        match self {
            Self::Neutral => format!("{base_url}/metadata"),
            Self::Okta => format!("http://www.okta.com/exk{}", &id[..17]),
            Self::GoogleWorkspace => {
                format!("https://accounts.google.com/o/saml2?idpid=C0{}", &id[..7])
            }
            Self::EntraId => format!("https://sts.windows.net/{}/", guid(&id)),
            Self::OneLogin => format!("https://app.onelogin.com/saml/metadata/{}", guid(&id)),
        }
    }

    /// Entra ID says more about everybody than it was asked for.
    pub(super) fn further_attributes(self, issuer: &str, name_id: &str) -> Vec<(String, String)> {
        if self != Self::EntraId {
            return Vec::new();
        }
        let claim = |name: &str| format!("http://schemas.microsoft.com/identity/claims/{name}");
        let tenant = issuer.trim_end_matches('/').rsplit('/').next();
        vec![
            (claim("tenantid"), tenant.unwrap_or_default().to_owned()),
            (claim("objectidentifier"), guid(&digest_hex(name_id))),
            (claim("identityprovider"), issuer.to_owned()),
            (
                "http://schemas.microsoft.com/claims/authnmethodsreferences".to_owned(),
                "http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password"
                    .to_owned(),
            ),
            (
                "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name".to_owned(),
                name_id.to_owned(),
            ),
        ]
    }

    /// From when to when an assertion counts, around the moment at which it is made.
    pub(super) fn validity(self) -> (Duration, Duration) {
        match self {
            Self::Neutral | Self::Okta | Self::GoogleWorkspace => {
                (Duration::minutes(-5), Duration::minutes(5))
            }
            Self::EntraId => (Duration::minutes(-5), Duration::minutes(60)),
            Self::OneLogin => (Duration::minutes(-3), Duration::minutes(3)),
        }
    }

    /// How long its session lasts, if it says so.
    pub(super) fn session(self) -> Option<Duration> {
        (self == Self::OneLogin).then(|| Duration::days(1))
    }

    /// Whether it offers single logout. Google Workspace does not.
    pub(super) fn logs_out(self) -> bool {
        self != Self::GoogleWorkspace
    }
}

/// The shape of a GUID, from hexadecimal digits.
fn guid(hex: &str) -> String {
    format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..32]
    )
}
