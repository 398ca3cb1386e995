//! Collections, requests, grants, and what belongs to the console and to logins come back as they were put.

use std::sync::Arc;

use jit_domain::{
    access::{AccessRequest, Decider, Decision, Grant, RequestState, Revocation},
    catalogue::{ApiCollection, Audience, Operation, Publication},
    console::{Administrator, ApiToken, ApproverScope, ConsoleRole, Setup, Workspace},
    ids::{AdministratorId, ApiCollectionId},
    ports::Store,
    sessions::{AuthnRequest, LoginPurpose, NameId, Principal, SamlSession, Session, SessionState},
    values::{Note, Summary},
};

use super::{round_trip::assert_come_back, world::World};

/// R18: publication, audience, operations in their order, and the document to the last character.
pub async fn a_collection_comes_back_as_it_was_put(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let groups = ["Partners", "Staff"].map(|name| world.make.group(name));
    world.put(groups.clone().map(Into::into)).await;
    let operation = |method: &str, path: &str| Operation {
        method: method.to_owned(),
        path: path.to_owned(),
        summary: String::new(),
    };
    let full = ApiCollection {
        summary: Summary::restore("Über\nalles “hier”".to_owned()),
        owner: "Team Ω".to_owned(),
        tags: vec!["z".to_owned(), "a".to_owned(), "z".to_owned()],
        publication: Publication::Draft,
        audience: Audience::Groups(groups.iter().map(|it| it.id).collect()),
        operations: vec![
            operation("POST", "/z"),
            operation("GET", "/a/{id}"),
            operation("GET", "/a"),
        ],
        document: format!("{{\"a\": 1.0, \"text\": \"{}\"}}\n", "ü".repeat(100_000)),
        updated_at: world.make.now(),
        ..world.make.collection("orders")
    };
    let sparse = ApiCollection {
        summary: Summary::restore(String::new()),
        owner: String::new(),
        tags: vec![],
        publication: Publication::Published,
        audience: Audience::Everyone,
        operations: vec![],
        document_version: String::new(),
        document: String::new(),
        ..full.clone()
    };
    let gone = ApiCollection {
        publication: Publication::Deleted,
        audience: Audience::Groups([].into()),
        slug: world.make.collection("deleted-orders").slug,
        ..full.clone()
    };
    assert_come_back(&world, [full.clone(), sparse, gone, full]).await;
}

/// R21: every state of a request, with who, when and with what note.
pub async fn a_request_comes_back_in_every_state(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (make, (_, client)) = (&world.make, world.person("dana").await);
    let by_person = Decision {
        by: Decider::Administrator(make.id(AdministratorId::new)),
        ..make.decision(Some("Fine.\nUntil “Monday”."))
    };
    for (n, end) in [0, 1, 2, 3, 4, 5].into_iter().enumerate() {
        let collection = world.collection(&format!("api-{n}")).await;
        let pending = make.request(&client, &collection);
        let (approved, grant) = make.approved(&pending);
        world.put([pending.clone().into()]).await;
        world.assert_kept(&pending.clone().into()).await;
        let state = match end {
            0 => RequestState::Approved {
                decision: by_person.clone(),
                grant: grant.id,
            },
            1 => approved.state,
            2 => RequestState::Rejected {
                decision: by_person.clone(),
            },
            3 => make.rejected(&pending).state,
            4 => RequestState::Withdrawn { at: make.now() },
            _ => RequestState::Cancelled { at: make.now() },
        };
        let ended = AccessRequest {
            version: pending.version.next(),
            state,
            ..pending
        };
        world.put([ended.clone().into()]).await;
        world.assert_kept(&ended.into()).await;
    }
}

/// R25: a grant with and without an end, and revoked, by a person and by a script.
pub async fn a_grant_comes_back_as_it_was_put(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (_, client) = world.person("dana").await;
    let request = world
        .make
        .request(&client, &world.collection("orders").await);
    world.put([request.clone().into()]).await;
    let (approved, grant) = world.make.approved(&request);
    world.put([approved.into()]).await;
    let by = Decider::Administrator(world.make.id(AdministratorId::new));
    let limited = Grant {
        expires_at: Some(world.make.now()),
        granted_by: by,
        ..grant.clone()
    };
    let revocation = Revocation {
        by,
        at: world.make.now(),
        reason: Note::restore("Left for “Ω”.".to_owned()),
    };
    let revoked = Grant {
        revocation: Some(revocation),
        ..limited.clone()
    };
    let by_script = Grant {
        revocation: world.make.revoked(&grant).revocation,
        ..grant.clone()
    };
    assert_come_back(&world, [grant, limited, revoked, by_script]).await;
}

/// R24: every role, and who the person is as an end user (R22).
pub async fn an_administrator_comes_back_in_every_role(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (user, _) = world.person("dana").await;
    let plain = world.make.administrator("Ada.Lovelace");
    let with = |role| Administrator {
        role,
        end_user: Some(user.id),
        ..plain.clone()
    };
    let roles = roles(&world).map(with);
    assert_come_back(&world, [plain.clone()].into_iter().chain(roles)).await;
}

/// With a password, through a provider, and changed from one to the other.
pub async fn an_administrator_comes_back_with_every_way_to_sign_in(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let connection = world.make.connection("okta");
    world.put([connection.clone().into()]).await;
    let with_password = world.make.administrator("ada");
    let through = |name| Administrator {
        sign_in: world.make.sso_administrator(name, &connection).sign_in,
        ..with_password.clone()
    };
    let (first, second) = (through("Ada “Ω”"), through("ada"));
    assert_come_back(&world, [with_password, first, second.clone()]).await;
    let subject = world.make.subject("ada", &connection);
    let (store, workspace) = (&world.store, world.workspace());
    let found = store.find_administrator_by_subject(workspace, &subject);
    assert_eq!(found.await.unwrap().map(|it| it.id), Some(second.id));
    for other in ["Ada “Ω”", "Ada", "ada "] {
        let subject = world.make.subject(other, &connection);
        let found = store.find_administrator_by_subject(workspace, &subject);
        assert_eq!(found.await.unwrap(), None, "{other:?}");
    }
}

/// R24: a token in every role, with an end and revoked.
pub async fn an_api_token_comes_back_in_every_role(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let plain = world.make.api_token("scripts");
    let with = |role| ApiToken {
        role,
        expires_at: Some(world.make.now()),
        revoked_at: Some(world.make.now()),
        ..plain.clone()
    };
    let roles = roles(&world).map(with);
    assert_come_back(&world, [plain.clone()].into_iter().chain(roles)).await;
}

/// R17: every state of a session, of all kinds of people, with what a logout needs.
pub async fn a_session_comes_back_in_every_state(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (user, _) = world.person("dana").await;
    let connection = world.make.connection("okta");
    world.put([connection.clone().into()]).await;
    let saml = |format: Option<&str>, session_index| SamlSession {
        connection: connection.id,
        name_id: NameId {
            value: "dana “Ω”".to_owned(),
            format: format.map(Into::into),
        },
        session_index,
    };
    let active = world.make.session(Principal::EndUser(user.id));
    let awaiting = Session {
        state: SessionState::AwaitingBrowser {
            browser_sha256: Some(world.make.hash().hex()),
            landing: "/discover/orders?tab=ü".to_owned(),
        },
        saml: Some(saml(Some("urn:x"), Some("_s1".to_owned()))),
        ..active.clone()
    };
    let begun_there = Session {
        state: SessionState::AwaitingBrowser {
            browser_sha256: None,
            landing: "/discover".to_owned(),
        },
        ..awaiting.clone()
    };
    let ended = Session {
        state: SessionState::Ended {
            at: world.make.now(),
        },
        saml: Some(saml(None, None)),
        ..active.clone()
    };
    let administrator = world.make.administrator("ada");
    let of_console = world
        .make
        .session(Principal::Administrator(administrator.id));
    let link = world.make.setup_link(&connection);
    let of_contact = world.make.session(Principal::SetupContact(link.id));
    assert_come_back(&world, [awaiting, begun_there, active, ended]).await;
    world
        .put([
            administrator.into(),
            link.into(),
            of_console.clone().into(),
            of_contact.clone().into(),
        ])
        .await;
    world.assert_kept(&of_console.into()).await;
    world.assert_kept(&of_contact.into()).await;
}

/// R16: a login under way, with and without a deep link, for every purpose.
pub async fn a_login_under_way_comes_back_as_it_was_put(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let connection = world.make.connection("okta");
    world.put([connection.clone().into()]).await;
    let sparse = world.make.authn_request(&connection);
    let full = AuthnRequest {
        return_to: Some("/discover/orders?tab=ü#x".to_owned()),
        ..world.make.authn_request(&connection)
    };
    world
        .put([sparse.clone().into(), full.clone().into()])
        .await;
    world.assert_kept(&sparse.into()).await;
    world.assert_kept(&full.into()).await;
    for purpose in [
        LoginPurpose::Portal,
        LoginPurpose::Console,
        LoginPurpose::Test,
    ] {
        let login = AuthnRequest {
            purpose,
            ..world.make.authn_request(&connection)
        };
        world.put([login.clone().into()]).await;
        world.assert_kept(&login.into()).await;
    }
}

/// Every stage of the setup.
pub async fn a_workspace_comes_back_in_every_stage(store: Arc<dyn Store>) {
    let make = crate::Fixtures::default();
    let found = store.find_workspace(&make.workspace().slug).await;
    assert_eq!(found.unwrap(), None, "an empty store has no workspace");
    let world = World::with(store, make).await;
    let invited = Setup::Invited {
        code_sha256: world.make.hash().hex(),
        expires_at: world.make.now(),
    };
    for (n, setup) in (2..).zip([Setup::Waiting, invited, Setup::Done]) {
        let workspace = Workspace {
            version: jit_domain::values::Version(n),
            setup,
            ..world.make.workspace()
        };
        world.put([workspace.clone().into()]).await;
        world.assert_kept(&workspace.into()).await;
    }
}

fn roles(world: &World) -> [ConsoleRole; 5] {
    let some = [(); 3].map(|()| world.make.id(ApiCollectionId::new));
    let approver = ConsoleRole::Approver;
    [
        ConsoleRole::Auditor,
        approver(ApproverScope::All),
        approver(ApproverScope::Collections(some.into())),
        approver(ApproverScope::Collections([].into())),
        ConsoleRole::Administrator,
    ]
}
