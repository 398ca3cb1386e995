use async_trait::async_trait;
use jit_domain::{
    catalogue::Audience,
    connections::GroupSync,
    error::Reference,
    ids::{EndUserGroupId, EndUserId, WorkspaceId},
    people::{EndUser, EndUserGroup, Membership, MembershipSource, Subject},
    ports::{EndUserRepository, GroupRepository},
    values::EmailAddress,
    views::{EndUserFilter, GroupRow, Page, PageRequest},
};

use super::{MemoryStore, Read, by_name, references};

#[async_trait]
impl EndUserRepository for MemoryStore {
    async fn find_end_user(&self, workspace: WorkspaceId, id: EndUserId) -> Read<Option<EndUser>> {
        Ok(self.state()?.end_users.find(workspace, id).cloned())
    }

    async fn find_end_user_by_subject(
        &self,
        workspace: WorkspaceId,
        subject: &Subject,
    ) -> Read<Option<EndUser>> {
        let known = |user: &EndUser| user.subjects.contains(subject);
        Ok(self.state()?.end_users.find_by(workspace, known))
    }

    async fn list_end_users_by_email(
        &self,
        workspace: WorkspaceId,
        email: &EmailAddress,
    ) -> Read<Vec<EndUser>> {
        let state = self.state()?;
        let same = |user: &&EndUser| user.email.as_ref().is_some_and(|e| e.key() == email.key());
        Ok(state
            .end_users
            .of(workspace)
            .filter(same)
            .cloned()
            .collect())
    }

    async fn list_end_users(
        &self,
        workspace: WorkspaceId,
        filter: &EndUserFilter,
        page: &PageRequest,
    ) -> Read<Page<EndUser>> {
        let show = |user: &EndUser| fits(user, filter).then(|| user.clone());
        let state = self.state()?;
        Ok(state.end_users.page(workspace, page, show, |user| user.id))
    }

    async fn count_end_users(&self, workspace: WorkspaceId) -> Read<u64> {
        Ok(self.state()?.end_users.of(workspace).count() as u64)
    }
}

#[async_trait]
impl GroupRepository for MemoryStore {
    async fn find_group(
        &self,
        workspace: WorkspaceId,
        id: EndUserGroupId,
    ) -> Read<Option<EndUserGroup>> {
        Ok(self.state()?.groups.find(workspace, id).cloned())
    }

    async fn list_groups(&self, workspace: WorkspaceId) -> Read<Vec<GroupRow>> {
        let state = self.state()?;
        let row = |group: &EndUserGroup| {
            let is_member = |user: &&EndUser| user.memberships.iter().any(|m| m.group == group.id);
            GroupRow {
                group: group.clone(),
                members: state.end_users.of(workspace).filter(is_member).count() as u64,
            }
        };
        let all = state.groups.of(workspace).map(row).collect();
        Ok(by_name(all, |row: &GroupRow| &row.group.name))
    }

    async fn list_references_to_group(
        &self,
        workspace: WorkspaceId,
        id: EndUserGroupId,
    ) -> Read<Vec<Reference>> {
        let state = self.state()?;
        let settings = state.settings.find(workspace, workspace);
        let is_audience = |audience: &Audience| matches!(audience, Audience::Groups(groups) if groups.contains(&id));
        let maps = |sync: &GroupSync| matches!(sync, GroupSync::On(rules) if rules.iter().any(|r| r.group == id));
        let source = MembershipSource::Jit;
        let jit = Membership { group: id, source };
        let members = state
            .end_users
            .of(workspace)
            .filter(|it| it.memberships.contains(&jit));
        Ok(references([
            (
                "JIT user settings",
                settings
                    .filter(|it| it.groups.contains(&id))
                    .into_iter()
                    .count(),
            ),
            (
                "API collections",
                state
                    .collections
                    .of(workspace)
                    .filter(|it| is_audience(&it.audience))
                    .count(),
            ),
            (
                "identity providers",
                state
                    .connections
                    .of(workspace)
                    .filter(|it| maps(&it.group_sync))
                    .count(),
            ),
            ("end users", members.count()),
        ]))
    }
}

fn fits(user: &EndUser, filter: &EndUserFilter) -> bool {
    let named = filter.search().is_none_or(|search| {
        let name = user.display_name.as_str().to_lowercase();
        search.finds(&name, user.email.as_ref().map(EmailAddress::key).as_deref())
    });
    named
        && filter
            .usable
            .is_none_or(|usable| usable == user.is_usable())
}
