//! Okta.

use jit_domain::connections::Provider;

use super::{
    Carried, Claim, Feature, Label::Is, NameId, OurField, OurValue, Profile, Setting, Signatures,
    TheirField, TheirValue,
};

const SAML_SETTINGS: &str = "**Configure SAML**";
const ADVANCED: &str = "**Configure SAML** > **Show Advanced Settings**";

pub(super) static OKTA: Profile = Profile {
    provider: Provider::Okta,
    name: "Okta",
    slug: "okta",
    console: "Okta Admin Console",
    steps: &[
        "Open **Applications** > **Applications** and press **Create App Integration**.",
        "Choose **SAML 2.0** and press **Next**.",
        "Type an **App name** and press **Next**.",
        "Under **Configure SAML**, fill in the fields of the table below. Leave **Default RelayState** empty.",
        "Under **Attribute Statements** and **Group Attribute Statements**, add the attributes of the table below. Newer consoles ask for them after the application is made, on the **Sign On** tab.",
        "Press **Next**, say that it is an internal app, and press **Finish**.",
    ],
    ours: &[
        OurField {
            value: OurValue::AcsUrl,
            label: Is("Single sign-on URL"),
            at: SAML_SETTINGS,
            note: "Leave **Use this for Recipient URL and Destination URL** ticked.",
        },
        OurField {
            value: OurValue::EntityId,
            label: Is("Audience URI (SP Entity ID)"),
            at: SAML_SETTINGS,
            note: "",
        },
        OurField {
            value: OurValue::LogoutUrl,
            label: Is("Single Logout URL"),
            at: ADVANCED,
            note: "Only for single logout.",
        },
        OurField {
            value: OurValue::EntityId,
            label: Is("SP Issuer"),
            at: ADVANCED,
            note: "Only for single logout.",
        },
        OurField {
            value: OurValue::Certificate,
            label: Is("Signature Certificate"),
            at: ADVANCED,
            note: "Only for single logout and signed requests.",
        },
        OurField {
            value: OurValue::Certificate,
            label: Is("Encryption Certificate"),
            at: ADVANCED,
            note: "Only for encrypted assertions.",
        },
    ],
    theirs: &[
        TheirField {
            value: TheirValue::MetadataUrl,
            label: Is("Metadata URL"),
            at: "**Sign On** tab, **Metadata details**",
            example: "https://acme.okta.com/app/exk1a2b3c4d5/sso/saml/metadata",
        },
        TheirField {
            value: TheirValue::EntityId,
            label: Is("Identity Provider Issuer"),
            at: "**Sign On** tab, **View SAML setup instructions**",
            example: "http://www.okta.com/exk1a2b3c4d5",
        },
        TheirField {
            value: TheirValue::SsoUrl,
            label: Is("Identity Provider Single Sign-On URL"),
            at: "**Sign On** tab, **View SAML setup instructions**",
            example: "https://acme.okta.com/app/acme_portal_1/exk1a2b3c4d5/sso/saml",
        },
        TheirField {
            value: TheirValue::LogoutUrl,
            label: Is("Identity Provider Single Logout URL"),
            at: "**Sign On** tab, **View SAML setup instructions**, once single logout is enabled",
            example: "https://acme.okta.com/app/acme_portal_1/exk1a2b3c4d5/slo/saml",
        },
        TheirField {
            value: TheirValue::Certificate,
            label: Is("X.509 Certificate"),
            at: "**Sign On** tab, **View SAML setup instructions**",
            example: "",
        },
    ],
    name_id: NameId {
        format: Setting {
            label: Is("Name ID format"),
            at: SAML_SETTINGS,
            choose: "**Unspecified**, the default",
        },
        source: Setting {
            label: Is("Application username"),
            at: SAML_SETTINGS,
            choose: "**Okta username**",
        },
        advice: &[
            "An Okta username can be changed, and then its owner would be somebody new here.",
            "If that happens in your company, send the attribute `userId` of the table below, and name it here as the attribute that tells who the person is.",
            "Never choose **Transient**: nobody would be known again.",
        ],
    },
    subject: None,
    claims: &[
        Claim {
            carries: Carried::DisplayName,
            name: "displayName",
            choose: "an attribute statement with the value `user.firstName + \" \" + user.lastName`",
        },
        Claim {
            carries: Carried::Email,
            name: "email",
            choose: "an attribute statement with the value `user.email`",
        },
        Claim {
            carries: Carried::Groups,
            name: "groups",
            choose: "a group attribute statement with a filter, such as **Starts with** and `developers-`; Okta sends the names of the groups that match",
        },
        Claim {
            carries: Carried::Subject,
            name: "userId",
            choose: "optional: an attribute statement with a value that never changes, usually `user.getInternalProperty(\"id\")`",
        },
    ],
    display_name: &["displayName", "name", "firstName + lastName"],
    email: &["email", "mail"],
    groups: &["groups", "memberOf"],
    signatures: Signatures {
        by_default: "Okta signs the response and the assertion, with RSA-SHA256.",
        choose: "Leave **Response** and **Assertion Signature** at **Signed**.",
        sha256: Some(Setting {
            label: Is("Signature Algorithm"),
            at: ADVANCED,
            choose: "**RSA-SHA256**, and **SHA256** as **Digest Algorithm**",
        }),
    },
    assignment: &["On the **Assignments** tab, press **Assign** and choose people or groups."],
    test: &[
        "**Preview the SAML Assertion**, under **Configure SAML**, shows what Okta would say about you.",
        "It is unsigned: paste it under *Try an assertion* here to see what would be made of it.",
    ],
    rotation: &[
        "Okta announces the end of a certificate 60 days before, and never changes it by itself.",
        "On the **Sign On** tab, under **SAML Signing Certificates**, press **Generate new certificate**. It is inactive at first.",
        "Download it from its **Actions** menu and add it to the connection here, beside the old one.",
        "In Okta, choose **Activate** in its **Actions** menu.",
        "Test the sign-in. Then take the old certificate out of the connection here.",
    ],
    idp_initiated: Feature::Offered {
        setting: Setting {
            label: Is("Application visibility"),
            at: "**General** tab",
            choose: "whether people see a tile for the application",
        },
        advice: &[
            "The tile sends a response that nobody asked for; it is refused unless the connection here allows logins that begin at the provider.",
            "Safer: hide the tile, and add a **Bookmark App** with the start address of the connection.",
        ],
    },
    logout: Feature::Offered {
        setting: Setting {
            label: Is("Enable Single Logout"),
            at: ADVANCED,
            choose: "to enable it, and fill in the fields of the table above",
        },
        advice: &[
            "Okta wants logout requests signed, so it needs our certificate.",
            "Its logout address is in its metadata only after that: let the connection here read the metadata again.",
        ],
    },
    encryption: Feature::Offered {
        setting: Setting {
            label: Is("Assertion Encryption"),
            at: ADVANCED,
            choose: "**Encrypted**",
        },
        advice: &[
            "As **Encryption Algorithm** choose AES-256 with GCM if it is offered, otherwise **AES256-CBC**; as **Key Transport Algorithm** choose **RSA-OAEP**.",
            "Leave **Response** at **Signed**: with CBC, an encrypted assertion counts only in a signed response.",
        ],
    },
    quirks: &[
        "**Single sign-on URL** must not contain `_`: choose a short name for the connection without it.",
        "Okta does not read our metadata; fields are filled in by hand.",
        "Names of attributes must differ from each other, also between **Attribute Statements** and **Group Attribute Statements**.",
        "Without a filter that matches, Okta sends no groups attribute at all, and memberships stay as they were.",
    ],
};
