//! Opens the connections, has something change, and looks at clock and memory.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use sameboat::tasks::detached;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout};

use crate::process::{Served, private_kb};
use crate::{MEMBERS, Made};

/// Changes that are timed, and how many of them at the same time.
const CHANGES: usize = 1_000;
const AT_ONCE: usize = 8;
const PATIENCE: Duration = Duration::from_secs(30);

type Heard = (i64, Instant);

pub async fn run(folder: &Path) -> anyhow::Result<()> {
    let program = std::env::current_exe()?;
    let made = Command::new(&program).arg("live-make").arg(folder).status()?;
    ensure!(made.success(), "the groups could not be made");
    let made: Vec<Made> = serde_json::from_slice(&std::fs::read(folder.join("made.json"))?)?;
    let served = Served::start("live-serve", folder)?;
    let (pid, address) = (served.process.id(), served.address);

    // Once for what is there however many listen: caches of statements, pages of the database.
    drop(open_all(address, &made[..10]).await?);
    tokio::time::sleep(Duration::from_secs(1)).await;
    let before = private_kb(pid)?;

    let (tell, mut heard) = mpsc::unbounded_channel();
    let lines = open_all(address, &made).await?;
    let connections = lines.len();
    tokio::time::sleep(Duration::from_secs(1)).await;
    let after = private_kb(pid)?;
    listen(lines, &tell);

    let mut times = time_changes(address, &made, &mut heard).await?;
    let at_the_end = private_kb(pid)?;
    times.sort();
    let ms =
        |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
    let each = |kb: u64| kb.saturating_sub(before) as f64 / connections as f64;
    println!(
        "private memory before: {before} KB, with {connections}: {after} KB, then {at_the_end} KB"
    );
    println!("from change to the last of {MEMBERS}: median {:.1} ms, p90 {:.1} ms", ms(50), ms(90));
    let figures = json!({
        "kb_each": round(each(after.max(at_the_end))),
        "p99_ms": round(ms(99)),
        "connections": connections,
    });
    println!("{figures}");
    Ok(())
}

fn round(figure: f64) -> f64 {
    (figure * 10.0).round() / 10.0
}

async fn open_all(address: SocketAddr, made: &[Made]) -> anyhow::Result<Vec<TcpStream>> {
    let mut lines = Vec::new();
    for group in made {
        for (member, cookies) in group.cookies.iter().enumerate() {
            lines.push(open(address, &group.id, cookies, member).await?);
        }
    }
    Ok(lines)
}

async fn open(
    address: SocketAddr,
    group: &str,
    cookies: &str,
    member: usize,
) -> anyhow::Result<TcpStream> {
    let mut line = TcpStream::connect(address).await?;
    let request = format!(
        "GET /g/{group}/live HTTP/1.1\r\nhost: circle.example\r\naccept: text/event-stream\r\n\
         x-forwarded-for: 10.0.0.{member}\r\ncookie: {cookies}\r\n\r\n"
    );
    line.write_all(request.as_bytes()).await?;
    let head = read_until(&mut line, ": here").await?;
    ensure!(head.starts_with("HTTP/1.1 200"), "refused: {head}");
    Ok(line)
}

async fn read_until(line: &mut TcpStream, words: &str) -> anyhow::Result<String> {
    let mut heard = Vec::new();
    let reading = async {
        while !String::from_utf8_lossy(&heard).contains(words) {
            if line.read_buf(&mut heard).await? == 0 {
                bail!("it hung up: {}", String::from_utf8_lossy(&heard));
            }
        }
        Ok(())
    };
    timeout(PATIENCE, reading).await.context("nothing came")??;
    Ok(String::from_utf8_lossy(&heard).into_owned())
}

/// Notes, for each line, when which change was heard.
fn listen(lines: Vec<TcpStream>, tell: &mpsc::UnboundedSender<Heard>) {
    for mut line in lines {
        let tell = tell.clone();
        detached(async move {
            let mut piece = [0; 1024];
            while let Ok(length @ 1..) = line.read(&mut piece).await {
                let now = Instant::now();
                // Events are small and come one by one, so none is cut in two.
                let text = String::from_utf8_lossy(&piece[..length]);
                for rest in text.split("\"version\":").skip(1) {
                    let digits = rest.split(',').next().unwrap_or_default();
                    if let Ok(version) = digits.parse() {
                        tell.send((version, now)).ok();
                    }
                }
            }
        });
    }
}

/// For each change, the time until the last member of its group has heard of it.
async fn time_changes(
    address: SocketAddr,
    made: &[Made],
    heard: &mut mpsc::UnboundedReceiver<Heard>,
) -> anyhow::Result<Vec<Duration>> {
    let mut hands = Vec::new();
    for _ in 0..AT_ONCE {
        hands.push(TcpStream::connect(address).await?);
    }
    let mut times = Vec::new();
    for first in (1..=CHANGES).step_by(AT_ONCE) {
        let begun = Instant::now();
        for (number, hand) in (first..).zip(&mut hands) {
            let group = &made[number % made.len()].id;
            let request = format!(
                "GET /bench/change/{group}/{number} HTTP/1.1\r\nhost: circle.example\r\n\
                 x-forwarded-for: 10.1.{}.{}\r\n\r\n",
                number / 250,
                number % 250,
            );
            hand.write_all(request.as_bytes()).await?;
        }
        let mut counts: HashMap<i64, usize> = HashMap::new();
        for _ in 0..AT_ONCE * MEMBERS {
            let next = timeout(PATIENCE, heard.recv()).await.context("a change was not heard")?;
            let (version, at) = next.context("nobody listens")?;
            let count = counts.entry(version).or_default();
            *count += 1;
            if *count == MEMBERS {
                times.push(at - begun);
            }
        }
        for hand in &mut hands {
            read_until(hand, "changed").await?;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(times)
}
