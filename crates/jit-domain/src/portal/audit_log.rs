use crate::{
    audit::AuditEvent,
    console::ConsoleCaller,
    error::Error,
    views::{AuditFilter, Page, PageRequest},
};

use super::Portal;

impl Portal {
    /// A page of the audit log, newest first (R35).
    pub async fn list_audit_events(
        &self,
        caller: &ConsoleCaller,
        filter: &AuditFilter,
        page: &PageRequest,
    ) -> Result<Page<AuditEvent>, Error> {
        caller.require_reader()?;
        Ok(self
            .ports
            .store
            .list_audit_events(caller.workspace, filter, page)
            .await?)
    }
}
