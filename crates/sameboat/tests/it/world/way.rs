//! A way to PostgreSQL that can break, as if the server were stopped: for the program it is.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use regex::Regex;
use storekit::Target;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// A way to a server; it is open.
pub struct Way {
    here: SocketAddr,
    server: String,
    target: Target,
    /// The next COMMIT goes through, and the line breaks before its answer.
    swallow: Arc<AtomicBool>,
    lines: JoinSet<()>,
}

impl Way {
    /// A way to the server of this database.
    pub async fn to(target: &Target) -> Way {
        let Target::Postgres(url) = target else { panic!("only a server can be away") };
        let server = Regex::new("@([^/@]+:[0-9]+)/").expect("a pattern");
        let server = server.captures(url).expect("a server that listens on a port")[1].to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let here = listener.local_addr().expect("an address");
        let target = Target::Postgres(url.replace(&server, &here.to_string()));
        let mut way = Way { here, server, target, swallow: Arc::default(), lines: JoinSet::new() };
        way.serve(listener);
        way
    }

    /// The database by this way.
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// Every line breaks, and nobody answers.
    pub async fn shut(&mut self) {
        self.lines.shutdown().await;
    }

    /// Somebody answers again.
    pub async fn open_again(&mut self) {
        let listener = TcpListener::bind(self.here).await;
        self.serve(listener.expect("the port is still ours"));
    }

    /// The next COMMIT is done, and its line breaks before anybody is told.
    pub fn swallow_the_next_answer(&self) {
        self.swallow.store(true, Ordering::SeqCst);
    }

    fn serve(&mut self, listener: TcpListener) {
        let (server, swallow) = (self.server.clone(), self.swallow.clone());
        self.lines.spawn(async move {
            let mut open = JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                if let Ok(server) = TcpStream::connect(&server).await {
                    open.spawn(line(client, server, swallow.clone()));
                }
            }
        });
    }
}

async fn line(mut client: TcpStream, mut server: TcpStream, swallow: Arc<AtomicBool>) {
    let (mut asked, mut said) = ([0; 8192], [0; 8192]);
    loop {
        let passed = tokio::select! {
            read = client.read(&mut asked) => {
                let Ok(length @ 1..) = read else { return };
                let passed = server.write_all(&asked[..length]).await;
                let commits = asked[..length].windows(6).any(|part| part == b"COMMIT");
                if commits && swallow.swap(false, Ordering::SeqCst) {
                    let unheard = server.read(&mut said).await;
                    assert!(unheard.is_ok(), "the server answers, and nobody hears it");
                    return;
                }
                passed
            }
            read = server.read(&mut said) => {
                let Ok(length @ 1..) = read else { return };
                client.write_all(&said[..length]).await
            }
        };
        if passed.is_err() {
            return;
        }
    }
}
