//! The domain in a service of one's own: axum in front, a store adapter of one's own behind.
//!
//! The adapter stands in front of another store and tells the rest of the company what was committed.
//! It writes one method and passes the rest on; an adapter for a new database writes them all and
//! proves itself with the contract suite of `jit-testkit`.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Router,
    extract::{Form, Path, State},
    http::StatusCode,
    response::Redirect,
    routing::post,
};
use jit_domain::{
    Portal,
    audit::AuditEvent,
    change::Commit,
    connections::ServiceProvider,
    console::Origin,
    error::{Error, Rejection, StoreError},
    ids::WorkspaceId,
    ports::{AssertionVerifier, Ports, Store, async_trait},
    values::{Slug, Timestamp},
};
use tokio::sync::broadcast;

/// A store that tells what was committed, once it is durable.
struct AnnouncingStore {
    inner: Arc<dyn Store>,
    news: broadcast::Sender<AuditEvent>,
}

jit_domain::pass_reads_on!(AnnouncingStore, inner);

#[async_trait]
impl Store for AnnouncingStore {
    async fn commit(&self, commit: &Commit) -> Result<(), StoreError> {
        self.inner.commit(commit).await?;
        for event in &commit.events {
            let _ = self.news.send(event.clone()); // perhaps nobody listens
        }
        Ok(())
    }

    async fn forget_expired(&self, before: Timestamp) -> Result<u64, StoreError> {
        self.inner.forget_expired(before).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.inner.ping().await
    }
}

/// What the handlers share.
type Shared = (
    Portal,
    Arc<dyn Store>,
    Arc<dyn AssertionVerifier>,
    WorkspaceId,
);

/// The service, and what it will tell. `ports` brings the store, the clock, randomness and password hashes.
pub(crate) async fn service(
    ports: Ports,
    verifier: Arc<dyn AssertionVerifier>,
) -> Result<(Router, broadcast::Receiver<AuditEvent>), Error> {
    let (news, listener) = broadcast::channel(64);
    let inner = ports.store;
    let store: Arc<dyn Store> = Arc::new(AnnouncingStore { inner, news });
    let portal = Portal::new(Ports {
        store: Arc::clone(&store),
        ..ports
    });
    let workspace = Slug::parse("workspace", "default")?;
    let workspace = portal.open_workspace(&workspace).await?.id;
    let shared: Shared = (portal, store, verifier, workspace);
    let router = Router::new().route("/sso/saml/{connection}/acs", post(sign_in));
    Ok((router.with_state(shared), listener))
}

/// What every handler does: extract, call the domain, render.
async fn sign_in(
    State((portal, store, verifier, workspace)): State<Shared>,
    Path(slug): Path<String>,
    Form(posted): Form<BTreeMap<String, String>>,
) -> Result<Redirect, Refused> {
    let slug = Slug::parse("connection", &slug).map_err(refused)?;
    let found = store.find_connection_by_slug(workspace, &slug).await;
    let connection = found.map_err(refused)?.ok_or_else(|| {
        let what = "identity provider";
        refused(Rejection::NotFound { what })
    })?;
    let us = ServiceProvider::of(&connection, "https://portal.example");
    let response = posted.get("SAMLResponse").map_or("", String::as_str);
    let examined = verifier.examine(&connection, &us, &[], response, portal.now());
    let who = examined
        .verdict
        .map_err(|why| (StatusCode::FORBIDDEN, why.code.to_owned()))?;
    let relay_state = posted.get("RelayState").map(String::as_str);
    let (signed_in, _secret) = portal
        .sign_in(workspace, &slug, &who, relay_state, &Origin::default())
        .await
        .map_err(refused)?;
    // Here a real service sets the secret as a cookie; `finish_sign_in` makes it count.
    Ok(Redirect::to(&signed_in.landing))
}

type Refused = (StatusCode, String);

fn refused(error: impl Into<Error>) -> Refused {
    let error = error.into();
    let status = match &error {
        Error::Rejected(_) => StatusCode::FORBIDDEN,
        Error::Contended | Error::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
    };
    (status, error.to_string())
}

fn main() {
    let _ = service; // `cargo test -p jit-domain --test examples` calls it
}
