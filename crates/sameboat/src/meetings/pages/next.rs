use storekit::Tx;

use crate::access::Member;
use crate::agreements::Frame;
use crate::error::Outcome;
use crate::ids::MeetingId;
use crate::meetings::actions;
use crate::meetings::model::{Meeting, Stage, role_word};
use crate::meetings::pages::view;
use crate::web::Page;

/// The meeting that is open, or else the next one.
pub struct NextMeeting(Meeting);

/// Finds it.
pub fn next(tx: &mut Tx<'_>, member: &Member) -> Outcome<Option<NextMeeting>> {
    let ahead = actions::ahead(tx, member)?;
    Ok(ahead.open.or(ahead.next).map(NextMeeting))
}

/// The same for a page that has more to show than meetings.
pub struct NextView {
    /// Its id.
    pub id: MeetingId,
    /// When, on the group's clock.
    pub when: String,
    /// Where, in the group's words.
    pub place: String,
    /// Whether people sit together now.
    pub open: bool,
    /// Whether it is the group's last one.
    pub last: bool,
    /// What whoever looks said about coming.
    pub mine: Option<bool>,
    /// Who comes.
    pub coming: Vec<String>,
    /// Keys of the roles that whoever looks holds.
    pub roles: Vec<String>,
    /// Keys of the roles that they were asked to take.
    pub asked: Vec<String>,
}

impl NextView {
    /// The meeting in the language of a page.
    pub fn of(page: &Page, group: &Frame, NextMeeting(meeting): &NextMeeting) -> NextView {
        let roles = view::roles(group, meeting);
        let open = meeting.stage == Stage::Open;
        let held = match meeting.open() {
            Some(running) => running.roles_of(group.me).into_iter().map(role_word).collect(),
            None => roles.iter().filter(|role| role.mine).map(|role| role.word).collect::<Vec<_>>(),
        };
        let asked = roles.iter().filter(|role| role.for_me && !open);
        NextView {
            id: meeting.id,
            when: view::when(page, group, meeting.starts_at),
            place: meeting.words.place.clone(),
            open,
            last: meeting.words.last,
            mine: meeting.coming.of(group.me),
            coming: view::coming(group, meeting),
            roles: held.into_iter().map(|word| format!("role-{word}")).collect(),
            asked: asked.map(|role| role.name()).collect(),
        }
    }

    /// Whether whoever looks said that they come.
    pub fn comes(&self) -> bool {
        self.mine == Some(true)
    }

    /// Whether whoever looks said that they can't.
    pub fn stays_away(&self) -> bool {
        self.mine == Some(false)
    }
}
