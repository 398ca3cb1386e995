//! What decisions guard: the one mistake that the design allows is to forget it.

use jit_domain::{
    assertion::Assertion,
    change::{Aggregate, Change, Ref},
    portal::{
        Decided, Expected, JitSettingsState, NewSignIn, SignInView, SignedInNow, decide_save,
        decide_sign_in,
    },
    sessions::AuthnRequest,
    settings::{AuthMethod, JitSettings, JitSettingsDraft},
    tokens::SecretKind,
    values::Version,
};
use jit_testkit::Fixtures;

use crate::world::World;

fn view(make: &Fixtures, settings: JitSettings) -> (SignInView, Assertion, NewSignIn) {
    let connection = make.connection("okta");
    let now = make.now();
    let request = AuthnRequest {
        id: jit_domain::sessions::AuthnRequestId::new(uuid::Uuid::from_u128(5)),
        workspace: make.workspace_id(),
        version: Version::FIRST,
        connection: connection.id,
        purpose: jit_domain::sessions::LoginPurpose::Portal,
        browser: make.secret(SecretKind::Browser).hash(),
        return_to: None,
        created_at: now,
        expires_at: now + chrono::Duration::minutes(5),
    };
    let who = Assertion {
        assertion_id: "_a".to_owned(),
        issuer: connection.idp.as_ref().unwrap().entity_id.clone(),
        name_id: "dana".to_owned(),
        name_id_format: None,
        session_index: None,
        in_response_to: Some(request.id.to_string()),
        session_not_on_or_after: None,
        valid_until: now,
        attributes: [].into(),
    };
    let new = NewSignIn {
        end_user: make.id(jit_domain::ids::EndUserId::new),
        client: make.id(jit_domain::ids::ApiClientId::new),
        session: make.id(jit_domain::ids::SessionId::new),
        session_hash: make.hash(),
    };
    let view = SignInView {
        connection,
        others: vec![],
        settings: Some(settings),
        known: None,
        same_email: vec![],
        client: None,
        has_live_grant: false,
        request: Some(request),
        relay_state: None,
        accepted_before: false,
    };
    (view, who, new)
}

fn puts(decided: &Decided<SignedInNow>) -> Vec<Ref> {
    let put = |change: &Change| match change {
        Change::Put(aggregate) => Some(aggregate.reference()),
        _ => None,
    };
    decided.changes.iter().filter_map(put).collect()
}

/// R6: the login that makes the first client puts the settings; every later first login guards their epoch,
/// which a save of the same method leaves alone.
#[test]
fn a_first_login_puts_or_guards_the_settings() {
    let make = Fixtures::default();
    let settings = make.settings();
    let this = Ref::JitSettings(settings.workspace);
    let (seen, who, new) = view(&make, settings.clone());
    let first = decide_sign_in(seen, &who, &new, make.now()).unwrap();
    assert!(puts(&first).contains(&this));

    let locked = JitSettings {
        method_locked_since: Some(make.now()),
        version: Version(2),
        epoch: Version(2),
        ..settings
    };
    let (seen, who, new) = view(&make, locked);
    let later = decide_sign_in(seen, &who, &new, make.now()).unwrap();
    assert!(later.changes.contains(&Change::SameEpoch(Version(2))));
}

/// R11, R13: every login consumes its request, guards its connection and remembers the assertion.
#[test]
fn a_login_guards_the_connection_and_is_accepted_once() {
    let make = Fixtures::default();
    let (seen, who, new) = view(&make, make.settings());
    let (connection, request) = (seen.connection.clone(), seen.request.clone().unwrap());
    let decided = decide_sign_in(seen, &who, &new, make.now()).unwrap();
    let guard = Change::Unchanged(Ref::IdpConnection(connection.id), connection.version);
    assert!(decided.changes.contains(&guard));
    assert!(decided.changes.contains(&Change::Remove(
        Ref::AuthnRequest(request.id),
        request.version
    )));
    assert!(
        decided
            .changes
            .iter()
            .any(|c| matches!(c, Change::Accept(a) if a.assertion_id == "_a"))
    );
}

/// R13: a repeated login of a known person guards the person and writes no user and no client.
#[test]
fn a_repeated_login_writes_only_a_session() {
    let make = Fixtures::default();
    let (mut seen, mut who, new) = view(&make, make.settings());
    let mut dana = make.end_user("dana", &seen.connection);
    dana.last_signed_in_at = make.now();
    who.attributes
        .insert("displayName".to_owned(), vec!["dana".to_owned()]);
    who.attributes
        .insert("email".to_owned(), vec!["dana@example.com".to_owned()]);
    seen.client = Some(make.client(&dana));
    seen.known = Some(dana.clone());
    let decided = decide_sign_in(seen, &who, &new, make.now()).unwrap();
    assert_eq!(puts(&decided), [Ref::Session(new.session)]);
    assert!(
        decided
            .changes
            .contains(&Change::Unchanged(Ref::EndUser(dana.id), dana.version))
    );
}

/// R2, R8: a save guards the policy and the groups that it names.
#[tokio::test]
async fn a_save_guards_what_it_names() {
    let world = World::new().await;
    let make = Fixtures::default();
    let (policy, group) = (make.policy("Standard"), make.group("Engineering"));
    let draft = JitSettingsDraft {
        method: Some(AuthMethod::AuthToken),
        policy: Some(policy.id),
        groups: [group.id].into(),
    };
    let before = JitSettingsState {
        settings: None,
        clients: 0,
    };
    let policies = [jit_domain::views::PolicyRow {
        policy: policy.clone(),
        clients: 0,
    }];
    let groups = [jit_domain::views::GroupRow {
        group: group.clone(),
        members: 0,
    }];
    let expected = Expected::NotConfigured;
    let decided = decide_save(
        &before,
        expected,
        &draft,
        &policies,
        &groups,
        &world.admin,
        make.now(),
    )
    .unwrap();
    let guarded = |what, version| decided.changes.contains(&Change::Unchanged(what, version));
    assert!(guarded(Ref::Policy(policy.id), policy.version));
    assert!(guarded(Ref::EndUserGroup(group.id), group.version));
    assert!(
        decided
            .changes
            .iter()
            .any(|c| matches!(c, Change::Put(Aggregate::JitSettings(_))))
    );
}
