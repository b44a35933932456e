//! One connection that listens, for as long as the database is open.

use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::task::{AbortHandle, JoinHandle};
use tokio::time::sleep;
use tokio_postgres::{AsyncMessage, Client};

use super::address::Hear;
use super::errors::in_time;
use super::pool::Pool;
use crate::notices::{Bell, Heard, Notice};
use crate::{Error, Listener};

/// A line on which nothing comes may be dead: it is asked this often, and hung
/// up if no answer comes for so long.
const ASK: Duration = Duration::from_secs(10);
const ANSWER: Duration = Duration::from_secs(5);
const LISTEN: &str = "LISTEN storekit";
const FIRST_WAIT: Duration = Duration::from_millis(50);
const LONGEST_WAIT: Duration = Duration::from_secs(5);

pub(super) struct Ears {
    bell: Bell,
    task: AbortHandle,
}

impl Ears {
    pub(super) async fn open(pool: Arc<Pool>) -> Result<Ears, Error> {
        let bell = Bell::new();
        let line = Line::open(&pool, &bell).await?;
        let task = Handle::current().spawn(stay(pool, bell.clone(), line)).abort_handle();
        Ok(Ears { bell, task })
    }

    pub(super) fn listen(&self) -> Listener {
        self.bell.listen()
    }

    pub(super) fn close(&self) {
        self.task.abort();
    }
}

impl Drop for Ears {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Line {
    client: Client,
    driven: JoinHandle<()>,
}

impl Line {
    async fn open(pool: &Pool, bell: &Bell) -> Result<Line, Error> {
        let bell = bell.clone();
        let hear: Hear = Arc::new(move |message| {
            if let AsyncMessage::Notification(told) = message
                && let Some(notice) = Notice::unpack(told.payload())
            {
                bell.tell(notice);
            }
        });
        let (client, driven) = pool.address().listen(hear).await?;
        let line = Line { client, driven };
        match in_time(ANSWER, line.client.batch_execute(LISTEN)).await {
            // A copy that takes no writes hears nothing, either.
            Err(Error::ReadOnly) => Err(Error::Lost("25006".into())),
            done => done.map(|()| line),
        }
    }

    /// Comes back when the line is dead.
    async fn hold(&mut self) {
        loop {
            tokio::select! {
                // How it ended does not matter.
                _ = &mut self.driven => return,
                () = sleep(ASK) => {}
            }
            // Once more changes nothing, and a server that was demoted refuses it.
            if in_time(ANSWER, self.client.batch_execute(LISTEN)).await.is_err() {
                return;
            }
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.driven.abort();
    }
}

async fn stay(pool: Arc<Pool>, bell: Bell, mut line: Line) {
    loop {
        line.hold().await;
        line = again(&pool, &bell).await;
        // Only now: what came in between is lost, what comes from here on is heard.
        bell.ring(Heard::Missed);
    }
}

async fn again(pool: &Pool, bell: &Bell) -> Line {
    let mut wait = FIRST_WAIT;
    loop {
        if let Ok(line) = Line::open(pool, bell).await {
            return line;
        }
        sleep(wait).await;
        wait = LONGEST_WAIT.min(wait * 2);
    }
}
