//! Bodies stream both ways and have an end.

use std::convert::Infallible;

use axum::{Router, body::Body, extract::Request, response::Response};
use bytes::Bytes;
use http_body_util::{BodyExt, channel::Channel};
use tokio::{net::TcpListener, sync::mpsc};
use tower::ServiceExt;

use crate::{fixed_upstream::FixedUpstream, scene::Scene, world::World};

async fn upstream_of(router: Router) -> World {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    Scene::before(FixedUpstream::elsewhere(url)).open().await
}

#[tokio::test]
async fn the_beginning_of_an_answer_arrives_before_its_end_is_there() {
    let (mut sender, body) = Channel::<Bytes, Infallible>::new(1);
    let body = std::sync::Mutex::new(Some(Body::new(body)));
    let body = std::sync::Arc::new(body);
    let answer =
        move |_: Request| async move { Response::new(body.lock().unwrap().take().unwrap()) };
    let world = upstream_of(Router::new().fallback(answer)).await;
    let request = world.request("/gateway/orders/v1/a");
    let response = world.gateway.router().oneshot(request).await.unwrap();
    let mut body = response.into_body();
    for part in ["one", "two"] {
        sender.send_data(Bytes::from(part)).await.unwrap();
        let frame = body.frame().await.unwrap().unwrap();
        assert_eq!(frame.into_data().unwrap(), part);
    }
    drop(sender);
    assert!(body.frame().await.is_none());
}

#[tokio::test]
async fn the_beginning_of_a_request_arrives_before_its_end_is_there() {
    let (arrived, mut arrivals) = mpsc::channel::<Bytes>(1);
    let answer = move |request: Request| async move {
        let mut body = request.into_body();
        while let Some(Ok(frame)) = body.frame().await {
            arrived.send(frame.into_data().unwrap()).await.unwrap();
        }
        Response::<Body>::default()
    };
    let world = upstream_of(Router::new().fallback(answer)).await;
    let (mut sender, body) = Channel::<Bytes, Infallible>::new(1);
    let mut request = world.request("/gateway/orders/v1/a");
    *request.method_mut() = http::Method::POST;
    *request.body_mut() = Body::new(body);
    let call = tokio::spawn(world.gateway.router().oneshot(request));
    for part in ["one", "two"] {
        sender.send_data(Bytes::from(part)).await.unwrap();
        assert_eq!(arrivals.recv().await.unwrap(), part);
    }
    drop(sender);
    assert_eq!(call.await.unwrap().unwrap().status(), 200);
}

#[tokio::test]
async fn a_body_without_a_stated_length_is_counted() {
    let mut scene = Scene::new().await;
    scene.config.max_body = 10;
    let world = scene.open().await;
    for (parts, status) in [
        (vec!["12345", "67890"], 200),
        (vec!["12345", "67890", "x"], 413),
    ] {
        let (mut sender, body) = Channel::<Bytes, Infallible>::new(8);
        for part in parts {
            sender.send_data(Bytes::from(part)).await.unwrap();
        }
        drop(sender);
        let mut request = world.request("/gateway/orders/v1/a");
        *request.method_mut() = http::Method::POST;
        *request.body_mut() = Body::new(body);
        let answer = world.send(request).await;
        assert_eq!(answer.parts.status, status);
        if status == 413 {
            assert_eq!(answer.code(), "body_too_large");
        }
    }
    assert_eq!(world.scene.upstream.only().body, "1234567890");
}

/// A caller with a slow line is not cut off while its body moves.
#[tokio::test(start_paused = true)]
async fn a_slow_upload_takes_the_time_that_it_takes() {
    let world = Scene::new().await.open().await;
    let (mut sender, body) = Channel::<Bytes, Infallible>::new(1);
    let mut request = world.request("/gateway/orders/v1/a");
    *request.method_mut() = http::Method::POST;
    *request.body_mut() = Body::new(body);
    let call = tokio::spawn(world.gateway.router().oneshot(request));
    for part in ["1", "2", "3", "4", "5"] {
        sender.send_data(Bytes::from(part)).await.unwrap();
        tokio::time::sleep(world.scene.config.response_timeout * 2 / 3).await;
    }
    drop(sender);
    assert_eq!(call.await.unwrap().unwrap().status(), 200);
    assert_eq!(world.scene.upstream.only().body, "12345");
}

/// A body of which nothing comes any more ends the call.
#[tokio::test(start_paused = true)]
async fn an_upload_that_stands_still_is_given_up() {
    let world = Scene::new().await.open().await;
    let (mut sender, body) = Channel::<Bytes, Infallible>::new(1);
    sender.send_data(Bytes::from("1")).await.unwrap();
    let mut request = world.request("/gateway/orders/v1/a");
    *request.method_mut() = http::Method::POST;
    *request.body_mut() = Body::new(body);
    assert_eq!(world.send(request).await.code(), "upstream_timeout");
}
