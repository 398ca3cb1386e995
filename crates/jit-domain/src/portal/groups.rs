use crate::{
    audit::Event,
    change::{Change, Ref},
    console::ConsoleCaller,
    error::{Error, InvalidField, Problems, Reference, Rejection},
    ids::{EndUserGroupId, EndUserId},
    people::{EndUserGroup, MembershipSource},
    values::{Name, Timestamp, Version},
    views::GroupRow,
};

use super::{Decided, Expected, Portal};

/// What an administrator wants a group to be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GroupDraft {
    /// Unique without letter case.
    pub name: String,
    /// What it is for; at most 500 characters.
    pub description: String,
}

fn decide_group(
    before: Option<&EndUserGroup>,
    others: &[GroupRow],
    draft: &GroupDraft,
    caller: &ConsoleCaller,
    new: EndUserGroupId,
    now: Timestamp,
) -> Result<Decided<EndUserGroup>, Rejection> {
    let mut problems = Problems::default();
    let name = problems.check(Name::parse("name", &draft.name));
    let description = draft.description.trim().to_owned();
    if description.chars().count() > 500 {
        let found = format!("{} characters", description.chars().count());
        problems.add(InvalidField::new(
            "description",
            "at most 500 characters",
            found,
        ));
    }
    problems.finish()?;
    let name = name.ok_or(Rejection::NotFound { what: "group" })?;
    let same_name = |row: &&GroupRow| {
        before.is_none_or(|before| before.id != row.group.id)
            && row.group.name.as_str().to_lowercase() == name.as_str().to_lowercase()
    };
    if others.iter().any(|row| same_name(&row)) {
        return Err(Rejection::AlreadyExists {
            what: "group",
            name: name.to_string(),
        });
    }
    let group = EndUserGroup {
        id: before.map_or(new, |before| before.id),
        workspace: caller.workspace,
        version: before.map_or(Version::FIRST, |before| before.version.next()),
        name,
        description,
        created_at: before.map_or(now, |before| before.created_at),
    };
    let event = match before {
        None => Event::made("end_user_group.created", group.id),
        Some(before) => Event::changed("end_user_group.changed", before.id, before.version),
    };
    Ok(Decided {
        changes: vec![Change::put(group.clone())],
        events: vec![event],
        result: group,
    })
}

/// R8: what the settings or a client refer to stays.
fn decide_group_deletion(
    group: &EndUserGroup,
    references: Vec<Reference>,
) -> Result<Decided<()>, Rejection> {
    if !references.is_empty() {
        return Err(Rejection::InUse { by: references });
    }
    let event =
        Event::removed("end_user_group.deleted", group.id, group.version).with("name", &group.name);
    let changes = vec![Change::Remove(Ref::EndUserGroup(group.id), group.version)];
    Ok(Decided {
        result: (),
        changes,
        events: vec![event],
    })
}

impl Portal {
    /// Every group with the number of its members.
    pub async fn list_groups(&self, caller: &ConsoleCaller) -> Result<Vec<GroupRow>, Error> {
        caller.require_reader()?;
        Ok(self.ports.store.list_groups(caller.workspace).await?)
    }

    /// Makes a group.
    pub async fn create_group(
        &self,
        caller: &ConsoleCaller,
        draft: &GroupDraft,
    ) -> Result<EndUserGroup, Error> {
        self.save_group(caller, None, Expected::Any, draft).await
    }

    /// Changes a group.
    pub async fn change_group(
        &self,
        caller: &ConsoleCaller,
        id: EndUserGroupId,
        expected: Expected,
        draft: &GroupDraft,
    ) -> Result<EndUserGroup, Error> {
        self.save_group(caller, Some(id), expected, draft).await
    }

    async fn save_group(
        &self,
        caller: &ConsoleCaller,
        id: Option<EndUserGroupId>,
        expected: Expected,
        draft: &GroupDraft,
    ) -> Result<EndUserGroup, Error> {
        caller.require_administrator()?;
        self.deciding(|| async {
            let groups = self.ports.store.list_groups(caller.workspace).await?;
            let before = match id {
                None => None,
                Some(id) => {
                    let found = groups.iter().find(|row| row.group.id == id);
                    let found = &found.ok_or(Rejection::NotFound { what: "group" })?.group;
                    expected.check(found.version)?;
                    Some(found)
                }
            };
            let now = self.now();
            let decided = decide_group(
                before,
                &groups,
                draft,
                caller,
                self.id(EndUserGroupId::new, now),
                now,
            )?;
            self.commit(&caller.acting(now), decided).await
        })
        .await
    }

    /// Deletes a group that nothing refers to (R8); memberships of other sources go with it.
    pub async fn delete_group(
        &self,
        caller: &ConsoleCaller,
        id: EndUserGroupId,
    ) -> Result<(), Error> {
        caller.require_administrator()?;
        let store = &self.ports.store;
        self.deciding(|| async {
            let group = store.find_group(caller.workspace, id).await?;
            let group = group.ok_or(Rejection::NotFound { what: "group" })?;
            let references = store.list_references_to_group(caller.workspace, id).await?;
            let decided = decide_group_deletion(&group, references)?;
            self.commit(&caller.acting(self.now()), decided).await
        })
        .await
    }

    /// Puts a person into exactly these groups by hand; other sources keep theirs.
    pub async fn set_manual_groups(
        &self,
        caller: &ConsoleCaller,
        end_user: EndUserId,
        expected: Expected,
        groups: &[EndUserGroupId],
    ) -> Result<(), Error> {
        caller.require_administrator()?;
        let store = &self.ports.store;
        self.deciding(|| async {
            let user = store.find_end_user(caller.workspace, end_user).await?;
            let user = user.ok_or(Rejection::NotFound { what: "end user" })?;
            expected.check(user.version)?;
            let known = store.list_groups(caller.workspace).await?;
            if let Some(id) = groups
                .iter()
                .find(|id| !known.iter().any(|row| row.group.id == **id))
            {
                return Err(
                    InvalidField::new("groups", "groups that exist", id.to_string()).into(),
                );
            }
            let mut regrouped = user.clone();
            regrouped.set_memberships(MembershipSource::Manual, groups.iter().copied());
            if regrouped == user {
                return Ok(());
            }
            regrouped.version = user.version.next();
            let event = Event::changed("end_user.groups_changed", user.id, user.version);
            let changes = vec![Change::put(regrouped)];
            let decided = Decided {
                result: (),
                changes,
                events: vec![event],
            };
            self.commit(&caller.acting(self.now()), decided).await
        })
        .await
    }
}
