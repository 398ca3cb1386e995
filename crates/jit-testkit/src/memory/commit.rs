use jit_domain::{
    change::{AcceptedAssertion, Change, Commit, Ref},
    error::StoreError,
    ids::WorkspaceId,
    values::Version,
};

use super::{
    check::Check,
    state::{Accepted, State},
};

impl State {
    /// Applies the changes in order. After an error the state is half done and must be thrown away.
    pub(super) fn apply(
        &mut self,
        commit: &Commit,
        left_out: Option<Check>,
    ) -> Result<(), StoreError> {
        let workspace = commit.workspace;
        for change in &commit.changes {
            self.apply_one(workspace, change, left_out)?;
        }
        for event in &commit.events {
            only_if(event.workspace == workspace)?;
            self.audit.put(event.clone())?;
        }
        for change in commit.gateway_changes() {
            self.last_change += 1;
            self.changelog.push((workspace, self.last_change, change));
        }
        Ok(())
    }

    fn apply_one(
        &mut self,
        workspace: WorkspaceId,
        change: &Change,
        left_out: Option<Check>,
    ) -> Result<(), StoreError> {
        let skips = |check| left_out == Some(check);
        match change {
            Change::Put(aggregate) => {
                only_if(aggregate.workspace() == workspace)?;
                only_if(skips(Check::Keys) || self.keys_are_free(aggregate))?;
                only_if(skips(Check::References) || self.references_exist(aggregate))?;
                only_if(skips(Check::Method) || self.keeps_its_method(aggregate))?;
                if skips(Check::Versions) {
                    self.overwrite(aggregate);
                    return Ok(());
                }
                self.put(aggregate)
            }
            Change::Remove(what, version) => {
                self.remove(workspace, *what, *version)?;
                only_if(skips(Check::Uses) || !self.is_referred_to(workspace, *what))?;
                if !skips(Check::Companions) {
                    self.remove_what_goes_with(*what);
                }
                Ok(())
            }
            Change::Unchanged(what, version) => self.expect(workspace, *what, *version),
            Change::SameEpoch(epoch) => only_if(self.is_epoch(workspace, *epoch)),
            Change::Accept(assertion) => self.accept(workspace, assertion),
        }
    }

    fn is_epoch(&self, workspace: WorkspaceId, epoch: Version) -> bool {
        let settings = self.settings.find(workspace, workspace);
        settings.is_some_and(|settings| settings.epoch == epoch)
    }

    fn accept(
        &mut self,
        workspace: WorkspaceId,
        assertion: &AcceptedAssertion,
    ) -> Result<(), StoreError> {
        let accepted = Accepted {
            workspace,
            idp_entity_id: assertion.idp_entity_id.clone(),
            assertion_id: assertion.assertion_id.clone(),
        };
        let before = self.accepted.insert(accepted, assertion.valid_until);
        only_if(before.is_none())
    }

    fn remove_what_goes_with(&mut self, what: Ref) {
        match what {
            Ref::EndUserGroup(group) => self
                .end_users
                .for_each(|user| user.memberships.retain(|m| m.group != group)),
            Ref::IdpConnection(id) => {
                self.setup_links.keep(|link| link.connection != id);
                self.sign_in_attempts
                    .keep(|attempt| attempt.connection != id);
            }
            _ => {}
        }
    }
}

fn only_if(fine: bool) -> Result<(), StoreError> {
    if fine {
        Ok(())
    } else {
        Err(StoreError::Conflict)
    }
}
