//! The attributes of a person, as the dialect and the test want them.

use super::{super::xml::digest_hex, ResponseBuilder};

/// `Attribute/@Name` and the values.
pub(super) type Attribute = (String, Vec<String>);

#[derive(Debug)]
pub(super) enum AttributeEdit {
    Remove(String),
    Rename(String, String),
    GroupsOverage,
}

impl ResponseBuilder<'_> {
    /// Leaves out an attribute that the service provider may want.
    #[must_use]
    pub fn without_attribute(mut self, name: impl Into<String>) -> Self {
        self.attribute_edits
            .push(AttributeEdit::Remove(name.into()));
        self
    }

    /// Sends an attribute under another name, as after a change in the settings of the provider.
    #[must_use]
    pub fn renamed_attribute(mut self, from: impl Into<String>, to: impl Into<String>) -> Self {
        let edit = AttributeEdit::Rename(from.into(), to.into());
        self.attribute_edits.push(edit);
        self
    }

    /// Sends a link instead of the groups, as Entra ID does for people with more than 150.
    ///
    /// The absent groups do not say that the person has none.
    #[must_use]
    pub fn groups_overage(mut self) -> Self {
        self.attribute_edits.push(AttributeEdit::GroupsOverage);
        self
    }

    pub(super) fn attributes(&self) -> Vec<Attribute> {
        let mut attributes = self.names.of(self.person);
        let further = self
            .dialect
            .further_attributes(&self.issuer, &self.person.name_id);
        attributes.extend(further.into_iter().map(|(name, value)| (name, vec![value])));
        for edit in &self.attribute_edits {
            match edit {
                AttributeEdit::Remove(name) => attributes.retain(|(known, _)| known != name),
                AttributeEdit::Rename(from, to) => {
                    for (name, _) in attributes.iter_mut().filter(|(name, _)| name == from) {
                        name.clone_from(to);
                    }
                }
                AttributeEdit::GroupsOverage => {
                    attributes.retain(|(known, _)| *known != self.names.groups);
                    let link = format!(
                        "https://graph.windows.net/tenant/users/{}/getMemberObjects",
                        digest_hex(&self.person.name_id)
                    );
                    let name = "http://schemas.microsoft.com/claims/groups.link".to_owned();
                    attributes.push((name, vec![link]));
                }
            }
        }
        attributes
    }
}
