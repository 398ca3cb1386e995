//! The people of the provider, and how it writes them.

/// Somebody who can sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// What identifies them at this provider.
    pub name_id: String,
    /// What kind of identifier that is.
    pub name_id_format: NameIdFormat,
    /// Their name.
    pub display_name: String,
    /// Their e-mail address.
    pub email: String,
    /// Their groups; `None` leaves the attribute out, an empty list sends it without values.
    pub groups: Option<Vec<String>>,
}

/// `NameID/@Format` (SAML core 8.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameIdFormat {
    /// The e-mail address (core 8.3.2). Some [dialects](super::Dialect) call it otherwise.
    EmailAddress,
    /// An opaque name that stays (core 8.3.7).
    Persistent,
}

impl NameIdFormat {
    /// The identifier of the format.
    pub fn uri(self) -> &'static str {
        match self {
            Self::EmailAddress => "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
            Self::Persistent => "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
        }
    }
}

impl Person {
    /// Somebody who is identified by their e-mail address, and in no group.
    pub fn new(display_name: impl Into<String>, email: impl Into<String>) -> Self {
        let email = email.into();
        Self {
            name_id: email.clone(),
            name_id_format: NameIdFormat::EmailAddress,
            display_name: display_name.into(),
            email,
            groups: Some(Vec::new()),
        }
    }

    /// Puts them into groups.
    #[must_use]
    pub fn with_groups<const N: usize>(mut self, groups: [&str; N]) -> Self {
        self.groups = Some(groups.map(str::to_owned).to_vec());
        self
    }

    /// Leaves the groups attribute out.
    #[must_use]
    pub fn without_groups(mut self) -> Self {
        self.groups = None;
        self
    }

    /// Identifies them by a persistent name instead of the e-mail address.
    #[must_use]
    pub fn with_persistent_id(mut self, name_id: impl Into<String>) -> Self {
        self.name_id = name_id.into();
        self.name_id_format = NameIdFormat::Persistent;
        self
    }
}

/// Under which names the attributes are sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeNames {
    /// The display name.
    pub display_name: String,
    /// The e-mail address.
    pub email: String,
    /// The groups.
    pub groups: String,
}

impl Default for AttributeNames {
    fn default() -> Self {
        Self {
            display_name: "displayName".to_owned(),
            email: "email".to_owned(),
            groups: "groups".to_owned(),
        }
    }
}

impl AttributeNames {
    /// The attributes of a person, in a fixed order.
    pub(super) fn of(&self, person: &Person) -> Vec<(String, Vec<String>)> {
        let one = |name: &String, value: &String| (name.clone(), vec![value.clone()]);
        let mut attributes = vec![
            one(&self.display_name, &person.display_name),
            one(&self.email, &person.email),
        ];
        if let Some(groups) = &person.groups {
            attributes.push((self.groups.clone(), groups.clone()));
        }
        attributes
    }
}
