use jit_domain::change::{Change, Commit, Ref};

/// Whether a commit puts an aggregate of that kind.
pub(super) fn puts(commit: &Commit, wanted: &str) -> bool {
    let is_put = |change: &Change| match change {
        Change::Put(aggregate) => kind(aggregate.reference()) == wanted,
        _ => false,
    };
    commit.changes.iter().any(is_put)
}

fn kind(what: Ref) -> &'static str {
    match what {
        Ref::Workspace(_) => "Workspace",
        Ref::JitSettings(_) => "JitSettings",
        Ref::IdpConnection(_) => "IdpConnection",
        Ref::EndUser(_) => "EndUser",
        Ref::EndUserGroup(_) => "EndUserGroup",
        Ref::ApiClient(_) => "ApiClient",
        Ref::Policy(_) => "Policy",
        Ref::ApiCollection(_) => "ApiCollection",
        Ref::AccessRequest(_) => "AccessRequest",
        Ref::Grant(_) => "Grant",
        Ref::Administrator(_) => "Administrator",
        Ref::ApiToken(_) => "ApiToken",
        Ref::Session(_) => "Session",
        Ref::AuthnRequest(_) => "AuthnRequest",
        Ref::SamlKey(_) => "SamlKey",
        Ref::SetupLink(_) => "SetupLink",
        Ref::SignInAttempt(_) => "SignInAttempt",
    }
}
