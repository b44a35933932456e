use askama::Template;
use axum::extract::State;

use crate::access::Member;
use crate::agreements::{Frame, frame};
use crate::app::App;
use crate::drafts;
use crate::error::Outcome;
use crate::groups;
use crate::sharing::actions::{self, new_form};
use crate::sharing::pages::ShareView;
use crate::web::{Answer, Page, show};

#[derive(Template)]
#[template(path = "sharing/pages/talk.html")]
struct TalkPage {
    page: Page,
    group: Frame,
    shares: Vec<ShareView>,
    earlier: Option<i64>,
    first: bool,
    draft: bool,
    damaged: usize,
}

/// What was shared with the group, and with this member alone, newest first.
pub async fn talk(State(app): State<App>, member: Member, page: Page) -> Answer {
    let below = page.query("before").parse().ok();
    let me = member.id();
    let (group, found, names, draft) = app
        .db
        .read_long(move |tx| {
            let found = actions::list(tx, &member, below.unwrap_or(i64::MAX))?;
            let draft = drafts::find(tx, member.person(), &new_form(member.group(), false))?;
            let names = groups::list_members(tx, &member)?;
            Outcome::Ok((frame(tx, &member)?, found, names, draft.is_some()))
        })
        .await?;
    let shares = found.shares.into_iter();
    let shares = shares.map(|share| ShareView::of(&page, (&names, me), share)).collect();
    let (earlier, first, damaged) = (found.earlier, below.is_none(), found.damaged);
    show(&TalkPage { page, group, shares, earlier, first, draft, damaged })
}
