//! Asks for the address that people use, as a visitor would, and looks at what comes through.

use std::io::{ErrorKind, Read};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::HeaderMap;
use http_body_util::channel::Channel;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use ureq::Agent;

use crate::config::Settings;
use crate::web::limits::forwarded;
use crate::web::live::as_it_comes;
use crate::web::server;
use crate::{clock, random};

/// An address of nobody (RFC 5737), which a visitor may claim to have.
const CLAIMED: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7));
/// How long an answer may take in all.
const PATIENCE: Duration = Duration::from_secs(15);
/// Between the first piece of an answer and its next.
const BETWEEN: Duration = Duration::from_secs(2);

/// What came through to our side.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Option<HeaderMap>>>);

/// Tries the proxy, and says what is good about it.
///
/// # Errors
/// What is wrong with it, in words.
pub async fn try_it(settings: &Settings) -> anyhow::Result<&'static str> {
    let url = settings.url.clone();
    let listener = match TcpListener::bind(settings.listen).await {
        Ok(listener) => listener,
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            let answer = ask(move || fetch(&url, "/health")).await?;
            ensure!(answer.text == "ok", "{}", elsewhere(settings));
            return Ok(
                "it answers. To see what it passes on, stop the program and run this again.",
            );
        }
        Err(error) => return Err(error).context("can't listen there"),
    };
    let mut word = [0; 16];
    random::system()(&mut word);
    let word: String = word.iter().map(|b| format!("{b:02x}")).collect();
    let (heard, (stop, stopped)) = (Heard::default(), oneshot::channel::<()>());
    let router = in_place(heard.clone(), word.clone());
    let asking = async {
        let answer = ask(move || fetch(&url, "/")).await;
        stop.send(()).ok();
        answer
    };
    let stopped = async { _ = stopped.await };
    let (answer, ()) = tokio::join!(asking, server::serve(listener, router, stopped));
    let answer = answer?;
    let heard = heard.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(heard) = heard.filter(|_| answer.text.starts_with(&word)) else {
        bail!("{}", elsewhere(settings));
    };
    judge(settings, forwarded(&heard), answer.between)?;
    Ok("good. It leads here, says who asks, and holds no answer back.")
}

/// Says what is wrong with what came through.
fn judge(settings: &Settings, from: Option<IpAddr>, between: Duration) -> anyhow::Result<()> {
    match (settings.behind_proxy, from) {
        (_, Some(CLAIMED)) => bail!(
            "The proxy passes on the X-Forwarded-For that a visitor sent. Anybody could pretend to \
             be anybody, and slip past the limits. It must put the visitor's own address there, \
             or put it last."
        ),
        (true, None) => bail!(
            "The proxy sends no X-Forwarded-For. All visitors would share one limit, and one of \
             them could shut out the others. Let it set that header."
        ),
        (false, Some(_)) => bail!(
            "A proxy stands in front, but --behind-proxy is missing. All visitors would share one \
             limit, and one of them could shut out the others."
        ),
        (true, Some(_)) | (false, None) => {}
    }
    ensure!(
        between > BETWEEN / 2,
        "The proxy holds answers back until they are complete. Live pages would stand still. Let \
         it pass on what comes at once."
    );
    Ok(())
}

fn elsewhere(settings: &Settings) -> String {
    format!(
        "{} answers, but it is not this program. Does the proxy lead to {}?",
        settings.url, settings.listen
    )
}

/// Answers in place of the program: a word, and after a while another, as a live page does.
fn in_place(heard: Heard, word: String) -> Router {
    Router::new().fallback(move |asked: HeaderMap| async move {
        *heard.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(asked);
        let (mut lines, body) = Channel::<Bytes>::new(2);
        crate::tasks::detached(async move {
            let first = lines.send_data(Bytes::from(word)).await;
            tokio::time::sleep(BETWEEN).await;
            // Whoever hung up meanwhile has heard enough.
            if first.is_ok() {
                lines.send_data(Bytes::from_static(b"\n")).await.ok();
            }
        });
        as_it_comes(Body::new(body))
    })
}

/// An answer, and how long its end came after its beginning.
struct Got {
    text: String,
    between: Duration,
}

async fn ask(fetch: impl FnOnce() -> anyhow::Result<Got> + Send + 'static) -> anyhow::Result<Got> {
    tokio::task::spawn_blocking(fetch).await?
}

fn fetch(url: &str, path: &str) -> anyhow::Result<Got> {
    let config = Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .max_redirects(0)
        .http_status_as_error(false)
        .proxy(None)
        .build();
    let asked = Agent::from(config).get(format!("{url}{path}"));
    let answer = asked.header("X-Forwarded-For", CLAIMED.to_string()).call();
    let mut answer = answer.with_context(|| {
        format!(
            "Nobody answers at {url}. Does the name lead to this machine, and does the proxy run?"
        )
    })?;
    let status = answer.status();
    ensure!(
        status.as_u16() < 500,
        "{url} answers with {status}: the proxy runs, but does not reach this program."
    );
    let mut reader = answer.body_mut().as_reader();
    let mut text = vec![0; 32];
    let read = reader.read(&mut text)?;
    let clock = clock::system();
    let begun = clock();
    text.truncate(read);
    reader.take(1024).read_to_end(&mut text)?;
    let between = Duration::from_micros(u64::try_from(clock() - begun).unwrap_or_default());
    Ok(Got { text: String::from_utf8_lossy(&text).into_owned(), between })
}
