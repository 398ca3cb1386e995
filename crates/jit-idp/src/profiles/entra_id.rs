//! Microsoft Entra ID, once Azure Active Directory.

use jit_domain::connections::Provider;

use super::{
    Carried, Claim, Feature, Label::Is, Label::Usually, NameId, OurField, OurValue, Profile,
    Setting, Signatures, TheirField, TheirValue,
};

const BASIC: &str = "**Basic SAML Configuration** > **Edit**";
const CERTIFICATES: &str = "**SAML Certificates**";
const CLAIMS: &str = "**Attributes & Claims** > **Edit**";
const SET_UP: &str = "**Set up** *name of the application*";
const OBJECT_ID: &str = "http://schemas.microsoft.com/identity/claims/objectidentifier";

pub(super) static ENTRA_ID: Profile = Profile {
    provider: Provider::EntraId,
    name: "Microsoft Entra ID",
    slug: "entra-id",
    console: "Microsoft Entra admin center",
    steps: &[
        "Open **Entra ID** > **Enterprise apps** (older: **Identity** > **Applications** > **Enterprise applications**) and press **New application**.",
        "Press **Create your own application**, type a name, choose **Integrate any other application you don't find in the gallery (Non-gallery)**, and press **Create**.",
        "Open **Single sign-on** and choose **SAML**.",
        "Under **Basic SAML Configuration**, press **Edit**, fill in the fields of the table below, and press **Save**.",
        "Under **Attributes & Claims**, press **Edit** and **Add a group claim** if you want groups; the rest is there.",
        "Under **SAML Certificates**, copy **App Federation Metadata Url**.",
    ],
    ours: &[
        OurField {
            value: OurValue::EntityId,
            label: Is("Identifier (Entity ID)"),
            at: BASIC,
            note: "",
        },
        OurField {
            value: OurValue::AcsUrl,
            label: Is("Reply URL (Assertion Consumer Service URL)"),
            at: BASIC,
            note: "",
        },
        OurField {
            value: OurValue::StartUrl,
            label: Is("Sign on URL"),
            at: BASIC,
            note: "With it, the tile in My Apps begins the login here, as it should.",
        },
        OurField {
            value: OurValue::LogoutUrl,
            label: Usually("Logout Url (Optional)"),
            at: BASIC,
            note: "Only for single logout.",
        },
        OurField {
            value: OurValue::MetadataUrl,
            label: Usually("Upload metadata file"),
            at: "above **Basic SAML Configuration**",
            note: "Takes the document at that address, in place of the fields above.",
        },
        OurField {
            value: OurValue::Certificate,
            label: Is("Verification certificates"),
            at: CERTIFICATES,
            note: "Only for signed requests.",
        },
        OurField {
            value: OurValue::Certificate,
            label: Is("Import Certificate"),
            at: "**Token encryption**",
            note: "Only for encrypted assertions.",
        },
    ],
    theirs: &[
        TheirField {
            value: TheirValue::MetadataUrl,
            label: Is("App Federation Metadata Url"),
            at: CERTIFICATES,
            example: "https://login.microsoftonline.com/TENANT/federationmetadata/2007-06/federationmetadata.xml?appid=APPLICATION",
        },
        TheirField {
            value: TheirValue::MetadataDocument,
            label: Is("Federation Metadata XML"),
            at: CERTIFICATES,
            example: "",
        },
        TheirField {
            value: TheirValue::EntityId,
            label: Is("Microsoft Entra Identifier"),
            at: SET_UP,
            example: "https://sts.windows.net/TENANT/",
        },
        TheirField {
            value: TheirValue::SsoUrl,
            label: Is("Login URL"),
            at: SET_UP,
            example: "https://login.microsoftonline.com/TENANT/saml2",
        },
        TheirField {
            value: TheirValue::LogoutUrl,
            label: Is("Logout URL"),
            at: SET_UP,
            example: "https://login.microsoftonline.com/TENANT/saml2",
        },
        TheirField {
            value: TheirValue::Certificate,
            label: Is("Certificate (Base64)"),
            at: CERTIFICATES,
            example: "",
        },
    ],
    name_id: NameId {
        format: Setting {
            label: Is("Choose name identifier format"),
            at: CLAIMS,
            choose: "what is there, **Email address**",
        },
        source: Setting {
            label: Usually("Unique User Identifier (Name ID)"),
            at: CLAIMS,
            choose: "what is there, `user.userprincipalname`",
        },
        advice: &[
            "A user principal name changes with the person's name, and can be given to somebody else.",
            "So know people by their object ID: it arrives with every login as the attribute of the table below; name it here as the attribute that tells who the person is.",
            "The other way is to choose `user.objectid` and the format **Persistent** for the Name ID.",
        ],
    },
    subject: Some(OBJECT_ID),
    claims: &[
        Claim {
            carries: Carried::DisplayName,
            name: "http://schemas.microsoft.com/identity/claims/displayname",
            choose: "nothing: it is sent by default",
        },
        Claim {
            carries: Carried::Email,
            name: "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
            choose: "nothing: it is sent by default, from `user.mail`; it is absent for people who have no address there",
        },
        Claim {
            carries: Carried::Groups,
            name: "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups",
            choose: "**Add a group claim**, **Groups assigned to the application**; values are object IDs, or names with **Cloud-only group display names** as **Source attribute**",
        },
        Claim {
            carries: Carried::Subject,
            name: OBJECT_ID,
            choose: "nothing: it is sent by default",
        },
    ],
    display_name: &[
        "http://schemas.microsoft.com/identity/claims/displayname",
        "displayName",
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname + http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname",
        "name",
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name",
    ],
    email: &[
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
        "email",
        "mail",
    ],
    groups: &[
        "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups",
        "groups",
        "http://schemas.microsoft.com/ws/2008/06/identity/claims/role",
    ],
    signatures: Signatures {
        by_default: "Entra ID signs the assertion, with SHA-256.",
        choose: "Choose **Sign SAML response and assertion** as **Signing Option**, under **SAML Certificates** > **Edit**; the default is accepted too.",
        sha256: Some(Setting {
            label: Is("Signing Algorithm"),
            at: "**Single sign-on** > **SAML Certificates** > **Edit**",
            choose: "**SHA-256**",
        }),
    },
    assignment: &[
        "Open **Users and groups**, press **Add user/group**, and choose people or groups.",
        "People without an assignment are stopped at Microsoft as long as **Assignment required?** in **Properties** says so.",
    ],
    test: &[
        "**Test single sign-on** on the page of the application signs you in through your browser; begin at this portal to test the whole way.",
    ],
    rotation: &[
        "A certificate lasts three years; Entra ID writes 60, 30 and 7 days before its end to the address under **SAML Certificates** > **Edit**.",
        "There, press **New Certificate** and **Save**. It is inactive at first. Do this before the old one ends: once that has happened, Entra ID signs with the new one although nobody made it active.",
        "Download it from its **...** menu and add it to the connection here, beside the old one.",
        "In the **...** menu of the new one choose **Make certificate active**.",
        "Test the sign-in. Then take the old certificate out of the connection here.",
    ],
    idp_initiated: Feature::Offered {
        setting: Setting {
            label: Is("Sign on URL"),
            at: BASIC,
            choose: "the start address of the connection",
        },
        advice: &[
            "Without it, the tile in My Apps sends a response that nobody asked for; it is refused unless the connection here allows logins that begin at the provider.",
        ],
    },
    logout: Feature::Offered {
        setting: Setting {
            label: Usually("Logout Url (Optional)"),
            at: BASIC,
            choose: "our logout address",
        },
        advice: &[
            "Entra ID sends logout messages by redirect only, so the address must be reached by the person's browser.",
        ],
    },
    encryption: Feature::Offered {
        setting: Setting {
            label: Is("Activate token encryption"),
            at: "**Token encryption**, in the **...** menu of the imported certificate",
            choose: "to activate it",
        },
        advice: &[
            "It needs a plan with Microsoft Entra ID P1 or P2.",
            "Choose **Sign SAML response and assertion** first: with CBC, an encrypted assertion counts only in a signed response.",
        ],
    },
    quirks: &[
        "The entity ID of Entra ID ends with a slash: copy it whole.",
        "Somebody in more than 150 groups comes without the groups attribute, and memberships stay as they were; **Groups assigned to the application** keeps the number small.",
        "With **Groups assigned to the application**, nested groups do not count.",
        "Group values are object IDs unless you choose otherwise: write the object ID into the group rule here.",
        "Each application has a certificate of its own: take the metadata address with `appid` at its end.",
    ],
};
