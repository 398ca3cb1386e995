//! A portal with one administrator and one identity provider, and short words for what people do in it.

use std::{collections::BTreeMap, sync::Arc};

use chrono::Duration;
use jit_domain::{
    Portal,
    access::{AccessRequest, Decider, Grant},
    assertion::Assertion,
    catalogue::{ApiCollection, Publication},
    change::{Change, Commit},
    connections::IdpConnection,
    console::{ConsoleCaller, ConsoleRole, Origin, Workspace},
    error::{Error, Rejection},
    ids::AdministratorId,
    people::EndUserGroup,
    portal::{
        AdministratorDraft, Approval, CollectionDraft, EndUserCaller, Expected, GroupDraft,
        LoginTarget, SignedIn, SignedInNow,
    },
    ports::{Ports, Store},
    settings::{AuthMethod, JitSettings, JitSettingsDraft},
    values::{EmailAddress, Slug, Timestamp},
};
use jit_testkit::{FixedClock, Fixtures, MemoryStore, PlainPasswords, SeededRandom};

pub(crate) const PASSWORD: &str = "correct horse battery";

pub(crate) struct World {
    pub(crate) portal: Portal,
    pub(crate) store: Arc<MemoryStore>,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) workspace: Workspace,
    pub(crate) admin: ConsoleCaller,
    pub(crate) connection: IdpConnection,
}

impl World {
    /// Nobody has saved JIT user settings yet.
    pub(crate) async fn new() -> Self {
        let store = Arc::new(MemoryStore::new());
        let clock = Arc::new(FixedClock::default());
        let portal = Portal::new(Ports {
            store: store.clone(),
            clock: clock.clone(),
            random: Arc::new(SeededRandom::new(7)),
            passwords: Arc::new(PlainPasswords),
        });
        let slug = Slug::parse("workspace", "default").unwrap();
        let code = portal
            .invite_first_administrator(&slug)
            .await
            .unwrap()
            .unwrap();
        let draft = AdministratorDraft {
            email: "alex@acme.example".to_owned(),
            name: "Alex Kim".to_owned(),
            password: PASSWORD.to_owned(),
        };
        let id = portal
            .create_first_administrator(&slug, code.reveal(), draft, &Origin::default())
            .await
            .unwrap();
        let workspace = portal.open_workspace(&slug).await.unwrap();
        let admin = ConsoleCaller {
            workspace: workspace.id,
            identity: Decider::Administrator(id),
            role: ConsoleRole::Administrator,
            email: Some(EmailAddress::parse("email", "alex@acme.example").unwrap()),
            end_user: None,
            origin: Origin::default(),
        };
        let connection = IdpConnection {
            workspace: workspace.id,
            ..Fixtures::default().connection("okta")
        };
        let world = Self {
            portal,
            store,
            clock,
            workspace,
            admin,
            connection,
        };
        world.put(world.connection.clone()).await;
        world
    }

    /// Settings are saved: auth tokens, no policy, no groups.
    pub(crate) async fn configured() -> Self {
        let world = Self::new().await;
        world.save(AuthMethod::AuthToken).await.unwrap();
        world
    }

    pub(crate) async fn put(&self, it: impl Into<jit_domain::change::Aggregate>) {
        let workspace = self.workspace.id;
        let commit = Commit {
            workspace,
            changes: vec![Change::put(it)],
            events: vec![],
        };
        self.store.commit(&commit).await.unwrap();
    }

    /// Replaces the connection by a changed one.
    pub(crate) async fn change_connection(&mut self, change: impl FnOnce(&mut IdpConnection)) {
        change(&mut self.connection);
        self.connection.version = self.connection.version.next();
        self.put(self.connection.clone()).await;
    }

    pub(crate) async fn save(&self, method: AuthMethod) -> Result<JitSettings, Error> {
        let draft = JitSettingsDraft {
            method: Some(method),
            ..JitSettingsDraft::default()
        };
        self.save_draft(draft).await
    }

    pub(crate) async fn save_draft(&self, draft: JitSettingsDraft) -> Result<JitSettings, Error> {
        self.portal
            .save_jit_settings(&self.admin, Expected::Any, &draft)
            .await
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.portal.now()
    }

    /// What the provider says of a person: name id, name and address follow from the word.
    pub(crate) fn assertion(&self, person: &str) -> Assertion {
        let moment = self.clock.advance(Duration::microseconds(1));
        Assertion {
            assertion_id: format!("_{person}-{}", moment.timestamp_micros()),
            issuer: self.connection.idp.as_ref().unwrap().entity_id.clone(),
            name_id: person.to_owned(),
            name_id_format: None,
            session_index: Some("1".to_owned()),
            in_response_to: None,
            session_not_on_or_after: None,
            valid_until: self.now() + Duration::minutes(5),
            attributes: BTreeMap::from([
                ("displayName".to_owned(), vec![format!("{person} of Acme")]),
                ("email".to_owned(), vec![format!("{person}@acme.example")]),
            ]),
        }
    }

    /// The whole login of a person, browser included.
    pub(crate) async fn sign_in(&self, person: &str) -> Result<Login, Error> {
        self.sign_in_with(self.assertion(person), None).await
    }

    pub(crate) async fn sign_in_with(
        &self,
        mut who: Assertion,
        return_to: Option<&str>,
    ) -> Result<Login, Error> {
        let (workspace, slug) = (self.workspace.id, &self.connection.slug);
        let begun = self
            .portal
            .begin_sign_in(workspace, slug, LoginTarget::Portal, return_to)
            .await?;
        who.in_response_to = Some(begun.request.id.to_string());
        let origin = Origin::default();
        let (now, session) = self
            .portal
            .sign_in(workspace, slug, &who, None, &origin)
            .await?;
        let browser = Some(begun.browser.reveal());
        let landing = self
            .portal
            .finish_sign_in(workspace, session.reveal(), browser, None, &origin)
            .await?;
        assert_eq!(landing, now.landing);
        Ok(Login {
            now,
            session: session.reveal().to_owned(),
            workspace,
        })
    }

    pub(crate) async fn signed_in(&self, session: &str) -> Option<SignedIn> {
        self.portal
            .find_signed_in(self.workspace.id, session)
            .await
            .unwrap()
    }

    pub(crate) async fn group(&self, name: &str) -> EndUserGroup {
        let draft = GroupDraft {
            name: name.to_owned(),
            ..GroupDraft::default()
        };
        self.portal.create_group(&self.admin, &draft).await.unwrap()
    }

    /// A published collection of that name, for everyone.
    pub(crate) async fn collection(&self, name: &str) -> ApiCollection {
        let draft = CollectionDraft {
            document: Some(document(name)),
            ..CollectionDraft::default()
        };
        let made = self
            .portal
            .create_collection(&self.admin, &draft)
            .await
            .unwrap();
        self.portal
            .set_publication(&self.admin, made.id, Publication::Published)
            .await
            .unwrap()
            .collection
    }

    pub(crate) async fn request(
        &self,
        login: &Login,
        collection: &ApiCollection,
    ) -> Result<AccessRequest, Error> {
        self.portal
            .request_access(&login.caller(), collection.id, "we sync orders nightly")
            .await
    }

    pub(crate) async fn approve(&self, request: &AccessRequest) -> Result<Grant, Error> {
        self.portal
            .approve(&self.admin, request.id, &Approval::default())
            .await
    }

    /// Another administrator with that role.
    pub(crate) fn colleague(&self, role: ConsoleRole) -> ConsoleCaller {
        let id = AdministratorId::new(uuid::Uuid::from_u128(99));
        ConsoleCaller {
            identity: Decider::Administrator(id),
            email: None,
            role,
            ..self.admin.clone()
        }
    }

    pub(crate) async fn actions(&self) -> Vec<&'static str> {
        let page = jit_domain::views::PageRequest {
            after: None,
            limit: jit_domain::views::PageLimit::clamped(100),
        };
        let filter = jit_domain::views::AuditFilter::default();
        let page = self
            .portal
            .list_audit_events(&self.admin, &filter, &page)
            .await
            .unwrap();
        page.items
            .iter()
            .rev()
            .map(|line| line.event.action)
            .collect()
    }
}

pub(crate) fn document(title: &str) -> String {
    format!(
        r#"{{"openapi": "3.1.0", "info": {{"title": "{title}", "version": "1.2.0"}},
            "servers": [{{"url": "https://upstream.example"}}],
            "paths": {{"/things": {{"get": {{"summary": "List things"}}}}}}}}"#
    )
}

/// Somebody who signed in.
#[derive(Debug)]
pub(crate) struct Login {
    pub(crate) now: SignedInNow,
    pub(crate) session: String,
    workspace: jit_domain::ids::WorkspaceId,
}

impl Login {
    pub(crate) fn caller(&self) -> EndUserCaller {
        EndUserCaller {
            workspace: self.workspace,
            end_user: self.now.end_user.id,
            origin: Origin::default(),
        }
    }
}

/// The business reason of an error.
pub(crate) fn rejection<T: std::fmt::Debug>(result: Result<T, Error>) -> Rejection {
    match result {
        Err(Error::Rejected(rejection)) => rejection,
        other => panic!("expected a rejection, got {other:?}"),
    }
}
