//! Two portals on one PostgreSQL server, as behind a load balancer.

use anyhow::Result;
use jit_testkit::postgres_server::{Durability, PostgresServer};

use crate::{portal::Portal, scene::Scene};

/// Two replicas with one public address, that of the first.
pub struct Replicas {
    /// Short words for the first replica, and for what both share.
    pub scene: Scene,
    /// The second replica.
    pub other: Portal,
    /// The server with their database. Last, so that it goes last.
    pub server: PostgresServer,
}

impl Replicas {
    /// Two portals on an empty database; a provider is registered and the settings are saved.
    pub async fn start() -> Result<Self> {
        let server = PostgresServer::start(Durability::Full)?;
        server.create_database("portal", None)?;
        let database = server.url("portal");
        let options = || Portal::options().arg("--database-url").arg(&database);
        let scene = Scene::with(options().start().await?).await?;
        scene
            .save_settings("auth_token")
            .await?
            .error_for_status()?;
        let public = scene.portal.base_url();
        let other = options().arg("--public-url").arg(public).start().await?;
        anyhow::ensure!(other.base_url() != public, "both replicas are one");
        Ok(Self {
            scene,
            other,
            server,
        })
    }
}
