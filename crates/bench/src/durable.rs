//! Shares that are on the disk when they are answered: 32 people at once, taken into one commit or
//! each in a commit of its own.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, ensure};
use axum::http::{HeaderMap, HeaderValue, header};
use sameboat::access::{self, Member};
use sameboat::app::App;
use sameboat::groups;
use sameboat::sharing::{self, Audience, Door, New, Text, Wants};
use sameboat::tasks::detached;
use serde_json::json;
use storekit::Options;
use tokio::sync::mpsc;
use tokio::time::sleep;

use crate::{open, said, settings};

const WRITERS: usize = 32;
/// How long each way writes before the other has its turn, and how often.
const TURN: Duration = Duration::from_secs(2);
const TURNS: usize = 5;

pub async fn run(folder: &Path) -> anyhow::Result<()> {
    let (mut group, mut single) = (Vec::new(), Vec::new());
    // The first turn fills caches and counts for nothing.
    for turn in 0..=TURNS {
        for (one_commit_each, figures) in [(false, &mut group), (true, &mut single)] {
            let options = Options { one_commit_each, ..Options::default() };
            let app = open(settings(folder), options).await?;
            let shares = shares_a_second(&app, folder).await?;
            app.db.close().await;
            if turn > 0 {
                figures.push(shares);
            }
        }
    }
    let (group, single) = (median(group), median(single));
    let figures = json!({
        "group_over_single": (group / single * 10.0).round() / 10.0,
        "group_a_second": group.round(),
        "single_a_second": single.round(),
    });
    println!("{figures}");
    Ok(())
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

async fn shares_a_second(app: &App, folder: &Path) -> anyhow::Result<f64> {
    let members = members(app, folder).await?;
    let (count, over) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
    let (tell, mut ended) = mpsc::channel::<anyhow::Result<()>>(WRITERS);
    for member in members {
        let (app, count, over, tell) = (app.clone(), count.clone(), over.clone(), tell.clone());
        detached(async move {
            let mut done = Ok(());
            while done.is_ok() && !over.load(Ordering::Relaxed) {
                done = share(&app, member.clone()).await;
                count.fetch_add(1, Ordering::Relaxed);
            }
            tell.send(done).await.ok();
        });
    }
    drop(tell);
    sleep(TURN).await;
    over.store(true, Ordering::Relaxed);
    while let Some(done) = ended.recv().await {
        done?;
    }
    Ok(count.load(Ordering::Relaxed) as f64 / TURN.as_secs_f64())
}

async fn share(app: &App, member: Member) -> anyhow::Result<()> {
    let here = app.clone();
    let text = Text::parse("The line was engaged again all morning, and I gave up at noon.");
    let text = text.map_err(|_| anyhow::anyhow!("words that do not fit"))?;
    let door = Door { audience: Audience::Group, to: None, newcomers: false };
    let new = New { text, wants: Wants::Listening, door, leaving: false };
    let kept = app.db.write(move |tx| sharing::add(tx, &here.keys, &member, &new)).await;
    kept.map(drop).map_err(said)
}

/// One member each of as many groups as there are writers.
async fn members(app: &App, folder: &Path) -> anyhow::Result<Vec<Member>> {
    let lines = std::fs::read_to_string(folder.join("cookies"))?;
    let mut members = Vec::new();
    for (at, line) in lines.lines().take(WRITERS).enumerate() {
        let (cookies, _) = line.split_once('\t').context("no cookies")?;
        let headers = HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(cookies)?)]);
        let person = access::find_person(app, &headers).await.map_err(said)?;
        let person = person.context("nobody is signed in")?;
        let seat = person.seats()[at % person.seats().len()].clone();
        let found = app.db.read(move |tx| groups::member(tx, &person, &seat)).await;
        members.push(found.map_err(said)?.context("nobody sits there")?);
    }
    ensure!(members.len() == WRITERS, "seed at least {WRITERS} groups");
    Ok(members)
}
