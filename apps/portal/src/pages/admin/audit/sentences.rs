/// What the actor did; the name of the target follows, unless that is the actor.
pub(super) fn of(action: &str) -> &str {
    match action {
        "workspace.created" => "created the workspace",
        "workspace.administrator_invited" | "setup_link.created" => "made a setup link for",
        "administrator.created" => "created the administrator",
        "administrator.refreshed" => "came with another name, address or role",
        "administrator.signed_in" => "signed in to the console",
        "administrator.signed_out" => "signed out of the console",
        "api_token.created" => "created the API token",
        "api_token.revoked" => "revoked the API token",
        "idp_connection.created" => "created the SSO connection",
        "idp_connection.changed" => "changed the SSO connection",
        "idp_connection.metadata_refreshed" => "read something new in the metadata of",
        "idp_connection.metadata_refresh_failed" => "could not read the metadata of",
        "idp_connection.certificate_ending" => "gave notice that a certificate ends: that of",
        "setup_link.opened" => "began to set up",
        "setup_link.closed" => "ended the setup",
        "setup_link.deleted" => "took back a setup link for",
        "saml_key.created" => "made the key that signs messages to identity providers",
        "jit_settings.saved" => "saved the JIT user settings",
        "jit_settings.method_locked" => {
            "created the first API client, which locked the authentication method"
        }
        "jit_settings.applied" => "applied to existing clients the JIT user settings",
        "jit_settings.applied_to_client" => "applied the JIT user settings to",
        "end_user.created" => "signed in for the first time",
        "end_user.linked" => "came through another identity provider and was linked",
        "end_user.refreshed" => "came with new attributes",
        "end_user.signed_in" => "signed in",
        "end_user.signed_out" => "signed out",
        "session.ended_by_provider" => "ended a session because of a sign-out at",
        "end_user.groups_changed" => "changed the groups of",
        "end_user.hold_opened" => "opened a hold on",
        "end_user.hold_cleared" => "cleared a hold on",
        "end_user_group.created" => "created the group",
        "end_user_group.changed" => "changed the group",
        "end_user_group.deleted" => "deleted the group",
        "policy.created" => "created the policy",
        "policy.changed" => "changed the policy",
        "policy.deleted" => "deleted the policy",
        "api_client.created" => "received the API client",
        "api_client.changed" => "changed the API client",
        "credential.created" => "created a credential of",
        "credential.rotated" => "rotated a credential of",
        "credential.revoked" => "revoked a credential of",
        "api_collection.created" => "created the API collection",
        "api_collection.changed" => "changed the API collection",
        "api_collection.published" => "published the API collection",
        "api_collection.unpublished" => "unpublished the API collection",
        "api_collection.deleted" => "deleted the API collection",
        "access_request.submitted" => "asked for",
        "access_request.approved" => "approved the request for",
        "access_request.rejected" => "rejected the request for",
        "access_request.withdrawn" => "withdrew the request for",
        "access_request.cancelled" => "cancelled the request for",
        "grant.created" => "gave access to",
        "grant.revoked" => "revoked access to",
        other => other,
    }
}

/// `expires_at` as people read it.
pub(super) fn key(key: &str) -> String {
    let mut letters = key.chars();
    let first = letters
        .next()
        .map(|c| c.to_uppercase().to_string())
        .unwrap_or_default();
    format!("{first}{}", letters.as_str()).replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_words() {
        for action in jit_domain::audit::ACTIONS {
            assert_ne!(of(action), *action);
        }
    }
}
