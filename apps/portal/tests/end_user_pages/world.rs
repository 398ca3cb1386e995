//! A portal with one administrator and one identity provider, on a store in memory.

use std::{collections::BTreeMap, sync::Arc};

use axum::{Router, middleware};
use chrono::Duration;
use jit_domain::{
    Portal,
    access::{AccessRequest, Decider, Grant},
    assertion::Assertion,
    catalogue::{ApiCollection, Publication},
    change::{Change, Commit},
    connections::IdpConnection,
    console::{ConsoleCaller, ConsoleRole, Origin},
    ids::{AdministratorId, EndUserId},
    portal::{
        AdministratorDraft, Approval, CollectionDraft, EndUserCaller, Expected, LoginTarget,
        SignedInNow,
    },
    ports::{Ports, Store},
    saml_keys::SamlKey,
    settings::{AuthMethod, JitSettingsDraft},
    tokens::Secret,
    values::{EmailAddress, Slug, Timestamp},
    views::{AccessRequestFilter, PageRequest},
};
use jit_gateway::Follower;
use jit_idp::SamlMetadata;
use jit_testkit::{
    FixedClock, Fixtures, MemoryStore, PlainPasswords, ScriptedVerifier, SeededRandom,
};
use portal::{facts, pages, pages::headers::PageSettings, sso, wiring::App};

use crate::browser::Browser;

pub(crate) const PASSWORD: &str = "correct horse battery";
pub(crate) const EMAIL: &str = "alex@acme.example";

pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) store: Arc<MemoryStore>,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) admin: ConsoleCaller,
    pub(crate) connection: IdpConnection,
    /// What the setup link carries; used up unless the world is empty.
    pub(crate) code: String,
}

/// Somebody who came through the identity provider.
pub(crate) struct Person {
    pub(crate) id: EndUserId,
    pub(crate) session: String,
    pub(crate) browser: Browser,
    pub(crate) caller: EndUserCaller,
}

impl World {
    /// Nobody has set anything up.
    pub(crate) async fn empty() -> Self {
        let store = Arc::new(MemoryStore::new());
        let clock = Arc::new(FixedClock::default());
        let portal = Portal::new(Ports {
            store: store.clone(),
            clock: clock.clone(),
            random: Arc::new(SeededRandom::new(7)),
            passwords: Arc::new(PlainPasswords),
        });
        let slug = Slug::restore("default".to_owned());
        let code = portal.invite_first_administrator(&slug).await.unwrap();
        let workspace = portal.open_workspace(&slug).await.unwrap().id;
        let reads: Arc<dyn Store> = store.clone();
        let follower = Follower::start(reads, clock.clone(), workspace, Follower::MAX_STALENESS);
        let app = App {
            portal,
            verifier: Arc::new(ScriptedVerifier::default()),
            metadata: Arc::new(SamlMetadata),
            saml_keys: Arc::default(),
            workspace,
            workspace_slug: slug,
            public_url: "https://portal.example".into(),
            follower: follower.await.unwrap(),
            guesses: Arc::default(),
        };
        let admin = ConsoleCaller {
            workspace,
            identity: Decider::Administrator(Fixtures::default().id(AdministratorId::new)),
            role: ConsoleRole::Administrator,
            email: None,
            end_user: None,
            origin: Origin::default(),
        };
        let connection = IdpConnection {
            workspace,
            ..Fixtures::default().connection("okta")
        };
        let code = code.unwrap().reveal().to_owned();
        let world = Self {
            app,
            store,
            clock,
            admin,
            connection,
            code,
        };
        // One that is there already, for to make one takes a second.
        let key = SamlKey {
            workspace,
            ..Fixtures::default().saml_key()
        };
        world.put(key).await;
        world.app.saml_keys.get(&world.app).await.unwrap();
        world
    }

    /// There is an administrator and a connection; nobody has saved JIT user settings.
    pub(crate) async fn unconfigured() -> Self {
        let mut world = Self::empty().await;
        let draft = AdministratorDraft {
            email: EMAIL.to_owned(),
            name: "Alex Kim".to_owned(),
            password: PASSWORD.to_owned(),
        };
        let (slug, origin) = (&world.app.workspace_slug, Origin::default());
        let made = world
            .app
            .portal
            .create_first_administrator(slug, &world.code, draft, &origin);
        world.admin.identity = Decider::Administrator(made.await.unwrap());
        world.admin.email = Some(EmailAddress::restore(EMAIL.to_owned()));
        world.put(world.connection.clone()).await;
        world
    }

    /// Settings are saved: auth tokens, no policy, no groups.
    pub(crate) async fn ready() -> Self {
        let world = Self::unconfigured().await;
        let draft = JitSettingsDraft {
            method: Some(AuthMethod::AuthToken),
            ..JitSettingsDraft::default()
        };
        world.save(draft).await;
        world
    }

    pub(crate) async fn save(&self, draft: JitSettingsDraft) {
        let portal = &self.app.portal;
        let saved = portal.save_jit_settings(&self.admin, Expected::Any, &draft);
        saved.await.unwrap();
    }

    pub(crate) async fn put(&self, it: impl Into<jit_domain::change::Aggregate>) {
        let commit = Commit {
            workspace: self.app.workspace,
            changes: vec![Change::put(it)],
            events: vec![],
        };
        self.store.commit(&commit).await.unwrap();
    }

    /// The pages with everything that stands before them in the program.
    pub(crate) fn site(&self) -> Router {
        let settings = PageSettings {
            brand: "Acme".into(),
            public_origin: self.app.public_url.clone(),
        };
        let facts = facts::Facts::new(vec![]);
        pages::routes(self.app.clone())
            .merge(sso::routes(self.app.clone()))
            .layer(middleware::from_fn(pages::same_origin::require))
            .layer(middleware::from_fn_with_state(
                settings,
                pages::headers::secure,
            ))
            .layer(middleware::from_fn_with_state(
                facts,
                facts::about_the_request,
            ))
    }

    pub(crate) fn stranger(&self) -> Browser {
        Browser::new(self.site(), None)
    }

    pub(crate) fn browser(&self, session: &str) -> Browser {
        Browser::new(self.site(), Some(session))
    }

    /// A login up to the response: the secrets of the session and of the browser that began it.
    pub(crate) async fn respond(&self, name: &str) -> (SignedInNow, Secret, Secret) {
        let now = self.clock.advance(Duration::minutes(1));
        let (app, slug, origin) = (&self.app, &self.connection.slug, Origin::default());
        let begun = app
            .portal
            .begin_sign_in(app.workspace, slug, LoginTarget::Portal, None)
            .await
            .unwrap();
        let who = Assertion {
            in_response_to: Some(begun.request.id.to_string()),
            ..self.assertion(name, now)
        };
        let signed_in = app
            .portal
            .sign_in(app.workspace, slug, &who, None, &origin)
            .await;
        let (done, session) = signed_in.unwrap();
        (done, session, begun.browser)
    }

    /// A whole login, some time after whatever happened before.
    pub(crate) async fn sign_in(&self, name: &str) -> Person {
        let (done, session, browser) = self.respond(name).await;
        let (app, origin) = (&self.app, Origin::default());
        let (session, browser) = (session.reveal(), Some(browser.reveal()));
        let finished = app
            .portal
            .finish_sign_in(app.workspace, session, browser, None, &origin);
        finished.await.unwrap();
        Person {
            id: done.end_user.id,
            session: session.to_owned(),
            browser: self.browser(session),
            caller: EndUserCaller {
                workspace: app.workspace,
                end_user: done.end_user.id,
                origin,
            },
        }
    }

    /// What the provider of the connection calls itself.
    pub(crate) fn entity_id(&self) -> String {
        let idp = self.connection.idp.as_ref();
        idp.unwrap().entity_id.clone()
    }

    fn assertion(&self, name: &str, now: Timestamp) -> Assertion {
        let attribute = |name: &str, value: String| (name.to_owned(), vec![value]);
        Assertion {
            assertion_id: format!("_{}", now.timestamp_micros()),
            issuer: self.entity_id(),
            name_id: name.to_owned(),
            name_id_format: None,
            session_index: None,
            in_response_to: None,
            session_not_on_or_after: None,
            valid_until: now + Duration::minutes(5),
            attributes: BTreeMap::from([
                attribute("displayName", format!("{name} of Acme")),
                attribute("email", format!("{name}@acme.example")),
            ]),
        }
    }

    /// A published collection for everyone, unless the draft says otherwise.
    pub(crate) async fn publish(&self, draft: CollectionDraft) -> ApiCollection {
        let portal = &self.app.portal;
        let made = portal.create_collection(&self.admin, &draft).await.unwrap();
        let published = portal.set_publication(&self.admin, made.id, Publication::Published);
        published.await.unwrap().collection
    }

    pub(crate) async fn orders(&self) -> ApiCollection {
        self.publish(draft("Orders")).await
    }

    pub(crate) async fn request(&self, person: &Person, it: &ApiCollection) -> AccessRequest {
        let asked = self
            .app
            .portal
            .request_access(&person.caller, it.id, "nightly sync");
        asked.await.unwrap()
    }

    pub(crate) async fn grant(&self, person: &Person, it: &ApiCollection) -> Grant {
        let request = self.request(person, it).await;
        self.approve(&request, Approval::default()).await
    }

    pub(crate) async fn approve(&self, request: &AccessRequest, approval: Approval) -> Grant {
        let portal = &self.app.portal;
        portal
            .approve(&self.admin, request.id, &approval)
            .await
            .unwrap()
    }

    /// Every request that there is, newest first.
    pub(crate) async fn requests(&self) -> Vec<AccessRequest> {
        let filter = AccessRequestFilter::default();
        let found = self
            .app
            .portal
            .list_access_requests(&self.admin, &filter, &PageRequest::FIRST);
        found
            .await
            .unwrap()
            .items
            .into_iter()
            .map(|row| row.request)
            .collect()
    }
}

pub(crate) fn draft(name: &str) -> CollectionDraft {
    CollectionDraft {
        document: Some(document(name)),
        ..CollectionDraft::default()
    }
}

pub(crate) fn document(title: &str) -> String {
    serde_json::json!({
        "openapi": "3.1.0",
        "info": {"title": title, "version": "2.1.0", "description": "All about it."},
        "servers": [{"url": "https://upstream.example"}],
        "tags": [{"name": "Commerce"}],
        "paths": {"/things": {"get": {"summary": "List things", "tags": ["Commerce"]}}},
    })
    .to_string()
}
