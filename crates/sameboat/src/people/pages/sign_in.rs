use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use seal::{Passphrase, SignInName, name_tags};

use crate::access;
use crate::app::App;
use crate::error::{FieldIssue, Outcome, Refusal, Stop};
use crate::ids::SignInId;
use crate::people::actions;
use crate::people::model::Device;
use crate::people::pages::{Tried, remembered, signed_in, unlock};
use crate::web::limits::Client;
use crate::web::{Answer, Form, Page, cookies, go, known, own_path, show, show_with};

#[derive(Template)]
#[template(path = "people/pages/sign_in.html")]
struct SignInPage {
    page: Page,
    name: String,
    device: bool,
    to: String,
}

pub async fn form(page: Page) -> Answer {
    let to = own_path(&page.query("to")).to_owned();
    // Whose sign-in ends soon may begin a new one before it does.
    if page.signed_in() && !page.asked("again") {
        return go(landing(&to));
    }
    show(&SignInPage { page, name: String::new(), device: false, to })
}

pub async fn sign_in(
    State(app): State<App>,
    client: Client,
    headers: HeaderMap,
    page: Page,
    form: Form,
) -> Answer {
    let device = Device::from_tick(form.has("device"));
    let before = page.person().map(|person| person.sign_in());
    match try_sign_in(&app, (client, &headers), &form, device, before).await {
        Ok(secret) => {
            access::settle_all(&app, &secret).await?;
            let answer = go(landing(own_path(form.text("to"))))?;
            let answer = signed_in(&app, answer, &secret, device);
            Ok(remembered(&app, answer, form.text("name"), device))
        }
        Err(Stop::Refused(Refusal::Fields(issues))) => {
            let again = SignInPage {
                page: page.with_issues(issues),
                name: form.text("name").to_owned(),
                device: form.has("device"),
                to: own_path(form.text("to")).to_owned(),
            };
            show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(stop) => Err(stop),
    }
}

/// Where somebody goes who is signed in now.
pub fn landing(to: &str) -> &str {
    if to == "/" { "/notebook" } else { to }
}

/// Names that somebody has and names that nobody has: one Argon2 run, as many tags, and the same
/// statements (P9).
async fn try_sign_in(
    app: &App,
    (client, headers): (Client, &HeaderMap),
    form: &Form,
    device: Device,
    before: Option<SignInId>,
) -> Outcome<seal::SignInSecret> {
    let wrong = || FieldIssue::only("name", "sign-in-wrong");
    let name = SignInName::parse(form.text("name")).ok();
    let passphrase = Passphrase::parse(form.text("passphrase")).map_err(|_| wrong())?;
    let nothing = || app.keys.numbers().map(|_| [0; 32]).collect();
    let tags: Vec<_> = name.as_ref().map_or_else(nothing, |name| name_tags(&app.keys, name));
    let client = known::with_name(app, headers, &tags, client);
    let this = app.tries.begin(&tags[0], client).await?;
    // One form is one try. Used up together with the answer, a key that was spent would undo the
    // line that tells of the try.
    let once = form.once;
    if !app.db.write(move |tx| once.use_up(tx)).await? {
        return Err(FieldIssue::only("passphrase", "sign-in-again"));
    }
    let lock = app.db.read(move |tx| actions::find_lock(tx, &tags)).await?;
    let person = lock.as_ref().map(|lock| lock.person);
    let here = app.clone();
    match unlock(app, client, lock, passphrase).await? {
        Tried::Right(proof) => {
            let begun = app
                .db
                .write(move |tx| actions::sign_in(tx, &here.keys, &proof, device, before))
                .await?;
            match begun {
                Some(secret) => {
                    this.right();
                    Ok(secret)
                }
                None => {
                    this.wrong();
                    Err(wrong())
                }
            }
        }
        Tried::Wrong | Tried::KeyIsGone => {
            this.wrong();
            app.db.write(move |tx| actions::failed_try(tx, &here.keys, person)).await?;
            Err(wrong())
        }
    }
}

pub async fn sign_out(State(app): State<App>, page: Page, _form: Form) -> Answer {
    if let Some(person) = page.person() {
        let sign_in = person.sign_in();
        app.db.write(move |tx| actions::sign_out(tx, sign_in)).await?;
    }
    let mut response = go("/?done=signed-out")?;
    cookies::forget(response.headers_mut());
    Ok(response)
}
