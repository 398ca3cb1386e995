//! Upstreams that do not answer.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::{fixed_upstream::FixedUpstream, scene::Scene};

/// Gives each connection to the function, and counts them.
async fn raw<F>(serve: fn(TcpStream) -> F) -> (FixedUpstream, Arc<AtomicUsize>)
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(serve(stream));
        }
    });
    (FixedUpstream::elsewhere(url), connections)
}

async fn read_request(stream: &mut TcpStream) {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        request.push(stream.read_u8().await.unwrap());
    }
}

#[tokio::test]
async fn an_upstream_that_is_down_is_a_bad_gateway() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let world = Scene::before(FixedUpstream::elsewhere(url)).open().await;
    let answer = world.get("/gateway/orders/v1/a").await;
    assert_eq!(answer.parts.status, 502);
    assert_eq!(answer.code(), "upstream_unreachable");
    let text = String::from_utf8(answer.body.to_vec()).unwrap();
    assert!(
        !text.contains("127.0.0.1"),
        "the upstream's address is nobody's business: {text}"
    );
}

#[tokio::test]
async fn an_address_that_is_none_is_a_bad_gateway() {
    for upstream in ["", "orders", "/orders", "ftp://127.0.0.1/"] {
        let mut scene = Scene::new().await;
        upstream.clone_into(&mut scene.collection.upstream);
        let world = scene.open().await;
        assert_eq!(world.outcome().await, "upstream_unreachable", "{upstream}");
    }
}

#[tokio::test]
async fn an_upstream_that_says_nothing_is_a_timeout() {
    let (upstream, _) = raw(|mut stream| async move {
        read_request(&mut stream).await;
        std::future::pending::<()>().await;
    })
    .await;
    let mut scene = Scene::before(upstream);
    scene.config.response_timeout = Duration::from_millis(20);
    let world = scene.open().await;
    let answer = world.get("/gateway/orders/v1/a").await;
    assert_eq!(answer.parts.status, 504);
    assert_eq!(answer.code(), "upstream_timeout");
}

/// A call may have done its work although no answer came: it is never made twice.
#[tokio::test]
async fn a_call_that_was_sent_is_not_sent_again() {
    let (upstream, connections) = raw(|mut stream| async move {
        read_request(&mut stream).await;
    })
    .await;
    let world = Scene::before(upstream).open().await;
    for method in ["POST", "GET"] {
        let before = connections.load(Ordering::SeqCst);
        let mut request = world.request("/gateway/orders/v1/a");
        *request.method_mut() = method.parse().unwrap();
        assert_eq!(world.send(request).await.code(), "upstream_unreachable");
        assert_eq!(connections.load(Ordering::SeqCst) - before, 1, "{method}");
    }
}

#[tokio::test]
async fn an_answer_that_is_no_http_is_a_bad_gateway() {
    let (upstream, _) = raw(|mut stream| async move {
        read_request(&mut stream).await;
        let answer = b"HTTP/1.1 200 OK\r\nbad header\r\n\r\n";
        stream.write_all(answer).await.unwrap();
    })
    .await;
    let world = Scene::before(upstream).open().await;
    assert_eq!(world.outcome().await, "upstream_unreachable");
}

#[tokio::test]
async fn an_upstream_that_switches_protocols_unasked_is_a_bad_gateway() {
    let (upstream, _) = raw(|mut stream| async move {
        read_request(&mut stream).await;
        let answer =
            b"HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n";
        stream.write_all(answer).await.unwrap();
    })
    .await;
    let world = Scene::before(upstream).open().await;
    assert_eq!(world.outcome().await, "upstream_unreachable");
}

/// A connection that the upstream closed while nobody used it costs no call.
#[tokio::test]
async fn a_kept_connection_that_was_closed_is_replaced() {
    let (upstream, connections) = raw(|mut stream| async move {
        read_request(&mut stream).await;
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
        stream.write_all(answer).await.unwrap();
    })
    .await;
    let world = Scene::before(upstream).open().await;
    for _ in 0..5 {
        let mut request = world.request("/gateway/orders/v1/a");
        *request.method_mut() = http::Method::POST;
        assert_eq!(world.send(request).await.parts.status, 200);
    }
    assert_eq!(connections.load(Ordering::SeqCst), 5);
}
