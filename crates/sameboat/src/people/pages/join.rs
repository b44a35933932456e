use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::error::{FieldIssue, Outcome, Refusal, Stop};
use crate::ids::PersonId;
use crate::people::actions::{self, Join, Joined};
use crate::people::model::{self, Device};
use crate::people::pages::recovery::Sheet;
use crate::people::pages::sign_in::landing;
use crate::people::pages::{proposal, signed_in, wrap};
use crate::random;
use crate::web::limits::Client;
use crate::web::{Answer, Form, Page, go, own_path, show, show_with};

const OWN: &str = "own-passphrase";

#[derive(Template)]
#[template(path = "people/pages/join.html")]
struct JoinPage {
    page: Page,
    words: Vec<&'static str>,
    word: String,
    /// The five words that are filled in.
    passphrase: String,
    /// Words of their own, used instead where there are any.
    own: String,
    sheet: bool,
    device: bool,
    to: String,
}

pub async fn form(State(app): State<App>, page: Page) -> Answer {
    let to = own_path(&page.query("to")).to_owned();
    if page.signed_in() {
        return go(landing(&to));
    }
    let (passphrase, own) = (proposal(&app), String::new());
    let words = offered(&app);
    let word = words.first().copied().unwrap_or_default().to_owned();
    show(&JoinPage { page, words, word, passphrase, own, sheet: true, device: false, to })
}

/// Six words to choose from.
fn offered(app: &App) -> Vec<&'static str> {
    let all: Vec<&str> = seal::name_words().collect();
    let count = u32::try_from(all.len()).expect("a few hundred words");
    let mut words = Vec::new();
    while words.len() < 6 {
        let next = all[random::outside(app, |c| c.below(count)) as usize];
        if !words.contains(&next) {
            words.push(next);
        }
    }
    words
}

/// Six words, with the one that was picked before among them.
fn offered_with(app: &App, picked: &str) -> Vec<&'static str> {
    let mut words = offered(app);
    let picked = seal::name_words().find(|word| *word == picked);
    if let Some(picked) = picked.filter(|picked| !words.contains(picked)) {
        words[0] = picked;
    }
    words
}

pub async fn join(State(app): State<App>, client: Client, page: Page, form: Form) -> Answer {
    if app.settings.host.is_none() {
        return Err(Refusal::NotAllowed("join-closed").into());
    }
    match try_join(&app, client, &form).await {
        Ok((joined, device)) => {
            let answer = show(&Sheet::joined(
                page,
                &joined,
                form.text(chosen(&form)),
                own_path(form.text("to")),
            ))?;
            Ok(signed_in(&app, answer, &joined.secret, device))
        }
        Err(Stop::Refused(Refusal::Fields(issues))) => again(&app, page, &form, issues),
        // The first answer may have been lost on its way, and its sheet with it.
        Err(Stop::Refused(Refusal::Repeated)) => {
            let issue = FieldIssue { field: "word", key: "join-twice" };
            again(&app, page, &form, vec![issue])
        }
        Err(stop) => Err(stop),
    }
}

/// The field that holds the passphrase: their own words, else those that were filled in.
fn chosen(form: &Form) -> &'static str {
    if form.text(OWN).trim().is_empty() { "passphrase" } else { OWN }
}

async fn try_join(app: &App, client: Client, form: &Form) -> Outcome<(Joined, Device)> {
    let typed = form.text("own-word").trim();
    let word = model::name_word(if typed.is_empty() { form.text("word") } else { typed });
    let known: Vec<&str> = word.iter().map(String::as_str).collect();
    let field = chosen(form);
    let passphrase = model::new_passphrase(form.text(field), &known);
    let passphrase = passphrase.map_err(|issue| FieldIssue { field, ..issue });
    let (word, passphrase) = match (word, passphrase) {
        (Ok(word), Ok(passphrase)) => (word, passphrase),
        (word, passphrase) => {
            let issues = word.err().into_iter().chain(passphrase.err()).collect();
            return Err(Refusal::Fields(issues).into());
        }
    };
    let device = Device::from_tick(form.has("device"));
    let wish = Join { word, device, sheet: form.has("sheet") };
    let id = PersonId::from(app.chance::<16>());
    let key = random::outside(app, seal::PersonKey::random);
    let keys = wrap(app, client, id, key, passphrase).await?;
    let (here, once) = (app.clone(), form.once);
    let joined = app
        .db
        .write(move |tx| {
            once.spend(tx)?;
            actions::join(tx, &here.keys, &keys, &wish)
        })
        .await?;
    Ok((joined, device))
}

fn again(app: &App, page: Page, form: &Form, issues: Vec<FieldIssue>) -> Answer {
    let typed = form.text("own-word").trim();
    let page = JoinPage {
        page: page.with_issues(issues),
        words: offered_with(app, form.text("word")),
        word: if typed.is_empty() { form.text("word") } else { typed }.to_owned(),
        passphrase: form.text("passphrase").to_owned(),
        own: form.text(OWN).to_owned(),
        sheet: form.has("sheet"),
        device: form.has("device"),
        to: own_path(form.text("to")).to_owned(),
    };
    show_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
