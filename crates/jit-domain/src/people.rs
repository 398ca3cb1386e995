//! End users, their groups, and the reasons why they may not act.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    ids::{EndUserGroupId, EndUserId, IdpConnectionId, WorkspaceId},
    values::{EmailAddress, Name, Timestamp, Version},
};

/// A person known through an identity provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndUser {
    /// Its id.
    pub id: EndUserId,
    /// The tenant that the person belongs to.
    pub workspace: WorkspaceId,
    /// How often it was written.
    pub version: Version,
    /// The identities that sign in as this person: one, or more after linking (R15).
    pub subjects: BTreeSet<Subject>,
    /// The connection of the latest login.
    pub connection: IdpConnectionId,
    /// What to call the person.
    pub display_name: Name,
    /// An attribute, never the identity.
    pub email: Option<EmailAddress>,
    /// Groups, each with the source that put the person there.
    pub memberships: BTreeSet<Membership>,
    /// Why the person may not act; usable if empty.
    pub holds: Vec<Hold>,
    /// Sessions that began before are over (R17).
    pub sessions_valid_from: Timestamp,
    /// The first login.
    pub created_at: Timestamp,
    /// The latest login.
    pub last_signed_in_at: Timestamp,
}

impl EndUser {
    /// Whether the person may act: no hold is open.
    pub fn is_usable(&self) -> bool {
        self.holds.is_empty()
    }

    /// The groups, whatever put the person there.
    pub fn groups(&self) -> BTreeSet<EndUserGroupId> {
        self.memberships.iter().map(|m| m.group).collect()
    }

    /// Replaces what one source has said about groups and leaves the other sources alone.
    pub fn set_memberships(
        &mut self,
        source: MembershipSource,
        groups: impl IntoIterator<Item = EndUserGroupId>,
    ) {
        self.memberships.retain(|m| m.source != source);
        self.memberships
            .extend(groups.into_iter().map(|group| Membership { group, source }));
    }
}

/// The key of a person at an identity provider, within one workspace.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Subject {
    /// The provider's `entityID`.
    pub idp_entity_id: String,
    /// The `NameID`, exactly as the provider sends it.
    pub name_id: String,
}

impl Subject {
    /// The most bytes of a name. SAML asks for 256 characters at most (core 8.3.7), and an index of PostgreSQL
    /// takes about 2,700 bytes.
    pub const LONGEST_NAME: usize = 1024;
}

/// A group that somebody belongs to, by the word of one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Membership {
    /// The group.
    pub group: EndUserGroupId,
    /// Who said so; only the same source takes it back.
    pub source: MembershipSource,
}

/// What puts people into groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MembershipSource {
    /// The groups attribute of a login.
    Idp,
    /// SCIM.
    Scim,
    /// The JIT user settings at the first login.
    Jit,
    /// An administrator.
    Manual,
}

/// A reason why a person may not act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Who opened it; only the same source clears it.
    pub source: HoldSource,
    /// Since when.
    pub since: Timestamp,
    /// What was said about it.
    pub reason: Option<String>,
}

/// What opens holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldSource {
    /// An administrator.
    Admin,
    /// SCIM `active: false`.
    ScimInactive,
    /// The provider suspended the person.
    IdpSuspended,
    /// The provider deactivated the person.
    IdpDeactivated,
    /// The person lost this application at the provider.
    AppUnassigned,
    /// A risk signal.
    Risk,
}

impl HoldSource {
    /// The stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::ScimInactive => "scim_inactive",
            Self::IdpSuspended => "idp_suspended",
            Self::IdpDeactivated => "idp_deactivated",
            Self::AppUnassigned => "app_unassigned",
            Self::Risk => "risk",
        }
    }
}

/// A named set of end users.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndUserGroup {
    /// Its id.
    pub id: EndUserGroupId,
    /// The tenant that it belongs to.
    pub workspace: WorkspaceId,
    /// How often it was written.
    pub version: Version,
    /// Unique in the workspace, without letter case.
    pub name: Name,
    /// What it is for.
    pub description: String,
    /// When it was made.
    pub created_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Programs and the database know them by these names.
    #[test]
    fn a_source_of_holds_is_called_as_it_is_stored() {
        for source in [
            HoldSource::Admin,
            HoldSource::ScimInactive,
            HoldSource::IdpSuspended,
            HoldSource::IdpDeactivated,
            HoldSource::AppUnassigned,
            HoldSource::Risk,
        ] {
            let stored = serde_json::to_value(source).unwrap();
            assert_eq!(stored, source.code());
        }
    }
}
