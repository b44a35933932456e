//! `sameboat check` as whoever hosts it runs it: it tries the proxy, and says what is wrong.

use std::net::SocketAddr;
use std::process::{Command, Output};

use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::{TcpListener, TcpStream};

/// What a proxy does with what passes through it.
#[derive(Clone, Copy)]
enum Proxy {
    /// It puts the visitor's address last, and passes answers on as they come.
    Good,
    /// It leaves X-Forwarded-For out.
    Silent,
    /// It passes on what the visitor claims.
    Gullible,
    /// It waits for the whole answer.
    Slow,
    /// It answers itself that nobody is there.
    Cut,
    /// It answers with a page of somebody else.
    Other,
}

#[expect(clippy::disallowed_methods, reason = "it ends with the test")]
async fn start(proxy: Proxy, to: SocketAddr) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a place to listen");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((line, _)) = listener.accept().await {
            tokio::spawn(pass(proxy, line, to));
        }
    });
    address
}

async fn pass(proxy: Proxy, mut line: TcpStream, to: SocketAddr) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        line.read_buf(&mut head).await.expect("a visitor");
    }
    let said = |status: &str, text: &str| {
        let length = text.len();
        format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{text}")
    };
    let own = match proxy {
        Proxy::Cut => Some(said("502 Bad Gateway", "nobody there")),
        Proxy::Other => Some(said("200 OK", "Welcome to nginx!")),
        _ => None,
    };
    if let Some(answer) = own {
        line.write_all(answer.as_bytes()).await.expect("it is heard");
        return;
    }
    let head = String::from_utf8(head).expect("a head is text").to_lowercase();
    let lines = head.trim_end().lines().map(|line| match proxy {
        Proxy::Good | Proxy::Slow if line.starts_with("x-forwarded-for") => {
            format!("{line}, 127.0.0.1")
        }
        Proxy::Silent if line.starts_with("x-forwarded-for") => "x-nothing: 1".to_owned(),
        _ => line.replacen("get /", "GET /", 1).replace("http/1.1", "HTTP/1.1"),
    });
    let head = lines.chain(["connection: close".into()]).map(|line| line + "\r\n");
    let head: String = head.chain(["\r\n".into()]).collect();
    let mut behind = TcpStream::connect(to).await.expect("the program listens");
    behind.write_all(head.as_bytes()).await.expect("it can be sent");
    if matches!(proxy, Proxy::Slow) {
        let mut whole = Vec::new();
        behind.read_to_end(&mut whole).await.expect("an answer");
        line.write_all(&whole).await.ok();
    } else {
        // A visitor who has heard enough hangs up.
        copy(&mut behind, &mut line).await.ok();
    }
}

/// Runs the command, with a proxy of this kind at the address that people use.
async fn check(proxy: Proxy, more: &[&str]) -> Output {
    let folder = TempDir::new().expect("a test needs a folder");
    let free = TcpListener::bind("127.0.0.1:0").await.expect("a place to listen");
    let listen = free.local_addr().expect("an address");
    drop(free);
    let url = format!("http://{}", start(proxy, listen).await);
    let mut command = Command::new(env!("CARGO_BIN_EXE_sameboat"));
    command.arg("check").arg("--data").arg(folder.path().join("data"));
    command.args(["--url", &url, "--listen", &listen.to_string()]).args(more);
    let ran = tokio::task::spawn_blocking(move || command.output()).await;
    ran.expect("it runs").expect("it can be started")
}

async fn says(proxy: Proxy, more: &[&str], words: &str) {
    let output = check(proxy, more).await;
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8(said).expect("text");
    assert!(said.contains(words), "{said}");
    assert_eq!(output.status.success(), words.contains("good"), "{said}");
}

#[tokio::test]
async fn a_good_proxy_is_called_good() {
    says(Proxy::Good, &["--behind-proxy"], "Proxy: good. It leads here").await;
}

#[tokio::test]
async fn what_is_wrong_with_a_proxy_is_said() {
    let behind = &["--behind-proxy"];
    tokio::join!(
        says(Proxy::Good, &[], "--behind-proxy is missing"),
        says(Proxy::Silent, behind, "sends no X-Forwarded-For"),
        says(Proxy::Gullible, behind, "pretend to be anybody"),
        says(Proxy::Slow, behind, "holds answers back"),
        says(Proxy::Cut, behind, "502 Bad Gateway: the proxy runs, but does not reach"),
        says(Proxy::Other, behind, "answers, but it is not this program"),
    );
}

#[tokio::test]
async fn while_the_program_runs_it_is_only_asked_whether_it_answers() {
    let folder = TempDir::new().expect("a test needs a folder");
    let mut serving = Command::new(env!("CARGO_BIN_EXE_sameboat"));
    let free = TcpListener::bind("127.0.0.1:0").await.expect("a place to listen");
    let listen = free.local_addr().expect("an address").to_string();
    drop(free);
    let data = folder.path().join("data");
    serving.arg("serve").arg("--data").arg(&data).args(["--listen", &listen]);
    let mut serving = serving.spawn().expect("it can be started");
    for _ in 0..100 {
        if TcpStream::connect(&listen).await.is_ok() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let url = format!("http://{listen}");
    let mut command = Command::new(env!("CARGO_BIN_EXE_sameboat"));
    command.arg("check").arg("--data").arg(&data).args(["--url", &url, "--listen", &listen]);
    let output = tokio::task::spawn_blocking(move || command.output()).await;
    serving.kill().expect("it can be stopped");
    serving.wait().expect("it stops");
    let output = output.expect("it runs").expect("it can be started");
    let said = String::from_utf8(output.stdout).expect("text");
    assert!(said.contains("it answers. To see what it passes on, stop the program"), "{said}");
    assert!(output.status.success());
}
