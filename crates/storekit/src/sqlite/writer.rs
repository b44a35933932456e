//! The one thread that writes. It takes all writes that wait into one commit,
//! each in a savepoint of its own, and answers only after that commit.

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::statements::command;
use crate::Error;

/// The most writes in one commit: it bounds how long the first of them waits.
pub(super) const GROUP: usize = 256;

/// How the writes are done.
#[derive(Clone, Copy)]
pub(super) struct Way {
    /// So many in one commit.
    pub most: usize,
    /// Each is run, undone and run again.
    pub each_twice: bool,
}

/// A write that waits.
pub(super) struct Job {
    /// Runs it, perhaps not for the first time.
    pub run: Box<dyn FnMut(&Connection) -> Ran + Send>,
    /// Answers, when it is known whether the commit stands.
    pub tell: Box<dyn FnOnce(Result<(), Error>) + Send>,
}

pub(super) enum Ran {
    Keep,
    Undo(Option<Error>),
}

pub(super) enum Order {
    Write(Job),
    Alone(Box<dyn FnOnce(&mut Connection) + Send>),
    Close(oneshot::Sender<()>),
}

pub(super) fn work(mut conn: Connection, mut orders: mpsc::Receiver<Order>, way: Way) {
    let mut closing = Vec::new();
    let mut next = orders.blocking_recv();
    while let Some(order) = next.take() {
        match order {
            Order::Write(first) => {
                let mut group = vec![first];
                while group.len() < way.most {
                    match orders.try_recv() {
                        Ok(Order::Write(job)) => group.push(job),
                        Ok(other) => {
                            next = Some(other);
                            break;
                        }
                        Err(_) => break,
                    }
                }
                commit(&conn, group, way);
            }
            Order::Alone(job) => job(&mut conn),
            Order::Close(tell) => {
                // No new orders; those that wait are still done.
                orders.close();
                closing.push(tell);
            }
        }
        if next.is_none() {
            next = orders.blocking_recv();
        }
    }
    // Where a reader still needs the log, the next opening tidies up.
    drop(super::checkpoint(&conn));
    drop(conn);
    for tell in closing {
        // Who asked may have gone.
        tell.send(()).ok();
    }
}

fn commit(conn: &Connection, mut group: Vec<Job>, way: Way) {
    let done = together(conn, &mut group, way);
    if !conn.is_autocommit() {
        // The next BEGIN says so if even this fails.
        drop(command(conn, "ROLLBACK"));
    }
    match done {
        // One write too big for the disk must not fail the small ones beside it.
        Err(Broken::GivenUp(_)) if group.len() > 1 => {
            for job in group {
                commit(conn, vec![job], way);
            }
        }
        Ok(()) => group.into_iter().for_each(|job| (job.tell)(Ok(()))),
        Err(Broken::GivenUp(error) | Broken::Refused(error)) => {
            for job in group {
                (job.tell)(Err(error.clone()));
            }
        }
    }
}

enum Broken {
    /// SQLite gave the transaction up while a write ran, as a full disk makes
    /// it do, and with it the writes before that one.
    GivenUp(Error),
    Refused(Error),
}

impl From<Error> for Broken {
    fn from(error: Error) -> Broken {
        Broken::Refused(error)
    }
}

fn together(conn: &Connection, group: &mut [Job], way: Way) -> Result<(), Broken> {
    command(conn, "BEGIN IMMEDIATE")?;
    for job in group {
        command(conn, "SAVEPOINT one")?;
        if way.each_twice {
            if let (Ran::Undo(fault), true) = ((job.run)(conn), conn.is_autocommit()) {
                return Err(Broken::GivenUp(fault.unwrap_or(Error::Busy)));
            }
            command(conn, "ROLLBACK TO one")?;
        }
        match (job.run)(conn) {
            Ran::Undo(fault) if conn.is_autocommit() => {
                return Err(Broken::GivenUp(fault.unwrap_or(Error::Busy)));
            }
            Ran::Undo(_) => command(conn, "ROLLBACK TO one")?,
            Ran::Keep => {}
        }
        command(conn, "RELEASE one")?;
    }
    Ok(command(conn, "COMMIT")?)
}
