//! Hears what was told in any process, and passes it on to the pages that may know.

use std::time::Duration;

use axum::body::Bytes;
use storekit::{Engine, Heard, Listener};

use crate::access;
use crate::app::App;
use crate::ids::GroupId;
use crate::live::{self, CHANNEL, Told};

/// How often a line goes over each connection, so that nothing on the way takes it for dead; and
/// how long an ended sign-in may go unnoticed when nothing else was told.
const BEAT: Duration = Duration::from_secs(20);
/// How often the processes tell one another who is there.
const TELL: Duration = Duration::from_secs(5);
/// How long to wait before listening is tried again.
const AGAIN: Duration = Duration::from_secs(1);

const BEAT_LINE: Bytes = Bytes::from_static(b":\n\n");

/// Starts to hear; when this comes back, nothing told from now on is missed.
pub async fn start(app: &App) {
    let listener = listen(app).await;
    crate::tasks::detached(hear(app.clone(), listener));
    crate::tasks::detached(beat(app.clone()));
    if app.db.engine() == Engine::Postgres {
        crate::tasks::detached(tell(app.clone()));
    }
}

async fn hear(app: App, mut listener: Listener) {
    while let Some(heard) = listener.next().await {
        match heard {
            Heard::Told(notice) if notice.channel() == CHANNEL => {
                if let Some(told) = Told::read(notice.text()) {
                    pass_on(&app, told).await;
                }
            }
            Heard::Told(_) => {}
            Heard::Missed => app.live.missed(),
        }
    }
}

async fn listen(app: &App) -> Listener {
    loop {
        match app.db.listen().await {
            Ok(listener) => return listener,
            Err(error) => tracing::error!(%error, "live updates cannot be heard"),
        }
        tokio::time::sleep(AGAIN).await;
    }
}

async fn pass_on(app: &App, told: Told) {
    match told {
        Told::Changed(group, line) => {
            let line = Bytes::from(line + "\n\n");
            app.live.remember(group, line.clone(), app.now());
            tell_group(app, group, line).await;
        }
        Told::Check(group) => tell_group(app, group, BEAT_LINE).await,
        Told::Out(sign_in) => app.live.end_sign_in(sign_in),
        Told::Here(seats) => {
            let now = app.now();
            seats.into_iter().for_each(|(group, member)| app.presence.told(group, member, now));
        }
    }
}

/// Asks, for all connections to a group at once, whether they may still hear; then tells them.
async fn tell_group(app: &App, group: GroupId, line: Bytes) {
    let listening = app.live.listening(group);
    if listening.is_empty() {
        return;
    }
    let keys = app.keys.clone();
    let asked = app.db.read(move |tx| access::barred(tx, &keys, &listening)).await;
    match asked {
        Ok(barred) => app.live.tell(group, &barred, &line, app.now()),
        Err(stop) => {
            tracing::error!(?stop, "who may hear could not be asked");
            app.live.end_group(group);
        }
    }
}

async fn beat(app: App) {
    let mut beat = tokio::time::interval(BEAT);
    while !app.live.is_stopping() {
        beat.tick().await;
        for group in app.live.groups() {
            tell_group(&app, group, BEAT_LINE).await;
        }
    }
}

async fn tell(app: App) {
    let mut time = tokio::time::interval(TELL);
    while !app.live.is_stopping() {
        time.tick().await;
        for text in live::here(&app.presence.news()) {
            if let Err(error) = app.db.tell(CHANNEL, &text).await {
                tracing::error!(%error, "who is there could not be told");
            }
        }
    }
}
