//! A portal in which somebody has signed in, asked, and been approved, and the people who use it.

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use axum::Router;
use chrono::Duration;
use jit_domain::{
    Portal,
    assertion::Assertion,
    change::{Aggregate, Change, Commit},
    connections::{Binding, IdpConnection, IdpDescription, SigningCertificate},
    console::{ApproverScope, ConsoleRole, Origin, Workspace},
    error::InvalidField,
    portal::{AdministratorDraft, LoginTarget},
    ports::{IdpMetadataSource, Ports, Store},
    values::Slug,
};
use jit_http::Api;
use jit_testkit::{
    FixedClock, Fixtures, MemoryStore, PlainPasswords, ScriptedVerifier, SeededRandom,
};
use serde_json::{Value, json};

use jit_domain::{
    assertion::{AssertionRefusal, Examination},
    portal::Response,
};

use crate::client::{Answer, Call, Who, call};

pub(crate) const PUBLIC_URL: &str = "https://portal.example";
pub(crate) const PASSWORD: &str = "correct horse battery";

pub(crate) struct World {
    pub(crate) router: Router,
    pub(crate) portal: Portal,
    pub(crate) store: Arc<MemoryStore>,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) verifier: Arc<ScriptedVerifier>,
    pub(crate) workspace: Workspace,
    pub(crate) connection: IdpConnection,
    pub(crate) admin: Who,
    pub(crate) auditor: Who,
    pub(crate) approver: Who,
}

impl World {
    /// Somebody was refused at the connection; gives the id of what is remembered of it.
    pub(crate) async fn refused_attempt(&self) -> String {
        let refusal = AssertionRefusal {
            code: "audience_mismatch",
            expected: "us".to_owned(),
            found: "them".to_owned(),
        };
        let examination = Examination::of(Err(refusal));
        let response = Response {
            connection: &self.connection,
            examination: &examination,
            relay_state: None,
            origin: &Origin::default(),
        };
        self.portal.take_response(&response).await.unwrap();
        let attempts = self.get("/sign-in-attempts").await.ok();
        attempts["items"][0]["id"].as_str().unwrap().to_owned()
    }

    /// Nobody has saved JIT user settings yet.
    pub(crate) async fn new() -> Self {
        let store = Arc::new(MemoryStore::new());
        let clock = Arc::new(FixedClock::default());
        let verifier = Arc::new(ScriptedVerifier::default());
        let portal = Portal::new(Ports {
            store: store.clone(),
            clock: clock.clone(),
            random: Arc::new(SeededRandom::new(7)),
            passwords: Arc::new(PlainPasswords),
        });
        let slug = Slug::parse("workspace", "default").unwrap();
        let code = portal.invite_first_administrator(&slug).await.unwrap();
        let draft = AdministratorDraft {
            email: "alex@acme.example".to_owned(),
            name: "Alex Kim".to_owned(),
            password: PASSWORD.to_owned(),
        };
        let code = code.unwrap();
        portal
            .create_first_administrator(&slug, code.reveal(), draft, &Origin::default())
            .await
            .unwrap();
        let workspace = portal.open_workspace(&slug).await.unwrap();
        let connection = IdpConnection {
            workspace: workspace.id,
            ..Fixtures::default().connection("okta")
        };
        let router = jit_http::router(Api {
            portal: portal.clone(),
            verifier: verifier.clone(),
            metadata: Arc::new(FakeMetadata),
            workspace: workspace.id,
            public_url: PUBLIC_URL.to_owned(),
        });
        let mut world = Self {
            router,
            portal,
            store,
            clock,
            verifier,
            workspace,
            connection,
            admin: Who::Nobody,
            auditor: Who::Nobody,
            approver: Who::Nobody,
        };
        world.put(world.connection.clone()).await;
        world.admin = world.token(ConsoleRole::Administrator).await;
        world.auditor = world.token(ConsoleRole::Auditor).await;
        world.approver = world.token(ConsoleRole::Approver(ApproverScope::All)).await;
        world
    }

    /// Settings are saved: auth tokens, no policy, no groups.
    pub(crate) async fn configured() -> Self {
        let world = Self::new().await;
        let settings = json!({"auth_method": "auth_token"});
        world.put_json("/jit-settings", &settings).await.ok();
        world
    }

    /// A token for scripts with that role.
    pub(crate) async fn token(&self, role: ConsoleRole) -> Who {
        let new = self
            .portal
            .create_api_token(self.workspace.id, "script", role, None)
            .await;
        Who::Token(new.unwrap().secret.reveal().to_owned())
    }

    pub(crate) async fn put(&self, it: impl Into<Aggregate>) {
        let commit = Commit {
            workspace: self.workspace.id,
            changes: vec![Change::put(it)],
            events: vec![],
        };
        self.store.commit(&commit).await.unwrap();
    }

    pub(crate) async fn send(&self, call: Call) -> Answer {
        call.send(&self.router).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(call("GET", path).by(&self.admin)).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(call("POST", path).by(&self.admin).json(body))
            .await
    }

    pub(crate) async fn put_json(&self, path: &str, body: &Value) -> Answer {
        self.send(call("PUT", path).by(&self.admin).json(body))
            .await
    }

    /// The id of what a POST makes.
    pub(crate) async fn make(&self, path: &str, body: &Value) -> String {
        id(&self.post(path, body).await.ok())
    }

    /// What the provider says of a person: name and address follow from the word.
    pub(crate) fn assertion(&self, person: &str) -> Assertion {
        let moment = self.clock.advance(Duration::microseconds(1));
        Assertion {
            assertion_id: format!("_{person}-{}", moment.timestamp_micros()),
            issuer: self.connection.idp.as_ref().unwrap().entity_id.clone(),
            name_id: person.to_owned(),
            name_id_format: None,
            session_index: None,
            in_response_to: None,
            session_not_on_or_after: None,
            valid_until: moment + Duration::minutes(5),
            attributes: BTreeMap::from([
                ("displayName".to_owned(), vec![format!("{person} of Acme")]),
                ("email".to_owned(), vec![format!("{person}@example.com")]),
            ]),
        }
    }

    /// The whole login of a person.
    pub(crate) async fn sign_in(&self, person: &str) -> Who {
        let (workspace, slug) = (self.workspace.id, &self.connection.slug);
        let begun = self
            .portal
            .begin_sign_in(workspace, slug, LoginTarget::Portal, None)
            .await;
        let begun = begun.unwrap();
        let mut who = self.assertion(person);
        who.in_response_to = Some(begun.request.id.to_string());
        let origin = Origin::default();
        let signed_in = self
            .portal
            .sign_in(workspace, slug, &who, None, &origin)
            .await;
        let session = signed_in.unwrap().1.reveal().to_owned();
        self.portal
            .finish_sign_in(
                workspace,
                &session,
                Some(begun.browser.reveal()),
                None,
                &origin,
            )
            .await
            .unwrap();
        Who::Session(session)
    }

    /// The login of an administrator in the console.
    pub(crate) async fn console_session(&self, email: &str) -> Who {
        let signed_in = self
            .portal
            .sign_in_to_console(
                self.workspace.id,
                email,
                PASSWORD.to_owned(),
                &Origin::default(),
            )
            .await;
        Who::Session(signed_in.unwrap().1.reveal().to_owned())
    }

    /// A published collection of that name, for everyone.
    pub(crate) async fn collection(&self, name: &str) -> String {
        let id = self
            .make("/collections", &json!({"document": document(name)}))
            .await;
        let path = format!("/collections/{id}/publish");
        self.send(call("POST", &path).by(&self.admin)).await.ok();
        id
    }

    /// A pending request of that person for that collection.
    pub(crate) async fn request(&self, who: &Who, collection: &str) -> String {
        let body = json!({"collection": collection, "reason": "we sync orders nightly"});
        let sent = call("POST", "/access-requests").by(who).json(&body);
        id(&self.send(sent).await.ok())
    }

    /// The grant that an approval makes.
    pub(crate) async fn approve(&self, request: &str) -> String {
        let path = format!("/access-requests/{request}/approve");
        let approved = self.post(&path, &json!({})).await.ok();
        approved["grant"].as_str().unwrap().to_owned()
    }

    /// The id of a signed-in person's client.
    pub(crate) async fn client_of(&self, who: &Who) -> String {
        let me = self.send(call("GET", "/me").by(who)).await.ok();
        me["client_id"].as_str().unwrap().to_owned()
    }

    /// A new credential of that client: its id and its secret.
    pub(crate) async fn credential(&self, client: &str) -> (String, String) {
        let path = format!("/clients/{client}/credentials");
        let new = self.post(&path, &json!({"name": "nightly"})).await.ok();
        (id(&new), new["secret"].as_str().unwrap().to_owned())
    }
}

pub(crate) fn id(made: &Value) -> String {
    made["id"].as_str().unwrap().to_owned()
}

pub(crate) fn document(title: &str) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1.2.0"},
        "servers": [{"url": "https://upstream.example"}],
        "paths": {"/things": {"get": {"summary": "List things"}}}
    })
}

/// Reads `<good/>` and the certificate `good`, and fetches from one address.
struct FakeMetadata;

#[async_trait]
impl IdpMetadataSource for FakeMetadata {
    fn read(&self, xml: &str) -> Result<IdpDescription, InvalidField> {
        if xml != "<good/>" {
            return Err(InvalidField::new("metadata", "SAML metadata", xml));
        }
        Ok(IdpDescription {
            entity_id: "https://idp.example/read".to_owned(),
            sso_url: "https://idp.example/read/sso".to_owned(),
            sso_binding: Binding::Redirect,
            slo: None,
            wants_signed_requests: false,
            certificates: vec![self.read_certificate("good")?],
        })
    }

    fn read_certificate(&self, text: &str) -> Result<SigningCertificate, InvalidField> {
        if text != "good" {
            return Err(InvalidField::new("certificates", "a certificate", text));
        }
        Ok(SigningCertificate {
            base64_der: "MIIB".to_owned(),
            sha256: "0".repeat(64),
            not_after: chrono::DateTime::UNIX_EPOCH,
        })
    }

    async fn fetch(&self, url: &str) -> Result<IdpDescription, InvalidField> {
        if url != "https://idp.example/metadata" {
            return Err(InvalidField::new("metadata_url", "an address", url));
        }
        self.read("<good/>")
    }
}
