//! A gateway that runs, and what a caller can do with it.

use std::{net::SocketAddr, sync::Arc};

use axum::{body::Body, extract::ConnectInfo};
use bytes::Bytes;
use http::{Request, response::Parts};
use http_body_util::BodyExt;
use jit_domain::{change::Aggregate, ports::Store};
use jit_gateway::{FollowedStore, Follower, Gateway};
use jit_testkit::FixedClock;
use serde_json::Value;
use tokio::net::TcpListener;
use tower::ServiceExt;

use crate::{faulty_store::FaultyStore, scene::Scene};

pub(crate) struct World {
    pub(crate) scene: Scene,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) store: Arc<FaultyStore>,
    pub(crate) followed: FollowedStore,
    pub(crate) follower: Arc<Follower>,
    pub(crate) gateway: Gateway,
}

/// An answer that has been read to its end.
pub(crate) struct Answer {
    pub(crate) parts: Parts,
    pub(crate) body: Bytes,
}

impl World {
    /// Sends a request through the router, as if from 192.0.2.1.
    pub(crate) async fn send(&self, mut request: Request<Body>) -> Answer {
        if request
            .extensions()
            .get::<ConnectInfo<SocketAddr>>()
            .is_none()
        {
            let peer = SocketAddr::from(([192, 0, 2, 1], 4000));
            request.extensions_mut().insert(ConnectInfo(peer));
        }
        let response = self.gateway.router().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer { parts, body }
    }

    /// A GET with the secret.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.request(path)).await
    }

    /// A GET with the secret, to be changed.
    pub(crate) fn request(&self, path: &str) -> Request<Body> {
        Request::get(path)
            .header("api-token", &self.scene.secret)
            .header("host", "portal.example")
            .body(Body::empty())
            .unwrap()
    }

    /// `allowed`, or the code of the refusal.
    pub(crate) async fn outcome(&self) -> String {
        let answer = self.get("/gateway/orders/v1/a").await;
        if answer.parts.status == 200 {
            return "allowed".into();
        }
        answer.code()
    }

    /// Commits past the gateway, as another replica would.
    pub(crate) async fn commit_elsewhere(&self, aggregate: impl Into<Aggregate>) {
        let commit = self.scene.make.put_all([aggregate.into()]);
        self.store.commit(&commit).await.unwrap();
    }

    /// Commits through the followed store, as the use cases of this replica do.
    pub(crate) async fn commit_here(&self, aggregate: impl Into<Aggregate>) {
        let commit = self.scene.make.put_all([aggregate.into()]);
        self.followed.commit(&commit).await.unwrap();
    }

    /// Serves the gateway on a port of this machine.
    pub(crate) async fn serve(&self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = self
            .gateway
            .router()
            .into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        address
    }
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn code(&self) -> String {
        self.json()["code"].as_str().unwrap().to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.parts.headers.get(name)?.to_str().ok()
    }
}
