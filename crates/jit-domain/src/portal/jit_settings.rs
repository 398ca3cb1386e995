use crate::{
    audit::Event,
    change::{Change, Ref},
    console::ConsoleCaller,
    error::{Error, InvalidField, Problems, Rejection},
    settings::{AuthMethod, JitSettings, JitSettingsDraft},
    values::{Timestamp, Version},
    views::{GroupRow, PolicyRow},
};

use super::{Decided, Portal};

/// The settings with what a page says about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JitSettingsState {
    /// The settings; `None` is *not configured* (R1).
    pub settings: Option<JitSettings>,
    /// How many clients a first login has made (R5).
    pub clients: u64,
}

/// Which version somebody decided on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Whatever is there.
    Any,
    /// Nothing was saved yet.
    NotConfigured,
    /// That one.
    Version(Version),
}

impl Expected {
    /// Refuses if something that exists is at another version.
    pub(crate) fn check(self, current: Version) -> Result<(), Rejection> {
        match self {
            Self::Any => Ok(()),
            Self::Version(version) if version == current => Ok(()),
            Self::NotConfigured if current == Version(0) => Ok(()),
            _ => Err(Rejection::Stale { current }),
        }
    }
}

/// Decides a save (R1, R2, R5). The guards make it hold under every race (R6).
pub fn decide_save(
    before: &JitSettingsState,
    expected: Expected,
    draft: &JitSettingsDraft,
    policies: &[PolicyRow],
    groups: &[GroupRow],
    caller: &ConsoleCaller,
    now: Timestamp,
) -> Result<Decided<JitSettings>, Rejection> {
    let mut problems = Problems::default();
    if draft.method.is_none() {
        problems.add(InvalidField::new(
            "auth_method",
            "an authentication method",
            "",
        ));
    }
    let policy = draft.policy.and_then(|id| {
        let found = policies.iter().find(|row| row.policy.id == id);
        if found.is_none() {
            problems.add(InvalidField::new(
                "policy",
                "a policy that exists",
                id.to_string(),
            ));
        }
        found.map(|row| &row.policy)
    });
    let mut guards = Vec::new();
    for id in &draft.groups {
        match groups.iter().find(|row| row.group.id == *id) {
            Some(row) => guards.push(Change::Unchanged(Ref::EndUserGroup(*id), row.group.version)),
            None => problems.add(InvalidField::new(
                "groups",
                "groups that exist",
                id.to_string(),
            )),
        }
    }
    guards.extend(policy.map(|policy| Change::Unchanged(Ref::Policy(policy.id), policy.version)));
    problems.finish()?;
    let method = draft.method.unwrap_or(AuthMethod::AuthToken);

    let current = before.settings.as_ref();
    // Asked first: a locked method cannot be saved on any version or in any release, and that is the better news.
    if let Some(JitSettings {
        method: locked,
        method_locked_since: Some(since),
        ..
    }) = current
        && *locked != method
    {
        return Err(Rejection::AuthMethodLocked {
            method: *locked,
            since: *since,
            clients: before.clients,
        });
    }
    if !method.is_available() {
        return Err(Rejection::AuthMethodUnavailable { method });
    }
    let current_version = current.map_or(Version(0), |settings| settings.version);
    expected.check(current_version)?;

    let settings = JitSettings {
        workspace: caller.workspace,
        version: current_version.next(),
        epoch: match current {
            None => Version::FIRST,
            Some(current) if current.method == method => current.epoch,
            Some(current) => current.epoch.next(),
        },
        method,
        policy: draft.policy,
        groups: draft.groups.clone(),
        method_locked_since: current.and_then(|settings| settings.method_locked_since),
        saved_by: caller.saved_by(),
        saved_at: now,
    };
    let event = Event {
        before: current.map(|settings| settings.version),
        after: Some(settings.version),
        ..Event::made("jit_settings.saved", caller.workspace)
    }
    .with("method", method.code())
    .with_some("policy", settings.policy)
    .with(
        "groups",
        settings
            .groups
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" "),
    );
    let mut changes = guards;
    changes.push(Change::put(settings.clone()));
    Ok(Decided {
        result: settings,
        changes,
        events: vec![event],
    })
}

impl Portal {
    /// The settings as they are.
    pub async fn find_jit_settings(
        &self,
        caller: &ConsoleCaller,
    ) -> Result<JitSettingsState, Error> {
        caller.require_reader()?;
        self.jit_settings_state(caller).await
    }

    async fn jit_settings_state(&self, caller: &ConsoleCaller) -> Result<JitSettingsState, Error> {
        let store = &self.ports.store;
        Ok(JitSettingsState {
            settings: store.find_jit_settings(caller.workspace).await?,
            clients: store.count_jit_clients(caller.workspace).await?,
        })
    }

    /// Saves the settings (R1, R2, R5).
    pub async fn save_jit_settings(
        &self,
        caller: &ConsoleCaller,
        expected: Expected,
        draft: &JitSettingsDraft,
    ) -> Result<JitSettings, Error> {
        caller.require_administrator()?;
        self.deciding(|| async {
            let before = self.jit_settings_state(caller).await?;
            let policies = self.ports.store.list_policies(caller.workspace).await?;
            let groups = self.ports.store.list_groups(caller.workspace).await?;
            let now = self.now();
            let decided = decide_save(&before, expected, draft, &policies, &groups, caller, now)?;
            self.commit(&caller.acting(now), decided).await
        })
        .await
    }
}
