use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use seal::RecoveryCode;

use crate::access::Person;
use crate::app::App;
use crate::error::{FieldIssue, Outcome, Refusal, Stop};
use crate::people::actions::{self, Joined};
use crate::people::model::{self, Device};
use crate::people::pages::prove::prove;
use crate::people::pages::sign_in::landing;
use crate::people::pages::{proposal, signed_in, wrap};
use crate::web::limits::Client;
use crate::web::{Answer, Form, Page, show, show_with};

/// The recovery sheet, shown once.
#[derive(Template)]
#[template(path = "people/pages/sheet.html")]
pub struct Sheet {
    page: Page,
    title: &'static str,
    name: String,
    passphrase: Option<String>,
    code: Option<String>,
    renamed: bool,
    on: String,
}

impl Sheet {
    /// What somebody sees who has just joined.
    pub fn joined(page: Page, joined: &Joined, passphrase: &str, to: &str) -> Sheet {
        let on = landing(to).to_owned();
        Sheet { on, ..Sheet::of(page, "sheet-joined", joined, Some(passphrase)) }
    }

    fn on_key(&self) -> &'static str {
        if self.on == landing("/") { "sheet-on" } else { "sheet-on-elsewhere" }
    }

    /// What somebody sees whose keys were changed.
    pub fn renewed(page: Page, joined: &Joined, passphrase: &str) -> Sheet {
        Sheet::of(page, "sheet-renewed", joined, Some(passphrase))
    }

    fn of(page: Page, title: &'static str, joined: &Joined, passphrase: Option<&str>) -> Sheet {
        Sheet {
            page,
            title,
            name: joined.name.clone(),
            passphrase: passphrase.map(str::to_owned),
            code: joined.code.as_ref().map(printed),
            renamed: joined.renamed,
            on: landing("/").to_owned(),
        }
    }
}

fn printed(code: &RecoveryCode) -> String {
    code.print().to_string()
}

#[derive(Template)]
#[template(path = "people/pages/recovery.html")]
struct RecoveryPage {
    page: Page,
    code: String,
    passphrase: String,
    own: bool,
    device: bool,
}

pub async fn form(State(app): State<App>, page: Page) -> Answer {
    let own = page.asked("own");
    let passphrase = if own { String::new() } else { proposal(&app) };
    show(&RecoveryPage { page, code: String::new(), passphrase, own, device: false })
}

pub async fn recover(State(app): State<App>, client: Client, page: Page, form: Form) -> Answer {
    let device = Device::from_tick(form.has("device"));
    match try_recover(&app, client, &form, device).await {
        Ok(joined) => {
            let passphrase = Some(form.text("passphrase"));
            let answer = show(&Sheet::of(page, "sheet-recovered", &joined, passphrase))?;
            Ok(signed_in(&app, answer, &joined.secret, device))
        }
        Err(Stop::Refused(Refusal::Fields(issues))) => {
            let again = RecoveryPage {
                page: page.with_issues(issues),
                code: form.text("code").to_owned(),
                passphrase: form.text("passphrase").to_owned(),
                own: form.has("own"),
                device: form.has("device"),
            };
            show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(stop) => Err(stop),
    }
}

/// Codes are long enough that tries need no slowing down.
async fn try_recover(app: &App, client: Client, form: &Form, device: Device) -> Outcome<Joined> {
    let code = RecoveryCode::parse(form.text("code"));
    let code = code.map_err(|_| FieldIssue::only("code", "recovery-code-issue"))?;
    let id = code.row_id();
    let lock = app.db.read(move |tx| actions::find_code(tx, &id)).await?;
    let lock = lock.ok_or_else(|| FieldIssue::only("code", "recovery-code-unknown"))?;
    let (person, key) = (lock.person, code.unwrap(lock.person.bytes(), &lock.wrap)?);
    let mine = key.clone();
    let word = app.db.read(move |tx| actions::own_word(tx, person, &mine)).await?;
    let passphrase = model::new_passphrase(form.text("passphrase"), &[&word]);
    let passphrase = passphrase.map_err(|issue| Refusal::Fields(vec![issue]))?;
    let keys = wrap(app, client, person, key, passphrase).await?;
    let (here, once) = (app.clone(), form.once);
    app.db.write(move |tx| actions::recover(tx, &here.keys, &keys, device, once)).await
}

#[derive(Template)]
#[template(path = "people/pages/new_sheet.html")]
struct NewSheetPage {
    page: Page,
}

pub async fn sheet_form(page: Page) -> Answer {
    show(&NewSheetPage { page })
}

/// A new sheet. It asks for the passphrase: an unattended device must not be enough to take a
/// sign-in over.
pub async fn new_sheet(
    State(app): State<App>,
    client: Client,
    person: Person,
    page: Page,
    form: Form,
) -> Answer {
    match prove(&app, client, &person, &form).await {
        Ok(_) => {}
        Err(Stop::Refused(Refusal::Fields(issues))) => {
            let again = NewSheetPage { page: page.with_issues(issues) };
            return show_with(StatusCode::UNPROCESSABLE_ENTITY, &again);
        }
        Err(stop) => return Err(stop),
    }
    let once = form.once;
    let (name, code) = app.db.write(move |tx| actions::new_sheet(tx, &person, once)).await?;
    let (code, on) = (Some(printed(&code)), landing("/").to_owned());
    show(&Sheet { page, title: "sheet-new", name, passphrase: None, code, renamed: false, on })
}
