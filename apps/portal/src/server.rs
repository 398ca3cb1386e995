//! The listener: bound first, so that its port is known, and served until somebody says stop.

use std::{net::SocketAddr, time::Duration};

use anyhow::Context;
use axum::{Router, serve::ListenerExt};
use tokio::net::TcpListener;

use crate::{config::Config, wiring::Wired};

/// A bound listener.
pub struct Server {
    listener: TcpListener,
    /// The address that browsers use, without a slash at its end.
    pub public_url: String,
}

/// How long requests under way may take after a stop.
const LAST_CALLS: Duration = Duration::from_secs(10);

impl Server {
    /// Takes the port.
    pub async fn bind(config: &Config) -> anyhow::Result<Self> {
        let listener = TcpListener::bind(config.listen).await.with_context(|| {
            format!(
                "cannot listen on {}; choose another with --listen",
                config.listen
            )
        })?;
        let address = listener.local_addr()?;
        let public_url = config
            .public_url
            .clone()
            .unwrap_or_else(|| format!("http://{address}"));
        Ok(Self {
            listener,
            public_url,
        })
    }

    /// Serves until SIGTERM or an interrupt.
    pub async fn run(self, routes: Router, wired: Wired) -> anyhow::Result<()> {
        let listening = format!("http://{}", self.listener.local_addr()?);
        if listening != self.public_url {
            println!("portal listens on {listening}");
        }
        println!("portal is ready at {}", self.public_url);
        let stop = wired.stop.clone();
        let signalled = async move {
            wait_for_signal().await;
            tracing::info!("stopping");
            stop.cancel();
        };
        let listener = self.listener.tap_io(|stream| {
            // Small answers must not wait for the other side's acknowledgement.
            let _ = stream.set_nodelay(true);
        });
        let service = routes.into_make_service_with_connect_info::<SocketAddr>();
        let stopped = wired.stop.clone();
        let serving = axum::serve(listener, service).with_graceful_shutdown(signalled);
        tokio::select! {
            done = async { serving.await } => done.context("the server stopped")?,
            () = async { stopped.cancelled().await; tokio::time::sleep(LAST_CALLS).await } => {
                tracing::warn!("requests were still under way after {} s", LAST_CALLS.as_secs());
            }
        }
        wired.finish().await;
        Ok(())
    }
}

async fn wait_for_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
