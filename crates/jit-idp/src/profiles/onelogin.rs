//! OneLogin.

use jit_domain::connections::Provider;

use super::{
    Carried, Claim, Feature, Label::Is, Label::Usually, NameId, OurField, OurValue, Profile,
    Setting, Signatures, TheirField, TheirValue,
};

const CONFIGURATION: &str = "**Configuration**";
const SSO: &str = "**SSO**";

pub(super) static ONELOGIN: Profile = Profile {
    provider: Provider::OneLogin,
    name: "OneLogin",
    slug: "onelogin",
    console: "OneLogin administration",
    steps: &[
        "Press **Administration**, open **Applications** > **Applications**, and press **Add App**.",
        "Search for `SAML Custom Connector` and choose **SAML Custom Connector (Advanced)**.",
        "Type a **Display Name** and press **Save**.",
        "Under **Configuration**, fill in the fields of the table below and press **Save**.",
        "Under **Parameters**, press **+** for each attribute of the table below, tick **Include in SAML assertion**, and choose its value.",
        "Under **SSO**, set **SAML Signature Algorithm** to **SHA-256** and press **Save**.",
    ],
    ours: &[
        OurField {
            value: OurValue::EntityId,
            label: Is("Audience (EntityID)"),
            at: CONFIGURATION,
            note: "",
        },
        OurField {
            value: OurValue::AcsUrl,
            label: Is("Recipient"),
            at: CONFIGURATION,
            note: "",
        },
        OurField {
            value: OurValue::AcsUrlPattern,
            label: Is("ACS (Consumer) URL Validator"),
            at: CONFIGURATION,
            note: "A regular expression: `^` before, `$` behind, a backslash before each dot.",
        },
        OurField {
            value: OurValue::AcsUrl,
            label: Is("ACS (Consumer) URL"),
            at: CONFIGURATION,
            note: "",
        },
        OurField {
            value: OurValue::StartUrl,
            label: Is("Login URL"),
            at: CONFIGURATION,
            note: "With **Service Provider** as **SAML initiator**, the tile begins the login here.",
        },
        OurField {
            value: OurValue::LogoutUrl,
            label: Is("Single Logout URL"),
            at: CONFIGURATION,
            note: "Only for single logout.",
        },
        OurField {
            value: OurValue::Certificate,
            label: Usually("Public key"),
            at: "**Configuration**, **SAML Encryption**",
            note: "Only for encrypted assertions.",
        },
    ],
    theirs: &[
        TheirField {
            value: TheirValue::MetadataUrl,
            label: Is("Issuer URL"),
            at: SSO,
            example: "https://app.onelogin.com/saml/metadata/0a1b2c3d",
        },
        TheirField {
            value: TheirValue::MetadataDocument,
            label: Is("SAML Metadata"),
            at: "**More Actions**",
            example: "",
        },
        TheirField {
            value: TheirValue::EntityId,
            label: Is("Issuer URL"),
            at: SSO,
            example: "https://app.onelogin.com/saml/metadata/0a1b2c3d",
        },
        TheirField {
            value: TheirValue::SsoUrl,
            label: Is("SAML 2.0 Endpoint (HTTP)"),
            at: SSO,
            example: "https://acme.onelogin.com/trust/saml2/http-post/sso/0a1b2c3d",
        },
        TheirField {
            value: TheirValue::LogoutUrl,
            label: Is("SLO Endpoint (HTTP)"),
            at: SSO,
            example: "https://acme.onelogin.com/trust/saml2/http-redirect/slo/1234567",
        },
        TheirField {
            value: TheirValue::Certificate,
            label: Is("X.509 Certificate"),
            at: "**SSO**, **View Details**",
            example: "",
        },
    ],
    name_id: NameId {
        format: Setting {
            label: Is("SAML nameID format"),
            at: CONFIGURATION,
            choose: "**Email**",
        },
        source: Setting {
            label: Usually("NameID value"),
            at: "**Parameters**",
            choose: "**Email**, the default",
        },
        advice: &[
            "An address can be changed, and then its owner would be somebody new here.",
            "If that happens in your company, send the attribute `userId` of the table below, and name it here as the attribute that tells who the person is.",
            "Never choose **Transient**: nobody would be known again.",
        ],
    },
    subject: None,
    claims: &[
        Claim {
            carries: Carried::DisplayName,
            name: "displayName",
            choose: "usually **- Macro -** with `{firstname} {lastname}`",
        },
        Claim {
            carries: Carried::Email,
            name: "email",
            choose: "**Email**",
        },
        Claim {
            carries: Carried::Groups,
            name: "groups",
            choose: "tick **Multi-value parameter**, then choose **User Roles** and **Semicolon Delimited Input (Multi-value output)**; OneLogin sends the names of the roles",
        },
        Claim {
            carries: Carried::Subject,
            name: "userId",
            choose: "optional: a value that never changes, usually **UUID** or **OneLogin ID**",
        },
    ],
    display_name: &["displayName", "name", "firstName + lastName"],
    email: &["email", "User.email", "mail"],
    groups: &["groups", "memberOf"],
    signatures: Signatures {
        by_default: "OneLogin signs with SHA-1 unless you change it, and SHA-1 is refused here.",
        choose: "Choose **Both** or **Assertion** as **SAML signature element**, under **Configuration**.",
        sha256: Some(Setting {
            label: Is("SAML Signature Algorithm"),
            at: SSO,
            choose: "**SHA-256**",
        }),
    },
    assignment: &[
        "Usually under **Access**: choose the roles whose people get the app. For one person, add the app under **Users** > *the person* > **Applications**.",
    ],
    test: &["Sign in to OneLogin as somebody who has the app, then begin at this portal."],
    rotation: &[
        "Certificates are usually under **Security** > **Certificates**, and last five years. Press **New** there.",
        "Download the new one and add it to the connection here, beside the old one. OneLogin changes over at once, so do this first.",
        "In the app, under **SSO**, press **Change** at **X.509 Certificate**, choose the new one, and press **Save**.",
        "Test the sign-in. Then take the old certificate out of the connection here.",
    ],
    idp_initiated: Feature::Offered {
        setting: Setting {
            label: Is("SAML initiator"),
            at: CONFIGURATION,
            choose: "**Service Provider**, with **Login URL** as in the table above",
        },
        advice: &[
            "With **OneLogin**, the tile sends a response that nobody asked for; it is refused unless the connection here allows logins that begin at the provider.",
        ],
    },
    logout: Feature::Offered {
        setting: Setting {
            label: Is("Single Logout URL"),
            at: CONFIGURATION,
            choose: "our logout address",
        },
        advice: &["Tick **Sign SLO Request** and **Sign SLO Response**."],
    },
    encryption: Feature::Offered {
        setting: Setting {
            label: Usually("Encrypt assertion"),
            at: CONFIGURATION,
            choose: "to encrypt",
        },
        advice: &[
            "As **SAML encryption method** choose AES-256; `TRIPLEDES-CBC` is refused.",
            "Choose **Both** as **SAML signature element**: with CBC, an encrypted assertion counts only in a signed response.",
        ],
    },
    quirks: &[
        "**SAML Signature Algorithm** begins as SHA-1.",
        "**ACS (Consumer) URL Validator** is a regular expression, not an address; one that does not match stops the login at OneLogin.",
        "Several values in a parameter without **Multi-value parameter** arrive as one value with `;` between them, which matches no group rule.",
        "An assertion is valid for three minutes before and after: keep the clock of this machine right.",
    ],
};
