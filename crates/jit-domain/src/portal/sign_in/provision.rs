use crate::{
    audit::Event,
    change::Change,
    clients::ApiClient,
    ids::ApiClientId,
    people::EndUser,
    settings::JitSettings,
    values::{Name, Slug, Timestamp},
};

/// The client of a first login, and with the very first one the lock of the method (R5, R6).
pub(super) fn provision_client(
    settings: &JitSettings,
    owner: &EndUser,
    id: ApiClientId,
    now: Timestamp,
    changes: &mut Vec<Change>,
    events: &mut Vec<Event>,
) {
    if settings.method_locked_since.is_none() {
        events.push(
            Event::changed(
                "jit_settings.method_locked",
                settings.workspace,
                settings.version,
            )
            .with("method", settings.method.code()),
        );
        changes.push(Change::put(JitSettings {
            version: settings.version.next(),
            epoch: settings.epoch.next(),
            method_locked_since: Some(now),
            ..settings.clone()
        }));
    } else {
        changes.push(Change::SameEpoch(settings.epoch));
    }
    let client = ApiClient::new_jit(
        id,
        owner.workspace,
        owner.id,
        client_name(&owner.display_name, id),
        settings.method,
        settings.policy,
        now,
    );
    events.push(
        Event::made("api_client.created", id)
            .with("owner", owner.id)
            .with("method", settings.method.code())
            .with_some("policy", settings.policy),
    );
    changes.push(Change::put(client));
}

/// `dana-okafor-7f3a`: readable, and different for two people of one name.
fn client_name(owner: &Name, id: ApiClientId) -> Name {
    let readable = Slug::from_text("name", owner.as_str())
        .map_or_else(|_| "client".to_owned(), |s| s.to_string());
    let id = id.to_string();
    Name::clipped(&format!("{readable}-{}", &id[id.len() - 4..]))
}
