//! The only place that knows who implements what.

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::Context;
use axum::{Router, middleware};
use jit_domain::{
    Portal,
    ids::WorkspaceId,
    ports::{AssertionVerifier, Clock, IdpMetadataSource, Ports, Random, Store},
    values::Slug,
};
use jit_gateway::{FollowedStore, Follower, Gateway};
use jit_http::Api;
use jit_idp::{SamlMetadata, SamlVerifier};
use jit_postgres::PostgresStore;
use jit_sqlite::SqliteStore;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::{
    config::{Config, Database},
    facts, health, pages,
    pages::headers::PageSettings,
    saml_keys::SamlKeys,
    sso,
    system::{Argon2Passwords, SystemClock, SystemRandom},
};

/// What handlers of pages reach.
#[derive(Clone)]
pub struct App {
    /// The use cases.
    pub portal: Portal,
    /// Checks SAML responses.
    pub verifier: Arc<dyn AssertionVerifier>,
    /// Reads metadata of identity providers.
    pub metadata: Arc<dyn IdpMetadataSource>,
    /// Our own keys towards identity providers.
    pub saml_keys: Arc<SamlKeys>,
    /// The workspace that is served.
    pub workspace: WorkspaceId,
    /// Its name.
    pub workspace_slug: Slug,
    /// The public address without a slash at its end.
    pub public_url: Arc<str>,
    /// The picture of the store that the gateway decides on.
    pub follower: Arc<Follower>,
    /// Slows down those who guess passwords.
    pub guesses: Arc<crate::guesses::Guesses>,
}

/// A portal that is put together, with what runs beside its requests.
pub struct Wired {
    /// What handlers reach.
    pub app: App,
    /// Lets calls through.
    pub gateway: Gateway,
    /// Ends what runs beside.
    pub stop: CancellationToken,
    beside: Vec<JoinHandle<()>>,
}

impl Wired {
    /// Waits for what runs beside, after `stop`.
    pub async fn finish(self) {
        self.stop.cancel();
        for task in self.beside {
            let _ = task.await;
        }
    }
}

/// Opens the database and puts a portal on it.
pub async fn wire(config: &Config, public_url: &str) -> anyhow::Result<Wired> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let random: Arc<dyn Random> = Arc::new(SystemRandom::default());
    let inner = open_store(config).await?;
    let workspace = portal_on(inner.clone())
        .open_workspace(&config.workspace)
        .await?;
    let follower = Follower::start(
        inner.clone(),
        clock.clone(),
        workspace.id,
        Follower::MAX_STALENESS,
    )
    .await
    .context("the gateway cannot read the database")?;
    let store = Arc::new(FollowedStore::new(inner, follower.clone()));
    let gateway = Gateway::new(
        follower.clone(),
        clock,
        random,
        jit_gateway::Config {
            trusted_proxies: config.trusted_proxies.clone(),
            ..jit_gateway::Config::default()
        },
    );
    let stop = CancellationToken::new();
    let mut beside = vec![
        follower.keep_up(stop.clone()),
        tokio::spawn(keep_house(store.clone(), stop.clone())),
    ];
    let app = App {
        portal: portal_on(store),
        verifier: Arc::new(SamlVerifier::new()),
        metadata: Arc::new(SamlMetadata),
        saml_keys: Arc::default(),
        workspace: workspace.id,
        workspace_slug: workspace.slug,
        public_url: public_url.into(),
        follower,
        guesses: Arc::default(),
    };
    beside.push(tokio::spawn(keep_connections_up(app.clone(), stop.clone())));
    Ok(Wired {
        app,
        gateway,
        stop,
        beside,
    })
}

/// Everything that is served.
pub fn routes(config: &Config, wired: &Wired) -> Router {
    let app = &wired.app;
    let settings = PageSettings {
        brand: config.brand.as_deref().unwrap_or("Developer portal").into(),
        public_origin: app.public_url.clone(),
    };
    let pages = pages::routes(app.clone())
        .merge(sso::routes(app.clone()))
        .layer(middleware::from_fn(pages::same_origin::require))
        .layer(middleware::from_fn_with_state(
            settings,
            pages::headers::secure,
        ));
    let api = jit_http::router(Api {
        portal: app.portal.clone(),
        verifier: app.verifier.clone(),
        metadata: app.metadata.clone(),
        workspace: app.workspace,
        public_url: app.public_url.to_string(),
    });
    let facts = facts::Facts::new(config.trusted_proxies.clone());
    health::routes(app.follower.clone(), app.portal.clone())
        .merge(api)
        .merge(wired.gateway.router())
        .merge(pages)
        .layer(middleware::from_fn_with_state(
            facts,
            facts::about_the_request,
        ))
}

/// A portal without anything beside it, for commands that do one thing and end.
pub async fn portal_alone(config: &Config) -> anyhow::Result<Portal> {
    Ok(portal_on(open_store(config).await?))
}

fn portal_on(store: Arc<dyn Store>) -> Portal {
    Portal::new(Ports {
        store,
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom::default()),
        passwords: Arc::new(Argon2Passwords::default()),
    })
}

/// Opens the database and brings it to the form that this release needs.
pub async fn open_store(config: &Config) -> anyhow::Result<Arc<dyn Store>> {
    let store: Arc<dyn Store> = match &config.database {
        Database::Sqlite(path) => Arc::new(open_file(path).await?),
        Database::Postgres(address) => Arc::new(PostgresStore::open(address.reveal()).await?),
    };
    Ok(store)
}

async fn open_file(path: &Path) -> anyhow::Result<SqliteStore> {
    if let Some(folder) = path.parent().filter(|folder| *folder != Path::new("")) {
        make_private_folder(folder)
            .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    }
    let file = path
        .to_str()
        .context("the path of the database is not UTF-8 text")?;
    SqliteStore::open(file)
        .await
        .with_context(|| format!("the database {} cannot be opened", path.display()))
}

/// Only this user: the database holds hashes of secrets and personal data.
fn make_private_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

/// Forgets what has expired, now and then.
async fn keep_house(store: Arc<dyn Store>, stop: CancellationToken) {
    let mut often = tokio::time::interval(Duration::from_mins(10));
    while stop.run_until_cancelled(often.tick()).await.is_some() {
        match store.forget_expired(SystemClock.now()).await {
            Ok(0) => {}
            Ok(rows) => tracing::info!(rows, "expired sessions and logins were forgotten"),
            Err(error) => {
                tracing::warn!(%error, "expired sessions and logins could not be forgotten");
            }
        }
    }
}

/// Reads the metadata of identity providers and looks at ends of certificates, hourly. First it makes our own key,
/// so that the first login does not wait for it.
async fn keep_connections_up(app: App, stop: CancellationToken) {
    if let Some(Err(error)) = stop.run_until_cancelled(app.saml_keys.get(&app)).await {
        tracing::warn!(%error, "the key towards identity providers could not be made; it is tried again when it is needed");
    }
    let mut hourly = tokio::time::interval(Duration::from_hours(1));
    while stop.run_until_cancelled(hourly.tick()).await.is_some() {
        let kept = app
            .portal
            .keep_connections_up(app.workspace, &*app.metadata);
        if let Some(Err(error)) = stop.run_until_cancelled(kept).await {
            tracing::warn!(%error, "connections could not be kept up");
        }
    }
}
