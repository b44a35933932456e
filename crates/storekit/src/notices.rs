use std::sync::Arc;

use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

use crate::Error;

/// Notices that may wait for one listener; one that is slower has missed some.
const WAITING: usize = 1024;
/// Bytes of channel and text together: PostgreSQL takes less than 8,000.
const LONGEST: usize = 7_000;

/// What somebody told all who listen to the same database. It is stored nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    channel: String,
    text: String,
}

impl Notice {
    pub(crate) fn new(channel: &str, text: &str) -> Result<Notice, Error> {
        let plain = !channel.is_empty() && channel.bytes().all(|b| b.is_ascii_graphic());
        if !plain || channel.len() + text.len() > LONGEST || text.contains('\0') {
            let what = "a notice has a channel of plain letters and at most 7,000 bytes, none zero";
            return Err(Error::Wrong(what.into()));
        }
        Ok(Notice { channel: channel.to_owned(), text: text.to_owned() })
    }

    /// What it is about.
    pub fn channel(&self) -> &str {
        &self.channel
    }

    /// What was told.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn pack(&self) -> String {
        format!("{} {}", self.channel, self.text)
    }

    pub(crate) fn unpack(packed: &str) -> Option<Notice> {
        let (channel, text) = packed.split_once(' ')?;
        Notice::new(channel, text).ok()
    }
}

/// What reaches a listener.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Somebody told something, and it was kept.
    Told(Arc<Notice>),
    /// Some notices are lost: the link was cut, or the listener was too slow.
    /// Whatever they were about should be looked at again.
    Missed,
}

/// Hears what is told from now on, by every process that has the database open.
pub struct Listener(broadcast::Receiver<Heard>);

impl Listener {
    /// The next thing; `None` when the database was closed.
    pub async fn next(&mut self) -> Option<Heard> {
        match self.0.recv().await {
            Ok(heard) => Some(heard),
            Err(RecvError::Lagged(_)) => Some(Heard::Missed),
            Err(RecvError::Closed) => None,
        }
    }
}

/// Passes notices on to the listeners of this process.
#[derive(Clone)]
pub(crate) struct Bell(broadcast::Sender<Heard>);

impl Bell {
    pub(crate) fn new() -> Bell {
        Bell(broadcast::Sender::new(WAITING))
    }

    pub(crate) fn ring(&self, heard: Heard) {
        // An error means that nobody listens.
        self.0.send(heard).ok();
    }

    pub(crate) fn tell(&self, notice: Notice) {
        self.ring(Heard::Told(Arc::new(notice)));
    }

    pub(crate) fn listen(&self) -> Listener {
        Listener(self.0.subscribe())
    }
}

#[cfg(test)]
mod tests {
    use super::{Bell, Heard, Notice, WAITING};

    #[test]
    fn a_notice_is_short_and_its_channel_plain() {
        let long = "x".repeat(7_000);
        for (channel, text) in [("", "a"), ("a b", "c"), ("é", "a"), ("a", &*long), ("a", "\0")] {
            assert!(Notice::new(channel, text).is_err(), "{channel}");
        }
        let notice = Notice::new("live", "it's 'so' \\ \n").expect("a good one");
        assert_eq!(Notice::unpack(&notice.pack()), Some(notice));
        assert_eq!(Notice::unpack("something else's"), Notice::new("something", "else's").ok());
        assert_eq!(Notice::unpack("nothing"), None);
    }

    #[tokio::test]
    async fn who_is_too_slow_is_told_so() {
        let bell = Bell::new();
        let mut listener = bell.listen();
        for _ in 0..=WAITING {
            bell.tell(Notice::new("a", "b").expect("a good one"));
        }
        assert_eq!(listener.next().await, Some(Heard::Missed));
        assert!(matches!(listener.next().await, Some(Heard::Told(_))));
        drop(bell);
        while listener.next().await.is_some() {}
    }
}
