//! What a profile is made of.

/// What a console calls something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// Exactly this.
    Is(&'static str),
    /// Something like this: consoles change, and not every label could be looked up.
    Usually(&'static str),
}

impl Label {
    /// The words alone.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Is(text) | Self::Usually(text) => text,
        }
    }
}

/// A choice that somebody makes in a console.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// What the choice is called.
    pub label: Label,
    /// Where it is.
    pub at: &'static str,
    /// What to choose, as a part of a sentence.
    pub choose: &'static str,
}

/// A value that the provider has to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OurValue {
    /// Where responses go: the assertion consumer service.
    AcsUrl,
    /// The same as a regular expression that matches nothing else.
    AcsUrlPattern,
    /// Our `entityID`, the audience of assertions.
    EntityId,
    /// Where our metadata is.
    MetadataUrl,
    /// Where a login begins here.
    StartUrl,
    /// Where logout messages go.
    LogoutUrl,
    /// The certificate of our key.
    Certificate,
}

/// A field of the provider's console that takes one of our values.
#[derive(Debug, Clone, Copy)]
pub struct OurField {
    /// Which value.
    pub value: OurValue,
    /// What the field is called.
    pub label: Label,
    /// Where it is.
    pub at: &'static str,
    /// What else to know about it; may be empty.
    pub note: &'static str,
}

/// A value that we have to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TheirValue {
    /// The address of its metadata: everything else in one, and kept up to date.
    MetadataUrl,
    /// Its metadata as a file.
    MetadataDocument,
    /// Its `entityID`, the issuer of assertions.
    EntityId,
    /// Where a login goes.
    SsoUrl,
    /// Where a logout goes.
    LogoutUrl,
    /// The certificate of the key that it signs with.
    Certificate,
}

/// A place in the provider's console that shows one of its values.
#[derive(Debug, Clone, Copy)]
pub struct TheirField {
    /// Which value.
    pub value: TheirValue,
    /// What the console calls it.
    pub label: Label,
    /// Where it is.
    pub at: &'static str,
    /// What the value looks like; empty for documents and certificates.
    pub example: &'static str,
}

/// What the `NameID` should be.
#[derive(Debug, Clone, Copy)]
pub struct NameId {
    /// The choice of its format.
    pub format: Setting,
    /// The choice of where it comes from.
    pub source: Setting,
    /// What to think of before the first person signs in.
    pub advice: &'static [&'static str],
}

/// What an attribute carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carried {
    /// What to call the person.
    DisplayName,
    /// The e-mail address.
    Email,
    /// The groups.
    Groups,
    /// Something that names the person and never changes.
    Subject,
}

/// One attribute to send (SAML core 2.7.3.1).
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    /// What it carries.
    pub carries: Carried,
    /// Its exact `Name`.
    pub name: &'static str,
    /// What to choose for it in the console.
    pub choose: &'static str,
}

/// What a provider signs, and with what.
#[derive(Debug, Clone, Copy)]
pub struct Signatures {
    /// What it does unless somebody changes it.
    pub by_default: &'static str,
    /// What to choose.
    pub choose: &'static str,
    /// The choice of SHA-256, if there is one; without it, SHA-256 is all that it knows.
    pub sha256: Option<Setting>,
}

/// Something that not every provider offers.
#[derive(Debug, Clone, Copy)]
pub enum Feature {
    /// It can be had.
    Offered {
        /// The choice that switches it on.
        setting: Setting,
        /// What to know about it.
        advice: &'static [&'static str],
    },
    /// It cannot; this is what to do instead.
    NotOffered {
        /// In whole sentences.
        instead: &'static [&'static str],
    },
}
