//! A call through the gateway, and one straight to the upstream, by the same client.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{Router, body::Body};
use http::Request;
use http_body_util::BodyExt;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use jit_domain::ports::Store;
use jit_gateway::{Config, Follower, Gateway};
use jit_testkit::{FixedClock, Fixtures, MemoryStore, SeededRandom, fixtures::ClientParts};
use tokio::net::TcpListener;

use crate::median;

const CONNECTIONS: usize = 16;
const CALLS: usize = 500;
const ROUNDS: usize = 7;

pub(crate) async fn compare() {
    let upstream = serve(Router::new().fallback(|| async { "ok" })).await;
    let (gateway, secret) = gateway_before(upstream).await;
    let gateway = serve(gateway.router()).await;
    let straight = format!("http://{upstream}/a");
    let through = format!("http://{gateway}/gateway/orders/v1/a");
    let client = Client::builder(TokioExecutor::new()).build(HttpConnector::new());
    let (mut bare, mut proxied) = (vec![], vec![]);
    for _ in 0..ROUNDS {
        bare.push(per_second(&client, &straight, &secret).await);
        proxied.push(per_second(&client, &through, &secret).await);
    }
    let (bare, proxied) = (median(bare), median(proxied));
    println!("requests a second, {CONNECTIONS} connections, all on this machine:");
    println!("  client and server, without a gateway         {bare:7.0}");
    println!(
        "  through the gateway                          {proxied:7.0}  ({:.2} x the time)",
        bare / proxied
    );
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
async fn per_second(client: &Client<HttpConnector, Body>, url: &str, secret: &str) -> f64 {
    let began = Instant::now();
    let callers = (0..CONNECTIONS).map(|_| {
        let (client, url, secret) = (client.clone(), url.to_owned(), secret.to_owned());
        tokio::spawn(async move {
            for _ in 0..CALLS {
                let request = Request::get(&url).header("api-token", &secret);
                let request = request.body(Body::empty()).unwrap();
                let answer = client.request(request).await.unwrap();
                assert_eq!(answer.status(), 200);
                answer.into_body().collect().await.unwrap();
            }
        })
    });
    for caller in callers.collect::<Vec<_>>() {
        caller.await.unwrap();
    }
    (CONNECTIONS * CALLS) as f64 / began.elapsed().as_secs_f64()
}

async fn serve(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    address
}

async fn gateway_before(upstream: SocketAddr) -> (Gateway, String) {
    let make = Fixtures::default();
    let user = make.end_user("dana", &make.connection("okta"));
    let (credential, secret) = make.credential("laptop");
    let mut client = ClientParts::of(&make.client(&user));
    client.credentials.push(credential);
    let client = client.build();
    let mut collection = make.collection("orders");
    collection.upstream = format!("http://{upstream}");
    let request = make.request(&client, &collection);
    let (_, grant) = make.approved(&request);
    let store = Arc::new(MemoryStore::new());
    let all = [
        user.into(),
        client.into(),
        collection.into(),
        request.into(),
        grant.into(),
    ];
    store.commit(&make.put_all(all)).await.unwrap();
    let clock = Arc::new(FixedClock::default());
    let workspace = make.workspace_id();
    let follower = Follower::start(store, clock.clone(), workspace, Duration::from_secs(1)).await;
    let random = Arc::new(SeededRandom::default());
    let gateway = Gateway::new(follower.unwrap(), clock, random, Config::default());
    (gateway, secret.reveal().to_owned())
}
