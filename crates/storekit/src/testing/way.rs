use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::Target;

/// A way to PostgreSQL that can break: for the program it is the server.
pub struct Way {
    here: SocketAddr,
    server: String,
    target: Target,
    how: How,
    lines: JoinSet<()>,
}

/// What happens on the way.
#[derive(Clone)]
struct How {
    /// Calls are taken, and nothing is heard any more: a server that is stopped (SIGSTOP), or whose
    /// network takes everything and gives nothing.
    silent: watch::Sender<bool>,
    /// The next COMMIT goes through, and the line breaks before its answer.
    swallow: Arc<AtomicBool>,
    /// The next COMMIT goes through, and then all is silent.
    silent_after_commit: Arc<AtomicBool>,
    /// The server copies from another one: it begins nothing that writes.
    copy: Arc<AtomicBool>,
}

impl Way {
    /// A way to the server of this database.
    pub async fn to(target: &Target) -> Way {
        let Target::Postgres(url) = target else { panic!("only a server can be away") };
        let (_, rest) = url.split_once("://").expect("an address");
        let rest = rest.rsplit_once('@').map_or(rest, |(_, rest)| rest);
        let server = rest.split(['/', '?']).next().expect("a server that listens on a port");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let here = listener.local_addr().expect("an address");
        let target = Target::Postgres(url.replace(server, &here.to_string()));
        let how = How {
            silent: watch::Sender::new(false),
            swallow: Arc::default(),
            silent_after_commit: Arc::default(),
            copy: Arc::default(),
        };
        let lines = JoinSet::new();
        let mut way = Way { here, server: server.to_owned(), target, how, lines };
        way.serve(listener);
        way
    }

    /// The database by this way.
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// Where it begins: a host and a port.
    pub fn here(&self) -> SocketAddr {
        self.here
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

    /// No line breaks, and nothing is heard on any.
    pub fn fall_silent(&self) {
        self.how.silent.send_replace(true);
    }

    /// What was held back goes on its way.
    pub fn speak_again(&self) {
        self.how.silent.send_replace(false);
    }

    /// The next COMMIT is done, and its line breaks before anybody is told.
    pub fn swallow_the_next_answer(&self) {
        self.how.swallow.store(true, Ordering::SeqCst);
    }

    /// The next COMMIT is done, and from then on nothing is heard.
    pub fn fall_silent_after_the_next_commit(&self) {
        self.how.silent_after_commit.store(true, Ordering::SeqCst);
    }

    /// From now on the server is one that copies from another, as after a demotion, or not any more.
    pub fn be_a_copy(&self, copy: bool) {
        self.how.copy.store(copy, Ordering::SeqCst);
    }

    fn serve(&mut self, listener: TcpListener) {
        let (server, how) = (self.server.clone(), self.how.clone());
        self.lines.spawn(async move {
            let mut open = JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                if let Ok(server) = TcpStream::connect(&server).await {
                    open.spawn(line(client, server, how.clone()));
                }
            }
        });
    }
}

/// What a hot standby says to a BEGIN that is to write, and that it is ready for more.
const REFUSED: &[u8] = b"E\x00\x00\x00\x49SERROR\0VERROR\0C0A000\0\
    Mcannot use serializable mode in a hot standby\0\0Z\x00\x00\x00\x05I";

async fn line(mut client: TcpStream, mut server: TcpStream, how: How) {
    let (mut asked, mut said) = ([0; 8192], [0; 8192]);
    let mut silent = how.silent.subscribe();
    loop {
        if silent.wait_for(|silent| !silent).await.is_err() {
            return;
        }
        let passed = tokio::select! {
            read = client.read(&mut asked) => {
                let Ok(length @ 1..) = read else { return };
                if silent.wait_for(|silent| !silent).await.is_err() {
                    return;
                }
                let holds = |word: &[u8]| asked[..length].windows(word.len()).any(|part| part == word);
                if how.copy.load(Ordering::SeqCst) && holds(b"SERIALIZABLE") {
                    client.write_all(REFUSED).await
                } else {
                    let commits = holds(b"COMMIT");
                    let passed = server.write_all(&asked[..length]).await;
                    if commits && how.swallow.swap(false, Ordering::SeqCst) {
                        let unheard = server.read(&mut said).await;
                        assert!(unheard.is_ok(), "the server answers, and nobody hears it");
                        return;
                    }
                    if commits && how.silent_after_commit.swap(false, Ordering::SeqCst) {
                        how.silent.send_replace(true);
                    }
                    passed
                }
            }
            read = server.read(&mut said) => {
                let Ok(length @ 1..) = read else { return };
                if silent.wait_for(|silent| !silent).await.is_err() {
                    return;
                }
                client.write_all(&said[..length]).await
            }
        };
        if passed.is_err() {
            return;
        }
    }
}
