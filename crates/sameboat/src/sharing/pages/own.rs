//! What somebody does with a share of their own, and what they hide from themselves.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;

use crate::access::Member;
use crate::agreements::{Frame, frame};
use crate::app::App;
use crate::error::{Outcome, Refusal, Stop};
use crate::ids::ShareId;
use crate::sharing::actions::{self, Mend, Share};
use crate::sharing::model::{Text, Wants};
use crate::sharing::pages::share_id;
use crate::web::{Answer, Form, Page, go, once_is_enough, show, show_with};

#[derive(Template)]
#[template(path = "sharing/pages/mend.html")]
struct MendPage {
    page: Page,
    group: Frame,
    id: ShareId,
    words: String,
    wants: String,
}

impl MendPage {
    /// Whether anything can be changed any more.
    fn may(&self) -> bool {
        self.page.issue("words") != Some("share-answered")
    }

    fn all_wants(&self) -> [Wants; 5] {
        Wants::ALL
    }
}

/// One's own share; anybody else's is not there to be changed.
async fn own(app: &App, member: Member, id: ShareId) -> Outcome<(Frame, Share)> {
    app.db
        .read(move |tx| {
            let share = actions::get(tx, &member, id)?;
            if share.writer != member.id() {
                return Err(Refusal::NotFound.into());
            }
            Outcome::Ok((frame(tx, &member)?, share))
        })
        .await
}

pub async fn mend_form(
    State(app): State<App>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    page: Page,
) -> Answer {
    let id = share_id(&id)?;
    let (group, share) = own(&app, member.clone(), id).await?;
    let page = match app.db.read(move |tx| actions::may_mend(tx, &member, id)).await {
        Err(Stop::Refused(Refusal::Fields(issues))) => page.with_issues(issues),
        may => may.map(|()| page)?,
    };
    let wants = share.said.wants.word().to_owned();
    show(&MendPage { page, group, id, words: share.said.text, wants })
}

pub async fn mend(
    State(app): State<App>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    page: Page,
    form: Form,
) -> Answer {
    let (id, group) = (share_id(&id)?, member.group());
    match try_mend(&app, member.clone(), id, &form).await {
        Ok(()) => go(format!("/g/{group}/share/{id}?done=share-mended")),
        Err(Stop::Refused(Refusal::Fields(issues))) => {
            let (group, _) = own(&app, member, id).await?;
            let (words, wants) = (form.text("words").to_owned(), form.text("wants").to_owned());
            let again = MendPage { page: page.with_issues(issues), group, id, words, wants };
            show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(stop) => Err(stop),
    }
}

async fn try_mend(app: &App, member: Member, id: ShareId, form: &Form) -> Outcome<()> {
    let text = Text::parse(form.text("words"));
    let text = text.map_err(|issue| Refusal::Fields(vec![issue]))?;
    let wants = Wants::from_word(form.text("wants")).ok_or(Refusal::NotFound)?;
    let (once, here) = (form.once, app.clone());
    let mend = Mend { id, text, wants };
    let done = app
        .db
        .write(move |tx| {
            once.spend(tx)?;
            actions::mend(tx, &here.keys, &member, &mend)
        })
        .await;
    once_is_enough(done, || Ok(()))
}

#[derive(Template)]
#[template(path = "sharing/pages/take_back.html")]
struct TakeBackPage {
    page: Page,
    group: Frame,
    id: ShareId,
    words: String,
}

pub async fn take_back_form(
    State(app): State<App>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    page: Page,
) -> Answer {
    let id = share_id(&id)?;
    let (group, share) = own(&app, member, id).await?;
    show(&TakeBackPage { page, group, id, words: share.said.text })
}

pub async fn take_back(
    State(app): State<App>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let (id, group, once) = (share_id(&id)?, member.group(), form.once);
    let done = app
        .db
        .write(move |tx| {
            once.spend(tx)?;
            actions::take_back(tx, &member, id)
        })
        .await;
    once_is_enough(done, || Ok(()))?;
    go(format!("/g/{group}/talk?done=share-taken-back"))
}

/// Hides a share from whoever asks, or shows it to them again. Nobody else is told.
pub async fn hide(
    State(app): State<App>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let (id, group, once) = (share_id(&id)?, member.group(), form.once);
    let again = form.text("do") == "show";
    let done = app
        .db
        .write(move |tx| {
            once.spend(tx)?;
            if again {
                actions::show_again(tx, &member, id)
            } else {
                actions::hide(tx, &member, id)
            }
        })
        .await;
    once_is_enough(done, || Ok(()))?;
    if again {
        return go(format!("/g/{group}/share/{id}?done=share-shown"));
    }
    go(format!("/g/{group}/talk?done=share-hidden"))
}
