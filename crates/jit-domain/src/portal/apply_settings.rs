use crate::{
    audit::Event,
    change::{Change, Ref},
    clients::ApiClient,
    console::ConsoleCaller,
    error::{Error, Rejection},
    people::{EndUser, MembershipSource},
    settings::JitSettings,
    views::{PageLimit, PageRequest},
};

use super::{Decided, Portal};

/// What *apply to existing clients* has touched, or would touch (R7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Applied {
    /// JIT clients whose policy or whose owner's groups differ from the settings.
    pub differing: u64,
    /// JIT clients in all.
    pub clients: u64,
}

/// The client and its owner as the settings want them; `None` if they are so already.
///
/// The authentication method is not among it: there is nothing that could change it (R4).
pub fn decide_apply(
    settings: &JitSettings,
    client: &ApiClient,
    owner: &EndUser,
) -> Option<Decided<()>> {
    let mut changes = vec![Change::Unchanged(
        Ref::JitSettings(settings.workspace),
        settings.version,
    )];
    if client.policy != settings.policy {
        let mut client = client.clone();
        client.policy = settings.policy;
        client.version = client.version.next();
        changes.push(Change::put(client));
    }
    let mut regrouped = owner.clone();
    regrouped.set_memberships(MembershipSource::Jit, settings.groups.iter().copied());
    if regrouped != *owner {
        regrouped.version = regrouped.version.next();
        changes.push(Change::put(regrouped));
    }
    let touched = changes.len() > 1;
    let event = Event::changed(
        "jit_settings.applied_to_client",
        client.id(),
        client.version,
    )
    .with_some("policy", settings.policy);
    touched.then(|| Decided {
        result: (),
        changes,
        events: vec![event],
    })
}

fn decide_epoch(settings: &JitSettings) -> Decided<()> {
    let event = Event::changed("jit_settings.applied", settings.workspace, settings.version);
    let next = JitSettings {
        version: settings.version.next(),
        epoch: settings.epoch.next(),
        ..settings.clone()
    };
    Decided {
        result: (),
        changes: vec![Change::put(next)],
        events: vec![event],
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Then {
    Count,
    Apply,
}

impl Portal {
    /// How many clients *apply to existing clients* would touch (R7).
    pub async fn count_unapplied_clients(&self, caller: &ConsoleCaller) -> Result<Applied, Error> {
        caller.require_reader()?;
        self.each_jit_client(caller, Then::Count).await
    }

    /// Gives existing JIT clients the policy and the groups of the settings (R7).
    ///
    /// One commit a client: what was done stays done if it is interrupted, and doing it again does the rest.
    pub async fn apply_jit_settings(&self, caller: &ConsoleCaller) -> Result<Applied, Error> {
        caller.require_administrator()?;
        self.begin_epoch(caller).await?;
        self.each_jit_client(caller, Then::Apply).await
    }

    /// From here on no first login commits what it read before, so the clients that are about to be
    /// visited are all that can still differ.
    async fn begin_epoch(&self, caller: &ConsoleCaller) -> Result<(), Error> {
        self.deciding(|| async {
            let found = self.ports.store.find_jit_settings(caller.workspace).await?;
            let settings = found.ok_or(Rejection::SettingsNotConfigured)?;
            let decided = decide_epoch(&settings);
            self.commit(&caller.acting(self.now()), decided).await
        })
        .await
    }

    async fn each_jit_client(&self, caller: &ConsoleCaller, then: Then) -> Result<Applied, Error> {
        let mut applied = Applied::default();
        let mut page = PageRequest {
            after: None,
            limit: PageLimit::clamped(100),
        };
        loop {
            let clients = self
                .ports
                .store
                .list_clients(caller.workspace, &page)
                .await?;
            for client in &clients.items {
                let differing = self.apply_to_client(caller, client, then).await?;
                applied.differing += u64::from(differing);
                applied.clients += 1;
            }
            match clients.next {
                Some(next) => page.after = Some(next),
                None => return Ok(applied),
            }
        }
    }

    async fn apply_to_client(
        &self,
        caller: &ConsoleCaller,
        client: &ApiClient,
        then: Then,
    ) -> Result<bool, Error> {
        let store = &self.ports.store;
        self.deciding(|| async {
            let settings = store.find_jit_settings(caller.workspace).await?;
            let settings = settings.ok_or(Rejection::SettingsNotConfigured)?;
            let client = store.find_client(caller.workspace, client.id()).await?;
            let Some(client) = client else {
                return Ok(false);
            };
            let owner = store
                .find_end_user(caller.workspace, client.owner())
                .await?;
            let Some(owner) = owner else { return Ok(false) };
            match decide_apply(&settings, &client, &owner) {
                None => Ok(false),
                Some(_) if then == Then::Count => Ok(true),
                Some(decided) => {
                    self.commit(&caller.acting(self.now()), decided).await?;
                    Ok(true)
                }
            }
        })
        .await
    }
}
