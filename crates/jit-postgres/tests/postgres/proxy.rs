//! Stands between a store and its server, and loses what a network can lose.

use std::{
    io::Result,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream, UnixStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
        unix::OwnedWriteHalf as ServerWriteHalf,
    },
    sync::Notify,
};

use super::server::{self, Database};

/// What happens to the next `COMMIT`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Fault {
    /// It reaches the server, and its answer nobody.
    LoseAnswer,
    /// It does not reach the server.
    LoseCommit,
    /// It reaches the server when the next transaction has begun, and its answer nobody.
    Delay,
}

#[derive(Clone)]
pub(crate) struct Proxy {
    address: SocketAddr,
    database: String,
    next: Arc<Mutex<Option<Fault>>>,
    begun: Arc<Notify>,
}

impl Proxy {
    pub(crate) async fn before(database: &Database) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxy = Self {
            address: listener.local_addr().unwrap(),
            database: database.name().to_owned(),
            next: Arc::default(),
            begun: Arc::default(),
        };
        let this = proxy.clone();
        let socket = server::socket();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = UnixStream::connect(&socket).await.unwrap();
                let this = this.clone();
                // An error is the end of a connection, which is what this is about.
                tokio::spawn(async move { this.carry(client, server).await.ok() });
            }
        });
        proxy
    }

    pub(crate) fn url(&self) -> String {
        let Self {
            address, database, ..
        } = self;
        format!("postgres://postgres@{address}/{database}?sslmode=disable")
    }

    pub(crate) fn next_commit(&self, fault: Fault) {
        *self.next.lock().unwrap() = Some(fault);
    }

    /// Whether the fault has happened.
    pub(crate) fn is_done(&self) -> bool {
        self.next.lock().unwrap().is_none()
    }

    async fn carry(self, client: TcpStream, server: UnixStream) -> Result<()> {
        let (from_client, to_client) = client.into_split();
        let (mut from_server, to_server) = server.into_split();
        let answers = Arc::new(tokio::sync::Mutex::new(Some(to_client)));
        let questions = self.carry_questions(from_client, to_server, Arc::clone(&answers));
        let carry_answers = async {
            let mut bytes = vec![0; 64 * 1024];
            loop {
                let many = from_server.read(&mut bytes).await?;
                if many == 0 {
                    return Ok(());
                }
                if let Some(client) = answers.lock().await.as_mut() {
                    client.write_all(&bytes[..many]).await?;
                }
            }
        };
        tokio::select! {
            done = questions => done,
            done = carry_answers => done,
        }
    }

    async fn carry_questions(
        &self,
        mut client: OwnedReadHalf,
        mut server: ServerWriteHalf,
        answers: Arc<tokio::sync::Mutex<Option<OwnedWriteHalf>>>,
    ) -> Result<()> {
        // The first message has no letter before its length.
        let first = message(&mut client, Vec::new()).await?;
        server.write_all(&first).await?;
        loop {
            let kind = client.read_u8().await?;
            let message = message(&mut client, vec![kind]).await?;
            let is = |word: &[u8]| kind == b'Q' && message[5..].starts_with(word);
            if is(b"BEGIN") {
                self.begun.notify_waiters();
            }
            let fault = if is(b"COMMIT") {
                self.next.lock().unwrap().take()
            } else {
                None
            };
            let Some(fault) = fault else {
                server.write_all(&message).await?;
                continue;
            };
            let next_begin = self.begun.notified();
            // Cuts the connection to the client before the server hears of it.
            drop((client, answers.lock().await.take()));
            if fault == Fault::Delay {
                next_begin.await;
            }
            if fault != Fault::LoseCommit {
                server.write_all(&message).await?;
            }
            // The end of the input: the server answers, and ends.
            server.shutdown().await?;
            return std::future::pending().await;
        }
    }
}

/// A message whose length comes next.
async fn message(client: &mut OwnedReadHalf, mut message: Vec<u8>) -> Result<Vec<u8>> {
    let length = client.read_u32().await?;
    message.extend(length.to_be_bytes());
    let start = message.len();
    message.resize(start + usize::try_from(length).unwrap() - 4, 0);
    client.read_exact(&mut message[start..]).await?;
    Ok(message)
}
