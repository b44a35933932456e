use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use seal::{Id, LinkSecret};

use crate::app::App;
use crate::config::Joining;
use crate::error::{FieldIssue, Outcome, Refusal, Stop};
use crate::ids::PersonId;
use crate::people::actions::{self, Join, Joined};
use crate::people::model::{self, Device};
use crate::people::pages::recovery::Sheet;
use crate::people::pages::sign_in::landing;
use crate::people::pages::{proposal, remembered, signed_in, wrap};
use crate::random;
use crate::web::limits::Client;
use crate::web::{Answer, Form, Page, cookies, go, own_path, show, show_with};

const OWN: &str = "own-passphrase";

#[derive(Template)]
#[template(path = "people/pages/join.html")]
struct JoinPage {
    page: Page,
    /// Whether whoever looks may make a sign-in: where it takes a link, they hold one.
    may: bool,
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

pub async fn form(State(app): State<App>, headers: HeaderMap, page: Page) -> Answer {
    let to = own_path(&page.query("to")).to_owned();
    if page.signed_in() {
        return go(landing(&to));
    }
    let may = may_join(&app, &headers).await?;
    let (passphrase, own) = (proposal(&app), String::new());
    let words = offered(&app);
    let word = words.first().copied().unwrap_or_default().to_owned();
    show(&JoinPage { page, may, words, word, passphrase, own, sheet: true, device: false, to })
}

/// Whether this browser may make a sign-in: where it takes a link, it followed one that opens.
pub async fn may_join(app: &App, headers: &HeaderMap) -> Outcome<bool> {
    let links = links(headers);
    match app.settings.joining {
        Joining::Anyone => Ok(true),
        Joining::WithLink => app.db.read(move |tx| actions::is_invited(tx, &links)).await,
    }
}

/// The rows of the links that this browser followed: into a group, and to begin one.
fn links(headers: &HeaderMap) -> Vec<Id> {
    let followed =
        [cookies::INVITED, cookies::START].map(|name| cookies::bytes::<32>(headers, name));
    followed.into_iter().flatten().map(|secret| LinkSecret::from_bytes(secret).row_id()).collect()
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

pub async fn join(
    State(app): State<App>,
    client: Client,
    headers: HeaderMap,
    page: Page,
    form: Form,
) -> Answer {
    if app.settings.host.is_none() {
        return Err(Refusal::NotAllowed("join-closed").into());
    }
    if !may_join(&app, &headers).await? {
        return Err(Refusal::NotAllowed("join-with-link").into());
    }
    match try_join(&app, client, &form, links(&headers)).await {
        Ok((joined, device)) => {
            let answer = show(&Sheet::joined(
                page,
                &joined,
                form.text(chosen(&form)),
                own_path(form.text("to")),
            ))?;
            let answer = signed_in(&app, answer, &joined.secret, device);
            Ok(remembered(&app, answer, &joined.name, device))
        }
        Err(Stop::Refused(Refusal::Fields(issues))) => {
            again(&app, page, &form, (StatusCode::UNPROCESSABLE_ENTITY, issues))
        }
        // Nothing that was typed is lost while somebody waits.
        Err(Stop::Refused(Refusal::Busy(key @ "join-many"))) => {
            let issue = FieldIssue { field: "word", key };
            again(&app, page, &form, (StatusCode::TOO_MANY_REQUESTS, vec![issue]))
        }
        Err(Stop::Refused(Refusal::Full(key))) => {
            let issue = FieldIssue { field: "word", key };
            again(&app, page, &form, (StatusCode::INSUFFICIENT_STORAGE, vec![issue]))
        }
        // The first answer may have been lost on its way, and its sheet with it.
        Err(Stop::Refused(Refusal::Repeated)) => {
            let issue = FieldIssue { field: "word", key: "join-twice" };
            again(&app, page, &form, (StatusCode::UNPROCESSABLE_ENTITY, vec![issue]))
        }
        Err(stop) => Err(stop),
    }
}

/// The field that holds the passphrase: their own words, else those that were filled in.
fn chosen(form: &Form) -> &'static str {
    if form.text(OWN).trim().is_empty() { "passphrase" } else { OWN }
}

async fn try_join(
    app: &App,
    client: Client,
    form: &Form,
    links: Vec<Id>,
) -> Outcome<(Joined, Device)> {
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
    if app.is_disk_low() {
        return Err(Refusal::Full("join-no-room").into());
    }
    let place = app.joins.begin(client, app.now())?;
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
            // The link may have been used up meanwhile.
            if here.settings.joining == Joining::WithLink && !actions::is_invited(tx, &links)? {
                return Err(Refusal::NotAllowed("join-with-link").into());
            }
            actions::join(tx, &here.keys, &keys, &wish)
        })
        .await?;
    place.joined();
    Ok((joined, device))
}

fn again(
    app: &App,
    page: Page,
    form: &Form,
    (status, issues): (StatusCode, Vec<FieldIssue>),
) -> Answer {
    let typed = form.text("own-word").trim();
    let page = JoinPage {
        page: page.with_issues(issues),
        may: true,
        words: offered_with(app, form.text("word")),
        word: if typed.is_empty() { form.text("word") } else { typed }.to_owned(),
        passphrase: form.text("passphrase").to_owned(),
        own: form.text(OWN).to_owned(),
        sheet: form.has("sheet"),
        device: form.has("device"),
        to: own_path(form.text("to")).to_owned(),
    };
    show_with(status, &page)
}
