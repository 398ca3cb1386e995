//! Google Workspace.

use jit_domain::connections::Provider;

use super::{
    Carried, Claim, Feature, Label::Is, Label::Usually, NameId, OurField, OurValue, Profile,
    Setting, Signatures, TheirField, TheirValue,
};

const SERVICE_PROVIDER: &str = "**Service provider details**";
const GOOGLE_DETAILS: &str = "**Google Identity Provider details**";

pub(super) static GOOGLE_WORKSPACE: Profile = Profile {
    provider: Provider::GoogleWorkspace,
    name: "Google Workspace",
    slug: "google-workspace",
    console: "Google Admin console",
    steps: &[
        "Open **Apps** > **Web and mobile apps**.",
        "Choose **Add app** > **Add custom SAML app**.",
        "Type an **App name** and press **Continue**.",
        "Under **Google Identity Provider details**, press **Download metadata**, then **Continue**.",
        "Under **Service provider details**, fill in the fields of the table below and press **Continue**.",
        "Under **Attribute mapping**, press **Add mapping** for each attribute of the table below, choose the groups under **Group membership**, and press **Finish**.",
    ],
    ours: &[
        OurField {
            value: OurValue::AcsUrl,
            label: Is("ACS URL"),
            at: SERVICE_PROVIDER,
            note: "It must begin with `https`.",
        },
        OurField {
            value: OurValue::EntityId,
            label: Is("Entity ID"),
            at: SERVICE_PROVIDER,
            note: "",
        },
    ],
    theirs: &[
        TheirField {
            value: TheirValue::MetadataDocument,
            label: Is("Download metadata"),
            at: "**Google Identity Provider details**, later on the page of the app",
            example: "",
        },
        TheirField {
            value: TheirValue::EntityId,
            label: Is("Entity ID"),
            at: GOOGLE_DETAILS,
            example: "https://accounts.google.com/o/saml2?idpid=C01abcd23",
        },
        TheirField {
            value: TheirValue::SsoUrl,
            label: Is("SSO URL"),
            at: GOOGLE_DETAILS,
            example: "https://accounts.google.com/o/saml2/idp?idpid=C01abcd23",
        },
        TheirField {
            value: TheirValue::Certificate,
            label: Is("Certificate"),
            at: GOOGLE_DETAILS,
            example: "",
        },
    ],
    name_id: NameId {
        format: Setting {
            label: Is("Name ID format"),
            at: SERVICE_PROVIDER,
            choose: "**EMAIL**",
        },
        source: Setting {
            label: Is("Name ID"),
            at: SERVICE_PROVIDER,
            choose: "**Basic Information > Primary email**",
        },
        advice: &[
            "A primary address can be changed, and then its owner would be somebody new here.",
            "Worse, an address that is given to somebody else gives them what the first owner had here: suspend people here before you do that.",
            "Where addresses are given away, make a custom attribute that never changes, map it, and name it here as the attribute that tells who the person is.",
        ],
    },
    subject: None,
    claims: &[
        Claim {
            carries: Carried::DisplayName,
            name: "firstName",
            choose: "**Basic Information > First name**; Google has no field with the whole name",
        },
        Claim {
            carries: Carried::DisplayName,
            name: "lastName",
            choose: "**Basic Information > Last name**",
        },
        Claim {
            carries: Carried::Email,
            name: "email",
            choose: "**Basic Information > Primary email**",
        },
        Claim {
            carries: Carried::Groups,
            name: "groups",
            choose: "under **Group membership**, at most 75 groups, with `groups` as **App attribute**; Google sends the names of those that the person is in",
        },
    ],
    display_name: &["firstName + lastName", "displayName", "name"],
    email: &["email", "mail"],
    groups: &["groups", "memberOf"],
    signatures: Signatures {
        by_default: "Google signs the assertion, with RSA-SHA256.",
        choose: "Leave **Signed response** unticked: if it is ticked, only the response is signed. Both are accepted here, unless the connection wants the assertion signed.",
        sha256: None,
    },
    assignment: &[
        "On the page of the app, open **User access**.",
        "Choose **ON for everyone**, or switch it on for single groups or organizational units, and press **Save**.",
        "It can take some hours until that is so everywhere.",
    ],
    test: &[
        "**Test SAML login** on the page of the app begins at Google; it is refused unless the connection here allows that. Begin at this portal instead.",
        "The page of Google that says `app_not_configured_for_user` means that the app is off for that person, or that the entity ID there is not ours.",
    ],
    rotation: &[
        "A certificate lasts five years, and there are at most two.",
        "On the page of the app, open **Service provider details** > **Certificate** > **Manage certificates** and press **Add certificate**.",
        "Download it and add it to the connection here, beside the old one.",
        "Back in **Service provider details**, choose it as **Certificate** and press **Save**.",
        "Test the sign-in; if Google refuses people, switch **User access** off and on again. Then take the old certificate out of the connection here.",
    ],
    idp_initiated: Feature::Offered {
        setting: Setting {
            label: Usually("User access"),
            at: "**Apps** > **Web and mobile apps** > *the app*",
            choose: "who sees the app in the launcher",
        },
        advice: &[
            "The launcher sends a response that nobody asked for; it is refused unless the connection here allows logins that begin at the provider.",
            "Leave **Start URL** empty: Google sends it along as `RelayState`.",
        ],
    },
    logout: Feature::NotOffered {
        instead: &[
            "Google has no single logout: signing out here ends the session here, and the one at Google goes on.",
        ],
    },
    encryption: Feature::NotOffered {
        instead: &["Google does not encrypt assertions; they travel by TLS like everything else."],
    },
    quirks: &[
        "There is no metadata address, only a file to download, so a new certificate has to be added by hand.",
        "The ACS URL must begin with `https`.",
        "After a group is renamed, enter it again under **Group membership**, or its old name goes on being sent.",
        "Nested groups count: who is in a group of a chosen group is in the chosen one too.",
    ],
};
