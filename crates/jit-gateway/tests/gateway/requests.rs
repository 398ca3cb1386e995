//! Requests as bytes on a connection.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{scene::Scene, world::World};

/// Sends these lines (`{secret}` is the secret) and reads until the answer's end or the text comes.
async fn talk(world: &World, lines: &[&str], until: &str) -> (TcpStream, String) {
    let mut stream = TcpStream::connect(world.serve().await).await.unwrap();
    let text = lines.concat().replace("{secret}", &world.scene.secret);
    stream.write_all(text.as_bytes()).await.unwrap();
    let answer = read_until(&mut stream, until).await;
    (stream, answer)
}

async fn read_until(stream: &mut TcpStream, until: &str) -> String {
    let mut answer = Vec::new();
    while !String::from_utf8_lossy(&answer).contains(until) {
        match stream.read_u8().await {
            Ok(byte) => answer.push(byte),
            Err(_) => break,
        }
    }
    String::from_utf8(answer).unwrap()
}

const POST: &str = "POST /gateway/orders/v1/a HTTP/1.1\r\nhost: a\r\n";
const SECRET: &str = "api-token: {secret}\r\n";
const CLOSE: &str = "connection: close\r\n";
const TO_THE_END: &str = "\0";

#[tokio::test]
async fn a_caller_that_waits_with_the_body_is_told_to_go_on_only_if_the_call_may_pass() {
    let world = Scene::new().await.open().await;
    let expect = "content-length: 5\r\nexpect: 100-continue\r\n\r\n";
    let (mut stream, answer) = talk(&world, &[POST, SECRET, CLOSE, expect], "\r\n\r\n").await;
    assert_eq!(answer, "HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(b"hello").await.unwrap();
    let answer = read_until(&mut stream, TO_THE_END).await;
    assert!(
        answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("hello"),
        "{answer}"
    );

    let (_, answer) = talk(&world, &[POST, CLOSE, expect], "\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 401 Unauthorized"), "{answer}");
}

#[tokio::test]
async fn a_chunked_body_stays_chunked() {
    let world = Scene::new().await.open().await;
    let chunks = "transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
    let (_, answer) = talk(&world, &[POST, SECRET, CLOSE, chunks], TO_THE_END).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    let seen = world.scene.upstream.only();
    assert_eq!(seen.headers["transfer-encoding"], "chunked");
    assert!(!seen.headers.contains_key("content-length"));
    assert_eq!(seen.body, "hello");
}

/// No body is longer to one of us and shorter to the other.
#[tokio::test]
async fn a_body_with_two_lengths_is_not_passed_on_with_two() {
    let world = Scene::new().await.open().await;
    let both = "content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
    let (_, answer) = talk(&world, &[POST, SECRET, CLOSE, both], TO_THE_END).await;
    for seen in world.scene.upstream.seen() {
        assert!(!seen.headers.contains_key("content-length"));
        assert_eq!(seen.body, "hello");
    }
    let twice = "content-length: 3\r\ncontent-length: 5\r\n\r\nhello";
    let before = world.scene.upstream.seen().len();
    let (_, refused) = talk(&world, &[POST, SECRET, CLOSE, twice], TO_THE_END).await;
    assert!(refused.starts_with("HTTP/1.1 400"), "{answer} {refused}");
    assert_eq!(world.scene.upstream.seen().len(), before);
}

#[tokio::test]
async fn fields_after_a_body_do_not_reach_the_upstream() {
    let world = Scene::new().await.open().await;
    let trailer =
        "trailer: x-client-id\r\ntransfer-encoding: chunked\r\n\r\n0\r\nx-client-id: x\r\n\r\n";
    talk(&world, &[POST, SECRET, CLOSE, trailer], TO_THE_END).await;
    let seen = world.scene.upstream.only();
    assert_eq!(
        seen.headers["x-client-id"],
        world.scene.client.id.to_string().as_str()
    );
    assert!(!seen.headers.contains_key("trailer"));
}

#[tokio::test]
async fn an_upgrade_is_an_ordinary_request() {
    let world = Scene::new().await.open().await;
    let get = "GET /gateway/orders/v1/a HTTP/1.1\r\nhost: a\r\nupgrade: websocket\r\nconnection: upgrade, close\r\n\r\n";
    let get = get.replace("\r\n\r\n", &format!("\r\n{SECRET}\r\n"));
    let (_, answer) = talk(&world, &[&get], TO_THE_END).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    let seen = world.scene.upstream.only();
    for name in ["upgrade", "transfer-encoding", "content-length"] {
        assert!(!seen.headers.contains_key(name), "{name}");
    }
}

#[tokio::test]
async fn an_old_client_is_served() {
    let world = Scene::new().await.open().await;
    let get = "GET /gateway/orders/v1/a HTTP/1.0\r\n";
    let (_, answer) = talk(&world, &[get, SECRET, "\r\n"], TO_THE_END).await;
    assert!(answer.starts_with("HTTP/1.0 200 OK"), "{answer}");
}

/// R26: the address that the rules see is the connection's.
#[tokio::test]
async fn the_address_of_the_connection_is_the_callers() {
    let world = Scene::new().await.open().await;
    let get = "GET /gateway/orders/v1/a HTTP/1.1\r\nhost: a\r\n";
    talk(&world, &[get, SECRET, CLOSE, "\r\n"], TO_THE_END).await;
    assert_eq!(
        world.scene.upstream.only().headers["x-forwarded-for"],
        "127.0.0.1"
    );
}
