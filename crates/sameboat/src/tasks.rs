//! The only place that starts work beside a request.

use std::future::Future;
use std::time::Duration;

use storekit::Tx;

use crate::app::App;
use crate::error::Outcome;
use crate::web::once;
use crate::{clock, door, gone, instance_key, people, returning};

/// Runs on its own; whoever starts it does not wait.
pub fn detached(task: impl Future<Output = ()> + Send + 'static) {
    #[expect(clippy::disallowed_methods, reason = "the one place where tasks begin")]
    tokio::spawn(task);
}

/// How often rows past their limit are swept out.
const SWEEP: Duration = Duration::from_secs(10 * 60);

/// Takes away what is past its limit, for as long as the program runs.
pub fn housekeeping(app: App) {
    detached(async move {
        let mut round = tokio::time::interval(SWEEP);
        loop {
            round.tick().await;
            if let Err(stop) = sweep(&app).await {
                tracing::error!(?stop, "sweeping failed");
            }
            if let Err(stop) = look_at_key(&app).await {
                tracing::error!(
                    ?stop,
                    "the instance key is not found to be the one of the database"
                );
            }
            // What was deleted leaves the log, too (P3).
            if let Err(error) = app.db.checkpoint().await {
                tracing::error!(%error, "the checkpoint failed");
            }
        }
    });
}

/// Says in the log that the key was changed while this process ran: it was left running by mistake.
async fn look_at_key(app: &App) -> Outcome<()> {
    let here = app.clone();
    app.db.read(move |tx| instance_key::must_be_now(tx, &here.keys)).await
}

/// How often the gone list is written: whoever went must not come back with a backup.
const TELL: Duration = Duration::from_secs(5);

/// Writes to the gone list for as long as the program runs, where the settings name one.
pub fn telling_gone(app: App) {
    let Some(list) = app.settings.gone_list.clone() else { return };
    detached(async move {
        let mut round = tokio::time::interval(TELL);
        loop {
            // At the start, and then on each new day.
            if let Err(stop) = gone::end_day(&app.db, &list, app.now()).await {
                tracing::error!(?stop, "the gone list can't be written");
            }
            let today = clock::day(app.now());
            while clock::day(app.now()) == today {
                round.tick().await;
                tell_gone(&app).await;
            }
        }
    });
}

/// One round of it. What could not be written waits.
pub async fn tell_gone(app: &App) {
    let Some(list) = &app.settings.gone_list else { return };
    if let Err(stop) = gone::deliver(&app.db, list, app.now()).await {
        tracing::error!(?stop, "the gone list can't be written");
    }
}

/// One round of it.
pub async fn sweep(app: &App) -> Outcome<()> {
    app.limits.forget();
    app.joins.forget(app.now());
    app.tries.forget();
    app.presence.forget(app.now() - clock::HOUR);
    let here = app.clone();
    app.db.write(move |tx| sweep_rows(tx, &here)).await?;
    match app.settings.gone_list {
        Some(_) => Ok(()),
        None => app.db.write(gone::forget).await,
    }
}

fn sweep_rows(tx: &mut Tx<'_>, app: &App) -> Outcome<()> {
    people::forget_ended(tx)?;
    door::forget_old(tx)?;
    returning::end_by_the_clock(tx, &app.keys)?;
    once::forget_old(tx)
}
