//! Any other provider that conforms to SAML 2.0.

use jit_domain::connections::Provider;

use super::{
    Carried, Claim, Feature, Label::Usually, NameId, OurField, OurValue, Profile, Setting,
    Signatures, TheirField, TheirValue,
};

const APPLICATION: &str = "the SAML settings of the application";
const METADATA: &str = "its metadata";

pub(super) static OTHER: Profile = Profile {
    provider: Provider::Other,
    name: "Other provider",
    slug: "other",
    console: "console of your provider",
    steps: &[
        "Make an application, also called *client*, *service provider* or *relying party*, of the kind SAML 2.0.",
        "If it can read metadata, give it the address or the document of ours; otherwise fill in the fields of the table below.",
        "Choose the response binding HTTP-POST.",
        "Send the attributes of the table below.",
    ],
    ours: &[
        OurField {
            value: OurValue::MetadataUrl,
            label: Usually("SP metadata"),
            at: APPLICATION,
            note: "In place of all others.",
        },
        OurField {
            value: OurValue::AcsUrl,
            label: Usually("ACS URL"),
            at: APPLICATION,
            note: "Also called *assertion consumer service*, *reply URL*, *recipient* or *destination*.",
        },
        OurField {
            value: OurValue::EntityId,
            label: Usually("Entity ID"),
            at: APPLICATION,
            note: "Also called *audience*, *client ID* or *SP issuer*.",
        },
        OurField {
            value: OurValue::StartUrl,
            label: Usually("Login URL"),
            at: APPLICATION,
            note: "For tiles that should begin the login here.",
        },
        OurField {
            value: OurValue::LogoutUrl,
            label: Usually("Single logout URL"),
            at: APPLICATION,
            note: "Only for single logout.",
        },
        OurField {
            value: OurValue::Certificate,
            label: Usually("SP certificate"),
            at: APPLICATION,
            note: "Only for signed requests, single logout and encrypted assertions.",
        },
    ],
    theirs: &[
        TheirField {
            value: TheirValue::MetadataUrl,
            label: Usually("Metadata URL"),
            at: "its page on SAML 2.0",
            example: "https://idp.example.com/saml/metadata",
        },
        TheirField {
            value: TheirValue::MetadataDocument,
            label: Usually("Download metadata"),
            at: "its page on SAML 2.0",
            example: "",
        },
        TheirField {
            value: TheirValue::EntityId,
            label: Usually("Issuer"),
            at: METADATA,
            example: "https://idp.example.com",
        },
        TheirField {
            value: TheirValue::SsoUrl,
            label: Usually("SSO URL"),
            at: METADATA,
            example: "https://idp.example.com/saml/sso",
        },
        TheirField {
            value: TheirValue::LogoutUrl,
            label: Usually("SLO URL"),
            at: METADATA,
            example: "https://idp.example.com/saml/slo",
        },
        TheirField {
            value: TheirValue::Certificate,
            label: Usually("Signing certificate"),
            at: METADATA,
            example: "",
        },
    ],
    name_id: NameId {
        format: Setting {
            label: Usually("NameID format"),
            at: APPLICATION,
            choose: "**persistent**",
        },
        source: Setting {
            label: Usually("NameID"),
            at: APPLICATION,
            choose: "something that never changes and is never given to somebody else",
        },
        advice: &[
            "An e-mail address is second best: it can change, and it can be given to somebody else.",
            "If the NameID cannot be chosen, send an attribute that never changes and name it here as the attribute that tells who the person is.",
            "A transient NameID is refused: nobody would be known again.",
        ],
    },
    subject: None,
    claims: &[
        Claim {
            carries: Carried::DisplayName,
            name: "displayName",
            choose: "the whole name",
        },
        Claim {
            carries: Carried::Email,
            name: "email",
            choose: "the e-mail address",
        },
        Claim {
            carries: Carried::Groups,
            name: "groups",
            choose: "the groups, one value each",
        },
        Claim {
            carries: Carried::Subject,
            name: "userId",
            choose: "optional: something that never changes",
        },
    ],
    display_name: &[
        "displayName",
        "name",
        "http://schemas.microsoft.com/identity/claims/displayname",
        "urn:oid:2.16.840.1.113730.3.1.241",
        "firstName + lastName",
        "givenName + sn",
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname + http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname",
        "urn:oid:2.5.4.42 + urn:oid:2.5.4.4",
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name",
    ],
    email: &[
        "email",
        "mail",
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
        "urn:oid:0.9.2342.19200300.100.1.3",
    ],
    groups: &[
        "groups",
        "memberOf",
        "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups",
    ],
    signatures: Signatures {
        by_default: "Most providers sign the assertion; some sign the response, or both.",
        choose: "Choose the assertion, or both.",
        sha256: Some(Setting {
            label: Usually("Signature algorithm"),
            at: APPLICATION,
            choose: "**RSA-SHA256** or stronger",
        }),
    },
    assignment: &["Give the application to the people who should sign in."],
    test: &[
        "Sign in to the provider as somebody who has the application, then begin at this portal.",
    ],
    rotation: &[
        "Make a new certificate at the provider, but do not use it yet.",
        "Add it to the connection here, beside the old one.",
        "Let the provider sign with the new one.",
        "Test the sign-in. Then take the old certificate out of the connection here.",
    ],
    idp_initiated: Feature::Offered {
        setting: Setting {
            label: Usually("IdP-initiated login"),
            at: APPLICATION,
            choose: "off, if there is a way to begin at an address of ours",
        },
        advice: &[
            "A response that nobody asked for is refused unless the connection here allows logins that begin at the provider.",
        ],
    },
    logout: Feature::Offered {
        setting: Setting {
            label: Usually("Single logout"),
            at: APPLICATION,
            choose: "to enable it, with our logout address",
        },
        advice: &["Let the provider sign its logout messages."],
    },
    encryption: Feature::Offered {
        setting: Setting {
            label: Usually("Encrypt assertions"),
            at: APPLICATION,
            choose: "to encrypt, with our certificate",
        },
        advice: &[
            "Choose AES with GCM if it is offered, and RSA-OAEP for the key; RSA-1_5 and Triple DES are refused.",
            "Sign the response too: with CBC, an encrypted assertion counts only in a signed response.",
        ],
    },
    quirks: &[
        "The sign-on address must take requests by redirect or by POST; metadata names both.",
        "Names of attributes are compared letter by letter.",
        "Exclusive canonicalization is the only one that is accepted in signatures; every current product uses it.",
    ],
};
