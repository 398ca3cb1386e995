use chrono::SubsecRound;
use jit_domain::{
    change::{Aggregate, Change, Commit},
    error::StoreError,
    ports::{GroupRepository, Store},
};

use super::{Fault, kinds::puts, watch::Broken};
use crate::memory::Check;

impl Broken {
    /// The commit, with what this store does wrong about it.
    pub(super) async fn spoiled(&self, commit: &Commit) -> Result<(), StoreError> {
        let memory = &self.memory;
        match self.fault {
            Fault::ForgetsGuards => {
                let guards = |change: &Change| matches!(change, Change::Unchanged(..));
                memory.commit(&without(commit, guards)).await
            }
            Fault::ForgetsTheEpoch => {
                let epochs = |change: &Change| matches!(change, Change::SameEpoch(_));
                memory.commit(&without(commit, epochs)).await
            }
            Fault::ForgetsReplays => {
                let accepts = |change: &Change| matches!(change, Change::Accept(_));
                memory.commit(&without(commit, accepts)).await
            }
            Fault::KeepsWhatIsRemoved => {
                let removals = |change: &Change| matches!(change, Change::Remove(..));
                memory.commit(&without(commit, removals)).await
            }
            Fault::IgnoresVersions => memory.commit_leaving_out(Some(Check::Versions), commit),
            Fault::ChangesMethods => memory.commit_leaving_out(Some(Check::Method), commit),
            Fault::RemovesWhatIsInUse => memory.commit_leaving_out(Some(Check::Uses), commit),
            Fault::KeepsWhatGoesWithIt => {
                memory.commit_leaving_out(Some(Check::Companions), commit)
            }
            Fault::ForgetsKeysOf(kind) => {
                let left_out = puts(commit, kind).then_some(Check::Keys);
                memory.commit_leaving_out(left_out, commit)
            }
            Fault::ForgetsReferencesOf(kind) => {
                let left_out = puts(commit, kind).then_some(Check::References);
                memory.commit_leaving_out(left_out, commit)
            }
            Fault::TearsCommits => self.torn(commit).await,
            Fault::SwallowsRefusals => memory.commit(commit).await.or(Ok(())),
            Fault::RefusesAsUnavailable => memory
                .commit(commit)
                .await
                .map_err(|refused| StoreError::Unavailable(refused.into())),
            Fault::RefusesWhatItApplied => {
                memory.commit(commit).await?;
                Err(StoreError::Conflict)
            }
            Fault::AppliesInReverse => {
                let mut commit = commit.clone();
                commit.changes.reverse();
                memory.commit(&commit).await
            }
            Fault::LosesTheLastChange => {
                let mut commit = commit.clone();
                commit.changes.pop();
                memory.commit(&commit).await
            }
            Fault::LosesAnAuditEvent => {
                let mut commit = commit.clone();
                commit.events.pop();
                memory.commit(&commit).await
            }
            Fault::LogsRefusedCommits => {
                let answer = memory.commit(commit).await;
                if answer.is_err() {
                    memory.commit(&without(commit, |_| true)).await?;
                }
                answer
            }
            Fault::RoundsMoments => memory.commit(&rounded(commit)).await,
            Fault::FoldsAsciiOnly => self.folding_ascii_only(commit).await,
            Fault::CrossesWorkspaces => self.anywhere(commit).await,
            Fault::Hides(_) | Fault::Leaks(_) | Fault::Reverses(_) | Fault::PagesByOffset(_) => {
                memory.commit(commit).await
            }
        }
    }

    async fn torn(&self, commit: &Commit) -> Result<(), StoreError> {
        let answer = self.memory.commit(commit).await;
        if answer.is_err() {
            for change in &commit.changes {
                let mut part = without(commit, |_| true);
                part.events.clear();
                part.changes.push(change.clone());
                self.memory.commit(&part).await?;
            }
        }
        answer
    }

    async fn folding_ascii_only(&self, commit: &Commit) -> Result<(), StoreError> {
        let answer = self.memory.commit(commit).await;
        for change in &commit.changes {
            let Change::Put(Aggregate::EndUserGroup(group)) = change else {
                return answer;
            };
            for row in self.memory.list_groups(commit.workspace).await? {
                let (one, other) = (row.group.name.as_str(), group.name.as_str());
                if row.group.id != group.id && one.eq_ignore_ascii_case(other) {
                    return answer;
                }
            }
        }
        answer.or_else(|_| self.memory.commit_leaving_out(Some(Check::Keys), commit))
    }

    async fn anywhere(&self, commit: &Commit) -> Result<(), StoreError> {
        let answer = self.memory.commit(commit).await;
        if answer.is_ok() {
            return answer;
        }
        for workspace in self.workspaces_but(commit.workspace) {
            let mut there = commit.clone();
            there.workspace = workspace;
            if self.memory.commit(&there).await.is_ok() {
                return Ok(());
            }
        }
        answer
    }
}

fn without(commit: &Commit, dropped: impl Fn(&Change) -> bool) -> Commit {
    let mut commit = commit.clone();
    commit.changes.retain(|change| !dropped(change));
    commit
}

fn rounded(commit: &Commit) -> Commit {
    let mut commit = commit.clone();
    for change in &mut commit.changes {
        if let Change::Put(Aggregate::EndUser(user)) = change {
            user.last_signed_in_at = user.last_signed_in_at.trunc_subsecs(3);
            user.sessions_valid_from = user.sessions_valid_from.trunc_subsecs(3);
        }
    }
    commit
}
