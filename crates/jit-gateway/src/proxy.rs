//! The built-in front end: `/gateway/{collection}/{version}/…` goes on to the collection's upstream.

use std::sync::Arc;

use axum::{Router, body::Body, extract::Request, response::Response, routing::any};
use http::{HeaderValue, Method};
use jit_domain::{
    gateway::{self, Allowed, Call, Refusal},
    ports::{Clock, Random},
};

use crate::{
    Follower,
    credential::{Presented, presented},
};

mod caller;
mod config;
mod failure;
mod limits;
mod path;
mod problem;
mod rate_fields;
mod request_headers;
mod response_headers;
mod shared_headers;
mod upload;
mod upstream;

pub use config::Config;

use caller::Caller;
use failure::Failure;
use path::GatewayPath;
use rate_fields::Watched;
use upstream::Upstreams;

/// The name of a request in logs and answers, for the application to set as an extension.
/// A request without one gets a new name; what a caller writes into `X-Request-Id` never counts.
#[derive(Debug, Clone)]
pub struct RequestId(pub HeaderValue);

/// Lets calls through, or says why not. Cheap to clone.
///
/// Its state is the follower's snapshot, the counts of calls in it, and a pool of connections to upstreams.
#[derive(Clone)]
pub struct Gateway(Arc<Inner>);

struct Inner {
    follower: Arc<Follower>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    upstreams: Upstreams,
    config: Config,
}

impl Gateway {
    /// A gateway that decides on what the follower knows.
    pub fn new(
        follower: Arc<Follower>,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        config: Config,
    ) -> Self {
        let upstreams = Upstreams::new(&config);
        Self(Arc::new(Inner {
            follower,
            clock,
            random,
            upstreams,
            config,
        }))
    }

    /// Everything below `/gateway/`. The server should give it `ConnectInfo<SocketAddr>`;
    /// without, the caller's address is unknown and calls with rules on addresses are refused.
    pub fn router(&self) -> Router {
        let gateway = self.clone();
        let answer = any(move |request: Request| async move { gateway.answer(request).await });
        Router::new()
            .route("/gateway/", answer.clone())
            .route("/gateway/{*rest}", answer)
    }

    /// Answers one call; for those who do their own routing.
    pub async fn answer(&self, request: Request) -> Response {
        let id = self.request_id(&request);
        let mut response = match self.pass(request, &id).await {
            Ok(response) => response,
            Err(failure) => problem::problem(&failure, &id),
        };
        response
            .headers_mut()
            .insert(shared_headers::X_REQUEST_ID, id);
        response
    }

    async fn pass(&self, request: Request, id: &HeaderValue) -> Result<Response, Failure> {
        let inner = &*self.0;
        if [Method::CONNECT, Method::TRACE].contains(request.method()) {
            return Err(Failure::MethodNotAllowed);
        }
        limits::check(&request, &inner.config)?;
        let path = GatewayPath::parse(request.uri().path()).ok_or(Failure::BadPath)?;
        let caller = Caller::of(&request, &inner.config);
        let allowed = self.authorise(&request, &path, &caller)?;
        let target = upstream::target(&allowed.route.upstream, path.rest, request.uri().query())
            .ok_or(Failure::UpstreamUnreachable)?;

        let (mut parts, body) = request.into_parts();
        request_headers::rewrite(&mut parts.headers, &caller, &allowed, id);
        parts.uri = target;
        let (mut parts, body) = inner.upstreams.send(parts, body, id).await?.into_parts();
        response_headers::rewrite(&mut parts.headers, &allowed.route, &inner.config);
        Ok(Response::from_parts(parts, Body::new(body)))
    }

    /// Everything that decides, in one place and without waiting for anything.
    fn authorise(
        &self,
        request: &Request,
        path: &GatewayPath<'_>,
        caller: &Caller,
    ) -> Result<Allowed, Failure> {
        let inner = &*self.0;
        let now = inner.clock.now();
        if !inner.follower.is_fresh(now) {
            return Err(Failure::Stale);
        }
        let secret = match presented(request.headers()) {
            Presented::Nothing => None,
            Presented::Secret(secret) => Some(secret),
            Presented::Nonsense => return Err(Failure::refused(Refusal::CredentialInvalid)),
        };
        let call = Call {
            collection: path.collection,
            version: path.version,
            secret: secret.as_deref(),
            ip: caller.ip,
        };
        let snapshot = inner.follower.snapshot();
        let limits = Watched::new(snapshot.limits());
        gateway::authorise(snapshot, &limits, &call, now)
            .map_err(|refusal| Failure::Refused(refusal, limits.policy()))
    }

    fn request_id(&self, request: &Request) -> HeaderValue {
        if let Some(RequestId(id)) = request.extensions().get() {
            return id.clone();
        }
        let id = self.0.random.id(self.0.clock.now()).simple().to_string();
        HeaderValue::try_from(id).unwrap_or(HeaderValue::from_static("unknown"))
    }
}
