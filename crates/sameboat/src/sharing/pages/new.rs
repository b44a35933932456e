//! Writing a share, and seeing who will read it before it goes.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use storekit::Tx;

use crate::access::Member;
use crate::agreements::{Earlier, Frame, frame};
use crate::app::App;
use crate::drafts;
use crate::error::{FieldIssue, Outcome, Refusal, Stop};
use crate::groups::{self, Named};
use crate::ids::{MemberId, PageId};
use crate::meetings;
use crate::notebook;
use crate::sharing::actions::{self, Door, New, new_form};
use crate::sharing::model::{Audience, Text, Wants};
use crate::web::{Answer, Form, Page, go, once_is_enough, show, show_with};

/// What stands in the form.
#[derive(Default, Clone)]
struct Typed {
    words: String,
    wants: String,
    audience: String,
    to: String,
    newcomers: bool,
    /// The page of the notebook that the words come from.
    from: Option<PageId>,
    /// Whether it is the line with which somebody leaves a meeting.
    leaving: bool,
}

impl Typed {
    fn of(form: &Form) -> Typed {
        Typed {
            words: form.text("words").to_owned(),
            wants: form.text("wants").to_owned(),
            audience: form.text("audience").to_owned(),
            to: form.text("to").to_owned(),
            newcomers: form.has("newcomers"),
            from: form.text("from").parse().ok(),
            leaving: form.has("leaving"),
        }
    }

    /// What it asks for. A choice that nobody made is one to mend, never one to guess.
    fn read(&self, duty: Option<MemberId>) -> Result<New, Refusal> {
        let mut issues = Vec::new();
        let text = Text::parse(&self.words).map_err(|issue| issues.push(issue)).ok();
        let wants = Wants::from_word(&self.wants);
        let audience = Audience::from_word(&self.audience);
        let to = match audience {
            Some(Audience::Group) | None => None,
            Some(Audience::One) => self.to.parse().ok(),
            Some(Audience::Facilitator) => duty,
        };
        if wants.is_none() {
            issues.push(FieldIssue { field: "wants", key: "share-wants-issue" });
        }
        match audience {
            None => issues.push(FieldIssue { field: "audience", key: "share-audience-issue" }),
            Some(Audience::One) if to.is_none() => {
                issues.push(FieldIssue { field: "to", key: "share-to-issue" });
            }
            Some(Audience::Group | Audience::One | Audience::Facilitator) => {}
        }
        match (text, wants, audience) {
            (Some(text), Some(wants), Some(audience)) if issues.is_empty() => {
                let door = Door { audience, to, newcomers: self.newcomers };
                Ok(New { text, wants, door, leaving: self.leaving })
            }
            _ => Err(Refusal::Fields(issues)),
        }
    }
}

#[derive(Template)]
#[template(path = "sharing/pages/new.html")]
struct Composer {
    page: Page,
    group: Frame,
    typed: Typed,
    /// The day of the words, when they are a draft.
    draft: Option<String>,
    /// The facilitator on duty, unless it is this member.
    duty: Option<Named>,
}

impl Composer {
    /// Whether people who come later may read it whatever is ticked.
    fn is_open_anyway(&self) -> bool {
        self.group.papers().earlier == Earlier::AtOnce
    }

    fn newcomers_hint(&self) -> &'static str {
        match self.group.papers().earlier {
            Earlier::Never | Earlier::AtOnce => "share-newcomers-hint",
            Earlier::AfterADay => "share-newcomers-after",
        }
    }

    fn wants(&self) -> [Wants; 5] {
        Wants::ALL
    }

    fn others(&self) -> impl Iterator<Item = &Named> {
        self.group.members.iter().filter(|named| named.id != self.group.me)
    }

    fn title(&self) -> &'static str {
        if self.typed.leaving { "share-leaving" } else { "share-title" }
    }

    fn keeps(&self) -> bool {
        Audience::from_word(&self.typed.audience).is_none()
    }

    fn is_for(&self, audience: &str) -> bool {
        self.typed.audience == audience
    }

    fn is_to(&self, named: &Named) -> bool {
        self.typed.to == named.id.to_string()
    }
}

fn other_on_duty(tx: &mut Tx<'_>, member: &Member) -> Outcome<Option<MemberId>> {
    Ok(meetings::on_duty(tx, member)?.filter(|duty| *duty != member.id()))
}

/// The frame, and who else is on duty.
fn around(tx: &mut Tx<'_>, member: &Member) -> Outcome<(Frame, Option<Named>)> {
    let group = frame(tx, member)?;
    let duty = other_on_duty(tx, member)?;
    let duty = duty.and_then(|duty| group.members.iter().find(|named| named.id == duty).cloned());
    Ok((group, duty))
}

/// The form; with the words of a page of the notebook, for one member, or for the line with which
/// somebody leaves a meeting, if the address says so.
pub async fn new(State(app): State<App>, member: Member, page: Page) -> Answer {
    let from: Option<PageId> = match page.query("page").as_str() {
        "" => None,
        typed => Some(typed.parse().map_err(|_| Refusal::NotFound)?),
    };
    let leaving = page.asked("leaving");
    let (around, words, draft) = app
        .db
        .read(move |tx| {
            let person = member.person();
            let draft = drafts::find(tx, person, &new_form(member.group(), leaving))?;
            let words = from.map(|from| notebook::text_of(tx, person, from)).transpose()?;
            Outcome::Ok((around(tx, &member)?, words, draft))
        })
        .await?;
    let (group, duty) = around;
    let draft = draft.filter(|_| words.is_none());
    let day = draft.as_ref().map(|draft| page.day(draft.day));
    let words = words.or(draft.map(|draft| draft.text)).unwrap_or_default();
    let mut typed = Typed { words, from, leaving, ..Typed::default() };
    if typed.leaving {
        // Nobody leaves with a question: who wants an answer can say so.
        Wants::Listening.word().clone_into(&mut typed.wants);
    }
    let to: Option<MemberId> = page.query("to").parse().ok();
    if let Some(to) = to.filter(|to| *to != group.me && group.name_of(to).is_some()) {
        Audience::One.word().clone_into(&mut typed.audience);
        typed.to = to.to_string();
    }
    show(&Composer { page, group, typed, draft: day, duty })
}

async fn again(app: &App, member: Member, page: Page, typed: Typed) -> Outcome<Composer> {
    let (group, duty) = app.db.read(move |tx| around(tx, &member)).await?;
    Ok(Composer { page, group, typed, draft: None, duty })
}

#[derive(Template)]
#[template(path = "sharing/pages/look.html")]
struct Preview {
    page: Page,
    group: Frame,
    typed: Typed,
    wants: Wants,
    /// Everybody who will see it, but its writer.
    readers: Vec<Named>,
    /// The key of the sentence about people who come later.
    later: &'static str,
    /// Which people were in the group when this was shown: the number of its key.
    epoch: u32,
    changed: bool,
}

impl Preview {
    fn wish(&self) -> String {
        format!("share-wants-{}", self.wants.word())
    }
}

fn later(door: &Door, earlier: Earlier) -> &'static str {
    match (door.audience, door.newcomers, earlier) {
        (Audience::One | Audience::Facilitator, ..) => "share-later-alone",
        (Audience::Group, true, _) => "share-later-yes",
        (Audience::Group, false, Earlier::Never) => "share-later-no",
        (Audience::Group, false, Earlier::AtOnce) => "share-later-at-once",
        (Audience::Group, false, Earlier::AfterADay) => "share-later-after",
    }
}

fn epoch(member: &Member) -> u32 {
    member.keys().current().map_or(0, seal::GroupKey::epoch)
}

async fn preview(
    app: &App,
    member: Member,
    page: Page,
    (typed, changed): (Typed, bool),
) -> Outcome<Preview> {
    let (here, read) = (member.clone(), typed.clone());
    let (group, new, readers) = app
        .db
        .read(move |tx| {
            let (group, duty) = around(tx, &here)?;
            let new = read.read(duty.map(|named| named.id))?;
            let readers = actions::people(tx, &here, &new.door)?;
            Outcome::Ok((group, new, readers))
        })
        .await?;
    let later = later(&new.door, group.papers().earlier);
    let (wants, epoch) = (new.wants, epoch(&member));
    Ok(Preview { page, group, typed, wants, readers, later, epoch, changed })
}

/// Shows who will see it. To keep it is to put it into one's own notebook.
pub async fn look(State(app): State<App>, member: Member, page: Page, form: Form) -> Answer {
    let typed = Typed::of(&form);
    if form.text("do") == "back" {
        return show(&again(&app, member, page, typed).await?);
    }
    if form.text("do") == "keep" || typed.audience == "keep" {
        return keep(&app, member, page, (typed, form)).await;
    }
    match preview(&app, member.clone(), page.clone(), (typed.clone(), false)).await {
        Ok(preview) => show(&preview),
        Err(Stop::Refused(Refusal::Fields(issues))) => {
            mend(&app, member, page.with_issues(issues), typed).await
        }
        Err(stop) => Err(stop),
    }
}

async fn mend(app: &App, member: Member, page: Page, typed: Typed) -> Answer {
    let again = again(app, member, page, typed).await?;
    show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
}

/// Words of a page that were changed on the way become a page of their own: that one stays.
async fn keep(app: &App, member: Member, page: Page, (typed, form): (Typed, Form)) -> Answer {
    if let Some(from) = typed.from {
        let (person, words) = (member.person().clone(), typed.words.clone());
        let kept = app.db.read(move |tx| notebook::is_on(tx, &person, from, &words)).await?;
        if kept {
            return go(format!("/notebook/{from}"));
        }
    }
    let (person, once, words) = (member.person().clone(), form.once, typed.words.clone());
    let draft = new_form(member.group(), typed.leaving);
    let kept = app
        .db
        .write(move |tx| {
            notebook::keep(tx, &person, &words, once)?;
            drafts::remove(tx, &person, &draft)
        })
        .await;
    match kept {
        Ok(()) => go("/notebook?done=notebook-kept"),
        Err(Stop::Refused(Refusal::Fields(issues))) => {
            mend(app, member, page.with_issues(issues), typed).await
        }
        Err(stop) => Err(stop),
    }
}

/// Shares it with those whom the page before has named. Who came or went meanwhile, or leads now,
/// makes it ask once more.
pub async fn share(State(app): State<App>, member: Member, page: Page, form: Form) -> Answer {
    let typed = Typed::of(&form);
    let group = member.group();
    match try_share(&app, member.clone(), &form).await {
        Ok(()) => go(format!("/g/{group}/talk?done=shared")),
        Err(Stop::Refused(Refusal::Conflict("share-changed"))) => {
            let preview = preview(&app, member, page, (typed, true)).await?;
            show_with(StatusCode::CONFLICT, &preview)
        }
        Err(Stop::Refused(Refusal::Fields(issues))) => {
            mend(&app, member, page.with_issues(issues), typed).await
        }
        Err(stop) => Err(stop),
    }
}

/// Those whom the page before has named.
fn named(form: &Form) -> BTreeSet<MemberId> {
    form.all("reader").filter_map(|id| id.parse().ok()).collect()
}

async fn try_share(app: &App, member: Member, form: &Form) -> Outcome<()> {
    let (typed, once, here) = (Typed::of(form), form.once, app.clone());
    let seen = (form.text("epoch").parse().unwrap_or(0), named(form));
    let done = app
        .db
        .write(move |tx| {
            once.spend(tx)?;
            let new = typed.read(other_on_duty(tx, &member)?)?;
            let readers = actions::people(tx, &member, &new.door)?;
            let readers = readers.iter().map(|named| named.id).collect();
            if (epoch(&groups::afresh(tx, &member)?), readers) != seen {
                return Err(Refusal::Conflict("share-changed").into());
            }
            actions::add(tx, &here.keys, &member, &new)?;
            Outcome::Ok(())
        })
        .await;
    once_is_enough(done, || Ok(()))
}
